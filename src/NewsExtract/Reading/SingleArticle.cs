using NewsExtract.Text;

namespace NewsExtract.Reading;

/// <summary>A stream that is one article.</summary>
internal static class SingleArticle
{
    /// <summary>Reads it whole, up to the limit.</summary>
    public static void Read(Stream stream, string source, InputFormat format, ArticleSink sink, string? charset = null, string? url = null, IReadOnlyList<Diagnostic>? remarks = null)
    {
        if (!sink.WantsNext)
        {
            sink.Skip();
            return;
        }
        byte[] buffer = new byte[16 << 10];
        int length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length > sink.Options.LargestArticle)
                {
                    sink.Fault(source, DiagnosticCodes.TooLarge, $"more than {sink.Options.LargestArticle} bytes");
                    return;
                }
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 4L, sink.Options.LargestArticle + 1L));
            }
            int read = stream.Read(buffer, length, buffer.Length - length);
            if (read == 0) break;
            length += read;
        }
        sink.Add(source, format, buffer.AsMemory(0, length), charset: charset, url: url, remarks: remarks);
    }
}
