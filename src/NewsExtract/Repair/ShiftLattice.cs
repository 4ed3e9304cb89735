namespace NewsExtract.Repair;

/// <summary>
/// The hypotheses of <see cref="ShiftSearch"/>: steps that share their beginnings, looked up by the offset in the damaged
/// text where they end. Buffers are kept from search to search.
/// </summary>
internal sealed class ShiftLattice(RepairKnowledge knowledge)
{
    /// <summary>No byte pending: the decoder is in step.</summary>
    public const short InStep = 0;
    /// <summary>A byte is pending, but it was lost.</summary>
    public const short Lost = 256;
    /// <summary>The most hypotheses that can be kept at an offset.</summary>
    public const int WidestBeam = 32;
    /// <summary>UTF-16 units from the start that a search can reach.</summary>
    public const int Length = 240;

    private const int Reach = 10 * CharacterModel.Scale; // and by how much they may be dearer than the best

    private ShiftNode[] _nodes = new ShiftNode[1024];
    private int _count;
    private readonly int[] _heads = new int[Length + 24];
    private readonly int[] _kept = new int[WidestBeam];
    private readonly ulong[] _futures = new ulong[WidestBeam];
    private readonly int[] _costs = new int[WidestBeam]; // of those that are kept, with what is ahead
    private readonly int[] _best = new int[Length + 24]; // least of these so far at an offset
    private CharacterModel _model = null!;
    private int _origin;

    /// <summary>How many hypotheses are kept at an offset.</summary>
    public int Beam { get; set; } = WidestBeam;

    /// <summary>The furthest offset that a hypothesis reaches.</summary>
    public int Furthest { get; private set; }

    /// <summary>The hypotheses that the last <see cref="Prune"/> kept, best first.</summary>
    public ReadOnlySpan<int> Kept => _kept;

    /// <summary>A step. The reference is good until the next one is added.</summary>
    public ref readonly ShiftNode this[int index] => ref _nodes[index];

    /// <summary>Starts at an offset, with what stands before it.</summary>
    public void Start(int origin, in ShiftContext context)
    {
        _count = 0;
        _model = knowledge.Model;
        Array.Fill(_best, int.MaxValue - Reach, 0, Math.Clamp(Furthest - _origin + 1, 0, _heads.Length));
        if (_origin == 0 && Furthest == 0) Array.Fill(_best, int.MaxValue - Reach);
        // Only what the last search can have filled.
        Array.Fill(_heads, -1, 0, Math.Clamp(Furthest - _origin + 1, 0, _heads.Length));
        if (_origin == 0 && Furthest == 0) Array.Fill(_heads, -1);
        Furthest = _origin = origin;
        Add(new ShiftNode { Start = origin, End = origin, Parent = -1, State = context.State, Before = (ushort)CharacterModel.Border, Raw = context.Before, Marks = context.Marks }, rests: true);
    }

    /// <summary>Whether a step that ends at an offset and costs so much can still win. The first of two characters is followed by one that costs more still.</summary>
    /// <param name="end">The offset.</param>
    /// <param name="cost">What the step costs, and all before it.</param>
    /// <param name="pending">The byte pending behind it.</param>
    /// <param name="last">Number of its character.</param>
    public bool Admits(int end, int cost, int pending, int last) => end - _origin < _best.Length && cost + Ahead(pending, last) <= _best[end - _origin] + Reach;

    /// <summary>
    /// What a hypothesis has read but not paid for: of the character whose first byte is pending it is known what such a byte costs at least.
    /// Without it those out of step would look cheaper than those in step, which have paid for all they read.
    /// </summary>
    private int Ahead(int pending, int last) => pending is InStep or Lost ? 0 : knowledge.Candidates.LeadCost(last, pending);

    private int Whole(in ShiftNode node) => node.Cost + Ahead(node.Pending, node.State.Last);

    /// <summary>
    /// Adds a step; returns its index, or -1 where it would end out of reach. A step that does not rest is the first of two
    /// characters that one unit of the text gives, and no hypothesis of its own.
    /// </summary>
    public int Add(in ShiftNode node, bool rests)
    {
        int index = _count, slot = node.End - _origin;
        if (slot >= _heads.Length) return -1;
        if (!Admits(node.End, node.Cost, node.Pending, node.State.Last)) return -1;
        if (rests) _best[slot] = Math.Min(_best[slot], Whole(node));
        if (_count == _nodes.Length) Array.Resize(ref _nodes, 2 * _count);
        _count++;
        ref ShiftNode added = ref _nodes[index];
        added = node;
        added.Margin = int.MaxValue;
        if (!rests) return index;
        added.Next = _heads[slot];
        _heads[slot] = index;
        Furthest = Math.Max(Furthest, node.End);
        return index;
    }

    /// <summary>The model's cost of a character behind a step, and its state then.</summary>
    public int Cost(ModelState state, char c, out ModelState behind)
    {
        behind = state;
        int id = _model.Id(c);
        return id == CharacterModel.Border && state.Last == CharacterModel.Border ? 0 : _model.Advance(ref behind, id);
    }

    /// <summary>The cost of a text behind a step where nothing in it is damaged.</summary>
    public int CostAsItStands(int index, ReadOnlySpan<char> text)
    {
        ModelState state = _nodes[index].State;
        int cost = 0;
        foreach (char c in text) cost += Cost(state, c, out state);
        return cost;
    }

    /// <summary>Keeps the best hypotheses that end at an offset, one for each that the rest can't tell apart; returns their number.</summary>
    public int Prune(int position, bool formsCount)
    {
        int slot = position - _origin;
        if (slot >= _heads.Length) return 0;
        Span<ShiftNode> nodes = _nodes.AsSpan(0, _count);
        int best = int.MaxValue;
        for (int i = _heads[slot]; i >= 0; i = nodes[i].Next) best = Math.Min(best, Whole(nodes[i]));
        int count = 0;
        for (int i = _heads[slot]; i >= 0; i = nodes[i].Next)
        {
            ref ShiftNode node = ref nodes[i];
            int whole = Whole(node);
            if (whole > best + Reach || (count == Beam && whole >= _costs[count - 1])) continue;
            ulong future = node.Future(formsCount);
            int twin = _futures.AsSpan(0, count).IndexOf(future);
            if (twin >= 0)
            {
                ref ShiftNode other = ref nodes[_kept[twin]];
                // Two forms of one character are no matter of doubt.
                int margin = other.Parent == node.Parent ? Math.Min(other.Margin, node.Margin) : Math.Min(Math.Abs(other.Cost - node.Cost), Math.Min(other.Margin, node.Margin));
                other.Margin = node.Margin = margin;
                if (other.Cost <= node.Cost) continue;
                count--;
                Move(twin + 1, twin, count - twin);
            }
            int place = count;
            while (place > 0 && _costs[place - 1] > whole) place--;
            if (count < Beam) count++;
            Move(place, place + 1, count - 1 - place);
            (_kept[place], _futures[place], _costs[place]) = (i, future, whole);
        }
        if (count == Beam) KeepInStep(slot, best, count);
        return count;
    }

    /// <summary>
    /// Gives the last place to the best hypothesis in step where all the others are not: those with a byte that was lost have not yet paid
    /// for the character that it belongs to, and all may come to nothing.
    /// </summary>
    private void KeepInStep(int slot, int best, int count)
    {
        foreach (int index in _kept.AsSpan(0, count))
            if (_nodes[index].Pending == InStep) return;
        int found = -1, least = best + Reach;
        for (int i = _heads[slot]; i >= 0; i = _nodes[i].Next)
            if (_nodes[i].Pending == InStep && _nodes[i].Cost <= least) (found, least) = (i, _nodes[i].Cost);
        if (found >= 0) _kept[count - 1] = found;
    }

    private void Move(int from, int to, int count)
    {
        if (count <= 0) return;
        _kept.AsSpan(from, count).CopyTo(_kept.AsSpan(to));
        _futures.AsSpan(from, count).CopyTo(_futures.AsSpan(to));
        _costs.AsSpan(from, count).CopyTo(_costs.AsSpan(to));
    }
}

/// <summary>What stands in front of a search.</summary>
/// <param name="Before">The undamaged character.</param>
/// <param name="State">The model's state behind it.</param>
/// <param name="Marks">The marks that are open.</param>
internal readonly record struct ShiftContext(char Before, ModelState State, OpenMarks Marks);

/// <summary>What a step of a search can be told from.</summary>
internal enum ShiftEvidence : byte
{
    /// <summary>Question marks alone.</summary>
    None,
    /// <summary>A mark that was split off, or a gloss.</summary>
    Mark,
    /// <summary>Bytes of characters that can be seen.</summary>
    Bytes,
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
    /// <summary>Cost up to here, in units of the character model.</summary>
    public int Cost;
    /// <summary>The model's state.</summary>
    public ModelState State;
    /// <summary>Number of the last character but one.</summary>
    public ushort Before;
    /// <summary>The last undamaged character.</summary>
    public char Raw;
    /// <summary>What the step gives, or NUL.</summary>
    public char Emitted;
    /// <summary>First byte of the next character, already read; or <see cref="ShiftLattice.InStep"/> or <see cref="ShiftLattice.Lost"/>.</summary>
    public short Pending;
    /// <summary>Where the pending byte is lost: the byte lost with it.</summary>
    public byte LostTrail;
    /// <summary>Whether a gloss or a split mark took the pending byte, so that the next character could not be glossed.</summary>
    public bool FirstByteTaken;
    /// <summary>The marks that are open behind the step.</summary>
    public OpenMarks Marks;
    /// <summary>How much the text itself speaks for the step.</summary>
    public ShiftEvidence Evidence;
    /// <summary>Whether the step changes the text.</summary>
    public bool Shifted;
    /// <summary>Whether a byte of the character can't be seen.</summary>
    public bool Guessed;
    /// <summary>By how much the nearest hypothesis that was given up for this one was dearer.</summary>
    public int Margin;
    /// <summary>Next hypothesis with the same end.</summary>
    public int Next;

    /// <summary>
    /// Alike where everything that can follow costs the same. The model's context ends with the last character, so that need
    /// not be looked at; which of its forms it had counts only where the next step starts with its bytes.
    /// </summary>
    public readonly ulong Future(bool formsCount) =>
        ((ulong)State.Context << 40) | ((ulong)LostTrail << 32) | ((ulong)(Marks.Stack >> 3) << 29) | ((ulong)Pending << 20) | ((ulong)(Marks.Stack & 7) << 17) | (FirstByteTaken ? 1UL << 16 : 0) | (formsCount && Pending == ShiftLattice.InStep ? Raw : (uint)0);
}
