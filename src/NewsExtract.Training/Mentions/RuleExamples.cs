using NewsExtract.Tagging;
using NewsExtract.Text;

namespace NewsExtract.Training.Mentions;

/// <summary>
/// The table <c>rules/mentions.tsv</c>: the rules that make mentions, each with what it says and an example. The example is a text
/// in which the rule makes the mention that stands in 【】, or, in 〔〕, proposes a stretch that the weights refuse; <c>↵</c> in it is the end of a line.
/// </summary>
internal static class RuleExamples
{
    private const string Table = "rules/mentions.tsv";

    /// <summary>Reads the table. Every rule of the program has exactly one row.</summary>
    public static List<(SourceRow Row, MentionRule Rule)> Read(string sources, Faults faults)
    {
        var rules = new List<(SourceRow Row, MentionRule Rule)>();
        HashSet<string> missing = [.. MentionRules.Names];
        foreach (SourceRow row in SourceTable.Read(Path.Combine(sources, Table), Table, 4, 4, faults))
        {
            if (rules.FindIndex(r => r.Rule.Name == row[0]) is >= 0 and int at) faults.Add(row, $"the rule {row[0]} is there already at {Table}:{rules[at].Row.Line}");
            else if (!missing.Remove(row[0])) faults.Add(row, $"the program has no rule {row[0]}");
            else if (!Enum.TryParse(row[1], ignoreCase: true, out MentionKind kind) || row[1] != KindName(kind)) faults.Add(row, $"{row[1]} is no kind of mention");
            else if (!TryMarked(row[3], out _, out _, out _)) faults.Add(row, "the example has not one stretch in 【】 or 〔〕");
            else rules.Add((row, new MentionRule(row[0], kind, row[2], row[3])));
        }
        foreach (string name in missing.Order(StringComparer.Ordinal)) faults.Add(Table, 1, $"the rule {name} has no row");
        return rules;
    }

    /// <summary>Tags every example with the models of a folder; a rule that does not make its mention is a fault. Gives how many were tried.</summary>
    public static int Check(string sources, string models, Faults faults)
    {
        using var pipeline = new Pipeline(ExtractionModel.LoadWithoutLinks(models));
        Workspace workspace = pipeline.NewWorkspace();
        List<(SourceRow Row, MentionRule Rule)> rules = Read(sources, faults);
        foreach ((SourceRow row, MentionRule rule) in rules)
        {
            TryMarked(rule.Example, out string text, out TextSpan span, out bool isReported);
            var article = new Article { Source = row.File, Body = CleanText.Identity(text) };
            IReadOnlyList<MentionExplanation> mentions = pipeline.Explain(article, workspace, out ExplainingJudge judge).Mentions;
            string type = KindName(rule.Kind);
            bool Same(MentionExplanation m) => m.Mention.Type == type && m.Mention.Start == span.Start && m.Mention.End == span.End;
            MentionExplanation? made = mentions.FirstOrDefault(Same);
            if (isReported ? made?.Rule?.Name == rule.Name : made is null && judge.WasProposed(rule.Kind, span, rule.Name)) continue;
            string wanted = text[span.Start..span.End];
            faults.Add(row, made is not null ? $"{wanted} in the example of {rule.Name} is a mention made by {made.Rule?.Name}"
                : isReported ? $"{wanted} in the example of {rule.Name} is no {type}" : $"{rule.Name} does not propose {wanted} in its example");
        }
        return rules.Count;
    }

    private static string KindName(MentionKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The example without its marks, the stretch between them, and whether they are those of a mention.</summary>
    private static bool TryMarked(string example, out string text, out TextSpan span, out bool isReported)
    {
        int open = example.AsSpan().IndexOfAny('【', '〔'), close = example.AsSpan().IndexOfAny('】', '〕');
        isReported = open >= 0 && example[open] == '【';
        bool isMarked = open >= 0 && close > open + 1 && example.AsSpan().Count('【') + example.AsSpan().Count('〔') == 1 && (example[close] == '】') == isReported
            && example.AsSpan().Count('】') + example.AsSpan().Count('〕') == 1;
        text = isMarked ? (example[..open] + example[(open + 1)..close] + example[(close + 1)..]).Replace('↵', '\n') : example;
        span = isMarked ? new TextSpan(open, close - 1) : default;
        return isMarked;
    }
}
