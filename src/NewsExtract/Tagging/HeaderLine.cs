using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Reads a header line item by item: outlet, date, labels with their values, page controls, up to where something else
/// begins (the running text, where a line break was lost).
/// </summary>
internal ref struct HeaderLine
{
    /// <summary>An item without a label is no longer than this.</summary>
    private const int LongestItem = 14;
    private const int FarthestDate = 60; // behind a long item
    /// <summary>A paper's name with the number of its issue is no longer than this.</summary>
    private const int LongestIssue = 24;
    /// <summary>A label's value is no longer than this.</summary>
    private const int LongestValue = 30;

    private static readonly TermSet Labels = TermSet.Of(TermClass.MetaLabel, TermClass.FurnitureMarker, TermClass.CreditRole);
    private static readonly TermSet Outlets = TermSet.Of(TermClass.OutletSuffix);
    private static readonly TermSet Dated = TermSet.Of(TermClass.MetaLabel);
    private readonly ReadOnlySpan<char> _text;
    private readonly TermIndex _terms;
    private readonly int _end;

    internal HeaderLine(ReadOnlySpan<char> text, TermIndex terms, int start, int end)
    {
        _text = text;
        _terms = terms;
        _end = end;
        At = start;
        FirstStrong = end;
    }

    /// <summary>The offset behind the last item that belongs to the header.</summary>
    internal int At { get; private set; }

    /// <summary>How many labels and full dates were read: one makes a header, none does not.</summary>
    internal int Strength { get; private set; }

    /// <summary>Where the first label or date stands; the line's end if there is none.</summary>
    internal int FirstStrong { get; private set; }

    /// <summary>The first date with its year, or none.</summary>
    internal CalendarDate Date { get; private set; }

    /// <summary>Where that date stands.</summary>
    internal TextSpan DateSpan { get; private set; }

    /// <summary>Whether a label such as 发布时间 stands in front of the date.</summary>
    internal bool IsDateLabelled { get; private set; }

    /// <summary>Reads as many items as belong to the header.</summary>
    internal void Read()
    {
        bool wantsValue = false, wantsName = false;
        int lastStrong = At;
        int at = At;
        while (at < _end)
        {
            at = SkipSeparators(at);
            int item = PageLine.SkipOpening(_text, at, _end);
            int stop = ItemEnd(item);
            if (item >= _end || stop == item)
            {
                at = Math.Max(stop, item + 1);
                lastStrong = Math.Min(at, _end);
                continue;
            }
            if (_text[at.._end].IndexOfAny('，', '。') >= 0 && LayoutDatelines.TryRead(_text, _terms, at, _end, 0, out _)) break;
            int behind = item;
            if (TryDate(ref behind) || TryDateBehindOutlet(item, stop, ref behind))
            {
                if (behind < stop && IsRunningText(behind, stop)) { lastStrong = behind; break; }
                if (Strength++ == 0) FirstStrong = item;
                at = lastStrong = behind;
                (wantsValue, wantsName) = (false, false);
            }
            else if (TryLabel(item, stop, ref behind, out bool isOpen, out bool isCredit))
            {
                if (Strength++ == 0) FirstStrong = item;
                at = lastStrong = behind;
                (wantsValue, wantsName) = (isOpen, isCredit);
            }
            else if (DateStamp.TrySkipClock(_text, ref behind))
            {
                at = lastStrong = behind;
            }
            else if (IsRunningText(item, stop) || (stop - item > LongestItem && !wantsValue && !IsAddress(item) && !IsBeforeDate(stop)) || stop - item > 2 * LongestValue)
            {
                break;
            }
            else
            {
                at = lastStrong = stop;
                if (!wantsName) wantsValue = false;
            }
        }
        At = Math.Min(_end, lastStrong);
    }

    private readonly int SkipSeparators(int at)
    {
        while (at < _end && _text[at] is ' ' or '\u3000' or '|' or '｜' or '丨' or '】' or ']' or '）' or ')' or '〕' or '>' or '·' or '/' or '／' or '：' or ':' or '，' or '、') at++;
        return at;
    }

    // Items end at white space, bars and closing brackets.
    private readonly int ItemEnd(int at)
    {
        int start = at;
        while (at < _end && _text[at] is not (' ' or '\u3000' or '|' or '｜' or '丨' or '】' or ']' or '）' or ')' or '〕' or '>' or '／'))
        {
            // 衢州学院发布时间：2011-04-08浏览量：2785: a label ends the item in front of it.
            if (at > start && _terms.TryStart(at, Labels, out LexiconHit hit) && hit.Length > 1 && hit.End < _end && _text[hit.End] is '：' or ':') break;
            at++;
        }
        return at;
    }

    private readonly bool IsRunningText(int from, int to)
    {
        ReadOnlySpan<char> item = _text[from..to];
        return item.IndexOfAny('，', '。', '！') >= 0 && item.Length > 4;
    }

    /// <summary>Whether a date follows among the line's items: 某某省人民政府外事办公室门户网站　编辑：吕某　日期：2013-10-25, however long the name in front is.</summary>
    private readonly bool IsBeforeDate(int stop)
    {
        for (int at = stop; at < _end && at - stop < FarthestDate && _text[at] is not ('。' or '；' or '！'); at++)
        {
            int item = SkipSeparators(at), behind = item;
            if (item == at) continue;
            if (item < _end && DateStamp.TryReadFull(_text[.._end], ref behind, out CalendarDate date) && date.IsFull) return true;
            at = item - 1;
        }
        return false;
    }

    private readonly bool IsAddress(int at) => _text[at.._end].StartsWith("http") || _text[at.._end].StartsWith("www");

    // 某某快讯2001年1月12日: the space between them is lost.
    private bool TryDateBehindOutlet(int item, int stop, ref int at)
    {
        for (int p = item + 2; p < stop && p <= item + LongestIssue; p++)
        {
            if (!char.IsAsciiDigit(_text[p]) && Numeral.HanDigit(_text[p]) < 0) continue;
            // 《锦州日报》1998年8月5日, 《海岸人》第86期（2003年7月5日出版）: whatever is called so has that day.
            if (_text[p - 1] is '》' or '（' or '(')
            {
                int behind = p;
                if (!TryDate(ref behind)) continue;
                at = behind;
                return true;
            }
            if (!_terms.TryEnd(p, Outlets, out LexiconHit hit) || hit.Start < item) continue;
            at = p;
            return TryDate(ref at);
        }
        return false;
    }

    private bool TryDate(ref int at)
    {
        int p = at;
        if (!DateStamp.TryReadFull(_text[.._end], ref p, out CalendarDate date)) return false;
        if (!Date.HasValue)
        {
            Date = date;
            DateSpan = new TextSpan(at, p);
        }
        at = p;
        return true;
    }

    /// <summary>A label with the value that is joined to it by a colon: <c>来源：都安县融媒体中心</c>.</summary>
    private bool TryLabel(int item, int stop, ref int at, out bool isOpen, out bool isCredit)
    {
        isOpen = isCredit = false;
        if (!_terms.TryStart(item, Labels, out LexiconHit hit) || hit.End > stop) return false;
        bool hasColon = hit.End < stop && _text[hit.End] is '：' or ':';
        bool isWhole = hit.End == stop || hasColon || char.IsAsciiDigit(_text[hit.End]) || _text[hit.End] is '(' or '（' or '“'
            || (hit.Length >= 2 && stop - item <= LongestItem && _terms.Terms(hit).Has(TermClass.CreditRole));
        if (!isWhole) return false;
        isCredit = _terms.Terms(hit).Has(TermClass.CreditRole);
        if (isCredit && hit.Length == 1 && !hasColon) return false;
        int value = hasColon ? hit.End + 1 : hit.End;
        while (value < stop && _text[value] is ' ' or '\u3000') value++;
        int p = value;
        bool isFirst = !Date.HasValue;
        if (TryDate(ref p))
        {
            if (isFirst && _terms.Terms(hit).Overlaps(Dated)) IsDateLabelled = true;
            at = p;
            return true;
        }
        if (IsRunningText(value, stop)) return false;
        isOpen = value >= stop;
        at = stop;
        return true;
    }
}
