using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NewsExtract.Segmentation;

/// <summary>
/// Finds the best labels of a stretch of units. The sixteen labels are two vectors of eight: labels that start a word
/// and labels that go on with one. Scores are held times eight, so that the three low bits carry where the best score came
/// from: a maximum then finds both at once.
/// </summary>
internal sealed class SequenceDecoder
{
    /// <summary>Weights are summed for this many units at a time, or up to twice as many where no fixed unit ends them; longer stretches are cut.</summary>
    public const int Window = 512, MaxWindow = 2 * Window;

    private const int Impossible = -(1 << 29);
    private static readonly Vector256<int> ScoreBits = Vector256.Create(~7);

    private readonly SequenceModel _model;

    // By where from: singles of the four kinds, then ends of the four kinds; to the eight starting labels.
    private readonly Vector256<int>[] _toStart = new Vector256<int>[8];
    private readonly Vector256<int> _fromBegin, _fromMiddle;
    private readonly int[] _toStop = new int[8];

    public SequenceDecoder(SequenceModel model)
    {
        _model = model;
        Span<int> row = stackalloc int[8];
        Span<int> second = stackalloc int[8];
        for (int k = 0; k < 8; k++)
        {
            int from = EndingLabel(k);
            for (int to = 0; to < 8; to++) row[to] = model.Transitions[from * SequenceLabels.Count + to] * 8 + k;
            _toStart[k] = Vector256.Create<int>(row);
            _toStop[k] = model.Transitions[from * SequenceLabels.Count + SequenceLabels.OrdinarySingle] * 8;
        }
        for (int lane = 0; lane < 8; lane++)
        {
            int kind = lane & ~1, to = SequenceLabels.Half + lane;
            row[lane] = model.Transitions[kind * SequenceLabels.Count + to] * 8;
            second[lane] = model.Transitions[(SequenceLabels.Half + kind) * SequenceLabels.Count + to] * 8 + 1;
        }
        _fromBegin = Vector256.Create<int>(row);
        _fromMiddle = Vector256.Create<int>(second);
    }

    /// <summary>The label that index k of a starting label's origin stands for: singles 0–3, ends 4–7.</summary>
    internal static int EndingLabel(int k) => k < 4 ? 2 * k + 1 : SequenceLabels.Half + 2 * (k - 4) + 1;

    /// <summary>Looks up the rows of pairs and triples for units from <paramref name="start"/> to <paramref name="end"/> and what the windows of these reach.</summary>
    public void FindRows(SegmentationScratch scratch, int start, int end)
    {
        int first = start - 2, last = end + 1;
        Span<int> pairs = scratch.PairRows.AsSpan(first, last - first), skips = scratch.SkipRows.AsSpan(first, last - first), triples = scratch.TripleRows.AsSpan(first, last - first);
        ReadOnlySpan<ushort> codes = scratch.Units.Codes.AsSpan(first - 1, last - first + 2);
        var pairTable = new Rows(_model.PairTable);
        var skipTable = new Rows(_model.SkipTable);
        var tripleTable = new Rows(_model.TripleTable);
        int a = codes[0] & 0xFFF, b = codes[1] & 0xFFF;
        for (int i = 0; i < pairs.Length; i++)
        {
            int c = codes[i + 2] & 0xFFF;
            pairs[i] = pairTable.Find(FeatureTable.Key(b, c));
            skips[i] = skipTable.Find(FeatureTable.Key(a, c));
            triples[i] = tripleTable.Find(FeatureTable.Key(a, b, c));
            a = b;
            b = c;
        }
    }

    // A table's parts in registers. What FeatureTable.Row does, without a branch.
    private readonly ref struct Rows
    {
        private readonly ref ushort _displacements;
        private readonly ref ushort _checks;
        private readonly int _bits;
        private readonly int _rows;

        public Rows(FeatureTable table)
        {
            _displacements = ref MemoryMarshal.GetArrayDataReference(table.Displacements);
            _checks = ref MemoryMarshal.GetArrayDataReference(table.Checks);
            _bits = table.BucketBits;
            _rows = table.Rows;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Find(ulong key)
        {
            ulong hash = FeatureTable.Hash(key);
            int row = FeatureTable.Place(hash, Unsafe.Add(ref _displacements, FeatureTable.Bucket(hash, _bits)), _rows);
            return Unsafe.Add(ref _checks, row) == FeatureTable.Mark(hash) ? row : 0;
        }
    }

    /// <summary>Labels the units of a stretch that lies in the window from <paramref name="window"/>, whose weights have been summed.</summary>
    public void Decode(SegmentationScratch scratch, int window, int start, int end)
    {
        Search(scratch, start - window, end - start);
        TraceBack(scratch, start, end - start);
    }

    /// <summary>Sums the weights of all features for each unit of a window; their rows must have been found.</summary>
    public void SumWeights(SegmentationScratch scratch, int start, int end)
    {
        SequenceModel model = _model;
        ref sbyte unigrams = ref model.Unigrams.First;
        ref sbyte pairs = ref model.Pairs.First;
        ref sbyte skips = ref model.Skips.First;
        ref sbyte triples = ref model.Triples.First;
        ref sbyte lexicon = ref model.Lexicon.First;
        ReadOnlySpan<ushort> codes = scratch.Units.Codes.AsSpan(start - 2, end - start + 4);
        ReadOnlySpan<int> pairRows = scratch.PairRows.AsSpan(start - 2, end - start + 3);
        ReadOnlySpan<int> tripleRows = scratch.TripleRows.AsSpan(start - 1, end - start + 2);
        ReadOnlySpan<int> skipRows = scratch.SkipRows.AsSpan(start, end - start);
        ReadOnlySpan<ulong> bits = scratch.LexiconBits.AsSpan(start, end - start);
        Span<Vector256<short>> emissions = scratch.Emissions.AsSpan(0, end - start);
        const int L = SequenceModel.Labels, U = SequenceModel.UnigramBytes, P = SequenceModel.PairBytes, T = SequenceModel.TripleBytes;
        for (int i = 0; i < emissions.Length; i++)
        {
            Vector256<short> sum = Load(ref unigrams, (codes[i + 4] & 0xFFF) * U)
                + Load(ref unigrams, (codes[i + 3] & 0xFFF) * U + L)
                + Load(ref unigrams, (codes[i + 2] & 0xFFF) * U + 2 * L)
                + Load(ref unigrams, (codes[i + 1] & 0xFFF) * U + 3 * L)
                + Load(ref unigrams, (codes[i] & 0xFFF) * U + 4 * L);
            Vector256<short> other = Load(ref pairs, pairRows[i + 3] * P)
                + Load(ref pairs, pairRows[i + 2] * P + L)
                + Load(ref pairs, pairRows[i + 1] * P + 2 * L)
                + Load(ref pairs, pairRows[i] * P + 3 * L);
            other += Load(ref triples, tripleRows[i + 2] * T)
                + Load(ref triples, tripleRows[i + 1] * T + L)
                + Load(ref triples, tripleRows[i] * T + 2 * L);
            sum += Load(ref skips, skipRows[i] * L);
            ulong bit = bits[i];
            sum += Load(ref lexicon, (int)(bit & 0xFFF) * L);
            other += Load(ref lexicon, (int)(bit >> 12 & 0xFFF) * L + LexiconFeatures.Rows * L);
            sum += Load(ref lexicon, (int)(bit >> 24 & 0xFFF) * L + 2 * LexiconFeatures.Rows * L);
            emissions[i] = sum + other;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Load(ref sbyte table, int offset) =>
        Vector256.WidenLower(Vector128.LoadUnsafe(ref table, (nuint)offset).ToVector256Unsafe());

    private void Search(SegmentationScratch scratch, int first, int count)
    {
        Span<Vector256<short>> emissions = scratch.Emissions.AsSpan(first, count);
        Span<Vector256<int>> starting = scratch.Starting.AsSpan(0, count), continuing = scratch.Continuing.AsSpan(0, count);
        var steps = new Steps(this);
        State state = steps.First(emissions[0]);
        starting[0] = state.Starting;
        continuing[0] = state.Continuing;
        for (int i = 1; i < emissions.Length; i++)
        {
            state = steps.Next(state, emissions[i]);
            starting[i] = state.Starting;
            continuing[i] = state.Continuing;
        }
    }

    // The best scores of all labels at one unit, each with its origin in the low bits.
    private readonly record struct State(Vector256<int> Starting, Vector256<int> Continuing);

    // The transitions, as values that the compiler can hold in registers.
    private readonly struct Steps(SequenceDecoder decoder)
    {
        private readonly Vector256<int> _s0 = decoder._toStart[0], _s1 = decoder._toStart[1], _s2 = decoder._toStart[2], _s3 = decoder._toStart[3],
            _s4 = decoder._toStart[4], _s5 = decoder._toStart[5], _s6 = decoder._toStart[6], _s7 = decoder._toStart[7];
        private readonly Vector256<int> _fromBegin = decoder._fromBegin, _fromMiddle = decoder._fromMiddle;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public State First(Vector256<short> emission) =>
            new(_s0 + (Vector256.WidenLower(emission) << 3), Vector256.Create(Impossible));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public State Next(State state, Vector256<short> emission)
        {
            Vector256<int> a = state.Starting & ScoreBits, c = state.Continuing & ScoreBits;
            Vector256<int> m0 = Vector256.Max(Lane(a, 1) + _s0, Lane(a, 3) + _s1);
            Vector256<int> m1 = Vector256.Max(Lane(a, 5) + _s2, Lane(a, 7) + _s3);
            Vector256<int> m2 = Vector256.Max(Lane(c, 1) + _s4, Lane(c, 3) + _s5);
            Vector256<int> m3 = Vector256.Max(Lane(c, 5) + _s6, Lane(c, 7) + _s7);
            Vector256<int> goOn = Vector256.Max(Doubled(a) + _fromBegin, Doubled(c) + _fromMiddle);
            return new(Vector256.Max(Vector256.Max(m0, m1), Vector256.Max(m2, m3)) + (Vector256.WidenLower(emission) << 3),
                goOn + (Vector256.WidenUpper(emission) << 3));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Lane(Vector256<int> v, [ConstantExpected] int lane) => Vector256.Shuffle(v, Vector256.Create(lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Doubled(Vector256<int> v) => Vector256.Shuffle(v, Vector256.Create(0, 0, 2, 2, 4, 4, 6, 6));

    private void TraceBack(SegmentationScratch scratch, int start, int count)
    {
        ReadOnlySpan<int> starting = MemoryMarshal.Cast<Vector256<int>, int>(scratch.Starting.AsSpan(0, count));
        ReadOnlySpan<int> continuing = MemoryMarshal.Cast<Vector256<int>, int>(scratch.Continuing.AsSpan(0, count));
        int last = (count - 1) * 8;
        int best = int.MinValue, label = 0;
        for (int k = 0; k < 8; k++)
        {
            int ending = EndingLabel(k);
            int score = ((k < 4 ? starting[last + ending] : continuing[last + ending - 8]) & ~7) + _toStop[k];
            if (score < best) continue; // of equals the later, as a maximum over packed scores has it
            best = score;
            label = ending;
        }
        Span<byte> labels = scratch.Labels.AsSpan(start, count);
        for (int i = count - 1; i >= 0; i--)
        {
            labels[i] = (byte)label;
            if (label < SequenceLabels.Half) label = EndingLabel(starting[i * 8 + label] & 7);
            else label = (label & 6) + ((continuing[i * 8 + label - 8] & 1) << 3);
        }
    }

    /// <summary>
    /// By how much the best labelling of a stretch is better than the best one in which a name that it has is no such name
    /// (another end, another kind, or none), in the scores' own steps. The labelling further behind is taken as given.
    /// To be asked right after <see cref="Decode"/> of the stretch.
    /// </summary>
    /// <param name="scratch">The buffers.</param>
    /// <param name="window">First unit of the window.</param>
    /// <param name="start">First unit of the stretch.</param>
    /// <param name="end">Behind its last unit.</param>
    /// <param name="from">First unit of the name.</param>
    /// <param name="to">Behind the name's last unit.</param>
    public int Margin(SegmentationScratch scratch, int window, int start, int end, int from, int to)
    {
        int horizon = Math.Min(end, to + MarginReach) - 1;
        int best = Best(scratch, start, end, horizon, new State(scratch.Starting[horizon - start], scratch.Continuing[horizon - start]));
        int other = Without(scratch, window, start, end, from, horizon);
        if (to - 1 > from) other = Math.Max(other, Without(scratch, window, start, end, to - 1, horizon));
        return best - other;
    }

    private const int MarginReach = 3;

    // The best score at the horizon if the label of one unit is forbidden.
    private int Without(SegmentationScratch scratch, int window, int start, int end, int unit, int horizon)
    {
        var steps = new Steps(this);
        int label = scratch.Labels[unit];
        State state;
        if (unit == start)
        {
            state = steps.First(scratch.Emissions[unit - window]);
        }
        else
        {
            state = new State(scratch.Starting[unit - 1 - start], scratch.Continuing[unit - 1 - start]);
            state = steps.Next(state, scratch.Emissions[unit - window]);
        }
        state = label < SequenceLabels.Half
            ? state with { Starting = state.Starting.WithElement(label, Impossible) }
            : state with { Continuing = state.Continuing.WithElement(label - SequenceLabels.Half, Impossible) };
        for (int i = unit + 1; i <= horizon; i++) state = steps.Next(state, scratch.Emissions[i - window]);
        return Best(scratch, start, end, horizon, state);
    }

    // The score at the horizon: of the label that stands there, or of the best ending at the stretch's end.
    private int Best(SegmentationScratch scratch, int start, int end, int horizon, State state)
    {
        if (horizon < end - 1)
        {
            int label = scratch.Labels[horizon];
            return (label < SequenceLabels.Half ? state.Starting[label] : state.Continuing[label - SequenceLabels.Half]) & ~7;
        }
        int best = int.MinValue;
        for (int k = 0; k < 8; k++)
        {
            int ending = EndingLabel(k);
            best = Math.Max(best, ((k < 4 ? state.Starting[ending] : state.Continuing[ending - SequenceLabels.Half]) & ~7) + _toStop[k]);
        }
        return best;
    }
}
