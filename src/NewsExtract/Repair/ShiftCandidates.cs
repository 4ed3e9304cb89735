namespace NewsExtract.Repair;

/// <summary>
/// The characters that a lost byte can have belonged to: those of GBK that the character model knows,
/// by first byte, by second byte, by reading and by the character in front. Immutable but for costs that are found when they are first needed.
/// </summary>
internal sealed class ShiftCandidates
{
    private const int LikeliestAfter = 200;

    /// <summary>The ideographic space, the one character without a sign that GBK writes with two bytes.</summary>
    public const char WideSpace = '\u3000';

    private readonly char[][] _byLead = new char[256][];
    private readonly char[][] _byTrail = new char[256][];
    private readonly char[][] _byReading;
    private readonly char[][] _byId;
    private readonly bool[] _assigned = new bool[65536];
    private readonly CharacterModel _model;
    private readonly GbkTable _gbk;
    private readonly Lazy<Follower[]>[] _after;
    private readonly int[] _leads = new int[256]; // cost of a first byte by itself
    private readonly byte[]?[] _leadsAfter; // behind a number, as far as they were asked for

    /// <summary>Sorts the characters of <paramref name="gbk"/> by their bytes, likeliest first.</summary>
    public ShiftCandidates(GbkTable gbk, CharacterModel model, PinyinReadings readings)
    {
        (_gbk, _model) = (gbk, model);
        List<char>[] byId = new List<char>[model.Size];
        for (int first = 0; first < 256; first++)
        {
            List<char> lead = [], trail = [];
            for (int other = 0x40; other < 256; other++)
            {
                char c = gbk.Character(first, other);
                if (c == 0) continue;
                _assigned[(first << 8) | other] = true;
                int id = model.Id(c);
                if (id <= CharacterModel.Latin && c != WideSpace) continue;
                lead.Add(c);
                (byId[id] ??= []).Add(c);
            }
            for (int other = 0x81; other < 256; other++)
            {
                char c = gbk.Character(other, first);
                // Full-width digits and letters have the first byte of row A3, so the second tells which one it was.
                if (c != 0 && (model.Id(c) >= CharacterModel.Digit || c == WideSpace)) trail.Add(c);
            }
            _byLead[first] = Sort(lead, model);
            _leads[first] = Cost(lead.Select(c => model.Id(c)).Distinct().Sum(id => Probability(model.UnigramCost(id))));
            _byTrail[first] = Sort(trail, model);
        }
        _byReading = [.. readings.Characters().Select(list => list.Where(c => gbk.Pair(c) != 0).ToArray())];
        _byId = [.. byId.Select(list => list is null ? [] : list.ToArray())];
        _leadsAfter = new byte[]?[model.Size];
        _after = new Lazy<Follower[]>[model.Size];
        for (int id = 0; id < _after.Length; id++)
        {
            int previous = id;
            _after[id] = new Lazy<Follower[]>(() => FindAfter(previous));
        }
    }

    /// <summary>The cost of some character that has this first byte behind the one with a number.</summary>
    public int LeadCost(int last, int lead) => (_leadsAfter[last] ??= FindLeads(last))[lead];

    private byte[] FindLeads(int last)
    {
        Span<double> seen = stackalloc double[256];
        double all = 0;
        foreach ((int id, int cost, _) in _model.Successors(last))
        {
            all += Probability(cost);
            foreach (char c in _byId[id]) seen[_gbk.Pair(c) >> 8] += Probability(cost);
        }
        double unseen = Math.Max(0.02, 1 - all); // the model's costs are rounded, so that little may be left
        var costs = new byte[256];
        for (int lead = 0; lead < 256; lead++) costs[lead] = (byte)Cost(seen[lead] + unseen * Probability(_leads[lead]));
        return costs;
    }

    private static double Probability(int cost) => Math.Exp(-cost / (double)CharacterModel.Scale);

    private static int Cost(double probability) => probability <= 0 ? byte.MaxValue : (int)Math.Min(byte.MaxValue, Math.Round(-Math.Log(probability) * CharacterModel.Scale));

    private static char[] Sort(List<char> characters, CharacterModel model) =>
        [.. characters.OrderBy(c => model.UnigramCost(model.Id(c))).ThenBy(c => c)];

    private Follower[] FindAfter(int id) =>
        [.. _model.Successors(id).OrderBy(s => s.Cost).ThenBy(s => s.Id).Take(LikeliestAfter).SelectMany(s => _byId[s.Id].Select(c => Follower(c, s.Pair, s.Cost)))];

    /// <summary>A character behind another.</summary>
    /// <param name="last">The other's number.</param>
    /// <param name="c">The character.</param>
    public Follower Follower(int last, char c) => Follower(c, _model.Pair(last, _model.Id(c), out int cost), cost);

    private Follower Follower(char c, int pair, int cost) => new(c, (ushort)_model.Id(c), (ushort)_gbk.Pair(c), (ushort)cost, pair);

    /// <summary>Characters with this first byte.</summary>
    public ReadOnlySpan<char> ByLead(int lead) => _byLead[lead];

    /// <summary>Characters with this second byte.</summary>
    public ReadOnlySpan<char> ByTrail(int trail) => _byTrail[trail];

    /// <summary>Characters with a reading.</summary>
    public ReadOnlySpan<char> ByReading(int syllable) => _byReading[syllable];

    /// <summary>Characters that the model gives a number.</summary>
    public ReadOnlySpan<char> ById(int id) => _byId[id];

    /// <summary>Characters that often stand behind the one with this number in the model.</summary>
    public ReadOnlySpan<Follower> After(int id) => _after[id].Value;

    /// <summary>Whether a decoder makes a character of the two bytes; otherwise it writes one question mark.</summary>
    public bool Decodes(int first, int second) => _assigned[(first << 8) | second];

    /// <summary>Whether there is a first byte of a Chinese character that gives no character behind this byte.</summary>
    public static bool CanFailToDecode(int first) => first is 0x80 or (>= 0xA1 and <= 0xAF) or >= 0xF8;
}

/// <summary>A character that may stand behind another, with what is asked of it again and again.</summary>
/// <param name="Character">The character.</param>
/// <param name="Id">Its number in the character model.</param>
/// <param name="Bytes">Its two bytes in GBK.</param>
/// <param name="Cost">What it costs behind the other in the character model.</param>
/// <param name="Pair">The model's node of the two, or -1.</param>
internal readonly record struct Follower(char Character, ushort Id, ushort Bytes, ushort Cost, int Pair);
