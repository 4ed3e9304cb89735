using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Resolution;

/// <summary>
/// Resolves date expressions to the days they mean, in document order: against the day of publication, the day in force
/// in the text, and the year that a sentence speaks of. What stays ambiguous stays without ends.
/// </summary>
public static class DateResolver
{
    private static readonly TermSet FutureMarks = TermSet.Of(TermClass.FutureMark);
    private static readonly TermSet SpeechVerbs = TermSet.Of(TermClass.SpeechVerb);

    /// <summary>An event lies at most this many days before the day of speaking; older days are background.</summary>
    private const int EventAge = 60;
    /// <summary>A dateline moves "today" only so many days from the day of publication; further off it is no dateline of this report.</summary>
    private const int DatelineDistance = 10;

    /// <summary>Resolves <paramref name="expressions"/> into <paramref name="resolved"/>, one for one.</summary>
    /// <exception cref="ArgumentException"><paramref name="terms"/> was built for another text.</exception>
    public static void Resolve(Layout layout, TermIndex terms, IReadOnlyList<DateExpression> expressions, ResolvedDates resolved)
    {
        if (!ReferenceEquals(terms.Text, layout.Text) && terms.Text != layout.Text)
            throw new ArgumentException("The index was built for another text.", nameof(terms));
        resolved.Clear(layout);
        var state = new DateState { Today = layout.Published is { } published ? CalendarDate.From(published) : CalendarDate.None };
        state.StoryYear = StoryYear(layout, expressions);
        int paragraph = -1, sentence = -1;
        for (int i = 0; i < expressions.Count; i++)
        {
            DateExpression expression = expressions[i];
            int start = expression.Span.Start;
            if (layout.ParagraphAt(start) is var at && at != paragraph)
            {
                paragraph = at;
                state.NearStart = state.NearEnd = CalendarDate.None;
            }
            if (layout.SentenceAt(start) is var now && now != sentence)
            {
                sentence = now;
                state.SentenceYear = state.SentenceMonth = 0;
            }
            TextRole role = layout.RoleAt(start);
            bool isDateline = InDateline(layout, expression.Span);
            bool isFuture = IsFuture(layout, terms, expression.Span, sentence);
            ResolvedDate date = ResolveOne(layout, terms, expression, state, role, isDateline, isFuture, sentence);
            resolved.Add(date);
            Remember(ref state, layout, expression, date, role, isDateline, isFuture);
        }
        resolved.Today = state.Today;
    }

    private static ResolvedDate ResolveOne(Layout layout, TermIndex terms, in DateExpression expression, in DateState state, TextRole role, bool isDateline, bool isFuture, int sentence)
    {
        if (expression.IsVague) return new ResolvedDate(expression.Span, default, default, DatePrecision.Unknown, DateUse.Background);
        DateState seen = state;
        if (role is TextRole.Meta or TextRole.Credit or TextRole.Furniture) seen.NearStart = seen.NearEnd = seen.EventStart = seen.EventEnd = seen.StretchStart = seen.StretchEnd = seen.ToldStart = seen.ToldEnd = CalendarDate.None;
        else if (SpeaksOfEventDay(layout, terms, expression, state, sentence)) seen.Today = state.EventEnd;
        if (expression.First.Day is { Base: DateBase.InForce, Value: -1 } && !FollowsEvent(layout.Text, expression.Span.Start))
            return new ResolvedDate(expression.Span, default, default, DatePrecision.Unknown, DateUse.Background);

        var binder = new DateBinder(seen, isFuture, expression.Bound == DateBound.Until);
        CalendarDate start, end;
        bool bound = binder.TryBind(expression.First, out start, out end);
        if (bound && expression.IsRange)
        {
            bound = binder.TryBindLast(expression.Last, expression.First, start, out CalendarDate lastStart, out CalendarDate lastEnd);
            if (bound && expression.Last.Day == default && expression.First.Day.IsGiven) bound = false;
            end = lastEnd;
            if (start.IsFull && lastStart.IsFull && lastEnd < start) bound = false;
        }
        if (!bound) return new ResolvedDate(expression.Span, default, default, DatePrecision.Unknown, isFuture ? DateUse.Background : DateUse.Event);
        DatePrecision precision = PrecisionOf(start, end);
        if (expression.Bound == DateBound.Until) return new ResolvedDate(expression.Span, CalendarDate.None, end, DatePrecision.Range, DateUse.Limit);
        if (expression.Bound == DateBound.From) return new ResolvedDate(expression.Span, start, CalendarDate.None, DatePrecision.Range, DateUse.Limit);
        DateUse use = role is TextRole.Meta or TextRole.Credit || isDateline ? DateUse.Stamp : UseOf(expression, start, end, state.Today, isFuture);
        return new ResolvedDate(expression.Span, start, end, precision, use);
    }

    private static DatePrecision PrecisionOf(CalendarDate start, CalendarDate end)
    {
        if (start == end) return DatePrecision.Day;
        if (start.Year != end.Year || start.Day != 1 || end.Day != CalendarDate.LastDay(end.Year, end.Month) && !(end is { Year: 0, Month: 2, Day: 28 })) return DatePrecision.Range;
        if (start.Month == end.Month) return DatePrecision.Month;
        return start.Month == 1 && end.Month == 12 ? DatePrecision.Year : DatePrecision.Range;
    }

    private static DateUse UseOf(in DateExpression expression, CalendarDate start, CalendarDate end, CalendarDate today, bool isFuture)
    {
        if (!expression.First.Day.IsGiven && expression.First.Section is not (DateSection.Weekday or DateSection.NearWeekday)) return DateUse.Background;
        if (!today.IsFull || !start.IsFull) return isFuture ? DateUse.Background : DateUse.Event;
        return start > today || end < today.AddDays(-EventAge) ? DateUse.Background : DateUse.Event;
    }

    private static void Remember(ref DateState state, Layout layout, in DateExpression expression, in ResolvedDate date, TextRole role, bool isDateline, bool isFuture)
    {
        if (isDateline && date.IsDay) MoveToday(ref state, layout, date.Start);
        if (role == TextRole.Title && date.Precision == DatePrecision.Month) (state.MonthStart, state.MonthEnd) = (date.Start, date.End);
        if (role is not (TextRole.Body or TextRole.Heading) || isDateline) return;
        CalendarDate known = date.Start.HasValue ? date.Start : date.End;
        if (known.Year != 0) state.Year = known.Year;
        if (date.Use == DateUse.Limit) return;
        if (date.Start.HasValue && date.End.HasValue && date.Start != date.End && IsStretch(expression.First)) (state.StretchStart, state.StretchEnd) = (date.Start, date.End);
        if (expression.First.Day.IsGiven && date.Start.HasValue)
        {
            state.NearStart = date.Start;
            state.NearEnd = date.End;
            if (!expression.First.Year.IsGiven) (state.ToldStart, state.ToldEnd) = (date.Start, date.End);
            if (date.Use == DateUse.Event && !isFuture)
            {
                state.EventStart = date.Start;
                state.EventEnd = date.End;
            }
        }
        bool isOtherYear = known.Year != 0 && state.Today.IsFull && known.Year != state.Today.Year;
        if (isOtherYear && expression.First.Year.IsGiven && !IsSince(layout.Text, expression.Span.End))
        {
            state.SentenceYear = known.Year;
            state.SentenceMonth = expression.First.Month.IsGiven ? known.Month : 0;
        }
    }

    // Days and thirds of a month; whole months and years would hold any day.
    private static bool IsStretch(in DatePoint first) =>
        first.Day.IsGiven || (first.Month.IsGiven && first.Section is DateSection.Beginning or DateSection.Middle or DateSection.End);

    // A dateline's day is the day on which the report speaks; its year is the one nearest to publication.
    private static void MoveToday(ref DateState state, Layout layout, CalendarDate day)
    {
        if (layout.Published is { } published)
        {
            int distance = day.IsFull ? published.DayNumber - day.ToDateOnly().DayNumber : int.MaxValue;
            if (distance is < 0 or > DatelineDistance) return;
        }
        state.Today = day;
        if (day.IsFull && state.StoryYear == 0) state.StoryYear = day.Year;
    }

    /// <summary>The year of the first day in the running text that is written with its year; else that of an imprint without a day (2014年第5期); or 0.</summary>
    private static int StoryYear(Layout layout, IReadOnlyList<DateExpression> expressions)
    {
        int imprint = 0;
        for (int i = 0; i < expressions.Count; i++)
        {
            DateExpression expression = expressions[i];
            if (expression.First.Year.Base == DateBase.Number && expression.First.Day.Base == DateBase.Number
                && layout.RoleAt(expression.Span.Start) is TextRole.Body or TextRole.Heading or TextRole.Title) return expression.First.Year.Value;
            if (imprint == 0 && expression.First.Year.Base == DateBase.Number && IsImprint(layout, expression.Span)) imprint = expression.First.Year.Value;
        }
        return imprint;
    }

    private static bool IsImprint(Layout layout, TextSpan span)
    {
        if (layout.RoleAt(span.Start) is TextRole.Meta or TextRole.Credit) return true;
        ReadOnlySpan<char> behind = layout.Text.AsSpan(span.End, Math.Min(8, layout.Text.Length - span.End));
        return behind.StartsWith("刊") || behind.StartsWith("号") || (behind.StartsWith("第") && behind.IndexOfAny('期', '号', '卷') is > 0 and <= 4);
    }

    private static bool InDateline(Layout layout, TextSpan span)
    {
        foreach (Dateline dateline in layout.DatelineList)
        {
            if (dateline.Span.Contains(span)) return true;
        }
        return false;
    }

    // 自2016年以来 spans up to now and gives no year to what follows.
    private static bool IsSince(ReadOnlySpan<char> text, int end) =>
        text[end..].StartsWith("以来") || text[end..].StartsWith("起") || text[end..].StartsWith("至今") || text[end..].StartsWith("开始");

    /// <summary>
    /// Whether a mark of the future stands before the expression in its clause (<c>将于27日</c>, <c>计划3月开工</c>) or right
    /// behind it (<c>9月将来访</c>).
    /// </summary>
    private static bool IsFuture(Layout layout, TermIndex terms, TextSpan span, int sentence)
    {
        int from = sentence >= 0 ? layout.SentenceList[sentence].Span.Start : 0;
        from = Math.Max(from, span.Start - 24);
        ReadOnlySpan<char> text = layout.Text;
        for (int at = span.Start; at > from; at--)
        {
            if (text[at - 1] is '。' or '；') break;
            if (terms.TryEnd(at, FutureMarks, out LexiconHit hit) && hit.Start >= from && !IsGeneral(text, hit)) return true;
        }
        int limit = Math.Min(text.Length, span.End + 3);
        return terms.TryNext(span.End, limit, FutureMarks, out LexiconHit behind) && !IsGeneral(text, behind);
    }

    // 将军, 少将 and 将近 are no marks of the future, nor is 计划 in the name of a body.
    private static bool IsGeneral(ReadOnlySpan<char> text, LexiconHit hit)
    {
        char behind = hit.End < text.Length ? text[hit.End] : '\0';
        if (text[hit.Start] == '将' && EndsRank(text[..hit.Start])) return true;
        if (hit.Length == 2) return text[hit.Start..].StartsWith("计划") && behind is '与' or '和' or '委' or '局' or '司' or '处' or '科' or '部' or '生' or '单' or '财' or '经';
        return hit.Length == 1 && text[hit.Start] == '将' && behind is '军' or '士' or '领' or '才' or '帅' or '近' or '校';
    }

    // 少将, 中将, 上将, but not 其中将, 会上将, 仪式上将.
    private static bool EndsRank(ReadOnlySpan<char> before) =>
        before.Length > 0 && (before[^1] is '少' or '准' or '老' or '名' or '健'
        || (before[^1] is '中' or '上' && before.Length > 1 && before[^2] is not ('其' or '年' or '当' or '途' or '会' or '集' or '式' or '坛' or '路' or '网' or '线' or '场' or '程' or '动' or '晚' or '早')));

    /// <summary>
    /// Whether <c>今天</c> and the like are said by somebody at the event, in a quotation or behind a verb of saying, when the day
    /// in force is another than the report's.
    /// </summary>
    private static bool SpeaksOfEventDay(Layout layout, TermIndex terms, in DateExpression expression, in DateState state, int sentence)
    {
        if (expression.First.Day.Base != DateBase.Today || expression.First.Month.IsGiven || expression.First.Year.IsGiven || sentence < 0) return false;
        if (!state.EventStart.HasValue || state.EventStart != state.EventEnd || state.EventEnd == state.Today) return false;
        int from = layout.SentenceList[sentence].Span.Start, at = expression.Span.Start;
        ReadOnlySpan<char> before = layout.Text.AsSpan(from, at - from);
        bool isQuoted = before.LastIndexOf('“') > before.LastIndexOf('”');
        return isQuoted || terms.TryPrevious(from, at, SpeechVerbs, out _);
    }

    // 签约前一天, 会议前一日: the day before something that the text has just told.
    private static bool FollowsEvent(ReadOnlySpan<char> text, int start) =>
        start >= 2 && text[start - 1] is '约' or '会' or '议' or '幕' or '式' or '动' or '访' or '行' or '发' or '程' or '谈' or '达';
}
