using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

// What a story has as a whole.
internal sealed partial class Relations
{
    public bool HasGroupOneLine(Story story) => Text.AsSpan(story.Span.Start, story.Span.Length).Contains("一行", StringComparison.Ordinal);

    public bool HomeComes(Story story)
    {
        if (ReferenceEquals(_homeComesIn, story)) return _homeComes;
        _homeComesIn = story;
        _homeComes = false;
        for (int at = story.Span.Start; !_homeComes && context.Index.TryNextStart(at, Home, out LexiconHit home) && home.Start < story.Span.End; at = home.Start + 1)
            _homeComes = context.Index.TryEnd(home.Start, Go, out LexiconHit verb) && context.Sits(verb);
        return _homeComes;
    }

    public bool HasPersonThenGo(Story story) => HasPersonThen(story, Go);

    public bool HasPersonThenLead(Story story) => HasPersonThen(story, Lead);

    private bool HasPersonThen(Story story, TermSet classes)
    {
        foreach (NameSpan name in Resolved.Tagged.Names)
        {
            if (!story.Contains(name.Span.Start) || context.Layout.RoleAt(name.Span.Start) != TextRole.Body) continue;
            TextSpan clause = context.Clause(name.Span.End - 1);
            if (context.TryVerbAfter(name.Span.End, Math.Min(clause.End, name.Span.End + 14), classes, out _)) return true;
        }
        return false;
    }

    public bool HasReceivedGroup(Story story)
    {
        for (int at = story.Span.Start; context.Index.TryNextStart(at, Receive, out LexiconHit hit) && hit.Start < story.Span.End; at = hit.Start + 1)
            if (context.Sits(hit) && context.Index.Any(hit.End, Math.Min(Text.Length, hit.End + 24), Group)) return true;
        return false;
    }

    /// <summary>How often running text, captions and the title name the place, and how often of these inside a post or a body.</summary>
    public int CountTold(PlaceEntity place, Story story, out int held)
    {
        int told = held = 0;
        foreach (TextSpan span in place.Spans)
        {
            if (!story.Contains(span.Start) || context.Layout.RoleAt(span.Start) is not (TextRole.Body or TextRole.Caption or TextRole.Heading or TextRole.Title)) continue;
            told++;
            if (IsInsidePost(span) || IsInsideOrganization(span)) held++;
        }
        return told;
    }
}
