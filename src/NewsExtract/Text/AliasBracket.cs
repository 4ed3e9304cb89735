namespace NewsExtract.Text;

/// <summary>The bracket that gives a name its short form: <c>浙江新能源科技股份有限公司（以下简称“浙新能”）</c>.</summary>
public static class AliasBracket
{
    private const int LongestLead = 6, LongestAlias = 12;
    private const string Word = "简称", Quotes = "“”\"「」『』‘’：:为";

    /// <summary>Reads the bracket that begins at <paramref name="at"/>, right behind a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">UTF-16 offset of the bracket.</param>
    /// <param name="alias">The short form without quotation marks.</param>
    /// <param name="end">Behind the closing bracket.</param>
    public static bool TryRead(ReadOnlySpan<char> text, int at, out TextSpan alias, out int end)
    {
        (alias, end) = (default, at);
        if (at >= text.Length || text[at] is not ('（' or '(')) return false;
        ReadOnlySpan<char> inside = text[(at + 1)..];
        int close = inside.IndexOfAny('）', ')'), word = inside.IndexOf(Word, StringComparison.Ordinal);
        if (close < 0 || word < 0 || word > LongestLead || word > close) return false;
        int start = at + 1 + word + Word.Length, stop = at + 1 + close;
        while (start < stop && Quotes.Contains(text[start])) start++;
        while (stop > start && Quotes.Contains(text[stop - 1])) stop--;
        if (stop - start is < 2 or > LongestAlias || text[start..stop].ContainsAny("，。；、")) return false;
        (alias, end) = (new TextSpan(start, stop), at + close + 2);
        return true;
    }
}
