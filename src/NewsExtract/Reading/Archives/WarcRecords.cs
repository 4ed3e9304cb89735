using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using NewsExtract.Text;

namespace NewsExtract.Reading.Archives;

/// <summary>
/// The pages of a web archive (ISO 28500): responses with HTTP status 2xx and a textual type, and text that was
/// extracted from pages before. Chunked and packed bodies are undone.
/// </summary>
internal sealed class WarcRecords(Stream stream, string source, ArticleSink sink) : IDisposable
{
    private const int LongestHeader = 256 << 10;
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private readonly HeaderReader _input = new(stream);
    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _http = new(StringComparer.OrdinalIgnoreCase);
    private long _number;

    /// <inheritdoc/>
    public void Dispose() => _input.Dispose();

    /// <summary>Reads all records; the sink receives each page.</summary>
    public void Read()
    {
        while (!sink.IsStopped)
        {
            string? version = _input.Line();
            while (version is { Length: 0 }) version = _input.Line();
            if (version is null) return;
            _number++;
            if (!version.StartsWith("WARC/", StringComparison.Ordinal) || !ReadFields(_input, _fields)
                || !long.TryParse(_fields.GetValueOrDefault("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out long length))
                throw new ArchiveException(DiagnosticCodes.WarcInvalid, $"record {_number} has no sound header");
            var block = new LimitedStream(_input, length);
            ReadRecord(block);
            block.Drain();
        }
    }

    private void ReadRecord(LimitedStream block)
    {
        string type = _fields.GetValueOrDefault("WARC-Type", "");
        string? url = _fields.GetValueOrDefault("WARC-Target-URI")?.Trim('<', '>');
        string content = _fields.GetValueOrDefault("Content-Type", "");
        if (type is "conversion" or "resource")
        {
            if (Form(content) is { } form) ReadPage(block, form, content, url);
            return;
        }
        if (type != "response" || !content.StartsWith("application/http", StringComparison.OrdinalIgnoreCase)) return;
        var body = new HeaderReader(block);
        string? status = body.Line();
        if (status is null || !status.StartsWith("HTTP/", StringComparison.Ordinal) || !ReadFields(body, _http) || StatusOf(status) is < 200 or > 299) return;
        content = _http.GetValueOrDefault("Content-Type", "text/html");
        if (Form(content) is { } pageForm) ReadPage(Decoded(body), pageForm, content, url);
    }

    private void ReadPage(Stream body, InputFormat form, string content, string? url)
    {
        string name = $"{source}#{_number}";
        try
        {
            SingleArticle.Read(body, name, form, sink, CharsetOf(content), url);
        }
        catch (InvalidDataException e)
        {
            sink.Fault(name, DiagnosticCodes.ArchiveDamaged, e.Message);
        }
    }

    private Stream Decoded(Stream body)
    {
        // Crawlers often undo chunks and packing but keep the fields that speak of them.
        PrefixedStream peeked = PrefixedStream.Open(body, least: 16, most: 512);
        if (_http.GetValueOrDefault("Transfer-Encoding", "").Contains("chunked", StringComparison.OrdinalIgnoreCase) && LooksChunked(peeked.Head))
            peeked = PrefixedStream.Open(new ChunkedBody(peeked), least: 16, most: 512);
        string encoding = _http.GetValueOrDefault("Content-Encoding", "").Trim().ToLowerInvariant();
        return encoding switch
        {
            "br" => new BrotliStream(peeked, CompressionMode.Decompress),
            "deflate" when peeked.Head.Length > 1 && peeked.Head[0] == 0x78 => new ZLibStream(peeked, CompressionMode.Decompress),
            "gzip" or "x-gzip" when peeked.Head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) => new GzipInput(peeked),
            _ => peeked,
        };
    }

    private static bool LooksChunked(ReadOnlySpan<byte> head)
    {
        int end = head.IndexOfAnyExcept(HexDigits);
        return end is > 0 and <= 8 && head[end] is (byte)'\r' or (byte)'\n' or (byte)';' or (byte)' ';
    }

    private static bool ReadFields(HeaderReader input, Dictionary<string, string> fields)
    {
        fields.Clear();
        for (int read = 0; read < LongestHeader;)
        {
            string? line = input.Line();
            if (line is null) return false;
            if (line.Length == 0) return true;
            read += line.Length;
            int colon = line.IndexOf(':');
            if (colon > 0) fields[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }
        return false;
    }

    private static int StatusOf(string line)
    {
        int space = line.IndexOf(' ');
        return space > 0 && line.Length >= space + 4 && int.TryParse(line.AsSpan(space + 1, 3), out int status) ? status : 0;
    }

    private static InputFormat? Form(string contentType)
    {
        ReadOnlySpan<char> type = contentType.AsSpan();
        int end = type.IndexOf(';');
        if (end >= 0) type = type[..end];
        type = type.Trim();
        return type.Equals("text/html", StringComparison.OrdinalIgnoreCase) || type.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase) ? InputFormat.Html
            : type.Equals("text/plain", StringComparison.OrdinalIgnoreCase) ? InputFormat.Text : null;
    }

    private static string? CharsetOf(string contentType)
    {
        int at = contentType.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        int end = contentType.IndexOf(';', at);
        return contentType[(at + 8)..(end < 0 ? contentType.Length : end)].Trim();
    }

    /// <summary>A stream that can be read by lines first.</summary>
    private sealed class HeaderReader(Stream stream) : ReadOnlyStream
    {
        private readonly byte[] _buffer = new byte[8192];
        private int _start;
        private int _end;

        public override int Read(Span<byte> buffer)
        {
            if (_start == _end) return stream.Read(buffer);
            int count = Math.Min(buffer.Length, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(buffer);
            _start += count;
            return count;
        }

        /// <summary>The next line; null at the end or where no line ends within bounds.</summary>
        public string? Line()
        {
            var line = new List<byte>();
            while (line.Count < LongestHeader)
            {
                if (_start == _end)
                {
                    _start = 0;
                    _end = stream.Read(_buffer);
                    if (_end == 0) return null;
                }
                byte b = _buffer[_start++];
                if (b == '\n') return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                line.Add(b);
            }
            throw new ArchiveException(DiagnosticCodes.WarcInvalid, "a header line does not end");
        }
    }

    /// <summary>A body in chunks: a size in hexadecimal on a line, so many bytes, an empty line; size 0 ends it.</summary>
    private sealed class ChunkedBody(Stream stream) : ReadOnlyStream
    {
        private readonly HeaderReader _input = new(stream);
        private long _left;
        private bool _isFirst = true;
        private bool _isDone;

        public override int Read(Span<byte> buffer)
        {
            if (_isDone || buffer.IsEmpty) return 0;
            if (_left == 0 && !NextChunk()) return 0;
            int read = _input.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
            if (read == 0) _isDone = true; // cut off: what there is counts
            _left -= read;
            return read;
        }

        private bool NextChunk()
        {
            string? line = _input.Line();
            if (!_isFirst && line is { Length: 0 }) line = _input.Line();
            _isFirst = false;
            int end = line?.AsSpan().IndexOfAny(';', ' ') ?? 0;
            _isDone = line is null || !long.TryParse(end < 0 ? line : line.AsSpan(0, end), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _left) || _left <= 0;
            return !_isDone;
        }

        protected override void Dispose(bool disposing)
        {
            _input.Dispose();
            base.Dispose(disposing);
        }
    }
}
