using NewsExtract.Modeling;

namespace NewsExtract.Records;

/// <summary>
/// Trees as they stand in a model file, four bytes a node. The node for «has it» follows the one that asks. Of a node that asks the top byte is the
/// offset of the node for «has it not» from the tree's root, the other bits are the feature's key; a leaf has no top byte, and its lower 16 bits are its value in
/// parts of one. Example: <c>asks 5; leaf 0.25; leaf −0.5</c> is 0x02000005, 0x000009C4, 0x0000EC78.
/// </summary>
internal static class PackedTrees
{
    private const int KeyBits = 24, ValueMask = 0xFFFF;

    /// <summary>Packs trees; false where a node does not stand as the form demands.</summary>
    public static bool TryPack(ReadOnlySpan<TreeNode> nodes, List<int> packed)
    {
        for (int root = 0; root < nodes.Length; root += nodes[root].Size)
        {
            int size = nodes[root].Size;
            if (size < 1 || size > nodes.Length - root) return false;
            for (int at = 0; at < size; at++)
            {
                TreeNode node = nodes[root + at];
                double parts = Math.Round(node.Value * (double)DecisionScorer.PartsOfOne);
                if (node.IsLeaf ? Math.Abs(parts) > short.MaxValue : node.Key >> KeyBits != 0 || node.Yes != at + 1 || node.No <= at || node.No >= size || node.No > byte.MaxValue) return false;
                packed.Add(node.IsLeaf ? (short)parts & ValueMask : (node.No << KeyBits) | node.Key);
            }
        }
        return true;
    }

    /// <summary>The nodes of packed trees.</summary>
    /// <exception cref="ModelException">The last tree is cut off.</exception>
    public static TreeNode[] Unpack(ReadOnlySpan<int> packed, string file)
    {
        var nodes = new TreeNode[packed.Length];
        for (int root = 0, size; root < packed.Length; root += size)
        {
            size = 0;
            // Each node that asks opens one more than it fills.
            for (int open = 1; open > 0; size++)
            {
                if (root + size == packed.Length) throw new ModelException($"{file}: section links.trees is cut off");
                int node = packed[root + size];
                bool isLeaf = node >>> KeyBits == 0;
                open += isLeaf ? -1 : 1;
                nodes[root + size] = isLeaf ? new TreeNode(-1, 0, 0, 0, (float)((short)node / (double)DecisionScorer.PartsOfOne))
                    : new TreeNode(node & ((1 << KeyBits) - 1), size + 1, node >>> KeyBits, 0, 0);
            }
            for (int at = root; at < root + size; at++)
                if (!nodes[at].IsLeaf && nodes[at].No >= size) throw new ModelException($"{file}: section links.trees is damaged");
            nodes[root] = nodes[root] with { Size = size };
        }
        return nodes;
    }
}
