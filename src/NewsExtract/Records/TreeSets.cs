using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NewsExtract.Modeling;

namespace NewsExtract.Records;

/// <summary>
/// One decision's trees in the form in which they are quick to sum: only the features that are there cost anything. Gives the same sums as walking the trees. Immutable.
/// </summary>
/// <remarks>
/// A tree's leaves are numbered with those of «has it not» first, and each tree has a set of leaves that are still
/// possible, one bit each. A feature that is there strikes from the set, for every node that asks for it, the leaves below
/// «has it not»; of what remains the lowest is the one that walking from the root ends at. Example: the root asks for A
/// and has leaf 0 below «no», and below «yes» a node that asks for B with the leaves 1 and 2; A strikes leaf 0, B leaf 1.
/// The sets of all trees stand side by side in vectors, so that a feature strikes in all trees at once.
/// (C. Lucchese et al., QuickScorer: A Fast Algorithm to Rank Documents with Additive Ensembles of Regression Trees, 2015.)
/// </remarks>
internal sealed class TreeSets
{
    private const int LeavesPerTree = 16;
    private const int TreesPerBlock = 8 * 16; // eight vectors of sets
    private const int CacheLine = 64;

    // By block of trees: for each feature that they ask for a row of sets. There is always a block, and the last one is filled up with trees whose leaves
    // are 0. Rows begin at a cache line, on the heap of objects that don't move.
    private readonly ushort[] _sets;
    private readonly int _firstSet;
    private readonly int _setsPerBlock;
    private readonly int _blocks;
    private readonly short[] _leaves;
    private readonly int _trees;

    /// <param name="nodes">The nodes of all trees.</param>
    /// <param name="asked">The features that they ask for, each with the number of its row, from 1 on.</param>
    /// <exception cref="ModelException">A tree has more leaves than a set can hold, or a leaf's value is above 3.2767.</exception>
    public TreeSets(TreeNode[] nodes, out Dictionary<int, int> asked)
    {
        var roots = new List<int>();
        for (int root = 0; root < nodes.Length; root += nodes[root].Size) roots.Add(root);
        _trees = roots.Count;
        _blocks = Math.Max(1, (_trees + TreesPerBlock - 1) / TreesPerBlock);
        _leaves = new short[_blocks * TreesPerBlock * LeavesPerTree];
        asked = [];
        foreach (TreeNode node in nodes)
            if (!node.IsLeaf) asked.TryAdd(node.Key, asked.Count + 1);
        _setsPerBlock = (asked.Count + 1) * TreesPerBlock;
        _sets = GC.AllocateUninitializedArray<ushort>((_blocks * _setsPerBlock) + (CacheLine / sizeof(ushort)), pinned: true);
        _sets.AsSpan().Fill(ushort.MaxValue);
        _firstSet = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_sets, 0) & (CacheLine - 1)) / sizeof(ushort);
        for (int tree = 0; tree < _trees; tree++)
        {
            int leaf = 0;
            AddTree(nodes, roots[tree], roots[tree], tree, ref leaf, asked, _sets.AsSpan(_firstSet + (tree / TreesPerBlock * _setsPerBlock)));
        }
    }

    /// <summary>Numbers the leaves below a node and notes what its feature strikes.</summary>
    private void AddTree(TreeNode[] nodes, int root, int at, int tree, ref int leaf, Dictionary<int, int> asked, Span<ushort> sets)
    {
        TreeNode node = nodes[at];
        if (node.IsLeaf)
        {
            if (leaf == LeavesPerTree) throw new ModelException($"A tree of the links has more than {LeavesPerTree} leaves.");
            int value = DecisionScorer.Parts(node.Value);
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

    /// <summary>What a block's trees say, in parts of one.</summary>
    /// <param name="rows">The rows of the features that are there.</param>
    /// <param name="block">The block.</param>
    public int Sum(ReadOnlySpan<int> rows, int block)
    {
        Vector256<ushort> a = Vector256<ushort>.AllBitsSet, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        ref ushort sets = ref _sets[_firstSet + (block * _setsPerBlock)];
        foreach (int row in rows)
        {
            ref Vector256<ushort> own = ref Unsafe.As<ushort, Vector256<ushort>>(ref Unsafe.Add(ref sets, row * TreesPerBlock));
            a &= own;
            b &= Unsafe.Add(ref own, 1);
            c &= Unsafe.Add(ref own, 2);
            d &= Unsafe.Add(ref own, 3);
            e &= Unsafe.Add(ref own, 4);
            f &= Unsafe.Add(ref own, 5);
            g &= Unsafe.Add(ref own, 6);
            h &= Unsafe.Add(ref own, 7);
        }
        Span<Vector256<ushort>> possible = [a, b, c, d, e, f, g, h];
        return SumLeaves(MemoryMarshal.Cast<Vector256<ushort>, ushort>(possible), block);
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
