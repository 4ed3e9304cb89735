namespace NewsExtract.Repair;

/// <summary>
/// The few of a set of characters that stand most often behind another, by the model's pairs alone. What was found is remembered: news asks
/// for the same again and again. One a search.
/// </summary>
internal sealed class LikelyCharacters(RepairKnowledge knowledge, int count)
{
    private const int MostRemembered = 50_000;

    private readonly Dictionary<int, char[]> _found = [];

    /// <summary>Finds them.</summary>
    /// <param name="last">Number of the character in front.</param>
    /// <param name="characters">The set; more than are wanted.</param>
    /// <param name="set">A number of the set, below 1024.</param>
    public ReadOnlySpan<char> Find(int last, ReadOnlySpan<char> characters, int set)
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
