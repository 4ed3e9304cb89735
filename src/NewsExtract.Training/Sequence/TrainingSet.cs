using NewsExtract.Segmentation;

namespace NewsExtract.Training.Sequence;

/// <summary>A stretch of units between two fixed ones: what is labelled as a whole.</summary>
/// <param name="Start">Index of the first unit in the set.</param>
/// <param name="Count">The number of units.</param>
/// <param name="IsPartial">Whether a unit in it allows more than one label.</param>
/// <param name="IsTuning">Whether it is of the texts that are to be fitted best.</param>
internal readonly record struct Chain(int Start, int Count, bool IsPartial, bool IsTuning);

/// <summary>Labelled texts as one run of units with their features' rows.</summary>
internal sealed class TrainingSet
{
    private readonly List<ushort> _units = [];
    private readonly List<ushort> _allowed = [];
    private readonly List<Chain> _chains = [];
    private readonly List<ushort> _lexicon = [];
    private readonly UnitReader _reader;
    private readonly LexiconFeatures? _features;

    public TrainingSet(UnitReader reader, LexiconFeatures? features)
    {
        _reader = reader;
        _features = features;
    }

    /// <summary>Unit numbers.</summary>
    public List<ushort> Units => _units;

    /// <summary>Allowed labels of each unit.</summary>
    public List<ushort> Allowed => _allowed;

    /// <summary>Lexicon feature rows, <see cref="LexiconFeatures.PerUnit"/> a unit.</summary>
    public List<ushort> Lexicon => _lexicon;

    /// <summary>The stretches to label.</summary>
    public List<Chain> Chains => _chains;

    /// <summary>Adds a text.</summary>
    public void Add(LabelledText text)
    {
        var buffer = new UnitBuffer();
        _reader.Read(text.Text, buffer);
        var bits = new ulong[buffer.Codes.Length];
        _features?.Fill(text.Text, buffer, bits);
        int offset = _units.Count;
        for (int i = 0; i < buffer.End + UnitBuffer.Margin; i++)
        {
            _units.Add((ushort)(buffer.Codes[i] & 0xFFF));
            for (int k = 0; k < LexiconFeatures.PerUnit; k++) _lexicon.Add((ushort)(bits[i] >> 12 * k & 0xFFF));
            bool inside = i >= UnitBuffer.First && i < buffer.End;
            _allowed.Add(!inside || UnitBuffer.IsFixed(buffer.Codes[i]) ? (ushort)(1 << SequenceLabels.OrdinarySingle)
                : UnitAllowed(text, buffer.Starts[i], buffer.Starts[i + 1]));
        }
        for (int i = UnitBuffer.First; i < buffer.End; i++)
        {
            if (UnitBuffer.IsFixed(buffer.Codes[i])) continue;
            int end = i;
            while (end < buffer.End && !UnitBuffer.IsFixed(buffer.Codes[end])) end++;
            Repair(offset + i, offset + end);
            bool partial = false;
            for (int j = i; j < end; j++) partial |= !ushort.IsPow2(_allowed[offset + j]);
            _chains.Add(new Chain(offset + i, end - i, partial, text.IsTuning));
            i = end;
        }
    }

    // Of a run of digits or letters: begins as its first character, ends as its last.
    private static ushort UnitAllowed(LabelledText text, int start, int end)
    {
        byte first = text.Codes[start], last = text.Codes[end - 1];
        if (end - start == 1 || first >= SequenceLabels.Count || last >= SequenceLabels.Count)
            return first == last || end - start == 1 ? LabelledText.Allowed(first) : LabelledText.Allowed(LabelledText.Open);
        WordKind kind = SequenceLabels.Kind(first);
        if (kind != SequenceLabels.Kind(last)) return LabelledText.Allowed(LabelledText.Open);
        bool starts = SequenceLabels.Starts(first), ends = SequenceLabels.Ends(last);
        int label = starts ? ends ? SequenceLabels.Single(kind) : SequenceLabels.Begin(kind)
            : ends ? SequenceLabels.End(kind) : SequenceLabels.Middle(kind);
        return (ushort)(1 << label);
    }

    // A word that a fixed unit cuts through leaves labels that no path can have: these are opened.
    private void Repair(int start, int end)
    {
        int previous = 1 << SequenceLabels.OrdinarySingle;
        for (int i = start; i <= end; i++)
        {
            int next = i < end ? _allowed[i] : 1 << SequenceLabels.OrdinarySingle;
            if (!AnyFollows(previous, next))
            {
                if (i < end) next = _allowed[i] = 0xFFFF;
                if (i > start) _allowed[i - 1] = 0xFFFF;
            }
            previous = next;
        }
    }

    private static bool AnyFollows(int from, int to)
    {
        for (int a = 0; a < SequenceLabels.Count; a++)
        {
            if ((from >> a & 1) == 0) continue;
            for (int b = 0; b < SequenceLabels.Count; b++)
            {
                if ((to >> b & 1) != 0 && SequenceLabels.Follows(a, b)) return true;
            }
        }
        return false;
    }
}
