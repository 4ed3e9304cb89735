using NewsExtract.Segmentation;

namespace NewsExtract.Training.Sequence;

/// <summary>
/// The rows of features: each row has a weight vector (sixteen labels) for each position relative to it that it speaks
/// about. Groups: a unit (5 positions), two neighbours (4), two units around one (1), three in a row (3), and what the
/// lexicon says (1 each).
/// </summary>
internal sealed class FeatureSpace
{
    public const int UnigramSlots = 5, BigramSlots = 4, SkipSlots = 1, TrigramSlots = 3;

    private readonly Dictionary<int, int> _bigrams = [];
    private readonly Dictionary<int, int> _skips = [];
    private readonly Dictionary<long, int> _trigrams = [];

    public FeatureSpace(TrainingSet set, int bigramCut, int skipCut, int trigramCut)
    {
        var bigrams = new Dictionary<int, int>();
        var skips = new Dictionary<int, int>();
        var trigrams = new Dictionary<long, int>();
        List<ushort> units = set.Units;
        for (int i = 1; i + 1 < units.Count; i++)
        {
            Count(bigrams, BigramKey(units[i], units[i + 1]));
            Count(skips, BigramKey(units[i - 1], units[i + 1]));
            Count(trigrams, TrigramKey(units[i - 1], units[i], units[i + 1]));
        }
        Number(bigrams, _bigrams, bigramCut);
        Number(skips, _skips, skipCut);
        Number(trigrams, _trigrams, trigramCut);
        Layout();
    }

    public IReadOnlyDictionary<int, int> Bigrams => _bigrams;
    public IReadOnlyDictionary<int, int> Skips => _skips;
    public IReadOnlyDictionary<long, int> Trigrams => _trigrams;

    /// <summary>Index of the first vector of each group.</summary>
    public int BigramBase { get; private set; }
    public int SkipBase { get; private set; }
    public int TrigramBase { get; private set; }
    public int LexiconBase { get; private set; }

    /// <summary>The number of vectors.</summary>
    public int Vectors { get; private set; }

    public static int BigramKey(int a, int b) => (a << 12) | b;
    public static long TrigramKey(int a, int b, int c) => ((long)a << 24) | ((long)b << 12) | (long)c;

    /// <summary>Keeps only the rows that <paramref name="keep"/> names; they are numbered anew.</summary>
    public void Restrict(HashSet<int> bigrams, HashSet<int> skips, HashSet<long> trigrams)
    {
        Keep(_bigrams, bigrams);
        Keep(_skips, skips);
        Keep(_trigrams, trigrams);
        Layout();
    }

    private void Layout()
    {
        BigramBase = UnitReader.MaxUnits * UnigramSlots;
        SkipBase = BigramBase + _bigrams.Count * BigramSlots;
        TrigramBase = SkipBase + _skips.Count * SkipSlots;
        LexiconBase = TrigramBase + _trigrams.Count * TrigramSlots;
        Vectors = LexiconBase + LexiconFeatures.PerUnit * LexiconFeatures.Rows;
    }

    private static void Keep<T>(Dictionary<T, int> rows, HashSet<T> keep) where T : notnull
    {
        T[] kept = [.. rows.Keys.Where(keep.Contains).Order()];
        rows.Clear();
        for (int i = 0; i < kept.Length; i++) rows.Add(kept[i], i);
    }

    private static void Count<T>(Dictionary<T, int> counts, T key) where T : notnull =>
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;

    private static void Number<T>(Dictionary<T, int> counts, Dictionary<T, int> rows, int cut) where T : notnull
    {
        T[] kept = [.. counts.Where(p => p.Value >= cut).Select(p => p.Key).Order()];
        for (int i = 0; i < kept.Length; i++) rows.Add(kept[i], i);
    }
}

/// <summary>The vectors that speak about each unit of a set: the first of each row, or -1.</summary>
internal sealed class FeatureRows
{
    public FeatureRows(TrainingSet set, FeatureSpace space)
    {
        int count = set.Units.Count;
        Unigrams = new int[count];
        Bigrams = new int[count];
        Skips = new int[count];
        Trigrams = new int[count];
        Lexicon = new int[count * LexiconFeatures.PerUnit];
        List<ushort> u = set.Units;
        for (int i = 0; i < count; i++)
        {
            Unigrams[i] = u[i] * FeatureSpace.UnigramSlots;
            Bigrams[i] = Skips[i] = Trigrams[i] = -1;
            for (int k = 0; k < LexiconFeatures.PerUnit; k++)
            {
                int row = set.Lexicon[i * LexiconFeatures.PerUnit + k];
                Lexicon[i * LexiconFeatures.PerUnit + k] = row == 0 ? -1 : space.LexiconBase + k * LexiconFeatures.Rows + row;
            }
            if (i + 1 < count && space.Bigrams.TryGetValue(FeatureSpace.BigramKey(u[i], u[i + 1]), out int bigram))
                Bigrams[i] = space.BigramBase + bigram * FeatureSpace.BigramSlots;
            if (i == 0 || i + 1 == count) continue;
            if (space.Skips.TryGetValue(FeatureSpace.BigramKey(u[i - 1], u[i + 1]), out int skip)) Skips[i] = space.SkipBase + skip * FeatureSpace.SkipSlots;
            if (space.Trigrams.TryGetValue(FeatureSpace.TrigramKey(u[i - 1], u[i], u[i + 1]), out int trigram))
                Trigrams[i] = space.TrigramBase + trigram * FeatureSpace.TrigramSlots;
        }
    }

    public int[] Unigrams { get; }
    public int[] Bigrams { get; }
    public int[] Skips { get; }
    public int[] Trigrams { get; }
    public int[] Lexicon { get; }

    /// <summary>Writes the vectors that speak about unit <paramref name="i"/>; returns how many.</summary>
    public int Gather(int i, Span<int> vectors)
    {
        int n = 0;
        for (int k = 0; k < FeatureSpace.UnigramSlots; k++) vectors[n++] = Unigrams[i + 2 - k] + k;
        for (int k = 0; k < FeatureSpace.BigramSlots; k++)
        {
            int row = Bigrams[i + 1 - k];
            if (row >= 0) vectors[n++] = row + k;
        }
        if (Skips[i] >= 0) vectors[n++] = Skips[i];
        for (int k = 0; k < FeatureSpace.TrigramSlots; k++)
        {
            int row = Trigrams[i + 1 - k];
            if (row >= 0) vectors[n++] = row + k;
        }
        for (int k = 0; k < LexiconFeatures.PerUnit; k++)
        {
            int row = Lexicon[i * LexiconFeatures.PerUnit + k];
            if (row >= 0) vectors[n++] = row;
        }
        return n;
    }

    /// <summary>The most vectors that can speak about one unit.</summary>
    public const int MaxVectors = FeatureSpace.UnigramSlots + FeatureSpace.BigramSlots + FeatureSpace.SkipSlots + FeatureSpace.TrigramSlots + LexiconFeatures.PerUnit;
}
