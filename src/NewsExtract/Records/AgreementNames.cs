using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Finds where the name of an agreement begins: <c>签下|LED灯具项目合同</c>, <c>关于选派科技副镇长的协议，待批复后再签</c>. Each word border in front of the
/// kind is a candidate; a title in 《》 is its own name.
/// </summary>
internal sealed class AgreementNames(ILinkDecider links, TextContext context, Relations relations)
{
    private const int Longest = 42, MostBorders = 24, LongestMoney = 14;
    private static readonly System.Buffers.SearchValues<char> SumCharacters = System.Buffers.SearchValues.Create("0123456789.,余多十百千万亿美欧港日");
    private static readonly TermSet Kinds = TermSet.Of(TermClass.AgreementKind);
    private static readonly TermSet Signs = TermSet.Of(TermClass.SignVerb);
    private static readonly TermSet Functions = TermSet.Of(TermClass.FunctionWord);
    private static readonly string[] Counters = ["份", "项", "个", "批", "单", "纸"];
    private readonly List<FeatureList> _pool = [];
    private readonly List<Candidate> _candidates = [];
    private readonly List<int> _starts = [];

    /// <summary>The stretch of the name of the agreement that was tagged at <paramref name="tagged"/>.</summary>
    public TextSpan Read(TextSpan tagged)
    {
        string text = context.Text;
        if (tagged.Start > 0 && text[tagged.Start - 1] == '《' || !context.Index.TryEnd(tagged.End, Kinds, out LexiconHit kind) || kind.Start < tagged.Start) return tagged;
        Collect(tagged, kind.Start);
        if (_starts.Count == 0) return tagged;
        _candidates.Clear();
        for (int i = 0; i < _starts.Count; i++)
        {
            while (_pool.Count <= i) _pool.Add(new FeatureList());
            _pool[i].Clear();
            Describe(_pool[i], _starts[i], i, tagged, kind.Start);
            _candidates.Add(new Candidate(text, new TextSpan(_starts[i], tagged.End)));
        }
        int choice = links.Choose(Decision.AgreementName, _pool, _candidates, tagged.End.ToString(System.Globalization.CultureInfo.InvariantCulture), out _);
        return choice < 0 ? tagged : new TextSpan(_starts[choice], tagged.End);
    }

    /// <summary>The borders from the kind leftwards, as far as the clause reaches outside 《》 and “”.</summary>
    private void Collect(TextSpan tagged, int kindStart)
    {
        _starts.Clear();
        string text = context.Text;
        int limit = Math.Max(context.SentenceSpan(kindStart).Start, kindStart - Longest), depth = 0;
        for (int at = kindStart; at >= limit && _starts.Count < MostBorders; at--)
        {
            if (depth == 0 && (context.IsBorder(at) || at == tagged.Start) && !BeginsWithMoney(at, kindStart)) _starts.Add(at);
            if (at == limit) break;
            char before = text[at - 1];
            // 《图书资料交换协议书》和|学术合作意向书: another one's name ends there.
            if (before == '》' && text[at] is '和' or '、' or '及' or '与') break;
            if (before is '》' or '”' or '）') depth++;
            else if (before is '《' or '“' or '（' && --depth < 0) break;
            else if (depth == 0 && TextContext.EndsClause(before)) break;
        }
        if ((tagged.Start < limit || !_starts.Contains(tagged.Start)) && !BeginsWithMoney(tagged.Start, kindStart)) _starts.Add(tagged.Start);
    }

    /// <summary>12亿元|项目贷款意向书: the sum that an agreement is about is not in its name.</summary>
    private bool BeginsWithMoney(int start, int kindStart)
    {
        if (!char.IsAsciiDigit(context.Text[start])) return false;
        ReadOnlySpan<char> money = context.Text.AsSpan(start, Math.Min(LongestMoney, kindStart - start));
        int unit = money.IndexOf('元');
        return unit > 0 && money[..unit].IndexOfAnyExcept(SumCharacters) < 0;
    }

    private void Describe(FeatureList f, int start, int order, TextSpan tagged, int kindStart)
    {
        string text = context.Text;
        bool isTagged = start == tagged.Start;
        f.AddIf(isTagged, Feature.IsMention);
        f.Add(Feature.Rank, order);
        f.Add(Feature.Length, Math.Min((tagged.End - start) / 2, 20));
        f.Add(Feature.OrderInSentence, FeatureList.Bucket(order) + (isTagged ? 8 : 0));
        f.Add(Feature.FirstTag, (int)context.TagAt(start));
        int previous = start - 1;
        while (previous > 0 && !context.IsBorder(previous)) previous--;
        int before = start > 0 ? (int)context.TagAt(previous) : 0;
        f.Add(Feature.TagBefore, before);
        f.Add(Feature.TagsAround, ((int)context.TagAt(start) * 5) + Group(before));
        f.Add(CharacterSeat.Before, start > 0 ? text[start - 1] : '\n');
        f.Add(CharacterSeat.SecondBefore, start > 1 ? text[start - 2] : '\n');
        f.Add(CharacterSeat.After, text[start]);
        f.Add(CharacterSeat.SecondAfter, start + 1 < text.Length ? text[start + 1] : '\n');
        TextSpan clause = context.Clause(kindStart);
        f.AddIf(start == clause.Start, Feature.ClauseOrder);
        bool signs = context.TryVerbBefore(clause.Start, start, Signs, out LexiconHit verb), right = signs && verb.End == start, after = signs && verb.End + 1 == start && text[verb.End] is '了' or '的' or '过' or '有';
        bool inside = context.TryVerbAfter(start, tagged.End, Signs, out LexiconHit within) && within.End <= kindStart;
        f.Add(Feature.Signs, right ? 1 : after ? 2 : inside ? 3 : signs ? 4 : 5);
        // What stands between the verb and the name.
        if (signs && !right && !after) f.Add(Feature.BetweenWithAndVerb, Math.Min(start - verb.End, 20));
        bool endsName = relations.Names.EndingAt(start) >= 0, endsBody = relations.Organizations.EndingAt(start) >= 0, endsPlace = relations.Places.EndingAt(start) >= 0;
        f.Add(Feature.BeforeWith, (endsName ? 1 : 0) + (endsBody ? 2 : 0) + (endsPlace ? 4 : 0));
        f.Add(Feature.IsBodyOfStop, (relations.Organizations.StartingAt(start) >= 0 ? 1 : 0) + (relations.Places.StartingAt(start) >= 0 ? 2 : 0));
        f.Add(Feature.Organizations, FeatureList.Bucket(relations.Organizations.Count(start, kindStart)));
        f.Add(Feature.Places, FeatureList.Bucket(relations.Places.Count(start, kindStart)));
        f.AddIf(relations.Names.Any(start, kindStart), Feature.HasPersonInside);
        int of = 0, lists = 0, digits = 0, functions = 0;
        for (int i = start; i < kindStart; i++)
        {
            if (text[i] == '的') of++;
            else if (text[i] == '、') lists++;
            else if (char.IsAsciiDigit(text[i])) digits++;
            if (context.Index.TryStart(i, Functions, out LexiconHit word) && context.Sits(word) && word.End <= kindStart) functions++;
        }
        f.Add(Feature.FollowedByOf, Math.Min(of, 3));
        f.AddIf(text[start] == '的' || start > 0 && text[start - 1] == '的', Feature.HoldBefore, text[start] == '的' ? 1 : 2);
        f.Add(Feature.ListAfterVerb, Math.Min(lists, 3));
        f.AddIf(start > 0 && text[start - 1] is '、' or '和' or '及', Feature.ListMateBefore);
        f.AddIf(digits > 0, Feature.HasDigit);
        f.Add(Feature.ContainsFunctionWord, Math.Min(functions, 3));
        f.AddIf(text.AsSpan(start, tagged.End - start).StartsWith("关于", StringComparison.Ordinal), Feature.AboveWord);
        foreach (string counter in Counters)
        {
            f.AddIf(start > 0 && text.AsSpan(start - 1, 1).SequenceEqual(counter), Feature.CharBefore, 1);
            f.AddIf(text.AsSpan(start, kindStart - start).Contains("一" + counter, StringComparison.Ordinal), Feature.CharBefore, 2);
        }
        f.AddIf(!context.Index.Any(context.SentenceSpan(kindStart).Start, kindStart, Signs), Feature.InVerbSentence);
    }

    /// <summary>Verbs, particles and prepositions, nouns, punctuation, others.</summary>
    private static int Group(int tag) => (PartOfSpeech)tag switch
    {
        PartOfSpeech.V or PartOfSpeech.Vd or PartOfSpeech.Vg => 0,
        PartOfSpeech.U or PartOfSpeech.P or PartOfSpeech.C or PartOfSpeech.D => 1,
        PartOfSpeech.N or PartOfSpeech.Nr or PartOfSpeech.Ns or PartOfSpeech.Nt or PartOfSpeech.Nz or PartOfSpeech.Vn => 2,
        PartOfSpeech.W => 3,
        _ => 4,
    };
}
