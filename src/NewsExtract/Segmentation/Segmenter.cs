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
        ReadOnlySpan<ushort> codes = units.Codes;
        int i = UnitBuffer.First;
        while (i < units.End)
        {
            if (UnitBuffer.IsFixed(codes[i]))
            {
                if (!UnitBuffer.IsSpace(codes[i])) scratch.Add(units.Starts[i], units.Starts[i + 1], PartOfSpeech.None, 1f);
                i++;
                continue;
            }
            int end = i + 1, limit = Math.Min(units.End, i + SequenceDecoder.MaxChain);
            while (end < limit && !UnitBuffer.IsFixed(codes[end])) end++;
            _decoder.FindRows(scratch, i, end);
            _decoder.Decode(scratch, i, end);
            AddWords(scratch, i, end);
            i = end;
        }
    }

    private static void AddWords(SegmentationScratch scratch, int start, int end)
    {
        ReadOnlySpan<byte> labels = scratch.Labels.AsSpan(0, end);
        ReadOnlySpan<int> starts = scratch.Units.Starts.AsSpan(0, end + 1);
        int from = starts[start];
        for (int i = start; i < end; i++)
        {
            if (!SequenceLabels.Ends(labels[i])) continue;
            scratch.Add(from, starts[i + 1], Tag(SequenceLabels.Kind(labels[i])), 1f);
            from = starts[i + 1];
        }
    }

    private static PartOfSpeech Tag(WordKind kind) => kind switch
    {
        WordKind.Person => PartOfSpeech.Nr,
        WordKind.Place => PartOfSpeech.Ns,
        WordKind.Organization => PartOfSpeech.Nt,
        _ => PartOfSpeech.None,
    };
}
