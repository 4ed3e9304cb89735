using System.Globalization;
using System.Text;
using NewsExtract.Modeling;
using NewsExtract.Tagging;
using NewsExtract.Text;

namespace NewsExtract.Training.Mentions;

/// <summary>The weights that judge mentions, as text: a file a kind, a row a feature with value and weight, the heaviest first.</summary>
internal static class MentionTables
{
    public static void Write(string folder, string table, string says, Dictionary<int, float> weights, Lexicon lexicon) =>
        SourceTable.Write(Path.Combine(folder, $"{table}.tsv"), [$"{says}, trained on the corpus. Columns: feature, value (a word, a character's code, a number), weight."],
            weights.OrderByDescending(static w => Math.Abs(w.Value)).ThenBy(static w => w.Key)
                .Select(w => string.Create(CultureInfo.InvariantCulture, $"{MentionFeatures.FeatureOf(w.Key)}\t{Value(w.Key, lexicon)}\t{w.Value}")));

    /// <summary>Compiles the tables in <c>mentions/</c> below the folder of sources.</summary>
    public static byte[] Compile(string sources, Faults faults)
    {
        var text = new StringBuilder();
        foreach (string table in Enum.GetNames<MentionKind>().Append(MentionModel.Borders))
        {
            string name = $"mentions/{table}.tsv", path = Path.Combine(sources, "mentions", $"{table}.tsv");
            if (!File.Exists(path)) continue;
            foreach (SourceRow row in SourceTable.Read(path, name, 3, 3, faults))
            {
                if (!MentionModel.TryKey(row[0], row[1], null, out _)) faults.Add(name, row.Line, $"{row[0]} with the value {row[1]}: no such feature or value");
                else if (!float.TryParse(row[2], NumberStyles.Float, CultureInfo.InvariantCulture, out _)) faults.Add(name, row.Line, $"{row[2]} is no number");
                else text.Append(CultureInfo.InvariantCulture, $"{table}\t{row[0]}\t{row[1]}\t{row[2]}\n");
            }
        }
        string rules = string.Concat(RuleExamples.Read(sources, faults).Select(static rule => $"{rule.Rule.Name}\t{rule.Rule.Kind}\t{rule.Rule.Says}\t{rule.Rule.Example}\n"));
        return ModelFile.Write(new Dictionary<string, byte[]> { [MentionModel.Section] = Encoding.UTF8.GetBytes(text.ToString()), [MentionModel.RuleSection] = Encoding.UTF8.GetBytes(rules) });
    }

    public static string Value(int key, Lexicon lexicon)
    {
        MentionFeature feature = MentionFeatures.FeatureOf(key);
        int value = MentionFeatures.ValueOf(key);
        if (MentionFeatures.IsWord(feature)) return lexicon.Text(value);
        return MentionFeatures.IsCharacter(feature) ? value.ToString("X4", CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture);
    }
}
