using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Finds who made the article: reporters, correspondents, photographers, editors and reviewers, in header and footer lines, captions,
/// the brackets behind a dateline and at a report's end. Everywhere else 记者 is only a word.
/// </summary>
public static class CreditTagger
{
    /// <summary>A byline inside the running text stands within so many characters of the paragraph's beginning.</summary>
    private const int BylineReach = 48;
    private const int LongestClosing = 48;

    private const string Author = "author";
    private const string Photographer = "photographer";

    private static readonly TermSet Roles = TermSet.Of(TermClass.CreditRole);
    private static readonly TermSet Labels = TermSet.Of(TermClass.MetaLabel, TermClass.FurnitureMarker);

    /// <summary>Writes the names with their roles (those of the record) into <paramref name="found"/>, which is cleared first, in order.</summary>
    /// <exception cref="ArgumentException"><paramref name="terms"/> was built for another text.</exception>
    public static void Tag(Layout layout, TermIndex terms, NameStatistics names, List<CreditSpan> found)
    {
        if (!ReferenceEquals(terms.Text, layout.Text) && terms.Text != layout.Text)
            throw new ArgumentException("The index was built for another text.", nameof(terms));
        found.Clear();
        ReadOnlySpan<char> text = layout.Text;
        foreach ((TextSpan span, TextRole role) in layout.ParagraphList)
        {
            switch (role)
            {
                case TextRole.Meta:
                    new Zone(text, terms, names, span.Start, span.End, found, true).Read();
                    break;
                case TextRole.Credit:
                case TextRole.Caption:
                    int before = found.Count;
                    new Zone(text, terms, names, span.Start, span.End, found, false).Read();
                    if (role == TextRole.Credit && found.Count == before) new Zone(text, terms, names, span.Start, span.End, found, false).ReadWithoutRole();
                    break;
                case TextRole.Body:
                    TagBody(text, terms, names, span, found);
                    break;
            }
        }
    }

    private static void TagBody(ReadOnlySpan<char> text, TermIndex terms, NameStatistics names, TextSpan span, List<CreditSpan> found)
    {
        int reach = Math.Min(span.End, span.Start + BylineReach);
        int handled = span.Start;
        for (int at = span.Start; at < reach; at++)
        {
            char c = text[at];
            if (c == '。') break;
            if (c is '（' or '【' or '〔' or '[' or '(')
            {
                int close = Close(text, at, span.End);
                if (close < 0 || !OpensWithRole(text, terms, at + 1, close)) continue;
                new Zone(text, terms, names, at + 1, close, found, false).Read();
                at = handled = close;
            }
            else if (terms.TryStart(at, Roles, out LexiconHit hit) && hit.Length >= 2 && TryReported(text, hit.End, span.End, out int end))
            {
                // 本报讯 记者 梁某 报道
                new Zone(text, terms, names, at, end, found, false).Read();
                at = end;
            }
        }
        if (text[span.End - 1] == '摄')
        {
            // Several sentences under a picture end with its credit.
            int last = text[span.Start..span.End].LastIndexOfAny('。', '！', '”') + span.Start + 1;
            if (last > span.Start && span.End - last <= 24) new Zone(text, terms, names, last, span.End, found, false).Read();
            return;
        }
        if (text[span.End - 1] is not ('）' or ')' or '】')) return;
        int open = text[span.Start..span.End].LastIndexOfAny('（', '(', '【') + span.Start;
        if (open < span.Start + 1 || span.End - open > LongestClosing || open < handled) return;
        int behind = open;
        while (behind > span.Start && text[behind - 1] is ' ' or '\u3000') behind--;
        // A bracket inside the last sentence explains a word; only one behind the full stop signs the report.
        if (text[behind - 1] is not ('。' or '！' or '？' or '”')) return;
        int count = found.Count;
        new Zone(text, terms, names, open + 1, span.End - 1, found, false).Read();
        if (found.Count == count) new Zone(text, terms, names, open + 1, span.End - 1, found, false).ReadWithoutRole();
    }

    private static int Close(ReadOnlySpan<char> text, int open, int end)
    {
        int length = text[open..Math.Min(end, open + 60)].IndexOfAny("）】〕])");
        return length < 0 ? -1 : open + length;
    }

    private static bool OpensWithRole(ReadOnlySpan<char> text, TermIndex terms, int start, int end)
    {
        for (int at = start; at < end && at < start + 12; at++)
        {
            if (terms.TryStart(at, Roles, out LexiconHit hit) && hit.Length >= 2 && hit.End < end) return true;
            if (text[at] is '，' or '、') return false;
        }
        return false;
    }

    // The names behind 记者 end with 报道 or 摄.
    private static bool TryReported(ReadOnlySpan<char> text, int from, int limit, out int end)
    {
        end = from;
        for (int at = from; at < limit && at < from + 16; at++)
        {
            if (text[at] is '，' or '。' or '（' or '：' or '“') return false;
            if (text[at..limit].StartsWith("报道") || text[at..limit].StartsWith("报导") || (text[at] == '摄' && at > from + 1))
            {
                end = at;
                return at > from + 1;
            }
        }
        return false;
    }

    /// <summary>One stretch that holds credits, read from left to right.</summary>
    private readonly ref struct Zone(ReadOnlySpan<char> text, TermIndex terms, NameStatistics names, int start, int end, List<CreditSpan> found, bool isMeta)
    {
        private readonly ReadOnlySpan<char> _text = text;

        /// <summary>Reads roles with their names, in either order (<c>记者 王某</c>, <c>王某 摄</c>).</summary>
        internal void Read()
        {
            string? role = null;
            int at = start;
            while (at < end)
            {
                if (IsSeparator(_text[at]))
                {
                    at++;
                    continue;
                }
                if (TryRole(at, out LexiconHit hit))
                {
                    string kind = KindOf(_text[hit.Start..hit.End]);
                    if (role is null && !isMeta && !IsColon(hit.End < end ? _text[hit.End] : ' ')) ClaimBefore(at, kind);
                    role = kind;
                    at = hit.End;
                    continue;
                }
                int stop = TokenEnd(at);
                if (terms.TryStart(at, Labels, out LexiconHit label) && label.End <= stop && (label.End == stop || _text[label.End] is '：' or ':'))
                {
                    role = null;
                    at = Math.Max(stop, label.End);
                    if (at < end && _text[at] is '：' or ':') at++;
                    at = SkipValue(at);
                    continue;
                }
                if (role is { } current)
                {
                    Add(at, stop, current);
                }
                else if (isMeta && CreditNames.IsNameAlone(_text, terms, names, at, stop) && stop - at <= 3)
                {
                    // 某某日报 陈某 金某某: names without a role in a header.
                    Add(at, stop, Author);
                }
                at = stop;
            }
            DropSingles();
        }

        /// <summary>A signature without any role: names, perhaps behind an office (<c>（市外侨办欧非科 徐静）</c>).</summary>
        internal void ReadWithoutRole()
        {
            bool hasOffice = false;
            int at = start;
            while (at < end)
            {
                if (IsSeparator(_text[at]) || _text[at] is '（' or '）' or '【' or '】' or '[' or ']' or '□')
                {
                    if (_text[at] == '□') hasOffice = true;
                    at++;
                    continue;
                }
                int stop = TokenEnd(at);
                if (CreditNames.AreTwoNames(_text[at..stop], names))
                {
                    found.Add(new CreditSpan(new TextSpan(at, at + 2), Author));
                    found.Add(new CreditSpan(new TextSpan(at + 2, stop), Author));
                }
                else if (CreditNames.IsOffice(_text[at..stop])) hasOffice = true;
                else if (stop - at == 1 || (hasOffice ? CreditNames.IsNameInRole(_text, terms, at, stop) : CreditNames.IsNameAlone(_text, terms, names, at, stop)))
                    Add(at, stop, Author);
                at = stop;
            }
            DropSingles();
        }

        // A single character that found no partner is no name: （完）
        private void DropSingles()
        {
            for (int i = found.Count - 1; i >= 0 && found[i].Span.Start >= start; i--)
            {
                if (found[i].Span.Length == 1) found.RemoveAt(i);
            }
        }

        /// <summary>The token or tokens right before a role that ends the phrase: <c>李志鹏 摄</c>, <c>白帆 拍摄</c>.</summary>
        private void ClaimBefore(int role, string kind)
        {
            int at = role;
            int first = found.Count;
            while (at > start && IsSeparator(_text[at - 1])) at--;
            while (at > start)
            {
                int stop = at;
                while (at > start && !IsBreak(_text[at - 1])) at--;
                // The name may stand right behind the sentence: 考察。李志鹏 摄
                if (stop == at || !CreditNames.IsNameInRole(_text, terms, at, stop) || (stop - at > 4 && !_text[at..stop].Contains('·'))) break;
                found.Insert(first, new CreditSpan(new TextSpan(at, stop), kind));
                if (at == start || _text[at - 1] is not (' ' or '\u3000' or '、')) break;
                if (kind == Photographer) break;
                at--;
            }
        }

        private static bool IsColon(char c) => c is '：' or ':' or '|' or '｜' or '丨';

        private void Add(int from, int to, string kind)
        {
            if (from > start && char.IsAsciiDigit(_text[from - 1])) return; // 年12月
            // 辽宁锦州报导: where the report comes from
            if (to < end && terms.TryStart(to, Roles, out LexiconHit hit) && hit.Length >= 2 && terms.TryPlaceEnd(to, out _)) return;
            if (to - from == 1 && _text[from] >= '\u4e00')
            {
                // 段青 云, 宋 词: a single character belongs to the one or two in front of it.
                if (found.Count > 0 && found[^1] is var last && last.Span.Length <= 2 && from - last.Span.End is 1 or 2 && last.Span.Start >= start)
                    found[^1] = last with { Span = new TextSpan(last.Span.Start, to) };
                else found.Add(new CreditSpan(new TextSpan(from, to), kind));
                return;
            }
            if (CreditNames.IsNameInRole(_text, terms, from, to)) found.Add(new CreditSpan(new TextSpan(from, to), kind));
        }

        private bool TryRole(int at, out LexiconHit hit)
        {
            if (!terms.TryStart(at, Roles, out hit) || hit.End > end) return false;
            char before = at > start ? _text[at - 1] : ' ', next = hit.End < end ? _text[hit.End] : ' ';
            if (hit.Length == 1)
            {
                // 文, 图, 编 and 摄 are roles only by themselves: 文/图, 图：鲍某, 王某 摄
                bool opens = IsBreak(before) || before is '（' or '/' || char.IsAsciiDigit(before);
                bool closes = next is ' ' or '\u3000' or '：' or ':' or '/' or '／' or '|' or '｜' or '丨' or '）' or '、' or '。';
                return closes && (opens || (_text[at] == '摄' && (hit.End == end || next is '）')));
            }
            return IsBreak(before) || char.IsAsciiDigit(before) || before is '（' or '【' or '[' or '〔' or '由' or '派' or '员' || _text[hit.Start] == '记' || next is '）' or ')' || hit.End >= end;
        }

        private static bool IsSeparator(char c) => c is ' ' or '\u3000' or '：' or ':' or '|' or '｜' or '丨' or '/' or '／' or '、' or '，' or '；' or '┃' or '&' or '（' or '）' or '【' or '】' or '[' or ']' or '〔' or '〕' or '。' or '(' or ')';

        private static bool IsBreak(char c) => IsSeparator(c) || c is '”' or '！' or '？' or '》' or '—' or '□';

        private int TokenEnd(int at)
        {
            int stop = at + 1;
            while (stop < end && !IsBreak(_text[stop]))
            {
                // 杨某 王某某整理, 张某摄: the role is glued to the name.
                if (stop - at >= 2 && _text[stop] == '摄' && (stop + 1 == end || IsBreak(_text[stop + 1]))) break;
                if (stop - at >= 2 && terms.TryStart(stop, Roles, out LexiconHit hit) && hit.Length >= 2 && hit.End <= end && (hit.End == end || IsBreak(_text[hit.End]))) break;
                if (char.IsAsciiDigit(_text[stop]) != char.IsAsciiDigit(_text[at])) break;
                stop++;
            }
            return stop;
        }

        // The value of 来源 and the like is no name.
        private int SkipValue(int at)
        {
            while (at < end && _text[at] is ' ' or '\u3000' or '：') at++;
            return at < end && !terms.TryStart(at, Roles, out _) ? TokenEnd(at) : at;
        }
    }

    private static string KindOf(ReadOnlySpan<char> role)
    {
        if (role.Contains('摄') || role.Contains('图') || role is "照片" or "视频") return role is "图文" or "文图" ? Author : Photographer;
        if (role.EndsWith("记者")) return "reporter";
        if (role.EndsWith("通讯员") || role is "信息员" or "实习生") return "correspondent";
        if (role.Contains('审') || role.Contains('校') || role.Contains('签') || role.Contains('监') || role.StartsWith("值班") || role is "总编辑" or "统筹" or "策划") return "reviewer";
        return role.Contains('编') || role is "排版" or "制作" or "录入" or "录入员" ? "editor" : Author;
    }
}
