using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Segmentation;

/// <summary>
/// Cuts repaired text into words and finds names of persons, places and organisations, both with one trained model that
/// labels characters. Immutable, shared by all threads; each thread brings its <see cref="SegmentationScratch"/>.
/// </summary>
public sealed class Segmenter
{
    private readonly SequenceModel _model;
    private readonly SequenceDecoder _decoder;
    private readonly LexiconFeatures? _lexicon;

    /// <param name="sequence">The trained model, <c>models/compiled/sequence.bin</c>.</param>
    /// <param name="knowledge">The knowledge whose lexicon feeds the model's features.</param>
    /// <exception cref="ModelException">A section is missing or doesn't fit the others; the message names it.</exception>
    public Segmenter(ModelFile sequence, KnowledgeBase knowledge)
        : this(new SequenceModel(sequence), new LexiconFeatures(knowledge.Lexicon))
    {
    }

    internal Segmenter(SequenceModel model, LexiconFeatures? lexicon)
    {
        _model = model;
        _decoder = new SequenceDecoder(model);
        _lexicon = lexicon;
    }

    /// <summary>
    /// Leaves the text's words in <see cref="SegmentationScratch.Tokens"/>. Names are tagged Nr, Ns and Nt, other words
    /// <see cref="PartOfSpeech.None"/>. White space is no word; every other character belongs to exactly one.
    /// </summary>
    public void Segment(string text, SegmentationScratch scratch)
    {
        UnitBuffer units = scratch.Units;
        _model.Units.Read(text, units);
        scratch.Reset(units.End + UnitBuffer.Margin);
        _lexicon?.Fill(text, units, scratch.LexiconBits);
        for (int start = UnitBuffer.First; start < units.End;)
        {
            int end = WindowEnd(units, start);
            _decoder.FindRows(scratch, start, end);
            _decoder.SumWeights(scratch, start, end);
            LabelWindow(scratch, start, end);
            start = end;
        }
    }

    // A window ends in front of a fixed unit where there is one.
    private static int WindowEnd(UnitBuffer units, int start)
    {
        if (units.End - start <= SequenceDecoder.MaxWindow) return units.End;
        for (int end = start + SequenceDecoder.Window; end < start + SequenceDecoder.MaxWindow; end++)
        {
            if (UnitBuffer.IsFixed(units.Codes[end])) return end;
        }
        return start + SequenceDecoder.MaxWindow;
    }

    private void LabelWindow(SegmentationScratch scratch, int start, int end)
    {
        UnitBuffer units = scratch.Units;
        ReadOnlySpan<ushort> codes = units.Codes.AsSpan(0, end);
        int i = start;
        while (i < end)
        {
            if (UnitBuffer.IsFixed(codes[i]))
            {
                if (!UnitBuffer.IsSpace(codes[i])) scratch.Add(units.Starts[i], units.Starts[i + 1], PartOfSpeech.None, 1f);
                i++;
                continue;
            }
            int first = i++;
            while (i < end && !UnitBuffer.IsFixed(codes[i])) i++;
            _decoder.Decode(scratch, start, first, i);
            AddWords(scratch, start, first, i);
        }
    }

    private void AddWords(SegmentationScratch scratch, int window, int start, int end)
    {
        ReadOnlySpan<byte> labels = scratch.Labels.AsSpan(0, end);
        ReadOnlySpan<int> starts = scratch.Units.Starts.AsSpan(0, end + 1);
        int from = start;
        for (int i = start; i < end; i++)
        {
            int label = labels[i];
            if (!SequenceLabels.Ends(label)) continue;
            if (SequenceLabels.Kind(label) == WordKind.Ordinary) scratch.Add(starts[from], starts[i + 1], PartOfSpeech.None, 1f);
            else AddName(scratch, window, start, end, from, i + 1);
            from = i + 1;
        }
    }

    private void AddName(SegmentationScratch scratch, int window, int start, int end, int from, int to)
    {
        int kind = (int)SequenceLabels.Kind(scratch.Labels[from]);
        int margin = _decoder.Margin(scratch, window, start, end, from, to);
        float logit = _model.Calibration[2 * kind] * margin + _model.Calibration[2 * kind + 1];
        scratch.Add(scratch.Units.Starts[from], scratch.Units.Starts[to], Tag((WordKind)kind), 1f / (1f + MathF.Exp(-logit)));
    }

    private static PartOfSpeech Tag(WordKind kind) => kind switch
    {
        WordKind.Person => PartOfSpeech.Nr,
        WordKind.Place => PartOfSpeech.Ns,
        WordKind.Organization => PartOfSpeech.Nt,
        _ => PartOfSpeech.None,
    };
}
