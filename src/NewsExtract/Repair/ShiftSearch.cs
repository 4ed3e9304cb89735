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
internal sealed class ShiftSearch
{
    private const int None = 0, Open = 256;          // no byte pending; a byte pending that was lost
    private const int Beam = 24;                     // hypotheses kept at an offset
    private const int Reach = 30 * CharacterModel.Scale;
    private const int LongestStretch = 240;          // UTF-16 units looked at from the question mark on
    private const int SettledUnits = 6;              // units back in step after which the best hypothesis wins

    private readonly RepairKnowledge _knowledge;
    private readonly List<ShiftNode> _nodes = [];
    private readonly int[] _heads = new int[LongestStretch + 16];
    private readonly int[] _kept = new int[Beam];
    private readonly List<int> _path = [];
    private int _origin;
    private int _furthest;
    private string _text = "";
    private bool _traditional;
    private PageGlosses? _glosses;

    public ShiftSearch(RepairKnowledge knowledge) => _knowledge = knowledge;

    private readonly List<ShiftNode> _steps = [];

    /// <summary>The steps of the hypothesis that won, in order, after <see cref="Run"/> returned true.</summary>
    public ReadOnlySpan<ShiftNode> Steps => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_steps);

    /// <summary>Searches from the question mark at <paramref name="at"/>; false where the text reads best as it is.</summary>
    /// <param name="text">The damaged text.</param>
    /// <param name="at">Offset of a question mark.</param>
    /// <param name="before">The undamaged character in front of it.</param>
    /// <param name="state">The model's state behind that character.</param>
    /// <param name="traditional">Whether the page is Traditional, so that no Simplified character can have been lost.</param>
    /// <param name="glosses">What glosses the page shows.</param>
    /// <param name="startCost">What it costs to suppose a shift, in cost units.</param>
    public bool Run(string text, int at, char before, ModelState state, bool traditional, PageGlosses glosses, int startCost)
    {
        (_text, _origin, _traditional, _glosses) = (text, at, traditional, glosses);
        _furthest = at;
        _nodes.Clear();
        _steps.Clear();
        Array.Fill(_heads, -1);
        Push(new ShiftNode { End = at, Start = at, Parent = -1, State = state, Raw = before });
        int settled = 0, best = -1;
        for (int p = at; ; p++)
        {
            int count = Prune(p);
            if (count == 0)
            {
                if (p - at >= LongestStretch || p > text.Length) return false;
                continue;
            }
            bool inStep = true;
            for (int i = 0; i < count; i++) inStep &= _nodes[_kept[i]].Pending == None;
            settled = inStep ? settled + 1 : 0;
            best = _kept[0];
            bool last = p >= text.Length;
            if (p > at && inStep && _furthest <= p && (count == 1 || settled > SettledUnits || last)) break;
            if (last || p - at >= LongestStretch)
            {
                best = -1;
                for (int i = count - 1; i >= 0; i--) if (_nodes[_kept[i]].Pending == None) best = _kept[i];
                if (best < 0) return false;
                break;
            }
            for (int i = 0; i < count; i++)
                if (_nodes[_kept[i]].Pending == None) ExpandInStep(_kept[i], startCost);
                else ExpandShifted(_kept[i]);
        }
        return Trace(best);
    }

    private bool Trace(int index)
    {
        bool changed = false;
        for (_path.Clear(); index >= 0; index = _nodes[index].Parent) _path.Add(index);
        for (int i = _path.Count - 2; i >= 0; i--)
        {
            _steps.Add(_nodes[_path[i]]);
            changed |= _nodes[_path[i]].Shifted;
        }
        return changed;
    }

    private int Push(in ShiftNode node, bool whole = true)
    {
        int index = _nodes.Count, slot = node.End - _origin;
        if (slot >= _heads.Length) return -1;
        ShiftNode linked = node;
        if (whole)
        {
            linked.Next = _heads[slot];
            _heads[slot] = index;
            _furthest = Math.Max(_furthest, node.End);
        }
        _nodes.Add(linked);
        return index;
    }

    /// <summary>Keeps the best hypotheses that end at an offset, one for each that the rest can't tell apart; returns their number, best first.</summary>
    private int Prune(int position)
    {
        int slot = position - _origin;
        if (slot >= _heads.Length) return 0;
        int count = 0;
        var nodes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_nodes);
        for (int i = _heads[slot]; i >= 0; i = nodes[i].Next)
        {
            ref ShiftNode node = ref nodes[i];
            int place = count;
            bool dominated = false;
            for (int k = 0; k < count; k++)
            {
                ref ShiftNode other = ref nodes[_kept[k]];
                if (!node.SameFuture(other)) continue;
                if (other.Cost <= node.Cost) dominated = true;
                else
                {
                    for (int m = k; m + 1 < count; m++) _kept[m] = _kept[m + 1];
                    count--;
                    place = count;
                }
                break;
            }
            if (dominated) continue;
            while (place > 0 && nodes[_kept[place - 1]].Cost > node.Cost) place--;
            if (place >= Beam) continue;
            if (count < Beam) count++;
            for (int m = count - 1; m > place; m--) _kept[m] = _kept[m - 1];
            _kept[place] = i;
        }
        while (count > 1 && nodes[_kept[count - 1]].Cost > nodes[_kept[0]].Cost + Reach) count--;
        return count;
    }

    /// <summary>
    /// Adds a step that gives <paramref name="c"/>; returns its index, or -1 where it can't be. A step that is not
    /// <paramref name="whole"/> is no place to rest: it is the first of two characters that one unit of the text gives.
    /// </summary>
    private int Emit(int parent, int end, char c, int pending, int extraCost, bool shifted, byte lostTrail = 0, bool glossed = false, bool whole = true, char? shown = null)
    {
        if (_traditional && shifted && _knowledge.Script.IsSimplifiedOnly(c)) return -1;
        ref readonly ShiftNode from = ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_nodes)[parent];
        ModelState state = from.State;
        int id = _knowledge.Model.Id(c);
        int cost = from.Cost + extraCost;
        if (id != CharacterModel.Border || state.Last != CharacterModel.Border) cost += _knowledge.Model.Advance(ref state, id);
        if (!glossed && shifted && _glosses!.IsGlossed(c)) cost += UnglossedCost;
        return Push(new ShiftNode
        {
            Start = from.End,
            End = end,
            Parent = parent,
            Cost = cost,
            State = state,
            Raw = c,
            Emitted = shown ?? c,
            Pending = (short)pending,
            LostTrail = lostTrail,
            Shifted = shifted,
        }, whole);
    }

    private const int UnglossedCost = 5 * CharacterModel.Scale;

    private void Skip(int parent, int end, int pending, int extraCost)
    {
        ShiftNode from = _nodes[parent];
        Push(new ShiftNode
        {
            Start = from.End,
            End = end,
            Parent = parent,
            Cost = from.Cost + extraCost,
            State = from.State,
            Raw = from.Raw,
            Pending = (short)pending,
            Shifted = true,
        });
    }

    private void ExpandInStep(int index, int startCost)
    {
        ShiftNode node = _nodes[index];
        int p = node.End;
        char c = _text[p];
        GbkTable gbk = _knowledge.Gbk;
        if (c != '?')
        {
            int end = p + 1;
            bool glossed = false;
            if (end < _text.Length && _text[end] == '(')
            {
                int syllable = _knowledge.Readings.ReadClosed(_text, end + 1, out int behind);
                if (syllable >= 0 && _knowledge.Readings.Matches(c, syllable))
                {
                    end = behind;
                    glossed = true;
                }
            }
            Emit(index, end, c, None, 0, false, 0, glossed);
            return;
        }
        Emit(index, p + 1, c, None, 0, false);
        if (p + 1 < _text.Length)
        {
            char next = _text[p + 1];
            // A gloss was put between the two bytes of a character; the question mark took its opening bracket along.
            int syllable = _knowledge.Readings.ReadClosed(_text, p + 1, out int behind);
            int before = gbk.Pair(node.Raw);
            if (syllable >= 0 && before != 0)
                foreach (char marked in _knowledge.Candidates.ByLead(before & 0xFF))
                    if (_knowledge.Readings.Matches(marked, syllable) && (gbk.Pair(marked) & 0xFF) >= 0x80)
                        Skip(index, behind, gbk.Pair(marked) & 0xFF, startCost / 2);
            int split = SplitByte(next);
            if (split > 0)
                foreach (char lost in _knowledge.Candidates.ByTrail(0xA3))
                    Emit(index, p + 2, lost, split, startCost, true);
        }
        // Some sites write one question mark for the lone byte and for the A3BF behind it together.
        foreach (char lost in _knowledge.Candidates.ByTrail(0xA3))
            Emit(index, p + 1, lost, 0xBF, startCost + 2 * CharacterModel.Scale, true);
    }

    /// <summary>The second byte of a character that stands for a full-width one of row A3, or 0.</summary>
    private int SplitByte(char c)
    {
        if (c is ';' or '?' or '!' or ',' or ':' or '(' or ')') return c + 0x80;
        int pair = _knowledge.Gbk.Pair(c);
        return pair >> 8 == 0xA3 ? pair & 0xFF : 0;
    }

    private void ExpandShifted(int index)
    {
        ShiftNode node = _nodes[index];
        int p = node.End, lead = node.Pending;
        char c = _text[p];
        if (lead == Open)
        {
            ExpandOpen(index, c);
            return;
        }
        GbkTable gbk = _knowledge.Gbk;
        int pair = gbk.Pair(c);
        if (pair != 0)
        {
            char made = gbk.Character(lead, pair >> 8);
            if (made != 0) EmitPair(index, made, c, pair & 0xFF);
            return;
        }
        if (c is >= '@' and <= '~')
        {
            char made = gbk.Character(lead, c);
            if (made != 0) EmitClosed(index, p + 1, made);
            return;
        }
        if (c == '?')
        {
            ExpandLost(index, lead);
            return;
        }
        int split = SplitByte(c);
        if (split > 0 && gbk.Character(lead, 0xA3) is > '\0' and char ahead) Emit(index, p + 1, ahead, split, 0, true);
    }

    /// <summary>The pair as it stands gives the second byte of <paramref name="made"/> and the first of the next character, or an ASCII letter.</summary>
    private void EmitPair(int index, char made, char shown, int rest)
    {
        int p = _nodes[index].End;
        if (rest == 0x80) return;
        if (rest < 0x80)
        {
            int first = Emit(index, p + 1, made, None, 0, true, whole: false);
            if (first >= 0) Emit(first, p + 1, (char)rest, None, 0, true);
            return;
        }
        // A gloss may have been put behind two bytes that are a character only out of step.
        int end = p + 1;
        if (end < _text.Length && _text[end] == '(')
        {
            int syllable = _knowledge.Readings.ReadClosed(_text, end + 1, out int behind);
            if (syllable >= 0 && _knowledge.Readings.Matches(shown, syllable)) end = behind;
        }
        Emit(index, end, made, rest, 0, true);
    }

    /// <summary>A second byte that reads as ASCII ends the shift; a gloss may stand behind the character.</summary>
    private void EmitClosed(int index, int end, char made)
    {
        bool glossed = false;
        if (end < _text.Length && _text[end] == '(')
        {
            int syllable = _knowledge.Readings.ReadClosed(_text, end + 1, out int behind);
            if (syllable >= 0 && _knowledge.Readings.Matches(made, syllable))
            {
                end = behind;
                glossed = true;
            }
        }
        Emit(index, end, made, None, 0, true, 0, glossed);
    }

    /// <summary>A question mark out of step: a lone second byte, or two bytes that are no character.</summary>
    private void ExpandLost(int index, int lead)
    {
        int p = _nodes[index].End;
        GbkTable gbk = _knowledge.Gbk;
        ShiftCandidates candidates = _knowledge.Candidates;
        char next = p + 1 < _text.Length ? _text[p + 1] : '\0';
        int syllable = _knowledge.Readings.ReadClosed(_text, p + 1, out int behind);
        bool split = p + 1 >= _text.Length || SplitByte(next) > 0;
        if (gbk.Character(lead, 0xA3) is > '\0' and char ahead) Emit(index, p + 1, ahead, 0xBF, 0, true);
        foreach (char lost in candidates.ByLead(lead))
        {
            int trail = gbk.Pair(lost) & 0xFF;
            if (trail < 0x80) continue;
            if (syllable >= 0 && _knowledge.Readings.Matches(lost, syllable)) Emit(index, behind, lost, None, 0, true, 0, true);
            if (split) Emit(index, p + 1, lost, None, 0, true);
            // The pair swallowed the first byte of the next character, or an ASCII character such as the line break.
            if (MayBeUnassigned(trail)) Emit(index, p + 1, lost, Open, OpenCost, true, (byte)trail);
            int first = Emit(index, p + 1, lost, None, OpenCost, true, whole: false);
            if (first < 0) continue;
            Emit(first, p + 1, '\n', None, 0, true);
            // Which digit it was can't be known: the question mark stays.
            Emit(first, p + 1, CharacterFolding.Digit, None, CharacterModel.Scale, true, shown: '?');
        }
    }

    private const int OpenCost = 2 * CharacterModel.Scale;

    private static bool MayBeUnassigned(int trail) =>
        trail is 0x80 or (>= 0xA1 and <= 0xAF) or >= 0xF8;

    private void ExpandOpen(int index, char c)
    {
        ShiftNode node = _nodes[index];
        int p = node.End;
        int pair = _knowledge.Gbk.Pair(c);
        int trail = pair != 0 ? pair >> 8 : c is >= '@' and <= '~' ? c : 0;
        if (trail == 0) return;
        foreach (char made in _knowledge.Candidates.ByTrail(trail))
        {
            if (_knowledge.Candidates.Decodes(node.LostTrail, _knowledge.Gbk.Pair(made) >> 8)) continue;
            if (pair != 0) EmitPair(index, made, c, pair & 0xFF);
            else EmitClosed(index, p + 1, made);
        }
    }
}

/// <summary>One hypothesis after one more character, or after a piece of damage that gives none.</summary>
internal struct ShiftNode
{
    /// <summary>Offset in the damaged text where the step starts.</summary>
    public int Start;
    /// <summary>Offset behind the step.</summary>
    public int End;
    /// <summary>The step before, or -1.</summary>
    public int Parent;
    /// <summary>Cost up to here.</summary>
    public int Cost;
    /// <summary>The model's state.</summary>
    public ModelState State;
    /// <summary>The last undamaged character.</summary>
    public char Raw;
    /// <summary>What the step gives, or NUL.</summary>
    public char Emitted;
    /// <summary>First byte of the next character, already read; 0 in step; 256 where it is lost.</summary>
    public short Pending;
    /// <summary>Where the pending byte is lost: the byte lost with it.</summary>
    public byte LostTrail;
    /// <summary>Whether the step changes the text.</summary>
    public bool Shifted;
    /// <summary>Next hypothesis with the same end.</summary>
    public int Next;

    /// <summary>Whether everything that can follow costs both the same.</summary>
    public readonly bool SameFuture(in ShiftNode other) =>
        Pending == other.Pending && State == other.State && LostTrail == other.LostTrail && (Pending != 0 || Raw == other.Raw);
}
