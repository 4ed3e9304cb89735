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
    // What decides which features the present tree may ask for.
    private uint _features;

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
        int[] all = [.. Enumerable.Range(0, rows.Count)];
        var random = new Random(seed);
        for (int t = 0; t < trees; t++)
        {
            derive(gradients, hessians);
            var tree = new List<TreeNode>();
            // The candidates of one choice stay together.
            int[] drawn = new int[rows.Count];
            int count = 0, group = -1;
            bool taken = false;
            for (int i = 0; i < rows.Count; i++)
            {
                if (rows[i].Group < 0 || rows[i].Group != group) taken = random.NextDouble() < rowPart;
                group = rows[i].Group;
                if (taken) drawn[count++] = i;
            }
            _features = (uint)random.Next();
            Grow(tree, rows, all, drawn[..count], gradients, hessians, scores, depth);
            if (tree.Count == 1) break;
            tree[0] = tree[0] with { Size = tree.Count };
            nodes.AddRange(tree);
        }
        return [.. nodes];
    }

    private void Grow(List<TreeNode> tree, List<Row> rows, int[] members, int[] drawn, double[] gradients, double[] hessians, double[] scores, int levels)
    {
        int at = tree.Count;
        tree.Add(default);
        double g = 0, h = 0;
        foreach (int i in drawn)
        {
            g += gradients[i];
            h += hessians[i];
        }
        if (levels > 0 && TrySplit(rows, drawn, gradients, hessians, g, h, out int key))
        {
            int yesAt = tree.Count;
            Grow(tree, rows, With(rows, members, key, true), With(rows, drawn, key, true), gradients, hessians, scores, levels - 1);
            int noAt = tree.Count;
            Grow(tree, rows, With(rows, members, key, false), With(rows, drawn, key, false), gradients, hessians, scores, levels - 1);
            tree[at] = new TreeNode(key, yesAt, noAt, 0, 0);
            return;
        }
        float value = (float)Math.Round(rate * g / (h + penalty), 4);
        foreach (int i in members) scores[i] += value;
        tree[at] = new TreeNode(-1, 0, 0, 0, value);
    }

    private static int[] With(List<Row> rows, int[] members, int key, bool has) => [.. members.Where(i => Array.IndexOf(rows[i].Keys, key) >= 0 == has)];

    private bool MayAsk(int key) => ((uint)key * 0x9E3779B1u ^ _features) * 0x85EBCA6Bu >> 8 < featurePart * (1 << 24);

    private bool TrySplit(List<Row> rows, int[] members, double[] gradients, double[] hessians, double g, double h, out int key)
    {
        var sums = new Dictionary<int, (double G, double H, int Count)>();
        foreach (int i in members)
            foreach (int k in rows[i].Keys)
            {
                if (!MayAsk(k)) continue;
                (double kg, double kh, int count) = sums.GetValueOrDefault(k);
                sums[k] = (kg + gradients[i], kh + hessians[i], count + 1);
            }
        key = -1;
        double best = 1e-3, whole = g * g / (h + penalty);
        foreach ((int k, (double kg, double kh, int count)) in sums)
        {
            if (count < minimum || members.Length - count < minimum) continue;
            double gain = (kg * kg / (kh + penalty)) + ((g - kg) * (g - kg) / (h - kh + penalty)) - whole;
            if (gain > best + 1e-9 || (gain > best - 1e-9 && k < key)) (best, key) = (gain, k);
        }
        return key >= 0;
    }
}
