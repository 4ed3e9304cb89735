namespace NewsExtract.Repair;

/// <summary>
/// The few of a set of characters that stand most often behind another, by the model's pairs alone, and those that the page has behind it. What
/// was found of the model is remembered: news asks for the same again and again. One a search.
/// </summary>
/// <param name="knowledge">What repair knows.</param>
/// <param name="count">How many.</param>
/// <param name="rare">Whether those count too that are rare and stand anywhere in the page: <c>喀喇沁旗</c> at the start of a sentence.</param>
internal sealed class LikelyCharacters(RepairKnowledge knowledge, int count, bool rare)
{
    private const int MostRemembered = 50_000;
    private const int MostFollowers = 8; // places of the page that are looked at
    private const int MostRare = 16;     // and rare characters of the page

    private readonly Dictionary<int, char[]> _found = [];
    private readonly char[] _all = new char[count + 4 * MostFollowers + MostRare];

    /// <summary>Finds them. The answer is good until the next one.</summary>
    /// <param name="last">Number of the character in front.</param>
    /// <param name="characters">The set; more than are wanted.</param>
    /// <param name="set">What the set has in common: the second byte, or 256 more than the first.</param>
    /// <param name="page">The page.</param>
    public ReadOnlySpan<char> Find(int last, ReadOnlySpan<char> characters, int set, PageEvidence page)
    {
        ReadOnlySpan<char> likely = ByModel(last, characters, set);
        Span<int> ids = stackalloc int[MostFollowers];
        int followers = page.Followers(last, ids), total = likely.Length;
        foreach (int id in ids[..followers])
            foreach (char c in knowledge.Candidates.ById(id)) Add(c, set, likely, ref total);
        if (rare)
            foreach (char c in page.Rare) Add(c, set, likely, ref total);
        return total == likely.Length ? likely : _all.AsSpan(0, total);
    }

    private void Add(char c, int set, ReadOnlySpan<char> likely, ref int total)
    {
        int pair = knowledge.Gbk.Pair(c);
        if ((set >= 0x100 ? (pair >> 8) | 0x100 : pair & 0xFF) != set || total == _all.Length || likely.Contains(c)) return;
        if (total == likely.Length) likely.CopyTo(_all);
        if (!_all.AsSpan(likely.Length, total - likely.Length).Contains(c)) _all[total++] = c;
    }

    private ReadOnlySpan<char> ByModel(int last, ReadOnlySpan<char> characters, int set)
    {
        int key = (last << 10) | set;
        if (_found.TryGetValue(key, out char[]? known)) return known;
        if (_found.Count == MostRemembered) _found.Clear();
        Span<int> costs = stackalloc int[characters.Length];
        for (int i = 0; i < characters.Length; i++) costs[i] = knowledge.Model.PairCost(last, knowledge.Model.Id(characters[i]));
        char[] sorted = characters.ToArray();
        costs.Sort(sorted.AsSpan());
        return _found[key] = sorted[..count];
    }
}
