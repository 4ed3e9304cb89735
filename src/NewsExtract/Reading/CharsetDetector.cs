using System.Text;

namespace NewsExtract.Reading;

/// <summary>An encoding, and how sure it is.</summary>
/// <param name="Encoding">Decodes with U+FFFD for what it can't read.</param>
/// <param name="Name"><c>utf-8</c>, <c>utf-16le</c>, <c>utf-16be</c>, <c>gb18030</c> or <c>big5</c>.</param>
/// <param name="Confidence">In [0,1]; 1 where a byte order mark or validity settles it.</param>
public readonly record struct DetectedCharset(Encoding Encoding, string Name, double Confidence);

/// <summary>
/// Tells the encoding of Chinese text: by byte order mark, by validity as UTF-8, and else by which decoding reads
/// most like text. Stateless.
/// </summary>
public static class CharsetDetector
{
    private const int SampleBytes = 32 << 10;

    /// <summary>UTF-8 without a byte order mark.</summary>
    public static readonly Encoding Utf8 = new UTF8Encoding(false);

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(54936)!;
    private static readonly Encoding Big5 = CodePagesEncodingProvider.Instance.GetEncoding(950)!;

    /// <summary>The encoding of <paramref name="bytes"/>, which may be cut off at their end.</summary>
    public static DetectedCharset Detect(ReadOnlySpan<byte> bytes)
    {
        if (ByMark(bytes) is { } marked) return marked;
        ReadOnlySpan<byte> whole = WithoutCutCharacter(bytes);
        bool hasNul = bytes.Contains((byte)0);
        if (!hasNul && System.Text.Unicode.Utf8.IsValid(whole)) return new DetectedCharset(Utf8, "utf-8", 1);
        ReadOnlySpan<byte> sample = Sample(bytes);
        DetectedCharset best = default;
        double bestScore = double.NegativeInfinity, second = double.NegativeInfinity;
        void Try(ReadOnlySpan<byte> sample, Encoding encoding, string name)
        {
            double score = Score(encoding.GetString(sample), encoding.GetByteCount("a"));
            if (score > bestScore)
            {
                second = bestScore;
                bestScore = score;
                best = new DetectedCharset(encoding, name, 0);
            }
            else if (score > second) second = score;
        }
        Try(sample, Utf8, "utf-8");
        Try(sample, Gb18030, "gb18030");
        Try(sample, Big5, "big5");
        Try(sample, Encoding.Unicode, "utf-16le");
        Try(sample, Encoding.BigEndianUnicode, "utf-16be");
        // A hundred characters' worth of evidence is as good as certain.
        double confidence = 1 - 0.5 * Math.Exp(-(bestScore - second) / 20);
        return best with { Confidence = confidence };
    }

    /// <summary>The encoding that a charset label names, or null for one that is not read here.</summary>
    public static DetectedCharset? ByLabel(ReadOnlySpan<char> label)
    {
        label = label.Trim().Trim("\"'");
        bool Is(ReadOnlySpan<char> label, string name) => label.Equals(name, StringComparison.OrdinalIgnoreCase);
        if (Is(label, "utf-8") || Is(label, "utf8")) return new DetectedCharset(Utf8, "utf-8", 1);
        if (label.StartsWith("gb", StringComparison.OrdinalIgnoreCase) || Is(label, "x-gbk") || Is(label, "cp936") || Is(label, "chinese"))
            return new DetectedCharset(Gb18030, "gb18030", 1);
        if (label.StartsWith("big5", StringComparison.OrdinalIgnoreCase) || Is(label, "x-x-big5") || Is(label, "cn-big5") || Is(label, "cp950"))
            return new DetectedCharset(Big5, "big5", 1);
        if (Is(label, "utf-16") || Is(label, "utf-16le")) return new DetectedCharset(Encoding.Unicode, "utf-16le", 1);
        if (Is(label, "utf-16be")) return new DetectedCharset(Encoding.BigEndianUnicode, "utf-16be", 1);
        return null;
    }

    /// <summary>The length of a byte order mark at the start of <paramref name="bytes"/>.</summary>
    public static int MarkLength(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\uFEFF"u8) ? 3
        : bytes.Length >= 2 && (bytes[0], bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF) ? 2
        : bytes.StartsWith(Gb18030Mark) ? 4 : 0;

    private static ReadOnlySpan<byte> Gb18030Mark => [0x84, 0x31, 0x95, 0x33];

    private static DetectedCharset? ByMark(ReadOnlySpan<byte> bytes) => MarkLength(bytes) switch
    {
        3 => new DetectedCharset(Utf8, "utf-8", 1),
        2 when bytes[0] == 0xFF => new DetectedCharset(Encoding.Unicode, "utf-16le", 1),
        2 => new DetectedCharset(Encoding.BigEndianUnicode, "utf-16be", 1),
        4 => new DetectedCharset(Gb18030, "gb18030", 1),
        _ => null,
    };

    // The last character may be cut off: up to three bytes of it are left out of the judgement.
    private static ReadOnlySpan<byte> WithoutCutCharacter(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            byte b = bytes[^back];
            if ((b & 0xC0) == 0x80) continue;
            int length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
            return length > back ? bytes[..^back] : bytes;
        }
        return bytes;
    }

    // Mark-up and scripts may fill the beginning: the sample starts a little before the first byte that is not ASCII.
    private static ReadOnlySpan<byte> Sample(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= SampleBytes) return bytes;
        int first = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
        int start = Math.Clamp(first - 64, 0, bytes.Length - SampleBytes) & ~1;
        return bytes.Slice(start, SampleBytes);
    }

    // How much a decoded sample reads like Chinese text; more is better.
    private static double Score(ReadOnlySpan<char> text, int unitBytes)
    {
        double score = 0;
        foreach (char c in text)
        {
            score += c switch
            {
                '\t' or '\n' or '\r' => 0.2,
                '\0' => -2 * unitBytes, // zeros are zeros in any encoding
                < ' ' or '\u007F' => -2,
                < '\u0080' => 0.3,
                >= '\u4E00' and <= '\u9FFF' => FrequentCharacters.Contains(c) ? 1 : -0.3,
                '，' or '。' or '、' or '：' or '；' or '“' or '”' or '《' or '》' or '（' or '）' or '\u3000' or '「' or '」' => 1,
                '\uFFFD' => -4,
                >= '\u0080' and < '\u00A0' => -2,
                >= '\uE000' and < '\uF900' => -1.5,
                >= '\uD800' and < '\uE000' => -1,
                >= '\uFF01' and <= '\uFF5E' => 0.3,
                >= '\u2010' and <= '\u2060' or '·' => 0.3,
                _ => -0.5,
            };
        }
        return score;
    }
}
