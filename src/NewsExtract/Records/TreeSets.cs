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
    private const int TreesPerBlock = 8 * 16; // eight vectors of sets
    private const int CacheLine = 64;

    // Weights and leaves are held in the parts of one in which the tables write them, so that sums are exact in any order.
    internal const int PartsOfOne = 10_000;

    /// <summary>Where the entries of a feature begin; its values 0 to <paramref name="Count"/>-1 have one each.</summary>
    private readonly record struct Row(int First, int Count);

    /// <summary>What one feature with one value does; the sets that it leaves are number <paramref name="Sets"/> of a block's.</summary>
    private readonly record struct Entry(int Weight, int Sets);

    private readonly Row[] _rows;
    private readonly Entry[] _entries;

    // The keys of characters and their entries, by open addressing; at least half of the slots are free and hold 0.
    private readonly int[] _characters;
    private readonly Entry[] _characterEntries;

    // By block of trees: for each feature that they ask for a row of sets; the first row is that of a feature that strikes nothing. There is
    // always a block, and the last one is filled up with trees whose leaves are 0. Rows begin at a cache line, on the heap of objects that don't move.
    private readonly ushort[] _sets;
    private readonly int _firstSet;
    private readonly int _setsPerBlock;
    private readonly int _blocks;
    private readonly short[] _leaves;
    private readonly int _trees;

    /// <exception cref="ModelException">A tree has more leaves than a set can hold, or a leaf's value is above 3.2767.</exception>
    public DecisionScorer(Dictionary<int, float> weights, TreeNode[] nodes)
    {
        var roots = new List<int>();
        for (int root = 0; root < nodes.Length; root += nodes[root].Size) roots.Add(root);
        _trees = roots.Count;
        _blocks = Math.Max(1, (_trees + TreesPerBlock - 1) / TreesPerBlock);
        _leaves = new short[_blocks * TreesPerBlock * LeavesPerTree];
        // The features that trees ask for are numbered from 1.
        var asked = new Dictionary<int, int>();
        foreach (TreeNode node in nodes)
            if (!node.IsLeaf) asked.TryAdd(node.Key, asked.Count + 1);
        int number = asked.Count;
        var keys = new List<int>(weights.Keys);
        foreach (int key in asked.Keys)
            if (!weights.ContainsKey(key)) keys.Add(key);
        keys.Sort();
        _setsPerBlock = (number + 1) * TreesPerBlock;
        _sets = GC.AllocateUninitializedArray<ushort>((_blocks * _setsPerBlock) + (CacheLine / sizeof(ushort)), pinned: true);
        _sets.AsSpan().Fill(ushort.MaxValue);
        _firstSet = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_sets, 0) & (CacheLine - 1)) / sizeof(ushort);
        for (int tree = 0; tree < _trees; tree++)
        {
            int leaf = 0;
            AddTree(nodes, roots[tree], roots[tree], tree, ref leaf, asked, _sets.AsSpan(_firstSet + (tree / TreesPerBlock * _setsPerBlock)));
        }
        _rows = new Row[1 << 8];
        var entries = new List<Entry>();
        int characters = 0;
        foreach (int key in keys)
            if (key >= FeatureList.FirstCharacterKey) characters++;
        _characters = new int[BitOperations.RoundUpToPowerOf2((uint)(2 * characters) + 1)];
        _characterEntries = new Entry[_characters.Length];
        foreach (int key in keys)
        {
            var own = new Entry(Parts(weights.GetValueOrDefault(key)), asked.GetValueOrDefault(key));
            if (key >= FeatureList.FirstCharacterKey)
            {
                int slot = Slot(key);
                _characters[slot] = key;
                _characterEntries[slot] = own;
                continue;
            }
            int feature = key >> 8, value = key & 0xFF;
            if (feature >= _rows.Length) Array.Resize(ref _rows, feature * 2);
            int first = _rows[feature].Count == 0 ? entries.Count : _rows[feature].First;
            while (entries.Count < first + value) entries.Add(default);
            entries.Add(own);
            _rows[feature] = new Row(first, value + 1);
        }
        _entries = [.. entries];
    }

    private static int Parts(float value) => (int)MathF.Round(value * PartsOfOne);

    /// <summary>Numbers the leaves below a node and notes what its feature strikes.</summary>
    private void AddTree(TreeNode[] nodes, int root, int at, int tree, ref int leaf, Dictionary<int, int> asked, Span<ushort> sets)
    {
        TreeNode node = nodes[at];
        if (node.IsLeaf)
        {
            if (leaf == LeavesPerTree) throw new ModelException($"A tree of the links has more than {LeavesPerTree} leaves.");
            int value = Parts(node.Value);
            if (value != (short)value) throw new ModelException($"A leaf of the links' trees is as large as {node.Value}.");
            _leaves[(tree * LeavesPerTree) + leaf++] = (short)value;
            return;
        }
        int from = leaf;
        AddTree(nodes, root, root + node.No, tree, ref leaf, asked, sets);
        sets[(asked[node.Key] * TreesPerBlock) + (tree % TreesPerBlock)] &= (ushort)~((1 << leaf) - (1 << from));
        AddTree(nodes, root, root + node.Yes, tree, ref leaf, asked, sets);
    }

    /// <summary>How many blocks of trees there are; at least one.</summary>
    public int Blocks => _blocks;

    /// <summary>The weights of the features and the trees' values.</summary>
    public double Score(FeatureList features)
    {
        int score = Begin(features);
        for (int block = 1; block < _blocks; block++) score += More(features, block);
        return score / (double)PartsOfOne;
    }

    /// <summary>The weights of the features and the values of the first block's trees, in parts of one.</summary>
    public int Begin(FeatureList features) => Sum(features.Keys, 0, out int weights) + weights;

    /// <summary>The values of a later block's trees, in parts of one.</summary>
    public int More(FeatureList features, int block) => Sum(features.Keys, block, out _);

    /// <summary>What a block's trees say, and the weights.</summary>
    private int Sum(ReadOnlySpan<int> keys, int block, out int weights)
    {
        Vector256<ushort> a = Vector256<ushort>.AllBitsSet, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        // Entries have no other numbers than those of rows that are there.
        ref ushort sets = ref _sets[_firstSet + (block * _setsPerBlock)];
        int sum = 0;
        foreach (int key in keys)
        {
            Entry entry = Of(key);
            sum += entry.Weight;
            // Most features strike; a row that strikes nothing costs less than guessing wrong which do not.
            ref Vector256<ushort> own = ref Unsafe.As<ushort, Vector256<ushort>>(ref Unsafe.Add(ref sets, entry.Sets * TreesPerBlock));
            a &= own;
            b &= Unsafe.Add(ref own, 1);
            c &= Unsafe.Add(ref own, 2);
            d &= Unsafe.Add(ref own, 3);
            e &= Unsafe.Add(ref own, 4);
            f &= Unsafe.Add(ref own, 5);
            g &= Unsafe.Add(ref own, 6);
            h &= Unsafe.Add(ref own, 7);
        }
        weights = sum;
        Span<Vector256<ushort>> possible = [a, b, c, d, e, f, g, h];
        return SumLeaves(MemoryMarshal.Cast<Vector256<ushort>, ushort>(possible), block);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Entry Of(int key)
    {
        if (key >= FeatureList.FirstCharacterKey) return _characterEntries[Slot(key)];
        Row[] rows = _rows;
        int feature = key >> 8, value = key & 0xFF;
        if ((uint)feature >= (uint)rows.Length) return default;
        Row row = rows[feature];
        return value < row.Count ? _entries[row.First + value] : default;
    }

    /// <summary>The slot that holds the key, or the free one where it belongs; a free slot's entry does nothing.</summary>
    private int Slot(int key)
    {
        int[] characters = _characters;
        int slot = (int)((uint)key * 0x9E3779B1u >> 12) & (characters.Length - 1);
        while (characters[slot] != key && characters[slot] != 0) slot = (slot + 1) & (characters.Length - 1);
        return slot;
    }

    /// <summary>The values of the leaves that walking ends at.</summary>
    private int SumLeaves(ReadOnlySpan<ushort> possible, int block)
    {
        int count = (Math.Min(TreesPerBlock, _trees - (block * TreesPerBlock)) + 3) & ~3;
        // A set is never empty, so that its lowest bit is a leaf of its tree.
        ref ushort left = ref MemoryMarshal.GetReference(possible);
        ref short leaves = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_leaves), block * TreesPerBlock * LeavesPerTree);
        int sum = 0, other = 0;
        for (int tree = 0; tree < count; tree += 4)
        {
            sum += Unsafe.Add(ref leaves, BitOperations.TrailingZeroCount((uint)left)) + Unsafe.Add(ref leaves, LeavesPerTree + BitOperations.TrailingZeroCount((uint)Unsafe.Add(ref left, 1)));
            other += Unsafe.Add(ref leaves, (2 * LeavesPerTree) + BitOperations.TrailingZeroCount((uint)Unsafe.Add(ref left, 2)))
                + Unsafe.Add(ref leaves, (3 * LeavesPerTree) + BitOperations.TrailingZeroCount((uint)Unsafe.Add(ref left, 3)));
            left = ref Unsafe.Add(ref left, 4);
            leaves = ref Unsafe.Add(ref leaves, 4 * LeavesPerTree);
        }
        return sum + other;
    }
}
