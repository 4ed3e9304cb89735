using System.Runtime.InteropServices;
using NewsExtract.Repair;

namespace NewsExtract.Training;

/// <summary>
/// Counts characters and sequences of up to four and writes them as the back-off model that
/// <see cref="CharacterModel"/> reads. Counts are discounted absolutely and interpolated (Ney, Essen and Kneser 1994); sequences
/// that say little more than their shorter ending are left out (after Stolcke 1998, by the sequence's own gain).
/// </summary>
internal sealed class CharacterTrainer(char[] folding)
{
    private const int Order = 4;
    private const float Mix = 0.8f; // share of the count by contexts in the count of a shorter sequence, the rest is its plain count

    // By length; the last character is in the lowest 16 bits.
    private readonly Dictionary<ulong, float>[] _counts = [[], [], [], [], []];
    private readonly Dictionary<ulong, double>[] _probabilities = [[], [], [], [], []];
    private readonly Dictionary<ulong, double>[] _shares = [[], [], [], [], []]; // by context: what it leaves to the shorter one

    /// <summary>What a count loses to the sequences that were not seen.</summary>
    public float Discount { get; init; } = 0.92f;

    /// <summary>Adds a line of text, with borders before and behind.</summary>
    public void AddLine(ReadOnlySpan<char> line, float weight = 1)
    {
        ulong history = CharacterFolding.Border;
        int length = 1;
        foreach (char raw in line)
        {
            char c = Fold(raw);
            if (c == CharacterFolding.Border && (char)history == CharacterFolding.Border) continue;
            Add(ref history, ref length, c, weight);
        }
        if ((char)history != CharacterFolding.Border) Add(ref history, ref length, CharacterFolding.Border, weight);
    }

    private void Add(ref ulong history, ref int length, char c, float weight)
    {
        history = (history << 16) | c;
        length = Math.Min(length + 1, Order);
        for (int k = 1; k <= length; k++) Increase(k, history, weight);
    }

    /// <summary>Adds a word without saying what stands around it.</summary>
    public void AddWord(ReadOnlySpan<char> word, float weight)
    {
        ulong history = 0;
        for (int i = 0; i < word.Length; i++)
        {
            history = (history << 16) | Fold(word[i]);
            for (int k = 1; k <= Math.Min(Order, i + 1); k++) Increase(k, history, weight);
        }
    }

    private char Fold(char c) => folding[CharacterFolding.Fold(c)];

    private void Increase(int length, ulong sequence, float weight) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_counts[length], Ending(sequence, length), out _) += weight;

    private static ulong Ending(ulong sequence, int length) => length == Order ? sequence : sequence & ((1UL << (16 * length)) - 1);

    /// <summary>
    /// Shorter sequences counted by how many different characters stand before them (Kneser and Ney 1995): the model asks for one
    /// where it has not seen the longer, so it is new contexts that matter.
    /// </summary>
    private Dictionary<ulong, float> Continuations(int length)
    {
        var continuations = new Dictionary<ulong, float>(_counts[length].Count);
        foreach ((ulong key, float count) in _counts[length + 1])
            CollectionsMarshal.GetValueRefOrAddDefault(continuations, Ending(key, length), out _) += Math.Min(1, count);
        foreach ((ulong key, float count) in _counts[length])
        {
            ref float value = ref CollectionsMarshal.GetValueRefOrAddDefault(continuations, key, out bool known);
            value = known ? value * Mix + count * (1 - Mix) : count;
        }
        return continuations;
    }

    /// <summary>The model.</summary>
    /// <param name="gainFloor">Sequences that gain fewer nats over the whole training text are left out.</param>
    /// <param name="standard">Characters to know even where no text holds them.</param>
    public CharacterCounts Build(double gainFloor, IEnumerable<char> standard)
    {
        Dictionary<ulong, float> single = _counts[1];
        foreach (char c in standard) single.TryAdd(c, 0.1f);
        char[] reserved = ['\0', CharacterFolding.Border, CharacterFolding.Digit, CharacterFolding.Latin];
        char[] vocabulary = [.. single.Keys.Select(k => (char)k).Where(c => !reserved.Contains(c) && !char.IsSurrogate(c)).Order()];
        char[] characters = [.. reserved, .. vocabulary];

        // Singles: counts with a floor for what was never seen.
        double total = single.Values.Sum(v => (double)v) + characters.Length * 0.05;
        for (int i = 1; i < characters.Length; i++) _probabilities[1][characters[i]] = (single.GetValueOrDefault(characters[i]) + 0.05) / total;
        _probabilities[1][0] = 0.01 / total;
        for (int length = 2; length <= Order; length++) Interpolate(length);

        // A sequence is kept for its own gain, or as the beginning of one that is.
        var kept = new HashSet<ulong>[Order + 1];
        for (int length = Order; length >= 2; length--)
        {
            kept[length] = length < Order ? [.. kept[length + 1].Select(k => k >> 16)] : [];
            foreach ((ulong key, float count) in _counts[length])
                if (_probabilities[length].TryGetValue(key, out double p) && HasBeginnings(key, length) && count * Math.Log(p / Shorter(key, length)) >= gainFloor) kept[length].Add(key);
        }
        return Assemble(vocabulary, characters, kept);
    }

    private bool HasBeginnings(ulong key, int length)
    {
        for (key >>= 16; length > 2; key >>= 16)
            if (!_probabilities[--length].ContainsKey(key)) return false;
        return true;
    }

    /// <summary>The probabilities of sequences of one length, also of those that are left out later.</summary>
    private void Interpolate(int length)
    {
        Dictionary<ulong, float> counts = length < Order ? Continuations(length) : _counts[length];
        var sums = new Dictionary<ulong, (double Sum, double Left)>();
        foreach ((ulong key, float count) in counts)
        {
            ref (double Sum, double Left) sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, key >> 16, out _);
            sum = (sum.Sum + count, sum.Left + Lost(count));
        }
        foreach ((ulong context, (double sum, double left)) in sums) _shares[length][context] = left / sum;
        foreach ((ulong key, float count) in counts)
            if (_probabilities[1].ContainsKey((char)key)) _probabilities[length][key] = (count - Lost(count)) / sums[key >> 16].Sum + _shares[length][key >> 16] * Shorter(key, length);
    }

    private float Lost(float count) => Math.Min(Discount, count * 0.9f);

    /// <summary>The probability of a sequence's last character when the first one is not known.</summary>
    private double Shorter(ulong key, int length)
    {
        double share = 1;
        for (int k = length - 1; k > 1; k--)
        {
            ulong ending = Ending(key, k);
            if (_probabilities[k].TryGetValue(ending, out double p)) return share * p;
            if (_shares[k].TryGetValue(ending >> 16, out double left)) share *= left;
        }
        return share * _probabilities[1][(char)key];
    }

    /// <summary>Puts the kept sequences into the order of <see cref="CharacterCounts"/>.</summary>
    private CharacterCounts Assemble(char[] vocabulary, char[] characters, HashSet<ulong>[] kept)
    {
        var numbers = new Dictionary<char, ushort>();
        for (int i = 1; i < characters.Length; i++) numbers[characters[i]] = (ushort)i;
        ulong[] level = [.. characters.Select(c => (ulong)c)];
        List<ushort> allNumbers = [.. Enumerable.Range(0, level.Length).Select(i => (ushort)i)];
        List<byte> costs = [.. level.Select(k => Quantise(_probabilities[1][k]))], backs = [];
        List<int> rows = [level.Length];
        for (int length = 2; length <= Order; length++)
        {
            ILookup<ulong, ulong> byContext = kept[length].ToLookup(k => k >> 16);
            List<ulong> next = [];
            foreach (ulong context in level)
            {
                double mass = 0, covered = 0;
                int start = next.Count;
                if (context != 0)
                    foreach (ulong key in byContext[context].OrderBy(k => numbers[(char)k]))
                    {
                        next.Add(key);
                        allNumbers.Add(numbers[(char)key]);
                        double p = _probabilities[length][key];
                        costs.Add(Quantise(p));
                        mass += p;
                        covered += Shorter(key, length);
                    }
                rows.Add(rows[^1] + next.Count - start);
                // What is left out gives its mass to the back-off.
                backs.Add(next.Count > start ? Quantise(Math.Clamp((1 - mass) / Math.Max(1e-9, 1 - covered), 1e-6, 1)) : (byte)0);
            }
            level = [.. next];
        }
        return new CharacterCounts { Order = Order, Vocabulary = vocabulary, Numbers = [.. allNumbers], Costs = [.. costs], Rows = [.. rows], Backs = [.. backs] };
    }

    private static byte Quantise(double p) => (byte)Math.Clamp(Math.Round(-Math.Log(p) * CharacterModel.Scale), 0, 255);

    /// <summary>Nats a character that the model needs for lines of text.</summary>
    public static double CrossEntropy(CharacterModel model, IEnumerable<string> lines)
    {
        long cost = 0, count = 0;
        foreach (string line in lines)
        {
            ModelState state = model.Start;
            foreach (char c in line)
            {
                int id = model.Id(c);
                if (id == CharacterModel.Border && state.Last == CharacterModel.Border) continue;
                cost += model.Advance(ref state, id);
                count++;
            }
        }
        return cost / (double)CharacterModel.Scale / Math.Max(1, count);
    }
}
