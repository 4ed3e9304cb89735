using NewsExtract.Records;

namespace NewsExtract.Training.Links;

/// <summary>
/// Boosts small regression trees over features that are there or not, on top of given scores, by Newton steps on the logistic
/// loss (J. Friedman: Greedy Function Approximation, 2001; T. Chen, C. Guestrin: XGBoost, 2016). A choice is handled as
/// a soft maximum over its candidates and «none of them». Deterministic: ties go to the smaller key.
/// </summary>
/// <remarks>
/// Each tree is grown on a part of the examples and a part of the features, drawn from a fixed seed, so that no one feature of few examples
/// carries many trees (J. Friedman: Stochastic Gradient Boosting, 2002).
/// </remarks>
internal sealed class TreeTrainer(int trees, int depth, double rate, double penalty, int minimum, double rowPart, double featurePart, int seed)
{
    private sealed record Row(int[] Keys, int Group, bool Right);

    public TreeNode[] Fit(List<BinaryExample> examples, Func<int[], double> start)
    {
        var rows = new List<Row>();
        foreach (BinaryExample example in examples) rows.Add(new Row(example.Keys, -1, example.Label));
        double[] scores = [.. rows.Select(r => start(r.Keys))];
        return Boost(rows, scores, (gradients, hessians) =>
        {
            for (int i = 0; i < rows.Count; i++)
            {
                double p = 1 / (1 + Math.Exp(-scores[i]));
                gradients[i] = (rows[i].Right ? 1 : 0) - p;
                hessians[i] = Math.Max(p * (1 - p), 1e-4);
            }
        });
    }

    public TreeNode[] Fit(List<ChoiceExample> examples, Func<int[], double> start, double none)
    {
        var rows = new List<Row>();
        var groups = new List<(int First, int Count, bool Any)>();
        foreach (ChoiceExample example in examples)
        {
            groups.Add((rows.Count, example.Candidates.Length, Array.Exists(example.Right, static r => r)));
            for (int i = 0; i < example.Candidates.Length; i++) rows.Add(new Row(example.Candidates[i], groups.Count - 1, example.Right[i]));
        }
        double[] scores = [.. rows.Select(r => start(r.Keys))];
        return Boost(rows, scores, (gradients, hessians) =>
        {
            foreach ((int first, int count, bool any) in groups)
            {
                double sum = Math.Exp(Math.Clamp(none, -30, 30)), right = any ? 0 : sum;
                for (int i = first; i < first + count; i++)
                {
                    double e = Math.Exp(Math.Clamp(scores[i], -30, 30));
                    sum += e;
                    if (rows[i].Right) right += e;
                }
                for (int i = first; i < first + count; i++)
                {
                    double e = Math.Exp(Math.Clamp(scores[i], -30, 30)), p = e / sum;
                    gradients[i] = (rows[i].Right ? e / right : 0) - p;
                    hessians[i] = Math.Max(p * (1 - p), 1e-4);
                }
            }
        });
    }

    private TreeNode[] Boost(List<Row> rows, double[] scores, Action<double[], double[]> derive)
    {
        var nodes = new List<TreeNode>();
        if (rows.Count < 2 * minimum) return [];
        var gradients = new double[rows.Count];
        var hessians = new double[rows.Count];
        var grower = new Grower([.. rows.Select(static r => r.Keys)], gradients, hessians, scores, rate, penalty, minimum);
        var random = new Random(seed);
        var drawn = new int[rows.Count];
        for (int t = 0; t < trees; t++)
        {
            derive(gradients, hessians);
            // The candidates of one choice stay together.
            int count = 0, group = -1;
            bool taken = false;
            for (int i = 0; i < rows.Count; i++)
            {
                if (rows[i].Group < 0 || rows[i].Group != group) taken = random.NextDouble() < rowPart;
                group = rows[i].Group;
                if (taken) drawn[count++] = i;
            }
            grower.Ask((uint)random.Next(), featurePart);
            List<TreeNode> tree = grower.Grow(drawn[..count], depth);
            if (tree.Count == 1) break;
            tree[0] = tree[0] with { Size = tree.Count };
            nodes.AddRange(tree);
        }
        return [.. nodes];
    }

    /// <summary>Grows one tree after another over the same rows, and adds what each says to the rows' scores.</summary>
    private sealed class Grower
    {
        private readonly FeatureIndex _index;
        private readonly int[][] _rows;
        // Which features a row has, a bit each.
        private readonly ulong[][] _has;
        private readonly double[] _gradients, _hessians, _scores, _sumG, _sumH;
        private readonly int[] _counts;
        private readonly bool[] _asked;
        // The features of drawn rows that the present tree may ask for; row i's begin at _starts[i].
        private readonly int[] _starts, _ends;
        private readonly int[] _drawn;
        private readonly double _rate, _penalty;
        private readonly int _minimum;
        private List<TreeNode> _tree = [];

        public Grower(int[][] rows, double[] gradients, double[] hessians, double[] scores, double rate, double penalty, int minimum)
        {
            _index = new FeatureIndex(rows, minimum);
            _rows = Array.ConvertAll(rows, _index.Numbers);
            _has = Array.ConvertAll(_rows, numbers =>
            {
                var bits = new ulong[(_index.Count + 63) / 64];
                foreach (int number in numbers) bits[number >> 6] |= 1UL << number;
                return bits;
            });
            (_gradients, _hessians, _scores) = (gradients, hessians, scores);
            (_rate, _penalty, _minimum) = (rate, penalty, minimum);
            (_sumG, _sumH, _counts, _asked) = (new double[_index.Count], new double[_index.Count], new int[_index.Count], new bool[_index.Count]);
            (_starts, _ends, _drawn) = (new int[rows.Length], new int[rows.Length], new int[_rows.Sum(static r => r.Length) + 1]);
        }

        /// <summary>Draws the features that the next tree may ask for.</summary>
        public void Ask(uint draw, double part)
        {
            for (int i = 0; i < _asked.Length; i++) _asked[i] = ((uint)_index.Key(i) * 0x9E3779B1u ^ draw) * 0x85EBCA6Bu >> 8 < part * (1 << 24);
        }

        public List<TreeNode> Grow(int[] drawn, int depth)
        {
            _tree = [];
            int count = 0;
            foreach (int i in drawn)
            {
                _starts[i] = count;
                foreach (int k in _rows[i])
                {
                    _drawn[count] = k;
                    if (_asked[k]) count++;
                }
                _ends[i] = count;
            }
            Grow([.. Enumerable.Range(0, _rows.Length)], drawn, depth);
            return _tree;
        }

        private void Grow(int[] members, int[] drawn, int levels)
        {
            int at = _tree.Count;
            _tree.Add(default);
            double g = 0, h = 0;
            foreach (int i in drawn)
            {
                g += _gradients[i];
                h += _hessians[i];
            }
            if (levels > 0 && TrySplit(drawn, g, h, out int feature))
            {
                int yesAt = _tree.Count;
                Grow(With(members, feature, true), With(drawn, feature, true), levels - 1);
                int noAt = _tree.Count;
                Grow(With(members, feature, false), With(drawn, feature, false), levels - 1);
                _tree[at] = new TreeNode(_index.Key(feature), yesAt, noAt, 0, 0);
                return;
            }
            float value = (float)Math.Round(_rate * g / (h + _penalty), 4);
            foreach (int i in members) _scores[i] += value;
            _tree[at] = new TreeNode(-1, 0, 0, 0, value);
        }

        private int[] With(int[] members, int feature, bool has)
        {
            var kept = new int[members.Length];
            int count = 0;
            foreach (int i in members)
            {
                kept[count] = i;
                if ((_has[i][feature >> 6] >> feature & 1) != 0 == has) count++;
            }
            return kept[..count];
        }

        private bool TrySplit(int[] members, double g, double h, out int feature)
        {
            Array.Clear(_sumG);
            Array.Clear(_sumH);
            Array.Clear(_counts);
            foreach (int i in members)
            {
                double gradient = _gradients[i], hessian = _hessians[i];
                foreach (int k in _drawn.AsSpan(_starts[i], _ends[i] - _starts[i]))
                {
                    _sumG[k] += gradient;
                    _sumH[k] += hessian;
                    _counts[k]++;
                }
            }
            feature = -1;
            double best = 1e-3, whole = g * g / (h + _penalty);
            for (int k = 0; k < _counts.Length; k++)
            {
                if (_counts[k] < _minimum || members.Length - _counts[k] < _minimum) continue;
                double kg = _sumG[k], kh = _sumH[k];
                double gain = (kg * kg / (kh + _penalty)) + ((g - kg) * (g - kg) / (h - kh + _penalty)) - whole;
                if (gain > best + 1e-9) (best, feature) = (gain, k);
            }
            return feature >= 0;
        }
    }
}
