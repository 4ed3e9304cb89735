using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Reads the all-digit forms of dates: <c>2021-05-31</c>, <c>2015/4/28</c>, <c>2019.6.21</c>; where the surroundings
/// leave no doubt also <c>17-05-25</c>, <c>20210531</c> and <c>05-31</c>.
/// </summary>
internal static class DateStamp
{
    /// <summary>Digits of a day that counts its years from the Republic's first without separators.</summary>
    internal const int RepublicLength = 7;

    /// <summary>
    /// Reads a stamp that starts at <paramref name="at"/> and moves behind it. <paramref name="isMeta"/>: whether it stands in a
    /// header or imprint, where short forms count. The year is 0 for <c>05-31</c>.
    /// </summary>
    internal static bool TryRead(ReadOnlySpan<char> text, ref int at, bool isMeta, out CalendarDate date)
    {
        date = default;
        if (at > 0 && (char.IsAsciiDigit(text[at - 1]) || IsSeparator(text[at - 1]))) return false;
        int p = at;
        int digits = Digits(text, p, out int first);
        if (digits == 8 && isMeta) return TryCompact(text, ref at, out date);
        if (digits == RepublicLength && at > 0 && text[at - 1] is '）' or ' ' or '\u3000' && text[(p + digits)..].TrimEnd("） ").IsEmpty) return TryCompactRepublic(text, ref at, out date);
        if (digits is not (4 or 2 or 1) && !(digits == 3 && isMeta)) return false;
        p += digits;
        if (p >= text.Length || !IsSeparator(text[p])) return false;
        char separator = text[p++];
        int digits2 = Digits(text, p, out int second);
        if (digits2 is not (1 or 2)) return false;
        p += digits2;
        if (digits <= 2 && !(p < text.Length && text[p] == separator))
        {
            // 05-31 17:22
            if (!isMeta || separator != '-' || digits != 2 || digits2 != 2 || !IsClock(text, p)) return false;
            at = p;
            return CalendarDate.TryCreate(0, first, second, out date);
        }
        if (p >= text.Length || text[p] != separator) return false;
        p++;
        int digits3 = Digits(text, p, out int third);
        if (isMeta && digits <= 2 && digits3 == 4 && third is >= 1980 and <= 2100)
        {
            // 11-14-2013: month and day first, as some systems print it.
            at = p + 4;
            return CalendarDate.TryCreate(third, first, second, out date);
        }
        if (digits3 is not (1 or 2)) return false;
        p += digits3;
        if (p < text.Length && text[p] == separator && p + 1 < text.Length && char.IsAsciiDigit(text[p + 1])) return false;
        int year = first;
        if (digits == 2)
        {
            if (digits3 != 2 || !(isMeta || IsClock(text, p))) return false;
            year = first >= 80 ? 1900 + first : 2000 + first;
        }
        else if (digits == 3)
        {
            // 113/05/24 counts from the Republic's first year.
            if (first is < 80 or > 150) return false;
            year = first + 1911;
        }
        else if (digits != 4) return false;
        if (year is < 1900 or > 2100 || !CalendarDate.TryCreate(year, second, third, out date)) return false;
        at = p;
        return true;
    }

    /// <summary>
    /// Reads a whole written day at <paramref name="at"/> (<c>2015年09月25日</c>, <c>二〇一四年四月十七日</c>, <c>8月6日　2018</c>; <c>民國98年11月17日</c> and
    /// <c>107年10月26日</c>, which count from the Republic's first year; <c>08年11月14日</c>) or a stamp with its year, and moves behind it.
    /// </summary>
    internal static bool TryReadFull(ReadOnlySpan<char> text, ref int at, out CalendarDate date)
    {
        int p = at;
        if (TryRead(text, ref p, true, out date) && date.IsFull)
        {
            at = p;
            return true;
        }
        date = default;
        p = at;
        if (p > 0 && char.IsAsciiDigit(text[p - 1])) return false;
        bool republic = p + 2 < text.Length && text[p] == '民' && text[p + 1] is '国' or '國';
        if (republic) p += 2;
        int digits = Digits(text, p, out _);
        if (!TryUnit(text, ref p, '年', out int year))
        {
            if (!TryUnit(text, ref p, '月', out int leading) || !TryUnit(text, ref p, '日', out int first)) return false;
            while (p < text.Length && text[p] is ' ' or '\u3000') p++;
            if (Digits(text, p, out year) != 4 || year is < 1980 or > 2100 || (p + 4 < text.Length && text[p + 4] == '年')) return false;
            at = p + 4;
            return CalendarDate.TryCreate(year, leading, first, out date);
        }
        if (republic || digits == 3 && year is > 80 and < 150) year += 1911;
        else if (digits == 2) year += year >= 80 ? 1900 : 2000;
        if (year is < 1900 or > 2100 || !TryUnit(text, ref p, '月', out int month) || !TryUnit(text, ref p, '日', out int day)) return false;
        if (!CalendarDate.TryCreate(year, month, day, out date)) return false;
        at = p;
        return true;
    }

    private static bool TryUnit(ReadOnlySpan<char> text, ref int at, char unit, out int value)
    {
        value = 0;
        int p = at;
        if (p < text.Length && text[p] == ' ') p++;
        if (!Numeral.TryRead(text, p, out Numeral number)) return false;
        p += number.Length;
        if (p < text.Length && text[p] == ' ') p++;
        if (p >= text.Length || text[p] != unit) return false;
        value = number.Value;
        at = p + 1;
        return true;
    }

    /// <summary>Whether a time of day starts at <paramref name="at"/> (<c>17:22</c>, <c>9:33:41</c>); moves behind it.</summary>
    internal static bool TrySkipClock(ReadOnlySpan<char> text, ref int at)
    {
        int digits = Digits(text, at, out int hour), p = at + digits;
        if (digits is not (1 or 2) || hour > 24 || p >= text.Length || text[p] is not (':' or '：')) return false;
        if (Digits(text, p + 1, out _) != 2) return false;
        p += 3;
        if (p < text.Length && text[p] is ':' or '：' && Digits(text, p + 1, out _) == 2) p += 3;
        at = p;
        return true;
    }

    // 20210531
    private static bool TryCompact(ReadOnlySpan<char> text, ref int at, out CalendarDate date)
    {
        date = default;
        Digits(text, at, out int all);
        if (all / 10_000 is < 1980 or > 2100 || !CalendarDate.TryCreate(all / 10_000, all / 100 % 100, all % 100, out date)) return false;
        at += 8;
        return true;
    }

    // 1030916 behind the editor's name, as Taiwan's news agency ends its reports.
    private static bool TryCompactRepublic(ReadOnlySpan<char> text, ref int at, out CalendarDate date)
    {
        date = default;
        Digits(text, at, out int all);
        if (all / 10_000 is < 80 or > 150 || !CalendarDate.TryCreate((all / 10_000) + 1911, all / 100 % 100, all % 100, out date)) return false;
        at += RepublicLength;
        return true;
    }

    private static bool IsSeparator(char c) => c is '-' or '/' or '.' or '－' or '·' or '．';

    private static int Digits(ReadOnlySpan<char> text, int at, out int value)
    {
        value = 0;
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start < 9) value = value * 10 + (text[at++] - '0');
        return at - start;
    }

    /// <summary>Whether a time of day follows: <c> 17:22</c>.</summary>
    private static bool IsClock(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length || text[at] is not (' ' or '\u3000' or 'T')) return false;
        while (at < text.Length && text[at] is ' ' or '\u3000' or 'T') at++;
        int digits = Digits(text, at, out int hour);
        at += digits;
        return digits is 1 or 2 && hour < 25 && at + 2 < text.Length && text[at] is ':' or '：' && Digits(text, at + 1, out _) == 2;
    }
}
