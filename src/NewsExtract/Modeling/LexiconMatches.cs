using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NewsExtract.Modeling;

/// <summary>
/// All words of the lexicon that stand in one text, found once for all stages that ask for them. Single characters
/// count only where the lexicon knows more of them than that they are words (terms, place names). The buffers are used again for
/// the next text. Not thread-safe. Offsets are UTF-16 units of the repaired text, half-open.
/// </summary>
/// <remarks>
/// The trie is far larger than the processor's near caches, so that a walk mostly waits for memory. All walks of a
/// block therefore go on by one character at a time, side by side: their look-ups don't depend on each other and
/// the waits overlap.
/// </remarks>
public sealed class LexiconMatches
{
    private const int Block = 512;

    private readonly Lexicon _lexicon;
    // The walks of a block that go on: where in the block each began, and its node.
    private readonly ushort[] _walkStarts = new ushort[Block + 1];
    private readonly ulong[] _walkNodes = new ulong[Block + 1];
    // What the block's walks have met, by length, then by start: start and length packed, and the entry.
    private (int StartAndLength, int Entry)[] _met = new (int, int)[4 * Block];
    private LexiconHit[] _hits = new LexiconHit[256];
    private int[] _firstAt = new int[2];
    private int _count;

    /// <summary>Nothing yet, of the words of <paramref name="lexicon"/>.</summary>
    public LexiconMatches(Lexicon lexicon)
    {
        _lexicon = lexicon;
    }

    /// <summary>The lexicon that the hits' entries refer to.</summary>
    public Lexicon Lexicon => _lexicon;

    /// <summary>The text that was searched.</summary>
    public string Text { get; private set; } = "";

    /// <summary>All hits, by start, then by length.</summary>
    public ReadOnlySpan<LexiconHit> Hits => _hits.AsSpan(0, _count);

    /// <summary>For each offset, the text's end included, the number of hits that start before it.</summary>
    internal ReadOnlySpan<int> FirstAt => _firstAt.AsSpan(0, Text.Length + 1);

    /// <summary>Finds the words of <paramref name="text"/> in place of those found before.</summary>
    public void Find(string text)
    {
        Text = text;
        _count = 0;
        if (_firstAt.Length < text.Length + 2) _firstAt = new int[text.Length * 9 / 8 + 64];
        for (int from = 0; from < text.Length; from += Block)
        {
            int length = Math.Min(Block, text.Length - from);
            if (_lexicon.HasUserTrie) FindOneByOne(text, from, length);
            else Sort(from, length, Walk(text, from, length));
        }
        _firstAt[text.Length] = _firstAt[text.Length + 1] = _count;
    }

    // Returns how many words were met.
    private int Walk(string text, int from, int length)
    {
        WordTrie trie = _lexicon.Trie;
        ReadOnlySpan<ulong> nodes = trie.Nodes;
        ref ushort codes = ref MemoryMarshal.GetReference(trie.Codes);
        ReadOnlySpan<bool> matters = _lexicon.CharactersThatMatter;
        ushort[] starts = _walkStarts;
        ulong[] walks = _walkNodes;
        (int, int)[] met = _met;
        int alive = 0, count = 0, root = WordTrie.Base(nodes[0]);
        for (int i = 0; i < length; i++)
        {
            char c = text[from + i];
            int slot = root + Unsafe.Add(ref codes, c);
            ulong node = (uint)slot < (uint)nodes.Length ? nodes[slot] : 0;
            bool right = (char)node == c;
            int entry = WordTrie.Value(node);
            if (right & entry >= 0 && matters[entry]) met[count++] = (i << 8 | 1, entry);
            starts[alive] = (ushort)i;
            walks[alive] = node;
            alive += One(right & WordTrie.HasChildren(node));
        }
        for (int depth = 1; alive > 0; depth++)
        {
            if (met.Length < count + alive + 1)
            {
                Array.Resize(ref _met, met.Length * 2);
                met = _met;
            }
            int going = alive;
            alive = 0;
            for (int k = 0; k < going; k++)
            {
                int start = starts[k], at = from + start + depth;
                char c = at < text.Length ? text[at] : '\0'; // nothing goes on with it
                int slot = WordTrie.Base(walks[k]) + Unsafe.Add(ref codes, c);
                ulong node = (uint)slot < (uint)nodes.Length ? nodes[slot] : 0;
                bool right = (char)node == c;
                int entry = WordTrie.Value(node);
                met[count] = (start << 8 | depth + 1, entry);
                count += One(right & entry >= 0);
                starts[alive] = (ushort)start;
                walks[alive] = node;
                alive += One(right & WordTrie.HasChildren(node));
            }
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int One(bool holds) => holds ? 1 : 0;

    // A counting sort by start; what was met comes by length, so that it stays so.
    private void Sort(int from, int length, int met)
    {
        if (_hits.Length < _count + met) Array.Resize(ref _hits, (_count + met) * 5 / 4);
        Span<int> next = _firstAt.AsSpan(from, length);
        ReadOnlySpan<(int StartAndLength, int Entry)> all = _met.AsSpan(0, met);
        next.Clear();
        foreach ((int startAndLength, _) in all) next[startAndLength >> 8]++;
        int sum = _count;
        for (int i = 0; i < next.Length; i++)
        {
            int own = next[i];
            next[i] = sum;
            sum += own;
        }
        foreach ((int startAndLength, int entry) in all)
        {
            int start = startAndLength >> 8;
            _hits[next[start]++] = new LexiconHit(from + start, startAndLength & 0xFF, entry);
        }
        // Each offset now tells where the next one's hits begin.
        for (int i = next.Length - 1; i > 0; i--) next[i] = next[i - 1];
        next[0] = _count;
        _count = sum;
    }

    // With a user dictionary each offset has two walks to merge.
    private void FindOneByOne(string text, int from, int length)
    {
        Span<LexiconHit> found = stackalloc LexiconHit[64];
        for (int i = from; i < from + length; i++)
        {
            _firstAt[i] = _count;
            int count = _lexicon.MatchAll(text, i, found);
            foreach (LexiconHit hit in found[..count])
            {
                if (hit.Length == 1 && !_lexicon.Matters(hit.Entry)) continue;
                if (_count == _hits.Length) Array.Resize(ref _hits, _hits.Length * 2);
                _hits[_count++] = hit;
            }
        }
    }
}
