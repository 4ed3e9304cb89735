using NewsExtract.Text;

namespace NewsExtract.Tests.Specs.Resolution;

/// <summary>The files of this folder: which place, person and organisation each mention means, and how a post is understood.</summary>
[Collection(ModelTests.Name)]
public sealed class ResolutionSpecs(CompiledModels models)
{
    [ModelFact]
    public void Places() => Check("places.txt", static r => r.Places.Where(static p => p.Spans[0].Start >= 7).Select(static p => $"{p.Chain} {p.Code ?? "-"}{(p.IsForeign ? " " + p.Country : "")}"));

    [ModelFact]
    public void People() => Check("people.txt", static r => r.People.Select(p => p.Name + Others(p.References.Select(s => Words(r, s)))));

    [ModelFact]
    public void Organizations() => Check("organizations.txt", static r => r.Organizations.Select(o => o.Name + Others(o.Spans.Select(s => Words(r, s)).Where(w => w != o.Name))));

    [ModelFact]
    public void Posts() => Check("posts.txt", static r => r.People.SelectMany(static p => p.Posts).Select(p => Understood(r, p)));

    private void Check(string file, Func<ResolvedText, IEnumerable<string>> found) =>
        SpecLine.Check("Resolution", file, line => SpecLine.Join(found(models.Resolve(line.Article, line.Published))));

    private static string Others(IEnumerable<string> forms) => string.Join(", ", forms.Distinct()) is { Length: > 0 } all ? " = " + all : "";

    private static string Understood(ResolvedText resolved, Post post)
    {
        var parts = new List<string>();
        if (post.Place >= 0) parts.Add("of " + resolved.Places[post.Place].Written);
        if (post.Organization >= 0) parts.Add("in " + resolved.Organizations[post.Organization].Name);
        else if (post.Body.Length > 0) parts.Add("body " + post.Body);
        if (post.Level != BodyLevel.None) parts.Add("level " + post.Level.ToString().ToLowerInvariant());
        return parts.Count == 0 ? "-" : string.Join(", ", parts);
    }

    private static string Words(ResolvedText resolved, TextSpan span) => resolved.Text[span.Start..span.End];
}
