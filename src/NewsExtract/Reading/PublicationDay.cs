namespace NewsExtract.Reading;

/// <summary>The day in a field or header that says when an article was published.</summary>
internal static class PublicationDay
{
    /// <summary>The first full date of <paramref name="text"/> (<c>2021-04-08</c>, <c>2021/4/8</c>, <c>2021年4月8日</c>, <c>20210408</c>), or null.</summary>
    public static DateOnly? Parse(ReadOnlySpan<char> text)
    {
        for (int at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at])) continue;
            int digits = Digits(text[at..]);
            if (digits == 8 && Day(text.Slice(at, 4), text.Slice(at + 4, 2), text.Slice(at + 6, 2)) is { } compact) return compact;
            if (digits == 4 && AfterYear(text, at) is { } day) return day;
            at += digits;
        }
        return null;
    }

    private static DateOnly? AfterYear(ReadOnlySpan<char> text, int at)
    {
        int month = at + 4;
        while (month < text.Length && text[month] == ' ') month++;
        if (month >= text.Length || text[month] is not ('-' or '/' or '.' or '年')) return null;
        month++;
        while (month < text.Length && text[month] == ' ') month++;
        int monthLength = month < text.Length ? Digits(text[month..]) : 0;
        if (monthLength is < 1 or > 2) return null;
        int day = month + monthLength;
        while (day < text.Length && text[day] == ' ') day++;
        if (day >= text.Length || text[day] is not ('-' or '/' or '.' or '月')) return null;
        day++;
        while (day < text.Length && text[day] == ' ') day++;
        int dayLength = day < text.Length ? Digits(text[day..]) : 0;
        if (dayLength is < 1 or > 2) return null;
        return Day(text.Slice(at, 4), text.Slice(month, monthLength), text.Slice(day, dayLength));
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count])) count++;
        return count;
    }

    private static DateOnly? Day(ReadOnlySpan<char> year, ReadOnlySpan<char> month, ReadOnlySpan<char> day)
    {
        int y = int.Parse(year), m = int.Parse(month), d = int.Parse(day);
        return y is < 1900 or > 2100 || m is < 1 or > 12 || d < 1 || d > DateTime.DaysInMonth(y, m) ? null : new DateOnly(y, m, d);
    }
}
