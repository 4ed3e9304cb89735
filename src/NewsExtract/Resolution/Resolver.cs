using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Resolution;

/// <summary>Resolves mentions to what they mean: dates to days, names to places, organisations and people.</summary>
public sealed class Resolver
{
    private readonly PlaceResolver _places;
    private readonly OrganizationResolver _organizations;
    private readonly PersonResolver _people = new();

    /// <summary>A resolver over <paramref name="knowledge"/>; it can be shared by threads.</summary>
    public Resolver(KnowledgeBase knowledge)
    {
        _places = new PlaceResolver(knowledge);
        _organizations = new OrganizationResolver(knowledge);
    }

    /// <summary>Resolves one tagged article.</summary>
    public ResolvedText Resolve(Article article, CleanText clean, TaggedText tagged, TermIndex index)
    {
        var resolved = new ResolvedText { Article = article, Clean = clean, Tagged = tagged };
        DateResolver.Resolve(tagged.Layout, index, tagged.Dates, resolved.Dates);
        _places.Resolve(resolved);
        _organizations.Resolve(resolved, index);
        _people.Resolve(resolved, index);
        return resolved;
    }
}
