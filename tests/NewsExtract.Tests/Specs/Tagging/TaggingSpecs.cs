using NewsExtract.Text;

namespace NewsExtract.Tests.Specs.Tagging;

/// <summary>The files of this folder: which stretches of a text are names, posts, bodies, places and agreements.</summary>
[Collection(ModelTests.Name)]
public sealed class TaggingSpecs(CompiledModels models)
{
    private const int HeadlineLength = 7;

    [ModelFact]
    public void Titles_at_names() => SpecFileCheck("titles.txt", static t => t.Names.Select(n => Words(t, n.Span) + ": " + Posts(t, n)));

    [ModelFact]
    public void Names() => SpecFileCheck("names.txt", static t => t.Names.Select(n => Words(t, n.Span)));

    [ModelFact]
    public void Bodies() => SpecFileCheck("bodies.txt", static t => t.Organizations.Select(m => Words(t, m.Span)));

    [ModelFact]
    public void Places() => SpecFileCheck("places.txt", static t => t.Places.Where(m => m.Span.Start >= HeadlineLength).Select(m => Words(t, m.Span)));

    [ModelFact]
    public void Agreements() => SpecFileCheck("agreements.txt", static t => t.Agreements.Select(m => Words(t, m.Span)));

    private void SpecFileCheck(string file, Func<TaggedText, IEnumerable<string>> found) =>
        SpecLine.Check("Tagging", file, line => SpecLine.Join(found(models.Tag(line.Article, line.Published))));

    private static string Posts(TaggedText tagged, NameSpan name)
    {
        var posts = new List<string>();
        for (int i = name.FirstPost; i < name.FirstPost + name.PostCount; i++) posts.Add(Words(tagged, tagged.Posts[i].Span));
        return posts.Count == 0 ? "-" : string.Join(" + ", posts);
    }

    private static string Words(TaggedText tagged, TextSpan span) => tagged.Text[span.Start..span.End];
}
