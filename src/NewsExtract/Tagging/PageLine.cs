using System.Buffers;
using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Looks at one line of a page and tells what it could be: header line, credit line, furniture, caption, heading.
/// The offsets are those of the whole text; a line is [start, end) without surrounding white space.
/// </summary>
internal readonly ref struct PageLine(ReadOnlySpan<char> text, TermIndex terms, int start, int end)
{
    /// <summary>A line longer than this is running text even without an end mark.</summary>
    private const int LongestHeadline = 62;
    private const int LongestCaption = 48;
    private const int LongestCredit = 90;

    private static readonly TermSet MetaLabels = TermSet.Of(TermClass.MetaLabel);
    private static readonly TermSet Furniture = TermSet.Of(TermClass.FurnitureMarker);
    private static readonly TermSet Related = TermSet.Of(TermClass.RelatedMarker);
    private static readonly TermSet Roles = TermSet.Of(TermClass.CreditRole);
    private static readonly TermSet Captions = TermSet.Of(TermClass.CaptionMarker);
    private static readonly TermSet Outlets = TermSet.Of(TermClass.OutletSuffix);
    private static readonly SearchValues<char> EndMarks = SearchValues.Create("。！？");

    private readonly ReadOnlySpan<char> _text = text;
    private readonly TermIndex _terms = terms;

    internal int Start { get; } = start;
    internal int End { get; } = end;
    internal int Length => End - Start;
    private ReadOnlySpan<char> Line => _text[Start..End];

    /// <summary>The offset behind opening brackets, bullets and spaces.</summary>
    internal static int SkipOpening(ReadOnlySpan<char> text, int at, int end)
    {
        while (at < end && text[at] is '【' or '[' or '（' or '(' or '〔' or '<' or '>' or ' ' or '\u3000' or '|' or '｜' or '丨' or '●' or '■' or '◆' or '*' or '〖' or '［' or '-' or '•' or '·' or '▪') at++;
        return at;
    }

    /// <summary>Whether nothing but asterisks, dashes and the like, or the mark of the end (<c>完</c>).</summary>
    internal bool IsSeparator
    {
        get
        {
            if (Line is "完" or "（完）" or "END" or "End" or "end") return true;
            foreach (char c in Line)
            {
                if (char.IsLetterOrDigit(c) || char.IsAsciiLetterOrDigit(c)) return false;
            }
            return true;
        }
    }

    /// <summary>Whether it reads like running text: a full stop in it, or longer than any headline.</summary>
    internal bool IsRunningText => Line.Contains('。') || Length > LongestHeadline || (Length > 20 && Line[^1] is '：' or '；') || LayoutDatelines.TryRead(_text, _terms, Start, End, 0, out _);

    /// <summary>
    /// Whether it is a row of links: short words between bars or angles, in a header also between spaces; or, in a header, no Chinese at all.
    /// </summary>
    internal bool IsNavigation(bool isHeader)
    {
        int bars = 0, items = 0, length = 0;
        bool hasHan = false;
        foreach (char c in Line)
        {
            if (c is '。' or '，' or '；' or '、' or '：' or '！' or '？' or '”') return false;
            hasHan |= c is >= '\u4e00' and <= '\u9fff';
            if (c is '|' or '｜' or '>') bars++;
            if (c is '|' or '｜' or '>' or ' ' or '\u3000')
            {
                if (length > 0) items++;
                length = 0;
            }
            else if (++length > 8) return false;
        }
        if (length > 0) items++;
        if (isHeader && !hasHan) return true;
        return (items >= 3 && bars >= 2) || (isHeader && items >= 4);
    }

    /// <summary>Whether it only holds page controls: <c>【打印】【关闭】</c>, <c>首页 > 要闻</c>, <c>分享到：微信</c>.</summary>
    internal bool IsFurniture
    {
        get
        {
            if (Length > 80 || (Line.Contains('。') && Length > 30)) return false;
            int at = SkipOpening(_text, Start, End);
            if (_terms.TryStart(at, Furniture, out LexiconHit hit) && IsWholeLabel(hit)) return true;
            if (_terms.TryStart(at, MetaLabels, out hit) && IsWholeLabel(hit) && !Line.Contains('，')) return true;
            // 某某网版权所有: a control's whole phrase anywhere in a short line
            return Length <= 30 && !Line.Contains('。') && !Line.Contains('，') && _terms.TryNext(Start, End, Furniture, out hit) && hit.Length >= 4;
        }
    }

    /// <summary>Whether links to other articles begin: <c>上一篇：…</c>. <paramref name="isHeading"/>: nothing behind the marker, so a list follows.</summary>
    internal bool IsRelated(out bool isHeading)
    {
        isHeading = false;
        int at = SkipOpening(_text, Start, End);
        if (!_terms.TryStart(at, Related, out LexiconHit hit) || !IsWholeLabel(hit)) return false;
        int behind = hit.End;
        while (behind < End && !char.IsLetterOrDigit(_text[behind])) behind++;
        isHeading = behind >= End;
        return true;
    }

    /// <summary>
    /// Whether the line names only who made the article: a role and its names, or a short bracket that fills the line
    /// (<c>（彭小燕）</c>, <c>（市外侨办欧非科 徐静）</c>).
    /// </summary>
    internal bool IsCredit
    {
        get
        {
            if (Length > LongestCredit || Line.Contains('。')) return false;
            int at = SkipOpening(_text, Start, End);
            if (_terms.TryStart(at, Roles, out LexiconHit hit) && IsRoleLabel(hit)) return true;
            if (Line[0] is '□' or '◎' or '○' && Length <= 20) return true;
            if (!IsBracketed) return false;
            return (Length <= 22 && !Line.Contains('，')) || _terms.Any(Start, End, Roles);
        }
    }

    /// <summary>Whether a credit role stands anywhere in it.</summary>
    internal bool NamesRole => _terms.Any(Start, End, Roles);

    /// <summary>Whether one bracket fills the line.</summary>
    private bool IsBracketed => Length >= 4 && (Line[0], Line[^1]) is ('（', '）') or ('【', '】') or ('(', ')') or ('[', ']') or ('〔', '〕')
        && Line.IndexOfAny("）】])〕") == Length - 1;

    /// <summary>Whether it is the line under a picture.</summary>
    internal bool IsCaption
    {
        get
        {
            if (Length > 110) return false;
            bool ends = EndsLikeCredit;
            if (ends && Length <= 80 && Line.Count('。') < 2) return true;
            if (_terms.TryStart(Start, Captions, out LexiconHit hit))
            {
                // ▲ is a bullet too: in front of several sentences it is no caption.
                int stop = Line.IndexOfAny(EndMarks);
                return hit.Length > 1 || (Length <= LongestCaption && (stop < 0 || stop == Length - 1));
            }
            return IsShortWithoutEnd;
        }
    }

    /// <summary>Whether it is short, without an end mark.</summary>
    internal bool IsShortWithoutEnd => Length <= LongestCaption && !(Line[^1] is '。' or '！' or '？' or '；' or '：' or '…' or '，' or '、' or '”' or '“') && !Line.ContainsAny(EndMarks);

    /// <summary>Whether it reads like a heading between paragraphs: <c>镜头一：看产业</c>, <c>一、…</c>, <c>**后记**</c>.</summary>
    internal bool IsHeading
    {
        get
        {
            if (_terms.TryStart(Start, Captions, out _)) return false;
            if (!IsShortWithoutEnd && !(Length <= 24 && Line[^1] is '！' or '？' or '：' && Line.Contains('*'))) return false;
            if (Length <= 6 || Line[0] is '*' or '#' or '【' or '■' or '◆' or '●' or '—' or '“' or '〔') return true;
            if (Line[0] is '第' or '（' && Numeral.TryRead(_text, Start + 1, out _)) return true;
            if (Numeral.TryRead(_text, Start, out Numeral number) && Start + number.Length < End && _text[Start + number.Length] is '、' or '.' or '．') return true;
            return Line.IndexOf('：') is > 0 and < 8;
        }
    }

    /// <summary>Whether it ends with a photographer's or reporter's credit: <c>王某 摄</c>, <c>记者 魏某 报道</c>.</summary>
    private bool EndsLikeCredit
    {
        get
        {
            int last = End;
            while (last > Start && _text[last - 1] is '）' or ')' or ' ' or '\u3000' or '】') last--;
            if (last - Start < 4) return false;
            ReadOnlySpan<char> tail = _text[Start..last];
            return tail[^1] == '摄' || tail.EndsWith("摄影") && tail[^3] is ' ' or '/' || tail.EndsWith("供图") || (tail.EndsWith("报道") && tail.Contains("记者", StringComparison.Ordinal) && tail[^3] is ' ' or '\u3000');
        }
    }

    /// <summary>Whether it ends with the name of an outlet and is too short to be a headline.</summary>
    internal bool IsOutlet => Length <= 16 && _terms.TryEnd(End, Outlets, out LexiconHit hit) && hit.Start >= Start && (hit.Length > 1 || Length is >= 3 and <= 10);

    // The marker is the whole of its word: 上一篇： but not 关闭了 or 推荐会.
    private bool IsWholeLabel(LexiconHit hit)
    {
        if (hit.End >= End) return true;
        char next = _text[hit.End];
        return !(next >= '\u4e00' && next <= '\u9fff') || hit.Length >= 3;
    }

    private bool IsRoleLabel(LexiconHit hit)
    {
        if (hit.End >= End) return false;
        char next = _text[hit.End];
        if (next is '：' or ':' or '|' or '｜' or '丨' or '/' or '／' or '┃' or '︱') return true;
        return hit.Length >= 2 && next is ' ' or '\u3000' && Length <= 60 && !Line.Contains('，');
    }
}
