namespace NewsExtract.Repair;

/// <summary>
/// How likely a character is after the two before it: a trigram model with back-off (Katz's form, absolute
/// discounting), stored as a trie of sorted rows. Scripts and widths are folded: a Traditional character has the number
/// of its Simplified form, all digits share one, all Latin letters another. Costs are −ln p in sixteenths, so
/// a cost of 16 is a probability of 1/e. Immutable.
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

    private readonly ushort[] _ids = new ushort[65536];
    private readonly byte[] _cost1, _back1, _cost2, _back2, _cost3;
    private readonly int[] _row2, _row3;
    private readonly ushort[] _id2, _id3;

    /// <summary>Takes the counts of a model file.</summary>
    /// <param name="counts">The arrays.</param>
    /// <param name="folding">For each UTF-16 unit the character that it is counted as: itself, or its Simplified form.</param>
    public CharacterModel(CharacterCounts counts, ReadOnlySpan<char> folding)
    {
        (_cost1, _back1) = (counts.Cost1, counts.Back1);
        (_row2, _id2, _cost2, _back2) = (counts.Row2, counts.Id2, counts.Cost2, counts.Back2);
        (_row3, _id3, _cost3) = (counts.Row3, counts.Id3, counts.Cost3);
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
    public int Size => _cost1.Length;

    /// <summary>The characters that the model has seen behind another, with their costs.</summary>
    public IEnumerable<(int Id, int Cost)> Successors(int id)
    {
        for (int i = _row2[id]; i < _row2[id + 1]; i++) yield return (_id2[i], _cost2[i]);
    }

    /// <summary>The number of a UTF-16 unit.</summary>
    public int Id(char c) => _ids[c];

    /// <summary>Where a text is at its start or behind a line border.</summary>
    public static ModelState Start => new(-1, Border);

    /// <summary>The cost of <paramref name="id"/> after <paramref name="state"/>, which moves on behind it.</summary>
    public int Advance(ref ModelState state, int id)
    {
        int pair = Find(_id2, _row2[state.Last], _row2[state.Last + 1], id);
        int cost = state.Pair >= 0 ? _back2[state.Pair] : 0;
        if (pair < 0) cost += _back1[state.Last] + _cost1[id]; // a triple is kept only with its pairs
        else
        {
            int triple = state.Pair < 0 ? -1 : Find(_id3, _row3[state.Pair], _row3[state.Pair + 1], id);
            cost = triple >= 0 ? _cost3[triple] : cost + _cost2[pair];
        }
        state = new ModelState(pair, id);
        return cost;
    }

    /// <summary>The cost of a character on its own.</summary>
    public int UnigramCost(int id) => _cost1[id];

    private static int Find(ushort[] ids, int low, int end, int id)
    {
        int high = end - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int found = ids[middle];
            if (found == id) return middle;
            if (found < id) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }
}

/// <summary>The last two characters, as far as the model has seen them together.</summary>
/// <param name="Pair">Index of the last two as a pair of the model, or -1.</param>
/// <param name="Last">Number of the last one.</param>
internal readonly record struct ModelState(int Pair, int Last);
