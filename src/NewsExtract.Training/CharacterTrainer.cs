using System.Globalization;
using System.Runtime.InteropServices;
using NewsExtract.Repair;

namespace NewsExtract.Training;

/// <summary>
/// Counts characters, pairs and triples of characters and writes them as the back-off model that
/// <see cref="CharacterModel"/> reads. Lower orders are discounted absolutely (Ney, Essen and Kneser 1994); triples
/// that say little more than their pair are left out (after Stolcke 1998, by the triple's own gain).
/// </summary>
internal sealed class CharacterTrainer(char[] folding)
{
    private const float Discount = 0.8f;
    private const float Mix = 0.8f; // share of the count by contexts in a pair's count, the rest is its plain count

    private readonly Dictionary<char, float> _single = [];
    private readonly Dictionary<uint, float> _pairs = [];
    private readonly Dictionary<ulong, float> _triples = [];

    /// <summary>Adds a line of text, with borders before and behind.</summary>
    public void AddLine(ReadOnlySpan<char> line, float weight = 1)
    {
        char a = CharacterFolding.Border, b = CharacterFolding.Border;
        foreach (char raw in line)
        {
            char c = Fold(raw);
            if (c == CharacterFolding.Border && b == CharacterFolding.Border) continue;
            Add(a, b, c, weight);
            a = b;
            b = c;
        }
        if (b != CharacterFolding.Border) Add(a, b, CharacterFolding.Border, weight);
    }

    /// <summary>Adds a word without saying what stands around it.</summary>
    public void AddWord(ReadOnlySpan<char> word, float weight)
    {
        for (int i = 0; i < word.Length; i++)
        {
            char c = Fold(word[i]);
            Increase(_single, c, weight);
            if (i > 0) Increase(_pairs, Pair(Fold(word[i - 1]), c), weight);
            if (i > 1) Increase(_triples, Triple(Fold(word[i - 2]), Fold(word[i - 1]), c), weight);
        }
    }

    private char Fold(char c) => folding[CharacterFolding.Fold(c)];

    private void Add(char a, char b, char c, float weight)
    {
        Increase(_single, c, weight);
        Increase(_pairs, Pair(b, c), weight);
        Increase(_triples, Triple(a, b, c), weight);
    }

    /// <summary>
    /// Pairs counted by how many different characters stand before them (Kneser and Ney 1995): the model asks for a pair
    /// where it has not seen the triple, so it is new contexts that matter.
    /// </summary>
    private Dictionary<uint, float> Continuations()
    {
        var pairs = new Dictionary<uint, float>(_pairs.Count);
        foreach ((ulong key, float count) in _triples)
            CollectionsMarshal.GetValueRefOrAddDefault(pairs, (uint)key, out _) += Math.Min(1, count);
        foreach ((uint key, float count) in _pairs)
        {
            ref float value = ref CollectionsMarshal.GetValueRefOrAddDefault(pairs, key, out bool known);
            if (!known) value = count;
            else value = value * Mix + count * (1 - Mix);
        }
        return pairs;
    }

    private static uint Pair(char a, char b) => ((uint)a << 16) | b;
    private static ulong Triple(char a, char b, char c) => ((ulong)a << 32) | Pair(b, c);

    private static void Increase<TKey>(Dictionary<TKey, float> counts, TKey key, float weight) where TKey : notnull =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) += weight;

    /// <summary>The model.</summary>
    /// <param name="pairFloor">Pairs with a smaller count are left out.</param>
    /// <param name="gainFloor">Triples that gain fewer nats over the whole training text are left out.</param>
    /// <param name="standard">Characters to know even where no text holds them.</param>
    public CharacterCounts Build(double pairFloor, double gainFloor, IEnumerable<char> standard)
    {
        var pairs = Continuations();
        foreach (char c in standard) _single.TryAdd(c, 0.1f);
        char[] reserved = ['\0', CharacterFolding.Border, CharacterFolding.Digit, CharacterFolding.Latin];
        char[] vocabulary = [.. _single.Keys.Where(c => !reserved.Contains(c) && !char.IsSurrogate(c)).Order()];
        var id = new Dictionary<char, int>();
        for (int i = 1; i < reserved.Length; i++) id[reserved[i]] = i;
        for (int i = 0; i < vocabulary.Length; i++) id[vocabulary[i]] = i + CharacterModel.FirstCharacter;
        int size = vocabulary.Length + CharacterModel.FirstCharacter;

        // Singles: counts with a floor for what was never seen.
        double total = _single.Values.Sum(v => (double)v) + size * 0.05;
        var single = new double[size];
        single[0] = 0.01 / total;
        foreach ((char c, int i) in id) single[i] = (_single.GetValueOrDefault(c) + 0.05) / total;

        // Pairs.
        var pairRows = new List<(int Id, float Count)>[size];
        foreach ((uint key, float count) in pairs)
            if (id.TryGetValue((char)(key >> 16), out int a) && id.TryGetValue((char)key, out int b))
                (pairRows[a] ??= []).Add((b, count));
        var tripleRows = new Dictionary<uint, List<(int Id, float Count)>>();
        foreach ((ulong key, float count) in _triples)
        {
            uint context = (uint)(key >> 16);
            if (!id.TryGetValue((char)key, out int c) || !id.ContainsKey((char)(context >> 16)) || !id.ContainsKey((char)context)) continue;
            (tripleRows.TryGetValue(context, out var row) ? row : tripleRows[context] = []).Add((c, count));
        }

        var cost1 = new byte[size];
        var back1 = new byte[size];
        List<int> row2 = [], row3 = [0];
        List<ushort> id2 = [], id3 = [];
        List<byte> cost2 = [], back2 = [], cost3 = [];
        char[] characters = new char[size];
        foreach ((char c, int i) in id) characters[i] = c;
        var pair = new Dictionary<(int, int), double>();
        var backOff = new double[size];
        for (int a = 0; a < size; a++)
        {
            cost1[a] = Quantise(single[a]);
            backOff[a] = 1;
            if (pairRows[a] is not { } row) continue;
            double sum = row.Sum(r => (double)r.Count), left = 0, covered = 0;
            foreach ((int b, float count) in row) left += Math.Min(Discount, count * 0.9);
            left /= sum;
            foreach ((int b, float count) in row)
                pair[(a, b)] = (count - Math.Min(Discount, count * 0.9)) / sum + left * single[b];
            // What is left out gives its mass to the back-off.
            double kept = row.Where(r => r.Count >= pairFloor).Sum(r => pair[(a, r.Id)]);
            covered = row.Where(r => r.Count >= pairFloor).Sum(r => single[r.Id]);
            backOff[a] = Math.Max(1e-6, (1 - kept) / Math.Max(1e-9, 1 - covered));
            back1[a] = Quantise(backOff[a]);
        }
        double PairProbability(int a, int b) => pair.TryGetValue((a, b), out double p) ? p : backOff[a] * single[b];

        for (int a = 0; a < size; a++)
        {
            row2.Add(id2.Count);
            if (pairRows[a] is not { } row) continue;
            foreach ((int b, float count) in row.Where(r => r.Count >= pairFloor).OrderBy(r => r.Id))
            {
                id2.Add((ushort)b);
                cost2.Add(Quantise(pair[(a, b)]));
                int kept = 0;
                double back = 1;
                if (tripleRows.TryGetValue(Pair(characters[a], characters[b]), out var triples))
                {
                    double sum = triples.Sum(t => (double)t.Count), left = triples.Sum(t => Math.Min(Discount, t.Count * 0.9)) / sum;
                    double keptMass = 0, coveredMass = 0;
                    foreach ((int c, float n) in triples.OrderBy(t => t.Id))
                    {
                        double lower = PairProbability(b, c);
                        double p = (n - Math.Min(Discount, n * 0.9)) / sum + left * lower;
                        if (n * Math.Log(p / lower) < gainFloor) continue;
                        kept++;
                        id3.Add((ushort)c);
                        cost3.Add(Quantise(p));
                        keptMass += p;
                        coveredMass += lower;
                    }
                    if (kept > 0) back = Math.Clamp((1 - keptMass) / Math.Max(1e-9, 1 - coveredMass), 1e-6, 1);
                }
                row3.Add(id3.Count);
                back2.Add(Quantise(back));
            }
        }
        row2.Add(id2.Count);
        return new CharacterCounts
        {
            Vocabulary = vocabulary,
            Cost1 = cost1,
            Back1 = back1,
            Row2 = [.. row2],
            Id2 = [.. id2],
            Cost2 = [.. cost2],
            Back2 = [.. back2],
            Row3 = [.. row3],
            Id3 = [.. id3],
            Cost3 = [.. cost3],
        };
    }

    private static byte Quantise(double p) => (byte)Math.Clamp(Math.Round(-Math.Log(p) * CharacterModel.Scale), 0, 255);

    /// <summary>Nats a character that the model needs for lines of text.</summary>
    public static double CrossEntropy(CharacterModel model, IEnumerable<string> lines)
    {
        long cost = 0, count = 0;
        foreach (string line in lines)
        {
            ModelState state = CharacterModel.Start;
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

    /// <summary>The paragraphs of the PFR corpus as plain text, each with the number of its article counted from 0.</summary>
    public static IEnumerable<(int Article, string Text)> ReadPfr(string path)
    {
        int article = -1;
        string last = "";
        var text = new System.Text.StringBuilder();
        foreach (string line in File.ReadLines(path))
        {
            if (line.Length < 20) continue;
            string key = line[..15]; // 19980101-01-001-002/m: day, page, article, paragraph
            if (key != last)
            {
                article++;
                last = key;
            }
            text.Clear();
            foreach (string token in line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            {
                int slash = token.LastIndexOf('/');
                int from = token.Length > 1 && token[0] == '[' && slash > 1 ? 1 : 0;
                if (slash > from) text.Append(token, from, slash - from);
            }
            yield return (article, text.ToString());
        }
    }

    /// <summary>The sentences of a file in CoNLL columns, words joined.</summary>
    public static IEnumerable<string> ReadConll(string path)
    {
        var text = new System.Text.StringBuilder();
        foreach (string line in File.ReadLines(path))
        {
            if (line.Length == 0)
            {
                if (text.Length > 0) yield return text.ToString();
                text.Clear();
            }
            else if (line[0] != '#')
            {
                string[] columns = line.Split('\t', ' ');
                text.Append(columns.Length > 1 && int.TryParse(columns[0], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? columns[1] : columns[0]);
            }
        }
        if (text.Length > 0) yield return text.ToString();
    }
}
