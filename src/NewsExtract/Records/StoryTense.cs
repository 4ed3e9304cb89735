using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>Tells plans and memories from trips that took place.</summary>
internal static class StoryTense
{
    private static readonly TermSet Travel = TermSet.Of(TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitReceive, TermClass.VisitInspect);
    private static readonly TermSet PlannedWords = TermSet.Of(TermClass.Planned);

    /// <summary>In which tense the story's verbs of going stand: planned, in the future, long past, or plainly told.</summary>
    public static void Describe(FeatureList f, TextContext context, Story story)
    {
        int planned = 0, plain = 0, future = 0, past = 0, undated = 0, first = 0;
        CalendarDate today = context.Resolved.Dates.Today;
        foreach (Sentence sentence in context.Layout.Sentences)
        {
            if (!story.Contains(sentence.Span.Start) || sentence.Role is not (TextRole.Body or TextRole.Title)) continue;
            if (!context.TryVerbAfter(sentence.Span.Start, sentence.Span.End, Travel, out LexiconHit verb)) continue;
            TextSpan clause = context.Clause(verb.Start);
            bool isPlanned = context.Index.Any(clause.Start, verb.Start, PlannedWords);
            bool isFuture = false, isPast = false, dated = false;
            List<ResolvedDate> dates = context.Resolved.Dates.All;
            for (int i = context.Resolved.Dates.CountBefore(sentence.Span.Start); i < dates.Count && dates[i].Span.Start < sentence.Span.End; i++)
            {
                ResolvedDate date = dates[i];
                if (!sentence.Span.Contains(date.Span)) continue;
                dated = true;
                if (!date.Start.HasValue || !today.HasValue) continue;
                isFuture |= date.Start > today;
                isPast |= date.Start.Year > 0 && date.Start.Year < today.Year - 1 || date.Use == DateUse.Background;
            }
            int tense = isPlanned ? 1 : isFuture ? 2 : isPast ? 3 : dated ? 4 : 5;
            if (first == 0 && sentence.Role == TextRole.Body) first = tense;
            switch (tense)
            {
                case 1: planned++; break;
                case 2: future++; break;
                case 3: past++; break;
                case 4: plain++; break;
                default: undated++; break;
            }
        }
        f.Add(Feature.GoPlanned, FeatureList.Bucket(planned));
        f.Add(Feature.GoFuture, FeatureList.Bucket(future));
        f.Add(Feature.GoPast, FeatureList.Bucket(past));
        f.Add(Feature.GoPlain, FeatureList.Bucket(plain));
        f.Add(Feature.GoUndated, FeatureList.Bucket(undated));
        f.Add(Feature.FirstGo, first);
        f.Add(Feature.FirstGo, 8 + ((plain > 0 ? 1 : 0) | (planned > 0 ? 2 : 0) | (future > 0 ? 4 : 0) | (past > 0 ? 8 : 0) | (undated > 0 ? 16 : 0)));
    }

    // What a headline calls a text that announces, or remembers and lists, and reports nothing.
    private static readonly TermSet Announcing = TermSet.Of(TermClass.AnnouncingText);
    private static readonly TermSet Remembering = TermSet.Of(TermClass.RememberingText);
    private const int Recent = 45, Old = 400, MostYears = 8;

    /// <summary>
    /// Whether the story's days lie ahead, just behind or long behind the day the article speaks on, of how many years they are, and what the headline calls the
    /// text. Gives the last two in one, below 24.
    /// </summary>
    public static int DescribeDays(FeatureList f, TextContext context, Story story)
    {
        int future = 0, recent = 0, old = 0;
        Span<int> years = stackalloc int[MostYears];
        int different = 0;
        CalendarDate today = context.Resolved.Dates.Today;
        foreach (ResolvedDate date in context.Resolved.Dates.All)
        {
            if (!story.Contains(date.Span.Start) || date.Use == DateUse.Stamp || !date.Start.HasValue || date.Precision == DatePrecision.Unknown || date.Start.Year <= 0) continue;
            if (different < MostYears && !years[..different].Contains(date.Start.Year)) years[different++] = date.Start.Year;
            if (!today.HasValue) continue;
            int days = date.Start.RoughDaysUntil(today);
            if (days < 0) future++;
            else if (days <= Recent) recent++;
            else if (days > Old) old++;
        }
        int balance = (Math.Min(future, 2) * 9) + (Math.Min(recent, 2) * 3) + Math.Min(old, 2), document = 0;
        if (context.Layout.TitleSpan is { } title)
        {
            document = context.Index.Any(title.Start, title.End, Announcing) ? 1 : context.Index.Any(title.Start, title.End, Remembering) ? 2 : 0;
            f.AddIf(context.Text.AsSpan(title.Start, title.Length).Contains("关于", StringComparison.Ordinal), Feature.DocumentKind, 3);
        }
        f.Add(Feature.StoryDays, balance);
        f.Add(Feature.DocumentKind, document);
        f.Add(Feature.StoryYears, (different * 2) + (today.HasValue ? 1 : 0));
        int kind = document + (3 * ((future > 0 ? 1 : 0) + (recent > 0 ? 2 : 0) + (old > 0 ? 4 : 0)));
        f.Add(Feature.KindAndDays, kind);
        return kind;
    }
}
