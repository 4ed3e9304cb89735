using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NewsExtract.Records;

namespace NewsExtract.Training.Links;

/// <summary>
/// Fits weights and one layer of hidden units together, by AdaGrad on the likelihood (J. Duchi, E. Hazan, Y. Singer: Adaptive Subgradient Methods, 2011), with
/// features and units left out at random (N. Srivastava et al.: Dropout, 2014) and the mean of the later epochs as the result (B. Polyak, A. Juditsky, 1992).
/// Deterministic: everything is drawn from a fixed seed, and sums are made in one order.
/// </summary>
internal sealed class NetworkTrainer(int epochs, int seed)
{
    private const int Units = HiddenUnits.Count, Lanes = 8;
    private const double Penalty = 30, FeaturesOut = 0.2, UnitsOut = 0.3;
    private const float FirstRate = 0.05f, LastPart = 0.1f;
    private const int LeastRows = 4;
    private const double Settled = 1e-3; // errors below this teach nothing
    private const double Farthest = 30; // scores beyond this are as good as certain

    /// <summary>Fits yes-or-no examples.</summary>
    public DecisionWeights Fit(List<BinaryExample> examples) => Fit(examples.ConvertAll(static e => new ChoiceExample([e.Keys], [e.Label], [])), none: 0);

    /// <summary>Fits choices.</summary>
    public DecisionWeights Fit(List<ChoiceExample> examples) => Fit(examples, none: 1);

    /// <param name="examples">Choices; a yes or no is one among one candidate.</param>
    /// <param name="none">1 where the leaning is that to «none», 0 where it is that to yes.</param>
    private DecisionWeights Fit(List<ChoiceExample> examples, int none)
    {
        var index = new FeatureIndex(examples.SelectMany(static e => e.Candidates), LeastRows);
        int[][][] rows = [.. examples.Select(e => Array.ConvertAll(e.Candidates, index.Numbers))];
        var network = new Network(index.Count, (float)(Penalty / examples.Count), new Random(seed));
        var mean = new Parameters(index.Count);
        var random = new Random(seed);
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        int summed = 0;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order);
            network.Rate = FirstRate * (1 - ((1 - LastPart) * epoch / epochs));
            foreach (int i in order) network.Learn(rows[i], examples[i].Right, (uint)random.Next(), random);
            if (epoch < epochs / 2) continue;
            mean.Add(network.Values);
            summed++;
        }
        mean.Divide(summed);
        return mean.Quantized(index, none == 1);
    }

    /// <summary>All that is fitted; row k of the units' weights begins at k · <see cref="Units"/>.</summary>
    private sealed class Parameters(int features)
    {
        public readonly float[] Linear = new float[features], Rows = new float[features * Units], Start = new float[Units], Out = new float[Units];
        public float None;

        public void Add(Parameters other)
        {
            Add(Linear, other.Linear);
            Add(Rows, other.Rows);
            Add(Start, other.Start);
            Add(Out, other.Out);
            None += other.None;
        }

        private static void Add(float[] sums, float[] values)
        {
            for (int i = 0; i < sums.Length; i++) sums[i] += values[i];
        }

        public void Divide(int by)
        {
            foreach (float[] values in (float[][])[Linear, Rows, Start, Out])
                for (int i = 0; i < values.Length; i++) values[i] /= by;
            None /= by;
        }

        /// <summary>The units in whole numbers: of each the greatest that a feature adds becomes 127.</summary>
        public DecisionWeights Quantized(FeatureIndex index, bool leansToNone)
        {
            var weights = new Dictionary<int, float>();
            if (MathF.Round(leansToNone ? None : -None, 3) is not 0 and float leaning) weights[LinkModel.Bias] = leaning;
            for (int k = 0; k < index.Count; k++)
                if (MathF.Round(Linear[k], 3) is not 0 and float weight) weights[index.Key(k)] = weight;
            var rows = new sbyte[Rows.Length];
            var start = new short[Units];
            var factors = new float[Units];
            for (int unit = 0; unit < Units; unit++)
            {
                float greatest = 1e-6f;
                for (int at = unit; at < Rows.Length; at += Units) greatest = MathF.Max(greatest, MathF.Abs(Rows[at]));
                float scale = sbyte.MaxValue / greatest;
                for (int at = unit; at < Rows.Length; at += Units) rows[at] = (sbyte)MathF.Round(Rows[at] * scale);
                start[unit] = (short)Math.Clamp(MathF.Round(Start[unit] * scale), -HiddenUnits.FurthestStart, HiddenUnits.FurthestStart);
                factors[unit] = MathF.Round(Out[unit] / scale, 6);
            }
            return new DecisionWeights(weights, [], new HiddenUnits([.. Enumerable.Range(0, index.Count).Select(index.Key)], rows, start, factors));
        }
    }

    /// <summary>The parameters while they are fitted.</summary>
    private sealed class Network
    {
        private readonly Parameters _squares;
        private readonly float _pull;
        private readonly List<float[]> _units = [];
        private readonly List<int[]> _kept = [];
        private readonly List<float> _scores = [];
        private readonly float[] _mask = new float[Units], _back = new float[Units];

        public Network(int features, float pull, Random random)
        {
            (Values, _squares, _pull) = (new Parameters(features), new Parameters(features), pull);
            for (int i = 0; i < Values.Rows.Length; i++) Values.Rows[i] = (random.NextSingle() - 0.5f) * 0.2f;
            for (int i = 0; i < Units; i++) Values.Out[i] = (random.NextSingle() - 0.5f) * 2 / MathF.Sqrt(Units);
        }

        public Parameters Values { get; }

        public float Rate { get; set; }

        /// <summary>One step on one choice; the same features and units are left out for all its candidates.</summary>
        public void Learn(int[][] candidates, bool[] right, uint draw, Random random)
        {
            for (int unit = 0; unit < Units; unit++) _mask[unit] = random.NextSingle() < UnitsOut ? 0 : (float)(1 / (1 - UnitsOut));
            bool any = Array.Exists(right, static r => r);
            float best = Values.None;
            _scores.Clear();
            for (int i = 0; i < candidates.Length; i++)
            {
                float score = Forward(i, candidates[i], draw);
                _scores.Add(score);
                best = MathF.Max(best, score);
            }
            double none = Math.Exp(Math.Max(Values.None - best, -Farthest)), sum = none, rightSum = any ? 0 : none;
            for (int i = 0; i < candidates.Length; i++)
            {
                double e = Math.Exp(Math.Max(_scores[i] - best, -Farthest));
                _scores[i] = (float)e;
                sum += e;
                if (right[i]) rightSum += e;
            }
            Move(ref Values.None, ref _squares.None, (float)((any ? 0 : none / rightSum) - (none / sum)));
            for (int i = 0; i < candidates.Length; i++)
            {
                double error = (right[i] ? _scores[i] / rightSum : 0) - (_scores[i] / sum);
                if (Math.Abs(error) >= Settled) Backward(i, (float)error);
            }
        }

        private float Forward(int candidate, int[] features, uint draw)
        {
            if (candidate == _units.Count)
            {
                _units.Add(new float[Units]);
                _kept.Add([]);
            }
            float[] units = _units[candidate];
            int[] kept = _kept[candidate].Length < features.Length + 1 ? _kept[candidate] = new int[2 * (features.Length + 1)] : _kept[candidate];
            const float Scale = (float)(1 / (1 - FeaturesOut));
            int count = 0;
            Array.Clear(units);
            float score = 0;
            foreach (int k in features)
            {
                if (((uint)k * 0x9E3779B1u ^ draw) * 0x85EBCA6Bu >> 8 < FeaturesOut * (1 << 24)) continue;
                kept[++count] = k;
                score += Values.Linear[k];
                Span<Vector256<float>> sums = MemoryMarshal.Cast<float, Vector256<float>>(units.AsSpan());
                ReadOnlySpan<Vector256<float>> row = MemoryMarshal.Cast<float, Vector256<float>>(Values.Rows.AsSpan(k * Units, Units));
                for (int v = 0; v < row.Length; v++) sums[v] += row[v];
            }
            kept[0] = count;
            score *= Scale;
            for (int unit = 0; unit < Units; unit++)
            {
                units[unit] = MathF.Max(0, (units[unit] * Scale) + Values.Start[unit]);
                score += units[unit] * _mask[unit] * Values.Out[unit];
            }
            return score;
        }

        private void Backward(int candidate, float error)
        {
            float[] units = _units[candidate];
            for (int unit = 0; unit < Units; unit++)
            {
                _back[unit] = 0;
                if (units[unit] <= 0 || _mask[unit] == 0) continue;
                _back[unit] = error * Values.Out[unit] * _mask[unit];
                Move(ref Values.Out[unit], ref _squares.Out[unit], (error * units[unit] * _mask[unit]) - (_pull * Values.Out[unit]));
                Move(ref Values.Start[unit], ref _squares.Start[unit], _back[unit]);
            }
            const float Scale = (float)(1 / (1 - FeaturesOut));
            Vector256<float> rate = Vector256.Create(Rate), pull = Vector256.Create(_pull), least = Vector256.Create(1e-6f), scale = Vector256.Create(Scale);
            ReadOnlySpan<Vector256<float>> back = MemoryMarshal.Cast<float, Vector256<float>>(_back.AsSpan());
            int[] kept = _kept[candidate];
            foreach (int k in kept.AsSpan(1, kept[0]))
            {
                Move(ref Values.Linear[k], ref _squares.Linear[k], (error * Scale) - (_pull * Values.Linear[k]));
                Span<Vector256<float>> row = MemoryMarshal.Cast<float, Vector256<float>>(Values.Rows.AsSpan(k * Units, Units)), squares = MemoryMarshal.Cast<float, Vector256<float>>(_squares.Rows.AsSpan(k * Units, Units));
                for (int v = 0; v < Units / Lanes; v++)
                {
                    Vector256<float> gradient = (back[v] * scale) - (pull * row[v]);
                    squares[v] += gradient * gradient;
                    row[v] += rate * gradient / (Vector256.Sqrt(squares[v]) + least);
                }
            }
        }

        private void Move(ref float value, ref float square, float gradient)
        {
            square += gradient * gradient;
            value += Rate * gradient / (MathF.Sqrt(square) + 1e-6f);
        }
    }
}
