using System.Text;
using NewsExtract.Text;

namespace NewsExtract.Reading;

/// <summary>The lines of a JSONL file.</summary>
internal static class JsonLines
{
    /// <summary>Hands on each line that is not blank, undecoded.</summary>
    public static void Read(PrefixedStream stream, string source, ArticleSink sink)
    {
        DetectedCharset charset = CharsetDetector.Detect(stream.Head);
        Encoding? encoding = charset.Name == "utf-8" ? null : charset.Encoding;
        Stream bytes = stream;
        if (charset.Name.StartsWith("utf-16", StringComparison.Ordinal))
        {
            // Line ends are no single bytes there.
            bytes = Encoding.CreateTranscodingStream(stream, charset.Encoding, CharsetDetector.Utf8);
            encoding = null;
        }
        var lines = new LineReader(bytes, sink.Options.LargestArticle);
        while (!sink.IsStopped && lines.Next(out ReadOnlySpan<byte> line))
        {
            if (lines.IsTooLong)
                sink.Fault($"{source}#{lines.Number}", DiagnosticCodes.TooLarge, $"the line is longer than {sink.Options.LargestArticle} bytes");
            else if (line.IndexOfAnyExcept(" \t\u0000"u8) < 0) continue;
            else if (!sink.WantsNext) sink.Skip();
            else sink.Add($"{source}#{lines.Number}", InputFormat.JsonLines, line.ToArray(), encoding);
        }
    }
}
