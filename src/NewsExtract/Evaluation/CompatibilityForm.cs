using System.Globalization;
using System.Text;

namespace NewsExtract.Evaluation;

/// <summary>
/// Unicode's normalisation form KC (UAX #15), from a table of its own: with the invariant globalisation that this library
/// runs under, the runtime's normalisation leaves text beyond ASCII as it is.
/// </summary>
/// <remarks>
/// The table <c>compatibility-forms.tsv</c> is embedded. A row is a code point, its combining class, a letter, and what it
/// decomposes into, all but the class in hexadecimal: <c>C</c> is a canonical pair that composes again (<c>00C9 0 C 0045 0301</c>),
/// <c>S</c> a canonical form that does not (<c>F900 0 S 8C48</c>), <c>K</c> a compatibility form (<c>FF11 0 K 0031</c>),
/// <c>M</c> a mark that has a class only.
/// </remarks>
internal sealed class CompatibilityForm
{
    private const int HangulFirst = 0xAC00, HangulCount = 11172, LeadFirst = 0x1100, VowelFirst = 0x1161, TailFirst = 0x11A7;
    private const int VowelCount = 21, TailCount = 28;

    private readonly Dictionary<int, int[]> _decompositions = [];
    private readonly Dictionary<int, int> _classes = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];

    private CompatibilityForm(TextReader table)
    {
        for (string? line = table.ReadLine(); line is not null; line = table.ReadLine())
        {
            if (line.Length == 0 || line[0] == '#') continue;
            string[] fields = line.Split('\t');
            int point = Hex(fields[0]);
            int combining = int.Parse(fields[1], CultureInfo.InvariantCulture);
            if (combining != 0) _classes.Add(point, combining);
            if (fields[2] == "M") continue;
            int[] parts = Array.ConvertAll(fields[3].Split(' '), Hex);
            _decompositions.Add(point, parts);
            if (fields[2] == "C") _compositions.Add((parts[0], parts[1]), point);
        }
    }

    /// <summary>The one table; immutable.</summary>
    public static CompatibilityForm Instance { get; } = Load();

    /// <summary>The form KC of <paramref name="text"/>; an unpaired surrogate stays as it is.</summary>
    public string Of(string text)
    {
        if (System.Text.Ascii.IsValid(text)) return text;
        var points = new List<int>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            int point = text[i];
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) point = char.ConvertToUtf32(text[i], text[++i]);
            Decompose(point, points);
        }
        Order(points);
        Compose(points);
        var builder = new StringBuilder(points.Count);
        foreach (int point in points)
        {
            if (point < 0x10000) builder.Append((char)point);
            else builder.Append(char.ConvertFromUtf32(point));
        }
        return builder.ToString();
    }

    private void Decompose(int point, List<int> into)
    {
        int hangul = point - HangulFirst;
        if (hangul is >= 0 and < HangulCount)
        {
            into.Add(LeadFirst + hangul / (VowelCount * TailCount));
            into.Add(VowelFirst + hangul / TailCount % VowelCount);
            if (hangul % TailCount != 0) into.Add(TailFirst + hangul % TailCount);
        }
        else if (_decompositions.TryGetValue(point, out int[]? parts))
        {
            foreach (int part in parts) Decompose(part, into);
        }
        else
        {
            into.Add(point);
        }
    }

    private int Class(int point) => _classes.GetValueOrDefault(point);

    // Marks behind one base go in the order of their classes; those of one class keep theirs.
    private void Order(List<int> points)
    {
        for (int i = 1; i < points.Count; i++)
        {
            int combining = Class(points[i]);
            if (combining == 0) continue;
            for (int j = i; j > 0 && Class(points[j - 1]) > combining; j--) (points[j - 1], points[j]) = (points[j], points[j - 1]);
        }
    }

    private void Compose(List<int> points)
    {
        int starter = -1, written = 0, lastClass = -1;
        for (int i = 0; i < points.Count; i++)
        {
            int point = points[i], combining = Class(point);
            // A mark is blocked from its starter by another of the same or a higher class in between.
            if (starter >= 0 && (lastClass < combining || lastClass == -1) && Composite(points[starter], point) is { } composite)
            {
                points[starter] = composite;
                continue;
            }
            if (combining == 0)
            {
                starter = written;
                lastClass = -1;
            }
            else
            {
                lastClass = combining;
            }
            points[written++] = point;
        }
        points.RemoveRange(written, points.Count - written);
    }

    private int? Composite(int first, int second)
    {
        int lead = first - LeadFirst, vowel = second - VowelFirst;
        if (lead is >= 0 and < 19 && vowel is >= 0 and < VowelCount) return HangulFirst + (lead * VowelCount + vowel) * TailCount;
        int hangul = first - HangulFirst, tail = second - TailFirst;
        if (hangul is >= 0 and < HangulCount && hangul % TailCount == 0 && tail is > 0 and < TailCount) return first + tail;
        return _compositions.TryGetValue((first, second), out int composite) ? composite : null;
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static CompatibilityForm Load()
    {
        using Stream stream = typeof(CompatibilityForm).Assembly.GetManifestResourceStream("NewsExtract.Evaluation.compatibility-forms.tsv")
            ?? throw new InvalidOperationException("The table compatibility-forms.tsv is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new CompatibilityForm(reader);
    }
}
