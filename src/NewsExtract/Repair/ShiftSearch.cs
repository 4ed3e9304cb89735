using System.Runtime.InteropServices;

namespace NewsExtract.Repair;

/// <summary>
/// Puts GBK bytes that have fallen out of step back into step. Starting at a question mark it follows every way in
/// which the text as it stands can have come from an undamaged one: the decoder in step, or one byte late with
/// the first byte of the next character pending. Each step is the damage read backwards, so whatever comes out
/// gives the damaged text when damaged again. A beam over the character model's cost decides among them (Viterbi
/// with pruning); that the text is undamaged is one of them.
/// Example: <c>當?shù)氐膶氋F</c>. <c>當</c> is AE94 and <c>數</c>, read shù, 94B5: the gloss was put behind 94B5, so B5 is
/// pending. <c>氐膶氋F</c> is D8B5 C48C 9AD9 46: with B5 in front it reads B5D8 B5C4 8C9A D946, <c>地的寶貴</c>, and is in step.
/// One search a thread.
/// </summary>
internal sealed class ShiftSearch(RepairKnowledge knowledge)
{
    private const int SettledUnits = 6;                          // units back in step after which the best hypothesis wins
    private const int UnglossedCost = 10 * CharacterModel.Scale;  // a character that the page glosses elsewhere, without its gloss
    private const int SwallowCost = 2 * CharacterModel.Scale;    // two bytes behind one question mark
    private const int MergeCost = 2 * CharacterModel.Scale;      // two question marks written as one
    private const int WideMarkCost = 3 * CharacterModel.Scale;   // a mark of row A3 that stayed full-width, as few sites leave it
    private const int RankReach = 12 * CharacterModel.Scale;      // how far behind the likeliest a lost character is still followed
    private const int Impossible = int.MaxValue / 2;
    private const int MergedCandidates = 6;
    private const int KnownPairCost = 4 * CharacterModel.Scale;  // at most this for two characters that stand side by side elsewhere in the page

    private readonly ShiftLattice _lattice = new(knowledge);
    private readonly List<ShiftNode> _steps = [];
    private readonly List<int> _path = [];
    private readonly List<Candidate> _ranked = [];
    private string _text = "";
    private bool _traditional;
    private int _startCost;
    private PageEvidence _page = null!;

    /// <summary>The steps of the hypothesis that won, in order, after <see cref="Run"/> returned true.</summary>
    public ReadOnlySpan<ShiftNode> Steps => CollectionsMarshal.AsSpan(_steps);

    /// <summary>Searches from the question mark at <paramref name="at"/>; false where the text reads best as it is.</summary>
    /// <param name="text">The damaged text.</param>
    /// <param name="at">Offset of a question mark.</param>
    /// <param name="before">The undamaged character in front of it.</param>
    /// <param name="state">The model's state behind that character.</param>
    /// <param name="traditional">Whether the page is Traditional, so that no Simplified character can have been lost.</param>
    /// <param name="page">What the rest of the page tells.</param>
    /// <param name="startCost">What it costs to suppose a shift, in cost units.</param>
    public bool Run(string text, int at, char before, ModelState state, bool traditional, PageEvidence page, int startCost)
    {
        (_text, _traditional, _page, _startCost) = (text, traditional, page, startCost);
        _steps.Clear();
        _lattice.Start(at, before, state);
        int settled = 0;
        for (int p = at; p - at <= ShiftLattice.Length && p <= text.Length; p++)
        {
            int count = _lattice.Prune(p);
            if (count == 0) continue;
            bool inStep = true;
            foreach (int index in _lattice.Kept[..count]) inStep &= _lattice[index].Pending == ShiftLattice.InStep;
            settled = inStep ? settled + 1 : 0;
            bool end = p == text.Length || p - at == ShiftLattice.Length;
            if (end || (p > at && inStep && _lattice.Furthest <= p && (count == 1 || settled > SettledUnits)))
                return Trace(BestInStep(count));
            for (int i = 0; i < count; i++)
            {
                int index = _lattice.Kept[i];
                ShiftNode node = _lattice[index];
                if (node.Pending == ShiftLattice.InStep) ExpandInStep(index, node);
                else if (node.Pending == ShiftLattice.Lost) ExpandLost(index, node);
                else ExpandShifted(index, node);
            }
        }
        return false;
    }

    private int BestInStep(int count)
    {
        foreach (int index in _lattice.Kept[..count])
            if (_lattice[index].Pending == ShiftLattice.InStep) return index;
        return -1;
    }

    private bool Trace(int index)
    {
        bool changed = false;
        for (_path.Clear(); index >= 0; index = _lattice[index].Parent) _path.Add(index);
        for (int i = _path.Count - 2; i >= 0; i--)
        {
            _steps.Add(_lattice[_path[i]]);
            changed |= _steps[^1].Shifted;
        }
        return changed;
    }

    /// <summary>A step back to a character: what it gives and how the decoder stands behind it.</summary>
    private readonly record struct Step(int End, short Pending = ShiftLattice.InStep, int Cost = 0, byte LostTrail = 0, bool Glossed = false, bool Taken = false);

    /// <summary>Adds a character that stands in the text as it is.</summary>
    private void Copy(int parent, in ShiftNode from, int end, char c)
    {
        int cost = from.Cost + _lattice.Cost(from.State, c, out ModelState state);
        _lattice.Add(new ShiftNode { Start = from.End, End = end, Parent = parent, Cost = cost, State = state, Raw = c, Emitted = c }, rests: true);
    }

    /// <summary>Adds a character made of bytes that fell out of step; returns the index, or -1.</summary>
    private int Emit(int parent, in ShiftNode from, char c, in Step step, bool rests = true, char shown = '\0')
    {
        int cost = Price(from, c, out ModelState state);
        return cost == Impossible ? -1 : Emit(parent, from, new Candidate(c, cost, state), step, rests, shown);
    }

    private int Emit(int parent, in ShiftNode from, in Candidate candidate, in Step step, bool rests = true, char shown = '\0') =>
        _lattice.Add(new ShiftNode
        {
            Start = from.End,
            End = step.End,
            Parent = parent,
            Cost = from.Cost + candidate.Cost + step.Cost + (!step.Glossed && !from.FirstByteTaken && _page.IsGlossed(candidate.Character) ? UnglossedCost : 0),
            State = candidate.State,
            Raw = candidate.Character,
            Emitted = shown == 0 ? candidate.Character : shown,
            Pending = step.Pending,
            LostTrail = step.LostTrail,
            FirstByteTaken = step.Taken,
            Shifted = true,
        }, rests);

    private readonly record struct Candidate(char Character, int Cost, ModelState State);

    /// <summary>The cost of a character that can't be seen, or <see cref="Impossible"/>.</summary>
    private int Price(in ShiftNode from, char c, out ModelState state)
    {
        state = default;
        if (_traditional && knowledge.Script.IsSimplifiedOnly(c)) return Impossible;
        int cost = _lattice.Cost(from.State, c, out state);
        return cost > KnownPairCost && _page.HasPair(from.State.Last, state.Last) ? KnownPairCost : cost;
    }

    private Candidate? Price(in ShiftNode from, char c) =>
        Price(from, c, out ModelState state) is var cost && cost == Impossible ? null : new Candidate(c, cost, state);

    /// <summary>What is known of a character that can't be seen; 0 or less where nothing is.</summary>
    /// <param name="Before">A byte that gave no character together with the first byte.</param>
    /// <param name="Syllable">Its reading.</param>
    /// <param name="IsSecondLost">Whether its second byte was written as a question mark, so that it can't have been ASCII.</param>
    private readonly record struct Clues(int Before = 0, int Syllable = 0, bool IsSecondLost = false);

    /// <summary>Fills <see cref="_ranked"/> with those of the characters that fit and are not far behind the likeliest of them.</summary>
    private void Rank(in ShiftNode from, ReadOnlySpan<char> characters, in Clues clues = default)
    {
        _ranked.Clear();
        int best = Impossible;
        foreach (char c in characters)
        {
            int pair = knowledge.Gbk.Pair(c);
            if (clues.IsSecondLost && (pair & 0xFF) < 0x80) continue;
            if (clues.Before > 0 && knowledge.Candidates.Decodes(clues.Before, pair >> 8)) continue;
            if (clues.Syllable > 0 && !knowledge.Readings.Matches(c, clues.Syllable)) continue;
            int cost = Price(from, c, out ModelState state);
            if (cost > best + RankReach) continue;
            // A character that should have its gloss here may win only for want of others.
            if (from.FirstByteTaken || clues.Syllable > 0 || !_page.IsGlossed(c)) best = Math.Min(best, cost);
            _ranked.Add(new Candidate(c, cost, state));
        }
        _ranked.RemoveAll(c => c.Cost > best + RankReach);
    }

    private char At(int i) => i < _text.Length ? _text[i] : '\0';

    /// <summary>Reads a gloss whose bracket opens at an offset; true where it can belong to <paramref name="c"/>.</summary>
    private bool ReadGloss(int at, char c, out int end)
    {
        end = at;
        return At(at) == '(' && knowledge.Readings.ReadClosed(_text, at + 1, out end) is >= 0 and int syllable && knowledge.Readings.Matches(c, syllable);
    }

    /// <summary>The second byte of the full-width character of row A3 that a unit stands for, or 0.</summary>
    private short SplitByte(char c)
    {
        if (c is ';' or '?' or '!' or ',' or ':' or '(' or ')') return (short)(c + 0x80);
        int pair = knowledge.Gbk.Pair(c);
        return (short)(pair >> 8 == 0xA3 ? pair & 0xFF : 0);
    }

    private void ExpandInStep(int index, in ShiftNode node)
    {
        int p = node.End;
        char c = _text[p];
        Copy(index, node, c != '?' && ReadGloss(p + 1, c, out int behind) ? behind : p + 1, c);
        if (c != '?') return;
        // A gloss was put between the two bytes of a character; the question mark took its opening bracket along.
        int syllable = knowledge.Readings.ReadClosed(_text, p + 1, out int end), before = knowledge.Gbk.Pair(node.Raw) & 0xFF;
        if (syllable >= 0 && before != 0)
        {
            foreach (char marked in knowledge.Candidates.ByReading(syllable))
            {
                int pair = knowledge.Gbk.Pair(marked);
                if (pair >> 8 != before || (pair & 0xFF) <= 0x80) continue;
                int cost = node.Cost + _startCost / 2 + (_page.IsUnglossed(marked) ? UnglossedCost : 0);
                _lattice.Add(node with { Start = p, End = end, Parent = index, Cost = cost, Emitted = '\0', Pending = (short)(pair & 0xFF), Shifted = true, FirstByteTaken = true }, rests: true);
            }
            return;
        }
        // A mark of row A3 was seen across the border of two characters: 。虎 is A1 A3BB A2.
        ReadOnlySpan<char> lost = knowledge.Candidates.ByTrail(0xA3);
        short split = SplitByte(At(p + 1));
        Rank(node, split > 0 ? lost : lost[..Math.Min(MergedCandidates, lost.Length)]);
        foreach (Candidate candidate in _ranked)
        {
            if (split > 0) Emit(index, node, candidate, new Step(p + 2, split, _startCost + (At(p + 1) < 0x80 ? 0 : WideMarkCost), Taken: true));
            // Some sites write one question mark for the lone byte and for the A3BF behind it together.
            if (split == 0 || lost[..MergedCandidates].Contains(candidate.Character))
                Emit(index, node, candidate, new Step(p + 1, '?' + 0x80, _startCost + MergeCost, Taken: true));
        }
    }

    private void ExpandShifted(int index, in ShiftNode node)
    {
        int p = node.End, lead = node.Pending;
        char c = _text[p];
        int pair = knowledge.Gbk.Pair(c);
        if (pair != 0)
        {
            if (knowledge.Gbk.Character(lead, pair >> 8) is > '\0' and char made && Price(node, made) is { } candidate) EmitPair(index, node, candidate, c, pair & 0xFF);
        }
        else if (c is >= '@' and <= '~')
        {
            if (knowledge.Gbk.Character(lead, c) is > '\0' and char made && Price(node, made) is { } candidate) EmitClosed(index, node, candidate);
        }
        else if (c == '?') ExpandQuestion(index, node, lead);
        else if (SplitByte(c) is > 0 and short split && knowledge.Gbk.Character(lead, 0xA3) is > '\0' and char made)
            Emit(index, node, made, new Step(p + 1, split, Taken: true));
    }

    /// <summary>The two bytes of <paramref name="shown"/> are the second byte of <paramref name="made"/> and the first of the next character, or an ASCII letter.</summary>
    private void EmitPair(int index, in ShiftNode node, in Candidate made, char shown, int rest)
    {
        int p = node.End;
        if (rest == 0x80) return;
        if (rest < 0x80)
        {
            int first = Emit(index, node, made, new Step(p + 1), rests: false);
            if (first >= 0) Emit(first, _lattice[first], (char)rest, new Step(p + 1));
            return;
        }
        // A gloss may have been put behind two bytes that are a character only out of step.
        bool glossed = ReadGloss(p + 1, shown, out int end);
        Emit(index, node, made, new Step(glossed ? end : p + 1, (short)rest, Taken: glossed));
    }

    /// <summary>A second byte that reads as ASCII ends the shift; a gloss may stand behind the character.</summary>
    private void EmitClosed(int index, in ShiftNode node, in Candidate made)
    {
        bool glossed = ReadGloss(node.End + 1, made.Character, out int end);
        Emit(index, node, made, new Step(glossed ? end : node.End + 1, Glossed: glossed));
    }

    /// <summary>A question mark out of step: a lone second byte, or two bytes that are no character.</summary>
    private void ExpandQuestion(int index, in ShiftNode node, int lead)
    {
        int p = node.End;
        if (knowledge.Gbk.Character(lead, 0xA3) is > '\0' and char ahead) Emit(index, node, ahead, new Step(p + 1, '?' + 0x80, Taken: true));
        EmitLost(index, node, knowledge.Candidates.ByLead(lead), 0);
    }

    /// <summary>
    /// One of <paramref name="characters"/>, the second byte of which is behind the question mark. Where its first byte is
    /// lost too, <paramref name="before"/> is the byte that was lost together with it.
    /// </summary>
    private void EmitLost(int index, in ShiftNode node, ReadOnlySpan<char> characters, int before)
    {
        int p = node.End, syllable = knowledge.Readings.ReadClosed(_text, p + 1, out int end);
        bool split = p + 1 == _text.Length || SplitByte(_text[p + 1]) > 0;
        Rank(node, characters, new Clues(before, syllable, IsSecondLost: true));
        foreach (Candidate lost in _ranked)
        {
            if (syllable > 0)
            {
                Emit(index, node, lost, new Step(end, Glossed: true));
                continue;
            }
            int trail = knowledge.Gbk.Pair(lost.Character) & 0xFF;
            if (split) Emit(index, node, lost, new Step(p + 1, Cost: At(p + 1) < 0x80 ? 0 : WideMarkCost));
            // The question mark stands for two bytes: the other is the first of the next character, or an ASCII character.
            if (ShiftCandidates.CanFailToDecode(trail)) Emit(index, node, lost, new Step(p + 1, ShiftLattice.Lost, SwallowCost, (byte)trail));
            int first = Emit(index, node, lost, new Step(p + 1, Cost: SwallowCost), rests: false);
            if (first < 0) continue;
            ShiftNode behind = _lattice[first];
            Emit(first, behind, '\n', new Step(p + 1));
            // Which digit it was can't be known: the question mark stays.
            Emit(first, behind, CharacterFolding.Digit, new Step(p + 1, Cost: CharacterModel.Scale), shown: '?');
        }
    }

    /// <summary>The first byte was lost together with the last byte of the character before.</summary>
    private void ExpandLost(int index, in ShiftNode node)
    {
        int p = node.End;
        char c = _text[p];
        if (c == '?')
        {
            // Nothing is left of the character but perhaps its reading; otherwise what often follows is tried.
            int syllable = knowledge.Readings.ReadClosed(_text, p + 1, out _);
            EmitLost(index, node, syllable >= 0 ? knowledge.Candidates.ByReading(syllable) : knowledge.Candidates.After(node.State.Last), node.LostTrail);
            return;
        }
        int pair = knowledge.Gbk.Pair(c), trail = pair != 0 ? pair >> 8 : c is >= '@' and <= '~' ? c : 0;
        Rank(node, knowledge.Candidates.ByTrail(trail), new Clues(node.LostTrail));
        foreach (Candidate made in _ranked)
        {
            if (pair != 0) EmitPair(index, node, made, c, pair & 0xFF);
            else EmitClosed(index, node, made);
        }
    }
}
