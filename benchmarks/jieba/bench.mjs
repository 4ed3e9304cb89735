// Megabytes of UTF-8 that @node-rs/jieba segments in a second of processor time, on one thread.
//   dotnet run -c Release --project benchmarks/NewsExtract.Benchmarks -- generate --out in.jsonl --articles 2000
//   cd benchmarks/jieba && npm ci && node bench.mjs ../../in.jsonl > peers.json
// Prints what `measure --peers` takes. The library's own work is timed, with the copying of its result into JavaScript.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

const { version } = createRequire(import.meta.url)('@node-rs/jieba/package.json');
const texts = readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line).text);
const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
const jieba = Jieba.withDict(dict);

function speed(work) {
  let best = 0;
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage();
    for (const text of texts) work(text);
    const { user, system } = process.cpuUsage(before);
    best = Math.max(best, megabytes / ((user + system) / 1e6));
  }
  return best;
}

console.log(JSON.stringify([
  { name: `@node-rs/jieba ${version}`, task: 'words, with its model for unknown ones', megabytesPerSecond: speed(text => jieba.cut(text, true)) },
  { name: `@node-rs/jieba ${version}`, task: 'words with parts of speech', megabytesPerSecond: speed(text => jieba.tag(text, true)) },
], null, 2));
