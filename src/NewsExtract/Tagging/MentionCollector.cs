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
        "place-abbreviation", "place-echo",
    ];

    internal static readonly string[] DateRules = ["date-calendar", "date-today", "date-in-force", "date-vague"];

    private readonly BodyFeatures _features = new(knowledge);
    private readonly MentionFeatures _judged = new();
    private readonly AgreeingScores _agreeing = new();
    // The gazetteer's places that the text names by more than a character.
    private readonly HashSet<int> _named = [];
    // What was judged, of one kind.
    private readonly List<Mention> _candidates = [];
    // The names that have a point between their parts.
    private readonly List<TextSpan> _dotted = [];

    public void Collect(TaggingScratch scratch)
    {
        TaggedText tagged = scratch.Tagged;
        List<Mention> all = tagged.Mentions;
        foreach (Mention place in tagged.Places) Judge(scratch, place with { Rule = place.Rule ?? "place-model" });
        NoteNamed(scratch);
        JudgeAbbreviations(scratch);
        JudgeEchoes(scratch);
        Report(scratch);
        foreach (Mention body in tagged.Organizations)
            if (body.Score >= Mention.Reported) all.Add(body);
        all.AddRange(tagged.Agreements);
        foreach (DateExpression date in tagged.Dates) all.Add(new Mention(date.Span, MentionKind.Date, MentionOrigin.Rule, 0.98f, DateRule(date)));
        _dotted.Clear();
        foreach (NameSpan name in tagged.Names)
            if (scratch.Text.AsSpan(name.Span.Start, name.Span.Length).Contains('·')) _dotted.Add(name.Span);
        foreach (NameSpan name in tagged.Names) JudgeName(scratch, name);
        Report(scratch);
        foreach (Mention title in tagged.LooseTitles) Judge(scratch, title);
        foreach (PostSpan post in tagged.Posts)
            if (!post.Shared) Judge(scratch, new Mention(post.Span, MentionKind.Title, MentionOrigin.Rule, 0, "title-at-name"));
        Report(scratch);
        all.Sort(static (a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start)
            : a.Span.End != b.Span.End ? b.Span.End.CompareTo(a.Span.End) : a.Kind.CompareTo(b.Kind));
    }

    private static string DateRule(DateExpression date) => DateRules[date.IsVague ? 3 : Finest(date.First).Base switch { DateBase.Today => 1, DateBase.InForce => 2, _ => 0 }];

    private static DatePart Finest(DatePoint point) => point.Day.IsGiven ? point.Day : point.Week.IsGiven ? point.Week : point.Month.IsGiven ? point.Month : point.Year;

    private void Judge(TaggingScratch scratch, Mention mention)
    {
        _features.Fill(scratch, mention.Span, Array.IndexOf(Rules, mention.Rule), false, _judged);
        // 河, 镇, 港: what a place is mostly stands at the end of its name.
        if (mention.Kind == MentionKind.Place && knowledge.Lexicon.Find(scratch.Text.AsSpan(mention.Span.End - 1, 1)) is >= 0 and var last) _judged.Add(MentionFeature.LastWord, last);
        if (mention.Kind == MentionKind.Place && mention.Span.Length == 1) AddPair(scratch, mention.Span);
        _candidates.Add(mention with { Score = (float)judge.Judge(mention.Kind, mention.Span, _judged) });
    }

    /// <summary>Reports those of the candidates, which are all of one kind, that are likely.</summary>
    private void Report(TaggingScratch scratch)
    {
        _agreeing.Agree(scratch.Text, _candidates);
        foreach (Mention mention in _candidates)
            if (mention.Score >= Mention.Reported) scratch.Tagged.Mentions.Add(mention);
        _candidates.Clear();
    }

    /// <summary>
    /// 访沪, 抵榕: single characters that stand for a place, alone or in pairs. Only reported: the records read them where
    /// a rule asks for them.
    /// </summary>
    private void JudgeAbbreviations(TaggingScratch scratch)
    {
        TermIndex index = scratch.Index;
        for (int at = 0; index.TryNextPlaces(at, out int first, out int behind);)
        {
            at = index.Hits[first].Start + 1;
            LexiconHit hit = index.Hits[first];
            if (hit.Length != 1 || !knowledge.Lexicon.IsAbbreviation(hit.Entry)) continue;
            int token = scratch.TokenAt[hit.Start];
            if (token < 0 || scratch.Tokens[token] is not { Length: <= 2 } word || word.Tag is PartOfSpeech.Nr or PartOfSpeech.Nt || Covered(scratch, hit.Start)) continue;
            Judge(scratch, new Mention(new TextSpan(hit.Start, hit.End), MentionKind.Place, MentionOrigin.Lexicon, 0, "place-abbreviation"));
        }
    }

    /// <summary>A place's name where nothing there spoke for a place: <c>想来|东北</c>, <c>荷兰|人</c>. Only reported, as single characters are.</summary>
    private void JudgeEchoes(TaggingScratch scratch)
    {
        scratch.Met.Clear();
        foreach (Mention place in scratch.Places)
        {
            int length = place.Span.Length;
            if (length < 2 || !scratch.Met.Add(scratch.Text, place.Span.Start, length)) continue;
            for (int at = 0; (at = scratch.Index.Stretches.Find(place.Span.Start, length, at)) >= 0; at += length)
                if (!Covered(scratch, at) && !Covered(scratch, at + length - 1))
                    Judge(scratch, new Mention(new TextSpan(at, at + length), MentionKind.Place, MentionOrigin.Echo, 0, "place-echo"));
        }
    }

    /// <summary>Whether a place that the single character stands for has its name in the text, and whether the character stands in a pair: 沪苏.</summary>
    private void AddPair(TaggingScratch scratch, TextSpan span)
    {
        Lexicon lexicon = knowledge.Lexicon;
        int entry = lexicon.Find(scratch.Text.AsSpan(span.Start, 1));
        bool named = false;
        foreach (int place in lexicon.Places(entry)) named |= _named.Contains(place);
        _judged.Add(MentionFeature.FullFormThere, named ? 1 : 0);
        Token word = scratch.Tokens[scratch.TokenAt[span.Start]];
        int other = word.Length < 2 ? -1 : lexicon.Find(scratch.Text.AsSpan(word.Start == span.Start ? word.End - 1 : word.Start, 1));
        _judged.AddIf(other >= 0 && lexicon.IsAbbreviation(other), MentionFeature.InPair, named ? 2 : 1);
    }

    /// <summary>Notes which places the text names by more than a character.</summary>
    private void NoteNamed(TaggingScratch scratch)
    {
        _named.Clear();
        foreach (Mention place in scratch.Places)
        {
            int entry = knowledge.Lexicon.Find(scratch.Text.AsSpan(place.Span.Start, place.Span.Length));
            if (entry < 0) continue;
            foreach (int id in knowledge.Lexicon.Places(entry)) _named.Add(id);
        }
    }

    private static bool Covered(TaggingScratch scratch, int at)
    {
        if (scratch.Named[at] || scratch.Embodied[at]) return true;
        for (int i = TaggedText.CountBefore(scratch.Places, at + 1) - 1; i >= 0 && scratch.Places[i].Span.Start > at - scratch.LongestPlace; i--)
            if (scratch.Places[i].Span.End > at) return true;
        return false;
    }

    private void JudgeName(TaggingScratch scratch, NameSpan name)
    {
        string rule = name.Origin switch { MentionOrigin.Model => "name-model", MentionOrigin.Echo => "name-echo", MentionOrigin.Lexicon => "name-credit", _ => "name-rule" };
        _features.Fill(scratch, name.Span, Array.IndexOf(Rules, rule), false, _judged);
        _judged.Add(MentionFeature.Name, Math.Min(3, name.PostCount));
        _judged.AddIf(IsPartOfLonger(scratch, name.Span), MentionFeature.PartOfLonger);
        _candidates.Add(new Mention(name.Span, MentionKind.Person, name.Origin, (float)judge.Judge(MentionKind.Person, name.Span, _judged), rule));
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
