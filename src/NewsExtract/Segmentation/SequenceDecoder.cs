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

    private const int Impossible = -(1 << 28);

    private readonly SequenceModel _model;
    private readonly Steps _steps;

    // What a label's score falls to when it is forbidden: added to the vector of its half.
    private readonly Vector256<int>[] _bans = new Vector256<int>[8];

    // The label in front, by label times eight plus the origin in its score.
    private readonly byte[] _origins = new byte[SequenceLabels.Count * 8];

    public SequenceDecoder(SequenceModel model)
    {
        _model = model;
        _steps = new Steps(model.Transitions);
        for (int lane = 0; lane < 8; lane++) _bans[lane] = Vector256<int>.Zero.WithElement(lane, Impossible);
        for (int label = 0; label < SequenceLabels.Count; label++)
        {
            for (int origin = 0; origin < 8; origin++)
            {
                _origins[label * 8 + origin] = (byte)(SequenceLabels.Starts(label) ? EndingLabel(origin)
                    : (label & 6) + ((origin & 1) * SequenceLabels.Half)); // begin or middle of the same kind
            }
        }
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
        Span<State> states = scratch.States.AsSpan(0, count);
        ref readonly Steps steps = ref _steps;
        State state = steps.First(emissions[0]);
        states[0] = state;
        for (int i = 1; i < emissions.Length; i++)
        {
            state = steps.Next(state, emissions[i]);
            states[i] = state;
        }
    }

    private void TraceBack(SegmentationScratch scratch, int start, int count)
    {
        ReadOnlySpan<int> scores = MemoryMarshal.Cast<State, int>(scratch.States.AsSpan(0, count));
        int label = BestEnding(scores.Slice((count - 1) * SequenceLabels.Count, SequenceLabels.Count), out _);
        Span<byte> labels = scratch.Labels.AsSpan(start, count);
        ReadOnlySpan<byte> origins = _origins;
        for (int i = count - 1; i >= 0; i--)
        {
            labels[i] = (byte)label;
            label = origins[label * 8 + (scores[i * SequenceLabels.Count + label] & 7)];
        }
    }

    // The label that a stretch ends with best; of equals the later, as a maximum over scores with their origins has it.
    private int BestEnding(ReadOnlySpan<int> scores, out int best)
    {
        best = int.MinValue;
        int label = 0;
        for (int k = 0; k < 8; k++)
        {
            int ending = EndingLabel(k);
            int score = (scores[ending] & ~7) + _steps.ToStop(k);
            if (score < best) continue;
            best = score;
            label = ending;
        }
        return label;
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
        int best = ScoreAt(scratch, end, horizon, scratch.States[horizon - start]);
        int other = Without(scratch, window, start, end, from, horizon);
        if (to - 1 > from) other = Math.Max(other, Without(scratch, window, start, end, to - 1, horizon));
        return best - other;
    }

    private const int MarginReach = 3;

    // The best score at the horizon if the label of one unit is forbidden.
    private int Without(SegmentationScratch scratch, int window, int start, int end, int unit, int horizon)
    {
        ref readonly Steps steps = ref _steps;
        ReadOnlySpan<Vector256<short>> emissions = scratch.Emissions.AsSpan(unit - window, horizon - unit + 1);
        State state = unit == start ? steps.First(emissions[0]) : steps.Next(scratch.States[unit - 1 - start], emissions[0]);
        int label = scratch.Labels[unit];
        Vector256<int> ban = _bans[label & 7];
        state = label < SequenceLabels.Half ? state with { Starting = state.Starting + ban } : state with { Continuing = state.Continuing + ban };
        for (int i = 1; i < emissions.Length; i++) state = steps.Next(state, emissions[i]);
        return ScoreAt(scratch, end, horizon, state);
    }

    // The score at the horizon: of the label that stands there, or of the best ending at the stretch's end.
    private int ScoreAt(SegmentationScratch scratch, int end, int horizon, in State state)
    {
        ReadOnlySpan<int> scores = MemoryMarshal.Cast<State, int>(new ReadOnlySpan<State>(in state));
        if (horizon < end - 1) return scores[scratch.Labels[horizon]] & ~7;
        BestEnding(scores, out int best);
        return best;
    }

    /// <summary>The best scores of all labels at one unit, each with its origin in the low bits.</summary>
    internal readonly record struct State(Vector256<int> Starting, Vector256<int> Continuing);

    // The transitions. By where from: singles of the four kinds, then ends of the four kinds; to the eight starting labels.
    private readonly struct Steps
    {
        private readonly Vector256<int> _s0, _s1, _s2, _s3, _s4, _s5, _s6, _s7;
        private readonly Vector256<int> _fromBegin, _fromMiddle;

        public Steps(ReadOnlySpan<short> transitions)
        {
            Span<Vector256<int>> toStart = stackalloc Vector256<int>[8];
            Span<int> row = stackalloc int[8];
            Span<int> second = stackalloc int[8];
            for (int k = 0; k < 8; k++)
            {
                for (int to = 0; to < 8; to++) row[to] = transitions[EndingLabel(k) * SequenceLabels.Count + to] * 8 + k;
                toStart[k] = Vector256.Create<int>(row);
            }
            (_s0, _s1, _s2, _s3) = (toStart[0], toStart[1], toStart[2], toStart[3]);
            (_s4, _s5, _s6, _s7) = (toStart[4], toStart[5], toStart[6], toStart[7]);
            for (int lane = 0; lane < 8; lane++)
            {
                int kind = lane & ~1, to = SequenceLabels.Half + lane;
                row[lane] = transitions[kind * SequenceLabels.Count + to] * 8;
                second[lane] = transitions[(SequenceLabels.Half + kind) * SequenceLabels.Count + to] * 8 + 1;
            }
            _fromBegin = Vector256.Create<int>(row);
            _fromMiddle = Vector256.Create<int>(second);
        }

        // To the single in which every stretch ends: the fixed unit behind it.
        public int ToStop(int k) => (k switch { 0 => _s0, 1 => _s1, 2 => _s2, 3 => _s3, 4 => _s4, 5 => _s5, 6 => _s6, _ => _s7 })[SequenceLabels.OrdinarySingle] & ~7;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public State First(Vector256<short> emission) =>
            new(_s0 + (Vector256.WidenLower(emission) << 3), Vector256.Create(Impossible));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public State Next(State state, Vector256<short> emission)
        {
            Vector256<int> scoreBits = Vector256.Create(~7);
            Vector256<int> a = state.Starting & scoreBits, c = state.Continuing & scoreBits;
            Vector256<int> m0 = Vector256.Max(Lane(a, 1) + _s0, Lane(a, 3) + _s1);
            Vector256<int> m1 = Vector256.Max(Lane(a, 5) + _s2, Lane(a, 7) + _s3);
            Vector256<int> m2 = Vector256.Max(Lane(c, 1) + _s4, Lane(c, 3) + _s5);
            Vector256<int> m3 = Vector256.Max(Lane(c, 5) + _s6, Lane(c, 7) + _s7);
            Vector256<int> goOn = Vector256.Max(Doubled(a) + _fromBegin, Doubled(c) + _fromMiddle);
            return new(Vector256.Max(Vector256.Max(m0, m1), Vector256.Max(m2, m3)) + (Vector256.WidenLower(emission) << 3),
                goOn + (Vector256.WidenUpper(emission) << 3));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<int> Lane(Vector256<int> v, [ConstantExpected] int lane) => Vector256.Shuffle(v, Vector256.Create(lane));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<int> Doubled(Vector256<int> v) => Vector256.Shuffle(v, Vector256.Create(0, 0, 2, 2, 4, 4, 6, 6));
    }
}
