// Cuts the lines of text files with the npm package @node-rs/jieba (2.0.3) and prints one JSON object a line and mode:
// what NewsExtract's jieba-compatible mode is held against.
//
//   npm install --no-save @node-rs/jieba@2.0.3
//   node tests/oracles/jieba.mjs FILE… > golden.jsonl
//   dotnet run -c Release --project src/NewsExtract.Training -- compare-jieba golden.jsonl
//
// With --time it prints the speed of each mode in MB/s of UTF-8 instead.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { performance } from 'node:perf_hooks'

const require = createRequire(process.cwd() + '/')
const { Jieba } = require('@node-rs/jieba')
const { dict } = require('@node-rs/jieba/dict')
const jieba = Jieba.withDict(dict)

const modes = {
  accurate: text => jieba.cut(text, false),
  'accurate-hmm': text => jieba.cut(text, true),
  full: text => jieba.cutAll(text),
  'search-hmm': text => jieba.cutForSearch(text, true),
  'tag-hmm': text => jieba.tag(text, true).map(t => `${t.word}/${t.tag}`),
}

const args = process.argv.slice(2)
const timing = args[0] === '--time'
const texts = args.filter(a => a !== '--time').map(file => readFileSync(file, 'utf8'))
if (timing) {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  for (const [mode, cut] of Object.entries(modes)) {
    let best = Infinity
    for (let round = 0; round < 10; round++) {
      const start = performance.now()
      for (const text of texts) cut(text)
      best = Math.min(best, performance.now() - start)
    }
    console.log(`${mode}\t${(bytes / 1000 / best).toFixed(1)} MB/s`)
  }
} else {
  for (const text of texts) {
    for (const line of text.split('\n')) {
      if (line.length === 0) continue
      for (const [mode, cut] of Object.entries(modes)) process.stdout.write(JSON.stringify({ mode, text: line, words: cut(line) }) + '\n')
    }
  }
}
