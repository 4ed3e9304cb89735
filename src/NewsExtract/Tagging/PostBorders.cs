using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Where a post begins: of what the leftward reading took, words that are no part of the post are given back (<c>拜会|财政司司长</c>);
/// what it left is taken in (<c>农业及创新|大臣</c>, <c>神经外|科主任</c>, <c>瓦|农业部长</c>).
/// </summary>
internal sealed class PostBorders(KnowledgeBase knowledge)
{
    private static readonly TermSet Companies = TermSet.Of(TermClass.CompanySuffix);
    private static readonly TermSet Heads = TermSet.Of(TermClass.TitleHead, TermClass.CollectiveTitle, TermClass.TitleRank);
    private static readonly TermSet Around = TermSet.Of(TermClass.NamePartStop, TermClass.FunctionWord, TermClass.HomePlaceWord, TermClass.PlaceAnaphor);
    private static readonly TermSet Pointing = TermSet.Of(TermClass.HomePlaceWord, TermClass.PlaceAnaphor, TermClass.OrgAnaphor);
    private static readonly TermSet Parts = TermSet.Of(TermClass.OrgSuffix, TermClass.Bureau, TermClass.PartyBody, TermClass.GovernmentBody, TermClass.LevelWord);
    private static readonly TermSet Bodies = TermSet.Of(TermClass.SchoolSuffix, TermClass.CompanySuffix, TermClass.HospitalSuffix, TermClass.OrgSuffix, TermClass.Bureau, TermClass.SubUnit);
    private static readonly TermSet Meeting = TermSet.Of(TermClass.MeetingKind);
    private static readonly TermSet Verbs = TermSet.Of(TermClass.VisitReceive, TermClass.VisitLead, TermClass.VisitInspect);
    private static readonly TermSet Leading = TermSet.Of(TermClass.VisitReceive, TermClass.VisitLead);
    private static readonly TermSet NoModifier = TermSet.Of(TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitInspect, TermClass.SignVerb, TermClass.Chair, TermClass.MeetingHold, TermClass.HomePlaceWord,
        TermClass.PlaceAnaphor, TermClass.OrgAnaphor, TermClass.PartiesAnaphor);
    private static readonly TermSet Groups = TermSet.Of(TermClass.GroupNoun, TermClass.DelegationNoun);
    private static readonly TermSet Function = TermSet.Of(TermClass.FunctionWord);
    private const int MaxModifier = 7, MaxPortfolio = 8;
    private readonly Lexicon _lexicon = knowledge.Lexicon;
    private readonly LeftReader _left = new(knowledge.Lexicon);

    /// <summary>The beginning of the post whose head, prefixes included, is <c>[headStart, …)</c>; not in front of <paramref name="limit"/>.</summary>
    public int Begin(TaggingScratch scratch, int headStart, int limit)
    {
        // 专家组|组长, 执法检查组|组长: the group is part of the post.
        if (scratch.Index.TryEnd(headStart, Groups, out LexiconHit group) && group.Start >= limit && scratch.Text[headStart - 1] == '组')
            return Trim(scratch, _left.Begin(scratch, WithParty(scratch, group.Start, limit), limit, nouns: false), headStart);
        int start = Trim(scratch, _left.Begin(scratch, headStart, limit, nouns: false), headStart);
        start = WithPortfolio(scratch, WithModifier(scratch, start, headStart, limit), headStart, limit);
        return WithCountry(scratch, start, limit);
    }

    /// <summary>中方|专家组.</summary>
    private static int WithParty(TaggingScratch scratch, int start, int limit) =>
        scratch.Index.TryEnd(start, TermSet.Of(TermClass.OrgAnaphor), out LexiconHit party) && party.Start >= limit && scratch.Text[start - 1] == '方' ? party.Start : start;

    /// <summary>The same for a post that stands at no name: only what is no part of it is given back.</summary>
    public int BeginLoose(TaggingScratch scratch, int headStart, int limit) => Trim(scratch, _left.Begin(scratch, headStart, limit, nouns: false), headStart);

    /// <summary>Words around the post that are no part of it: 率队, 该, 新任.</summary>
    private int Trim(TaggingScratch scratch, int start, int headStart)
    {
        string text = scratch.Text;
        start = BehindVerb(scratch, BehindShortName(scratch, start, headStart), headStart);
        // 该校|副校长, but 该|校党委书记; 国民党籍|立委.
        if (text[start] == '该' && scratch.Index.TryStart(start, TermSet.Of(TermClass.OrgAnaphor, TermClass.PlaceAnaphor), out LexiconHit anaphor) && anaphor.End <= headStart)
            start = scratch.Index.TryStart(anaphor.End, TermSet.Of(TermClass.PartyBody, TermClass.GovernmentBody, TermClass.TransparentUnit), out _) ? start + 1 : anaphor.End;
        else if (text[start] == '该' && headStart == start + 2) start = headStart;
        else if (start >= 2 && text[start - 2] == '该' && scratch.Index.TryStart(start - 2, TermSet.Of(TermClass.OrgAnaphor), out LexiconHit school) && school.End == start
            && scratch.Index.TryStart(start, TermSet.Of(TermClass.PartyBody), out _)) start--;
        int origin = text.IndexOf('籍', start, headStart - start);
        if (origin > start) start = origin + 1;
        while (start < headStart && scratch.Index.TryStart(start, Around, out LexiconHit stop) && stop.End <= headStart && !scratch.Index.TryStart(start, Parts, out _)
               && (scratch.TokenEndsAt(stop.End, out _) || stop.Length >= 3 || scratch.Index.Terms(stop).Overlaps(Pointing) && stop.Length == 2 || BeginsWord(scratch, stop, headStart)))
            start = stop.End;
        return start;
    }

    /// <summary>同|大叻市人民议会副主席, 跟|食品学院副院长, but 同济大学校长: a word of one character is given back where what follows is a word and both together are none.</summary>
    private bool BeginsWord(TaggingScratch scratch, LexiconHit first, int headStart)
    {
        if (first.Length > 1) return false;
        int next = TaggedText.CountBefore(scratch.Places, first.End);
        if (next < scratch.Places.Count && scratch.Places[next].Span.Start == first.End && !scratch.Tagged.Places.Exists(place => place.Span.Start == first.Start)) return true;
        Span<LexiconHit> words = stackalloc LexiconHit[16];
        int found = _lexicon.MatchAll(scratch.Text.AsSpan(0, headStart), first.Start, words);
        if (found > 0 && words[found - 1].Length > 1) return false;
        found = _lexicon.MatchAll(scratch.Text.AsSpan(0, headStart), first.End, words);
        return found > 0 && words[found - 1].Length > 1;
    }

    /// <summary>某某集团（以下简称“某集团”）|党委书记, 香港中文大学（中大）|医学院副院长: the post begins behind the bracket with the body's short name.</summary>
    private static int BehindShortName(TaggingScratch scratch, int start, int headStart)
    {
        string text = scratch.Text;
        int close = start + text.AsSpan(start, headStart - start).LastIndexOf('）');
        int open = close < start ? -1 : start + text.AsSpan(start, close - start).LastIndexOf('（');
        if (open < start) return start;
        bool quoted = text.AsSpan(open, close - open).IndexOfAny('“', '称') >= 0;
        if (!quoted && !(open > start && scratch.Index.TryEnd(open, Bodies, out _) && !IsPlace(scratch, open + 1, close) && !scratch.Index.TryStart(close + 1, Companies, out _))) return start;
        return close + 1;
    }

    /// <summary>
    /// 里斯本拜会|葡国教育部部长: a verb of receiving or leading inside; but not 接待办主任, 会晤站站长, where it is part of a unit's name.
    /// </summary>
    private static int BehindVerb(TaggingScratch scratch, int start, int headStart)
    {
        for (int at = start; at < headStart - 1; at++)
        {
            if (!scratch.Index.TryStart(at, Verbs, out LexiconHit verb) || verb.End > headStart) continue;
            TermSet terms = scratch.Index.Terms(verb);
            bool counts = verb.Length == 1 ? scratch.Text[at] == '率' && scratch.Tagged.Borders[at] && scratch.Tagged.Borders[verb.End]
                : terms.Overlaps(Leading) || terms.Overlaps(Meeting);
            if (counts && !"办处科站室厅组团".Contains(scratch.Text[verb.End]) && !scratch.Text.AsSpan(verb.End).StartsWith("中心")) (start, at) = (verb.End, verb.End - 1);
        }
        return start;
    }

    private static bool IsPlace(TaggingScratch scratch, int start, int end) =>
        scratch.FirstPlaceTo[end] is > 0 and int first && scratch.Places[first - 1].Span.Start == start;

    /// <summary>
    /// 安全|总监, 航空发动机系|主任, 神经外|科主任: the nouns that fill the space between a mark and a bare head, or a unit of one character.
    /// </summary>
    private int WithModifier(TaggingScratch scratch, int start, int headStart, int limit)
    {
        string text = scratch.Text;
        bool isUnit = start >= headStart - 1 && "处科股站系室课司厅局所组部".Contains(text[start]);
        if (start < headStart && !isUnit) return start;
        int at = start;
        bool stopped = false;
        while (at > limit && char.IsLetter(text[at - 1]) && text[at - 1] is not ('和' or '及' or '与'))
        {
            // 林业局|造林司: in front of what a unit is about stands its body.
            if (isUnit && at < start && Begins(scratch, at, limit) && (scratch.FirstPlaceTo[at] > 0 || scratch.TokenEndsAt(at, out Token body) && body.Tag != PartOfSpeech.None)) return _left.Begin(scratch, at, limit, nouns: false);
            if (start - at >= MaxModifier || !scratch.TokenEndsAt(at, out Token token) || token.Start < limit || token.Tag != PartOfSpeech.None || text[at - 1] == '籍' || IsPointing(scratch, token)) return start;
            if (!_left.IsNoun(scratch, token) && !(isUnit && IsModifier(scratch, token)))
            {
                stopped = isUnit && (IsFunction(scratch, token) || Begins(scratch, at, limit));
                if (stopped) break;
                return start;
            }
            at = token.Start;
        }
        if (at == start || start - at < (isUnit ? 1 : 2)) return start;
        return stopped || at == limit || text[at - 1] is '、' or '，' or '。' or '和' or '及' or '与' or '\n' or '；' ? at : start;
    }

    /// <summary>A verb or other word that can be part of what a post is about: 经商, 急诊, 创新.</summary>
    private bool IsModifier(TaggingScratch scratch, Token token)
    {
        if (token.Tag != PartOfSpeech.None || token.Length < 2) return false;
        int entry = scratch.EntryOfToken(scratch.TokenAt[token.Start]);
        if (entry < 0) return false;
        TermSet terms = _lexicon.Terms(entry);
        return !terms.Overlaps(NoModifier | Function) && _lexicon.Tag(entry) == PartOfSpeech.V && !_left.IsStop(entry) || _left.IsNoun(scratch, token);
    }

    /// <summary>我院, 本市, 该馆: whose post it is, and no part of it.</summary>
    private bool IsPointing(TaggingScratch scratch, Token token) => scratch.Text[token.Start] is '我' or '本' or '该' or '当'
        && scratch.EntryOfToken(scratch.TokenAt[token.Start]) is >= 0 and int entry && _lexicon.Terms(entry).Overlaps(Pointing);

    private bool IsFunction(TaggingScratch scratch, Token token)
    {
        int entry = scratch.EntryOfToken(scratch.TokenAt[token.Start]);
        return entry >= 0 && _lexicon.Terms(entry).Overlaps(Function | TermSet.Of(TermClass.NamePartStop, TermClass.VisitReceive));
    }

    /// <summary>
    /// 农业及创新|大臣, 外交合作与|非洲一体化部长, 经济发展和|科技信息局局长: what a post is about, of several parts that 与, 和, 及 join.
    /// In front of it stand a mark, a place, a body, or a word that belongs to neither.
    /// </summary>
    private int WithPortfolio(TaggingScratch scratch, int start, int headStart, int limit)
    {
        string text = scratch.Text;
        int at = start;
        if (start == headStart) while (at > limit && scratch.TokenEndsAt(at, out Token word) && word.Start >= limit && start - word.Start <= MaxPortfolio && IsModifier(scratch, word)) at = word.Start;
        if (at - 1 <= limit || text[at - 1] is not ('和' or '及' or '与' or '暨') || at == headStart || !StartsPlain(scratch, at)) return start;
        int first = at - 1;
        while (first > limit && scratch.TokenEndsAt(first, out Token word) && word.Start >= limit && at - word.Start <= MaxPortfolio + 1 && IsModifier(scratch, word)
               && !scratch.Index.TryEnd(first, Heads | Bodies, out _)) first = word.Start;
        if (first > at - 3 || !Begins(scratch, first, limit)) return start;
        return Trim(scratch, _left.Begin(scratch, first, limit, nouns: false), headStart);
    }

    /// <summary>Whether a plain word begins there, no place and no body.</summary>
    private static bool StartsPlain(TaggingScratch scratch, int at)
    {
        // 林业和|草原局: of a name that the model saw from there on only an office's counts.
        if (!scratch.TokenStartsAt(at, out Token token) || token.Tag != PartOfSpeech.None && !(token.Tag == PartOfSpeech.Nt && "局厅司部委处".Contains(scratch.Text[token.End - 1]))) return false;
        int next = TaggedText.CountBefore(scratch.Places, at);
        return next >= scratch.Places.Count || scratch.Places[next].Span.Start != at;
    }

    /// <summary>Whether what a post is about can begin there: behind a mark, a place, a body, a level, or a word that belongs to neither.</summary>
    private bool Begins(TaggingScratch scratch, int at, int limit)
    {
        if (at <= limit || !char.IsLetter(scratch.Text[at - 1]) || scratch.FirstPlaceTo[at] > 0) return true;
        if (!scratch.TokenEndsAt(at, out Token token)) return false;
        if (token.Tag is PartOfSpeech.Nt or PartOfSpeech.Ns) return true;
        return scratch.Index.TryEnd(at, TermSet.Of(TermClass.LevelWord) | Around, out _) || scratch.Index.TryEnd(at, Bodies | Verbs, out _) || IsCountry(scratch, at - 1);
    }

    /// <summary>瓦|农业部长 where the text names 瓦努阿图, 阿|州州长 where it names 阿姆哈拉州: the first character stands for the place in front of a post.</summary>
    private int WithCountry(TaggingScratch scratch, int start, int limit)
    {
        if (start - 1 < limit || start == 0 || !IsCountry(scratch, start - 1) && !(scratch.Text[start] == '州' && PlaceNames.IsShortForm(scratch, start - 1))) return start;
        int before = start - 2;
        bool free = before < limit || !char.IsLetterOrDigit(scratch.Text[before]) || scratch.Tagged.Borders[start - 1] && (scratch.Index.TryEnd(start - 1, Function | Verbs, out _) || scratch.FirstPlaceTo[start - 1] > 0);
        return free ? start - 1 : start;
    }

    /// <summary>Whether the character is the first of a country that the text names in full, China aside.</summary>
    private bool IsCountry(TaggingScratch scratch, int at)
    {
        char first = scratch.Text[at];
        if (!char.IsLetter(first) || first == '中') return false;
        foreach (Mention place in scratch.Places)
        {
            if (scratch.Text[place.Span.Start] != first || place.Span.Length < 2) continue;
            int entry = _lexicon.Find(scratch.Text.AsSpan(place.Span.Start, place.Span.Length));
            if (entry >= 0 && _lexicon.Places(entry) is { IsEmpty: false } places && knowledge.Gazetteer.Level(places[0]) == PlaceLevel.Country) return true;
        }
        return false;
    }
}
