using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Gives each name the posts that stand at it, read from the name leftwards: <c>沙田镇党委副书记、镇长叶毅朝</c>. A name
/// without a post of its own in an enumeration shares that of the name before it (<c>副镇长何燕媚、翟炳南</c>).
/// Posts without a name become mentions of their own.
/// </summary>
internal sealed class PostTagger(KnowledgeBase knowledge)
{
    private static readonly TermSet Heads = TermSet.Of(TermClass.TitleHead, TermClass.CollectiveTitle, TermClass.TitleRank);
    private static readonly TermSet NoPost = TermSet.Of(TermClass.Honorific, TermClass.Descriptor, TermClass.CreditRole);
    private static readonly TermSet Prefixes = TermSet.Of(TermClass.TitlePrefix);
    private static readonly TermSet Qualifiers = TermSet.Of(TermClass.TitleQualifier);
    private const int MaxDescription = 10, MaxLatin = 40;
    private readonly PostBorders _borders = new(knowledge);

    public void Tag(TaggingScratch scratch)
    {
        int covered = 0;
        Array.Clear(scratch.Posted, 0, scratch.Text.Length);
        for (int i = 0; i < scratch.NameList.Count; i++)
        {
            NameSpan name = scratch.NameList[i];
            int limit = i == 0 ? 0 : RankEnd(scratch, scratch.NameList[i - 1].Span.End);
            scratch.FoundPosts.Clear();
            ReadBackwards(scratch, name.Span.Start, limit);
            int rankEnd = RankEnd(scratch, name.Span.End);
            if (rankEnd > name.Span.End)
            {
                int rankStart = scratch.Text[name.Span.End] == '（' ? scratch.Text.IndexOf('）', name.Span.End) + 1 : name.Span.End;
                scratch.FoundPosts.Add(new PostSpan(new TextSpan(rankStart, rankEnd), rankStart, false));
            }
            else if (scratch.FoundPosts.Count == 0) ReadBehind(scratch, name.Span.End);
            if (scratch.FoundPosts.Count == 0 && i > 0) Share(scratch, i);
            scratch.NameList[i] = name with { FirstPost = scratch.PostList.Count, PostCount = scratch.FoundPosts.Count };
            foreach (PostSpan post in scratch.FoundPosts)
            {
                scratch.PostList.Add(post);
                scratch.Posted.AsSpan(post.Span.Start, post.Span.Length).Fill(true);
            }
        }
        AddLoose(scratch, ref covered);
    }

    /// <summary>李云海|大校，…: where the rank ends that stands right behind a name; the name's end if none does.</summary>
    private static int RankEnd(TaggingScratch scratch, int nameEnd)
    {
        // 扬·德沃斯（Jan Devos）|教授.
        if (nameEnd + 2 < scratch.Text.Length && scratch.Text[nameEnd] == '（' && char.IsAsciiLetter(scratch.Text[nameEnd + 1]) && scratch.Text.IndexOf('）', nameEnd, Math.Min(MaxLatin, scratch.Text.Length - nameEnd)) is > 0 and int close)
            return RankEnd(scratch, close + 1) is var behind && behind > close + 1 ? behind : nameEnd;
        if (!scratch.Index.TryStart(nameEnd, TermSet.Of(TermClass.TitleRank), out LexiconHit rank) || rank.Length < 2) return nameEnd;
        // Behind a rank in front of a name another name begins (局长科兹洛夫、少将李某), or the post goes on (教授|级高工).
        foreach (NameSpan other in scratch.NameList)
            if (other.Span.Start == rank.End) return nameEnd;
        return scratch.Index.TryStart(nameEnd, Heads, out LexiconHit longer) && longer.End > rank.End ? nameEnd : rank.End;
    }

    private void ReadBackwards(TaggingScratch scratch, int nameStart, int limit)
    {
        string text = scratch.Text;
        int at = BeforeDescription(scratch, nameStart, limit);
        while (at > limit)
        {
            while (at > limit && text[at - 1] == ' ') at--;
            int end = at;
            int bodyEnd = BeforeQualifier(scratch, end, limit);
            if (!TryHead(scratch, bodyEnd, limit, out int headStart)) return;
            int start = _borders.Begin(scratch, headStart, limit);
            bool keepsQualifier = bodyEnd < end && IsQualifier(scratch, bodyEnd, end);
            bool isRole = IsGroupRole(scratch, start, headStart, bodyEnd);
            if (!isRole) scratch.FoundPosts.Insert(0, new PostSpan(new TextSpan(start, keepsQualifier ? end : bodyEnd), headStart, false));
            at = isRole && scratch.Index.TryEnd(start, TermSet.Of(TermClass.GroupNoun, TermClass.DelegationNoun), out LexiconHit group) && group.Start >= limit ? group.Start : start;
            if (at - 1 <= limit) return;
            char before = text[at - 1];
            if (before is '、' or '，' or '兼' or ' ')
            {
                at--;
                if (before == '兼' && at > limit && text[at - 1] is '、' or '，') at--;
            }
            else if (before == '和' && scratch.FoundPosts.Count <= 1 && TryHead(scratch, at - 1, limit, out _)) at--;
            else return;
        }
    }

    /// <summary>
    /// 董事长、临沂市劳模|孟家旺, 市领导有|涂国平: what stands between the name and the mark behind a post without being a post; the name's start if nothing does.
    /// </summary>
    private static int BeforeDescription(TaggingScratch scratch, int nameStart, int limit)
    {
        string text = scratch.Text;
        if (nameStart - 1 > limit && text[nameStart - 1] is '有' or '为' or '是' && scratch.Index.TryEnd(nameStart - 1, TermSet.Of(TermClass.CollectiveTitle), out _)) return nameStart - 1;
        // 会长|拿督|刘贤锵.
        if (scratch.Index.TryEnd(nameStart, TermSet.Of(TermClass.Honorific), out LexiconHit address) && !scratch.Index.Terms(address).Has(TermClass.NamePartStop) && address.Start > limit && TryHead(scratch, address.Start, limit, out _)) return address.Start;
        if (!scratch.Index.TryEnd(nameStart, TermSet.Of(TermClass.Descriptor), out LexiconHit word) || word.Start < limit) return nameStart;
        for (int at = word.Start; at > limit && word.Start - at <= MaxDescription; at--)
        {
            if (text[at - 1] == '、') return TryHead(scratch, BeforeQualifier(scratch, at - 1, limit), limit, out _) ? at - 1 : nameStart;
            if (!char.IsLetter(text[at - 1])) return nameStart;
        }
        return nameStart;
    }

    private static bool TryHead(TaggingScratch scratch, int end, int limit, out int headStart)
    {
        headStart = -1;
        if (!scratch.Index.TryEnd(end, Heads, out LexiconHit head) || head.Start < limit) return false;
        if (scratch.Index.Terms(head).Overlaps(NoPost)) return false;
        headStart = head.Start;
        // 副|主任, 常务|副|主任: prefixes belong to the head.
        while (scratch.Index.TryEnd(headStart, Prefixes, out LexiconHit prefix) && prefix.Start >= limit) headStart = prefix.Start;
        return true;
    }

    /// <summary>代表团团长, or a bare 团长: a role among the visitors. 专家组组长 is a post.</summary>
    private static bool IsGroupRole(TaggingScratch scratch, int start, int headStart, int end) =>
        scratch.Index.TryStart(headStart, TermSet.Of(TermClass.GroupRole), out LexiconHit role) && role.End == end
        && (start == headStart || !(scratch.Text[headStart - 1] == '组' && scratch.Text[end - 1] == '长') && scratch.Index.TryEnd(headStart, TermSet.Of(TermClass.GroupNoun, TermClass.DelegationNoun), out _));

    /// <summary>Where the post ends in front of a bracket that stands before the name: <c>副县长（挂职）</c>, <c>总经理（CEO）</c>.</summary>
    private static int BeforeQualifier(TaggingScratch scratch, int end, int limit)
    {
        if (end - 1 <= limit || scratch.Text[end - 1] != '）') return end;
        int open = scratch.Text.LastIndexOf('（', end - 1, Math.Min(end - limit, 16));
        return open > limit ? open : end;
    }

    private static bool IsQualifier(TaggingScratch scratch, int start, int end) =>
        scratch.Index.TryStart(start + 1, Qualifiers, out LexiconHit hit) && hit.End == end - 1
        || scratch.Index.TryStart(start, Qualifiers, out hit) && hit.End == end;

    /// <summary>张伟校长: the post right behind the name.</summary>
    private void ReadBehind(TaggingScratch scratch, int nameEnd)
    {
        if (!TryPostFrom(scratch, nameEnd, out LexiconHit hit)) return;
        int end = hit.End;
        if (scratch.Index.Terms(hit).Overlaps(NoPost) || hit.Length < 2) return;
        foreach (NameSpan other in scratch.NameList)
            if (other.Span.Start == end) return; // the post belongs to the next name
        scratch.FoundPosts.Add(new PostSpan(new TextSpan(nameEnd, end), nameEnd, false));
    }

    /// <summary>The head of the longest post from there on: 副|总理 reaches farther than 副总.</summary>
    private static bool TryPostFrom(TaggingScratch scratch, int start, out LexiconHit head)
    {
        bool found = scratch.Index.TryStart(start, TermSet.Of(TermClass.TitleHead), out head);
        foreach (LexiconHit prefix in scratch.Index.StartingAt(start))
        {
            if (!scratch.Index.Terms(prefix).Has(TermClass.TitlePrefix) || !TryPostFrom(scratch, prefix.End, out LexiconHit behind) || found && behind.End <= head.End) continue;
            (head, found) = (behind, true);
        }
        return found;
    }

    private void Share(TaggingScratch scratch, int index)
    {
        NameSpan name = scratch.NameList[index], before = scratch.NameList[index - 1];
        if (before.PostCount == 0) return;
        int gapStart = before.Span.End, gapEnd = name.Span.Start;
        if (gapEnd > gapStart && scratch.Text[gapStart] == '（')
        {
            int close = scratch.Text.IndexOf('）', gapStart, gapEnd - gapStart);
            if (close >= 0) gapStart = close + 1;
        }
        if (gapEnd - gapStart > 2) return;
        ReadOnlySpan<char> gap = scratch.Text.AsSpan(gapStart, gapEnd - gapStart);
        bool joins = gap is "、" or "和" or "及" or " " or "与" or "以及";
        if (!joins && !(gap is "，" && InList(scratch, index))) return;
        PostSpan last = scratch.PostList[before.FirstPost + before.PostCount - 1];
        if (last.Span.Start >= before.Span.Start) return; // 张伟校长、李明: no list
        scratch.FoundPosts.Add(last with { Shared = true });
    }

    private static bool InList(TaggingScratch scratch, int index) =>
        index >= 2 && scratch.NameList[index - 1].Span.Start - scratch.NameList[index - 2].Span.End == 1;

    private void AddLoose(TaggingScratch scratch, ref int covered)
    {
        for (int from = 2; scratch.Index.TryNextEnd(from, Heads, out LexiconHit head); from = head.End + 1)
        {
            int end = head.End;
            if (!TryHead(scratch, end, 0, out int headStart) || Covers(scratch.Posted, headStart, end) || Covers(scratch.Named, headStart, end)) continue;
            if (ReachesBeyond(scratch, headStart, end)) continue;
            int start = _borders.BeginLoose(scratch, headStart, Math.Max(0, covered));
            if ((start == headStart && end - headStart < 3) || InsideBody(scratch, end)) continue;
            scratch.LooseTitles.Add(new Mention(new TextSpan(start, end), MentionKind.Title, MentionOrigin.Rule, 0.7f, "title-loose"));
            covered = end;
        }
    }

    /// <summary>副总|经理: another head begins in this one and goes on behind it.</summary>
    private static bool ReachesBeyond(TaggingScratch scratch, int headStart, int end)
    {
        foreach (LexiconHit hit in scratch.Index.StartingIn(headStart, end))
            if (hit.End > end && scratch.Index.Terms(hit).Overlaps(Heads)) return true;
        return false;
    }

    /// <summary>人大常委|会: the head is part of a body's name.</summary>
    private static bool InsideBody(TaggingScratch scratch, int end)
    {
        foreach (Mention body in scratch.Organizations)
            if (body.Span.Start < end && body.Span.End > end) return true;
        return false;
    }

    private static bool Covers(bool[] covered, int start, int end) => covered.AsSpan(start, end - start).Contains(true);
}
