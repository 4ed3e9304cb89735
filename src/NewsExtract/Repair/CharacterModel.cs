using NewsExtract.Modeling;

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
    private readonly byte[] _cost1, _back1;
    private readonly int[] _row2;
    private readonly ushort[] _id2;
    private readonly byte[] _cost2, _back2;
    private readonly int[] _row3;
    private readonly ushort[] _id3;
    private readonly byte[] _cost3;

    /// <summary>Reads the sections <c>characters.*</c>.</summary>
    /// <param name="file">The compiled model.</param>
    /// <param name="simplified">For each UTF-16 unit the character that it is counted as.</param>
    /// <exception cref="ModelException">A section is missing or does not fit the others.</exception>
    public CharacterModel(ModelFile file, ReadOnlySpan<char> simplified)
    {
        char[] vocabulary = file.Array<char>("characters.vocabulary");
        _cost1 = file.Array<byte>("characters.cost1");
        _back1 = file.Array<byte>("characters.back1");
        _id2 = file.Array<ushort>("characters.id2");
        _cost2 = file.Array<byte>("characters.cost2");
        _back2 = file.Array<byte>("characters.back2");
        _id3 = file.Array<ushort>("characters.id3");
        _cost3 = file.Array<byte>("characters.cost3");
        _row2 = Rows(file, "characters.count2", _cost1.Length, _id2.Length);
        _row3 = Rows(file, "characters.count3", _id2.Length, _id3.Length);
        if (_cost1.Length != vocabulary.Length + FirstCharacter || _back1.Length != _cost1.Length || _cost2.Length != _id2.Length || _back2.Length != _id2.Length || _cost3.Length != _id3.Length)
            throw new ModelException($"{file.Name}: the sections characters.* do not fit together");
        FillIds(vocabulary, simplified);
    }

    private static int[] Rows(ModelFile file, string section, int rows, int entries)
    {
        ushort[] counts = file.Array<ushort>(section);
        var starts = new int[rows + 1];
        if (counts.Length != rows) throw new ModelException($"{file.Name}: section {section} does not fit the others");
        for (int i = 0; i < rows; i++) starts[i + 1] = starts[i] + counts[i];
        if (starts[rows] != entries) throw new ModelException($"{file.Name}: section {section} does not fit the others");
        return starts;
    }

    private void FillIds(char[] vocabulary, ReadOnlySpan<char> simplified)
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
                _ => _ids[folded] != 0 ? _ids[folded] : _ids[simplified[folded]],
            };
        }
    }

    /// <summary>The number of a UTF-16 unit.</summary>
    public int Id(char c) => _ids[c];

    /// <summary>Where a text is at its start or behind a line border.</summary>
    public static ModelState Start => new(-1, Border);

    /// <summary>The cost of <paramref name="id"/> after <paramref name="state"/>, which moves on behind it.</summary>
    public int Advance(ref ModelState state, int id)
    {
        int pair = Find(_id2, _row2[state.Last], _row2[state.Last + 1], id);
        int cost = 0;
        if (state.Pair >= 0)
        {
            int triple = Find(_id3, _row3[state.Pair], _row3[state.Pair + 1], id);
            if (triple >= 0)
            {
                state = new ModelState(pair, id);
                return _cost3[triple];
            }
            cost = _back2[state.Pair];
        }
        cost += pair >= 0 ? _cost2[pair] : _back1[state.Last] + _cost1[id];
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
