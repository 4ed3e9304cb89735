using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NewsExtract.Repair;

/// <summary>
/// How likely a character is after the three before it: an n-gram model with back-off (Katz's form, absolute
/// discounting), stored as a trie of sorted rows. Scripts and widths are folded: a Traditional character has the number
/// of its Simplified form, all digits share one, all Latin letters another. Costs are −ln p in sixteenths, so
/// a cost of 16 is a probability of 1/e. Immutable but for links that are found when they are first needed.
/// </summary>
internal sealed class CharacterModel
{
    /// <summary>Number of characters that the model has never seen.</summary>
    public const int Unknown = 0;
    /// <summary>Number of line borders and white space.</summary>
    public const int Border = 1;
    /// <summary>Number of every decimal digit.</summary>
    public const int Digit = 2;
    /// <summary>Number of every Latin letter.</summary>
    public const int Latin = 3;
    /// <summary>Number of the vocabulary's first character.</summary>
    public const int FirstCharacter = 4;
    /// <summary>Cost units in one nat.</summary>
    public const int Scale = 16;

    private const int NoContext = -1;
    private const int Window = 16; // numbers that are compared at once
    private const int NumberSize = sizeof(ushort), EntrySize = NumberSize + 1;

    private readonly ushort[] _ids = new ushort[65536];
    private readonly byte[] _unigrams;
    private readonly Context[] _contexts;  // by node, those shorter than the longest
    private readonly byte[] _rows;         // row after row: the numbers of the followers, ascending, and then their costs
    private readonly int[] _longestLinks;  // of the longest nodes; one more than the node, 0 where it was not asked for yet

    /// <summary>What follows a node. Its followers are nodes themselves, numbered in a row.</summary>
    private struct Context
    {
        /// <summary>The first follower.</summary>
        public int Start;
        /// <summary>As in <see cref="_longestLinks"/>.</summary>
        public int Link;
        /// <summary>How many followers there are.</summary>
        public ushort Length;
        /// <summary>What it costs more where a character is none of them.</summary>
        public byte Back;
    }

    /// <summary>Takes the counts of a model file.</summary>
    /// <param name="counts">The arrays.</param>
    /// <param name="folding">For each UTF-16 unit the character that it is counted as: itself, or its Simplified form.</param>
    public CharacterModel(CharacterCounts counts, ReadOnlySpan<char> folding)
    {
        Size = counts.Vocabulary.Length + FirstCharacter;
        _unigrams = counts.Costs[..Size];
        _contexts = new Context[counts.Backs.Length];
        _longestLinks = new int[counts.Numbers.Length - _contexts.Length];
        _rows = new byte[EntrySize * counts.Numbers.Length + NumberSize * Window]; // a window may reach over the end
        for (int node = 0; node < _contexts.Length; node++)
        {
            int start = counts.Rows[node], length = counts.Rows[node + 1] - start;
            _contexts[node] = new Context { Start = start, Length = (ushort)length, Back = counts.Backs[node] };
            MemoryMarshal.AsBytes(counts.Numbers.AsSpan(start, length)).CopyTo(_rows.AsSpan(EntrySize * start));
            counts.Costs.AsSpan(start, length).CopyTo(_rows.AsSpan(EntrySize * start + NumberSize * length));
        }
        FillIds(counts.Vocabulary, folding);
    }

    private void FillIds(char[] vocabulary, ReadOnlySpan<char> folding)
    {
        for (int i = 0; i < vocabulary.Length; i++) _ids[vocabulary[i]] = (ushort)(i + FirstCharacter);
        for (int c = 0; c < 65536; c++)
        {
            char folded = CharacterFolding.Fold((char)c);
            _ids[c] = folded switch
            {
                CharacterFolding.Border => Border,
                CharacterFolding.Digit => Digit,
                CharacterFolding.Latin => Latin,
                _ => _ids[folding[folded]],
            };
        }
    }

    /// <summary>How many numbers there are.</summary>
    public int Size { get; }

    /// <summary>The characters that the model has seen behind another, each with the node of the two.</summary>
    public IEnumerable<(int Id, int Cost, int Pair)> Successors(int id)
    {
        Context context = _contexts[id];
        for (int i = 0; i < context.Length; i++) yield return (Numbers(context.Start, context.Length)[i], RowCost(context.Start, context.Length, i), context.Start + i);
    }

    /// <summary>The number of a UTF-16 unit.</summary>
    public int Id(char c) => _ids[c];

    /// <summary>Where a text is at its start or behind a line border.</summary>
    public static ModelState Start => new(Border, Border);

    /// <summary>The cost of <paramref name="id"/> after <paramref name="state"/>, which moves on behind it.</summary>
    public int Advance(ref ModelState state, int id)
    {
        int cost = Cost(state, id, out int node);
        state = Behind(node, id);
        return cost;
    }

    /// <summary>The cost of a character behind a state, and the node that tells it or -1, for <see cref="Behind"/>.</summary>
    public int Cost(ModelState state, int id, out int node)
    {
        int back = 0;
        for (int known = state.Context; known != NoContext; known = Link(known))
        {
            ref readonly Context context = ref _contexts[known];
            int at = Find(context.Start, context.Length, id);
            if (at >= 0)
            {
                node = context.Start + at;
                return back + RowCost(context.Start, context.Length, at);
            }
            back += context.Back;
        }
        node = -1;
        return back + _unigrams[id];
    }

    /// <summary>The node of two characters, or -1 where the model has not seen them side by side, and the cost of the second behind the first.</summary>
    public int Pair(int last, int id, out int cost)
    {
        ref readonly Context context = ref _contexts[last];
        int at = Find(context.Start, context.Length, id);
        cost = at >= 0 ? RowCost(context.Start, context.Length, at) : context.Back + _unigrams[id];
        return at >= 0 ? context.Start + at : -1;
    }

    /// <summary>The cost of a character on its own.</summary>
    public int UnigramCost(int id) => _unigrams[id];

    /// <summary>The longest proper ending of a node's characters that something is known to follow; one character is the shortest.</summary>
    private int Link(int node)
    {
        if (node < Size) return NoContext;
        ref int link = ref (node < _contexts.Length ? ref _contexts[node].Link : ref _longestLinks[node - _contexts.Length]);
        if (link == 0) link = FindLink(node) + 1; // the same whoever finds it
        return link - 1;
    }

    private int FindLink(int node)
    {
        int parent = 0;
        for (int end = _contexts.Length; end - parent > 1;)
        {
            int middle = (parent + end) >>> 1;
            if (_contexts[middle].Start <= node) parent = middle; // empty rows start where the next one does
            else end = middle;
        }
        int id = Numbers(_contexts[parent].Start, _contexts[parent].Length)[node - _contexts[parent].Start];
        for (int shorter = Link(parent); shorter != NoContext; shorter = Link(shorter))
        {
            int at = Find(_contexts[shorter].Start, _contexts[shorter].Length, id);
            if (at >= 0) return Longest(_contexts[shorter].Start + at);
        }
        return id;
    }

    /// <summary>A node, or what it links to where nothing is known to follow it.</summary>
    private int Longest(int node) => node < _contexts.Length && _contexts[node].Length > 0 ? node : Link(node);

    private ReadOnlySpan<ushort> Numbers(int start, int length) => MemoryMarshal.Cast<byte, ushort>(_rows.AsSpan(EntrySize * start, NumberSize * length));

    private int RowCost(int start, int length, int at) => _rows[EntrySize * start + NumberSize * length + at];

    /// <summary>The place of a number in a row, or -1.</summary>
    private int Find(int start, int length, int id)
    {
        ReadOnlySpan<ushort> row = Numbers(start, length + Window);
        // The least numbers are asked for most, and are in the first window.
        int low = 0, left = id < FirstCharacter ? Math.Min(length, Window) : length;
        while (left > Window)
        {
            int half = left >> 1;
            if (row[low + half] <= id) low += half;
            left -= half;
        }
        uint found = Vector256.Equals(Vector256.Create(row.Slice(low, Window)), Vector256.Create((ushort)id)).ExtractMostSignificantBits() & ((1u << left) - 1);
        return found == 0 ? -1 : low + BitOperations.TrailingZeroCount(found);
    }

    /// <summary>What a state knows of its followers, to price many of them.</summary>
    public ModelOutlook Outlook(ModelState state)
    {
        var outlook = new ModelOutlook();
        int back = 0;
        for (int node = state.Context; node >= Size; node = Link(node))
        {
            ref readonly Context context = ref _contexts[node];
            outlook.Rows[outlook.Count++] = (context.Start, context.Length, back);
            back += context.Back;
        }
        outlook.Back = back;
        return outlook;
    }

    /// <summary>The cost of a character behind the state of an outlook.</summary>
    /// <param name="outlook">The outlook.</param>
    /// <param name="id">Number of the character.</param>
    /// <param name="node">The node of the state's last character and this one, by <see cref="Pair"/>; then the node that tells the cost or -1, for <see cref="Behind"/>.</param>
    /// <param name="pairCost">The cost of the two.</param>
    public int Cost(in ModelOutlook outlook, int id, int pairCost, ref int node)
    {
        for (int i = 0; i < outlook.Count; i++)
        {
            (int start, int length, int back) = outlook.Rows[i];
            int at = Find(start, length, id);
            if (at < 0) continue;
            node = start + at;
            return back + RowCost(start, length, at);
        }
        return outlook.Back + pairCost;
    }

    /// <summary>The state behind a character that was priced.</summary>
    public ModelState Behind(int node, int id) => new(node < 0 ? id : Longest(node), id);
}

/// <summary>The rows of the followers of a state behind more than one character, longest context first, each with the back-off that leads to it.</summary>
internal struct ModelOutlook
{
    /// <summary>How many rows there are.</summary>
    public int Count;
    /// <summary>The back-off of a character that is in none of them.</summary>
    public int Back;
    /// <summary>The rows: start, length, back-off.</summary>
    public OutlookRows Rows;
}

/// <summary>Room for the rows of two contexts.</summary>
[System.Runtime.CompilerServices.InlineArray(2)]
internal struct OutlookRows
{
    private (int Start, int Length, int Back) _first;
}

/// <summary>The last characters, as far as the model has seen them together.</summary>
/// <param name="Context">The node of the longest ending that the model knows followers of.</param>
/// <param name="Last">Number of the last character.</param>
internal readonly record struct ModelState(int Context, int Last);
