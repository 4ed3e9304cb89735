using System.Numerics;
using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>Describes a stretch that may be the name of a body by its words, those around it, its places and what the sequence model took it for.</summary>
internal sealed class BodyFeatures(KnowledgeBase knowledge)
{
    private static readonly TermSet Endings = TermSet.Of(TermClass.OrgSuffix, TermClass.CompanySuffix, TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.Bureau,
        TermClass.CongressBody, TermClass.ConsultativeBody, TermClass.GovernmentBody, TermClass.PartyBody, TermClass.FacilitySuffix, TermClass.ZoneSuffix, TermClass.NationalBody, TermClass.OutletSuffix);
    private static readonly TermSet Heads = TermSet.Of(TermClass.TitleHead, TermClass.CollectiveTitle, TermClass.TitleRank);
    private static readonly TermSet Function = TermSet.Of(TermClass.FunctionWord);
    private static readonly System.Buffers.SearchValues<char> Counting = System.Buffers.SearchValues.Create("一二三四五六七八九十两几多各每某该本我全第数有0123456789");
    private const int LongestFirst = 6;
    private readonly Lexicon _lexicon = knowledge.Lexicon;

    public void Fill(TaggingScratch scratch, TextSpan span, int rule, bool isRuleStart, MentionFeatures f)
    {
        f.Clear();
        string text = scratch.Text;
        int start = span.Start, end = span.End;
        f.Add(MentionFeature.Rule, rule);
        f.AddIf(isRuleStart, MentionFeature.IsRuleStart);
        f.Add(MentionFeature.Length, Math.Min(span.Length, 12));

        int suffixStart = end, suffixClass = 0;
        if (scratch.Index.TryEnd(end, Endings, out LexiconHit suffix) && suffix.Start >= start)
        {
            suffixStart = suffix.Start;
            suffixClass = ClassOf(scratch.Index.Terms(suffix));
            f.Add(MentionFeature.Suffix, suffix.Entry);
            f.Add(MentionFeature.SuffixLength, Math.Min(suffix.Length, 6));
            f.AddIf(suffixStart == start, MentionFeature.SuffixIsAll, suffixClass);
        }
        f.Add(MentionFeature.SuffixClass, suffixClass);

        (int first, PartOfSpeech firstTag) = WordFrom(scratch, start, end);
        f.Add(MentionFeature.FirstTag, (int)firstTag);
        f.AddIf(Counting.Contains(text[start]), MentionFeature.FirstChar, text[start]);
        if (first >= 0)
        {
            // Places and rare words say nothing of how other names begin.
            f.AddIf(!_lexicon.IsPlace(first) && _lexicon.CommonFrequency(first) > 1000, MentionFeature.FirstWord, first);
            AddClasses(f, MentionFeature.FirstClass, first);
        }
        (int tagBefore, int tagAfter) = AddAround(scratch, start, end, f);
        int model = AddModel(scratch, start, end, f);
        f.Add(MentionFeature.RuleAndBefore, rule * 128 + tagBefore);
        f.Add(MentionFeature.RuleAndAfter, rule * 128 + tagAfter);
        f.Add(MentionFeature.RuleAndModel, rule * 16 + model);
        f.Add(MentionFeature.ModelAndSuffixClass, model * 16 + suffixClass);

        int lead = 0, at = start;
        PlaceLevel level = default;
        while (at < end && TryPlaceFrom(scratch, at, Math.Min(end, Math.Max(suffixStart, at + 1)), out int behind, out PlaceLevel of))
        {
            (lead, at, level) = (lead + 1, behind, of);
        }
        f.Add(MentionFeature.LeadPlaces, Math.Min(lead, 3));
        f.AddIf(lead > 0, MentionFeature.PlaceLevel, (int)level);
        int before = PlaceEndsAt(scratch, start, out PlaceLevel upper) ? 1 + (int)upper : 0;
        f.Add(MentionFeature.PlaceBefore, before);
        f.Add(MentionFeature.LeadAndBefore, Math.Min(lead, 3) * 16 + before);
        AddCore(scratch, at, Math.Max(at, suffixStart), suffixClass, f);

        f.Add(MentionFeature.Role, (int)scratch.Layout.RoleAt(start));
        f.AddIf(scratch.Layout.OutletSpan is { } outlet && outlet.Start <= start && end <= outlet.End, MentionFeature.IsOutlet, scratch.Layout.OutletSpan == span ? 2 : 1);
        f.AddIf(scratch.Index.TryEnd(end, Heads, out LexiconHit head) && head.Start >= start, MentionFeature.Head, head.Entry);
        int whole = _lexicon.Find(text.AsSpan(start, end - start));
        f.Add(MentionFeature.LexiconTag, whole < 0 ? 63 : (int)_lexicon.Tag(whole));
        f.AddIf(whole >= 0 && _lexicon.IsPlace(whole), MentionFeature.IsPlaceName, _lexicon.IsFullName(Math.Max(0, whole)) ? 1 : _lexicon.IsShortForm(Math.Max(0, whole)) ? 2 : 3);
        f.Add(MentionFeature.Repeats, Repeats(scratch, span));
        f.AddIf(start > 0 && text[start - 1] is '“' or '《' or '「' or '（', MentionFeature.InQuotes, end < text.Length && text[end] is '”' or '》' or '」' or '）' ? 2 : 1);
    }

    /// <summary>Adds the words next to the stretch; gives their tags, 0 where there is a mark.</summary>
    private (int Before, int After) AddAround(TaggingScratch scratch, int start, int end, MentionFeatures f)
    {
        string text = scratch.Text;
        int before = 0, after = 0;
        if (start == 0 || !char.IsLetter(text[start - 1])) f.Add(MentionFeature.CharBefore, start == 0 ? '\n' : text[start - 1]);
        else
        {
            int entry = scratch.TokenEndsAt(start, out Token token) ? scratch.EntryOfToken(scratch.TokenAt[start - 1]) : -1;
            f.Add(MentionFeature.BeforeTag, before = entry < 0 ? (token.Length > 0 ? 64 + (int)token.Tag : 63) : token.Tag != PartOfSpeech.None ? 64 + (int)token.Tag : (int)_lexicon.Tag(entry));
            if (entry >= 0)
            {
                f.Add(MentionFeature.WordBefore, entry);
                AddClasses(f, MentionFeature.BeforeClass, entry);
            }
        }
        if (end >= text.Length || !char.IsLetter(text[end])) f.Add(MentionFeature.CharAfter, end >= text.Length ? '\n' : text[end]);
        else
        {
            int entry = scratch.TokenStartsAt(end, out Token token) ? scratch.EntryOfToken(scratch.TokenAt[end]) : -1;
            f.Add(MentionFeature.AfterTag, after = entry < 0 ? (token.Length > 0 ? 64 + (int)token.Tag : 63) : token.Tag != PartOfSpeech.None ? 64 + (int)token.Tag : (int)_lexicon.Tag(entry));
            if (entry >= 0)
            {
                f.Add(MentionFeature.WordAfter, entry);
                AddClasses(f, MentionFeature.AfterClass, entry);
            }
        }
        return (before, after);
    }

    /// <summary>How the stretch lies to the sequence model's words: one of them, of several, or across their borders.</summary>
    private static int AddModel(TaggingScratch scratch, int start, int end, MentionFeatures f)
    {
        int first = scratch.TokenAt[start], last = scratch.TokenAt[end - 1];
        if (first < 0 || last < 0)
        {
            f.Add(MentionFeature.Model, 15);
            return 15;
        }
        Token head = scratch.Tokens[first], tail = scratch.Tokens[last];
        int relation;
        if (first == last && head.Start == start && head.End == end)
        {
            relation = head.Tag switch { PartOfSpeech.Nt => 1, PartOfSpeech.Ns => 2, PartOfSpeech.Nr => 3, _ => 4 };
            if (head.Tag != PartOfSpeech.None) f.Add(MentionFeature.ModelScore, relation * 10 + (int)Math.Min(9, scratch.TokenScores[first] * 10));
        }
        else
        {
            bool starts = head.Start == start, ends = tail.End == end;
            relation = !starts ? head.Tag == PartOfSpeech.Nt ? 5 : 6
                : !ends ? tail.Tag == PartOfSpeech.Nt ? 7 : 8
                : tail.Tag == PartOfSpeech.Nt ? 9 : head.Tag == PartOfSpeech.Nt ? 10 : tail.Tag == PartOfSpeech.Ns ? 11 : head.Tag == PartOfSpeech.Ns ? 12 : 13;
            for (int i = first; i <= last; i++) f.AddIf(scratch.Tokens[i].Tag == PartOfSpeech.Nr, MentionFeature.PersonInside);
        }
        f.Add(MentionFeature.Model, relation);
        return relation;
    }

    private void AddCore(TaggingScratch scratch, int start, int end, int suffixClass, MentionFeatures f)
    {
        int words = 0, unknown = 0, common = 0, functions = 0;
        PartOfSpeech tag = PartOfSpeech.None;
        for (int at = start; at < end;)
        {
            int token = scratch.TokenAt[at], behind = token < 0 ? at + 1 : Math.Min(end, scratch.Tokens[token].End);
            int entry = EntryOf(scratch, token, at, behind);
            words++;
            if (entry < 0) unknown++;
            else
            {
                tag = _lexicon.Tag(entry);
                if (_lexicon.CommonFrequency(entry) > 300) common++;
                if (_lexicon.Terms(entry).Overlaps(Function)) functions++;
            }
            at = behind;
        }
        int kind = words == 0 ? 0 : unknown > 0 ? 1 : common == words ? 2 : common > 0 ? 3 : 4;
        f.Add(MentionFeature.CoreLength, Math.Min(8, end - start));
        f.Add(MentionFeature.CoreWords, Math.Min(5, words));
        f.Add(MentionFeature.CoreKind, kind);
        f.Add(MentionFeature.CoreAndSuffixClass, (kind * 16 + suffixClass) * 2 + (words > 1 ? 1 : 0));
        f.AddIf(functions > 0, MentionFeature.FunctionWordInside);
        f.Add(MentionFeature.LastTag, (int)tag);
    }

    private (int Entry, PartOfSpeech Tag) WordFrom(TaggingScratch scratch, int start, int end)
    {
        int token = scratch.TokenAt[start], behind = token < 0 ? start + 1 : Math.Min(end, scratch.Tokens[token].End);
        if (token >= 0 && scratch.Tokens[token].Tag != PartOfSpeech.None)
        {
            // In a name the longest word of the lexicon that begins it.
            Span<LexiconHit> words = stackalloc LexiconHit[2 * LongestFirst];
            int found = _lexicon.MatchAll(scratch.Text.AsSpan(0, Math.Min(behind, start + LongestFirst)), start, words);
            return found == 0 ? (-1, PartOfSpeech.None) : (words[found - 1].Entry, _lexicon.Tag(words[found - 1].Entry));
        }
        int entry = EntryOf(scratch, token, start, behind);
        return (entry, entry < 0 ? PartOfSpeech.None : _lexicon.Tag(entry));
    }

    /// <summary>The entry of a token, or of a part of one.</summary>
    private int EntryOf(TaggingScratch scratch, int token, int start, int end) => token >= 0 && scratch.Tokens[token].Start == start && scratch.Tokens[token].End == end
        ? scratch.EntryOfToken(token) : _lexicon.Find(scratch.Text.AsSpan(start, end - start));

    private void AddClasses(MentionFeatures f, MentionFeature feature, int entry)
    {
        TermSet terms = _lexicon.Terms(entry);
        if (terms.IsEmpty) return;
        for (ulong low = terms.Low; low != 0; low &= low - 1) f.Add(feature, BitOperations.TrailingZeroCount(low));
        for (uint high = (uint)terms.High; high != 0; high &= high - 1) f.Add(feature, 64 + BitOperations.TrailingZeroCount(high));
    }

    private bool TryPlaceFrom(TaggingScratch scratch, int start, int limit, out int behind, out PlaceLevel level)
    {
        (behind, level) = (start, default);
        List<Mention> places = scratch.Places;
        for (int i = TaggedText.CountBefore(places, start); i < places.Count && places[i].Span is var place && place.Start == start; i++)
            if (place.End <= limit && place.End > behind) (behind, level) = (place.End, Level(scratch, place));
        return behind > start;
    }

    private bool PlaceEndsAt(TaggingScratch scratch, int end, out PlaceLevel level)
    {
        level = default;
        if (scratch.FirstPlaceTo[end] == 0) return false;
        level = Level(scratch, scratch.Places[scratch.FirstPlaceTo[end] - 1].Span);
        return true;
    }

    private PlaceLevel Level(TaggingScratch scratch, TextSpan place)
    {
        int entry = _lexicon.Find(scratch.Text.AsSpan(place.Start, place.Length));
        if (entry < 0) return default;
        ReadOnlySpan<int> places = _lexicon.Places(entry);
        return places.IsEmpty ? default : knowledge.Gazetteer.Level(places[0]);
    }

    private static int ClassOf(TermSet terms) =>
        terms.Has(TermClass.NationalBody) ? 1 : terms.Has(TermClass.CompanySuffix) ? 2 : terms.Has(TermClass.SchoolSuffix) ? 3 : terms.Has(TermClass.HospitalSuffix) ? 4
        : terms.Has(TermClass.Bureau) ? 5 : terms.Has(TermClass.GovernmentBody) ? 6 : terms.Has(TermClass.PartyBody) ? 7 : terms.Has(TermClass.CongressBody) ? 8
        : terms.Has(TermClass.ConsultativeBody) ? 9 : terms.Has(TermClass.FacilitySuffix) ? 10 : terms.Has(TermClass.ZoneSuffix) ? 11 : terms.Has(TermClass.OrgSuffix) ? 12 : 13;

    private static int Repeats(TaggingScratch scratch, TextSpan span) =>
        span.Length > 1 ? scratch.Index.Stretches.Count(span.Start, span.Length, 3) : scratch.Index.Stretches.Count(scratch.Text[span.Start], 3);
}
