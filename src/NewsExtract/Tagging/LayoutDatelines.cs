using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>Reads datelines: <c>新华社北京4月3日电</c>, <c>本报沧州讯</c>, <c>【大丰】</c>, <c>又讯</c>.</summary>
internal static class LayoutDatelines
{
    /// <summary>A dateline's 讯 or 电 stands within so many characters.</summary>
    private const int Longest = 30;

    private static readonly TermSet Outlets = TermSet.Of(TermClass.OutletSuffix);

    /// <summary>Reads a dateline at the beginning of the paragraph [start, end).</summary>
    internal static bool TryRead(ReadOnlySpan<char> text, TermIndex terms, int start, int end, int paragraph, out Dateline dateline)
    {
        dateline = default;
        int at = start;
        bool isBracketed = text[at] is '【' or '[' or '（' or '●' or '■' or '◆';
        if (isBracketed) at++;
        if (TryFiled(text, terms, at, end, isBracketed, out int mark, out TextSpan place))
        {
            dateline = new Dateline(new TextSpan(at, mark + 1), place, paragraph);
            return true;
        }
        if (text[start] != '【') return false;
        int close = text[start..Math.Min(end, start + 12)].IndexOf('】');
        if (close is < 3 or > 9 || start + close + 1 >= end) return false;
        var inner = new TextSpan(start + 1, start + close);
        dateline = new Dateline(new TextSpan(start, start + close + 1), inner, paragraph);
        return true;
    }

    private static bool TryFiled(ReadOnlySpan<char> text, TermIndex terms, int start, int end, bool isBracketed, out int mark, out TextSpan place)
    {
        place = new TextSpan(start, start);
        mark = -1;
        int limit = Math.Min(end, start + Longest);
        for (int i = start; i < limit && mark < 0; i++)
        {
            char c = text[i];
            if (c is '，' or '。' or '、' or '；' or '：' or '“' or '（' or '》') return false;
            if ((c is '讯' or '电' || (c == '息' && text[i - 1] == '消' && i > start + 3)) && IsMark(text, i, end, isBracketed, i - start)) mark = i;
        }
        if (mark < 0) return false;
        if (text[start..mark] is "又" or "据" or "另") return mark == start + 1 && text[start] != '据';
        // The outlet is the first name of one that ends before the mark.
        int outletEnd = -1;
        for (int at = start + 1; at <= mark && outletEnd < 0; at++)
        {
            if (terms.TryEnd(at, Outlets, out LexiconHit hit) && hit.Start >= start && !(at < mark && text[at] is '社' or '纸')) outletEnd = at;
        }
        if (outletEnd < 0)
        {
            // 澄迈讯（通讯员…）: a place alone will do in front of a bracket or space.
            if (isBracketed || mark - start > 6 || !terms.TryPlaceEnd(mark, out LexiconHit alone) || alone.Start < start) return false;
            place = new TextSpan(start, mark);
            return true;
        }
        int wordStart = text[mark] == '息' ? mark - 1 : mark;
        while (outletEnd < mark && text[outletEnd] is ' ' or '\u3000') outletEnd++;
        int placeEnd = outletEnd;
        while (placeEnd < wordStart && !char.IsAsciiDigit(text[placeEnd]) && text[placeEnd] is not (' ' or '\u3000')) placeEnd++;
        // 新华社北京四月三日电: the date may be written in Chinese characters.
        for (int i = outletEnd + 1; i < placeEnd; i++)
        {
            if (!Numeral.TryRead(text, i, out Numeral number) || text[i + number.Length] != '月') continue;
            placeEnd = i;
            break;
        }
        if (placeEnd == outletEnd)
        {
            // 某某网5月20日锦州消息: the place may come behind the date.
            int day = text[outletEnd..wordStart].LastIndexOf('日');
            if (day >= 0) (outletEnd, placeEnd) = (outletEnd + day + 1, wordStart);
        }
        if (placeEnd - outletEnd is > 0 and <= 10) place = new TextSpan(outletEnd, placeEnd);
        return true;
    }

    private static bool IsMark(ReadOnlySpan<char> text, int at, int end, bool isBracketed, int distance)
    {
        if (at + 1 >= end) return false;
        char next = text[at + 1];
        if (next is ' ' or '\u3000' or '（' or '(' or '，' or '：' or '】' or ']' or '—' or '　') return true;
        // 本报讯昨日: the space may be lost.
        return text[at] == '讯' && !isBracketed && distance <= 3 && next is not ('员' or '息' or '录');
    }
}
