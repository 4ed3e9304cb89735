using System.Buffers;
using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Finds the date expressions of an article, in all roles except links to other articles. It jumps from one opening
/// character to the next and tries to read a date only there; what the dates mean is not its business.
/// Durations, times of day alone, and years inside the names of agreements and plans are no dates.
/// </summary>
public static class DateTagger
{
    /// <summary>The characters that a date expression can start with; a test holds them against <c>dates.tsv</c>.</summary>
    internal const string OpeningCharacters = "0123456789一二三四五六七八九十廿卅〇零○民第首前今昨明后当同次翌本上下去来转隔这是该头年月春夏秋冬近日那清建国中端元重除大小儿劳青教妇圣两双泼古肉藏“《农正腊周星";

    private static readonly SearchValues<char> Openings = SearchValues.Create(OpeningCharacters);
    private static readonly TermSet VagueWords = TermSet.Of(TermClass.VagueDate);
    private static readonly TermSet Seasons = TermSet.Of(TermClass.Season);
    private static readonly TermSet Feasts = TermSet.Of(TermClass.Feast);
    private static readonly string[] FeastTails = ["前夕", "前后", "期间", "之前", "之后", "以前", "以后", "假期", "长假", "小长假", "当天", "前", "后"];

    /// <summary>Writes the article's date expressions into <paramref name="found"/>, which is cleared first, in order.</summary>
    /// <exception cref="ArgumentException"><paramref name="terms"/> was built for another text.</exception>
    public static void Tag(Layout layout, TermIndex terms, List<DateExpression> found)
    {
        if (!ReferenceEquals(terms.Text, layout.Text) && terms.Text != layout.Text)
            throw new ArgumentException("The index was built for another text.", nameof(terms));
        found.Clear();
        foreach (Paragraph paragraph in layout.ParagraphList)
        {
            if (paragraph.Role != TextRole.Related) TagParagraph(layout.Text, paragraph, terms, found);
        }
    }

    private static void TagParagraph(ReadOnlySpan<char> text, Paragraph paragraph, TermIndex terms, List<DateExpression> found)
    {
        int end = paragraph.Span.End;
        var scanner = new DateScanner(text, end, terms);
        int at = paragraph.Span.Start;
        while (at < end)
        {
            int next = text[at..end].IndexOfAny(Openings);
            if (next < 0) return;
            at += next;
            if (text[at] == '《')
            {
                int close = text[at..end].IndexOf('》');
                // A title left open must not swallow the paragraph.
                at += close > 0 && close < 80 ? close + 1 : 1;
                continue;
            }
            if (TryExpression(text, paragraph, at, scanner, terms, out DateExpression expression) && (paragraph.Role != TextRole.Furniture || expression.First.Year.Base == DateBase.Number))
            {
                found.Add(expression);
                at = expression.Span.End;
            }
            else
            {
                at = Math.Max(Behind(text, at, end), expression.Span.End);
            }
        }
    }

    // A number that is no date is left as a whole: 300日 has no 00日 in it.
    private static int Behind(ReadOnlySpan<char> text, int at, int end)
    {
        if (!char.IsAsciiDigit(text[at])) return at + 1;
        while (at < end && char.IsAsciiDigit(text[at])) at++;
        return at;
    }

    /// <summary>Reads an expression at <paramref name="at"/>. Where it refuses one as a whole, the span still tells how far to skip.</summary>
    private static bool TryExpression(ReadOnlySpan<char> text, Paragraph paragraph, int at, DateScanner scanner, TermIndex terms, out DateExpression expression)
    {
        expression = default;
        char before = at > paragraph.Span.Start ? text[at - 1] : '\0';
        if (char.IsAsciiDigit(text[at]) && DateContext.ContinuesNumber(before)) return false;
        bool isMeta = paragraph.Role is TextRole.Meta or TextRole.Credit;
        int p = at;
        if (DateStamp.TryRead(text[..paragraph.Span.End], ref p, isMeta, out CalendarDate stamp))
        {
            expression = FromStamp(at, p, stamp);
            return true;
        }
        if (TryVague(text, paragraph, at, scanner, terms, out p))
        {
            expression = new DateExpression(new TextSpan(at, p), default, default, false, DateBound.None, true);
            return true;
        }
        p = at;
        if (!scanner.TryUnit(ref p, out DateDraft first)) return false;
        if (first.IsVague)
        {
            ReadFeastTail(scanner, ref p);
            expression = new DateExpression(new TextSpan(at, p), first.First, first.First, false, DateBound.None, true);
            return true;
        }
        DatePoint last = first.Last;
        bool isRange = first.IsList;
        if (!first.IsList && TryRangeEnd(scanner, ref p, first, out DateDraft second))
        {
            last = second.First;
            isRange = true;
        }
        if (isMeta && !first.Year.IsGiven && first.Month.IsGiven && first.IsNumberedDay && TryTrailingYear(scanner, ref p, out int year))
        {
            first.Year = DatePart.Number(year);
            last = first.Last;
        }
        if (!DateContext.Allows(text, paragraph, at, p, first, isRange))
        {
            if (isRange && first.IsYearOnly) expression = expression with { Span = new TextSpan(at, p) };
            return false;
        }
        if (isRange && first.IsYearOnly && scanner.At(p) == '间') p++; // 2009年至2014年间
        DateBound bound = scanner.ReadBound(ref p, first);
        expression = new DateExpression(new TextSpan(at, p), first.First, last, isRange, bound, false);
        return true;
    }

    private static DateExpression FromStamp(int start, int end, CalendarDate date)
    {
        var point = new DatePoint
        {
            Year = date.IsFull ? DatePart.Number(date.Year) : default,
            Month = DatePart.Number(date.Month),
            Day = DatePart.Number(date.Day),
        };
        return new DateExpression(new TextSpan(start, end), point, point, false, DateBound.None, false);
    }

    /// <summary>The second end of a range (<c>至11日</c>, <c>、12日</c>), which must be as fine as the first.</summary>
    private static bool TryRangeEnd(DateScanner scanner, ref int at, DateDraft first, out DateDraft second)
    {
        int p = at;
        second = default;
        if (scanner.At(p) == '、')
        {
            // 2月11日、12日 is one expression, and so are years that follow each other.
            p++;
            if (first.IsYearOnly)
            {
                if (!scanner.TryUnit(ref p, out second) || !second.IsYearOnly || second.Year.Base != DateBase.Number || second.Year.Value != first.Year.Value + 1) return false;
                at = p;
                return first.Year.Base == DateBase.Number;
            }
            if (!first.IsNumberedDay) return false;
            if (!scanner.TryUnit(ref p, out second) || !second.IsNumberedDay || second.Year.IsGiven) return false;
            // 5月6日、5月8日 are two times; a new month only continues the days at a month's end.
            if (second.Month.IsGiven && !(second.Day.Value == 1 && first.Day.Value >= 28)) return false;
        }
        else if (!scanner.TryConnector(ref p) || !scanner.TryUnit(ref p, out second)) return false;
        if (second.IsVague || second.IsList) return false;
        if (first.Day.IsGiven != second.Day.IsGiven) return false;
        if (first.Month.IsGiven && !second.Month.IsGiven && !second.Day.IsGiven) return false;
        if (!first.Month.IsGiven && first.Year.IsGiven && second.Month.IsGiven && !second.Year.IsGiven) return false;
        at = p;
        return true;
    }

    // 8月6日　2018, as some feeds print it.
    private static bool TryTrailingYear(DateScanner scanner, ref int at, out int year)
    {
        year = 0;
        int p = scanner.SkipSpace(at);
        if (p == at) return false;
        for (int i = 0; i < 4; i++)
        {
            char c = scanner.At(p + i);
            if (!char.IsAsciiDigit(c)) return false;
            year = year * 10 + (c - '0');
        }
        if (year is < 1980 or > 2100 || char.IsAsciiDigit(scanner.At(p + 4)) || scanner.At(p + 4) is '年' or '-' or '/' or '.') return false;
        at = p + 4;
        return true;
    }

    private static bool TryVague(ReadOnlySpan<char> text, Paragraph paragraph, int at, DateScanner scanner, TermIndex terms, out int end)
    {
        end = at;
        int limit = paragraph.Span.End;
        if (text[at] == '“')
        {
            // “八一”前夕, “八一”建军节前
            if (!terms.TryStart(at + 1, Feasts, out LexiconHit quoted) || scanner.At(quoted.End) != '”') return false;
            end = quoted.End + 1;
            if (terms.TryStart(end, Feasts, out LexiconHit named)) end = named.End;
            return ReadFeastTail(scanner, ref end) || scanner.IsAt(end, "来临") || scanner.IsAt(end, "到来");
        }
        if (TryLunar(scanner, ref end)) return true;
        end = at;
        char before = at > paragraph.Span.Start ? text[at - 1] : '\0';
        if (terms.TryStart(at, VagueWords, out LexiconHit hit) && hit.End <= limit)
        {
            end = hit.End;
            if (terms.TryStart(end, Seasons, out LexiconHit season) && season.Length > 1 && season.End <= limit) end = season.End; // 那一年夏天
            return !DateContext.JoinsVague(before);
        }
        if (terms.TryStart(at, Seasons, out hit) && hit.Length == 2 && text[hit.End - 1] == '天' && hit.End <= limit)
        {
            end = hit.End;
            return before != '的' && scanner.At(end) is not ('的' or '里' or '般');
        }
        if (!terms.TryStart(at, Feasts, out hit) || hit.End > limit) return false;
        end = hit.End;
        return ReadFeastTail(scanner, ref end);
    }

    /// <summary>Reads <c>前夕</c>, <c>期间</c>, <c>后</c> and the like behind a feast or season.</summary>
    private static bool ReadFeastTail(DateScanner scanner, ref int at)
    {
        int start = at;
        foreach (string tail in FeastTails)
        {
            if (!scanner.IsAt(at, tail)) continue;
            if (tail.Length == 1 && DateScanner.OpensOtherWord(tail[0], scanner.At(at + 1))) continue;
            at += tail.Length;
            if (tail is not ("假期" or "长假" or "小长假")) break;
        }
        return at > start;
    }

    /// <summary>Days of the lunar calendar: <c>农历八月初八</c>, <c>正月十五</c>, <c>腊月二十三</c>.</summary>
    private static bool TryLunar(DateScanner scanner, ref int at)
    {
        int p = at;
        bool named = scanner.IsAt(p, "农历");
        if (named) p += 2;
        if (scanner.At(p) is '正' or '腊') p++;
        else if (named && Numeral.TryRead(scanner.Text, p, out Numeral month)) p += month.Length;
        else return false;
        if (scanner.At(p) != '月') return false;
        p++;
        if (scanner.At(p) == '初') p++;
        if (Numeral.TryRead(scanner.Text, p, out Numeral day) && day.Value is >= 1 and <= 30) p += day.Length;
        else if (!named) return false; // 正月 alone is a season's mood
        at = p;
        return true;
    }
}
