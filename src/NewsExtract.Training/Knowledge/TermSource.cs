using NewsExtract.Modeling;

namespace NewsExtract.Training.Knowledge;

/// <summary>Reads <c>terms/*.tsv</c>: word, classes, example.</summary>
internal static class TermSource
{
    public static void Read(string sources, WordTable words, Faults faults)
    {
        string folder = Path.Combine(sources, "terms");
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.tsv") : [];
        Array.Sort(files, StringComparer.Ordinal);
        var seen = new Dictionary<(string, TermClass), SourceRow>();
        foreach (string file in files)
        {
            foreach (SourceRow row in SourceTable.Read(file, "terms/" + Path.GetFileName(file), 2, 3, faults)) Read(row, words, seen, faults);
        }
    }

    private static void Read(in SourceRow row, WordTable words, Dictionary<(string, TermClass), SourceRow> seen, Faults faults)
    {
        string text = row[0];
        if (row[2].Length > 0 && !row[2].Contains(text, StringComparison.Ordinal)) faults.Add(row, $"the example doesn't contain {text}");
        foreach (string name in row[1].Split(','))
        {
            if (!TermClasses.TryParse(name, out TermClass c)) faults.Add(row, $"{(name.Length == 0 ? "an empty name" : name)} is no term class");
            else if (!seen.TryAdd((text, c), row)) faults.Add(row, $"{text} is {name} already at {seen[(text, c)].File}:{seen[(text, c)].Line}");
            else words[text].Terms |= TermSet.Of(c);
        }
    }
}
