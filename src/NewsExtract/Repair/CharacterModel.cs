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
    private const int ShortRow = 32;

    private readonly ushort[] _ids = new ushort[65536];
    private readonly byte[] _costs, _backs;
    private readonly int[] _rows;
    private readonly ushort[] _numbers;
    private readonly int[] _links; // one more than the node, 0 where it was not asked for yet

    /// <summary>Takes the counts of a model file.</summary>
    /// <param name="counts">The arrays.</param>
    /// <param name="folding">For each UTF-16 unit the character that it is counted as: itself, or its Simplified form.</param>
    public CharacterModel(CharacterCounts counts, ReadOnlySpan<char> folding)
    {
        (_costs, _backs, _rows, _numbers, Size) = (counts.Costs, counts.Backs, counts.Rows, counts.Numbers, counts.Vocabulary.Length + FirstCharacter);
        _links = new int[_numbers.Length];
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
        for (int i = _rows[id]; i < _rows[id + 1]; i++) yield return (_numbers[i], _costs[i], i);
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
        for (int context = state.Context; context != NoContext; context = Link(context))
        {
            node = Find(context, id);
            if (node >= 0) return back + _costs[node];
            back += _backs[context];
        }
        node = -1;
        return back + _costs[id];
    }

    /// <summary>The node of two characters, or -1 where the model has not seen them side by side.</summary>
    public int Pair(int last, int id) => Find(last, id);

    /// <summary>The cost of a character behind another, of which <see cref="Pair"/> gave the node.</summary>
    public int PairCost(int last, int id, int pair) => pair >= 0 ? _costs[pair] : _backs[last] + _costs[id];

    /// <summary>The cost of a character on its own.</summary>
    public int UnigramCost(int id) => _costs[id];

    private bool HasRow(int node) => node < _backs.Length && _rows[node + 1] > _rows[node];

    /// <summary>The longest proper ending of a node's characters that something is known to follow; one character is the shortest.</summary>
    private int Link(int node)
    {
        if (node < Size) return NoContext;
        int link = _links[node];
        if (link == 0) _links[node] = (link = FindLink(node)) + 1; // the same whoever finds it
        else link--;
        return link;
    }

    private int FindLink(int node)
    {
        int parent = Array.BinarySearch(_rows, node), id = _numbers[node];
        if (parent < 0) parent = ~parent - 1;
        while (parent + 1 < _rows.Length && _rows[parent + 1] == node) parent++; // empty rows start at the same node
        for (int context = Link(parent); context != NoContext; context = Link(context))
        {
            int found = Find(context, id);
            if (found >= 0) return HasRow(found) ? found : Link(found);
        }
        return id;
    }

    private int Find(int context, int id) => Find(_rows[context], _rows[context + 1], id);

    private int Find(int start, int end, int id)
    {
        ReadOnlySpan<ushort> row = _numbers.AsSpan(start, end - start);
        if (row.Length <= ShortRow)
        {
            int at = row.IndexOf((ushort)id);
            return at < 0 ? at : start + at;
        }
        int low = 0;
        for (int length = row.Length; length > 1;)
        {
            int half = length >> 1;
            low += row[low + half] <= id ? half : 0;
            length -= half;
        }
        return row[low] == id ? start + low : -1;
    }

    /// <summary>What a state knows of its followers, to price many of them.</summary>
    public ModelOutlook Outlook(ModelState state)
    {
        var outlook = new ModelOutlook { Last = state.Last };
        int back = 0;
        for (int context = state.Context; context >= Size; context = Link(context))
        {
            outlook.Rows[outlook.Count++] = (_rows[context], _rows[context + 1], back);
            back += _backs[context];
        }
        outlook.Back = back;
        return outlook;
    }

    /// <summary>The cost of a character behind the state of an outlook, and the node that tells it or -1, for <see cref="Behind"/>.</summary>
    /// <param name="outlook">The outlook.</param>
    /// <param name="id">Number of the character.</param>
    /// <param name="pair">The node of the state's last character and this one, by <see cref="Pair"/>.</param>
    /// <param name="node">The node that tells the cost.</param>
    public int Cost(in ModelOutlook outlook, int id, int pair, out int node)
    {
        for (int i = 0; i < outlook.Count; i++)
        {
            (int start, int end, int back) = outlook.Rows[i];
            node = Find(start, end, id);
            if (node >= 0) return back + _costs[node];
        }
        node = pair;
        return outlook.Back + PairCost(outlook.Last, id, pair);
    }

    /// <summary>The state behind a character that was priced.</summary>
    public ModelState Behind(int node, int id) => new(node < 0 ? id : HasRow(node) ? node : Link(node), id);
}

/// <summary>The rows of the followers of a state behind more than one character, longest context first, each with the back-off that leads to it.</summary>
internal struct ModelOutlook
{
    /// <summary>Number of the last character.</summary>
    public int Last;
    /// <summary>How many rows there are.</summary>
    public int Count;
    /// <summary>The back-off of a character that is in none of them.</summary>
    public int Back;
    /// <summary>The rows: start, end, back-off.</summary>
    public OutlookRows Rows;
}

/// <summary>Room for the rows of two contexts.</summary>
[System.Runtime.CompilerServices.InlineArray(2)]
internal struct OutlookRows
{
    private (int Start, int End, int Back) _first;
}

/// <summary>The last characters, as far as the model has seen them together.</summary>
/// <param name="Context">The node of the longest ending that the model knows followers of.</param>
/// <param name="Last">Number of the last character.</param>
internal readonly record struct ModelState(int Context, int Last);
