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
    private readonly Lazy<WordTagger>? _tagger;

    /// <param name="sequence">The trained model, <c>models/compiled/sequence.bin</c>.</param>
    /// <param name="knowledge">The knowledge whose lexicon feeds the model's features.</param>
    /// <exception cref="ModelException">A section is missing or doesn't fit the others; the message names it.</exception>
    public Segmenter(ModelFile sequence, KnowledgeBase knowledge)
        : this(new SequenceModel(sequence), new LexiconFeatures(knowledge.Lexicon))
    {
        // Few programs ask for parts of speech, so that its tables wait for the first that does.
        _tagger = new Lazy<WordTagger>(() => new WordTagger(sequence, _model.Units, knowledge.Lexicon));
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
        Prepare(text, scratch);
        _lexicon?.Fill(text, scratch.Units, scratch.LexiconBits);
        Label(scratch);
    }

    /// <summary>As <see cref="Segment(string, SegmentationScratch)"/>, of a text in which the lexicon's words have been found.</summary>
    /// <exception cref="ArgumentException">The words are another lexicon's.</exception>
    public void Segment(LexiconMatches words, SegmentationScratch scratch)
    {
        Prepare(words.Text, scratch);
        _lexicon?.Fill(words, scratch.Units, scratch.LexiconBits);
        Label(scratch);
    }

    private void Prepare(string text, SegmentationScratch scratch)
    {
        _model.Units.Read(text, scratch.Units);
        scratch.Reset(scratch.Units.End + UnitBuffer.Margin);
    }

    private void Label(SegmentationScratch scratch)
    {
        UnitBuffer units = scratch.Units;
        for (int start = UnitBuffer.First; start < units.End;)
        {
            int end = WindowEnd(units, start);
            _decoder.FindRows(scratch, start, end);
            _decoder.SumWeights(scratch, start, end);
            LabelWindow(scratch, start, end);
            start = end;
        }
    }

    /// <summary>As <see cref="Segment(string, SegmentationScratch)"/>, and gives all words their part of speech.</summary>
    /// <exception cref="ModelException">The model's tables of tags are missing or damaged.</exception>
    public void SegmentTagged(string text, SegmentationScratch scratch)
    {
        Segment(text, scratch);
        if (_tagger is null) throw new InvalidOperationException("The segmenter has no knowledge to tag by.");
        _tagger.Value.Tag(text, scratch);
    }

    /// <summary>What the model saw in a name of the text that was segmented last with these buffers; empty for other words.</summary>
    internal List<FeatureWeight> Explain(string text, SegmentationScratch scratch, Token token) => new SequenceExplainer(_model).Explain(text, scratch, token);

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

    // Writes a token at every unit and keeps it where the unit ends a word: words end too irregularly for a branch.
    private void AddWords(SegmentationScratch scratch, int window, int start, int end)
    {
        ReadOnlySpan<byte> labels = scratch.Labels.AsSpan(start, end - start);
        ReadOnlySpan<int> starts = scratch.Units.Starts.AsSpan(start, end - start + 1);
        Span<Token> room = scratch.Room(labels.Length);
        int from = starts[0], count = 0, names = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            int label = labels[i], to = starts[i + 1];
            room[count] = new Token(from, to - from, Tag(label));
            int ends = label & 1;
            names |= label & 6;
            count += ends;
            from = ends != 0 ? to : from;
        }
        int first = scratch.Count;
        scratch.Advance(count);
        if (names != 0) ScoreNames(scratch, window, start, end, first);
    }

    private void ScoreNames(SegmentationScratch scratch, int window, int start, int end, int token)
    {
        ReadOnlySpan<byte> labels = scratch.Labels.AsSpan(0, end);
        int from = start;
        for (int i = start; i < end; i++)
        {
            if (!SequenceLabels.Ends(labels[i])) continue;
            int kind = (int)SequenceLabels.Kind(labels[i]);
            if (kind != 0)
            {
                int margin = _decoder.Margin(scratch, window, start, end, from, i + 1);
                float logit = _model.Calibration[2 * kind] * margin + _model.Calibration[2 * kind + 1];
                scratch.SetScore(token, 1f / (1f + MathF.Exp(-logit)));
            }
            token++;
            from = i + 1;
        }
    }

    private static PartOfSpeech Tag(int label) => (PartOfSpeech)NameTags[(label >> 1) & 3];

    // By kind of word.
    private static ReadOnlySpan<byte> NameTags => [(byte)PartOfSpeech.None, (byte)PartOfSpeech.Nr, (byte)PartOfSpeech.Ns, (byte)PartOfSpeech.Nt];
}
