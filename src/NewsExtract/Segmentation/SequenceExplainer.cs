using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Segmentation;

/// <summary>
/// Says what the sequence model saw in a name: every feature of its units, with what it adds for the name's labels over those of
/// an ordinary word with the same borders. Plain and slow; the decoder sums the same weights.
/// </summary>
internal sealed class SequenceExplainer(SequenceModel model)
{
    private const int L = SequenceModel.Labels;

    // The bits of each table, lowest first; see LexiconFeatures.
    private static readonly string[][] LexiconBits =
    [
        ["word begins", "word of 3 begins", "word of 4 begins", "word of 5 begins", "in a word", "in a word of 3", "in a word of 4", "in a word of 5", "word ends", "word of 3 ends", "word of 4 ends", "word of 5 ends"],
        ["short form of a place begins", "place begins", "in a place", "short form of a place ends", "place ends", "body's ending begins", "body's ending ends", "behind a post", "in front of a post", "post begins", "surname", "compound surname"],
        ["known person begins", "in a known person", "known person ends", "known body begins", "in a known body", "known body ends", "known place begins", "in a known place", "known place ends", "body's word begins", "in a body's word", "body's word ends"],
    ];

    /// <summary>The features of a name, by weight in logarithms of odds, the heaviest first. The text must be the one that the buffers were filled with last.</summary>
    public List<FeatureWeight> Explain(string text, SegmentationScratch scratch, Token token)
    {
        var features = new List<FeatureWeight>();
        WordKind kind = token.Tag switch { PartOfSpeech.Nr => WordKind.Person, PartOfSpeech.Ns => WordKind.Place, PartOfSpeech.Nt => WordKind.Organization, _ => WordKind.Ordinary };
        if (kind == WordKind.Ordinary) return features;
        UnitBuffer units = scratch.Units;
        int first = Array.BinarySearch(units.Starts, UnitBuffer.First, units.End - UnitBuffer.First, token.Start), behind = first;
        while (behind < units.End && units.Starts[behind] < token.End) behind++;
        for (int i = first; i < behind; i++)
        {
            int label = (i == first, i == behind - 1) switch
            {
                (true, true) => SequenceLabels.Single(kind),
                (true, false) => SequenceLabels.Begin(kind),
                (false, true) => SequenceLabels.End(kind),
                _ => SequenceLabels.Middle(kind),
            };
            AddUnit(text, units, scratch.LexiconBits[i], i, label, label - 2 * (int)kind, features);
        }
        features.RemoveAll(static f => f.Weight == 0);
        features.Sort(static (a, b) => Math.Abs(a.Weight) != Math.Abs(b.Weight) ? Math.Abs(b.Weight).CompareTo(Math.Abs(a.Weight))
            : string.CompareOrdinal(a.Feature, b.Feature) is not 0 and int order ? order : string.CompareOrdinal(a.Value, b.Value));
        return features;
    }

    private void AddUnit(string text, UnitBuffer units, ulong bits, int i, int label, int ordinary, List<FeatureWeight> features)
    {
        int U(int offset) => units.Codes[i + offset] & 0xFFF;
        string unit = Text(i, 1);
        for (int k = 0; k < SequenceModel.UnigramSlots; k++)
            Add("character", Text(i + 2 - k, 1), model.Unigrams.Bytes, U(2 - k) * SequenceModel.UnigramBytes + k * L);
        for (int k = 0; k < SequenceModel.PairSlots; k++)
            Add("pair", Text(i + 1 - k, 2), model.Pairs.Bytes, model.PairTable.Row(FeatureTable.Key(U(1 - k), U(2 - k))) * SequenceModel.PairBytes + k * L);
        for (int k = 0; k < SequenceModel.TripleSlots; k++)
            Add("triple", Text(i - k, 3), model.Triples.Bytes, model.TripleTable.Row(FeatureTable.Key(U(-k), U(1 - k), U(2 - k))) * SequenceModel.TripleBytes + k * L);
        Add("around", Text(i - 1, 1) + "…" + Text(i + 1, 1), model.Skips.Bytes, model.SkipTable.Row(FeatureTable.Key(U(-1), U(1))) * L);
        for (int k = 0; k < LexiconFeatures.PerUnit; k++)
        {
            int row = (int)(bits >> 12 * k & 0xFFF);
            Add("lexicon", row == 0 ? "nothing" : Names(LexiconBits[k], row), model.Lexicon.Bytes, (k * LexiconFeatures.Rows + row) * L);
        }

        void Add(string feature, string value, ReadOnlySpan<sbyte> weights, int at) =>
            features.Add(new FeatureWeight(feature, $"{value} → {unit}", (weights[at + label] - weights[at + ordinary]) / (double)SequenceModel.StepsPerUnit));

        string Text(int from, int count)
        {
            int end = Math.Min(from + count, units.End);
            from = Math.Max(from, UnitBuffer.First);
            return from >= end ? "edge" : text[units.Starts[from]..units.Starts[end]].ReplaceLineEndings("↵");
        }
    }

    private static string Names(string[] bits, int row)
    {
        var names = new List<string>();
        for (int b = 0; b < bits.Length; b++)
        {
            if ((row >> b & 1) == 0) continue;
            // Lengths are unary: the longest says all.
            if (bits == LexiconBits[0] && b % 4 != 3 && (row >> (b + 1) & 1) != 0) continue;
            names.Add(bits[b]);
        }
        return string.Join(", ", names);
    }
}
