using System.Text;
using NewsExtract.Text;

namespace NewsExtract.Reading;

/// <summary>
/// Bytes to text: byte order mark, then the declared charset where it fits, then detection. Never throws; what can't be
/// decoded becomes U+FFFD and a diagnostic.
/// </summary>
internal static class TextDecoder
{
    private const double Sure = 0.99;

    /// <summary>Decodes all of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="declared">The charset that HTTP or the page declares, or null.</param>
    /// <param name="remarks">Receives diagnostics.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, string? declared, List<Diagnostic> remarks)
    {
        DetectedCharset charset = Choose(bytes, declared, remarks);
        return Decode(bytes, charset.Encoding, remarks);
    }

    /// <summary>Decodes with an encoding that is settled.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, Encoding encoding, List<Diagnostic> remarks)
    {
        string text = encoding.GetString(bytes[CharsetDetector.MarkLength(bytes)..]);
        int bad = text.IndexOf('\uFFFD');
        if (bad >= 0)
        {
            int count = text.AsSpan(bad).Count('\uFFFD');
            remarks.Add(new Diagnostic(DiagnosticCodes.UndecodableBytes, $"{count} places could not be decoded", new SourceSpan(bad, bad + 1)));
        }
        return text;
    }

    private static DetectedCharset Choose(ReadOnlySpan<byte> bytes, string? declared, List<Diagnostic> remarks)
    {
        DetectedCharset detected = CharsetDetector.Detect(bytes);
        if (declared is null)
        {
            if (detected.Confidence < Sure)
                remarks.Add(new Diagnostic(DiagnosticCodes.EncodingGuessed, $"read as {detected.Name}, confidence {detected.Confidence:0.00}"));
            return detected;
        }
        if (CharsetDetector.ByLabel(declared) is not { } label || label.Name == detected.Name) return detected;
        // ASCII alone fits every declaration; a mark or clear evidence overrules one.
        if (detected.Confidence < Sure || bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F) < 0) return label;
        remarks.Add(new Diagnostic(DiagnosticCodes.CharsetContradicted, $"declared as {label.Name}, read as {detected.Name}"));
        return detected;
    }
}
