using NewsExtract.Modeling;
using NewsExtract.Segmentation;

namespace NewsExtract.Training.Sequence;

/// <summary>Turns trained weights into the sections of <c>sequence.bin</c> (see <see cref="SequenceModel"/>).</summary>
internal sealed class SequenceCompiler
{
    private const int L = SequenceLabels.Count;
    private readonly FeatureSpace _space;
    private readonly float[] _weights;
    private readonly float[] _transitions;
    private readonly float _scale;

    /// <param name="space">The features.</param>
    /// <param name="weights">Vectors of sixteen weights.</param>
    /// <param name="transitions">Sixteen rows of sixteen.</param>
    /// <param name="scale">Steps a unit of weight; a byte holds up to ±127 steps.</param>
    public SequenceCompiler(FeatureSpace space, float[] weights, float[] transitions, float scale)
    {
        _space = space;
        _weights = weights;
        _transitions = transitions;
        _scale = scale;
    }

    public SortedDictionary<string, byte[]> Compile(char[] characters, float[] calibration)
    {
        var sections = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["sequence.characters"] = ModelFile.Bytes<char>(characters),
            ["sequence.calibration"] = ModelFile.Bytes<float>(calibration),
            ["sequence.transitions"] = ModelFile.Bytes<short>([.. _transitions.Select(t => (short)Math.Clamp(MathF.Round(t * _scale), -short.MaxValue / 2, short.MaxValue / 2))]),
        };
        var unigrams = new sbyte[UnitReader.MaxUnits * SequenceModel.UnigramBytes];
        for (int v = 0; v < UnitReader.MaxUnits * FeatureSpace.UnigramSlots; v++) Put(v, unigrams, v);
        sections["sequence.unigrams"] = ModelFile.Bytes<sbyte>(unigrams);
        var lexicon = new sbyte[LexiconFeatures.PerUnit * LexiconFeatures.Rows * L];
        for (int v = 0; v < LexiconFeatures.PerUnit * LexiconFeatures.Rows; v++) Put(_space.LexiconBase + v, lexicon, v);
        sections["sequence.lexicon"] = ModelFile.Bytes<sbyte>(lexicon);

        AddTable(sections, "sequence.pair", _space.Bigrams.ToDictionary(p => (ulong)p.Key, p => p.Value), _space.BigramBase, FeatureSpace.BigramSlots);
        AddTable(sections, "sequence.skip", _space.Skips.ToDictionary(p => (ulong)p.Key, p => p.Value), _space.SkipBase, FeatureSpace.SkipSlots);
        AddTable(sections, "sequence.triple", _space.Trigrams.ToDictionary(p => (ulong)p.Key, p => p.Value), _space.TrigramBase, FeatureSpace.TrigramSlots);
        return sections;
    }

    private void AddTable(SortedDictionary<string, byte[]> sections, string name, Dictionary<ulong, int> rows, int firstVector, int slots)
    {
        FeatureTable table = FeatureTableBuilder.Build(rows.Keys);
        var weights = new sbyte[table.Rows * slots * L];
        foreach ((ulong key, int row) in rows)
        {
            for (int k = 0; k < slots; k++) Put(firstVector + row * slots + k, weights, table.Row(key) * slots + k);
        }
        sections[name + ".displacements"] = ModelFile.Bytes<ushort>(table.Displacements);
        sections[name + ".checks"] = ModelFile.Bytes<ushort>(table.Checks);
        sections[name + ".weights"] = ModelFile.Bytes<sbyte>(weights);
    }

    // A constant added to all labels changes nothing: the middle of the range goes to zero, so that the bytes reach furthest.
    private void Put(int vector, sbyte[] target, int at)
    {
        ReadOnlySpan<float> weights = _weights.AsSpan(vector * L, L);
        float low = float.MaxValue, high = float.MinValue;
        foreach (float w in weights) (low, high) = (Math.Min(low, w), Math.Max(high, w));
        float middle = high - low > 250 / _scale ? (low + high) / 2 : 0;
        for (int l = 0; l < L; l++) target[at * L + l] = (sbyte)Math.Clamp(MathF.Round((weights[l] - middle) * _scale), -127, 127);
    }
}
