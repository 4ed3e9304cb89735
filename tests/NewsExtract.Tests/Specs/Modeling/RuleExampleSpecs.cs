using NewsExtract.Tagging;
using NewsExtract.Training;
using NewsExtract.Training.Mentions;

namespace NewsExtract.Tests.Specs.Modeling;

/// <summary>The table of rules: what the compiler refuses in it, and that every rule does what its example says.</summary>
public sealed class RuleExampleSpecs : IDisposable
{
    private static readonly string Table = Path.Combine("rules", "mentions.tsv");
    private readonly string _folder = Directory.CreateTempSubdirectory("newsextract-").FullName;
    private readonly string[] _lines = File.ReadAllLines(Repository.Path("models", "sources", Table));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ModelFact]
    public void Every_rule_matches_its_example()
    {
        var faults = new Faults();
        Assert.Equal(MentionRules.Names.Count(), RuleExamples.Check(Repository.Path("models", "sources"), CompiledModels.Folder, faults));
        Assert.Empty(faults.Messages);
    }

    [ModelTheory]
    [InlineData("place-full", "【东莞市】考察", "东莞市【考察】", "考察 in the example of place-full is no place")]
    [InlineData("org-suffix", "【", "〔", "东莞市嘉禾食品有限公司 in the example of org-suffix is a mention made by org-suffix")]
    [InlineData("name-echo", "由方竹主持，会后【方竹】", "由【方竹】主持，会后方竹", "方竹 in the example of name-echo is a mention made by name-model")]
    [InlineData("org-short", "东方明珠〕", "东方〕明珠", "org-short does not propose 东方 in its example")]
    public void An_example_that_its_rule_does_not_match_is_a_fault(string rule, string from, string to, string expected)
    {
        int at = Array.FindIndex(_lines, line => line.StartsWith(rule + "\t", StringComparison.Ordinal));
        string changed = _lines[at].Replace(from, to, StringComparison.Ordinal);
        if (to == "〔") changed = changed.Replace('】', '〕');
        Assert.NotEqual(_lines[at], changed);
        _lines[at] = changed;
        Assert.Equal($"rules/mentions.tsv:{at + 1}: {expected}", Assert.Single(Messages((sources, faults) => RuleExamples.Check(sources, CompiledModels.Folder, faults))));
    }

    [Theory]
    [InlineData("place-ful\tplace\ta full name\t【东莞市】。", "the program has no rule place-ful")]
    [InlineData("place-full\tplace\ta full name\t【东莞市】。", "the rule place-full is there already at rules/mentions.tsv:3")]
    [InlineData("place-full\tplace\ta full name", "3 fields, 4 are expected")]
    public void A_row_that_is_wrong_is_a_fault(string row, string expected)
    {
        string[] lines = [.. _lines, row];
        Assert.Equal($"rules/mentions.tsv:{lines.Length}: {expected}", Assert.Single(Messages(static (sources, faults) => RuleExamples.Read(sources, faults), lines)));
    }

    [Theory]
    [InlineData("place\ta full name\t【东莞市】【虎门镇】。", "the example has not one stretch in 【】 or 〔〕")]
    [InlineData("place\ta full name\t【东莞市。", "the example has not one stretch in 【】 or 〔〕")]
    [InlineData("place\ta full name\t【东莞市〕。", "the example has not one stretch in 【】 or 〔〕")]
    [InlineData("town\ta full name\t【东莞市】。", "town is no kind of mention")]
    public void A_rule_that_is_wrong_is_a_fault(string rest, string expected)
    {
        int at = Array.FindIndex(_lines, static line => line.StartsWith("place-full\t", StringComparison.Ordinal));
        _lines[at] = "place-full\t" + rest;
        Assert.Equal($"rules/mentions.tsv:{at + 1}: {expected}", Assert.Single(Messages(static (sources, faults) => RuleExamples.Read(sources, faults))));
    }

    [Fact]
    public void A_rule_without_a_row_is_a_fault()
    {
        string[] lines = [.. _lines.Where(static line => !line.StartsWith("place-zone\t", StringComparison.Ordinal))];
        Assert.Equal(["rules/mentions.tsv:1: the rule place-zone has no row"], Messages(static (sources, faults) => RuleExamples.Read(sources, faults), lines));
    }

    private IReadOnlyList<string> Messages(Action<string, Faults> compile, string[]? lines = null)
    {
        string path = Path.Combine(_folder, Table);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, lines ?? _lines);
        var faults = new Faults();
        compile(_folder, faults);
        return faults.Messages;
    }
}
