namespace NewsExtract.Tagging;

/// <summary>
/// The properties that a stretch is judged by. The names stand in the weight tables under <c>models/sources/mentions/</c>. Values of
/// the first group are words of the lexicon, values of the second single characters, the others numbers.
/// </summary>
internal enum MentionFeature : byte
{
#pragma warning disable CS1591 // The names are meant to be read as they are.
    // 0 is the bias.
    None,
    // Words.
    Suffix, FirstWord, LastWord, WordBefore, WordAfter, Head,
    // Characters.
    CharBefore, CharAfter, LastChar, FirstChar,
    // Numbers.
    Rule, SuffixClass, FirstTag, FirstClass, BeforeTag, BeforeClass, AfterTag, AfterClass, Model, ModelScore, ModelAndSuffixClass, LeadPlaces, PlaceBefore, LeadAndBefore,
    CoreLength, CoreWords, CoreKind, CoreAndSuffixClass, LexiconTag, Length, Repeats, IsRuleStart, SuffixIsAll, PersonInside, InQuotes, FunctionWordInside, SuffixLength, LastTag, PlaceLevel,
    Name, PartOfLonger, Role, IsOutlet, IsPlaceName, RuleAndBefore, RuleAndAfter, RuleAndModel, FullFormThere, InPair,
    // Numbers of NameBorders.
    BorderShape, BorderOrigin, BorderScore, BorderMove, BorderMoveOdds, BorderShapeOdds, BorderBehind, BorderBehindMove, BorderBefore, BorderAcross, BorderNextWord, BorderWord,
    BorderToken, BorderCounts, BorderCountsMove,
#pragma warning restore CS1591
}

/// <summary>The properties of one stretch: keys <c>feature · 2²⁴ + value</c>.</summary>
internal sealed class MentionFeatures
{
    private const int ValueBits = 24;
    private int[] _keys = new int[96];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Keys => _keys.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(MentionFeature feature, int value = 1)
    {
        if (Count == _keys.Length) Array.Resize(ref _keys, Count * 2);
        _keys[Count++] = Key(feature, value);
    }

    public void AddIf(bool holds, MentionFeature feature, int value = 1)
    {
        if (holds) Add(feature, value);
    }

    public static int Key(MentionFeature feature, int value) => ((int)feature << ValueBits) | (value & ((1 << ValueBits) - 1));

    public static MentionFeature FeatureOf(int key) => (MentionFeature)(key >> ValueBits);

    public static int ValueOf(int key) => key & ((1 << ValueBits) - 1);

    public static bool IsWord(MentionFeature feature) => feature is >= MentionFeature.Suffix and <= MentionFeature.Head;

    public static bool IsCharacter(MentionFeature feature) => feature is >= MentionFeature.CharBefore and <= MentionFeature.FirstChar;
}
