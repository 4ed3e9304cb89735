using System.Numerics;
using NewsExtract.Modeling;

namespace NewsExtract.Records;

/// <summary>
/// One decision's weights and trees in the form in which they are quick to sum: what a feature does is found once by its
/// key, and only the features that are there cost anything. Gives the same sums as walking the trees. Immutable.
/// </summary>
/// <remarks>
/// A tree's leaves are numbered with those of «has it not» first, and each tree has a set of leaves that are still
/// possible, one bit each. A feature that is there strikes from the set, for every node that asks for it, the leaves below
/// «has it not»; of what remains the lowest is the one that walking from the root ends at. Example: the root asks for A
/// and has leaf 0 below «no», and below «yes» a node that asks for B with the leaves 1 and 2; A strikes leaf 0, B leaf 1.
/// (C. Lucchese et al., QuickScorer: A Fast Algorithm to Rank Documents with Additive Ensembles of Regression Trees, 2015.)
/// </remarks>
internal sealed class DecisionScorer
{
    private const int MaxLeaves = 64;
    private const int MaxTreesOnStack = 256;

    /// <summary>Where the entries of a feature begin; its values 0 to <paramref name="Count"/>-1 have one each.</summary>
    private readonly record struct Row(int First, int Count);

    /// <summary>What one feature with one value does.</summary>
    private readonly record struct Entry(float Weight, int FirstStrike, int Strikes);

    /// <summary>The leaves that one node leaves possible in its tree.</summary>
    private readonly record struct Strike(ulong Keep, int Tree);

    private readonly Row[] _rows;
    private readonly Entry[] _entries;
    private readonly Strike[] _strikes;
    // The entries of characters, by key.
    private readonly Dictionary<int, Entry> _characters = [];
    private readonly float[] _leaves;
    private readonly int[] _firstLeaf;

    /// <exception cref="ModelException">A tree has more leaves than a set can hold.</exception>
    public DecisionScorer(Dictionary<int, float> weights, TreeNode[] nodes)
    {
        var strikes = new SortedDictionary<int, List<Strike>>();
        var leaves = new List<float>();
        var firstLeaf = new List<int>();
        for (int root = 0; root < nodes.Length; root += nodes[root].Size)
        {
            int tree = firstLeaf.Count;
            firstLeaf.Add(leaves.Count);
            AddTree(nodes, root, root, tree, leaves, firstLeaf[tree], strikes);
            if (leaves.Count - firstLeaf[tree] > MaxLeaves) throw new ModelException($"A tree of the links has more than {MaxLeaves} leaves.");
        }
        _leaves = [.. leaves];
        _firstLeaf = [.. firstLeaf];
        _rows = new Row[1 << 8];
        var keys = new SortedSet<int>(weights.Keys);
        keys.UnionWith(strikes.Keys);
        var entries = new List<Entry>();
        var all = new List<Strike>();
        foreach (int key in keys)
        {
            List<Strike> own = strikes.GetValueOrDefault(key) ?? [];
            var entry = new Entry(weights.GetValueOrDefault(key), all.Count, own.Count);
            all.AddRange(own);
            if (key >= FeatureList.FirstCharacterKey)
            {
                _characters.Add(key, entry);
                continue;
            }
            int feature = key >> 8, value = key & 0xFF;
            if (feature >= _rows.Length) Array.Resize(ref _rows, feature * 2);
            int first = _rows[feature].Count == 0 ? entries.Count : _rows[feature].First;
            while (entries.Count < first + value) entries.Add(default);
            entries.Add(entry);
            _rows[feature] = new Row(first, value + 1);
        }
        _entries = [.. entries];
        _strikes = [.. all];
    }

    /// <summary>Numbers the leaves below a node and notes what its feature strikes.</summary>
    private static void AddTree(TreeNode[] nodes, int root, int at, int tree, List<float> leaves, int firstLeaf, SortedDictionary<int, List<Strike>> strikes)
    {
        TreeNode node = nodes[at];
        if (node.IsLeaf)
        {
            leaves.Add(node.Value);
            return;
        }
        int from = leaves.Count - firstLeaf;
        AddTree(nodes, root, root + node.No, tree, leaves, firstLeaf, strikes);
        int to = leaves.Count - firstLeaf;
        if (!strikes.TryGetValue(node.Key, out List<Strike>? own)) strikes[node.Key] = own = [];
        own.Add(new Strike(~(Below(to) & ~Below(from)), tree));
        AddTree(nodes, root, root + node.Yes, tree, leaves, firstLeaf, strikes);
    }

    private static ulong Below(int bit) => bit >= MaxLeaves ? ulong.MaxValue : (1UL << bit) - 1;

    /// <summary>The weights of the features in their order, and the trees' values in theirs.</summary>
    public double Score(FeatureList features)
    {
        int trees = _firstLeaf.Length;
        Span<ulong> possible = trees <= MaxTreesOnStack ? stackalloc ulong[MaxTreesOnStack] : new ulong[trees];
        possible = possible[..trees];
        possible.Fill(ulong.MaxValue);
        Row[] rows = _rows;
        double score = 0;
        foreach (int key in features.Keys)
        {
            Entry entry;
            if (key >= FeatureList.FirstCharacterKey)
            {
                if (!_characters.TryGetValue(key, out entry)) continue;
            }
            else
            {
                int feature = key >> 8;
                if (feature >= rows.Length) continue;
                Row row = rows[feature];
                int value = key & 0xFF;
                if (value >= row.Count) continue;
                entry = _entries[row.First + value];
            }
            score += entry.Weight;
            foreach (Strike strike in _strikes.AsSpan(entry.FirstStrike, entry.Strikes)) possible[strike.Tree] &= strike.Keep;
        }
        double sum = 0;
        for (int tree = 0; tree < possible.Length; tree++) sum += _leaves[_firstLeaf[tree] + BitOperations.TrailingZeroCount(possible[tree])];
        return score + sum;
    }
}
