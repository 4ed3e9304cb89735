using NewsExtract.Text;

namespace NewsExtract.Resolution;

/// <summary>
/// Binds one expression to the calendar, given what the text has said so far. Where the text leaves two readings open
/// the ends stay <see cref="CalendarDate.None"/>.
/// </summary>
internal readonly ref struct DateBinder(in DateState state, bool isFuture, bool isUntil)
{
    /// <summary>A date farther from today than this many days takes the neighbouring year if that brings it nearer.</summary>
    private const int HalfYear = 183;
    /// <summary>A whole month is only last year's when it is nearly a year ahead: 12月 read in January.</summary>
    private const int NearlyYear = 270;
    /// <summary>A coming date (<c>将于1月8日</c>) so many days in the past belongs to the next year.</summary>
    private const int ClearlyPast = 60;
    /// <summary>A limit may lie back longer before it is taken for next year's: it may be reported as kept.</summary>
    private const int LimitPast = 120;

    // What a bare day costs, in days of distance, beside the distance from what it is counted from.
    private const int SinceEvent = 6, SinceTold = 8, SinceToday = 10, OutOfTime = 14, Backwards = 3, Far = 1000;

    private readonly DateState _state = state;
    private readonly bool _isFuture = isFuture;
    private readonly bool _isUntil = isUntil;

    /// <summary>The first and last day of a point.</summary>
    internal bool TryBind(in DatePoint point, out CalendarDate start, out CalendarDate end)
    {
        start = end = CalendarDate.None;
        if (point.Week.IsGiven) return TryWeek(point, ref start, ref end);
        if (point.Day.Base is DateBase.Today or DateBase.InForce)
        {
            start = end = DayWord(point.Day);
            return start.HasValue;
        }
        if (point.Day.Base == DateBase.Number)
        {
            start = end = point.Month.IsGiven ? DayOfMonth(point) : point.Year.Base == DateBase.Today ? NearToday(point.Day.Value) : BareDay(point.Day.Value);
            return start.HasValue;
        }
        if (point.Month.IsGiven)
        {
            if (!TryMonth(point, out int year, out int month)) return false;
            return TrySectionOfMonth(year, month, point.Section, ref start, ref end);
        }
        return TryYear(point, out int wholeYear) && TrySectionOfYear(wholeYear, point, ref start, ref end);
    }

    /// <summary>The second end of a range takes from the first what it does not say itself.</summary>
    internal bool TryBindLast(in DatePoint point, in DatePoint first, CalendarDate firstStart, out CalendarDate start, out CalendarDate end)
    {
        start = end = CalendarDate.None;
        bool isOwn = point.Day.Base is DateBase.Today or DateBase.InForce || point.Week.IsGiven || point.Year.IsGiven || point.Month.Base is DateBase.Today or DateBase.InForce;
        if (isOwn && !(point.Year.IsGiven && point.Year == first.Year)) return TryBind(point, out start, out end);
        if (!firstStart.HasValue) return false;
        int year = firstStart.Year, month = point.Month.IsGiven ? point.Month.Value : firstStart.Month;
        if (point.Day.Base == DateBase.Number)
        {
            // 28日至2日 runs into the next month, 12月30日至1月2日 into the next year.
            if (!point.Month.IsGiven && point.Day.Value < firstStart.Day) month++;
            if (month > 12) (year, month) = (year == 0 ? 0 : year + 1, 1);
            if (point.Month.IsGiven && month < firstStart.Month && year != 0) year++;
            if (!CalendarDate.TryCreate(year, month, point.Day.Value, out start)) return false;
            end = start;
            return true;
        }
        if (point.Month.IsGiven)
        {
            if (month < firstStart.Month && year != 0 && !point.Year.IsGiven) year++;
            return TrySectionOfMonth(year, month, point.Section, ref start, ref end);
        }
        return TryBind(point, out start, out end);
    }

    private bool TryWeek(in DatePoint point, ref CalendarDate start, ref CalendarDate end)
    {
        if (!_state.Today.IsFull) return false;
        DateOnly today = _state.Today.ToDateOnly();
        int sinceMonday = ((int)today.DayOfWeek + 6) % 7;
        CalendarDate monday = _state.Today.AddDays(7 * point.Week.Value - sinceMonday);
        (start, end) = point.Section switch
        {
            DateSection.Weekday => (monday.AddDays(point.SectionNumber - 1), monday.AddDays(point.SectionNumber - 1)),
            DateSection.NearWeekday => NearWeekday(point.SectionNumber, sinceMonday + 1),
            DateSection.Weekend => (monday.AddDays(5), monday.AddDays(6)),
            _ => (monday, monday.AddDays(6)),
        };
        return true;
    }

    // 周三 alone: the last one, today included, or the next one of what is to come.
    private (CalendarDate, CalendarDate) NearWeekday(int weekday, int today)
    {
        CalendarDate day = _state.Today.AddDays(_isFuture || _isUntil ? (weekday - today + 7) % 7 : -((today - weekday + 7) % 7));
        return (day, day);
    }

    private CalendarDate DayWord(DatePart day)
    {
        if (day.Base == DateBase.Today) return _state.Today.AddDays(day.Value);
        // 当天 behind several days could be any of them; 次日 comes after the last.
        if (day.Value > 0) return _state.ForceEnd.AddDays(day.Value);
        if (day.Value < 0) return _state.ForceStart.AddDays(day.Value);
        return _state.ForceStart == _state.ForceEnd ? _state.ForceStart : CalendarDate.None;
    }

    private CalendarDate DayOfMonth(in DatePoint point)
    {
        if (!TryMonth(point, out int year, out int month)) return CalendarDate.None;
        return CalendarDate.TryCreate(year, month, point.Day.Value, out CalendarDate date) ? date : CalendarDate.None;
    }

    /// <summary>A day with neither month nor year: of the months that the text has spoken of, and those beside them, the one that goes best with what it has said.</summary>
    private CalendarDate BareDay(int day)
    {
        CalendarDate best = CalendarDate.None;
        int least = int.MaxValue;
        foreach (CalendarDate anchor in (ReadOnlySpan<CalendarDate>)[_state.NearEnd, _state.NearStart, _state.EventEnd, _state.StretchStart, _state.StretchEnd, _state.ToldEnd, _state.MonthStart, _state.Today])
        {
            if (!anchor.HasValue) continue;
            for (int offset = 0; offset < 3; offset++)
            {
                CalendarDate candidate = InMonthOf(anchor, day, offset == 2 ? -1 : offset);
                if (!candidate.HasValue || Cost(candidate) is var cost && cost >= least) continue;
                (best, least) = (candidate, cost);
            }
        }
        return best;
    }

    /// <summary>How badly a day goes with what the text has said: its distance in days from what is nearest, more where that stands farther back.</summary>
    private int Cost(CalendarDate day)
    {
        int cost = Distance(day, _state.NearStart, _state.NearEnd);
        cost = Math.Min(cost, SinceEvent + Distance(day, _state.EventStart, _state.EventEnd));
        cost = Math.Min(cost, SinceEvent + Distance(day, _state.StretchStart, _state.StretchEnd));
        cost = Math.Min(cost, SinceTold + Distance(day, _state.ToldStart, _state.ToldEnd));
        cost = Math.Min(cost, SinceTold + Distance(day, _state.MonthStart, _state.MonthEnd));
        if (!_state.Today.HasValue || day.IsFull != _state.Today.IsFull) return cost;
        int since = DaysBetween(day, _state.Today);
        bool isOutOfTime = _isFuture || _isUntil ? since > 0 : since < -1;
        return Math.Min(cost, SinceToday + Math.Abs(since)) + (isOutOfTime ? OutOfTime : 0);
    }

    /// <summary>Days from a stretch of days to another, twice as many backwards: news tells on rather than back.</summary>
    private static int Distance(CalendarDate day, CalendarDate start, CalendarDate end)
    {
        if (!start.HasValue || !end.HasValue) return Far;
        if (day > end) return DaysBetween(end, day);
        return day < start ? Backwards + 2 * DaysBetween(day, start) : 0;
    }

    private CalendarDate NearToday(int day)
    {
        CalendarDate today = _state.Today;
        if (!today.HasValue) return CalendarDate.None;
        CalendarDate same = InMonthOf(today, day, 0);
        if (_isFuture || _isUntil) return same.HasValue && same >= today ? same : InMonthOf(today, day, 1);
        return same.HasValue && same <= today.AddDays(1) ? same : InMonthOf(today, day, -1);
    }

    private static CalendarDate InMonthOf(CalendarDate date, int day, int offset)
    {
        int month = date.Month + offset, year = date.Year;
        if (month is < 1 or > 12)
        {
            if (year != 0) year += month < 1 ? -1 : 1;
            month = month < 1 ? 12 : 1;
        }
        return CalendarDate.TryCreate(year, month, day, out CalendarDate result) ? result : CalendarDate.None;
    }

    private static int DaysBetween(CalendarDate from, CalendarDate to) =>
        from.IsFull && to.IsFull ? to.ToDateOnly().DayNumber - from.ToDateOnly().DayNumber : (to.Month - from.Month) * 30 + to.Day - from.Day;

    private bool TryMonth(in DatePoint point, out int year, out int month)
    {
        (year, month) = (0, 0);
        if (point.Month.Base == DateBase.Number)
        {
            month = point.Month.Value;
            if (point.Year.IsGiven) return TryYear(point, out year);
            year = YearOf(month, point.Day.IsGiven ? point.Day.Value : 0);
            return true;
        }
        CalendarDate origin = point.Month.Base == DateBase.Today ? _state.Today : _state.ForceEnd.HasValue ? _state.ForceEnd : _state.Today;
        if (!origin.HasValue) return false;
        int months = origin.Month - 1 + point.Month.Value;
        year = origin.Year == 0 ? 0 : origin.Year + (months < 0 ? -1 : months / 12);
        month = (months + 12) % 12 + 1;
        return !point.Year.IsGiven || TryYear(point, out year);
    }

    /// <summary>
    /// The year of a month without one: the sentence's own year where it speaks of another, else the year that brings it
    /// nearest to today; 0 if nothing tells.
    /// </summary>
    private int YearOf(int month, int day)
    {
        if (_state.SentenceYear != 0 && month >= _state.SentenceMonth) return _state.SentenceYear;
        if (!_state.Today.IsFull) return _state.StoryYear;
        DateOnly today = _state.Today.ToDateOnly();
        int last = day > 0 ? Math.Min(day, CalendarDate.LastDay(today.Year, month)) : CalendarDate.LastDay(today.Year, month);
        int days = new DateOnly(today.Year, month, last).DayNumber - today.DayNumber;
        if (_isUntil) return days < -LimitPast ? today.Year + 1 : today.Year;
        if (_isFuture) return days < -ClearlyPast ? today.Year + 1 : today.Year;
        return days > (day > 0 ? HalfYear : NearlyYear) ? today.Year - 1 : today.Year;
    }

    private bool TryYear(in DatePoint point, out int year)
    {
        year = point.Year.Base switch
        {
            DateBase.Number => point.Year.Value,
            DateBase.Today => YearOfToday() is var now and > 0 ? now + point.Year.Value : 0,
            DateBase.InForce => _state.Year > 0 ? _state.Year + point.Year.Value : 0,
            _ => YearOfToday(),
        };
        return year is > 0 and < 9999;
    }

    private int YearOfToday() => _state.Today.IsFull ? _state.Today.Year : _state.StoryYear;

    private static bool TrySectionOfMonth(int year, int month, DateSection section, ref CalendarDate start, ref CalendarDate end)
    {
        if (year == 0 && month == 2 && section is DateSection.Whole or DateSection.End)
        {
            // The last day of February hangs on the year.
            start = CalendarDate.Create(0, 2, section == DateSection.Whole ? 1 : 21);
            end = CalendarDate.Create(0, 2, 28);
            return true;
        }
        int last = CalendarDate.LastDay(year, month);
        (int from, int to) = section switch
        {
            DateSection.Beginning => (1, 10),
            DateSection.Middle => (11, 20),
            DateSection.End => (21, last),
            DateSection.LastDay => (last, last),
            _ => (1, last),
        };
        start = CalendarDate.Create(year, month, from);
        end = CalendarDate.Create(year, month, to);
        return true;
    }

    private bool TrySectionOfYear(int year, in DatePoint point, ref CalendarDate start, ref CalendarDate end)
    {
        int n = point.SectionNumber;
        (int from, int to) = point.Section switch
        {
            DateSection.Beginning => (1, 1),
            DateSection.Middle => (6, 6),
            DateSection.End => (12, 12),
            DateSection.FirstHalf => (1, 6),
            DateSection.SecondHalf => (7, 12),
            DateSection.Quarter => (3 * n - 2, 3 * n),
            DateSection.FirstQuarters => (1, 3 * n),
            DateSection.FirstMonths => (1, n),
            _ => (1, 12),
        };
        // 年底 said in November is this year's; 一季度 planned in December the next one's.
        if (point.Section == DateSection.Quarter && point.Year is { Base: DateBase.Today, Value: 0 } && _isFuture && _state.Today.IsFull && to < _state.Today.Month && _state.Today.Month - to > 3) year++;
        start = CalendarDate.Create(year, from, 1);
        end = CalendarDate.Create(year, to, CalendarDate.LastDay(year, to));
        return true;
    }
}
