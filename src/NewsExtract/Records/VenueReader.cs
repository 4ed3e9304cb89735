using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>A place where something was held: as written, and the place entity or organisation that it is, if it is one.</summary>
internal readonly record struct Venue(string Text, Party Party);

/// <summary>
/// Chooses where a meeting was held and where an agreement was signed: places, bodies and sites of the sentence and of those before it in the paragraph, what
/// stands behind 在 there, and, for an agreement, where the story's meetings were held and the agreement before it was signed.
/// </summary>
internal sealed class VenueReader(ILinkDecider links, TextContext context, Relations relations)
{
    // What a candidate is; the values of Kind.
    private const int OfPlace = 1, OfBody = 2, OfSite = 3, BehindIn = 4, OfMeeting = 5, OfAgreement = 6;
    private const int LongestPhrase = 24, MostMeetings = 12, MostBefore = 4;
    private static readonly TermSet Hold = TermSet.Of(TermClass.MeetingHold);
    private static readonly TermSet Ends = TermSet.Of(TermClass.MeetingHold, TermClass.VisitReceive, TermClass.SignVerb, TermClass.Chair, TermClass.MeetingKind, TermClass.Attend);
    private static readonly TermSet Go = TermSet.Of(TermClass.VisitGo, TermClass.VisitStop, TermClass.VisitCome);
    private readonly List<FeatureList> _pool = [];
    private readonly List<Candidate> _candidates = [];
    private readonly List<Party> _parties = [];
    private readonly HashSet<TextSpan> _offered = [];
    // Of an agreement: 1 signed, 2 still to be signed; 0 of a meeting.
    private int _state;

    private ResolvedText Resolved => context.Resolved;

    /// <summary>Where the meeting named by <paramref name="kind"/> was held, or null.</summary>
    public Venue? OfMeetingAt(TextSpan kind)
    {
        Start(0);
        CollectAround(kind);
        return Choose(Decision.MeetingPlace);
    }

    /// <summary>Where the agreement was signed, or null.</summary>
    public Venue? OfSigning(AgreementDraft agreement, List<MeetingDraft> meetings, AgreementDraft? before)
    {
        Start(agreement.IsPlanned ? 2 : 1);
        CollectAround(agreement.Span);
        if (before?.Place is { } last && before.Story == agreement.Story) OfferLast(agreement, before, last);
        int own = context.Layout.SentenceAt(agreement.Span.Start), paragraph = context.Layout.ParagraphAt(agreement.Span.Start);
        int taken = 0;
        for (int i = meetings.Count - 1; i >= 0 && taken < MostMeetings; i--)
        {
            MeetingDraft meeting = meetings[i];
            if (meeting.Story != agreement.Story || meeting.Place is not { } place) continue;
            taken++;
            FeatureList f = Next();
            bool signing = context.Text.AsSpan(meeting.Kind.Start, meeting.Kind.Length).Contains('签');
            int distance = own - context.Layout.SentenceAt(meeting.Kind.Start), paragraphs = paragraph - context.Layout.ParagraphAt(meeting.Kind.Start);
            f.Add(Feature.Kind, OfMeeting);
            f.AddIf(signing, Feature.Signs);
            f.Add(Feature.SentenceDistance, 16 + Math.Clamp(distance, -3, 6) + 3);
            f.Add(Feature.SourceDistance, (Math.Clamp(paragraphs, -1, 2) * 2) + 2 + (signing ? 1 : 0));
            f.AddIf(meeting.Date == agreement.Date && meeting.Date.HasValue, Feature.FirstDay, 1);
            f.AddIf(meeting.Date != agreement.Date && meeting.Date.HasValue && agreement.Date.HasValue, Feature.FirstDay, 2);
            f.Add(Feature.Planned, _state);
            ReadOnlySpan<char> lead = context.Text.AsSpan(context.SentenceSpan(agreement.Span.Start).Start, Math.Min(6, agreement.Span.Start - context.SentenceSpan(agreement.Span.Start).Start));
            f.Add(Feature.AboveWord, lead.Contains('会') ? lead.Contains('后') ? 2 : lead.Contains('上') || lead.Contains('中') ? 1 : 3 : lead.Contains('日') ? 4 : 0);
            _parties.Add(place.Party);
            _candidates.Add(new Candidate(place.Text, place.Party.Place >= 0 ? Resolved.Places[place.Party.Place].Chain : null));
        }
        return Choose(Decision.AgreementPlace);
    }

    /// <summary>Several texts are signed in one place as a rule.</summary>
    private void OfferLast(AgreementDraft agreement, AgreementDraft before, Venue last)
    {
        FeatureList f = Next();
        int sentences = context.Layout.SentenceAt(agreement.Span.Start) - context.Layout.SentenceAt(before.Span.Start), paragraphs = context.Layout.ParagraphAt(agreement.Span.Start) - context.Layout.ParagraphAt(before.Span.Start);
        f.Add(Feature.Kind, OfAgreement);
        f.Add(Feature.Planned, _state);
        f.Add(Feature.SentenceDistance, 32 + Math.Clamp(sentences, 0, 4));
        f.Add(Feature.SourceDistance, 16 + (Math.Clamp(paragraphs, 0, 2) * 4) + (before.IsPlanned ? 2 : 0) + (agreement.IsPlanned ? 1 : 0));
        f.Add(Feature.FirstDay, before.Date == agreement.Date ? 4 : before.Date.HasValue && agreement.Date.HasValue ? 5 : 6);
        _parties.Add(last.Party);
        _candidates.Add(new Candidate(last.Text, last.Party.Place >= 0 ? Resolved.Places[last.Party.Place].Chain : null));
    }

    private void Start(int state)
    {
        _state = state;
        _candidates.Clear();
        _parties.Clear();
        _offered.Clear();
    }

    private Venue? Choose(Decision decision)
    {
        int choice = links.Choose(decision, _pool, _candidates, null, out _);
        return choice < 0 ? null : new Venue(_candidates[choice].Text!.Replace(" ", "", StringComparison.Ordinal), _parties[choice]);
    }

    private void CollectAround(TextSpan about)
    {
        int sentence = context.Layout.SentenceAt(about.Start);
        Collect(about, context.SentenceSpan(about.Start), 0);
        for (int before = 1; before <= Math.Min(MostBefore, sentence) && context.Layout.SentenceList[sentence - before].Paragraph == context.Layout.SentenceList[sentence].Paragraph; before++)
            Collect(about, context.Layout.SentenceList[sentence - before].Span, Math.Min(before, 2));
    }

    private void Collect(TextSpan about, TextSpan sentence, int distance)
    {
        List<Mention> places = Resolved.Tagged.Places, bodies = Resolved.Tagged.Organizations, sites = Resolved.Tagged.Facilities;
        for (int i = TaggedText.CountBefore(places, sentence.Start); i < places.Count && places[i].Span.Start < sentence.End; i++)
            Offer(about, sentence, places[i].Span, new Party(Resolved.PlaceOfMention[i], -1), OfPlace, distance);
        for (int i = TaggedText.CountBefore(bodies, sentence.Start); i < bodies.Count && bodies[i].Span.Start < sentence.End; i++)
            Offer(about, sentence, bodies[i].Span, new Party(-1, Resolved.OrganizationOfMention[i]), OfBody, distance);
        for (int i = TaggedText.CountBefore(sites, sentence.Start); i < sites.Count && sites[i].Span.Start < sentence.End; i++)
            Offer(about, sentence, sites[i].Span, Party.None, OfSite, distance);
        for (int at = sentence.Start; at < sentence.End; at++)
        {
            if (context.Text[at] != '在' || !context.IsBorder(at) || !context.IsBorder(at + 1)) continue;
            int end = at + 1;
            while (end < sentence.End && !EndsPhrase(at + 1, end)) end++;
            if (end - at - 1 is >= 2 and <= LongestPhrase) Offer(about, sentence, new TextSpan(at + 1, end), Party.None, BehindIn, distance);
        }
    }

    private bool EndsPhrase(int start, int at)
    {
        char c = context.Text[at];
        if (TextContext.EndsClause(c) || c is '、' or '（') return true;
        if (!context.IsBorder(at) || at <= start + 1) return false;
        return c is '与' or '和' or '同' or '会' or '里' or '上' or '内' || (context.Index.TryStart(at, Ends, out LexiconHit hit) && context.Sits(hit) && context.IsBorder(hit.End));
    }

    private void Offer(TextSpan about, TextSpan sentence, TextSpan own, Party party, int kind, int distance)
    {
        if (own.End > sentence.End || !_offered.Add(own)) return;
        FeatureList f = Next();
        string text = context.Text;
        TextSpan clause = context.Clause(about.Start);
        bool inClause = clause.Contains(own), inPlace = own.Start > 0 && text[own.Start - 1] == '在';
        f.Add(Feature.Kind, kind + (distance * 8));
        f.Add(Feature.Planned, _state);
        f.AddIf(inClause, Feature.SameSentence);
        f.AddIf(inPlace, Feature.HoldBefore, distance > 0 ? 2 + distance : inClause ? 1 : 2);
        bool held = context.TryVerbAfter(own.End, Math.Min(sentence.End, own.End + 3), Hold, out _);
        f.AddIf(held, Feature.HoldAfter, distance + 1);
        f.AddIf(own.End <= about.Start, Feature.BeforeVerb);
        f.AddIf(relations.IsInsidePost(own), Feature.PostNamesBody);
        f.AddIf(kind == OfPlace && relations.IsInsideOrganization(own), Feature.HasPersonInside);
        f.AddIf(relations.Names.Overlaps(own), Feature.IsMasked);
        f.Add(Feature.SentenceDistance, Math.Min(Math.Abs(own.Start - about.Start) / 8, 10));
        f.AddIf(relations.IsRightAfter(own.Start, Go), Feature.Goes, distance + 1);
        char after = own.End < text.Length ? text[own.End] : '\n';
        f.Add(Feature.CharAfter, after is '召' or '举' or '会' or '与' or '开' ? 1 : after is '，' ? 2 : after is '上' or '里' or '内' or '中' ? 3 : after == '签' ? 4 : 0);
        f.Add(Feature.NameRelation, (kind * 16) + (inPlace ? 1 : 0) + (inClause ? 2 : 0) + (held ? 4 : 0) + (Math.Min(distance, 1) * 8));
        // The longest of several that end in one place is the venue: 县政府|二楼会议室.
        f.AddIf(own.Start > 0 && (relations.Places.EndingAt(own.Start) >= 0 || relations.Organizations.EndingAt(own.Start) >= 0), Feature.AboveWord, 9);
        f.Add(Feature.Length, Math.Min(own.Length / 2, 10));
        f.Add(CharacterSeat.Last, text[own.End - 1]);
        _parties.Add(party);
        string written = text[own.Start..own.End];
        _candidates.Add(new Candidate(written, kind == OfPlace ? Resolved.Places[party.Place].Chain : written));
    }

    private FeatureList Next()
    {
        int index = _candidates.Count;
        while (_pool.Count <= index) _pool.Add(new FeatureList());
        _pool[index].Clear();
        return _pool[index];
    }
}
