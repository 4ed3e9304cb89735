using System.Runtime.InteropServices;

namespace NewsExtract.Modeling;

/// <summary>Makes the double array of <see cref="WordTrie"/>. The same words give the same array.</summary>
internal static class WordTrieBuilder
{
    private readonly record struct Branch(int Low, int High, int Depth);

    /// <summary>Builds the trie.</summary>
    /// <param name="words">Distinct, not empty, without U+0000, sorted ordinally.</param>
    /// <param name="values">Their numbers, 0 or more.</param>
    public static (ulong[] Nodes, char[] Alphabet) Build(ReadOnlySpan<string> words, ReadOnlySpan<int> values)
    {
        char[] alphabet = Alphabet(words);
        var codes = new ushort[char.MaxValue + 1];
        for (int i = 0; i < alphabet.Length; i++) codes[alphabet[i]] = (ushort)(i + 1);

        // Branches in breadth-first order: branch b's children are the branches first[b]... in order of their edges.
        var branches = new List<Branch> { new(0, words.Length, 0) };
        var edges = new List<(int Parent, char Label, int Value, int Child)>();
        var firstEdge = new List<int>();
        for (int b = 0; b < branches.Count; b++)
        {
            firstEdge.Add(edges.Count);
            (int low, int high, int depth) = branches[b];
            if (low < high && words[low].Length == depth) low++; // the word that ends at this node
            while (low < high)
            {
                char label = words[low][depth];
                int end = low + 1;
                while (end < high && words[end][depth] == label) end++;
                bool isWord = words[low].Length == depth + 1;
                bool hasChildren = end - low > (isWord ? 1 : 0);
                edges.Add((b, label, isWord ? values[low] : -1, hasChildren ? branches.Count : -1));
                if (hasChildren) branches.Add(new Branch(low, end, depth + 1));
                low = end;
            }
        }
        firstEdge.Add(edges.Count);

        var slots = new SlotAllocator();
        var bases = new int[branches.Count];
        int[] order = [.. Enumerable.Range(0, branches.Count).OrderByDescending(b => firstEdge[b + 1] - firstEdge[b])]; // stable
        Span<(int Parent, char Label, int Value, int Child)> allEdges = CollectionsMarshal.AsSpan(edges);
        var children = new List<int>();
        foreach (int b in order)
        {
            children.Clear();
            foreach (var edge in allEdges[firstEdge[b]..firstEdge[b + 1]]) children.Add(codes[edge.Label]);
            children.Sort();
            if (children.Count > 0) bases[b] = slots.Place(CollectionsMarshal.AsSpan(children));
        }

        var nodes = new ulong[slots.Length];
        nodes[0] = WordTrie.Pack('\0', bases[0], -1);
        foreach (var edge in allEdges)
            nodes[bases[edge.Parent] + codes[edge.Label]] = WordTrie.Pack(edge.Label, edge.Child < 0 ? 0 : bases[edge.Child], edge.Value);
        return (nodes, alphabet);
    }

    private static char[] Alphabet(ReadOnlySpan<string> words)
    {
        var uses = new int[char.MaxValue + 1];
        foreach (string word in words)
        {
            foreach (char c in word) uses[c]++;
        }
        return [.. Enumerable.Range(0, uses.Length).Where(c => uses[c] > 0).OrderByDescending(c => uses[c]).Select(c => (char)c)];
    }

    /// <summary>Finds room for sets of children. Free slots form a list, so that full stretches cost nothing.</summary>
    private sealed class SlotAllocator
    {
        private const int MaxTries = 4096;
        private int[] _next = [0];   // next free slot; slot 0 is the root's
        private int[] _previous = [0];
        private bool[] _used = [true];
        private readonly HashSet<int> _bases = [];
        private int _searchFrom; // a free slot, or slot 0: where the list is entered
        private bool _singles;

        /// <summary>One more than the last slot in use.</summary>
        public int Length { get; private set; } = 1;

        /// <summary>Takes the first free base under which all codes (ascending) have a free slot.</summary>
        public int Place(ReadOnlySpan<int> codes)
        {
            if (codes.Length == 1 && !_singles)
            {
                _singles = true; // single children fill any gap, so they look from the front again
                _searchFrom = 0;
            }
            int middle = _searchFrom;
            int slot = _searchFrom;
            for (int tries = 1; ; tries++)
            {
                slot = _next[slot] != 0 ? _next[slot] : Grow(_next.Length);
                int candidate = slot - codes[0];
                if (candidate >= 1 && !_bases.Contains(candidate) && Fits(candidate, codes))
                {
                    if (tries > MaxTries) _searchFrom = middle; // the front is dense: half of it is skipped for good
                    Take(candidate, codes);
                    return candidate;
                }
                if (tries % 2 == 0) middle = _next[middle];
            }
        }

        private bool Fits(int candidate, ReadOnlySpan<int> codes)
        {
            while (candidate + codes[^1] >= _used.Length) Grow(_used.Length);
            foreach (int code in codes)
            {
                if (_used[candidate + code]) return false;
            }
            return true;
        }

        private void Take(int candidate, ReadOnlySpan<int> codes)
        {
            _bases.Add(candidate);
            foreach (int code in codes)
            {
                int slot = candidate + code;
                _used[slot] = true;
                if (_searchFrom == slot) _searchFrom = _previous[slot];
                _next[_previous[slot]] = _next[slot];
                _previous[_next[slot]] = _previous[slot];
                Length = Math.Max(Length, slot + 1);
            }
        }

        // Doubles the slots and returns the first new one. The list is a ring through slot 0.
        private int Grow(int from)
        {
            int to = from * 2;
            if (to > WordTrie.MaxNodes) throw new InvalidOperationException("too many words for the trie");
            Array.Resize(ref _next, to);
            Array.Resize(ref _previous, to);
            Array.Resize(ref _used, to);
            int last = _previous[0];
            for (int slot = from; slot < to; slot++)
            {
                _next[last] = slot;
                _previous[slot] = last;
                last = slot;
            }
            _next[last] = 0;
            _previous[0] = last;
            return from;
        }
    }
}
