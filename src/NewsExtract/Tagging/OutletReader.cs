using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>Finds the outlet in a header line: the value of <c>来源：</c>, else an item that ends like a newspaper's or site's name.</summary>
internal static class OutletReader
{
    private const int Longest = 24;
    private static readonly TermSet Labels = TermSet.Of(TermClass.MetaLabel);
    private static readonly TermSet Outlets = TermSet.Of(TermClass.OutletSuffix);

    internal static bool TryRead(ReadOnlySpan<char> text, TermIndex terms, TextSpan line, out TextSpan outlet)
    {
        outlet = default;
        for (int at = line.Start; at < line.End; at++)
        {
            if (!terms.TryStart(at, Labels, out LexiconHit hit) || !text[hit.Start..hit.End].EndsWith("源")) continue;
            int value = hit.End;
            while (value < line.End && text[value] is '：' or ':' or ' ' or '\u3000') value++;
            int end = ItemEnd(text, terms, value, line.End);
            if (end - value is > 1 and <= Longest)
            {
                outlet = new TextSpan(value, end);
                return true;
            }
        }
        for (int at = line.Start; at < line.End;)
        {
            int item = PageLine.SkipOpening(text, at, line.End);
            if (item < line.End && text[item] == '《') item++;
            int end = ItemEnd(text, terms, item, line.End);
            if (end - item is > 2 and <= Longest && terms.TryEnd(end, Outlets, out LexiconHit hit) && hit.Start >= item)
            {
                outlet = new TextSpan(item, end);
                return true;
            }
            at = Math.Max(end, item) + 1;
        }
        return false;
    }

    private static int ItemEnd(ReadOnlySpan<char> text, TermIndex terms, int at, int end)
    {
        int start = at;
        while (at < end && text[at] is not (' ' or '\u3000' or '|' or '｜' or '丨' or '】' or ']' or '）' or ')' or '>' or '》') && !char.IsAsciiDigit(text[at]))
        {
            // 来源：衢州学院发布时间：…: the next label may follow without a space.
            if (at > start && terms.TryStart(at, Labels, out LexiconHit hit) && hit.Length > 1 && hit.End < end && text[hit.End] is '：' or ':') break;
            at++;
        }
        return at;
    }
}
