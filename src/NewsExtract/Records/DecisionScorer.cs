using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
/// The sets of all trees stand side by side in vectors, so that a feature strikes in all trees at once.
/// (C. Lucchese et al., QuickScorer: A Fast Algorithm to Rank Documents with Additive Ensembles of Regression Trees, 2015.)
/// </remarks>
internal sealed class DecisionScorer
{
    private const int LeavesPerTree = 16;
    private const int TreesPerVector = 16;
    private const int VectorsPerBlock = 4;
    private const int TreesPerBlock = TreesPerVector * VectorsPerBlock;

    /// <summary>Where the entries of a feature begin; its values 0 to <paramref name="Count"/>-1 have one each.</summary>
    private readonly record struct Row(int First, int Count);

    /// <summary>What one feature with one value does; the sets that it leaves are number <paramref name="Sets"/> of a block's.</summary>
    private readonly record struct Entry(float Weight, int Sets);

    private readonly Row[] _rows;
    private readonly Entry[] _entries;

    // The keys of characters and their entries, by open addressing; at least half of the slots are free and hold 0.
    private readonly int[] _characters;
    private readonly Entry[] _characterEntries;

    // By block of trees: for each feature that they ask for, four vectors; the first four are those of a feature that strikes nothing.
    private readonly Vector256<ushort>[][] _sets;
    private readonly double[] _leaves;
    private readonly int _trees;

    /// <exception cref="ModelException">A tree has more leaves than a set can hold.</exception>
    public DecisionScorer(Dictionary<int, float> weights, TreeNode[] nodes)
    {
        var roots = new List<int>();
        for (int root = 0; root < nodes.Length; root += nodes[root].Size) roots.Add(root);
        _trees = roots.Count;
        int blocks = (_trees + TreesPerBlock - 1) / TreesPerBlock;
        _leaves = new double[blocks * TreesPerBlock * LeavesPerTree];
        // The features that trees ask for are numbered from 1.
        var asked = new Dictionary<int, int>();
        foreach (TreeNode node in nodes)
            if (!node.IsLeaf) asked.TryAdd(node.Key, asked.Count + 1);
        int number = asked.Count;
        var keys = new List<int>(weights.Keys);
        foreach (int key in asked.Keys)
            if (!weights.ContainsKey(key)) keys.Add(key);
        keys.Sort();
        var sets = new ushort[blocks][];
        for (int b = 0; b < blocks; b++)
        {
            sets[b] = new ushort[(number + 1) * TreesPerBlock];
            sets[b].AsSpan().Fill(ushort.MaxValue);
        }
        for (int tree = 0; tree < _trees; tree++)
        {
            int leaf = 0;
            AddTree(nodes, roots[tree], roots[tree], tree, ref leaf, asked, sets[tree / TreesPerBlock]);
        }
        _sets = Array.ConvertAll(sets, static s => MemoryMarshal.Cast<ushort, Vector256<ushort>>(s).ToArray());
        _rows = new Row[1 << 8];
        var entries = new List<Entry>();
        int characters = 0;
        foreach (int key in keys)
            if (key >= FeatureList.FirstCharacterKey) characters++;
        _characters = new int[BitOperations.RoundUpToPowerOf2((uint)(2 * characters) + 1)];
        _characterEntries = new Entry[_characters.Length];
        foreach (int key in keys)
        {
            if (key >= FeatureList.FirstCharacterKey)
            {
                int slot = Slot(key);
                _characters[slot] = key;
                _characterEntries[slot] = new Entry(weights.GetValueOrDefault(key), asked.GetValueOrDefault(key));
                continue;
            }
            int feature = key >> 8, value = key & 0xFF;
            if (feature >= _rows.Length) Array.Resize(ref _rows, feature * 2);
            int first = _rows[feature].Count == 0 ? entries.Count : _rows[feature].First;
            while (entries.Count < first + value) entries.Add(default);
            entries.Add(new Entry(weights.GetValueOrDefault(key), asked.GetValueOrDefault(key)));
            _rows[feature] = new Row(first, value + 1);
        }
        _entries = [.. entries];
    }

    /// <summary>Numbers the leaves below a node and notes what its feature strikes.</summary>
    private void AddTree(TreeNode[] nodes, int root, int at, int tree, ref int leaf, Dictionary<int, int> asked, ushort[] sets)
    {
        TreeNode node = nodes[at];
        if (node.IsLeaf)
        {
            if (leaf == LeavesPerTree) throw new ModelException($"A tree of the links has more than {LeavesPerTree} leaves.");
            _leaves[(tree * LeavesPerTree) + leaf++] = node.Value;
            return;
        }
        int from = leaf;
        AddTree(nodes, root, root + node.No, tree, ref leaf, asked, sets);
        sets[(asked[node.Key] * TreesPerBlock) + (tree % TreesPerBlock)] &= (ushort)~((1 << leaf) - (1 << from));
        AddTree(nodes, root, root + node.Yes, tree, ref leaf, asked, sets);
    }

    /// <summary>The weights of the features and the trees' values.</summary>
    /// <remarks>
    /// Weights and values have four decimals, so that sums of so few of them are exact in any order: several sums go side by side, which
    /// don't wait for each other.
    /// </remarks>
    public double Score(FeatureList features)
    {
        ReadOnlySpan<int> keys = features.Keys;
        Span<int> striking = keys.Length <= 128 ? stackalloc int[128] : new int[keys.Length];
        Row[] rows = _rows;
        Entry[] entries = _entries;
        double score = 0, before = 0;
        int count = 0;
        foreach (int key in keys)
        {
            Entry entry;
            if (key >= FeatureList.FirstCharacterKey)
            {
                entry = _characterEntries[Slot(key)];
            }
            else
            {
                int feature = key >> 8;
                if (feature >= rows.Length) continue;
                Row row = rows[feature];
                int value = key & 0xFF;
                if (value >= row.Count) continue;
                entry = entries[row.First + value];
            }
            (score, before) = (before + entry.Weight, score);
            striking[count] = entry.Sets;
            count += entry.Sets != 0 ? 1 : 0;
        }
        striking = striking[..count];
        double sum = 0;
        for (int block = 0; block < _sets.Length; block++) sum += SumBlock(_sets[block], striking, block);
        return score + before + sum;
    }

    /// <summary>The slot that holds the key, or the free one where it belongs; a free slot's entry does nothing.</summary>
    private int Slot(int key)
    {
        int[] characters = _characters;
        int slot = (int)((uint)key * 0x9E3779B1u >> 12) & (characters.Length - 1);
        while (characters[slot] != key && characters[slot] != 0) slot = (slot + 1) & (characters.Length - 1);
        return slot;
    }

    private double SumBlock(Vector256<ushort>[] sets, ReadOnlySpan<int> striking, int block)
    {
        Vector256<ushort> a = Vector256<ushort>.AllBitsSet, b = a, c = a, d = a;
        foreach (int number in striking)
        {
            ReadOnlySpan<Vector256<ushort>> own = sets.AsSpan(number * VectorsPerBlock, VectorsPerBlock);
            a &= own[0];
            b &= own[1];
            c &= own[2];
            d &= own[3];
        }
        Span<Vector256<ushort>> possible = [a, b, c, d];
        ReadOnlySpan<ushort> left = MemoryMarshal.Cast<Vector256<ushort>, ushort>(possible);
        // The last block is filled up with trees whose leaves are 0.
        int count = (Math.Min(TreesPerBlock, _trees - (block * TreesPerBlock)) + 3) & ~3;
        ReadOnlySpan<double> leaves = _leaves.AsSpan(block * TreesPerBlock * LeavesPerTree, TreesPerBlock * LeavesPerTree);
        double first = 0, second = 0, third = 0, fourth = 0;
        for (int tree = 0; tree + 3 < left.Length && tree < count; tree += 4)
        {
            first += Leaf(leaves, left[tree], tree);
            second += Leaf(leaves, left[tree + 1], tree + 1);
            third += Leaf(leaves, left[tree + 2], tree + 2);
            fourth += Leaf(leaves, left[tree + 3], tree + 3);
        }
        return first + second + (third + fourth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Leaf(ReadOnlySpan<double> leaves, ushort possible, int tree) =>
        leaves[(tree * LeavesPerTree) + (BitOperations.TrailingZeroCount((uint)possible) & (LeavesPerTree - 1))];
}
