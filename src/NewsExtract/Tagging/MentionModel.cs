using System.Globalization;
using System.Text;
using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>Who says how likely a stretch is a mention: the trained weights, or, while they are trained, a collector of examples.</summary>
internal interface IMentionJudge
{
    /// <summary>The probability that the stretch is a mention of the kind.</summary>
    double Judge(MentionKind kind, TextSpan span, MentionFeatures features);

    /// <summary>The probability that a stretch at a person's name, described by <see cref="NameBorders"/>, is the name from end to end.</summary>
    double JudgeBorders(TextSpan span, MentionFeatures features);
}

/// <summary>The trained weights over <see cref="MentionFeature"/>, <c>models/compiled/mentions.bin</c>. Immutable.</summary>
internal sealed class MentionModel : IMentionJudge
{
    /// <summary>The section that holds the rows of the tables: kind, feature, value and weight, tabs between them.</summary>
    public const string Section = "mentions.weights";

    /// <summary>The section that holds the rows of <c>rules/mentions.tsv</c>: name, kind, what it says and example, tabs between them.</summary>
    public const string RuleSection = "mentions.rules";

    /// <summary>Stands in the place of a kind in the rows that weigh where names begin and end.</summary>
    public const string Borders = "NameBorders";

    private readonly Dictionary<int, float>[] _weights;
    // The same, to be quick.
    private readonly WeightTable[] _tables;
    private readonly WeightTable _borders;

    private MentionModel(Dictionary<int, float>[] weights, Dictionary<int, float> borders)
    {
        _weights = weights;
        _tables = Array.ConvertAll(weights, static w => new WeightTable(w));
        _borders = new WeightTable(borders);
    }

    /// <summary>The rules that make mentions, in the table's order.</summary>
    public IReadOnlyList<MentionRule> Rules { get; private init; } = [];

    /// <summary>The rule that made a mention; null where the table has none of its name.</summary>
    public MentionRule? RuleOf(Mention mention)
    {
        foreach (MentionRule rule in Rules)
            if (rule.Name == mention.Rule) return rule;
        return null;
    }

    /// <summary>Without weights every stretch has an even chance.</summary>
    public static MentionModel Empty { get; } = new([.. Enum.GetValues<MentionKind>().Select(static _ => new Dictionary<int, float>())], []);

    public static MentionModel Of(MentionKind kind, Dictionary<int, float> weights)
    {
        var all = new Dictionary<int, float>[Empty._weights.Length];
        for (int i = 0; i < all.Length; i++) all[i] = i == (int)kind ? weights : Empty._weights[i];
        return new MentionModel(all, []);
    }

    /// <summary>Reads the weights; words that the lexicon does not have are left out.</summary>
    /// <exception cref="ModelException">A section is missing or damaged.</exception>
    public static MentionModel Load(ModelFile file, Lexicon lexicon)
    {
        Dictionary<int, float>[] weights = [.. Enum.GetValues<MentionKind>().Select(static _ => new Dictionary<int, float>())];
        var borders = new Dictionary<int, float>();
        string text = Encoding.UTF8.GetString(file.Array<byte>(Section));
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty) continue;
            string[] columns = line.ToString().Split('\t');
            MentionKind kind = default;
            if (columns.Length != 4 || columns[0] != Borders && !Enum.TryParse(columns[0], out kind) || !TryKey(columns[1], columns[2], lexicon, out int key)
                || !float.TryParse(columns[3], NumberStyles.Float, CultureInfo.InvariantCulture, out float weight)) throw new ModelException($"{file.Name}: section {Section} is damaged");
            if (key >= 0) (columns[0] == Borders ? borders : weights[(int)kind])[key] = weight;
        }
        return new MentionModel(weights, borders) { Rules = ReadRules(file) };
    }

    private static List<MentionRule> ReadRules(ModelFile file)
    {
        var rules = new List<MentionRule>();
        foreach (string line in Encoding.UTF8.GetString(file.Array<byte>(RuleSection)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] columns = line.Split('\t');
            if (columns.Length != 4 || !Enum.TryParse(columns[1], out MentionKind kind)) throw new ModelException($"{file.Name}: section {RuleSection} is damaged");
            rules.Add(new MentionRule(columns[0], kind, columns[2], columns[3]));
        }
        return rules;
    }

    /// <summary>The key of a row; -1 where its word is not in the lexicon.</summary>
    public static bool TryKey(string name, string value, Lexicon? lexicon, out int key)
    {
        key = -1;
        if (!Enum.TryParse(name, out MentionFeature feature)) return false;
        int number;
        if (MentionFeatures.IsWord(feature))
        {
            number = lexicon?.Find(value) ?? -1;
            if (number < 0) return true;
        }
        else if (MentionFeatures.IsCharacter(feature))
        {
            if (value.Length != 4 || !int.TryParse(value, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out number)) return false;
        }
        else if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number)) return false;
        key = MentionFeatures.Key(feature, number);
        return true;
    }

    public double Judge(MentionKind kind, TextSpan span, MentionFeatures features) => Score(kind, features.Keys);

    /// <summary>What a property counts for.</summary>
    public float Weight(MentionKind kind, int key) => _weights[(int)kind].GetValueOrDefault(key);

    public double JudgeBorders(TextSpan span, MentionFeatures features) => Score(_borders, features.Keys);

    public double Score(MentionKind kind, ReadOnlySpan<int> keys) => Score(_tables[(int)kind], keys);

    private static double Score(WeightTable weights, ReadOnlySpan<int> keys)
    {
        double score = weights.Of(0);
        foreach (int key in keys) score += weights.Of(key);
        return 1 / (1 + Math.Exp(-score));
    }
}
