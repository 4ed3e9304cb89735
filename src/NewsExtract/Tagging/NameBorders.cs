using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Where a person's name begins and ends: <c>罗汉光|介绍</c>, not <c>罗汉|光介绍</c>; <c>季节|踩着</c>, not <c>季节踩|着</c>. What the segmenter found and
/// its neighbours, a character more or less at the end and at the start, are judged side by side, and the likeliest is taken. Names with a point between
/// their parts are left as they are.
/// </summary>
internal sealed class NameBorders(KnowledgeBase knowledge, IMentionJudge judge)
{
    private const int Longest = 4, Most = 3; // characters of a name; how far strings are counted
    // How much likelier another stretch has to be, as odds: the borders that were found have reasons of their own.
    private const double Margin = 1.2;
    private const double Hardly = 0.15; // what is less likely is no name
    private const int Unfound = 9;      // no name was found here

    private static readonly TermSet Heads = TermSet.Of(TermClass.TitleHead, TermClass.CollectiveTitle);
    private static readonly TermSet Surnames = TermSet.Of(TermClass.Surname);
    private static readonly TermSet CompoundSurnames = TermSet.Of(TermClass.CompoundSurname);
    private static readonly TermSet[] Behind =
    [
        TermSet.Of(TermClass.AfterName), TermSet.Of(TermClass.SpeechVerb), TermSet.Of(TermClass.FunctionWord), TermSet.Of(TermClass.TitleHead, TermClass.CollectiveTitle, TermClass.Honorific),
        TermSet.Of(TermClass.VisitInspect, TermClass.VisitGo, TermClass.VisitReceive, TermClass.Attend, TermClass.Accompany, TermClass.SignVerb, TermClass.Chair),
    ];

    private readonly Lexicon _lexicon = knowledge.Lexicon;
    private readonly NameStatistics _statistics = knowledge.Names;
    private readonly MentionFeatures _judged = new();

    /// <summary>The stretch at a name that is likeliest one: itself or a neighbour that no other name covers. False where hardly any is.</summary>
    /// <param name="scratch">The text.</param>
    /// <param name="found">The name as it was found.</param>
    /// <param name="best">The likeliest stretch.</param>
    public bool TryChoose(TaggingScratch scratch, TextSpan found, out TextSpan best)
    {
        best = found;
        double most = Judge(scratch, found, found, Moved(found, found)), least = Odds(most) * Margin;
        for (int start = found.Start - 1; start <= found.Start + 1; start++)
        {
            if (start != found.Start && !CanStart(scratch, found, start)) continue;
            for (int end = Math.Max(start + 2, found.End - 1); end <= Math.Min(start + Longest, found.End + 1); end++)
            {
                var span = new TextSpan(start, end);
                if (span == found || !IsFree(scratch, span, found)) continue;
                double probability = Judge(scratch, span, found, Moved(span, found));
                if (Odds(probability) <= least) continue;
                (best, most, least) = (span, probability, Odds(probability));
            }
        }
        return most > Hardly;
    }

    /// <summary>Where a name may begin that nothing has found (<c>副区长|殷勤|介绍</c>): the likeliest stretch, if it is one rather than not.</summary>
    /// <param name="scratch">The text.</param>
    /// <param name="start">Offset behind a post.</param>
    /// <param name="best">The name.</param>
    public bool TryFind(TaggingScratch scratch, int start, out TextSpan best)
    {
        best = default;
        double most = 0.5;
        for (int end = start + 2; end <= start + Longest; end++)
        {
            var span = new TextSpan(start, end);
            if (!IsFree(scratch, span, default)) break;
            double probability = Judge(scratch, span, default, Unfound);
            if (probability > most) (best, most) = (span, probability);
        }
        return most > 0.5;
    }

    /// <summary>How a stretch lies to the one that was found, 0 to 8.</summary>
    private static int Moved(TextSpan span, TextSpan found) => (span.Start - found.Start + 1) * 3 + span.End - found.End + 1;

    private static double Odds(double probability) => probability / Math.Max(1 - probability, 1e-9);

    /// <summary>A character in front belongs to the name only as a surname; the first one falls away only where the second is one.</summary>
    private static bool CanStart(TaggingScratch scratch, TextSpan found, int start) => start >= 0 && start < found.End - 1 && scratch.Index.TryStart(start, Surnames | CompoundSurnames, out _);

    private static bool IsFree(TaggingScratch scratch, TextSpan span, TextSpan found)
    {
        if (span.End > scratch.Text.Length) return false;
        for (int at = span.Start; at < span.End; at++)
            if (!PersonTagger.IsHan(scratch.Text[at]) || scratch.Named[at] && !found.Contains(at)) return false;
        return true;
    }

    private double Judge(TaggingScratch scratch, TextSpan span, TextSpan found, int moved)
    {
        Describe(scratch, span, found, moved);
        return judge.JudgeBorders(span, _judged);
    }

    private void Describe(TaggingScratch scratch, TextSpan span, TextSpan found, int moved)
    {
        MentionFeatures f = _judged;
        f.Clear();
        string text = scratch.Text;
        (int start, int end, int length) = (span.Start, span.End, span.Length);
        int surname = scratch.Index.TryStart(start, CompoundSurnames, out LexiconHit compound) && compound.End < end ? 2 : scratch.Index.TryStart(start, Surnames, out _) ? 1
            : length > 2 && _statistics.IsJapaneseSurname(text.AsSpan(start, 2)) ? 3 : 0;
        int shape = surname * 8 + length;
        f.Add(MentionFeature.BorderShape, shape);
        int token = scratch.TokenAt[start];
        bool isToken = token >= 0 && scratch.Tokens[token] is var own && own.Start == start && own.End == end && own.Tag == PartOfSpeech.Nr;
        int origin = (span == found ? 1 : 0) + (isToken ? 2 : 0);
        f.Add(MentionFeature.BorderOrigin, origin * 8 + length);
        if (isToken) f.Add(MentionFeature.BorderScore, length * 10 + (int)Math.Min(9, scratch.TokenScores[token] * 10));
        f.Add(MentionFeature.BorderMove, moved * 8 + length);
        int odds = Bucket(_statistics.Odds(text.AsSpan(start, length), surname is 2 or 3 ? 2 : 1));
        f.Add(MentionFeature.BorderMoveOdds, moved * 16 + odds);
        f.Add(MentionFeature.BorderShapeOdds, shape * 16 + odds);
        f.Add(MentionFeature.FirstChar, text[start]);
        f.Add(MentionFeature.LastChar, text[end - 1]);
        char before = start == 0 ? '\n' : text[start - 1], after = end == text.Length ? '\n' : text[end];
        f.Add(MentionFeature.CharBefore, before);
        f.Add(MentionFeature.CharAfter, after);
        int behind = KindBehind(scratch, end, after);
        f.Add(MentionFeature.BorderBehind, behind * 8 + length);
        f.Add(MentionFeature.BorderBehindMove, behind * 16 + moved);
        f.Add(MentionFeature.BorderBefore, scratch.Index.TryEnd(start, Heads, out _) ? 1 : before is '、' or '，' or '和' or '与' or ' ' or '\n' ? 2 : char.IsLetter(before) ? 3 : 4);
        // Words of the lexicon at the end: one across it, one that begins there, the stretch itself.
        f.Add(MentionFeature.BorderAcross, Across(text, end) * 8 + length);
        f.Add(MentionFeature.BorderNextWord, WordFrom(text, end) * 8 + length);
        int whole = _lexicon.Find(text.AsSpan(start, length));
        f.Add(MentionFeature.BorderWord, whole < 0 ? 255 : (int)_lexicon.Tag(whole) * 4 + Common(whole));
        f.AddIf(end < text.Length && scratch.TokenStartsAt(end, out Token next) && next.Length > 1, MentionFeature.BorderToken, moved);
        // The string stands elsewhere; a longer or a shorter one does as often.
        int count = Count(scratch, start, length), shorter = length > 2 ? Count(scratch, start, length - 1) : 0, longer = end < text.Length ? Count(scratch, start, length + 1) : 0;
        f.Add(MentionFeature.BorderCounts, (count * 4 + shorter) * 4 + longer);
        f.Add(MentionFeature.BorderCountsMove, (((count > 1 ? 1 : 0) * 2 + (shorter > count ? 1 : 0)) * 2 + (longer == count ? 1 : 0)) * 16 + moved);
    }

    private static int Count(TaggingScratch scratch, int start, int length) => Math.Min(Most, scratch.Index.Stretches.Count(start, length, Most));

    private static int KindBehind(TaggingScratch scratch, int end, char after)
    {
        if (!char.IsLetter(after)) return after is '、' or '，' or '。' or '\n' ? 1 : 2;
        for (int i = 0; i < Behind.Length; i++)
            if (scratch.Index.TryStart(end, Behind[i], out _)) return 3 + i;
        return 3 + Behind.Length;
    }

    /// <summary>The commonest word of two or three characters that lies across an offset.</summary>
    private int Across(string text, int end)
    {
        int most = 0;
        for (int start = end - 1; start >= end - 2 && start >= 0; start--)
            for (int behind = end + 1; behind <= start + 3 && behind <= text.Length; behind++)
                if (_lexicon.Find(text.AsSpan(start, behind - start)) is >= 0 and var entry) most = Math.Max(most, 1 + Common(entry));
        return most;
    }

    /// <summary>The commonest word of two or three characters that begins at an offset.</summary>
    private int WordFrom(string text, int start)
    {
        int most = 0;
        for (int length = 2; length <= 3 && start + length <= text.Length; length++)
            if (_lexicon.Find(text.AsSpan(start, length)) is >= 0 and var entry) most = Math.Max(most, 1 + Common(entry));
        return most;
    }

    private int Common(int entry) => _lexicon.CommonFrequency(entry) switch { > 3000 => 3, > 300 => 2, > 20 => 1, _ => 0 };

    private static int Bucket(double likelihood) => (int)Math.Clamp(likelihood + 8, 0, 15);
}
