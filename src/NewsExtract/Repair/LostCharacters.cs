namespace NewsExtract.Repair;

/// <summary>A character that can't be seen but may be what was lost.</summary>
/// <param name="Character">The character.</param>
/// <param name="Cost">What it costs behind the hypothesis that it was priced for.</param>
/// <param name="Node">The node of the character model that told the cost, or -1.</param>
internal readonly record struct LostCharacter(char Character, int Cost, int Node);

/// <summary>What is known of a character that can't be seen; 0 or less where nothing is.</summary>
/// <param name="Before">A byte that gave no character together with the first byte.</param>
/// <param name="Syllable">Its reading.</param>
/// <param name="IsSecondLost">Whether its second byte was written as a question mark, so that it can't have been ASCII.</param>
internal readonly record struct LostClues(int Before = 0, int Syllable = 0, bool IsSecondLost = false);

/// <summary>
/// Which characters that can't be seen are worth following: priced by the character model and by what the page has elsewhere. One a search.
/// </summary>
internal sealed class LostCharacters(RepairKnowledge knowledge)
{
    /// <summary>The cost of what can't be.</summary>
    public const int Impossible = int.MaxValue / 2;

    private const int WideSpaceCost = 7 * CharacterModel.Scale; // an ideographic space, which the model does not tell from a line border
    private const int Most = 24;                                // that are followed from one hypothesis
    private const int Wide = 48, Quick = 12;                    // that are looked at for it
    private const int Followers = 8;                            // places of the page that are looked at
    private const int Reach = 7 * CharacterModel.Scale;         // how far behind the likeliest one is still followed

    // At most this for a character that stands elsewhere in the page: by itself, with the one before it, with the two before it.
    private static readonly int[] KnownCosts = [int.MaxValue, 10 * CharacterModel.Scale, 4 * CharacterModel.Scale, 1 * CharacterModel.Scale];

    private readonly LikelyCharacters _likely = new(knowledge, Quick, rare: false), _likelyWide = new(knowledge, Wide, rare: true);
    private readonly List<LostCharacter> _ranked = [];
    private PageEvidence _page = null!;
    private bool _traditional;

    /// <summary>Whether few are looked at.</summary>
    public bool IsQuick { get; set; }

    /// <summary>What the last <see cref="Rank"/> found.</summary>
    public List<LostCharacter> Ranked => _ranked;

    /// <summary>Starts on a page.</summary>
    public void Start(bool traditional, PageEvidence page) => (_traditional, _page) = (traditional, page);

    /// <summary>A character behind a hypothesis, or nothing where it can't be.</summary>
    public LostCharacter? Price(in ShiftNode from, char c) =>
        Price(knowledge.Model.Outlook(from.State), from.Before, c, out int node) is var cost && cost == Impossible ? null : new LostCharacter(c, cost, node);

    /// <summary>The cost of a character that can't be seen, or <see cref="Impossible"/>.</summary>
    private int Price(in ModelOutlook outlook, int before, char c, out int node)
    {
        node = -1;
        if (_traditional && knowledge.Script.IsSimplifiedOnly(c)) return Impossible;
        int id = knowledge.Model.Id(c), last = outlook.State.Last;
        int cost = id == CharacterModel.Border && last == CharacterModel.Border ? 0 : knowledge.Model.Cost(outlook, id, out node);
        if (c == ShiftCandidates.WideSpace) return cost + WideSpaceCost;
        return cost <= KnownCosts[^1] ? cost : Math.Min(cost, KnownCosts[_page.Known(before, last, id)]);
    }

    /// <summary>Fills <see cref="Ranked"/> with those of the characters that fit and are not far behind the likeliest of them.</summary>
    public void Rank(in ShiftNode from, ReadOnlySpan<char> characters, in LostClues clues = default, int bytes = -1)
    {
        int most = IsQuick ? Quick : Wide;
        // A reading leaves so few that none of them has to be left out.
        if (clues.Syllable > 0) characters = knowledge.Candidates.ByReading(clues.Syllable);
        else if (characters.Length > most) characters = bytes < 0 ? characters[..Math.Min(characters.Length, 4 * most)] : (IsQuick ? _likely : _likelyWide).Find(from.State.Last, characters, bytes, _page);
        _ranked.Clear();
        int best = Impossible;
        ModelOutlook outlook = knowledge.Model.Outlook(from.State);
        foreach (char c in characters) Consider(from, c, outlook, clues, bytes, ref best);
        // Nothing is left of it: the page may have what the model does not expect.
        if (clues.IsSecondLost && clues.Syllable <= 0 && bytes < 0)
        {
            Span<int> followers = stackalloc int[Followers];
            int count = _page.Followers(from.State.Last, followers);
            foreach (int id in followers[..count])
                foreach (char c in knowledge.Candidates.ById(id))
                    if (!characters.Contains(c)) Consider(from, c, outlook, clues, bytes, ref best);
        }
        _ranked.RemoveAll(c => c.Cost > best + Reach);
        if (_ranked.Count <= Most) return;
        _ranked.Sort(static (a, b) => a.Cost != b.Cost ? a.Cost.CompareTo(b.Cost) : a.Character.CompareTo(b.Character));
        _ranked.RemoveRange(Most, _ranked.Count - Most);
    }

    private void Consider(in ShiftNode from, char c, in ModelOutlook outlook, in LostClues clues, int bytes, ref int best)
    {
        int pair = knowledge.Gbk.Pair(c);
        if (clues.IsSecondLost && (pair & 0xFF) < 0x80) return;
        if (clues.Syllable > 0 && bytes >= 0x100 && ((pair >> 8) | 0x100) != bytes) return;
        if (clues.Before > 0 && knowledge.Candidates.Decodes(clues.Before, pair >> 8)) return;
        int cost = Price(outlook, from.Before, c, out int found);
        if (cost > best + Reach) return;
        // A character that should have its gloss here may win only for want of others.
        if (from.FirstByteTaken || clues.Syllable > 0 || !_page.IsGlossed(c)) best = Math.Min(best, cost);
        _ranked.Add(new LostCharacter(c, cost, found));
    }
}
