using System.Globalization;
using NewsExtract.Text;

namespace NewsExtract.Cli.Commands;

/// <summary>Reasons for a mention as lines of text.</summary>
internal static class MentionReasons
{
    /// <summary>How many features of each kind are told.</summary>
    private const int Most = 6;

    /// <summary>Span, kind, text, score and rule: <c>12-15 person 吴启川 0.99 name-model</c>.</summary>
    public static string Head(MentionExplanation explanation)
    {
        MentionRecord mention = explanation.Mention;
        return string.Create(CultureInfo.InvariantCulture, $"{mention.Start}-{mention.End} {mention.Type} {OneLine(mention.Text)} {mention.Score:0.00} {explanation.Rule?.Name ?? mention.Origin}");
    }

    /// <summary>What the rule says; then the heaviest features with their weights, those of the stretch and those of its characters.</summary>
    public static IEnumerable<string> Because(MentionExplanation explanation)
    {
        if (explanation.Rule is { } rule) yield return $"rule: {rule.Says}";
        if (explanation.Properties.Count > 0) yield return "weights: " + Features(explanation.Properties);
        if (explanation.Characters.Count > 0) yield return "sequence model: " + Features(explanation.Characters);
    }

    private static string Features(IReadOnlyList<FeatureWeight> features)
    {
        double rest = 0;
        for (int i = Most; i < features.Count; i++) rest += features[i].Weight;
        string told = string.Join("; ", features.Take(Most).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Feature}{(f.Value.Length > 0 ? " " : "")}{f.Value} {f.Weight:+0.00;-0.00}")));
        return features.Count <= Most ? told : string.Create(CultureInfo.InvariantCulture, $"{told}; {features.Count - Most} more {rest:+0.00;-0.00}");
    }

    private static string OneLine(string text) => text.ReplaceLineEndings("↵");
}
