using System.Text.Json;
using NewsExtract.Reading;
using NewsExtract.Writing;

namespace NewsExtract.Cli.Running;

/// <summary>Merges the outputs of shards by the numbers of their articles; each of them is in order already.</summary>
internal static class ShardMerge
{
    private const int LongestLine = 1 << 30;

    /// <summary>Writes all records to <paramref name="sink"/>.</summary>
    /// <exception cref="UsageException">A line is no record of a run, or an article stands in two parts.</exception>
    public static void Run(IReadOnlyList<string> parts, IRecordSink sink)
    {
        var open = new PriorityQueue<Part, long>();
        var all = new List<Part>();
        try
        {
            foreach (string path in parts)
            {
                var part = new Part(path);
                all.Add(part);
                if (part.Next()) open.Enqueue(part, part.Ordinal);
            }
            long last = -1;
            while (open.TryDequeue(out Part? part, out long ordinal))
            {
                if (ordinal <= last) throw new UsageException($"{part.Path} line {part.Number}: article {ordinal} stands in another part too, or the lines are not in order");
                last = ordinal;
                sink.Write(sink.TakesLines ? null! : RecordJson.Read(part.Line.Span), part.Line.Span);
                if (part.Next()) open.Enqueue(part, part.Ordinal);
            }
        }
        finally
        {
            foreach (Part part in all) part.Dispose();
        }
    }

    private sealed class Part(string path) : IDisposable
    {
        private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        private LineReader? _lines;

        public string Path => path;
        public long Number => _lines?.Number ?? 0;
        public long Ordinal { get; private set; }
        public ReadOnlyMemory<byte> Line { get; private set; }

        public bool Next()
        {
            _lines ??= new LineReader(_file, LongestLine);
            if (!_lines.Next(out ReadOnlySpan<byte> line)) return false;
            byte[] copy = new byte[line.Length + 1];
            line.CopyTo(copy);
            copy[^1] = (byte)'\n';
            Line = copy;
            Ordinal = ReadOrdinal(line);
            return true;
        }

        public void Dispose() => _file.Dispose();

        private long ReadOrdinal(ReadOnlySpan<byte> line)
        {
            try
            {
                var reader = new Utf8JsonReader(line);
                reader.Read();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    bool isOrdinal = reader.ValueTextEquals("ordinal"u8);
                    reader.Read();
                    if (isOrdinal) return reader.GetInt64();
                    reader.Skip();
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new UsageException($"{path} line {Number}: no record: {e.Message}");
            }
            throw new UsageException($"{path} line {Number}: the record has no ordinal");
        }
    }
}
