using System.Globalization;
using NewsExtract.Modeling;

namespace NewsExtract.Training.Jieba;

/// <summary>Compiles <c>jieba/words.tsv</c> and <c>jieba/hmm.tsv</c> into <c>jieba.bin</c>.</summary>
internal static class JiebaCompiler
{
    private const string States = "BEMS";

    public static byte[] Compile(string sources, Faults faults)
    {
        var sections = new Dictionary<string, byte[]>();
        CompileWords(Path.Combine(sources, "jieba", "words.tsv"), sections, faults);
        CompileModel(Path.Combine(sources, "jieba", "hmm.tsv"), sections, faults);
        faults.ThrowIfAny();
        return ModelFile.Write(sections);
    }

    private static void CompileWords(string path, Dictionary<string, byte[]> sections, Faults faults)
    {
        var words = new SortedDictionary<string, (int Frequency, string Tag)>(StringComparer.Ordinal);
        foreach (SourceRow row in SourceTable.Read(path, "jieba/words.tsv", 3, 3, faults))
        {
            if (!int.TryParse(row[1], NumberStyles.None, CultureInfo.InvariantCulture, out int frequency) || frequency == 0) faults.Add(row, $"{row[1]} is no frequency");
            else if (!words.TryAdd(row[0], (frequency, row[2]))) faults.Add(row, $"{row[0]} is there already");
        }
        string[] tags = [.. words.Values.Select(w => w.Tag).Distinct().Order(StringComparer.Ordinal)];
        (ulong[] nodes, char[] alphabet) = WordTrieBuilder.Build([.. words.Keys], [.. Enumerable.Range(0, words.Count)]);
        sections["jieba.trie"] = ModelFile.Pack(ModelFile.Bytes<ulong>(nodes));
        sections["jieba.alphabet"] = ModelFile.Bytes<char>(alphabet);
        sections["jieba.frequency"] = ModelFile.Bytes<int>([.. words.Values.Select(w => w.Frequency)]);
        sections["jieba.tag"] = [.. words.Values.Select(w => (byte)Array.BinarySearch(tags, w.Tag, StringComparer.Ordinal))];
        sections["jieba.tags"] = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', tags));
    }

    private static void CompileModel(string path, Dictionary<string, byte[]> sections, Faults faults)
    {
        var start = new double[4];
        var transitions = new double[16];
        var emissions = new SortedDictionary<char, double[]>();
        Array.Fill(start, Segmentation.JiebaDictionary.Never);
        Array.Fill(transitions, Segmentation.JiebaDictionary.Never);
        foreach (SourceRow row in SourceTable.Read(path, "jieba/hmm.tsv", 3, 3, faults))
        {
            int state = row[1].Length == 1 ? States.IndexOf(row[1][0]) : -1;
            if (state < 0 || !double.TryParse(row[2], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight))
            {
                faults.Add(row, state < 0 ? $"{row[1]} is no state" : $"{row[2]} is no number");
                continue;
            }
            if (row[0] == "start") start[state] = weight;
            else if (row[0].Length == 6 && row[0].StartsWith("from-", StringComparison.Ordinal) && States.Contains(row[0][5])) transitions[States.IndexOf(row[0][5]) * 4 + state] = weight;
            else if (row[0].Length == 1)
            {
                if (!emissions.TryGetValue(row[0][0], out double[]? weights))
                {
                    emissions.Add(row[0][0], weights = new double[4]);
                    Array.Fill(weights, Segmentation.JiebaDictionary.Never);
                }
                weights[state] = weight;
            }
            else faults.Add(row, $"{row[0]} is neither start, from-B and the like, nor a character");
        }
        sections["jieba.start"] = ModelFile.Bytes<double>(start);
        sections["jieba.transitions"] = ModelFile.Bytes<double>(transitions);
        sections["jieba.emission.characters"] = ModelFile.Bytes<char>([.. emissions.Keys]);
        // The first row is for characters that the model has not seen.
        sections["jieba.emission.weights"] = ModelFile.Bytes<double>([.. Enumerable.Repeat(Segmentation.JiebaDictionary.Never, 4), .. emissions.Values.SelectMany(w => w)]);
    }
}
