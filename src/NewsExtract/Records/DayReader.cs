using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Reads the days of a trip: where the text gives them in one (4月8日至11日), these; else the day on which it begins, and then on
/// which of the later days that the story names it ends.
/// </summary>
internal sealed class DayReader(ILinkDecider links, TextContext context, Relations relations)
{
    private const int MostDays = 9;

    // What is said of the last day: 8日离鹏, 11日下午返程.
    private static readonly string[] Leaving = ["离开", "返程", "返回", "启程", "结束", "回国", "踏上", "离", "返"];

    private readonly List<FeatureList> _pool = [];
    private readonly List<Candidate> _candidates = [];
    private readonly List<ResolvedDate> _dates = [];

    private ResolvedText Resolved => context.Resolved;

    /// <summary>Chooses the trip's first and last day; leaves both open where the story gives none.</summary>
    public void Choose(TripDraft trip)
    {
        _dates.Clear();
        foreach (ResolvedDate date in Resolved.Dates.All)
            if (trip.Story.Contains(date.Span.Start) && date.Start.HasValue && date.End.HasValue && date.Precision is DatePrecision.Day or DatePrecision.Range) _dates.Add(date);
        _candidates.Clear();
        for (int i = 0; i < _dates.Count; i++)
        {
            FeatureList f = Next(i);
            Describe(f, trip, _dates[i]);
            f.Add(Feature.Rank, Math.Min(i, 6));
            f.Add(Feature.DaysAhead, DaysBetween(_dates[i].Start, _dates[i].End));
            f.AddIf(_dates.Exists(other => other.Use == DateUse.Event && other.Start < _dates[i].Start), Feature.FirstDay);
            _candidates.Add(new Candidate(_dates[i].Start.ToString(), _dates[i].End.ToString()));
        }
        int choice = links.Choose(Decision.VisitDate, _pool, _candidates, null, out double probability);
        if (choice < 0) return;
        (trip.Start, trip.End) = (_dates[choice].Start, _dates[choice].End);
        trip.Confidence *= Math.Sqrt(probability);
        if (trip.Start == trip.End) ChooseEnd(trip);
    }

    private void ChooseEnd(TripDraft trip)
    {
        _candidates.Clear();
        var days = new SortedDictionary<CalendarDate, ResolvedDate>();
        var counts = new Dictionary<CalendarDate, int>();
        foreach (ResolvedDate date in _dates)
        {
            if (date.Use == DateUse.Stamp || date.End <= trip.Start) continue;
            counts[date.End] = counts.GetValueOrDefault(date.End) + 1;
            if (!days.TryGetValue(date.End, out ResolvedDate known) || Travel(date) > Travel(known)) days[date.End] = date;
        }
        foreach ((CalendarDate day, ResolvedDate date) in days)
        {
            FeatureList f = Next(_candidates.Count);
            Describe(f, trip, date);
            f.Add(Feature.Rank, Math.Min(_candidates.Count, 6));
            f.AddIf(_candidates.Count == days.Count - 1, Feature.IsLastDay);
            // How many days are named behind this one.
            f.Add(Feature.PartyCount, Math.Min(days.Count - 1 - _candidates.Count, 4));
            f.Add(Feature.DaysAhead, DaysBetween(trip.Start, day));
            f.Add(Feature.DayMentions, Math.Min(counts[day], 4));
            f.AddIf(date.Start == trip.Start, Feature.IsInForce);
            _candidates.Add(new Candidate(day.ToString()));
        }
        int choice = links.Choose(Decision.VisitEnd, _pool, _candidates, null, out double probability);
        if (choice < 0) return;
        trip.End = days.Keys.ElementAt(choice);
        trip.Confidence *= Math.Sqrt(probability);
    }

    private void Describe(FeatureList f, TripDraft trip, ResolvedDate date)
    {
        context.Describe(f, date.Span, trip.Story);
        f.Add(Feature.Precision, (int)date.Precision);
        f.Add(Feature.Use, (int)date.Use);
        f.AddIf(trip.Leader is { } leader && relations.FirstInBody(leader, trip.Story) is { } at && context.Layout.SentenceAt(at.Start) == context.Layout.SentenceAt(date.Span.Start), Feature.SameSentenceAsLeader);
        f.AddIf(date.Span.Start == context.SentenceSpan(date.Span.Start).Start, Feature.OrderInSentence, 1);
        CalendarDate today = Resolved.Dates.Today;
        f.Add(Feature.DayAndToday, !today.HasValue ? 0 : date.End > today ? 1 : date.End == today ? 2 : DaysBetween(date.End, today) <= 3 ? 3 : 4);
        TextSpan clause = context.Clause(date.Span.Start);
        ReadOnlySpan<char> rest = context.Text.AsSpan(date.Span.End, Math.Max(0, clause.End - date.Span.End));
        for (int i = 0; i < Leaving.Length; i++)
        {
            if (!rest.Contains(Leaving[i], StringComparison.Ordinal)) continue;
            f.Add(Feature.Leaving, i + 1);
            break;
        }
    }

    private int Travel(ResolvedDate date) => context.Layout.SentenceAt(date.Span.Start) is >= 0 and int sentence ? context.Travel[sentence] : 0;

    /// <summary>How many days the second comes behind the first, up to a few; 0 also where it doesn't.</summary>
    private static int DaysBetween(CalendarDate first, CalendarDate second) => Math.Clamp(first.RoughDaysUntil(second), 0, MostDays);

    private FeatureList Next(int index)
    {
        while (_pool.Count <= index) _pool.Add(new FeatureList());
        _pool[index].Clear();
        return _pool[index];
    }
}
