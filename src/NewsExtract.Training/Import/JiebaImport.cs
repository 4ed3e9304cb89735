using System.Globalization;

namespace NewsExtract.Training.Import;

/// <summary>Makes <c>jieba/*.tsv</c> of jieba's dictionary and hidden Markov model (<c>lex/jieba</c>).</summary>
internal static class JiebaImport
{
    private const string States = "BEMS";

    public static void Run(Arguments arguments, TextWriter output)
    {
        string data = Path.Combine(arguments.Required("data"), "lex", "jieba");
        string folder = Path.Combine(arguments.Option("sources", "models/sources"), "jieba");
        var words = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(Path.Combine(data, "dict.txt")))
        {
            string[] fields = line.Split(' ');
            if (fields.Length == 3) words[fields[0]] = $"{fields[0]}\t{fields[1]}\t{fields[2]}";
        }
        SourceTable.Write(Path.Combine(folder, "words.tsv"),
        [
            "Words of jieba's dictionary with frequency and tag, as the jieba-compatible mode needs them. Made by the command import-jieba.",
            "Origin: jieba 0.42 dictionary (by way of @node-rs/jieba 2.0.3), MIT.",
            "Columns: word, frequency, tag.",
        ], words.Values);
        List<string> rows = ReadModel(Path.Combine(data, "hmm_model.utf8"));
        SourceTable.Write(Path.Combine(folder, "hmm.tsv"),
        [
            "Weights of jieba's hidden Markov model of words' borders: natural logarithms of probabilities. Made by the command import-jieba.",
            "Origin: jieba 0.42 finalseg tables (by way of cppjieba, nodejieba 3.5.8), MIT.",
            "Columns: character (or start, or from-STATE for a transition), state (B begins a word, E ends it, M stands inside, S is a word), weight.",
        ], rows);
        output.WriteLine($"words.tsv\t{words.Count} rows\nhmm.tsv\t{rows.Count} rows");
    }

    // Lines without #: start, four of transitions, four of character:weight pairs.
    private static List<string> ReadModel(string path)
    {
        string[] lines = [.. File.ReadLines(path).Where(l => l.Length > 0 && l[0] != '#')];
        var rows = new List<string>();
        AddStates("start", lines[0]);
        for (int i = 0; i < 4; i++) AddStates($"from-{States[i]}", lines[1 + i]);
        for (int i = 0; i < 4; i++)
        {
            foreach (string pair in lines[5 + i].Split(',', StringSplitOptions.RemoveEmptyEntries)) rows.Add($"{pair[0]}\t{States[i]}\t{pair[2..]}");
        }
        return rows;

        void AddStates(string name, string line)
        {
            string[] weights = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (int i = 0; i < 4; i++)
            {
                if (double.Parse(weights[i], CultureInfo.InvariantCulture) > Segmentation.JiebaDictionary.Never) rows.Add($"{name}\t{States[i]}\t{weights[i]}");
            }
        }
    }
}
