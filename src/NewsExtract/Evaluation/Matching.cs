using System.Text;

namespace NewsExtract.Evaluation;

/// <summary>
/// When two values count as the same. Every rule first brings both to one surface (<see cref="Normalize"/>); lengths are
/// in code points.
/// </summary>
public static class Matching
{
    // A bare 北京 and 北京市 are one place; so with every unit that a name may leave out.
    private const string Units = "省市县区旗镇乡";

    /// <summary>
    /// The surface that values are compared on: form KC (full-width digits and letters become plain), every middle dot
    /// as <c>·</c>, no white space, none of <c>《》“”"'「」</c>. Null stays null.
    /// </summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(value))]
    public static string? Normalize(string? value)
    {
        if (value is null) return null;
        string form = CompatibilityForm.Instance.Of(value);
        var builder = new StringBuilder(form.Length);
        foreach (char c in form)
        {
            if (c is '•' or '・' or '‧' or '∙') builder.Append('·');
            else if (!IsIgnored(c)) builder.Append(c);
        }
        return builder.ToString();
    }

    /// <summary>Exact: the same after <see cref="Normalize"/>, or both null.</summary>
    public static bool Same(string? a, string? b) => Normalize(a) == Normalize(b);

    /// <summary>
    /// Chain: the same place or organisation, one perhaps with fewer parents, each of two characters or more:
    /// <c>东莞市虎门镇</c> and <c>虎门镇</c>.
    /// </summary>
    public static bool SameEnding(string? a, string? b)
    {
        if (a is null || b is null) return a is null && b is null;
        string x = Normalize(a), y = Normalize(b);
        return x == y || (Length(x) >= 2 && Length(y) >= 2
            && (x.EndsWith(y, StringComparison.Ordinal) || y.EndsWith(x, StringComparison.Ordinal)));
    }

    /// <summary>
    /// Place: the chain rule; or the shorter with a unit behind it (<c>北京</c>, <c>北京市</c>); or the same last two characters
    /// and the shorter's characters in order within the longer (<c>广东虎门镇</c>, <c>广东省东莞市虎门镇</c>).
    /// </summary>
    public static bool SamePlace(string? a, string? b)
    {
        if (a is null || b is null) return a is null && b is null;
        string x = Normalize(a), y = Normalize(b);
        if (SameEnding(x, y)) return true;
        (string shorter, string longer) = Length(x) <= Length(y) ? (x, y) : (y, x);
        if (Length(shorter) >= 2)
        {
            foreach (char unit in Units)
                if (SameEnding(shorter + unit, longer)) return true;
        }
        return LastTwo(shorter) == LastTwo(longer) && IsSubsequence(shorter, longer);
    }

    /// <summary>Phrase: the same, or one holds the other and is longer by at most a third (the shorter covers 75 %).</summary>
    public static bool SamePhrase(string? a, string? b)
    {
        string? x = Normalize(a), y = Normalize(b);
        if (x == y) return true;
        if (string.IsNullOrEmpty(x) || string.IsNullOrEmpty(y)) return false;
        (string shorter, string longer) = Length(x) <= Length(y) ? (x, y) : (y, x);
        return longer.Contains(shorter, StringComparison.Ordinal) && Length(shorter) / (double)Length(longer) >= 0.75;
    }

    /// <summary>Whether <see cref="Normalize"/> leaves the character out.</summary>
    internal static bool IsIgnored(char c) =>
        char.IsWhiteSpace(c) || c is (>= '\u001C' and <= '\u001F') or '《' or '》' or '“' or '”' or '"' or '\'' or '「' or '」';

    private static int Length(string text)
    {
        int pairs = 0;
        for (int i = 1; i < text.Length; i++)
            if (char.IsSurrogatePair(text[i - 1], text[i])) pairs++;
        return text.Length - pairs;
    }

    private static string LastTwo(string text)
    {
        int at = text.Length;
        for (int taken = 0; taken < 2 && at > 0; taken++)
            at -= at >= 2 && char.IsSurrogatePair(text[at - 2], text[at - 1]) ? 2 : 1;
        return text[at..];
    }

    private static bool IsSubsequence(string shorter, string longer)
    {
        StringRuneEnumerator rest = longer.EnumerateRunes().GetEnumerator();
        foreach (Rune wanted in shorter.EnumerateRunes())
        {
            bool found = false;
            while (!found && rest.MoveNext()) found = rest.Current == wanted;
            if (!found) return false;
        }
        return true;
    }
}
