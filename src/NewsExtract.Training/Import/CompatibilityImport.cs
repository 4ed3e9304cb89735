using System.Globalization;

namespace NewsExtract.Training.Import;

/// <summary>
/// Makes the evaluation's <c>compatibility-forms.tsv</c> of <c>UnicodeData.txt</c> and <c>CompositionExclusions.txt</c> of the
/// Unicode Character Database.
/// </summary>
internal static class CompatibilityImport
{
    public static void Run(Arguments arguments, TextWriter output)
    {
        string data = arguments.Required("data");
        string target = arguments.Option("out", "src/NewsExtract/Evaluation/compatibility-forms.tsv");
        HashSet<string> excluded = File.ReadLines(Path.Combine(data, "CompositionExclusions.txt"))
            .Select(line => line.Split('#')[0].Trim()).Where(point => point.Length > 0).ToHashSet(StringComparer.Ordinal);
        List<string[]> points = File.ReadLines(Path.Combine(data, "UnicodeData.txt")).Select(line => line.Split(';')).ToList();
        Dictionary<string, string> classes = points.ToDictionary(fields => fields[0], fields => fields[3], StringComparer.Ordinal);
        var rows = new List<string>();
        foreach (string[] fields in points)
        {
            string point = fields[0], combining = fields[3], decomposition = fields[5];
            if (decomposition.Length == 0)
            {
                if (combining != "0") rows.Add($"{point}\t{combining}\tM");
                continue;
            }
            bool compatibility = decomposition[0] == '<';
            string[] parts = (compatibility ? decomposition[(decomposition.IndexOf('>') + 2)..] : decomposition).Split(' ');
            // Beside the listed ones, a canonical pair does not compose where it or its first part is itself a mark.
            bool composes = parts.Length == 2 && !excluded.Contains(point) && combining == "0" && classes.GetValueOrDefault(parts[0], "0") == "0";
            rows.Add($"{point}\t{combining}\t{(compatibility ? 'K' : composes ? 'C' : 'S')}\t{string.Join(' ', parts)}");
        }
        rows.Sort((a, b) => Code(a).CompareTo(Code(b)));
        SourceTable.Write(target,
        [
            "Combining classes and decompositions of code points. Made by the command import-compatibility.",
            "Origin: Unicode Character Database 15.0.0 (UnicodeData.txt, CompositionExclusions.txt), Unicode licence v3.",
            "Columns: code point, combining class, C composes again | S does not | K compatibility | M mark only, decomposition.",
        ], rows);
        output.WriteLine($"{rows.Count} rows");
    }

    private static int Code(string row) => int.Parse(row.AsSpan(0, row.IndexOf('\t')), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
