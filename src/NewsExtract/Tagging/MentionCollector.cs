using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Puts all mentions of an article into one list. Places, posts and names are judged here; what is unlikely to be a mention stays in its
/// own list as a candidate for the records and is not reported.
/// </summary>
internal sealed class MentionCollector(KnowledgeBase knowledge, IMentionJudge judge)
{
    // The numbers by which the weights know the rules: new ones go behind.
    internal static readonly string[] Rules =
    [
        "place-full", "place-short-echo", "place-short-model", "place-short-inside", "place-short-lexicon", "place-zone", "place-model",
        "title-at-name", "title-loose", "name-rule", "name-model", "name-echo", "name-credit",
        "place-abbreviation",
    ];

    internal static readonly string[] DateRules = ["date-calendar", "date-today", "date-in-force", "date-vague"];

    private readonly BodyFeatures _features = new(knowledge);
    private readonly MentionFeatures _judged = new();
    // The names that have a point between their parts.
    private readonly List<TextSpan> _dotted = [];

    public void Collect(TaggingScratch scratch)
    {
        TaggedText tagged = scratch.Tagged;
        List<Mention> all = tagged.Mentions;
        foreach (Mention place in tagged.Places) Report(scratch, place with { Rule = place.Rule ?? "place-model" });
        foreach (Mention body in tagged.Organizations)
            if (body.Score >= Mention.Reported) all.Add(body);
        all.AddRange(tagged.Agreements);
        foreach (DateExpression date in tagged.Dates) all.Add(new Mention(date.Span, MentionKind.Date, MentionOrigin.Rule, 0.98f, DateRule(date)));
        ReportAbbreviations(scratch);
        foreach (Mention title in tagged.LooseTitles) Report(scratch, title);
        _dotted.Clear();
        foreach (NameSpan name in tagged.Names)
            if (scratch.Text.AsSpan(name.Span.Start, name.Span.Length).Contains('·')) _dotted.Add(name.Span);
        foreach (NameSpan name in tagged.Names) ReportName(scratch, name);
        foreach (PostSpan post in tagged.Posts)
            if (!post.Shared) Report(scratch, new Mention(post.Span, MentionKind.Title, MentionOrigin.Rule, 0, "title-at-name"));
        all.Sort(static (a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start)
            : a.Span.End != b.Span.End ? b.Span.End.CompareTo(a.Span.End) : a.Kind.CompareTo(b.Kind));
    }

    private static string DateRule(DateExpression date) => DateRules[date.IsVague ? 3 : Finest(date.First).Base switch { DateBase.Today => 1, DateBase.InForce => 2, _ => 0 }];

    private static DatePart Finest(DatePoint point) => point.Day.IsGiven ? point.Day : point.Week.IsGiven ? point.Week : point.Month.IsGiven ? point.Month : point.Year;

    private void Report(TaggingScratch scratch, Mention mention)
    {
        _features.Fill(scratch, mention.Span, Array.IndexOf(Rules, mention.Rule), false, _judged);
        Judge(scratch, mention);
    }

    /// <summary>
    /// 访沪, 抵榕: single characters that stand for a place, alone or in pairs. Only reported: the records read them where
    /// a rule asks for them.
    /// </summary>
    private void ReportAbbreviations(TaggingScratch scratch)
    {
        TermIndex index = scratch.Index;
        for (int at = 0; index.TryNextPlaces(at, out int first, out int behind);)
        {
            at = index.Hits[first].Start + 1;
            LexiconHit hit = index.Hits[first];
            if (hit.Length != 1 || !knowledge.Lexicon.IsAbbreviation(hit.Entry)) continue;
            int token = scratch.TokenAt[hit.Start];
            if (token < 0 || scratch.Tokens[token] is not { Length: <= 2 } word || word.Tag is PartOfSpeech.Nr or PartOfSpeech.Nt || Covered(scratch, hit.Start)) continue;
            Report(scratch, new Mention(new TextSpan(hit.Start, hit.End), MentionKind.Place, MentionOrigin.Lexicon, 0, "place-abbreviation"));
        }
    }

    private static bool Covered(TaggingScratch scratch, int at)
    {
        if (scratch.Named[at] || scratch.Embodied[at]) return true;
        for (int i = TaggedText.CountBefore(scratch.Places, at + 1) - 1; i >= 0 && scratch.Places[i].Span.Start > at - scratch.LongestPlace; i--)
            if (scratch.Places[i].Span.End > at) return true;
        return false;
    }

    private void ReportName(TaggingScratch scratch, NameSpan name)
    {
        string rule = name.Origin switch { MentionOrigin.Model => "name-model", MentionOrigin.Echo => "name-echo", MentionOrigin.Lexicon => "name-credit", _ => "name-rule" };
        _features.Fill(scratch, name.Span, Array.IndexOf(Rules, rule), false, _judged);
        _judged.Add(MentionFeature.Name, Math.Min(3, name.PostCount));
        _judged.AddIf(IsPartOfLonger(scratch, name.Span), MentionFeature.PartOfLonger);
        Judge(scratch, new Mention(name.Span, MentionKind.Person, name.Origin, 0, rule));
    }

    private void Judge(TaggingScratch scratch, Mention mention)
    {
        float score = (float)judge.Judge(mention.Kind, mention.Span, _judged);
        if (score >= Mention.Reported) scratch.Tagged.Mentions.Add(mention with { Score = score });
    }

    /// <summary>科兹洛夫 after 瓦列里·科兹洛夫.</summary>
    private bool IsPartOfLonger(TaggingScratch scratch, TextSpan span)
    {
        ReadOnlySpan<char> name = scratch.Text.AsSpan(span.Start, span.Length);
        foreach (TextSpan other in _dotted)
            if (other.Length > span.Length + 1 && scratch.Text.AsSpan(other.Start, other.Length).Contains(name, StringComparison.Ordinal)) return true;
        return false;
    }
}
