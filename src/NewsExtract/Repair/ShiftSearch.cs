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
    private const int MaybeGlossedCost = CharacterModel.Scale / 2; // one that the page has nowhere: about a third of all are glossed
    private const int MergeCost = 2 * CharacterModel.Scale;      // two question marks written as one
    private const int WideMarkCost = 3 * CharacterModel.Scale;   // a mark of row A3 that stayed full-width, as few sites leave it
    private const int QuickBeam = 8;                              // hypotheses in the first search
    private const int SureMargin = CharacterModel.Scale, SureCost = 8 * CharacterModel.Scale;
    private const int MergedCandidates = 12;                      // characters that may have merged with a mark
    private const int UnprovenGain = 10 * CharacterModel.Scale;   // what question marks alone must gain
    private const int BreakInNumberCost = 3 * CharacterModel.Scale; // a line that would start with the rest of a number

    /// <summary>What a step gives for a digit that can't be seen.</summary>
    public const char LostDigit = '?';

    private readonly ShiftLattice _lattice = new(knowledge);
    private readonly List<ShiftNode> _steps = [];
    private readonly List<int> _path = [];
    private readonly LostCharacters _lost = new(knowledge);
    private CharacterModel _model = null!;
    private GbkTable _gbk = null!;
    private ShiftCandidates _candidates = null!;
    private string _text = "";
    private int _startCost;
    private PageEvidence _page = null!;
    private ShiftEvidence _needed;
    private int _margin;
    private int _digitAt; // where _digit stands in front of, 0 where it was not asked for yet
    private char _digit;
    private int _syllableAt, _syllable, _syllableEnd;

    /// <summary>The steps of the hypothesis that won, in order, after <see cref="Run"/> returned true.</summary>
    public ReadOnlySpan<ShiftNode> Steps => CollectionsMarshal.AsSpan(_steps);

    /// <summary>Whether the last search, being quick, left it in doubt what was best: a wide one may find better.</summary>
    public bool IsInDoubt { get; private set; }

    /// <summary>Starts on a page.</summary>
    /// <param name="text">The damaged text.</param>
    /// <param name="traditional">Whether the page is Traditional, so that no Simplified character can have been lost.</param>
    /// <param name="page">What the rest of the page tells.</param>
    public void Start(string text, bool traditional, PageEvidence page)
    {
        (_text, _page, _digitAt, _syllableAt) = (text, page, 0, -1);
        (_model, _gbk, _candidates) = (knowledge.Model, knowledge.Gbk, knowledge.Candidates);
        _lost.Start(traditional, page);
    }

    /// <summary>Searches from the question mark at <paramref name="at"/>; false where the text reads best as it is.</summary>
    /// <param name="at">Offset of a question mark.</param>
    /// <param name="context">What stands in front of it.</param>
    /// <param name="startCost">What it costs to suppose a shift, in cost units.</param>
    /// <param name="needed">What must speak for the shift.</param>
    /// <param name="wide">Whether to follow many hypotheses.</param>
    public bool Run(int at, in ShiftContext context, int startCost, ShiftEvidence needed, bool wide)
    {
        (_startCost, _needed) = (startCost, needed);
        _lost.IsQuick = !wide;
        _lattice.Beam = wide ? ShiftLattice.WidestBeam : QuickBeam;
        int best = Search(at, context);
        IsInDoubt = !wide && (best < 0 || !IsSure(best));
        return best >= 0 && Trace(best);
    }

    /// <summary>
    /// Whether no wider search can be expected to find better: what was given up for the way was dearer by far, and every character on it that was
    /// guessed is likely after the ones before it, and so are the next ones. That those which can be seen are rare tells nothing further on.
    /// </summary>
    private bool IsSure(int index)
    {
        if (_margin < SureMargin) return false;
        int next = 0, last = 0; // costs of the two steps behind
        for (int parent = _lattice[index].Parent; parent >= 0; (index, parent) = (parent, _lattice[parent].Parent))
        {
            ref readonly ShiftNode node = ref _lattice[index];
            if (node.Margin < SureMargin) return false;
            int cost = node.Cost - _lattice[parent].Cost;
            if (node.Shifted && !_lattice[parent].Shifted) cost -= _startCost;
            if (node.Guessed && Math.Max(cost, Math.Max(next, last)) > SureCost) return false;
            (next, last) = (cost, next);
        }
        return true;
    }

    /// <summary>The best hypothesis that is in step where all are, or -1.</summary>
    private int Search(int at, in ShiftContext context)
    {
        string text = _text;
        _lattice.Start(at, context);
        int settled = 0;
        for (int p = at; p - at <= ShiftLattice.Length && p <= text.Length; p++)
        {
            int count = _lattice.Prune(p, p < text.Length && text[p] == '?');
            if (count == 0)
            {
                if (_lattice.Furthest < p) return -1;
                continue;
            }
            bool inStep = true;
            foreach (int index in _lattice.Kept[..count]) inStep &= _lattice[index].Pending == ShiftLattice.InStep;
            settled = inStep ? settled + 1 : 0;
            bool end = p == text.Length || p - at == ShiftLattice.Length;
            if (end || (p > at && inStep && _lattice.Furthest <= p && (count == 1 || settled > SettledUnits)))
                return BestInStep(count, p == text.Length);
            for (int i = 0; i < count; i++)
            {
                int index = _lattice.Kept[i];
                ShiftNode node = _lattice[index];
                if (node.Pending == ShiftLattice.InStep) ExpandInStep(index, node);
                else if (node.Pending == ShiftLattice.Lost) ExpandLost(index, node);
                else ExpandShifted(index, node);
            }
        }
        return -1;
    }

    private int BestInStep(int count, bool ends)
    {
        int best = -1, least = LostCharacters.Impossible;
        _margin = LostCharacters.Impossible;
        foreach (int index in _lattice.Kept[..count])
        {
            ref readonly ShiftNode node = ref _lattice[index];
            // A text ends with a line, which may be what was lost.
            int cost = node.Cost + (ends ? _lattice.Cost(node.State, '\n', out _) : 0);
            if (node.Pending != ShiftLattice.InStep) continue;
            if (best >= 0) _margin = Math.Min(_margin, Math.Abs(cost - least));
            if (cost > least || (cost == least && node.Raw != '\n')) continue;
            (best, least) = (index, cost);
        }
        return best;
    }

    private bool Trace(int index)
    {
        bool changed = false;
        var evidence = ShiftEvidence.None;
        _steps.Clear();
        for (_path.Clear(); index >= 0; index = _lattice[index].Parent) _path.Add(index);
        for (int i = _path.Count - 2; i >= 0; i--)
        {
            _steps.Add(_lattice[_path[i]]);
            changed |= _steps[^1].Shifted;
            if (_steps[^1].Evidence > evidence) evidence = _steps[^1].Evidence;
        }
        return changed && (evidence >= _needed || (_needed == ShiftEvidence.Mark && IsLikelierByFar()));
    }

    /// <summary>Whether the steps read so much better than the text as it stands that question marks alone are proof: <c>出???,</c> was <c>出海口，</c>.</summary>
    private bool IsLikelierByFar() => _lattice.CostAsItStands(_path[^1], _text.AsSpan(_steps[0].Start, _steps[^1].End - _steps[0].Start)) - _steps[^1].Cost > UnprovenGain;

    /// <summary>A step back to a character: what it gives and how the decoder stands behind it.</summary>
    private readonly record struct Step(int End, short Pending = ShiftLattice.InStep, int Cost = 0, byte LostTrail = 0, bool Glossed = false, bool Taken = false, bool Guessed = false, ShiftEvidence Evidence = ShiftEvidence.None);

    /// <summary>Adds a character that stands in the text as it is.</summary>
    private void Copy(int parent, in ShiftNode from, int end, char c)
    {
        int cost = from.Cost + _lattice.Cost(from.State, c, out ModelState state);
        _lattice.Add(new ShiftNode { Start = from.End, End = end, Parent = parent, Cost = cost, State = state, Before = (ushort)from.State.Last, Raw = c, Emitted = c, Marks = from.Marks.Behind(c) }, rests: true);
    }

    /// <summary>Adds a character made of bytes that fell out of step; returns the index, or -1.</summary>
    private int Emit(int parent, in ShiftNode from, char c, in Step step, bool rests = true, char shown = '\0')
    {
        return _lost.Price(from, c) is { } candidate ? Emit(parent, from, candidate, step, rests, shown) : -1;
    }

    private int Emit(int parent, in ShiftNode from, in LostCharacter candidate, in Step step, bool rests = true, char shown = '\0')
    {
        int cost = Cost(from, candidate, step);
        return _lattice.Admits(step.End, cost, step.Pending, _model.Id(candidate.Character)) ? _lattice.Add(Made(parent, from, candidate, step, cost, shown), rests) : -1;
    }

    private int Cost(in ShiftNode from, in LostCharacter candidate, in Step step)
    {
        char c = candidate.Character;
        return from.Cost + candidate.Cost + step.Cost + from.Marks.Cost(c) + (step.Glossed || from.FirstByteTaken ? 0 : WithoutGloss(c));
    }

    private ShiftNode Made(int parent, in ShiftNode from, in LostCharacter candidate, in Step step, int cost, char shown = '\0')
    {
        char c = candidate.Character;
        return new ShiftNode
        {
            Start = from.End,
            End = step.End,
            Parent = parent,
            Cost = cost,
            State = _model.Behind(candidate.Node, _model.Id(c)),
            Before = (ushort)from.State.Last,
            Evidence = step.Evidence,
            Raw = c,
            Emitted = shown == 0 ? c : shown,
            Marks = from.Marks.Behind(c),
            Pending = step.Pending,
            LostTrail = step.LostTrail,
            FirstByteTaken = step.Taken,
            Guessed = step.Guessed,
            Shifted = true,
        };
    }

    /// <summary>What it costs that a character has no gloss: much where the page glosses it elsewhere, a little where the page can't tell.</summary>
    private int WithoutGloss(char c) =>
        !knowledge.Classes.Is(c, CharacterTraits.TraditionalOnly) || _page.IsUnglossed(c) ? 0
            : _page.IsGlossed(c) ? UnglossedCost
            : _page.Glossed > 0 ? MaybeGlossedCost : 0;

    private char At(int i) => i < _text.Length ? _text[i] : '\0';

    /// <summary>Reads a syllable and a closing bracket; many hypotheses ask for the same in a row.</summary>
    private int SyllableAt(int at, out int end)
    {
        if (at != _syllableAt) (_syllableAt, _syllable) = (at, knowledge.Readings.ReadClosed(_text, at, out _syllableEnd));
        end = _syllableEnd;
        return _syllable;
    }

    /// <summary>Reads a gloss whose bracket opens at an offset; true where it can belong to <paramref name="c"/>.</summary>
    private bool ReadGloss(int at, char c, out int end)
    {
        end = at;
        return At(at) == '(' && knowledge.Readings.ReadGlosses(_text, at, c, out end);
    }

    private void ExpandInStep(int index, in ShiftNode node)
    {
        int p = node.End;
        char c = _text[p];
        Copy(index, node, c != '?' && ReadGloss(p + 1, c, out int behind) ? behind : p + 1, c);
        if (c != '?') return;
        // A gloss was put between the two bytes of a character; the question mark took its opening bracket along.
        int syllable = SyllableAt(p + 1, out int end), before = _gbk.Pair(node.Raw) & 0xFF;
        if (syllable >= 0 && before != 0)
        {
            foreach (char marked in _candidates.ByReading(syllable))
            {
                int pair = _gbk.Pair(marked);
                if (pair >> 8 != before || (pair & 0xFF) <= 0x80) continue;
                int cost = node.Cost + _startCost / 2 + (_page.IsUnglossed(marked) ? UnglossedCost : 0);
                _lattice.Add(node with { Start = p, End = end, Parent = index, Cost = cost, Emitted = '\0', Pending = (short)(pair & 0xFF), Shifted = true, Evidence = ShiftEvidence.Mark, FirstByteTaken = true }, rests: true);
            }
            return;
        }
        // A mark of row A3 was seen across the border of two characters: 。虎 is A1 A3BB A2.
        ReadOnlySpan<char> lost = _candidates.ByTrail(0xA3);
        short split = _gbk.SplitByte(At(p + 1));
        _lost.Rank(node, split > 0 ? lost : lost[..Math.Min(MergedCandidates, lost.Length)], bytes: split > 0 ? 0xA3 : -1);
        foreach (LostCharacter candidate in _lost.Ranked)
        {
            if (split > 0) Emit(index, node, candidate, new Step(p + 2, split, _startCost + (At(p + 1) < 0x80 ? 0 : WideMarkCost), Taken: true, Guessed: true, Evidence: At(p + 1) == '?' ? ShiftEvidence.None : ShiftEvidence.Mark));
            // Some sites write one question mark for the lone byte and for the A3BF behind it together.
            if (split == 0 || lost[..MergedCandidates].Contains(candidate.Character))
                Emit(index, node, candidate, new Step(p + 1, '?' + 0x80, _startCost + MergeCost, Taken: true, Guessed: true));
        }
    }

    private void ExpandShifted(int index, in ShiftNode node)
    {
        int p = node.End, lead = node.Pending;
        char c = _text[p];
        int pair = _gbk.Pair(c);
        if (pair != 0)
        {
            if (_gbk.Character(lead, pair >> 8) is > '\0' and char made && _lost.Price(node, made) is { } candidate) EmitPair(index, node, candidate, c, pair & 0xFF);
        }
        else if (c is >= '@' and <= '~')
        {
            if (_gbk.Character(lead, c) is > '\0' and char made && _lost.Price(node, made) is { } candidate) EmitClosed(index, node, candidate);
        }
        else if (c == '?') ExpandQuestion(index, node, lead);
        else if (_gbk.SplitByte(c) is > 0 and short split && _gbk.Character(lead, 0xA3) is > '\0' and char made)
            Emit(index, node, made, new Step(p + 1, split, Taken: true, Evidence: ShiftEvidence.Mark));
    }

    /// <summary>The two bytes of <paramref name="shown"/> are the second byte of <paramref name="made"/> and the first of the next character, or an ASCII letter.</summary>
    private void EmitPair(int index, in ShiftNode node, in LostCharacter made, char shown, int rest, bool guessed = false)
    {
        int p = node.End;
        if (rest == 0x80) return;
        if (rest < 0x80)
        {
            int first = Emit(index, node, made, new Step(p + 1, Guessed: guessed, Evidence: ShiftEvidence.Bytes), rests: false);
            if (first >= 0) Emit(first, _lattice[first], (char)rest, new Step(p + 1));
            return;
        }
        // A gloss may have been put behind two bytes that are a character only out of step.
        bool glossed = ReadGloss(p + 1, shown, out int end);
        Emit(index, node, made, new Step(glossed ? end : p + 1, (short)rest, Taken: glossed, Guessed: guessed, Evidence: ShiftEvidence.Bytes));
    }

    /// <summary>A second byte that reads as ASCII ends the shift; a gloss may stand behind the character.</summary>
    private void EmitClosed(int index, in ShiftNode node, in LostCharacter made, bool guessed = false)
    {
        bool glossed = ReadGloss(node.End + 1, made.Character, out int end);
        Emit(index, node, made, new Step(glossed ? end : node.End + 1, Glossed: glossed, Guessed: guessed, Evidence: ShiftEvidence.Bytes));
    }

    /// <summary>A question mark out of step: a lone second byte, or two bytes that are no character.</summary>
    private void ExpandQuestion(int index, in ShiftNode node, int lead)
    {
        int p = node.End;
        if (_gbk.Character(lead, 0xA3) is > '\0' and char ahead) Emit(index, node, ahead, new Step(p + 1, '?' + 0x80, Taken: true));
        EmitLost(index, node, _candidates.ByLead(lead), 0);
    }

    /// <summary>The digit that the page proves to have stood in front of an offset, or <see cref="LostDigit"/>.</summary>
    private char DigitBefore(int at)
    {
        if (at == _digitAt) return _digit;
        (_digitAt, _digit) = (at, LostDigit);
        if (char.IsAsciiDigit(At(at)) || At(at) == '月') _digit = Repair.LostDigit.Prove(_text, at);
        return _digit;
    }

    /// <summary>
    /// One of <paramref name="characters"/>, the second byte of which is behind the question mark. Where its first byte is
    /// lost too, <paramref name="before"/> is the byte that was lost together with it.
    /// </summary>
    private void EmitLost(int index, in ShiftNode node, ReadOnlySpan<char> characters, int before)
    {
        int p = node.End, syllable = SyllableAt(p + 1, out int end);
        _lost.Rank(node, characters, new LostClues(before, syllable, IsSecondLost: true), before > 0 ? -1 : 0x100 | node.Pending);
        if (syllable > 0)
        {
            foreach (LostCharacter lost in _lost.Ranked) Emit(index, node, lost, new Step(end, Glossed: true, Guessed: true, Evidence: ShiftEvidence.Mark));
            return;
        }
        bool split = p + 1 == _text.Length || _gbk.SplitByte(_text[p + 1]) > 0, spaces = _page.PrefersSpaces && At(p + 1) != '\n';
        int splitCost = At(p + 1) < 0x80 ? 0 : WideMarkCost, breakCost = _page.BreakCost(At(p + 1));
        char digit = DigitBefore(p + 1);
        int inNumber = digit != LostDigit || At(p + 1) == '0' ? BreakInNumberCost : 0, digitCost = digit != LostDigit ? 0 : CharacterModel.Scale;
        bool isYear = Repair.LostDigit.IsYear(_text, p + 1);
        var step = new Step(p + 1, Guessed: true);
        foreach (LostCharacter lost in _lost.Ranked)
        {
            int cost = Cost(node, lost, step);
            if (!_lattice.Admits(p + 1, cost, ShiftLattice.InStep, _model.Id(lost.Character))) continue;
            ShiftNode made = Made(index, node, lost, step, cost);
            if (split) _lattice.Add(made with { Cost = cost + splitCost }, rests: true);
            int trail = _gbk.Pair(lost.Character) & 0xFF;
            // The question mark stands for two bytes: the other is the first of the next character, or an ASCII character.
            if (ShiftCandidates.CanFailToDecode(trail)) _lattice.Add(made with { Pending = ShiftLattice.Lost, LostTrail = (byte)trail }, rests: true);
            int first = _lattice.Add(made, rests: false);
            if (first < 0) continue;
            bool spaced = spaces && knowledge.Classes.Is(lost.Character, CharacterTraits.Han);
            Emit(first, made, '\n', step with { Cost = (spaced ? 0 : breakCost) + inNumber }, shown: spaced ? ' ' : '\0');
            // Where it is not to be seen which digit it was, the question mark stays.
            if (!isYear) Emit(first, made, CharacterFolding.Digit, step with { Cost = digitCost }, shown: LostDigit);
        }
    }

    /// <summary>The first byte was lost together with the last byte of the character before.</summary>
    private void ExpandLost(int index, in ShiftNode node)
    {
        int p = node.End;
        char c = _text[p];
        if (c < 0x80 && _gbk.SplitByte(c) is > 0 and short split)
        {
            // The second byte went into a mark of row A3: 十。何 is CAAE A1A3 BACE, and AEA1 is no character; 十?: is left, and BA is pending.
            _lost.Rank(node, _candidates.ByTrail(0xA3), new LostClues(node.LostTrail), 0xA3);
            foreach (LostCharacter made in _lost.Ranked) Emit(index, node, made, new Step(p + 1, split, Taken: true, Guessed: true, Evidence: c == '?' ? ShiftEvidence.None : ShiftEvidence.Mark));
            if (c != '?') return;
        }
        if (c == '?')
        {
            // Nothing is left of the character but perhaps its reading.
            EmitLost(index, node, [], node.LostTrail);
            return;
        }
        int pair = _gbk.Pair(c), trail = pair != 0 ? pair >> 8 : c is >= '@' and <= '~' ? c : 0;
        _lost.Rank(node, _candidates.ByTrail(trail), new LostClues(node.LostTrail), trail);
        foreach (LostCharacter made in _lost.Ranked)
        {
            if (pair != 0) EmitPair(index, node, made, c, pair & 0xFF, guessed: true);
            else EmitClosed(index, node, made, guessed: true);
        }
    }
}
