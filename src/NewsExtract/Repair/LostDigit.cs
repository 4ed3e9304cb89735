namespace NewsExtract.Repair;

/// <summary>
/// A digit that was lost together with half a character and left a question mark: told from the year that it must have begun,
/// or from where the page has the rest of the number and what follows it in full. Example: <c>?007年</c> was <c>2007年</c>, and
/// <c>?月20日</c> was <c>9月20日</c> where the page has <c>9月20日</c> elsewhere and no other month with that day.
/// </summary>
internal static class LostDigit
{
    private const int LongestEvidence = 6, ShortestEvidence = 3; // UTF-16 units behind the digit that must be alike

    /// <summary>The likeliest digit in front of an offset: one that the page proves, or one that suits the dates near it; or a question mark.</summary>
    public static char Find(ReadOnlySpan<char> text, int at)
    {
        char proved = Prove(text, at);
        return proved != ShiftSearch.LostDigit ? proved : Guess(text, at);
    }

    /// <summary>The digit in front of an offset that the year or the rest of the page proves, or a question mark.</summary>
    public static char Prove(ReadOnlySpan<char> text, int at)
    {
        int digits = Digits(text, at);
        if (digits == 3 && at + 3 < text.Length && text[at + 3] is '年' or '-' or '/' or '.')
        {
            if (text[at] == '9') return '1';
            if (text[at] == '0') return '2';
        }
        // 11月16日 in an article of November.
        if (digits == 1 && at + 1 < text.Length && text[at + 1] == '月' && text[at] is >= '0' and <= '2')
        {
            int rest = text[at] - '0';
            if (rest == 0 || (Nearest(text, at, month => month == 10 + rest) != 0 && Nearest(text, at, month => month == rest) == 0)) return '1';
        }
        for (int length = LongestEvidence; length >= ShortestEvidence; length--)
        {
            if (at + length > text.Length || length <= digits) continue;
            ReadOnlySpan<char> rest = text.Slice(at, length);
            if (!rest.ContainsAnyInRange('0', '9') && length < LongestEvidence) continue;
            if (rest.Contains('?')) continue;
            char found = Elsewhere(text, rest, at);
            if (found != 0) return found;
        }
        return ShiftSearch.LostDigit;
    }

    /// <summary>Whether a whole year starts at an offset, so that no digit can have stood in front of it: <c>2019-08-13</c>.</summary>
    public static bool IsYear(ReadOnlySpan<char> text, int at) =>
        at + 4 < text.Length && text[at] is '1' or '2' && Digits(text, at) == 4 && text[at + 4] is '年' or '-' or '/' or '.';

    /// <summary>The month of the date before, where it has one digit; the day nearest to that of the date before.</summary>
    private static char Guess(ReadOnlySpan<char> text, int at)
    {
        int digits = Digits(text, at);
        char unit = at + digits < text.Length ? text[at + digits] : '\0';
        if (digits == 0 && unit == '月') return Nearest(text, at, static month => month < 10) is > 0 and int month ? (char)('0' + month) : ShiftSearch.LostDigit;
        if (digits != 1) return ShiftSearch.LostDigit;
        if (unit == '月') return text[at] <= '2' ? '1' : ShiftSearch.LostDigit;
        int day = unit == '日' ? DayBefore(text, at) : 0, rest = text[at] - '0';
        if (day == 0) return ShiftSearch.LostDigit;
        int tens = day <= 15 + rest ? 1 : day <= 25 + rest || rest > 1 ? 2 : 3;
        return (char)('0' + tens);
    }

    private static int Digits(ReadOnlySpan<char> text, int at)
    {
        int digits = 0;
        while (at + digits < text.Length && char.IsAsciiDigit(text[at + digits])) digits++;
        return digits;
    }

    /// <summary>The month that is named nearest in front of an offset, otherwise nearest behind it, of those that a condition admits; 0 where there is none.</summary>
    private static int Nearest(ReadOnlySpan<char> text, int at, Predicate<int> admits)
    {
        for (int i = at - 2; i > 0; i--)
            if (Month(text, i) is > 0 and int month && admits(month)) return month;
        for (int i = at + 2; i < text.Length; i++)
            if (Month(text, i) is > 0 and int month && admits(month)) return month;
        return 0;
    }

    /// <summary>The month whose number ends in front of an offset: <c>11月</c>, <c>2021-11-</c>. 0 where there is none.</summary>
    private static int Month(ReadOnlySpan<char> text, int end)
    {
        if (text[end] is not ('月' or '-' or '/' or '.')) return 0;
        int number = Number(text, end, out int start);
        if (text[end] != '月' && !(start > 4 && text[start - 1] == text[end] && char.IsAsciiDigit(text[start - 2]) && char.IsAsciiDigit(text[start - 5]))) return 0;
        return number is >= 1 and <= 12 ? number : 0;
    }

    private static int DayBefore(ReadOnlySpan<char> text, int at)
    {
        for (int i = at - 2; i > 0; i--)
        {
            int day = text[i] == '日' ? Number(text, i, out _)
                : char.IsAsciiDigit(text[i]) && !char.IsAsciiDigit(text[i + 1]) && Number(text, i + 1, out int start) is > 0 and int number && start > 0 && text[start - 1] is '-' or '/' && Month(text, start - 1) > 0 ? number : 0;
            if (day is >= 1 and <= 31) return day;
        }
        return 0;
    }

    /// <summary>The number of one or two digits that ends in front of an offset, or 0.</summary>
    private static int Number(ReadOnlySpan<char> text, int end, out int start)
    {
        start = end;
        while (start > 0 && end - start < 3 && char.IsAsciiDigit(text[start - 1])) start--;
        return end - start is 1 or 2 && int.TryParse(text[start..end], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) ? number : 0;
    }

    /// <summary>The one digit that stands before the other places of a stretch, alone; NUL where there is none or several.</summary>
    private static char Elsewhere(ReadOnlySpan<char> text, ReadOnlySpan<char> rest, int at)
    {
        char found = '\0';
        for (int from = 1; from < text.Length;)
        {
            int next = text[from..].IndexOf(rest);
            if (next < 0) break;
            next += from;
            from = next + 1;
            if (next == at) continue;
            char digit = text[next - 1];
            if (!char.IsAsciiDigit(digit)) continue;
            if (next > 1 && char.IsAsciiDigit(text[next - 2])) continue;
            if (found != 0 && found != digit) return '\0';
            found = digit;
        }
        return found;
    }
}
