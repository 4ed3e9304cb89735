using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Finds people's names: the sequence model's, names right behind a post, names in an enumeration with such,
/// transliterated names around a middle dot, and every other place where a name so found stands again.
/// </summary>
internal sealed class PersonTagger(KnowledgeBase knowledge)
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
    private readonly Lexicon _lexicon = knowledge.Lexicon;
    private readonly NameStatistics _statistics = knowledge.Names;

    public void Tag(TaggingScratch scratch)
    {
        scratch.FoundNames.Clear();
        Array.Clear(scratch.Named, 0, scratch.Text.Length);
        FromModel(scratch);
        Transliterated(scratch);
        BehindPosts(scratch);
        InLists(scratch);
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
            TextSpan span = WithThird(scratch, token);
            int entry = _lexicon.Find(scratch.Text.AsSpan(span.Start, span.Length));
            if (entry >= 0 && _lexicon.Terms(entry).Overlaps(NoName)) continue;
            if (!char.IsLetter(scratch.Text[span.Start]) || !Overlaps(scratch, span) && !Plausible(scratch.Text.AsSpan(span.Start, span.Length))) continue;
            Add(scratch, span, MentionOrigin.Model, 0.85f);
        }
    }

    /// <summary>岳飞|鹏|率领: a single character that is left between a name of two and where a name can end belongs to the name.</summary>
    private TextSpan WithThird(TaggingScratch scratch, Token token)
    {
        var span = new TextSpan(token.Start, token.End);
        if (token.Length >= 3 && !scratch.Text.AsSpan(token.Start, token.Length).Contains('·') && scratch.Index.TryStart(token.End - 1, Tail, out LexiconHit tail) && tail.Length == 1)
            return new TextSpan(token.Start, token.End - 1);
        if (token.Length != 2 || token.End + 1 > scratch.Text.Length || !scratch.TokenStartsAt(token.End, out Token next) || next.Length != 1 || next.Tag == PartOfSpeech.Nr
            || !IsHan(scratch.Text[next.Start]) || !scratch.Index.TryStart(token.Start, SurnameClass, out LexiconHit surname) || surname.Length != 1) return span;
        if (scratch.Index.TryStart(next.Start, NoWord | TermSet.Of(TermClass.FunctionWord), out _) || !CanEnd(scratch, next.End)) return span;
        return new TextSpan(token.Start, next.End);
    }

    /// <summary>A name has no digits, no Latin inside Han, and a length that names have.</summary>
    private static bool Plausible(ReadOnlySpan<char> name)
    {
        foreach (char c in name)
            if (char.IsDigit(c) || c is '，' or '、' or '。' or '（' or '《' or ' ') return false;
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
            int at = head.End, start = at;
            if (Overlaps(scratch, new TextSpan(start, start + 1))) continue;
            // The head may be the front of a longer one: 主任|委员.
            if (scratch.Index.TryStart(start, Heads, out LexiconHit next) && next.Length >= 2) continue;
            if (scratch.Index.TryStart(head.Start, Heads, out LexiconHit longer) && longer.End > at || !scratch.Tagged.Borders[at]) continue;
            if (!TryGuess(scratch, start, 0.75f)) TryCommonWord(scratch, start, head);
        }
    }

    /// <summary>
    /// A name that is a common word, or has a rare surname (县长|平安，副县长|田野): two or three characters between a post and a
    /// mark, where the post stands in an enumeration or names its body.
    /// </summary>
    private void TryCommonWord(TaggingScratch scratch, int start, LexiconHit head)
    {
        string text = scratch.Text;
        for (int length = 2; length <= 3; length++)
        {
            int end = start + length;
            if (end > text.Length) return;
            if (!IsHan(text[end - 1]) || !IsHan(text[start])) return;
            if (!EndsHard(text, end) && !(length == 2 && scratch.Index.TryStart(end, After, out LexiconHit after) && scratch.TokenStartsAt(end, out _))) continue;
            var span = new TextSpan(start, end);
            if (Overlaps(scratch, span) || scratch.Index.TryStart(start, NoWord, out LexiconHit word) && word.End >= end) return;
            // 负责人|来平泉, 成员|走林场: a verb of one character begins no name.
            if (scratch.Index.TryStart(start, Verbs, out LexiconHit verb) && scratch.Tagged.Borders[start + 1] && !scratch.Index.TryStart(start, SurnameClass, out _)) return;
            int entry = _lexicon.Find(text.AsSpan(start, length));
            bool isVerb = entry >= 0 && _lexicon.Tag(entry) is PartOfSpeech.V or PartOfSpeech.Vd or PartOfSpeech.D or PartOfSpeech.R or PartOfSpeech.P or PartOfSpeech.C;
            bool listed = head.Start > 0 && InEnumeration(scratch, head);
            if (isVerb && !(listed && EndsHard(text, end))) return;
            Add(scratch, span, MentionOrigin.Rule, 0.65f);
            return;
        }
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
            double value = Likelihood(text.AsSpan(start, length), surname.Length) + (EndsHard(text, end) ? 1.5 : 0) - (CrossesWord(scratch, start, end) ? 1.5 : 0);
            if (bestEnd >= 0 && value <= best) continue;
            (best, bestEnd) = (value, end);
        }
        if (bestEnd < 0 || best < 0) return false;
        var span = new TextSpan(start, bestEnd);
        if (!Overlaps(scratch, span)) Add(scratch, span, MentionOrigin.Rule, score);
        return true;
    }

    /// <summary>Logarithm of the odds that the characters are a name rather than running text.</summary>
    private double Likelihood(ReadOnlySpan<char> name, int surname)
    {
        int given = name.Length - surname;
        int weight = surname == 1 ? _statistics.Surname(name[0]) : 300;
        weight += given == 1 ? _statistics.Single(name[^1]) : _statistics.First(name[surname]) + _statistics.Second(name[^1]);
        return weight / 100.0;
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
            for (int at = 0, next; (next = text.AsSpan(at).IndexOf(value)) >= 0; at += length)
            {
                at += next;
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

    internal static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF' or '〇' or '\uD842';
}
