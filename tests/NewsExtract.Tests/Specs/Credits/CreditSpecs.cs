using NewsExtract.Modeling;
using NewsExtract.Tagging;
using NewsExtract.Tests.Specs.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tests.Specs.Credits;

/// <summary>credits.tsv: who made the article, and who is only mentioned.</summary>
[Collection(KnowledgeTests.Name)]
public sealed class CreditSpecs(CompiledKnowledge compiled)
{
    [Fact]
    public void Names_and_roles()
    {
        var terms = new TermIndex(compiled.Knowledge.Lexicon);
        var layout = new Layout();
        var found = new List<CreditSpan>();
        var wrong = new List<string>();
        foreach ((int line, string[] fields) in Repository.SpecRows("Credits", "credits.tsv"))
        {
            string text = "某地要闻一则\n" + fields[0].Replace('⏎', '\n');
            terms.Build(text);
            LayoutReader.Read(text, terms, layout);
            CreditTagger.Tag(layout, terms, compiled.Knowledge.Names, found);
            string actual = found.Count == 0 ? "-" : string.Join('、', found.Select(c => text[c.Span.Start..c.Span.End].Replace(" ", "", StringComparison.Ordinal) + "=" + c.Role));
            if (actual != fields[1]) wrong.Add($"credits.tsv:{line}: {fields[0]}: expected {fields[1]}, got {actual}");
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }
}
