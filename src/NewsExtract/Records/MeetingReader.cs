using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>A meeting while the article is put together.</summary>
internal sealed record MeetingDraft(Story Story, TextSpan Kind, Venue? Place, CalendarDate Date, PersonEntity? Chair, double Confidence);

/// <summary>Reads the meetings of a story: the word for it, where, when, and who was in the chair.</summary>
internal sealed class MeetingReader(ILinkDecider links, TextContext context, Relations relations, VenueReader venues)
{
    private static readonly TermSet Kinds = TermSet.Of(TermClass.MeetingKind);
    private static readonly TermSet Hold = TermSet.Of(TermClass.MeetingHold);
    private static readonly TermSet Chair = TermSet.Of(TermClass.Chair);
    private readonly FeatureList _features = new();
    private readonly List<FeatureList> _pool = [];
    private readonly List<Candidate> _candidates = [];

    private ResolvedText Resolved => context.Resolved;

    public void Read(Story story, TripDraft? trip, double likely, List<MeetingDraft> meetings)
    {
        links.Begin(story);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        int rank = 0;
        for (int at = story.Span.Start; context.Index.TryNextStart(at, Kinds, out LexiconHit hit) && hit.Start < story.Span.End;)
        {
            at = context.Sits(hit) ? hit.End : hit.Start + 1;
            if (!context.Sits(hit)) continue;
            TextRole role = context.Layout.RoleAt(hit.Start);
            if (role is not (TextRole.Body or TextRole.Caption or TextRole.Title or TextRole.Heading)) continue;
            var span = new TextSpan(hit.Start, hit.End);
            string kind = context.Text[hit.Start..hit.End];
            int before = seen.GetValueOrDefault(kind);
            if (role == TextRole.Body) seen[kind] = before + 1;
            _features.Clear();
            Describe(story, span, trip, likely, before, rank++);
            if (!links.Decide(Decision.Meeting, _features, new Candidate(kind, hit.Start.ToString(System.Globalization.CultureInfo.InvariantCulture)), out double probability)) continue;
            Venue? place = venues.OfMeetingAt(span);
            CalendarDate date = ChooseDate(story, span);
            meetings.Add(new MeetingDraft(story, span, place, date, ChooseChair(story, span), probability));
        }
    }

    private void Describe(Story story, TextSpan span, TripDraft? trip, double likely, int before, int rank)
    {
        FeatureList f = _features;
        int days = StoryTense.DescribeDays(f, context, story);
        f.Add(Feature.TripLikely, FeatureList.Likelihood(likely));
        f.Add(Feature.TripLikelyAndDays, (FeatureList.Likelihood(likely) / 2 * 24) + days);
        context.Describe(f, span, story);
        TextSpan clause = context.Clause(span.Start);
        f.AddIf(context.TryVerbBefore(clause.Start, span.Start, Hold, out LexiconHit hold) && hold.Length > 1, Feature.HoldBefore);
        f.AddIf(context.TryVerbAfter(span.End, clause.End, Hold, out hold) && hold.Length > 1, Feature.HoldAfter);
        f.AddIf(span.End < context.Text.Length && context.Text[span.End] is '上' or '中' or '前' or '后' or '由' or '现' or '结', Feature.AboveWord, span.End < context.Text.Length ? context.Text[span.End] % 97 : 0);
        f.Add(Feature.SameKindBefore, Math.Min(before, 3));
        f.Add(Feature.Rank, Math.Min(rank, 6));
        f.AddIf(trip != null, Feature.HasVisit);
        f.Add(Feature.Length, span.Length);
        f.Add(Feature.KindFirst, context.Text[span.Start] % 251);
        f.AddIf(context.TryVerbAfter(clause.Start, clause.End, Chair, out _), Feature.NearChair);
        f.AddIf(context.Index.TryNext(span.Start, clause.End, TermSet.Of(TermClass.GroupNoun), out _), Feature.GroupNounAfter);
        int people = 0;
        List<NameSpan> names = Resolved.Tagged.Names;
        for (int i = Resolved.Tagged.NamesBefore(clause.Start); i < names.Count && names[i].Span.Start < clause.End; i++) people++;
        f.Add(Feature.People, Math.Min(people, 3));
    }

    private CalendarDate ChooseDate(Story story, TextSpan span)
    {
        _candidates.Clear();
        var days = new List<CalendarDate>();
        int sentence = context.Layout.SentenceAt(span.Start);
        CalendarDate inForce = default;
        if (Resolved.Dates.DateInForce(span.Start) is { } held)
        {
            inForce = held.IsDay ? held.Start : held.End;
            Offer(inForce, held.IsDay ? 1 : 3);
        }
        foreach (ResolvedDate date in Resolved.Dates.All)
            if (date.IsDay && context.Layout.SentenceAt(date.Span.Start) == sentence && date.Use == DateUse.Event && date.Start != inForce) Offer(date.Start, 2);
        int choice = links.Choose(Decision.MeetingDate, _pool, _candidates, null, out _);
        return choice < 0 ? CalendarDate.None : days[choice];

        void Offer(CalendarDate day, int kind)
        {
            FeatureList f = Next(days.Count);
            f.Add(Feature.Kind, kind);
            bool same = false, sameParagraph = false, ranged = false;
            int nearest = 0;
            foreach (ResolvedDate date in Resolved.Dates.All)
            {
                if (date.Span.Start > span.Start && context.Layout.SentenceAt(date.Span.Start) != sentence) break;
                if (date.Start == day)
                {
                    same |= context.Layout.SentenceAt(date.Span.Start) == sentence;
                    sameParagraph |= context.Layout.ParagraphAt(date.Span.Start) == context.Layout.ParagraphAt(span.Start);
                    nearest = date.Span.Start;
                    ranged |= date.Precision == DatePrecision.Range;
                }
            }
            f.Add(Feature.SameSentence, same ? 2 : sameParagraph ? 1 : 0);
            f.AddIf(ranged, Feature.Precision);
            f.Add(Feature.SentenceDistance, Math.Min(Math.Max(0, sentence - context.Layout.SentenceAt(nearest)), 8));
            f.Add(Feature.Role, (int)context.Layout.RoleAt(span.Start));
            days.Add(day);
            _candidates.Add(new Candidate(day.ToIso()));
        }
    }

    private PersonEntity? ChooseChair(Story story, TextSpan span)
    {
        _candidates.Clear();
        var people = new List<PersonEntity>();
        int sentence = context.Layout.SentenceAt(span.Start);
        foreach (PersonEntity person in Resolved.People)
        {
            // Most people are named elsewhere.
            if (person.References.Count == 0 && (person.Spans.Count == 0 || context.Layout.SentenceAt(person.Spans[^1].Start) < sentence || context.Layout.SentenceAt(person.Spans[0].Start) > sentence + 4)) continue;
            for (int i = 0; i < person.Spans.Count + person.References.Count; i++)
            {
                TextSpan own = i < person.Spans.Count ? person.Spans[i] : person.References[i - person.Spans.Count];
                int distance = context.Layout.SentenceAt(own.Start) - sentence;
                if (distance is < 0 or > 4) continue;
                TextSpan clause = context.Clause(own.Start);
                bool chairs = context.TryVerbAfter(own.End, Math.Min(clause.End, own.End + 8), Chair, out _);
                bool far = !chairs && context.TryVerbAfter(own.End, clause.End, Chair, out _);
                if (!chairs && !far) continue;
                FeatureList f = Next(people.Count);
                f.Add(Feature.NearChair, chairs ? 1 : 2);
                f.Add(Feature.SentenceDistance, distance);
                f.AddIf(relations.IsInListAfter(own), Feature.ListMateAfter);
                f.AddIf(relations.IsInListBefore(own), Feature.ListMateBefore);
                f.AddIf(distance == 0 && own.Start > span.Start, Feature.AfterVerb);
                people.Add(person);
                _candidates.Add(new Candidate(person.Name));
                break;
            }
        }
        int choice = links.Choose(Decision.Chair, _pool, _candidates, null, out _);
        return choice < 0 ? null : people[choice];
    }

    private FeatureList Next(int index)
    {
        while (_pool.Count <= index) _pool.Add(new FeatureList());
        _pool[index].Clear();
        return _pool[index];
    }
}
