namespace NewsExtract.Segmentation;

/// <summary>What a word of the sequence model names.</summary>
internal enum WordKind : byte
{
    /// <summary>An ordinary word.</summary>
    Ordinary,
    /// <summary>A person's name.</summary>
    Person,
    /// <summary>A place's name.</summary>
    Place,
    /// <summary>An organisation's name.</summary>
    Organization,
}

/// <summary>
/// The sixteen labels: begin, single, middle and end of a word of each kind. The eight labels that start a word come
/// first, the eight that go on with one behind, so that each half is one vector: label = 2·kind + (0 begin, 1 single),
/// or 8 + 2·kind + (0 middle, 1 end). Example: the end of a place is 8 + 2·2 + 1 = 13.
/// </summary>
internal static class SequenceLabels
{
    public const int Count = 16;
    public const int Half = 8;
    public const int Kinds = 4;

    /// <summary>The label of every forced single: punctuation is an ordinary word of one unit.</summary>
    public const int OrdinarySingle = 1;

    public static int Begin(WordKind kind) => 2 * (int)kind;
    public static int Single(WordKind kind) => 2 * (int)kind + 1;
    public static int Middle(WordKind kind) => Half + 2 * (int)kind;
    public static int End(WordKind kind) => Half + 2 * (int)kind + 1;
    public static WordKind Kind(int label) => (WordKind)((label & 7) >> 1);
    public static bool Starts(int label) => label < Half;
    public static bool Ends(int label) => (label & 1) != 0;

    /// <summary>Whether <paramref name="next"/> may stand right behind <paramref name="label"/>.</summary>
    public static bool Follows(int label, int next) =>
        Ends(label) ? Starts(next) : !Starts(next) && Kind(label) == Kind(next);
}
