using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Finds people's names: the sequence model's, names right behind a post, names in an enumeration with such,
/// transliterated names around a middle dot, and every other place where a name so found stands again.
/// </summary>
internal sealed partial class PersonTagger(KnowledgeBase knowledge, IMentionJudge judge)
{
    private static readonly TermSet Heads = TermSet.Of(TermClass.TitleHead, TermClass.CollectiveTitle);
    private static readonly TermSet After = TermSet.Of(TermClass.AfterName);
    private static readonly TermSet NoName = TermSet.Of(TermClass.TitleHead, TermClass.CollectiveTitle, TermClass.OrgSuffix, TermClass.Bureau,
        TermClass.NamePartStop, TermClass.FunctionWord, TermClass.MeetingKind, TermClass.GroupNoun, TermClass.Descriptor, TermClass.Honorific, TermClass.AgreementKind, TermClass.HomePlaceWord);
    private static readonly TermSet Verbs = TermSet.Of(TermClass.AfterName, TermClass.FunctionWord, TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitStop, TermClass.NameTail);
    private static readonly TermSet Tail = TermSet.Of(TermClass.NameTail);
    private static readonly TermSet StopWord = TermSet.Of(TermClass.NameStopWord);
    private static readonly TermSet NoWord = NoName | TermSet.Of(TermClass.AfterName, TermClass.SpeechVerb, TermClass.VisitGo, TermClass.VisitInspect, TermClass.VisitReceive, TermClass.Attend,
        TermClass.Accompany, TermClass.SignVerb, TermClass.Chair, TermClass.MeetingHold, TermClass.SchoolSuffix, TermClass.CompanySuffix, TermClass.FacilitySuffix, TermClass.TitlePrefix, TermClass.LevelWord,
        TermClass.PartyBody, TermClass.GovernmentBody, TermClass.NoEvent, TermClass.Quoted);
    private static readonly TermSet SurnameClass = TermSet.Of(TermClass.Surname, TermClass.CompoundSurname);
    private static readonly TermSet Roles = TermSet.Of(TermClass.CreditRole);
    private static readonly TermSet Compound = TermSet.Of(TermClass.CompoundSurname);
    private static readonly TermSet Polite = TermSet.Of(TermClass.Honorific);

    private const int MaxBracket = 12;

    /// <summary>丨, a character that pages use as a bar.</summary>
    private const char Bar = '丨';

    private readonly Lexicon _lexicon = knowledge.Lexicon;
    private readonly NameStatistics _statistics = knowledge.Names;
    private readonly PlaceNames _names = new(knowledge.Lexicon);
    private readonly NameBorders _borders = new(knowledge, judge);

    public void Tag(TaggingScratch scratch)
    {
        scratch.FoundNames.Clear();
        Array.Clear(scratch.Named, 0, scratch.Text.Length);
        Padded(scratch);
        FromModel(scratch);
        Transliterated(scratch);
        BehindPosts(scratch);
        InLists(scratch);
        MoveBorders(scratch);
        FromCredits(scratch);
        Echoes(scratch);
        scratch.FoundNames.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        scratch.NameList.AddRange(scratch.FoundNames);
    }

    private void FromModel(TaggingScratch scratch)
    {
        for (int i = 0; i < scratch.TokenCount; i++)
        {
            Token token = scratch.Tokens[i];
            if (token.Tag != PartOfSpeech.Nr || token.Length < 2) continue;
            // 杨县长: a surname with a post refers to somebody who is named elsewhere.
            if (scratch.Index.TryStart(token.Start + 1, Heads, out LexiconHit post) && post.End == token.End) continue;
            if (scratch.Index.TryStart(token.Start + 1, Polite, out LexiconHit address) && address.End == token.End) continue; // 李小姐
            if (_names.IsPlace(scratch, token)) continue;
            TextSpan span = WithJapaneseGiven(scratch, WithCompoundSurname(scratch, WithThird(scratch, token)));
            while (span.Length > 1 && scratch.Text[span.Start] == Bar) span = new TextSpan(span.Start + 1, span.End);
            while (span.Length > 1 && scratch.Text[span.End - 1] == Bar) span = new TextSpan(span.Start, span.End - 1);
            // 苏木达|那仁满都拉: the model took the post for the beginning of the name.
            if (scratch.Index.TryStart(span.Start, Heads, out LexiconHit front) && front.Length >= 3 && span.End - front.End >= 2) span = new TextSpan(front.End, span.End);
            if (span.Length < 2 || Overlaps(scratch, span)) continue;
            int entry = _lexicon.Find(scratch.Text.AsSpan(span.Start, span.Length));
            if (entry >= 0 && (_lexicon.Terms(entry).Overlaps(NoName) || span.Length == 2 && IsThing(scratch, span, entry))) continue;
            if (!char.IsLetter(scratch.Text[span.Start]) || !Plausible(scratch.Text.AsSpan(span.Start, span.Length))) continue;
            Add(scratch, span, MentionOrigin.Model, 0.85f);
        }
    }

    /// <summary>杨树|长势: an ordinary noun that stands beside no post and in no list.</summary>
    private bool IsThing(TaggingScratch scratch, TextSpan span, int entry) =>
        _lexicon.Tag(entry) == PartOfSpeech.N && _lexicon.Frequency(entry) > 20 && !scratch.Index.TryEnd(span.Start, Heads, out _) && !scratch.Index.TryStart(span.End, Heads, out _)
        && !(span.Start > 0 && scratch.Text[span.Start - 1] is '、' or '，' or ' ' or '和') && !(span.End < scratch.Text.Length && scratch.Text[span.End] is '、' or '和' or '等');

    /// <summary>
    /// 华　三　元, 汪　平: characters that the source sets apart by blanks. A run of them with one kind of blank is a name of two or three
    /// characters that begins with a surname; of four and six two names are made.
    /// </summary>
    private void Padded(TaggingScratch scratch)
    {
        List<(int At, char Blank)> gaps = scratch.Gaps;
        for (int i = 0; i < gaps.Count;)
        {
            int next = i + 1;
            while (next < gaps.Count && gaps[next].At == gaps[next - 1].At + 1 && gaps[next].Blank == gaps[i].Blank) next++;
            // 尹 达　陆 地: a gap of another kind between two runs parts two names.
            bool parts = next == i + 1 && i > 0 && gaps[i - 1].At == gaps[i].At - 1 && next < gaps.Count && gaps[next].At == gaps[i].At + 1;
            int start = gaps[i].At - 1, count = next - i + 1;
            // 记者 尹 达: the blank behind the role was taken out too.
            for (; count > 2 && scratch.Index.TryEnd(start + 1, Heads | Roles, out _); start++) count--;
            int size = count is 2 or 3 ? count : count == 4 ? 2 : count == 6 ? 3 : 0;
            if (!parts)
            {
                for (int first = 0; size > 0 && first + size <= count; first += size)
                {
                    var span = new TextSpan(start + first, start + first + size);
                    if (Overlaps(scratch, span) || !scratch.Index.TryStart(span.Start, SurnameClass, out _) || scratch.Index.TryEnd(span.End, Heads, out _)) continue;
                    if (count == 2 && IsBehindBlank(scratch, span.End)) span = new TextSpan(span.Start, span.End + 2);
                    Add(scratch, span, MentionOrigin.Rule, 0.85f);
                }
            }
            i = next;
        }
    }

    /// <summary>华三| 元|率, 张贵| 林|迎接: whether the third character of a padded name stands behind a blank that was left, with what follows it no word.</summary>
    private bool IsBehindBlank(TaggingScratch scratch, int end)
    {
        string text = scratch.Text;
        if (end + 1 >= text.Length || text[end] != ' ' || !IsHan(text[end + 1]) || scratch.TokenStartsAt(end + 1, out Token next) && next.Tag == PartOfSpeech.Nr) return false;
        if (end + 2 == text.Length || !IsHan(text[end + 2])) return !scratch.Index.TryStart(end + 1, NoWord | Verbs, out _);
        for (int length = 2; length <= 4 && end + 1 + length <= text.Length; length++)
            if (_lexicon.Find(text.AsSpan(end + 1, length)) >= 0) return false;
        return !scratch.Index.TryStart(end + 1, Verbs | NoWord, out LexiconHit word) || word.Length == 1 && !scratch.Index.Terms(word).Overlaps(TermSet.Of(TermClass.FunctionWord));
    }

    /// <summary>A name has no digits, no Latin inside Han, and a length that names have.</summary>
    private static bool Plausible(ReadOnlySpan<char> name)
    {
        foreach (char c in name)
            if (char.IsDigit(c) || c is '，' or '、' or '。' or '（' or '《') return false;
        return name.Contains('·') || name.Length <= 8;
    }

    private void Transliterated(TaggingScratch scratch)
    {
        string text = scratch.Text;
        for (int at = 1; at < text.Length - 1; at++)
        {
            int next = text.AsSpan(at).IndexOf('·');
            if (next < 0) return;
            at += next;
            if (at + 1 == text.Length || !IsHan(text[at - 1]) || !IsHan(text[at + 1])) continue;
            int start = at, end = at + 1;
            while (start > 0 && at - start < 8 && IsNameChar(scratch, start - 1, before: true)) start--;
            while (!IsHan(text[start])) start++;
            while (end < text.Length && (IsNameChar(scratch, end, before: false) || text[end] == '·' && end + 1 < text.Length && IsHan(text[end + 1]))) end++;
            var span = new TextSpan(start, end);
            // The model's own span is kept where it holds the dot and is longer on both sides.
            RemoveOthers(scratch, span, at);
            if (!Overlaps(scratch, span) && end - at > 1 && at - start > 0) Add(scratch, span, MentionOrigin.Rule, 0.9f);
            at = end;
        }
    }

    /// <summary>Takes out the names that overlap the span, unless they are the model's, hold the dot and are as long.</summary>
    private static void RemoveOthers(TaggingScratch scratch, TextSpan span, int dot)
    {
        for (int i = scratch.FoundNames.Count - 1; i >= 0; i--)
        {
            NameSpan name = scratch.FoundNames[i];
            if (!name.Span.Overlaps(span) || name.Span.Contains(dot) && name.Origin == MentionOrigin.Model && name.Span.Length >= span.Length) continue;
            scratch.FoundNames.RemoveAt(i);
            scratch.Named.AsSpan(name.Span.Start, name.Span.Length).Clear();
        }
        // Those that stay may have shared characters with those that went.
        foreach (NameSpan name in scratch.FoundNames) scratch.Named.AsSpan(name.Span.Start, name.Span.Length).Fill(true);
    }

    private bool IsNameChar(TaggingScratch scratch, int at, bool before)
    {
        string text = scratch.Text;
        // 玛丽-路易丝·姆巴.
        if (text[at] is '-' or '－') return at > 0 && at + 1 < text.Length && IsHan(text[at - 1]) && IsHan(text[at + 1]);
        if (!IsHan(text[at])) return false;
        int token = scratch.TokenAt[at];
        if (token >= 0 && scratch.Tokens[token].Tag == PartOfSpeech.Nr) return true;
        if (before && scratch.Index.TryEnd(at + 1, Heads, out LexiconHit head) && head.Length >= 2) return false;
        if (token >= 0 && scratch.Tokens[token].Tag is PartOfSpeech.Ns or PartOfSpeech.Nt) return false;
        if (!before && scratch.Index.TryStart(at, TermSet.Of(TermClass.AfterName, TermClass.FunctionWord), out _) && _statistics.Transliteration(text[at]) <= -100) return false;
        if (token >= 0 && scratch.Tokens[token].Length >= 2)
        {
            int entry = _lexicon.Find(text.AsSpan(scratch.Tokens[token].Start, scratch.Tokens[token].Length));
            if (entry >= 0 && _lexicon.Frequency(entry) > 100) return false;
        }
        return _statistics.Transliteration(text[at]) > -100;
    }

    private void BehindPosts(TaggingScratch scratch)
    {
        for (int from = 2; scratch.Index.TryNextEnd(from, Heads, out LexiconHit head) && head.End < scratch.Text.Length - 1; from = head.End + 1)
        {
            if (head.Length < 2) continue;
            int at = head.End, start = BehindBracket(scratch.Text, at);
            if (start >= scratch.Text.Length - 1) continue;
            if (Overlaps(scratch, new TextSpan(start, start + 1))) continue;
            // The head may be the front of a longer one: 主任|委员.
            if (scratch.Index.TryStart(start, Heads, out LexiconHit next) && next.Length >= 2) continue;
            if (scratch.Index.TryStart(head.Start, Heads, out LexiconHit longer) && longer.End > at || !scratch.Tagged.Borders[at]) continue;
            if (!TryGuess(scratch, start, 0.75f) && !TryCommonWord(scratch, start, head) && _borders.TryFind(scratch, start, out TextSpan name)) Add(scratch, name, MentionOrigin.Rule, 0.65f);
        }
    }

    /// <summary>副院长（援疆）|丘处机, （三级主任科员）|司空图: where the name begins behind a bracket.</summary>
    private static int BehindBracket(string text, int at)
    {
        if (text[at] == '）') return at + 1;
        if (text[at] != '（') return at;
        int close = text.IndexOf('）', at, Math.Min(MaxBracket, text.Length - at));
        return close < 0 ? at : close + 1;
    }

    /// <summary>
    /// A name that is a common word, or has a rare surname (县长|平安，副县长|田野): two or three characters between a post and a
    /// mark, where the post stands in an enumeration or names its body.
    /// </summary>
    private bool TryCommonWord(TaggingScratch scratch, int start, LexiconHit head)
    {
        string text = scratch.Text;
        for (int length = 2; length <= 3; length++)
        {
            int end = start + length;
            if (end > text.Length) return false;
            if (!IsHan(text[end - 1]) || !IsHan(text[start])) return false;
            if (!EndsHard(text, end) && !(length == 2 && scratch.Index.TryStart(end, After, out LexiconHit after) && scratch.TokenStartsAt(end, out _))) continue;
            var span = new TextSpan(start, end);
            if (Overlaps(scratch, span) || scratch.Index.TryStart(start, NoWord, out LexiconHit word) && word.End >= end) return false;
            // 负责人|来平泉, 成员|走林场: a verb of one character begins no name.
            if (scratch.Index.TryPlaceEnd(end, out LexiconHit place) && place.Start > start && place.Length >= 2) return false;
            if (scratch.Index.TryStart(start, Verbs, out LexiconHit verb) && scratch.Tagged.Borders[start + 1] && !scratch.Index.TryStart(start, SurnameClass, out _)) return false;
            int entry = _lexicon.Find(text.AsSpan(start, length));
            bool isVerb = entry >= 0 && _lexicon.Tag(entry) is PartOfSpeech.V or PartOfSpeech.Vd or PartOfSpeech.D or PartOfSpeech.R or PartOfSpeech.P or PartOfSpeech.C;
            bool listed = head.Start > 0 && InEnumeration(scratch, head);
            if (isVerb && !(listed && EndsHard(text, end))) return false;
            Add(scratch, span, MentionOrigin.Rule, 0.65f);
            return true;
        }
        return false;
    }

    /// <summary>Whether another name stands a few characters before the post: one more item of an enumeration.</summary>
    private bool InEnumeration(TaggingScratch scratch, LexiconHit head)
    {
        foreach (NameSpan name in scratch.FoundNames)
        {
            int gap = head.Start - name.Span.End;
            if (gap is < 0 or > 24) continue;
            if (scratch.Text[name.Span.End] is '、' or '，') return true;
        }
        return false;
    }

    /// <summary>Who made the article: what the credits name is a person, common word or not.</summary>
    private static void FromCredits(TaggingScratch scratch)
    {
        foreach (CreditSpan credit in scratch.Tagged.Credits)
        {
            if (credit.Span.Length < 2 || Overlaps(scratch, credit.Span)) continue;
            Add(scratch, credit.Span, MentionOrigin.Lexicon, 0.9f);
        }
    }

    private void InLists(TaggingScratch scratch)
    {
        for (int i = 0; i < scratch.FoundNames.Count; i++)
        {
            int end = scratch.FoundNames[i].Span.End;
            if (end + 2 >= scratch.Text.Length || scratch.Text[end] is not ('、' or '和' or '，')) continue;
            int start = end + 1;
            if (Overlaps(scratch, new TextSpan(start, start + 1))) continue;
            if (scratch.Text[end] == '，' && !(i > 0 && scratch.Text[scratch.FoundNames[i].Span.Start - 1] is '，' or '、')) continue;
            TryGuess(scratch, start, 0.7f);
        }
    }

    /// <summary>A surname and one or two characters, up to where a name can end.</summary>
    private bool TryGuess(TaggingScratch scratch, int start, float score)
    {
        string text = scratch.Text;
        if (!scratch.Index.TryStart(start, SurnameClass, out LexiconHit surname)) return false;
        double best = 0;
        int bestEnd = -1;
        for (int length = surname.Length + 1; length <= surname.Length + 2 && start + length <= text.Length; length++)
        {
            int end = start + length;
            bool han = true;
            for (int i = start; i < end; i++) han &= IsHan(text[i]);
            if (!han) break;
            if (!CanEnd(scratch, end)) continue;
            int entry = _lexicon.Find(text.AsSpan(start, length));
            if (entry >= 0 && _lexicon.Terms(entry).Overlaps(NoName | StopWord)) continue;
            double value = _statistics.Odds(text.AsSpan(start, length), surname.Length) + (EndsHard(text, end) ? 1.5 : 0) - (CrossesWord(scratch, start, end) ? 1.5 : 0);
            if (bestEnd >= 0 && value <= best) continue;
            (best, bestEnd) = (value, end);
        }
        if (bestEnd < 0 || best < 0) return false;
        var span = new TextSpan(start, bestEnd);
        if (scratch.Index.TryEnd(bestEnd, Polite, out LexiconHit address) && address.Start > start) return false;
        if (!Overlaps(scratch, span)) Add(scratch, span, MentionOrigin.Rule, score);
        return true;
    }

    private static bool EndsHard(string text, int end) => end == text.Length || text[end] is '，' or '、' or '。' or '（' or '）' or '；' or '\n' or '：' or ' ' or '等';

    private static bool CanEnd(TaggingScratch scratch, int end) => EndsHard(scratch.Text, end) || scratch.Index.TryStart(end, After, out _)
        || scratch.Index.TryStart(end, TermSet.Of(TermClass.SpeechVerb, TermClass.VisitInspect, TermClass.VisitGo, TermClass.VisitReceive, TermClass.Attend, TermClass.Accompany, TermClass.SignVerb, TermClass.FunctionWord), out _);

    /// <summary>Whether a common word reaches across the end of the name: 高度|重视 after 县长.</summary>
    private bool CrossesWord(TaggingScratch scratch, int start, int end)
    {
        int token = scratch.TokenAt[end - 1];
        if (token < 0) return false;
        Token word = scratch.Tokens[token];
        if (word.End > end) return true;
        if (word.Start != start || word.Length < 2 || word.End != end) return false;
        int entry = _lexicon.Find(scratch.Text.AsSpan(word.Start, word.Length));
        return entry >= 0 && _lexicon.Frequency(entry) > 300 && _lexicon.Tag(entry) is not PartOfSpeech.Nr;
    }

    private void Echoes(TaggingScratch scratch)
    {
        string text = scratch.Text;
        int count = scratch.FoundNames.Count;
        scratch.Met.Clear();
        for (int i = 0; i < count; i++)
        {
            NameSpan name = scratch.FoundNames[i];
            int length = name.Span.Length;
            if (length < 2 || !scratch.Met.Add(text, name.Span.Start, length)) continue;
            ReadOnlySpan<char> value = text.AsSpan(name.Span.Start, length);
            int entry = _lexicon.Find(value);
            // A name that is a common word (高原, 国庆) is not looked for elsewhere when it is short and frequent.
            bool common = entry >= 0 && length == 2 && _lexicon.Tag(entry) is not PartOfSpeech.Nr && _lexicon.Frequency(entry) > 20;
            for (int at = 0; (at = scratch.Index.Stretches.Find(name.Span.Start, length, at)) >= 0; at += length)
            {
                var span = new TextSpan(at, at + length);
                if (Overlaps(scratch, span)) continue;
                if (common && !(CanEnd(scratch, span.End) && StartsAtBorder(scratch, span.Start))) continue;
                if (InsideOrganization(scratch, span)) continue;
                Add(scratch, span, MentionOrigin.Echo, name.Score * 0.95f);
            }
        }
    }

    private static bool InsideOrganization(TaggingScratch scratch, TextSpan span)
    {
        if (!scratch.Embodied[span.Start]) return false;
        foreach (Mention mention in scratch.Organizations)
            if (mention.Span.Contains(span) && mention.Span.Length > span.Length) return true;
        return false;
    }

    private static bool StartsAtBorder(TaggingScratch scratch, int start) => start == 0 || !char.IsLetter(scratch.Text[start - 1])
        || scratch.Index.TryEnd(start, Heads | TermSet.Of(TermClass.BeforeName, TermClass.FunctionWord), out _);

    private static void Add(TaggingScratch scratch, TextSpan span, MentionOrigin origin, float score)
    {
        scratch.FoundNames.Add(new NameSpan(span, 0, 0, origin, score));
        scratch.Named.AsSpan(span.Start, span.Length).Fill(true);
    }

    private static bool Overlaps(TaggingScratch scratch, TextSpan span) => scratch.Named.AsSpan(span.Start, span.Length).Contains(true);

    internal static bool IsHan(char c) => c != Bar && c is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF' or '〇' or '\uD842';
}
