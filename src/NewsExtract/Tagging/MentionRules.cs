namespace NewsExtract.Tagging;

/// <summary>The names of all rules that make mentions; what each says stands in <c>models/sources/rules/mentions.tsv</c>.</summary>
internal static class MentionRules
{
    /// <summary>Every name once.</summary>
    public static IEnumerable<string> Names =>
        [.. MentionCollector.Rules, .. OrganizationTagger.RuleNames, .. MentionCollector.DateRules, "agreement-title", "agreement-phrase"];
}
