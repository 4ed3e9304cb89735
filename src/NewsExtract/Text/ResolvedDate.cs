namespace NewsExtract.Text;

/// <summary>How finely a date expression fixes its time.</summary>
public enum DatePrecision : byte
{
    /// <summary>No day is known: <c>近日</c>, <c>今年春天</c>.</summary>
    Unknown,
    /// <summary>One day.</summary>
    Day,
    /// <summary>From one day to another, or open at one side.</summary>
    Range,
    /// <summary>One month.</summary>
    Month,
    /// <summary>One year.</summary>
    Year,
}

/// <summary>What a date expression does in the text.</summary>
public enum DateUse : byte
{
    /// <summary>Says when something happened or will happen.</summary>
    Event,
    /// <summary>A stamp in header, dateline or imprint.</summary>
    Stamp,
    /// <summary>A limit: <c>6月底前</c>, <c>以后</c>.</summary>
    Limit,
    /// <summary>Background: an earlier or later time that the story does not play in (<c>自2016年</c>, <c>去年10月</c>, <c>将于27日</c>).</summary>
    Background,
}

/// <summary>A date expression with the days it means.</summary>
/// <param name="Span">Where it stands in the repaired text.</param>
/// <param name="Start">First day, or none.</param>
/// <param name="End">Last day, inclusive, or none.</param>
/// <param name="Precision">How finely it is fixed.</param>
/// <param name="Use">What it does in the text.</param>
public readonly record struct ResolvedDate(TextSpan Span, CalendarDate Start, CalendarDate End, DatePrecision Precision, DateUse Use)
{
    /// <summary>Whether both ends are the same known day.</summary>
    public bool IsDay => Precision == DatePrecision.Day && Start.HasValue;
}
