using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NewsExtract.Repair;

/// <summary>
/// How likely a character is after the three before it: an n-gram model with back-off (Katz's form, absolute
/// discounting), stored as a trie. Scripts and widths are folded: a Traditional character has the number
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

    private const int NoContext = 0;
    private const int Window = 8; // numbers that are compared at once

    private readonly ushort[] _ids = new ushort[65536];
    private readonly byte[] _unigrams;
    private readonly int[] _first; // by number: the context of the character alone

    // Contexts one after the other, each in as few lines of the cache as can be; a context is known by where it starts. First the number of its
    // followers and, from bit 16 on, its back-off; then its link, or ~parent as long as nobody asked for it, or 0 where it has none; then the numbers
    // of the followers, ascending, two an element; their costs, four an element; and for each the context behind it, or ~distance from the start
    // of this one where that was not asked for yet. Example: 的 (number 9, cost 20) and 是 (300, 41) behind a context with back-off 7 are
    // 0x00070002, link, 0x012C0009, 0x00002914, next, next.
    private readonly int[] _contexts;

    /// <summary>Takes the counts of a model file.</summary>
    /// <param name="counts">The arrays.</param>
    /// <param name="folding">For each UTF-16 unit the character that it is counted as: itself, or its Simplified form.</param>
    public CharacterModel(CharacterCounts counts, ReadOnlySpan<char> folding)
    {
        Size = counts.Vocabulary.Length + FirstCharacter;
        _unigrams = counts.Costs[..Size];
        var places = new int[counts.Backs.Length];
        int end = 1;
        for (int node = 0; node < places.Length; node++)
        {
            int length = counts.Rows[node + 1] - counts.Rows[node];
            if (length == 0 && node >= Size) continue;
            places[node] = end;
            end += Next(length) + length;
        }
        _first = places[..Size];
        _contexts = new int[end + Window / 2]; // a window may reach over the end
        for (int node = 0; node < places.Length; node++)
            if (places[node] > 0) Fill(places[node], node, counts, places);
        FillIds(counts.Vocabulary, folding);
    }

    private void Fill(int context, int node, CharacterCounts counts, int[] places)
    {
        int start = counts.Rows[node], length = counts.Rows[node + 1] - start;
        _contexts[context] = length | (counts.Backs[node] << 16);
        counts.Numbers.AsSpan(start, length).CopyTo(MemoryMarshal.Cast<int, ushort>(_contexts.AsSpan(context + Numbers)));
        counts.Costs.AsSpan(start, length).CopyTo(MemoryMarshal.AsBytes(_contexts.AsSpan(context + Costs(length))));
        for (int i = 0; i < length; i++)
        {
            int distance = Next(length) + i, behind = start + i < places.Length ? places[start + i] : 0;
            _contexts[context + distance] = behind > 0 ? behind : ~distance;
            if (behind > 0) _contexts[behind + 1] = ~context;
        }
    }

    // Where the parts of a context stand, from its start.
    private const int Numbers = 2;

    private static int Costs(int length) => Numbers + ((length + 1) >> 1);

    private static int Next(int length) => Costs(length) + ((length + 3) >> 2);

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

    /// <summary>The characters that the model has seen behind another, each with the entry of the two.</summary>
    public IEnumerable<(int Id, int Cost, int Pair)> Successors(int id)
    {
        int context = _first[id], length = _contexts[context] & 0xFFFF;
        for (int i = 0; i < length; i++) yield return (NumbersOf(context, length)[i], CostOf(context, length, i), context + Next(length) + i);
    }

    /// <summary>The number of a UTF-16 unit.</summary>
    public int Id(char c) => _ids[c];

    /// <summary>Where a text is at its start or behind a line border.</summary>
    public ModelState Start => new(_first[Border], Border);

    /// <summary>The cost of <paramref name="id"/> after <paramref name="state"/>, which moves on behind it.</summary>
    public int Advance(ref ModelState state, int id)
    {
        int cost = Cost(state, id, out int entry);
        state = Behind(entry, id);
        return cost;
    }

    /// <summary>The cost of a character behind a state, and the entry that tells it or -1, for <see cref="Behind"/>.</summary>
    public int Cost(ModelState state, int id, out int entry)
    {
        int back = 0;
        for (int context = state.Context; context != NoContext; context = Link(context))
        {
            int head = _contexts[context], length = head & 0xFFFF, at = Find(context, length, id);
            if (at >= 0)
            {
                entry = context + Next(length) + at;
                return back + CostOf(context, length, at);
            }
            back += head >>> 16;
        }
        entry = -1;
        return back + _unigrams[id];
    }

    /// <summary>The entry of two characters, or -1 where the model has not seen them side by side, and the cost of the second behind the first.</summary>
    public int Pair(int last, int id, out int cost)
    {
        cost = Cost(new ModelState(_first[last], last), id, out int entry);
        return entry;
    }

    /// <summary>The cost of a character on its own.</summary>
    public int UnigramCost(int id) => _unigrams[id];

    /// <summary>The context of the longest proper ending of a context's characters that something is known to follow; one character is the shortest.</summary>
    private int Link(int context)
    {
        int link = _contexts[context + 1];
        if (link >= 0) return link;
        int parent = ~link, length = _contexts[parent] & 0xFFFF;
        int at = _contexts.AsSpan(parent + Next(length), length).IndexOf(context);
        return _contexts[context + 1] = Shorter(parent, NumbersOf(parent, length)[at]); // the same whoever finds it
    }

    /// <summary>The context behind a character that follows a context, but not so that anything is known to follow both.</summary>
    private int Shorter(int context, int id)
    {
        for (context = Link(context); context != NoContext; context = Link(context))
        {
            int length = _contexts[context] & 0xFFFF, at = Find(context, length, id);
            if (at >= 0) return ContextBehind(context + Next(length) + at, id);
        }
        return _first[id];
    }

    private int ContextBehind(int entry, int id)
    {
        int context = _contexts[entry];
        return context > 0 ? context : _contexts[entry] = Shorter(entry - ~context, id);
    }

    private ReadOnlySpan<ushort> NumbersOf(int context, int length) => MemoryMarshal.Cast<int, ushort>(_contexts.AsSpan(context + Numbers, (length + 1) >> 1));

    private int CostOf(int context, int length, int at) => MemoryMarshal.AsBytes(_contexts.AsSpan(context + Costs(length)))[at];

    /// <summary>The place of a number among the followers of a context, or -1.</summary>
    private int Find(int context, int length, int id)
    {
        ReadOnlySpan<ushort> row = NumbersOf(context, length + Window);
        // The least numbers are asked for most, and are in the first window.
        int low = 0, left = id < FirstCharacter ? Math.Min(length, Window) : length;
        while (left > Window)
        {
            int half = left >> 1;
            if (row[low + half] <= id) low += half;
            left -= half;
        }
        uint found = Vector128.Equals(Vector128.Create(row.Slice(low, Window)), Vector128.Create((ushort)id)).ExtractMostSignificantBits() & ((1u << left) - 1);
        return found == 0 ? -1 : low + BitOperations.TrailingZeroCount(found);
    }

    /// <summary>What a state knows of its followers, to price many of them.</summary>
    public ModelOutlook Outlook(ModelState state)
    {
        var outlook = new ModelOutlook();
        int back = 0;
        for (int context = state.Context, link; (link = Link(context)) != NoContext; context = link)
        {
            int head = _contexts[context];
            outlook.Contexts[outlook.Count++] = (context, head & 0xFFFF, back);
            back += head >>> 16;
        }
        outlook.Back = back;
        return outlook;
    }

    /// <summary>The cost of a character behind the state of an outlook.</summary>
    /// <param name="outlook">The outlook.</param>
    /// <param name="id">Number of the character.</param>
    /// <param name="pairCost">The cost of the state's last character and this one.</param>
    /// <param name="entry">The entry of the two, by <see cref="Pair"/>; then the entry that tells the cost or -1, for <see cref="Behind"/>.</param>
    public int Cost(in ModelOutlook outlook, int id, int pairCost, ref int entry)
    {
        for (int i = 0; i < outlook.Count; i++)
        {
            (int context, int length, int back) = outlook.Contexts[i];
            int at = Find(context, length, id);
            if (at < 0) continue;
            entry = context + Next(length) + at;
            return back + CostOf(context, length, at);
        }
        return outlook.Back + pairCost;
    }

    /// <summary>The state behind a character that was priced.</summary>
    public ModelState Behind(int entry, int id) => new(entry < 0 ? _first[id] : ContextBehind(entry, id), id);
}

/// <summary>The contexts of more than one character that a state ends with, longest first, each with the back-off that leads to it.</summary>
internal struct ModelOutlook
{
    /// <summary>How many contexts there are.</summary>
    public int Count;
    /// <summary>The back-off of a character that follows none of them.</summary>
    public int Back;
    /// <summary>The contexts: start, number of followers, back-off.</summary>
    public OutlookContexts Contexts;
}

/// <summary>Room for two contexts.</summary>
[System.Runtime.CompilerServices.InlineArray(2)]
internal struct OutlookContexts
{
    private (int Start, int Length, int Back) _first;
}

/// <summary>The last characters, as far as the model has seen them together.</summary>
/// <param name="Context">The longest ending that the model knows followers of, by where it starts.</param>
/// <param name="Last">Number of the last character.</param>
internal readonly record struct ModelState(int Context, int Last);
