namespace NewsExtract.Text;

/// <summary>
/// A day, or a day whose year is not known. A value type of six bytes; the default value is
/// <see cref="None"/>, "not given". Invariant: month and day are both 0 (none) or a day that exists in the year;
/// without a year, 29 February is allowed.
/// </summary>
public readonly record struct CalendarDate : IComparable<CalendarDate>
{
    private readonly short _year;
    private readonly byte _month;
    private readonly byte _day;

    private CalendarDate(int year, int month, int day) => (_year, _month, _day) = ((short)year, (byte)month, (byte)day);

    /// <summary>No date.</summary>
    public static CalendarDate None => default;

    /// <summary>1 to 9999, or 0 where the year is not known.</summary>
    public int Year => _year;

    /// <summary>1 to 12, or 0 for <see cref="None"/>.</summary>
    public int Month => _month;

    /// <summary>1 to 31, or 0 for <see cref="None"/>.</summary>
    public int Day => _day;

    /// <summary>Whether a day is given, with or without its year.</summary>
    public bool HasValue => _month != 0;

    /// <summary>Whether the year is known too.</summary>
    public bool IsFull => _year != 0;

    /// <summary>A date from its parts; year 0 for an unknown year. False where there is no such day.</summary>
    public static bool TryCreate(int year, int month, int day, out CalendarDate date)
    {
        date = default;
        if (year is < 0 or > 9999 || month is < 1 or > 12 || day < 1 || day > LastDay(year, month)) return false;
        date = new CalendarDate(year, month, day);
        return true;
    }

    /// <summary>A date from its parts; year 0 for an unknown year.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such day.</exception>
    public static CalendarDate Create(int year, int month, int day) =>
        TryCreate(year, month, day, out CalendarDate date) ? date
            : throw new ArgumentOutOfRangeException(nameof(day), $"There is no day {year}-{month}-{day}.");

    /// <summary>The same day as a full date.</summary>
    public static CalendarDate From(DateOnly day) => new(day.Year, day.Month, day.Day);

    /// <summary>The number of days of a month; February of an unknown year has 29.</summary>
    public static int LastDay(int year, int month) => year == 0 ? (month == 2 ? 29 : DateTime.DaysInMonth(2023, month)) : DateTime.DaysInMonth(year, month);

    /// <summary>The same day in the calendar's own type.</summary>
    /// <exception cref="InvalidOperationException">The date is not full.</exception>
    public DateOnly ToDateOnly() => IsFull ? new DateOnly(_year, _month, _day) : throw new InvalidOperationException("The date has no year.");

    /// <summary>
    /// The day <paramref name="days"/> later. Without a year, across a month's end in a common year;
    /// <see cref="None"/> stays none.
    /// </summary>
    public CalendarDate AddDays(int days)
    {
        if (!HasValue) return this;
        DateOnly moved = new DateOnly(IsFull ? _year : _day == 29 && _month == 2 ? 2024 : 2023, _month, _day).AddDays(days);
        return new CalendarDate(IsFull ? moved.Year : 0, moved.Month, moved.Day);
    }

    /// <summary>
    /// About how many days later the other day comes, every month counted as 31 days, so that it never says 0 of two days that differ;
    /// negative where it comes earlier. Two days without a year are compared as of one year.
    /// </summary>
    public int RoughDaysUntil(CalendarDate other) => ((other._year - _year) * 12 + other._month - _month) * 31 + other._day - _day;

    /// <summary>By year, month and day; an unknown year comes before all known ones.</summary>
    public int CompareTo(CalendarDate other) => ((_year * 16 + _month) * 32 + _day).CompareTo((other._year * 16 + other._month) * 32 + other._day);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(CalendarDate left, CalendarDate right) => left.CompareTo(right) < 0;
    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(CalendarDate left, CalendarDate right) => left.CompareTo(right) > 0;
    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(CalendarDate left, CalendarDate right) => left.CompareTo(right) <= 0;
    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(CalendarDate left, CalendarDate right) => left.CompareTo(right) >= 0;

    /// <summary><c>2021-04-08</c>, <c>--04-08</c>, or null for none.</summary>
    public string? ToIso() => !HasValue ? null : string.Create(IsFull ? 10 : 7, this, static (text, date) =>
    {
        int at = text.Length - 5;
        if (date.IsFull)
        {
            Digits(text, date._year / 100);
            Digits(text[2..], date._year % 100);
        }
        else text[0] = '-';
        text[at - 1] = text[at + 2] = '-';
        Digits(text[at..], date._month);
        Digits(text[(at + 3)..], date._day);
    });

    private static void Digits(Span<char> text, int number)
    {
        text[0] = (char)('0' + (number / 10));
        text[1] = (char)('0' + (number % 10));
    }

    /// <inheritdoc/>
    public override string ToString() => ToIso() ?? "none";
}
