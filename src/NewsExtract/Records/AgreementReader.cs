using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>Reads the agreements of a story: which names are of agreements signed, between whom, by whom, on which day.</summary>
internal sealed class AgreementReader(ILinkDecider links, TextContext context, Relations relations, VenueReader venues, PartyReader parties)
{
    private static readonly TermSet Signs = TermSet.Of(TermClass.SignVerb);
    private static readonly TermSet Planned = TermSet.Of(TermClass.SignPlanned, TermClass.Planned);
    private static readonly TermSet Unreal = TermSet.Of(TermClass.NoEvent, TermClass.Hypothetical, TermClass.Retold, TermClass.Background);
    private static readonly TermSet Both = TermSet.Of(TermClass.PartiesAnaphor);
    private readonly AgreementNames _names = new(links, context, relations);
    private readonly PartyPairs _pairs = new(context, relations);
    private readonly FeatureList _features = new();
    private readonly List<FeatureList> _pool = [];
    private readonly List<Candidate> _candidates = [];

    private ResolvedText Resolved => context.Resolved;

    public void Read(Story story, TripDraft? trip, double likely, IReadOnlyList<ParticipantDraft> people, List<MeetingDraft> meetings, List<AgreementDraft> agreements)
    {
        links.Begin(story);
        int rank = 0;
        var names = new List<string>();
        foreach (Mention mention in Resolved.Tagged.Agreements)
        {
            TextSpan span = mention.Span;
            if (!story.Contains(span.Start) || context.Layout.RoleAt(span.Start) is not (TextRole.Body or TextRole.Caption or TextRole.Title or TextRole.Heading)) continue;
            span = _names.Read(span);
            string name = context.Text[span.Start..span.End].Trim('“', '”');
            _features.Clear();
            Describe(story, span, name, names, trip != null || IsNewsOfToday(span), likely, rank++);
            names.Add(name);
            bool accepted = links.Decide(Decision.Agreement, _features, new Candidate(name, span.End.ToString(System.Globalization.CultureInfo.InvariantCulture)), out double probability);
            if (!accepted) continue;
            var draft = new AgreementDraft(story, span, name) { Confidence = probability };
            _features.Clear();
            DescribePlanned(span);
            draft.IsPlanned = links.Decide(Decision.Planned, _features, new Candidate(name), out _);
            ChooseSignatories(draft, people);
            parties.Read(draft, trip, people, agreements.Count > 0 && agreements[^1].Story == story ? agreements[^1].Parties : []);
            if (!draft.IsPlanned) draft.Date = ChooseDate(draft, trip);
            draft.Amount = MoneyReader.Near(context, span);
            draft.Place = venues.OfSigning(draft, meetings, agreements.Count > 0 ? agreements[^1] : null);
            List<(PairSide First, PairSide Second)> pairs = _pairs.Read(span);
            if (pairs.Count == 0) agreements.Add(draft);
            else foreach ((PairSide first, PairSide second) in pairs) agreements.Add(ForPair(draft, first, second, people));
        }
    }

    /// <summary>The same text as signed by one of several pairs; who signed for a party named by itself is known where his body is that party.</summary>
    private static AgreementDraft ForPair(AgreementDraft draft, PairSide first, PairSide second, IReadOnlyList<ParticipantDraft> people)
    {
        var own = new AgreementDraft(draft.Story, draft.Span, draft.Name) { Date = draft.Date, Place = draft.Place, Amount = draft.Amount, IsPlanned = draft.IsPlanned, Confidence = draft.Confidence };
        Add(first);
        Add(second);
        return own;

        void Add(PairSide side)
        {
            if (side.Signatory is { } signatory)
            {
                own.Signatories.Add(signatory);
                foreach (ParticipantDraft participant in people)
                    if (participant.Person == signatory && participant.Story == draft.Story && (side.Party ?? participant.Affiliation) is { } body && !own.Parties.Contains(body)) own.Parties.Add(body);
                return;
            }
            own.Parties.Add(side.Party!);
            foreach (PersonEntity other in draft.Signatories)
                foreach (ParticipantDraft participant in people)
                    if (participant.Person == other && participant.Affiliation is { } body && side.Party!.Contains(body, StringComparison.Ordinal) && !own.Signatories.Contains(other)) own.Signatories.Add(other);
        }
    }

    private void Describe(Story story, TextSpan span, string name, List<string> names, bool eventful, double likely, int rank)
    {
        FeatureList f = _features;
        context.Describe(f, span, story, travel: false);
        TextSpan clause = context.Clause(span.Start), sentence = context.SentenceSpan(span.Start);
        bool marks = span.Start > 0 && context.Text[span.Start - 1] == '《';
        f.AddIf(marks, Feature.InBookMarks);
        f.Add(Feature.Rank, Math.Min(rank, 6));
        f.Add(Feature.Length, Math.Min(span.Length / 2, 16));
        bool repeated = false;
        foreach (string other in names) repeated |= other.EndsWith(name, StringComparison.Ordinal) || name.EndsWith(other, StringComparison.Ordinal);
        f.AddIf(repeated, Feature.NameRepeats);
        bool before = context.TryVerbBefore(clause.Start, span.Start, Signs, out LexiconHit verb);
        f.AddIf(before, Feature.Signs, 1);
        f.AddIf(before && span.Start - verb.End <= 2, Feature.Signs, 2);
        f.AddIf(context.TryVerbAfter(span.End, clause.End, Signs, out verb), Feature.Signs, 3);
        f.AddIf(context.TryVerbAfter(span.End, clause.End, Signs, out verb) && verb.Start - span.End <= 2, Feature.Signs, 4);
        f.AddIf(!context.Index.Any(sentence.Start, sentence.End, Signs), Feature.Signs, 5);
        f.Add(Feature.Kind, marks ? (before ? 1 : 2) : (before ? 3 : 4));
        f.AddIf(context.Index.Any(clause.Start, span.Start, Planned), Feature.Planned);
        f.AddIf(context.Index.TryStart(span.End, TermSet.Of(TermClass.MeetingKind), out _) || context.Index.TryStart(span.End + 1, TermSet.Of(TermClass.MeetingKind), out _), Feature.Meetings);
        f.AddIf(eventful, Feature.HasVisit);
        f.AddIf(context.Index.Any(sentence.Start, sentence.End, Both), Feature.BothSides);
        ReadOnlySpan<char> lead = context.Text.AsSpan(Math.Max(0, span.Start - 5), span.Start - Math.Max(0, span.Start - 5));
        f.AddIf(lead.Contains("根据", StringComparison.Ordinal) || lead.Contains("按照", StringComparison.Ordinal) || lead.Contains("依据", StringComparison.Ordinal), Feature.AboveWord, 1);
        f.AddIf(lead.Contains("落实", StringComparison.Ordinal) || lead.Contains("执行", StringComparison.Ordinal) || lead.Contains("履行", StringComparison.Ordinal), Feature.AboveWord, 2);
        bool dated = false;
        foreach (ResolvedDate date in Resolved.Dates.All)
            if (sentence.Contains(date.Span) && date.Use is DateUse.Background) dated = true;
        f.AddIf(dated, Feature.Retold);
        bool past = false, future = false;
        foreach (ResolvedDate date in Resolved.Dates.All)
            if (sentence.Contains(date.Span) && date.Start.HasValue && Resolved.Dates.Today.HasValue)
            {
                past |= date.Start.Year > 0 && date.Start.Year < Resolved.Dates.Today.Year - 1;
                future |= date.Start > Resolved.Dates.Today;
            }
        f.AddIf(past, Feature.GoPast);
        f.AddIf(future, Feature.GoFuture);
        int days = StoryTense.DescribeDays(f, context, story);
        f.Add(Feature.TripLikely, FeatureList.Likelihood(likely));
        f.Add(Feature.TripLikelyAndDays, (FeatureList.Likelihood(likely) / 2 * 24) + days);
        f.Add(Feature.FirstGo, (eventful ? 1 : 0) + (before ? 2 : 0) + (marks ? 4 : 0) + (context.Layout.RoleAt(span.Start) == TextRole.Title ? 8 : 0) + (repeated ? 16 : 0));
    }

    /// <summary>A signing that is the news itself, without any trip: told with a day of this or last week.</summary>
    private bool IsNewsOfToday(TextSpan span)
    {
        TextSpan sentence = context.SentenceSpan(span.Start);
        CalendarDate today = Resolved.Dates.Today;
        if (!today.HasValue || !context.Index.Any(sentence.Start, sentence.End, Signs) || context.Index.Any(sentence.Start, sentence.End, Planned | Unreal)) return false;
        foreach (ResolvedDate date in Resolved.Dates.All)
        {
            if (!sentence.Contains(date.Span) || !date.IsDay || date.Start.Year != today.Year) continue;
            int days = ((today.Month - date.Start.Month) * 31) + today.Day - date.Start.Day;
            if (days is >= 0 and <= 10) return true;
        }
        return false;
    }

    private void DescribePlanned(TextSpan span)
    {
        TextSpan clause = context.Clause(span.Start), sentence = context.SentenceSpan(span.Start);
        FeatureList f = _features;
        f.AddIf(context.Index.Any(clause.Start, span.Start, TermSet.Of(TermClass.SignPlanned)), Feature.Planned, 1);
        f.AddIf(context.Index.Any(clause.Start, clause.End, TermSet.Of(TermClass.SignPlanned)), Feature.Planned, 2);
        f.AddIf(context.Index.Any(clause.Start, span.Start, TermSet.Of(TermClass.Planned)), Feature.Planned, 3);
        f.AddIf(context.Index.Any(sentence.Start, sentence.End, TermSet.Of(TermClass.Planned)), Feature.Planned, 4);
        f.AddIf(context.Index.Any(sentence.Start, sentence.End, TermSet.Of(TermClass.SignPlanned)), Feature.Planned, 5);
        f.AddIf(context.Index.Any(span.End, clause.End, Planned), Feature.Planned, 6);
        f.AddIf(context.Index.Any(clause.Start, span.Start, TermSet.Of(TermClass.Hypothetical)), Feature.Planned, 7);
        foreach (ResolvedDate date in Resolved.Dates.All)
            if (sentence.Contains(date.Span) && Resolved.Dates.Today.HasValue && date.Start.HasValue && date.Start.CompareTo(Resolved.Dates.Today) > 0) f.Add(Feature.Planned, 8);
        bool signed = context.TryVerbBefore(clause.Start, span.Start, Signs, out LexiconHit verb);
        f.AddIf(signed && verb.End < context.Text.Length && context.Text[verb.End] == '了', Feature.Signs, 1);
        f.AddIf(signed, Feature.Signs, 2);
    }

    private void ChooseSignatories(AgreementDraft draft, IReadOnlyList<ParticipantDraft> people)
    {
        TextSpan sentence = context.SentenceSpan(draft.Span.Start);
        int index = context.Layout.SentenceAt(draft.Span.Start);
        foreach (ParticipantDraft participant in people)
        {
            if (participant.Story != draft.Story) continue;
            TextSpan? near = null;
            int distance = 99;
            foreach (TextSpan span in participant.Person.AllSpans)
            {
                int d = context.Layout.SentenceAt(span.Start) - index;
                if (Math.Abs(d) < Math.Abs(distance)) (near, distance) = (span, d);
            }
            if (near is not { } at || distance is < -1 or > 2) continue;
            _features.Clear();
            TextSpan clause = context.Clause(at.Start);
            _features.Add(Feature.SentenceDistance, distance + 2);
            bool signs = context.TryVerbAfter(at.End, clause.End, Signs, out LexiconHit verb);
            _features.AddIf(signs, Feature.Signs, 1);
            _features.AddIf(signs && verb.Start - at.End < 4, Feature.Signs, 2);
            _features.AddIf(clause.Contains(draft.Span), Feature.SameSentence);
            _features.AddIf(sentence.Contains(at) && at.End <= draft.Span.Start, Feature.BeforeVerb);
            bool witness = context.TryVerbAfter(at.End, context.SentenceSpan(at.Start).End, TermSet.Of(TermClass.Witness, TermClass.Attend, TermClass.Chair), out _);
            _features.AddIf(witness, Feature.Kind, 1);
            bool represent = context.TryVerbAfter(at.End, clause.End, TermSet.Of(TermClass.Represent), out _);
            _features.AddIf(represent, Feature.Kind, 2);
            bool with = clause.Contains(at) && at.End < context.Text.Length && context.Text[at.End] is '与' or '和' or '同';
            bool withBefore = WithBefore(clause, at);
            _features.Add(Feature.SignerPattern, (signs ? 1 : 0) + (with ? 2 : 0) + (withBefore ? 4 : 0) + (represent ? 8 : 0) + (witness ? 16 : 0));
            _features.AddIf(relations.IsInListAfter(at), Feature.ListMateAfter);
            _features.AddIf(relations.IsInListBefore(at), Feature.ListMateBefore);
            if (links.Decide(Decision.Signatory, _features, new Candidate(participant.Person.Name), out _)) draft.Signatories.Add(participant.Person);
        }
    }

    private bool WithBefore(TextSpan clause, TextSpan at)
    {
        for (int i = Math.Max(clause.Start, at.Start - 26); i < at.Start; i++)
            if (context.Text[i] is '与' or '和' or '同' && context.IsBorder(i) && context.IsBorder(i + 1)) return true;
        return false;
    }

    private CalendarDate ChooseDate(AgreementDraft draft, TripDraft? trip)
    {
        _candidates.Clear();
        var days = new List<CalendarDate>();
        int sentence = context.Layout.SentenceAt(draft.Span.Start);
        if (Resolved.Dates.DateInForce(draft.Span.Start) is { } inForce)
        {
            if (inForce.IsDay) Offer(inForce.Start, 1);
            else Offer(inForce.End, 2);
        }
        foreach (ResolvedDate date in Resolved.Dates.All)
            if (date.IsDay && context.Layout.SentenceAt(date.Span.Start) == sentence && date.Use != DateUse.Limit) Offer(date.Start, 3);
        if (trip != null && trip.Start.HasValue && trip.Start == trip.End) Offer(trip.Start, 4);
        foreach (ResolvedDate date in Resolved.Dates.All)
            if (date.IsDay && date.Use == DateUse.Event && context.Layout.RoleAt(date.Span.Start) == TextRole.Body && draft.Story.Contains(date.Span.Start))
            {
                Offer(date.Start, 5);
                break;
            }
        int choice = links.Choose(Decision.AgreementDate, _pool, _candidates, null, out _);
        return choice < 0 ? CalendarDate.None : days[choice];

        void Offer(CalendarDate day, int kind)
        {
            if (days.Contains(day)) return;
            FeatureList f = Next(days.Count);
            f.Add(Feature.Kind, kind);
            f.Add(Feature.Role, (int)context.Layout.RoleAt(draft.Span.Start));
            f.AddIf(trip != null && trip.Start.HasValue && trip.Start == trip.End, Feature.FirstDay, kind);
            f.AddIf(trip == null, Feature.HasVisit, 2);
            days.Add(day);
            _candidates.Add(new Candidate(day.ToIso()));
        }
    }

    private FeatureList Next(int index)
    {
        while (_pool.Count <= index) _pool.Add(new FeatureList());
        _pool[index].Clear();
        return _pool[index];
    }
}
