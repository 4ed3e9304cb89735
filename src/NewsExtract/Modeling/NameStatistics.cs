namespace NewsExtract.Modeling;

/// <summary>
/// How people's names look, a character at a time. Weights are natural logarithms of odds in hundredths: +100 means
/// e times likelier in that position of a name than in running news text; unseen characters have
/// <see cref="Unseen"/>. Immutable.
/// </summary>
public sealed class NameStatistics
{
    /// <summary>The weight of a character never seen in the position.</summary>
    public const short Unseen = -600;

    private const int CompoundSurname = 300; // the weight of one of two characters, which hardly stand so in running text

    private readonly ushort[] _rows; // by character: its row, from 1; row 0 is for unseen characters
    private readonly short[] _weights;
    private readonly HashSet<string> _japaneseSurnames;

    private enum Column { Surname, First, Second, Single, Transliteration, JapaneseGiven }

    private const int Columns = 6;

    internal NameStatistics(ModelFile file)
    {
        char[] characters = file.Array<char>("names.characters");
        short[] weights = file.Array<short>("names.weights");
        if (weights.Length != characters.Length * Columns) throw new ModelException($"{file.Name}: section names.weights doesn't fit names.characters");
        _rows = new ushort[char.MaxValue + 1];
        for (int i = 0; i < characters.Length; i++) _rows[characters[i]] = (ushort)(i + 1);
        _weights = new short[weights.Length + Columns];
        _weights.AsSpan(0, Columns).Fill(Unseen);
        weights.CopyTo(_weights, Columns);
        _japaneseSurnames = new HashSet<string>(file.Text("names.japanese").Split('\n', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
    }

    /// <summary>Whether there are any statistics of the character.</summary>
    public bool IsKnown(char c) => _rows[c] != 0;

    /// <summary>Weight of the character as a one-character surname (<c>王</c>).</summary>
    public int Surname(char c) => Weight(c, Column.Surname);

    /// <summary>Weight of the character as the first of two given-name characters.</summary>
    public int First(char c) => Weight(c, Column.First);

    /// <summary>Weight of the character as the second of two given-name characters.</summary>
    public int Second(char c) => Weight(c, Column.Second);

    /// <summary>Weight of the character as a whole given name.</summary>
    public int Single(char c) => Weight(c, Column.Single);

    /// <summary>Weight of the character inside a transliterated foreign name (<c>斯</c>, <c>尔</c>).</summary>
    public int Transliteration(char c) => Weight(c, Column.Transliteration);

    /// <summary>Weight of the character in a Japanese given name.</summary>
    public int JapaneseGiven(char c) => Weight(c, Column.JapaneseGiven);

    /// <summary>Logarithm of the odds that characters are a Chinese name rather than running text.</summary>
    /// <param name="name">The name; what follows the surname may be missing.</param>
    /// <param name="surname">Characters of the surname, 1 or 2.</param>
    public double Odds(ReadOnlySpan<char> name, int surname)
    {
        int weight = surname == 1 ? Surname(name[0]) : CompoundSurname;
        if (name.Length > surname) weight += name.Length == surname + 1 ? Single(name[^1]) : First(name[surname]) + Second(name[^1]);
        return weight / 100.0;
    }

    /// <summary>Whether it is a Japanese surname, in Simplified characters (<c>佐藤</c>).</summary>
    public bool IsJapaneseSurname(ReadOnlySpan<char> name) => _japaneseSurnames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    private int Weight(char c, Column column) => _weights[_rows[c] * Columns + (int)column];
}
