using NewsExtract.Modeling;

namespace NewsExtract.Segmentation;

/// <summary>
/// The trained model that labels units: for each feature a vector of sixteen label weights in signed bytes, those that
/// one feature gives to neighbouring positions side by side. Immutable. Vector k of a row speaks about the unit that
/// has the row's first unit k places behind the farthest position in its window: a single unit's five vectors speak about the
/// positions from two in front of it to two behind it, a pair's four about those from one in front of its first unit to one
/// behind its second, a triple's three about its own.
/// </summary>
internal sealed class SequenceModel
{
    public const int Labels = SequenceLabels.Count;

    /// <summary>Steps of a byte that are one unit of log-likelihood.</summary>
    public const int StepsPerUnit = 32;

    public const int UnigramSlots = 5, PairSlots = 4, TripleSlots = 3;
    public const int UnigramBytes = UnigramSlots * Labels, PairBytes = PairSlots * Labels, TripleBytes = TripleSlots * Labels;

    public SequenceModel(ModelFile file)
    {
        Units = new UnitReader(file.Array<char>("sequence.characters"));
        Unigrams = new WeightTable(file, "sequence.unigrams");
        PairTable = new FeatureTable(file, "sequence.pair");
        Pairs = new WeightTable(file, "sequence.pair.weights");
        SkipTable = new FeatureTable(file, "sequence.skip");
        Skips = new WeightTable(file, "sequence.skip.weights");
        TripleTable = new FeatureTable(file, "sequence.triple");
        Triples = new WeightTable(file, "sequence.triple.weights");
        Lexicon = new WeightTable(file, "sequence.lexicon");
        Transitions = file.Array<short>("sequence.transitions");
        Calibration = file.Array<float>("sequence.calibration");
        Check(file.Name);
    }

    public UnitReader Units { get; }
    public WeightTable Unigrams { get; }
    public FeatureTable PairTable { get; }
    public WeightTable Pairs { get; }
    public FeatureTable SkipTable { get; }
    public WeightTable Skips { get; }
    public FeatureTable TripleTable { get; }
    public WeightTable Triples { get; }

    /// <summary><see cref="LexiconFeatures.PerUnit"/> tables of <see cref="LexiconFeatures.Rows"/> rows of one vector.</summary>
    public WeightTable Lexicon { get; }

    /// <summary>From label times sixteen plus to label.</summary>
    public short[] Transitions { get; }

    /// <summary>For each kind of name, slope and offset of the logistic function that turns a margin into a probability.</summary>
    public float[] Calibration { get; }

    // The hot loops rely on these bounds.
    private void Check(string name)
    {
        Demand(Unigrams.Length == UnitReader.MaxUnits * UnigramBytes, "sequence.unigrams");
        Demand(Pairs.Length == PairTable.Rows * PairBytes, "sequence.pair.weights");
        Demand(Skips.Length == SkipTable.Rows * Labels, "sequence.skip.weights");
        Demand(Triples.Length == TripleTable.Rows * TripleBytes, "sequence.triple.weights");
        Demand(Lexicon.Length == LexiconFeatures.PerUnit * LexiconFeatures.Rows * Labels, "sequence.lexicon");
        Demand(Transitions.Length == Labels * Labels, "sequence.transitions");
        Demand(Calibration.Length == SequenceLabels.Kinds * 2, "sequence.calibration");

        void Demand(bool condition, string section)
        {
            if (!condition) throw new ModelException($"{name}: section {section} doesn't fit the others");
        }
    }
}
