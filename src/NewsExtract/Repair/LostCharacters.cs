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

    private const int WideSpaceCost = 7 * CharacterModel.Scale; // the first of ideographic spaces, which the model does not tell from a line border
    private const int Most = 24;                                // that are followed from one hypothesis
    private const int Wide = 48, Quick = 12;                    // that are looked at for it
    private const int Followers = 8;                            // places of the page that are looked at
    private const int Reach = 7 * CharacterModel.Scale;         // how far behind the likeliest one is still followed

    // At most this for a character that stands elsewhere in the page: by itself, with the one before it, with the two before it.
    private static readonly int[] KnownCosts = [int.MaxValue, 10 * CharacterModel.Scale, 4 * CharacterModel.Scale, 1 * CharacterModel.Scale];

    private readonly LikelyCharacters _likely = new(knowledge, Quick, rare: false), _likelyWide = new(knowledge, Wide, rare: true);
    private LostCharacter[] _ranked = new LostCharacter[256];
    private long[] _keys = new long[256];
    private int _count;
    private CharacterModel _model = null!;
    private ShiftCandidates _candidates = null!;
    private PageEvidence _page = null!;
    private bool _traditional;

    /// <summary>Whether few are looked at.</summary>
    public bool IsQuick { get; set; }

    /// <summary>What the last <see cref="Rank"/> found.</summary>
    public ReadOnlySpan<LostCharacter> Ranked => _ranked.AsSpan(0, _count);

    /// <summary>Starts on a page.</summary>
    public void Start(bool traditional, PageEvidence page) =>
        (_traditional, _page, _model, _candidates) = (traditional, page, knowledge.Model, knowledge.Candidates);

    /// <summary>A character behind a hypothesis, or nothing where it can't be.</summary>
    public LostCharacter? Price(in ShiftNode from, char c)
    {
        if (_traditional && knowledge.Script.IsSimplifiedOnly(c)) return null;
        int id = _model.Id(c), cost = _model.Cost(from.State, id, out int node);
        cost = InPage(from, c, id, cost, ref node);
        return new LostCharacter(c, cost, node);
    }

    /// <summary>The cost of a character that can't be seen, by what the model says and the page has.</summary>
    private int InPage(in ShiftNode from, char c, int id, int cost, ref int node)
    {
        if (id == CharacterModel.Border && from.State.Last == CharacterModel.Border) (cost, node) = (0, -1);
        if (c == ShiftCandidates.WideSpace) return from.Raw == c ? cost : cost + WideSpaceCost;
        return cost <= KnownCosts[^1] ? cost : Math.Min(cost, KnownCosts[_page.Known(from.Before, from.State.Last, id)]);
    }

    /// <summary>
    /// Fills <see cref="Ranked"/> with those of the characters that fit and are not far behind the likeliest of them. Where nothing is left
    /// of the character that was lost, what often follows is tried instead.
    /// </summary>
    public void Rank(in ShiftNode from, ReadOnlySpan<char> characters, in LostClues clues = default, int bytes = -1)
    {
        int most = IsQuick ? Quick : Wide, last = from.State.Last, best = Impossible;
        _count = 0;
        ModelOutlook outlook = _model.Outlook(from.State);
        if (clues is { Syllable: <= 0, Before: > 0, IsSecondLost: true }) RankAfter(from, 4 * most, outlook, clues, ref best);
        else if (clues.Syllable <= 0 && characters.Length > most)
        {
            foreach (ref readonly Follower follower in (IsQuick ? _likely : _likelyWide).Find(last, characters, bytes, _page)) Consider(from, follower, outlook, clues, bytes, ref best);
        }
        else
        {
            // A reading leaves so few that none of them has to be left out.
            foreach (char c in clues.Syllable > 0 ? _candidates.ByReading(clues.Syllable) : characters)
                Consider(from, _candidates.Follower(last, c), outlook, clues, bytes, ref best);
        }
        int kept = 0;
        for (int i = 0; i < _count; i++)
            if (_ranked[i].Cost <= best + Reach) _ranked[kept++] = _ranked[i];
        _count = kept;
        if (kept > Most) KeepMost();
    }

    /// <summary>Leaves the likeliest.</summary>
    private void KeepMost()
    {
        for (int i = 0; i < _count; i++) _keys[i] = ((long)_ranked[i].Cost << 16) | _ranked[i].Character;
        _keys.AsSpan(0, _count).Sort(_ranked.AsSpan(0, _count));
        _count = Most;
    }

    /// <summary>Ranks what often stands behind the character in front, and what the page has there: it may be what the model does not expect.</summary>
    private void RankAfter(in ShiftNode from, int most, in ModelOutlook outlook, in LostClues clues, ref int best)
    {
        ReadOnlySpan<Follower> after = _candidates.After(from.State.Last);
        after = after[..Math.Min(after.Length, most)];
        foreach (ref readonly Follower follower in after) Consider(from, follower, outlook, clues, -1, ref best);
        Span<int> followers = stackalloc int[Followers];
        int count = _page.Followers(from.State.Last, followers);
        foreach (int id in followers[..count])
            foreach (char c in _candidates.ById(id))
                if (!IsRanked(c)) Consider(from, _candidates.Follower(from.State.Last, c), outlook, clues, -1, ref best);
    }

    private bool IsRanked(char c)
    {
        foreach (ref readonly LostCharacter ranked in Ranked)
            if (ranked.Character == c) return true;
        return false;
    }

    private void Consider(in ShiftNode from, in Follower follower, in ModelOutlook outlook, in LostClues clues, int bytes, ref int best)
    {
        int first = follower.Bytes >> 8;
        if (clues.IsSecondLost && (follower.Bytes & 0xFF) < 0x80) return;
        if (clues.Syllable > 0 && bytes >= 0x100 && (first | 0x100) != bytes) return;
        if (clues.Before > 0 && _candidates.Decodes(clues.Before, first)) return;
        char c = follower.Character;
        int node = follower.Pair, cost = _model.Cost(outlook, follower.Id, follower.Cost, ref node);
        cost = InPage(from, c, follower.Id, cost, ref node);
        if (cost > best + Reach || (_traditional && knowledge.Script.IsSimplifiedOnly(c))) return;
        // A character that should have its gloss here may win only for want of others.
        if (from.FirstByteTaken || clues.Syllable > 0 || !_page.IsGlossed(c)) best = Math.Min(best, cost);
        if (_count == _ranked.Length) Grow();
        _ranked[_count++] = new LostCharacter(c, cost, node);
    }

    private void Grow()
    {
        Array.Resize(ref _ranked, 2 * _count);
        _keys = new long[2 * _count];
    }
}
