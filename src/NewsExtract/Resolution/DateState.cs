using NewsExtract.Text;

namespace NewsExtract.Resolution;

/// <summary>What the text has said about time up to the expression in hand.</summary>
internal struct DateState
{
    /// <summary>The day the article speaks on; without a year where only a dateline gives it.</summary>
    internal CalendarDate Today;
    /// <summary>First and last day of the event date that holds.</summary>
    internal CalendarDate EventStart, EventEnd;
    /// <summary>The last day or days named in the same paragraph, background included.</summary>
    internal CalendarDate NearStart, NearEnd;
    /// <summary>First and last day of the last stretch of several days, background and plans included.</summary>
    internal CalendarDate StretchStart, StretchEnd;
    /// <summary>First and last day of the month that the headline names.</summary>
    internal CalendarDate MonthStart, MonthEnd;
    /// <summary>The last day or days named in the running text without a year, whatever they were named for.</summary>
    internal CalendarDate ToldStart, ToldEnd;
    /// <summary>The year of the last date that had one, 0 for none.</summary>
    internal int Year;
    /// <summary>A year other than today's that a date in the same sentence gave, with its month (0 if none).</summary>
    internal int SentenceYear, SentenceMonth;
    /// <summary>A year that the running text itself gives its event days, 0 for none.</summary>
    internal int StoryYear;

    /// <summary>First day of the days in force for <c>当天</c>.</summary>
    internal readonly CalendarDate ForceStart => NearStart.HasValue ? NearStart : EventStart;

    /// <summary>Last day of the days in force.</summary>
    internal readonly CalendarDate ForceEnd => NearStart.HasValue ? NearEnd : EventEnd;
}
