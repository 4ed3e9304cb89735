using System.Runtime.CompilerServices;

namespace NewsExtract.Modeling;

/// <summary>
/// Words to numbers, as a double array: a node's child for character <c>c</c> stands at <c>base + code(c)</c>, and is
/// the right one if its label is <c>c</c>. No two nodes share a base, so the label alone proves the parent.
/// A node is one 64-bit value: bits 0-15 the label, 16-39 the base (0: no children), 40-63 the word's number plus
/// one (0: no word ends here). Example: label 市 (U+5E02), base 5, word 2 is 0x000003_000005_5E02.
/// Codes are dense numbers from 1, given to the characters of all words by falling number of uses.
/// (J. Aoe, An Efficient Digital Search Algorithm by Using a Double-Array Structure, 1989.)
/// </summary>
internal sealed class WordTrie
{
    internal const int MaxNodes = 1 << 24;
    private readonly ulong[] _nodes;
    private readonly ushort[] _codes;

    /// <param name="nodes">The nodes; the root is the first.</param>
    /// <param name="alphabet">The characters in the order of their codes, the first with code 1.</param>
    public WordTrie(ulong[] nodes, ReadOnlySpan<char> alphabet)
    {
        _nodes = nodes;
        _codes = new ushort[char.MaxValue + 1];
        for (int i = 0; i < alphabet.Length; i++) _codes[alphabet[i]] = (ushort)(i + 1);
    }

    internal static ulong Pack(char label, int childBase, int value) => label | ((ulong)(uint)childBase << 16) | ((ulong)(uint)(value + 1) << 40);

    internal ReadOnlySpan<ulong> Nodes => _nodes;

    /// <summary>The code of each character; 0 for one that no word has.</summary>
    internal ReadOnlySpan<ushort> Codes => _codes;

    /// <summary>Every word that starts at <paramref name="start"/>, shortest first.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">UTF-16 offset.</param>
    /// <param name="hits">Receives the words; those for which there is no room are dropped.</param>
    /// <returns>The number of words written.</returns>
    public int MatchAll(ReadOnlySpan<char> text, int start, Span<LexiconHit> hits)
    {
        ulong[] nodes = _nodes;
        ushort[] codes = _codes;
        int count = 0;
        ulong node = nodes[0];
        for (int i = start; i < text.Length; i++)
        {
            char c = text[i];
            int slot = (int)((node >> 16) & 0xFFFFFF) + codes[c];
            if ((uint)slot >= (uint)nodes.Length) break;
            node = nodes[slot];
            if ((char)node != c) break;
            int value = (int)(node >> 40) - 1;
            if (value >= 0)
            {
                if ((uint)count >= (uint)hits.Length) break;
                hits[count++] = new LexiconHit(start, i + 1 - start, value);
            }
            if ((node & 0xFFFFFF0000) == 0) break;
        }
        return count;
    }

    /// <summary>The node that all walks begin at.</summary>
    internal ulong Root => _nodes[0];

    /// <summary>The node behind <paramref name="node"/> along <paramref name="c"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryStep(ulong node, char c, out ulong next)
    {
        ulong[] nodes = _nodes;
        int slot = (int)((node >> 16) & 0xFFFFFF) + _codes[c];
        next = (uint)slot < (uint)nodes.Length ? nodes[slot] : 0;
        return (char)next == c;
    }

    /// <summary>What a node's children stand behind.</summary>
    internal static int Base(ulong node) => (int)(node >> 16) & 0xFFFFFF;

    /// <summary>The number of the word that ends at a node, or -1.</summary>
    internal static int Value(ulong node) => (int)(node >> 40) - 1;

    /// <summary>Whether longer words go on from a node.</summary>
    internal static bool HasChildren(ulong node) => (node & 0xFFFFFF0000) != 0;

    /// <summary>The number of a word, or -1.</summary>
    public int Find(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty) return -1;
        ulong node = _nodes[0];
        foreach (char c in word)
        {
            if ((node & 0xFFFFFF0000) == 0) return -1;
            int slot = (int)((node >> 16) & 0xFFFFFF) + _codes[c];
            if ((uint)slot >= (uint)_nodes.Length) return -1;
            node = _nodes[slot];
            if ((char)node != c) return -1;
        }
        return (int)(node >> 40) - 1;
    }
}
