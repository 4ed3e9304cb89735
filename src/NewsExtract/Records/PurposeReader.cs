using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Reads what a trip was for: phrases that begin with a verb of purpose, with 就, 为, 对 and the like, or behind the place that one went to, in the
/// sentences around the one that tells of the trip.
/// </summary>
internal sealed class PurposeReader(ILinkDecider links, TextContext context, Relations relations)
{
    private const int MostPurposes = 5, ShortestPhrase = 2, LongestPhrase = 48, Reach = 2;

    // How a phrase begins; the values of Source.
    private const int Verb = 1, About = 2, BehindPlace = 3, BehindHold = 4, AnyVerb = 5;

    private static readonly TermSet Purpose = TermSet.Of(TermClass.VisitPurpose, TermClass.VisitInspect);
    private static readonly TermSet Go = TermSet.Of(TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitStop);
    private static readonly string[] Holds = ["开展", "进行", "展开", "开启", "开始"];
    private readonly FeatureList _features = new();
    private readonly HashSet<TextSpan> _offered = [];
    private readonly List<(TextSpan Span, int Source)> _phrases = [];
    private readonly List<(TextSpan Span, double Probability)> _accepted = [];

    public void Read(TripDraft trip)
    {
        int leadSentence = trip.Leader is { } leader && relations.FirstInBody(leader, trip.Story) is { } at ? context.Layout.SentenceAt(at.Start) : -1;
        _accepted.Clear();
        for (int s = 0; s < context.Layout.SentenceList.Count; s++)
        {
            Sentence sentence = context.Layout.SentenceList[s];
            if (!trip.Story.Contains(sentence.Span.Start) || sentence.Role is not (TextRole.Body or TextRole.Title)) continue;
            if (sentence.Role == TextRole.Body && leadSentence >= 0 && Math.Abs(s - leadSentence) > Reach) continue;
            Propose(sentence.Span);
            foreach ((TextSpan span, int source) in _phrases)
            {
                _features.Clear();
                Describe(trip, span, source, s == leadSentence);
                if (links.Decide(Decision.Purpose, _features, new Candidate(context.Text, span), out double probability)) _accepted.Add((span, probability));
            }
        }
        Keep(trip);
    }

    /// <summary>The likelier first; nothing that overlaps or repeats what is there.</summary>
    private void Keep(TripDraft trip)
    {
        _accepted.Sort(static (a, b) => a.Probability != b.Probability ? b.Probability.CompareTo(a.Probability) : a.Span.Start.CompareTo(b.Span.Start));
        foreach ((TextSpan span, _) in _accepted)
        {
            if (trip.Purposes.Count == MostPurposes) break;
            ReadOnlySpan<char> text = context.Text.AsSpan(span.Start, span.Length);
            bool known = false;
            foreach (TextSpan other in trip.Purposes)
            {
                ReadOnlySpan<char> taken = context.Text.AsSpan(other.Start, other.Length);
                known |= other.Overlaps(span) || taken.IndexOf(text) >= 0 || text.IndexOf(taken) >= 0;
            }
            if (!known) trip.Purposes.Add(span);
        }
        trip.Purposes.Sort(static (a, b) => a.Start.CompareTo(b.Start));
    }

    private void Propose(TextSpan sentence)
    {
        string text = context.Text;
        _phrases.Clear();
        _offered.Clear();
        for (int start = sentence.Start; start < sentence.End; start++)
        {
            if (!context.IsBorder(start)) continue;
            if (context.Index.TryStart(start, Purpose, out LexiconHit verb) && verb.Length >= 2) ProposeFrom(start, sentence.End, Verb);
            else if (text[start] is '就' or '为' or '对' && context.IsBorder(start + 1) || text.AsSpan(start).StartsWith("围绕", StringComparison.Ordinal)) ProposeFrom(start, sentence.End, About);
            else if (IsBehindGoal(start)) ProposeFrom(start, sentence.End, BehindPlace);
            else if (IsVerb(start) && OpensPhrase(start, sentence.Start)) ProposeFrom(start, sentence.End, AnyVerb);
            foreach (string hold in Holds)
                if (text.AsSpan(start).StartsWith(hold, StringComparison.Ordinal)) ProposeFrom(BehindDuration(start + hold.Length), sentence.End, BehindHold);
        }
    }

    private bool IsVerb(int offset) => context.TagAt(offset) is PartOfSpeech.V or PartOfSpeech.Vn;

    /// <summary>Whether what stands in front lets another phrase begin: the border of a clause or of an item, or a verb of going.</summary>
    private bool OpensPhrase(int offset, int sentence) =>
        offset == sentence || TextContext.EndsClause(context.Text[offset - 1]) || context.Text[offset - 1] is '、' or '并' or '和' or '来' or '去' || relations.IsRightAfter(offset, Go);

    /// <summary>赴上海、南京|对标化工园区安全管理.</summary>
    private bool IsBehindGoal(int offset)
    {
        if (relations.Places.EndingAt(offset) is not (>= 0 and int place)) return false;
        TextSpan span = context.Resolved.Tagged.Places[place].Span;
        return relations.IsRightAfter(span.Start, Go) || relations.IsInListAfterVerb(span, Go);
    }

    /// <summary>进行了|为期三天的|友好访问.</summary>
    private int BehindDuration(int offset)
    {
        ReadOnlySpan<char> text = context.Text.AsSpan(offset, Math.Min(12, context.Text.Length - offset));
        if (text.StartsWith("了")) text = text[1..];
        int taken = context.Text.AsSpan(offset).StartsWith("了") ? 1 : 0;
        int de = text.IndexOf('的');
        return (text.StartsWith("为期") || Numeral.TryRead(text, 0, out _)) && de > 0 ? offset + taken + de + 1 : offset + taken;
    }

    /// <summary>The phrase up to the clause's end; and, where it enumerates, up to the first comma of it.</summary>
    private void ProposeFrom(int start, int limit, int source)
    {
        string text = context.Text;
        int end = start, comma = -1;
        while (end < limit && text[end] is not ('，' or '。' or '；' or '：' or '！' or '？' or '\n' or '（') && !(text[end] == '并' && context.IsBorder(end) && context.IsBorder(end + 1)))
        {
            if (text[end] == '、' && comma < 0) comma = end;
            end++;
        }
        Offer(start, end, source);
        if (comma > 0) Offer(start, comma, source);
        // 为借鉴兄弟院校经验，推进附属医院建设，…: a clause of purpose may go on behind a comma.
        if (text[start] != '为' || end >= limit || text[end] != '，') return;
        int second = end + 1;
        while (second < limit && !TextContext.EndsClause(text[second])) second++;
        Offer(start, second, source);
    }

    private void Offer(int start, int end, int source)
    {
        while (end > start && !char.IsLetterOrDigit(context.Text[end - 1]) && context.Text[end - 1] != '”') end--;
        var span = new TextSpan(start, end);
        if (span.Length is >= ShortestPhrase and <= LongestPhrase && _offered.Add(span)) _phrases.Add((span, source));
    }

    private void Describe(TripDraft trip, TextSpan span, int source, bool leads)
    {
        FeatureList f = _features;
        string text = context.Text;
        ReadOnlySpan<char> phrase = text.AsSpan(span.Start, span.Length);
        context.Describe(f, span, trip.Story);
        f.Add(Feature.Source, source);
        f.Add(Feature.Length, Math.Min(span.Length, 24));
        bool verb = context.Index.TryStart(span.Start, Purpose, out LexiconHit hit);
        f.Add(Feature.IsMention, !verb ? 0 : hit.End == span.End ? 1 : 2);
        if (verb)
        {
            int word = 0;
            foreach (char c in text.AsSpan(hit.Start, Math.Min(hit.Length, 2))) word = (word * 31) + c;
            f.Add(Feature.WordBefore, 1 + (word % 251));
        }
        else
        {
            int word = 0;
            for (int i = span.Start; i < span.End && (i == span.Start || !context.IsBorder(i)); i++) word = (word * 31) + text[i];
            f.Add(Feature.WordInFront, word & 255);
        }
        f.Add(Feature.FirstTag, (int)context.TagAt(span.Start));
        f.AddIf(relations.IsRightAfter(span.Start, TermSet.Of(TermClass.VisitGo)), Feature.Goes);
        f.AddIf(leads, Feature.SameSentenceAsLeader);
        bool place = relations.Places.EndingAt(span.Start) >= 0;
        f.AddIf(place, Feature.StartsWithPlace);
        f.Add(Feature.PlaceKind, (source * 4) + (place ? 1 : 0) + (IsBehindGoal(span.Start) ? 2 : 0));
        f.AddIf(span.Start > 1 && text.AsSpan(span.Start - 2, 2) is "开展" or "进行", Feature.HoldBefore);
        foreach (string hold in Holds) f.AddIf(phrase.IndexOf(hold) >= 0, Feature.HoldAfter, phrase.StartsWith(hold) ? 2 : 1);
        int commas = phrase.Count('、');
        f.Add(Feature.ListAfterVerb, commas == 0 ? span.End < text.Length && text[span.End] == '、' ? 3 : 0 : Math.Min(commas, 2));
        f.Add(Feature.NameRelation, (source * 16) + (commas > 0 ? 8 : 0) + (leads ? 4 : 0) + (phrase.Contains("工作", StringComparison.Ordinal) ? 2 : 0) + (span.Length > 6 ? 1 : 0));
        foreach (TextSpan stop in trip.Stops) f.AddIf(stop.Overlaps(span), Feature.Stops);
        f.AddIf(relations.Places.Overlaps(span), Feature.Places);
        f.AddIf(relations.Names.Overlaps(span), Feature.HasPersonInside);
        f.AddIf(relations.Organizations.Overlaps(span), Feature.Organizations);
    }
}
