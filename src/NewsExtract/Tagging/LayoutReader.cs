using System.Text;
using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Tells the parts of an article apart: headline, header line, running text, captions, credits, page furniture and links to
/// other articles. A header or footer glued to the running text by a lost line break becomes a paragraph of its own.
/// </summary>
public static class LayoutReader
{
    /// <summary>A header has at most so many lines in front of the running text.</summary>
    private const int HeaderLines = 9;
    private const int ShortestTitle = 5;

    private static readonly TermSet TailMarkers = TermSet.Of(TermClass.CreditRole, TermClass.FurnitureMarker, TermClass.RelatedMarker, TermClass.MetaLabel);

    /// <summary>Fills <paramref name="layout"/> with the parts of <paramref name="text"/>. What the input gave apart from the text wins over the text.</summary>
    /// <exception cref="ArgumentException"><paramref name="terms"/> was built for another text.</exception>
    public static void Read(string text, TermIndex terms, Layout layout, string? title = null, string? outlet = null, DateOnly? published = null)
    {
        if (!ReferenceEquals(terms.Text, text) && terms.Text != text) throw new ArgumentException("The index was built for another text.", nameof(terms));
        layout.Clear(text);
        layout.Title = title is null ? null : WithoutSpaces(title);
        layout.Outlet = outlet;
        layout.Published = published;
        AddLines(text, layout.ParagraphList);
        int body = FindBody(text, terms, layout);
        ReadHeader(text, terms, layout, body, title is not null);
        ReadBody(text, terms, layout);
        for (int i = 0; i < layout.ParagraphList.Count; i++)
        {
            Paragraph paragraph = layout.ParagraphList[i];
            if (paragraph.Role == TextRole.Body && LayoutDatelines.TryRead(text, terms, paragraph.Span.Start, paragraph.Span.End, i, out Dateline dateline))
                layout.DatelineList.Add(dateline);
            SentenceSplitter.Split(text, paragraph, i, layout.SentenceList);
        }
        layout.IndexOffsets();
        ReadImprint(text, layout);
    }

    private static void AddLines(ReadOnlySpan<char> text, List<Paragraph> paragraphs)
    {
        int at = 0;
        while (at < text.Length)
        {
            int length = text[at..].IndexOf('\n');
            int end = length < 0 ? text.Length : at + length;
            if (TryTrim(text, at, end, out TextSpan span)) paragraphs.Add(new Paragraph(span, TextRole.Body));
            at = end + 1;
        }
    }

    private static bool TryTrim(ReadOnlySpan<char> text, int start, int end, out TextSpan span)
    {
        while (start < end && IsSpace(text[start])) start++;
        while (end > start && IsSpace(text[end - 1])) end--;
        span = new TextSpan(start, end);
        return end > start;
    }

    private static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is '\u200b' or '\ufeff';

    /// <summary>The index of the first line that is running text, after splitting off a header glued to it.</summary>
    private static int FindBody(ReadOnlySpan<char> text, TermIndex terms, Layout layout)
    {
        List<Paragraph> lines = layout.ParagraphList;
        for (int i = 0; i < lines.Count && i < HeaderLines; i++)
        {
            TextSpan span = lines[i].Span;
            var line = new PageLine(text, terms, span.Start, span.End);
            var header = new HeaderLine(text, terms, span.Start, span.End);
            header.Read();
            if (i == 0 && header.FirstStrong > span.Start && TrySplitTitle(text, terms, span, out int cut))
            {
                TryTrim(text, span.Start, cut, out TextSpan first);
                TryTrim(text, cut, span.End, out TextSpan rest);
                lines[0] = new Paragraph(first, TextRole.Title);
                lines.Insert(1, new Paragraph(rest, TextRole.Body));
                continue;
            }
            if (header.Strength > 0 && (header.Date.IsFull || !line.IsCredit))
            {
                if (header.At >= span.End || !TryTrim(text, header.At, span.End, out TextSpan behind))
                {
                    lines[i] = new Paragraph(span, TextRole.Meta);
                    continue;
                }
                lines[i] = new Paragraph(new TextSpan(span.Start, header.At), TextRole.Meta);
                lines.Insert(i + 1, new Paragraph(behind, TextRole.Body));
                continue;
            }
            if (line.IsRunningText) return i;
        }
        return Math.Min(lines.Count, lines.Count > 1 ? 1 : 0);
    }

    /// <summary>Where a headline ends and its header or dateline begins in one line.</summary>
    private static bool TrySplitTitle(ReadOnlySpan<char> text, TermIndex terms, TextSpan line, out int cut)
    {
        cut = line.Start;
        for (int i = line.Start + ShortestTitle; i < line.End && i < line.Start + 80; i++)
        {
            if (text[i] is '。' or '；') return false;
            if (text[i - 1] is not (' ' or '\u3000')) continue;
            var header = new HeaderLine(text, terms, i, line.End);
            header.Read();
            bool isHeader = header.Strength >= 2 || (header.Strength == 1 && header.Date.HasValue);
            if (!isHeader && !LayoutDatelines.TryRead(text, terms, i, line.End, 0, out _)) continue;
            // 标题 盘锦日报 2003年11月6日: the outlet in front of the date belongs to the header.
            int title = i;
            while (title > line.Start && IsSpace(text[title - 1])) title--;
            int item = title;
            while (item > line.Start && !IsSpace(text[item - 1])) item--;
            cut = new PageLine(text, terms, item, title).IsOutlet ? item : i;
            return cut - line.Start > ShortestTitle;
        }
        return false;
    }

    private static void ReadHeader(ReadOnlySpan<char> text, TermIndex terms, Layout layout, int body, bool hasTitle)
    {
        List<Paragraph> lines = layout.ParagraphList;
        for (int i = 0; i < body; i++)
        {
            TextSpan span = lines[i].Span;
            var line = new PageLine(text, terms, span.Start, span.End);
            if (lines[i].Role == TextRole.Meta)
            {
                ReadMeta(text, terms, layout, span);
                if (line.IsFurniture && layout.PublishedSpan is null) lines[i] = new Paragraph(span, TextRole.Meta);
                continue;
            }
            TextRole role =
                line.IsSeparator ? TextRole.Furniture
                : line.IsCredit ? TextRole.Credit
                : line.IsNavigation(true) || line.IsFurniture ? TextRole.Furniture
                : layout.TitleSpan is null && line.IsOutlet && i + 1 < body && lines[i + 1].Role != TextRole.Meta ? TextRole.Meta
                : layout.TitleSpan is null ? TextRole.Title
                : IsTitleAgain(text, layout, span) ? TextRole.Title
                : line.IsCaption && !line.IsHeading && HasPictureMark(text, span) ? TextRole.Caption
                : TextRole.Heading;
            lines[i] = new Paragraph(span, role);
            if (role == TextRole.Title && layout.TitleSpan is null)
            {
                layout.TitleSpan = span;
                if (!hasTitle) layout.Title = WithoutSpaces(text[span.Start..span.End]);
            }
        }
    }

    private static bool HasPictureMark(ReadOnlySpan<char> text, TextSpan span) =>
        text[span.Start] is '▲' or '△' or '▼' or '图' || text[span.Start..span.End].IndexOfAny('摄', '图') >= 0 || text[span.Start..span.End].Contains("报道", StringComparison.Ordinal);

    private static bool IsTitleAgain(ReadOnlySpan<char> text, Layout layout, TextSpan span)
    {
        TextSpan title = layout.TitleSpan!.Value;
        ReadOnlySpan<char> a = text[title.Start..title.End], b = text[span.Start..span.End];
        int i = 0, j = 0;
        while (true)
        {
            while (i < a.Length && IsSpace(a[i])) i++;
            while (j < b.Length && IsSpace(b[j])) j++;
            if (i == a.Length || j == b.Length) return i == a.Length && j == b.Length;
            if (a[i++] != b[j++]) return false;
        }
    }

    /// <summary>Takes date and outlet from a header line.</summary>
    private static void ReadMeta(ReadOnlySpan<char> text, TermIndex terms, Layout layout, TextSpan span)
    {
        var header = new HeaderLine(text, terms, span.Start, span.End);
        header.Read();
        if (header.Date.IsFull && layout.PublishedSpan is null && !IsPeriod(text[..span.End], header.DateSpan.End))
        {
            layout.PublishedSpan = header.DateSpan;
            layout.Published ??= header.Date.ToDateOnly();
        }
        if (layout.OutletSpan is not null || !OutletReader.TryRead(text, terms, span, out TextSpan outlet)) return;
        layout.OutletSpan = outlet;
        layout.Outlet ??= new string(text[outlet.Start..outlet.End]);
    }

    // （2012年6月4日—6月10日） is the week that is told of, and no day of publication.
    private static bool IsPeriod(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\u3000') at++;
        if (at + 1 >= text.Length || !(DateScanner.IsDash(text[at]) || text[at] is '至' or '到')) return false;
        while (at < text.Length && (DateScanner.IsDash(text[at]) || text[at] is '至' or '到' or ' ' or '\u3000')) at++;
        return at < text.Length && (char.IsAsciiDigit(text[at]) || Numeral.HanDigit(text[at]) > 0);
    }

    private static void ReadBody(ReadOnlySpan<char> text, TermIndex terms, Layout layout)
    {
        List<Paragraph> lines = layout.ParagraphList;
        bool inRelated = false;
        for (int i = 0; i < lines.Count; i++)
        {
            Paragraph paragraph = lines[i];
            if (paragraph.Role != TextRole.Body) continue;
            if (TrySplitTail(text, terms, paragraph.Span, out int cut))
            {
                TryTrim(text, paragraph.Span.Start, cut, out TextSpan head);
                TryTrim(text, cut, paragraph.Span.End, out TextSpan tail);
                lines[i] = paragraph = new Paragraph(head, TextRole.Body);
                lines.Insert(i + 1, new Paragraph(tail, TextRole.Body));
            }
            TextRole role = RoleOf(text, terms, paragraph.Span, out bool opensRelated);
            if (inRelated && role is TextRole.Caption or TextRole.Heading or TextRole.Body && paragraph.Span.Length < 60) role = TextRole.Related;
            else inRelated = opensRelated;
            lines[i] = new Paragraph(paragraph.Span, role);
        }
    }

    private static TextRole RoleOf(ReadOnlySpan<char> text, TermIndex terms, TextSpan span, out bool opensRelated)
    {
        var line = new PageLine(text, terms, span.Start, span.End);
        opensRelated = false;
        if (line.IsRelated(out opensRelated)) return TextRole.Related;
        if (line.IsSeparator) return TextRole.Furniture;
        if (line.IsCredit) return TextRole.Credit;
        if (line.IsNavigation(false)) return TextRole.Furniture;
        if (LayoutDatelines.TryRead(text, terms, span.Start, span.End, 0, out _)) return TextRole.Body;
        if (!text[span.Start..span.End].Contains('。'))
        {
            var header = new HeaderLine(text, terms, span.Start, span.End);
            header.Read();
            if (header.At >= span.End && header.Date.IsFull) return TextRole.Meta;
            if (header.At >= span.End && header.Strength > 0 && line.NamesRole) return TextRole.Meta;
            if (line.IsFurniture) return TextRole.Furniture;
            if (header.At >= span.End && header.Strength > 0) return TextRole.Meta;
            if (line.IsOutlet) return TextRole.Meta;
        }
        if (line.IsHeading) return TextRole.Heading;
        return line.IsCaption ? TextRole.Caption : TextRole.Body;
    }

    /// <summary>Where credits, page controls or links begin behind a sentence of running text in the same line.</summary>
    private static bool TrySplitTail(ReadOnlySpan<char> text, TermIndex terms, TextSpan span, out int cut)
    {
        cut = 0;
        if (span.Length < 20) return false;
        for (int i = span.Start + 10; i < span.End - 3; i++)
        {
            if (text[i] is not ('。' or '！' or '？' or '”' or '）')) continue;
            int at = i + 1;
            while (at < span.End && IsSpace(text[at])) at++;
            int word = PageLine.SkipOpening(text, at, span.End);
            if (!terms.TryStart(word, TailMarkers, out LexiconHit hit) || hit.End >= span.End) continue;
            TermSet kind = terms.Terms(hit);
            char next = text[hit.End];
            // （记者 王某） stays with its sentence: only a label with a colon or a control in its own bracket is a footer.
            bool isLabel = next is '：' or ':' && text[at] is not ('（' or '(');
            bool isControl = kind.Has(TermClass.FurnitureMarker) && text[at] is '【' or '[' && next is '】' or ']';
            if (!isLabel && !isControl) continue;
            if (kind.Has(TermClass.CreditRole) && hit.Length < 2) continue;
            cut = at;
            return true;
        }
        return false;
    }

    /// <summary>Without a date in the header, the imprint's at the end: a line of its own, or in the reporter's bracket.</summary>
    private static void ReadImprint(ReadOnlySpan<char> text, Layout layout)
    {
        if (layout.PublishedSpan is not null) return;
        if (TryDatelineStamp(text, layout)) return;
        for (int i = layout.ParagraphList.Count - 1; i >= 0; i--)
        {
            (TextSpan span, TextRole role) = layout.ParagraphList[i];
            // ——原载1997年3月20日《滁州日报》二版 is short enough for a heading.
            if (role is TextRole.Title or TextRole.Related || (role == TextRole.Heading && text[span.Start] is not ('—' or '（'))) continue;
            int from = role == TextRole.Body ? Math.Max(span.Start, LastBracket(text, span)) : span.Start;
            for (int at = from; at < span.End; at++)
            {
                int p = at;
                if (!(char.IsAsciiDigit(text[at]) || text[at] == '民' || Numeral.HanDigit(text[at]) >= 0) || !DateStamp.TryReadFull(text[..span.End], ref p, out CalendarDate date) || !date.IsFull || IsPeriod(text[..span.End], p)) continue;
                layout.PublishedSpan = new TextSpan(at, p);
                layout.Published ??= date.ToDateOnly();
                return;
            }
        }
    }

    // 某报1997年6月12日讯
    private static bool TryDatelineStamp(ReadOnlySpan<char> text, Layout layout)
    {
        foreach (Dateline dateline in layout.DatelineList)
        {
            for (int at = dateline.Span.Start; at < dateline.Span.End; at++)
            {
                int p = at;
                if (!char.IsAsciiDigit(text[at]) || !DateStamp.TryReadFull(text[..dateline.Span.End], ref p, out CalendarDate date) || !date.IsFull) continue;
                layout.PublishedSpan = new TextSpan(at, p);
                layout.Published ??= date.ToDateOnly();
                return true;
            }
        }
        return false;
    }

    // Running text itself is searched only in a bracket at its end: （某报记者 徐某 2013年3月28日）
    private static int LastBracket(ReadOnlySpan<char> text, TextSpan span)
    {
        // ——1998年9月22日《太行日报》一版
        if (text[span.Start] == '—' && span.Length <= 40) return span.Start;
        // （編輯：曾台馨）1030916
        if (span.Length > DateStamp.RepublicLength && !text.Slice(span.End - DateStamp.RepublicLength, DateStamp.RepublicLength).ContainsAnyExceptInRange('0', '9')) return span.End - DateStamp.RepublicLength;
        if (text[span.End - 1] is not ('）' or '】')) return span.End;
        int open = text[span.Start..span.End].LastIndexOfAny('（', '【');
        return open < 0 || span.Length - open > 40 ? span.End : span.Start + open;
    }

    private static string WithoutSpaces(ReadOnlySpan<char> title)
    {
        var builder = new StringBuilder(title.Length);
        foreach (char c in title)
        {
            if (!IsSpace(c)) builder.Append(c);
        }
        return builder.ToString();
    }
}
