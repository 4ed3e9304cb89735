using System.Runtime.InteropServices;

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
    /// <summary>UTF-16 units from the start that a search can reach.</summary>
    public const int Length = 240;

    private const int Beam = 64;                         // hypotheses kept at an offset
    private const int Reach = 14 * CharacterModel.Scale; // and by how much they may be dearer than the best

    private readonly List<ShiftNode> _nodes = [];
    private readonly int[] _heads = new int[Length + 24];
    private readonly int[] _kept = new int[Beam];
    private int _origin;

    /// <summary>The furthest offset that a hypothesis reaches.</summary>
    public int Furthest { get; private set; }

    /// <summary>The hypotheses that the last <see cref="Prune"/> kept, best first.</summary>
    public ReadOnlySpan<int> Kept => _kept;

    /// <summary>A step. The reference is good until the next one is added.</summary>
    public ref readonly ShiftNode this[int index] => ref CollectionsMarshal.AsSpan(_nodes)[index];

    /// <summary>Starts at an offset, with the undamaged character before it.</summary>
    public void Start(int origin, char before, ModelState state)
    {
        _nodes.Clear();
        // Only what the last search can have filled.
        Array.Fill(_heads, -1, 0, Math.Clamp(Furthest - _origin + 1, 0, _heads.Length));
        if (_origin == 0 && Furthest == 0) Array.Fill(_heads, -1);
        Furthest = _origin = origin;
        Add(new ShiftNode { Start = origin, End = origin, Parent = -1, State = state, Raw = before }, rests: true);
    }

    /// <summary>
    /// Adds a step; returns its index, or -1 where it would end out of reach. A step that does not rest is the first of two
    /// characters that one unit of the text gives, and no hypothesis of its own.
    /// </summary>
    public int Add(in ShiftNode node, bool rests)
    {
        int index = _nodes.Count, slot = node.End - _origin;
        if (slot >= _heads.Length) return -1;
        _nodes.Add(node);
        if (!rests) return index;
        CollectionsMarshal.AsSpan(_nodes)[index].Next = _heads[slot];
        _heads[slot] = index;
        Furthest = Math.Max(Furthest, node.End);
        return index;
    }

    /// <summary>The model's cost of a character behind a step, and its state then.</summary>
    public int Cost(ModelState state, char c, out ModelState behind)
    {
        behind = state;
        int id = knowledge.Model.Id(c);
        return id == CharacterModel.Border && state.Last == CharacterModel.Border ? 0 : knowledge.Model.Advance(ref behind, id);
    }

    /// <summary>Keeps the best hypotheses that end at an offset, one for each that the rest can't tell apart; returns their number.</summary>
    public int Prune(int position)
    {
        int slot = position - _origin;
        if (slot >= _heads.Length) return 0;
        Span<ShiftNode> nodes = CollectionsMarshal.AsSpan(_nodes);
        int best = int.MaxValue;
        for (int i = _heads[slot]; i >= 0; i = nodes[i].Next) best = Math.Min(best, nodes[i].Cost);
        int count = 0;
        for (int i = _heads[slot]; i >= 0; i = nodes[i].Next)
        {
            ref ShiftNode node = ref nodes[i];
            if (node.Cost > best + Reach || (count == Beam && node.Cost >= nodes[_kept[count - 1]].Cost)) continue;
            int twin = 0;
            while (twin < count && !node.SameFuture(nodes[_kept[twin]])) twin++;
            if (twin < count)
            {
                if (nodes[_kept[twin]].Cost <= node.Cost) continue;
                for (count--; twin < count; twin++) _kept[twin] = _kept[twin + 1];
            }
            int place = count;
            while (place > 0 && nodes[_kept[place - 1]].Cost > node.Cost) place--;
            if (count < Beam) count++;
            for (int m = count - 1; m > place; m--) _kept[m] = _kept[m - 1];
            _kept[place] = i;
        }
        return count;
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
    /// <summary>Cost up to here, in units of the character model.</summary>
    public int Cost;
    /// <summary>The model's state.</summary>
    public ModelState State;
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
    /// <summary>Whether the step changes the text.</summary>
    public bool Shifted;
    /// <summary>Next hypothesis with the same end.</summary>
    public int Next;

    /// <summary>Whether everything that can follow costs both the same.</summary>
    public readonly bool SameFuture(in ShiftNode other) =>
        Pending == other.Pending && State == other.State && LostTrail == other.LostTrail
        && FirstByteTaken == other.FirstByteTaken && (Pending != ShiftLattice.InStep || Raw == other.Raw);
}
