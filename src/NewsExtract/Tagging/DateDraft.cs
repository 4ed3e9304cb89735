using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>A date expression while it is being read.</summary>
internal struct DateDraft
{
    internal DatePart Year, Month, Week, Day;
    internal DatePart LastYear, LastMonth, LastDay;
    internal DateSection Section, LastSection;
    internal byte SectionNumber;
    /// <summary>Whether the unit itself names two ends: <c>21-23日</c>, <c>3至5月</c>.</summary>
    internal bool IsList;
    internal bool IsVague;
    /// <summary>Whether a number of the finest unit is written in Chinese characters.</summary>
    internal bool IsHan;
    /// <summary>Whether it is a day of the month without a month.</summary>
    internal readonly bool IsBareDay => Day.Base == DateBase.Number && !Month.IsGiven && !Year.IsGiven;
    /// <summary>Whether nothing finer than a year is given.</summary>
    internal readonly bool IsYearOnly => Year.IsGiven && !Month.IsGiven && !Day.IsGiven && Section == DateSection.Whole && !IsVague;
    /// <summary>Whether it goes down to days that are numbers.</summary>
    internal readonly bool IsNumberedDay => Day.Base == DateBase.Number;

    internal readonly DatePoint First => new() { Year = Year, Month = Month, Week = Week, Day = Day, Section = Section, SectionNumber = SectionNumber };

    internal readonly DatePoint Last => !IsList ? First : new DatePoint
    {
        Year = LastYear.IsGiven ? LastYear : Year,
        Month = LastMonth.IsGiven ? LastMonth : Month,
        Day = LastDay.IsGiven ? LastDay : Day,
        Section = LastSection,
    };
}
