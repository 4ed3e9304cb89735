namespace NewsExtract.Text;

/// <summary>What a part of a date is counted from.</summary>
public enum DateBase : byte
{
    /// <summary>The part is not expressed.</summary>
    None,
    /// <summary>The part is a number of the calendar: <c>5</c>月.</summary>
    Number,
    /// <summary>The part is an offset from the day the article speaks on: <c>今年</c> 0, <c>上月</c> -1, <c>明天</c> 1.</summary>
    Today,
    /// <summary>The part is an offset from the day in force in the text: <c>同年</c> 0, <c>次日</c> 1.</summary>
    InForce,
}

/// <summary>One part of a date point.</summary>
/// <param name="Base">What the value is counted from.</param>
/// <param name="Value">A number of the calendar or an offset.</param>
public readonly record struct DatePart(DateBase Base, short Value)
{
    /// <summary>A number of the calendar.</summary>
    public static DatePart Number(int value) => new(DateBase.Number, (short)value);

    /// <summary>Whether the part is expressed.</summary>
    public bool IsGiven => Base != DateBase.None;
}

/// <summary>A stretch inside the finest calendar unit that is expressed.</summary>
public enum DateSection : byte
{
    /// <summary>The whole unit.</summary>
    Whole,
    /// <summary><c>上旬</c>, <c>月初</c>: the 1st to the 10th; of a year, January.</summary>
    Beginning,
    /// <summary><c>中旬</c>, <c>月中</c>: the 11th to the 20th; of a year, June.</summary>
    Middle,
    /// <summary><c>下旬</c>: the 21st to the last; of a year, December.</summary>
    End,
    /// <summary><c>月底</c>: the last day of a month.</summary>
    LastDay,
    /// <summary><c>上半年</c>.</summary>
    FirstHalf,
    /// <summary><c>下半年</c>.</summary>
    SecondHalf,
    /// <summary>The n-th quarter of a year.</summary>
    Quarter,
    /// <summary>The first n quarters.</summary>
    FirstQuarters,
    /// <summary>The first n months: <c>前5个月</c>.</summary>
    FirstMonths,
    /// <summary>The n-th weekday of a week, Monday 1; 6 and 7 together are <see cref="Weekend"/>.</summary>
    Weekday,
    /// <summary>The n-th weekday alone (<c>周三</c>): the last one before today, or the next one of what is to come.</summary>
    NearWeekday,
    /// <summary>Saturday and Sunday.</summary>
    Weekend,
}

/// <summary>A point or unit of time as the text writes it, before it is bound to the calendar.</summary>
public readonly record struct DatePoint
{
    /// <summary>The year.</summary>
    public DatePart Year { get; init; }
    /// <summary>The month.</summary>
    public DatePart Month { get; init; }
    /// <summary>The week, always as an offset.</summary>
    public DatePart Week { get; init; }
    /// <summary>The day of the month, or an offset in days.</summary>
    public DatePart Day { get; init; }
    /// <summary>A part of the finest unit given.</summary>
    public DateSection Section { get; init; }
    /// <summary>The number that the section needs, else 0.</summary>
    public byte SectionNumber { get; init; }
}

/// <summary>Whether an expression names a time or limits it.</summary>
public enum DateBound : byte
{
    /// <summary>It names a time.</summary>
    None,
    /// <summary>Up to and including it: <c>6月底前</c>.</summary>
    Until,
    /// <summary>From it on: <c>5月1日以后</c>.</summary>
    From,
}

/// <summary>A date expression as found in the text: what it says, not yet which days it means.</summary>
/// <param name="Span">Where it stands in the repaired text.</param>
/// <param name="First">The time, or the beginning of a range.</param>
/// <param name="Last">The end of a range; equal to <paramref name="First"/> where there is none.</param>
/// <param name="IsRange">Whether <paramref name="Last"/> is written.</param>
/// <param name="Bound">Whether it limits.</param>
/// <param name="IsVague">A season, feast or word like <c>近日</c>: no day can be told.</param>
public readonly record struct DateExpression(TextSpan Span, DatePoint First, DatePoint Last, bool IsRange, DateBound Bound, bool IsVague);
