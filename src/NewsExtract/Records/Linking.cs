namespace NewsExtract.Records;

/// <summary>The questions that assembling records asks of the trained weights.</summary>
public enum Decision : byte
{
    /// <summary>Does a new story begin with this paragraph?</summary>
    NewStory,
    /// <summary>Does the story report a trip?</summary>
    Visit,
    /// <summary>Which person leads?</summary>
    Leader,
    /// <summary>Where do the visitors belong?</summary>
    VisitFrom,
    /// <summary>Is the place one that they visited?</summary>
    VisitTo,
    /// <summary>Is the phrase a stop?</summary>
    Stop,
    /// <summary>On which days?</summary>
    VisitDate,
    /// <summary>Is the phrase a purpose?</summary>
    Purpose,
    /// <summary>Did the person take part?</summary>
    Participant,
    /// <summary>Whose is the person's post?</summary>
    Affiliation,
    /// <summary>Is the person one of the visitors?</summary>
    Visitor,
    /// <summary>Is the person one of the hosts?</summary>
    Host,
    /// <summary>Is the word a meeting that took place?</summary>
    Meeting,
    /// <summary>Where was the meeting?</summary>
    MeetingPlace,
    /// <summary>When was the meeting?</summary>
    MeetingDate,
    /// <summary>Who was in the chair?</summary>
    Chair,
    /// <summary>Is the name one of an agreement signed or to be signed?</summary>
    Agreement,
    /// <summary>Is it still to be signed?</summary>
    Planned,
    /// <summary>Is the place or body bound by it?</summary>
    Party,
    /// <summary>Did the person sign it?</summary>
    Signatory,
    /// <summary>When was it signed?</summary>
    AgreementDate,
    /// <summary>For which place does the outlet speak?</summary>
    Home,
    /// <summary>For which organisation does the outlet speak?</summary>
    HomeOrganization,
    /// <summary>Do the visitors belong to what was read from the text, or to whose post their leader holds?</summary>
    FromOfLeader,
}

/// <summary>What a decision is about, in words: a teacher compares it with the labels, an explanation prints it.</summary>
/// <param name="Text">The candidate's value.</param>
/// <param name="Other">A second form or value (a place's written form; a range's last day).</param>
public readonly record struct Candidate(string? Text, string? Other = null);

/// <summary>
/// Readable properties of one candidate: each a <see cref="Feature"/> with a small value. A key is
/// <c>feature · 256 + value</c>, value 0..255; example: <c>Role=3</c> is key <c>(int)Feature.Role * 256 + 3</c>.
/// </summary>
public sealed class FeatureList
{
    private static readonly int Words = (Enum.GetValues<Feature>().Length * 256 / 64) + 1;
    private readonly ulong[] _present = new ulong[Words];
    private int[] _keys = new int[64];

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>The keys, each once.</summary>
    public ReadOnlySpan<int> Keys => _keys.AsSpan(0, Count);

    /// <summary>Empties the list.</summary>
    public void Clear()
    {
        foreach (int key in Keys) _present[key >> 6] = 0;
        Count = 0;
    }

    /// <summary>Whether the property is there.</summary>
    public bool Has(int key) => (uint)(key >> 6) < (uint)_present.Length && (_present[key >> 6] >> (key & 63) & 1) != 0;

    /// <summary>Adds a property; values above 255 count as 255. A property that is there already stays once.</summary>
    public void Add(Feature feature, int value = 1)
    {
        int key = Key(feature, value);
        if (Has(key)) return;
        if (Count == _keys.Length) Array.Resize(ref _keys, Count * 2);
        _keys[Count++] = key;
        _present[key >> 6] |= 1UL << (key & 63);
    }

    /// <summary>Adds a property that holds or does not; nothing where it does not.</summary>
    public void AddIf(bool holds, Feature feature, int value = 1)
    {
        if (holds) Add(feature, value);
    }

    /// <summary>The key of a feature with a value.</summary>
    public static int Key(Feature feature, int value) => ((int)feature << 8) | Math.Clamp(value, 0, 255);

    /// <summary>A count as a coarse value: 0, 1, 2, 3–4, 5–8, more.</summary>
    public static int Bucket(int count) => count switch { <= 2 => Math.Max(0, count), <= 4 => 3, <= 8 => 4, _ => 5 };
}

/// <summary>Who answers the questions: the trained weights, or, while they are trained, the labels.</summary>
public interface ILinkDecider
{
    /// <summary>The story that the next questions are about.</summary>
    void Begin(Story story);

    /// <summary>Yes or no, with the probability of yes.</summary>
    bool Decide(Decision decision, FeatureList features, Candidate candidate, out double probability);

    /// <summary>The best of several, or -1 for none of them, with its probability.</summary>
    /// <param name="decision">The question.</param>
    /// <param name="features">The properties of each candidate; the first <paramref name="candidates"/>.Count count.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="about">Whom the question is about, where it is not the story itself.</param>
    /// <param name="probability">The probability of what was chosen.</param>
    int Choose(Decision decision, List<FeatureList> features, List<Candidate> candidates, string? about, out double probability);
}
