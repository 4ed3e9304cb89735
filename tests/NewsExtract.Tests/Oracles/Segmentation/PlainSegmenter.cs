using NewsExtract.Segmentation;

namespace NewsExtract.Tests.Oracles.Segmentation;

/// <summary>A word with its kind and, for a name, by how much it wins.</summary>
internal readonly record struct PlainWord(int Start, int End, WordKind Kind, int Margin);

/// <summary>The segmenter written straight from the description of its model: one label after the other, no vectors.</summary>
internal sealed class PlainSegmenter(SequenceModel model)
{
    private const int L = SequenceLabels.Count;
    private const long Impossible = long.MinValue / 4;

    public List<PlainWord> Segment(string text, ulong[] lexiconBits)
    {
        var units = new UnitBuffer();
        model.Units.Read(text, units);
        var words = new List<PlainWord>();
        int start = UnitBuffer.First;
        while (start < units.End)
        {
            int window = WindowEnd(units, start);
            int i = start;
            while (i < window)
            {
                if (UnitBuffer.IsFixed(units.Codes[i]))
                {
                    if (!UnitBuffer.IsSpace(units.Codes[i])) words.Add(new PlainWord(units.Starts[i], units.Starts[i + 1], WordKind.Ordinary, 0));
                    i++;
                    continue;
                }
                int first = i;
                while (i < window && !UnitBuffer.IsFixed(units.Codes[i])) i++;
                AddWords(units, lexiconBits, first, i, words);
            }
            start = window;
        }
        return words;
    }

    /// <summary>What all features of a name's units add for its labels over those of an ordinary word with the same borders.</summary>
    public int OverOrdinary(string text, ulong[] lexiconBits, PlainWord name)
    {
        var units = new UnitBuffer();
        model.Units.Read(text, units);
        int sum = 0;
        for (int i = UnitBuffer.First; i < units.End; i++)
        {
            if (units.Starts[i] < name.Start || units.Starts[i] >= name.End) continue;
            bool begins = units.Starts[i] == name.Start, ends = units.Starts[i + 1] == name.End;
            int kind = 2 * (int)name.Kind, ordinary = begins ? ends ? 1 : 0 : ends ? 9 : 8;
            sum += Weight(units, lexiconBits[i], i, ordinary + kind) - Weight(units, lexiconBits[i], i, ordinary);
        }
        return sum;
    }

    private static int WindowEnd(UnitBuffer units, int start)
    {
        if (units.End - start <= 1024) return units.End;
        for (int end = start + 512; end < start + 1024; end++)
        {
            if (UnitBuffer.IsFixed(units.Codes[end])) return end;
        }
        return start + 1024;
    }

    private void AddWords(UnitBuffer units, ulong[] bits, int start, int end, List<PlainWord> words)
    {
        int n = end - start;
        var weights = new int[n, L];
        for (int i = 0; i < n; i++)
        {
            for (int l = 0; l < L; l++) weights[i, l] = Weight(units, bits[start + i], start + i, l);
        }
        int[] labels = BestLabels(weights, n);
        int from = 0;
        for (int i = 0; i < n; i++)
        {
            if (!SequenceLabels.Ends(labels[i])) continue;
            WordKind kind = SequenceLabels.Kind(labels[i]);
            int margin = kind == WordKind.Ordinary ? 0 : Margin(weights, labels, n, from, i + 1);
            words.Add(new PlainWord(units.Starts[start + from], units.Starts[start + i + 1], kind, margin));
            from = i + 1;
        }
    }

    private int Weight(UnitBuffer units, ulong bits, int i, int label)
    {
        int U(int offset) => units.Codes[i + offset] & 0xFFF;
        int sum = 0;
        for (int k = 0; k < SequenceModel.UnigramSlots; k++) sum += model.Unigrams.Bytes[U(2 - k) * SequenceModel.UnigramBytes + k * L + label];
        for (int k = 0; k < SequenceModel.PairSlots; k++)
            sum += model.Pairs.Bytes[model.PairTable.Row(FeatureTable.Key(U(1 - k), U(2 - k))) * SequenceModel.PairBytes + k * L + label];
        for (int k = 0; k < SequenceModel.TripleSlots; k++)
            sum += model.Triples.Bytes[model.TripleTable.Row(FeatureTable.Key(U(-k), U(1 - k), U(2 - k))) * SequenceModel.TripleBytes + k * L + label];
        sum += model.Skips.Bytes[model.SkipTable.Row(FeatureTable.Key(U(-1), U(1))) * L + label];
        for (int k = 0; k < LexiconFeatures.PerUnit; k++)
            sum += model.Lexicon.Bytes[(k * LexiconFeatures.Rows + (int)(bits >> 12 * k & 0xFFF)) * L + label];
        return sum;
    }

    // Of equally good origins the one that stands last in this order is taken.
    private static readonly int[] Order = [1, 3, 5, 7, 9, 11, 13, 15, 0, 2, 4, 6, 8, 10, 12, 14];

    private int[] BestLabels(int[,] weights, int n)
    {
        var scores = new long[n, L];
        var origins = new int[n, L];
        for (int i = 0; i < n; i++)
        {
            for (int to = 0; to < L; to++)
            {
                scores[i, to] = Impossible;
                foreach (int from in Order)
                {
                    long before = i > 0 ? scores[i - 1, from] : from == SequenceLabels.OrdinarySingle ? 0 : Impossible;
                    if (!SequenceLabels.Follows(from, to) || before == Impossible) continue;
                    long score = before + model.Transitions[from * L + to] + weights[i, to];
                    if (score >= scores[i, to]) (scores[i, to], origins[i, to]) = (score, from);
                }
            }
        }
        int best = -1;
        foreach (int from in Order.Where(SequenceLabels.Ends))
        {
            if (scores[n - 1, from] != Impossible && (best < 0 || Final(from) >= Final(best))) best = from;
        }
        var labels = new int[n];
        for (int i = n - 1; i >= 0; i--)
        {
            labels[i] = best;
            best = origins[i, best];
        }
        return labels;

        long Final(int label) => scores[n - 1, label] + model.Transitions[label * L + SequenceLabels.OrdinarySingle];
    }

    // The best total minus the best one without the name, both with the best labelling's labels from the horizon on.
    private int Margin(int[,] weights, int[] labels, int n, int from, int to)
    {
        int horizon = Math.Min(n, to + 3) - 1;
        long best = Total(weights, labels, n, horizon, -1), without = Total(weights, labels, n, horizon, from);
        if (to - 1 > from) without = Math.Max(without, Total(weights, labels, n, horizon, to - 1));
        return (int)(best - without) * 8;
    }

    private long Total(int[,] weights, int[] labels, int n, int horizon, int forbidden)
    {
        var scores = new long[L];
        Array.Fill(scores, Impossible);
        scores[SequenceLabels.OrdinarySingle] = 0;
        for (int i = 0; i <= horizon; i++)
        {
            var next = new long[L];
            Array.Fill(next, Impossible);
            for (int to = 0; to < L; to++)
            {
                if (i == forbidden && to == labels[i]) continue;
                if (i == horizon && horizon < n - 1 && to != labels[i]) continue;
                for (int a = 0; a < L; a++)
                {
                    if (scores[a] == Impossible || !SequenceLabels.Follows(a, to)) continue;
                    next[to] = Math.Max(next[to], scores[a] + model.Transitions[a * L + to] + weights[i, to]);
                }
            }
            scores = next;
        }
        if (horizon < n - 1) return scores[labels[horizon]];
        long top = Impossible;
        for (int a = 0; a < L; a++)
        {
            if (SequenceLabels.Ends(a) && scores[a] != Impossible) top = Math.Max(top, scores[a] + model.Transitions[a * L + SequenceLabels.OrdinarySingle]);
        }
        return top;
    }
}
