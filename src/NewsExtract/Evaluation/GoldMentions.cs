using NewsExtract.Text;

namespace NewsExtract.Evaluation;

/// <summary>A gold mention.</summary>
/// <param name="Kind">What it names; never <see cref="MentionKind.Agreement"/>.</param>
/// <param name="Span">Where it stands in the source.</param>
/// <param name="TextSpan">Where it stands in the repaired text.</param>
/// <param name="Value">The label's string.</param>
/// <param name="IsOptional">
/// Whether it stands within a longer mention of another kind (the place in a company's name): a tagger may report it or not.
/// </param>
public readonly record struct GoldMention(MentionKind Kind, SourceSpan Span, TextSpan TextSpan, string Value, bool IsOptional);

/// <summary>
/// Where an article's labelled strings stand. Labels list strings without places; a mention is every stretch of the repaired
/// text that reads like one of them, of one kind the longest first and without overlap. That is exact as long as a string
/// always means the same in one article; what it gets wrong is a word that holds a short label by chance (<c>高原</c> the
/// person in <c>青藏高原</c>).
/// </summary>
public sealed class GoldMentions
{
    private GoldMentions(IReadOnlyList<MentionKind> kinds, IReadOnlyList<GoldMention> all) => (Kinds, All) = (kinds, all);

    /// <summary>The kinds that the labels list completely, so that an extracted mention beyond them is wrong.</summary>
    public IReadOnlyList<MentionKind> Kinds { get; }

    /// <summary>The mentions, by start, then longest first, then by kind.</summary>
    public IReadOnlyList<GoldMention> All { get; }

    /// <summary>
    /// The mentions of an article. Without a list of strings (<see cref="GoldArticle.Entities"/>), persons are the participants, those
    /// only mentioned and the credits; dates always come from the labelled dates; titles, places and organisations need the list.
    /// </summary>
    /// <param name="gold">The labels.</param>
    /// <param name="text">The repaired text with its way back to the source.</param>
    public static GoldMentions Derive(GoldArticle gold, CleanText text)
    {
        var folded = new FoldedText(text.Text);
        var found = new List<GoldMention>();
        var kinds = new List<MentionKind> { MentionKind.Person, MentionKind.Date };
        Find(MentionKind.Person, gold.Entities?.Persons ?? [.. gold.Participants.Select(x => x.Name), .. gold.MentionedOnly, .. gold.Credits ?? []], folded, text, found);
        if (gold.Entities is { } entities)
        {
            kinds.AddRange([MentionKind.Title, MentionKind.Place, MentionKind.Organization]);
            Find(MentionKind.Title, entities.Titles, folded, text, found);
            Find(MentionKind.Place, entities.Places, folded, text, found);
            Find(MentionKind.Organization, entities.Organizations, folded, text, found);
        }
        FindDates(gold, folded, text, found);
        for (int i = 0; i < found.Count; i++)
        {
            GoldMention inner = found[i];
            bool nested = found.Exists(outer => outer.Kind != inner.Kind && outer.TextSpan.Length > inner.TextSpan.Length && outer.TextSpan.Contains(inner.TextSpan));
            found[i] = inner with { IsOptional = nested };
        }
        found.Sort((a, b) => (a.Span.Start, -a.Span.End, a.Kind).CompareTo((b.Span.Start, -b.Span.End, b.Kind)));
        return new GoldMentions(kinds, found);
    }

    // The text of a date is labelled as it stands in the source, glosses and Traditional characters included.
    private static void FindDates(GoldArticle gold, FoldedText folded, CleanText text, List<GoldMention> found)
    {
        FoldedText? source = null;
        var strings = new List<string>();
        foreach (GoldDate date in gold.Dates)
        {
            if (folded.Contains(date.Text))
            {
                strings.Add(date.Text);
                continue;
            }
            source ??= new FoldedText(text.Source);
            foreach (TextSpan span in source.FindAll(date.Text))
                if (InText(new SourceSpan(span.Start, span.End), text) is { } there) strings.Add(text.Text[there.Start..there.End]);
        }
        Find(MentionKind.Date, strings, folded, text, found);
    }

    /// <summary>The stretch of the repaired text whose characters all come from <paramref name="source"/>, or null.</summary>
    internal static TextSpan? InText(SourceSpan source, CleanText text)
    {
        int start = 0;
        while (start < text.Text.Length && text.ToSource(new TextSpan(start, start + 1)).Start < source.Start) start++;
        int end = start;
        while (end < text.Text.Length && text.ToSource(new TextSpan(end, end + 1)).End <= source.End) end++;
        return end > start ? new TextSpan(start, end) : null;
    }

    private static void Find(MentionKind kind, IReadOnlyList<string> strings, FoldedText folded, CleanText text, List<GoldMention> found)
    {
        var taken = new bool[text.Text.Length];
        foreach (string value in strings.Distinct(StringComparer.Ordinal).OrderByDescending(x => x.Length).ThenBy(x => x, StringComparer.Ordinal))
        {
            foreach (TextSpan span in folded.FindAll(value))
            {
                if (taken.AsSpan(span.Start, span.Length).Contains(true)) continue;
                // A date that begins or ends within a number is part of another one: 1日 in 11日.
                if (kind == MentionKind.Date && folded.CutsNumber(span)) continue;
                taken.AsSpan(span.Start, span.Length).Fill(true);
                found.Add(new GoldMention(kind, text.ToSource(span), span, value, false));
            }
        }
    }
}
