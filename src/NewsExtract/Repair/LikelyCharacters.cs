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

    private readonly Dictionary<int, Follower[]> _found = [];
    private readonly Follower[] _all = new Follower[count + 4 * MostFollowers + MostRare];

    /// <summary>Finds them. The answer is good until the next one.</summary>
    /// <param name="last">Number of the character in front.</param>
    /// <param name="characters">The set; more than are wanted.</param>
    /// <param name="set">What the set has in common: the second byte, or 256 more than the first.</param>
    /// <param name="page">The page.</param>
    public ReadOnlySpan<Follower> Find(int last, ReadOnlySpan<char> characters, int set, PageEvidence page)
    {
        ReadOnlySpan<Follower> likely = ByModel(last, characters, set);
        Span<int> ids = stackalloc int[MostFollowers];
        int followers = page.Followers(last, ids), total = likely.Length;
        foreach (int id in ids[..followers])
            foreach (char c in knowledge.Candidates.ById(id))
                if (IsOf(set, knowledge.Gbk.Pair(c))) Add(last, c, likely, ref total);
        if (rare)
            foreach ((char c, ushort bytes) in page.Rare)
                if (IsOf(set, bytes)) Add(last, c, likely, ref total);
        return total == likely.Length ? likely : _all.AsSpan(0, total);
    }

    private static bool IsOf(int set, int bytes) => set == (set >= 0x100 ? (bytes >> 8) | 0x100 : bytes & 0xFF);

    private void Add(int last, char c, ReadOnlySpan<Follower> likely, ref int total)
    {
        if (total == _all.Length) return;
        foreach (ref readonly Follower known in likely)
            if (known.Character == c) return;
        if (total == likely.Length) likely.CopyTo(_all);
        foreach (ref readonly Follower known in _all.AsSpan(likely.Length, total - likely.Length))
            if (known.Character == c) return;
        _all[total++] = knowledge.Candidates.Follower(last, c);
    }

    private ReadOnlySpan<Follower> ByModel(int last, ReadOnlySpan<char> characters, int set)
    {
        int key = (last << 10) | set;
        if (_found.TryGetValue(key, out Follower[]? known)) return known;
        if (_found.Count == MostRemembered) _found.Clear();
        Span<int> costs = stackalloc int[characters.Length];
        var sorted = new Follower[characters.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = knowledge.Candidates.Follower(last, characters[i]);
            costs[i] = sorted[i].Cost;
        }
        costs.Sort(sorted.AsSpan());
        return _found[key] = sorted[..count];
    }
}
