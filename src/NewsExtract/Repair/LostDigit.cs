namespace NewsExtract.Repair;

/// <summary>
/// A digit that was lost together with half a character and left a question mark: told from the year that it must have begun,
/// or from where the page has the rest of the number and what follows it in full. Example: <c>?007年</c> was <c>2007年</c>, and
/// <c>?月20日</c> was <c>9月20日</c> where the page has <c>9月20日</c> elsewhere and no other month with that day.
/// </summary>
internal static class LostDigit
{
    private const int LongestEvidence = 6, ShortestEvidence = 3; // UTF-16 units behind the digit that must be alike

    /// <summary>The digit in front of an offset, or a question mark.</summary>
    public static char Find(ReadOnlySpan<char> text, int at)
    {
        int digits = 0;
        while (at + digits < text.Length && char.IsAsciiDigit(text[at + digits])) digits++;
        if (digits == 3 && at + 3 < text.Length && text[at + 3] is '年' or '-' or '/' or '.')
        {
            if (text[at] == '9') return '1';
            if (text[at] == '0') return '2';
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
