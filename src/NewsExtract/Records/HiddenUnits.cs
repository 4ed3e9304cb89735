using NewsExtract.Modeling;

namespace NewsExtract.Records;

/// <summary>
/// The hidden units of one decision: each starts at a number, every feature that is there adds to it, and what is above 0 in the end goes into the
/// score, each unit with its own factor. So a unit is a sum of features that counts only where enough of them meet. Example with one unit that starts at
/// -50, to which <c>Role=3</c> adds 30 and <c>Last=村</c> 40, factor 0.01: alone they say nothing, together 20 · 0.01 = 0.2.
/// </summary>
/// <param name="Keys">The features, ascending.</param>
/// <param name="Rows">What each adds, <see cref="Count"/> numbers a feature.</param>
/// <param name="Start">Where each unit starts.</param>
/// <param name="Factors">What one in a unit is worth in the score.</param>
internal sealed record HiddenUnits(int[] Keys, sbyte[] Rows, short[] Start, float[] Factors)
{
    /// <summary>How many units a decision has.</summary>
    public const int Count = 128;

    /// <summary>A unit starts no further from 0 than this, so that sums of 150 features fit in 16 bits.</summary>
    public const int FurthestStart = 12_000;

    /// <summary>What the units are worth in the score, summed one by one.</summary>
    public double Score(FeatureList features)
    {
        double score = 0;
        for (int unit = 0; unit < Count; unit++)
        {
            int sum = Start[unit];
            foreach (int key in features.Keys)
                if (Array.BinarySearch(Keys, key) is >= 0 and int row) sum += Rows[(row * Count) + unit];
            score += Math.Max(0, sum) * Factors[unit];
        }
        return score;
    }

    /// <summary>The sections of a model file that hold the units of all decisions, null where one has none.</summary>
    public static Dictionary<string, byte[]> Sections(IReadOnlyList<HiddenUnits?> units)
    {
        var keys = new List<int>();
        for (int decision = 0; decision < units.Count; decision++)
            foreach (int key in units[decision]?.Keys ?? []) keys.Add((decision << LinkModel.DecisionShift) | key);
        return new Dictionary<string, byte[]>
        {
            ["links.unitkeys"] = ModelFile.Bytes<int>([.. keys]),
            ["links.unitrows"] = ModelFile.Bytes<sbyte>([.. units.SelectMany(static own => own?.Rows ?? [])]),
            ["links.unitstarts"] = ModelFile.Bytes<short>([.. units.SelectMany(static own => own?.Start ?? [])]),
            ["links.unitfactors"] = ModelFile.Bytes<float>([.. units.SelectMany(static own => own?.Factors ?? [])]),
        };
    }

    /// <summary>The units of all decisions from those sections.</summary>
    /// <exception cref="ModelException">A section is missing or they do not fit each other.</exception>
    public static HiddenUnits?[] Load(ModelFile file, int decisions)
    {
        int[] keys = file.Array<int>("links.unitkeys");
        sbyte[] rows = file.Array<sbyte>("links.unitrows");
        short[] starts = file.Array<short>("links.unitstarts");
        float[] factors = file.Array<float>("links.unitfactors");
        if (rows.Length != keys.Length * Count) throw new ModelException($"{file.Name}: section links.unitrows doesn't fit links.unitkeys");
        var units = new HiddenUnits?[decisions];
        int with = 0;
        for (int from = 0, to; from < keys.Length; from = to)
        {
            int decision = keys[from] >>> LinkModel.DecisionShift, start = with++ * Count;
            for (to = from; to < keys.Length && keys[to] >>> LinkModel.DecisionShift == decision; to++)
                keys[to] &= LinkModel.KeyMask;
            if (start + Count > starts.Length || start + Count > factors.Length) throw new ModelException($"{file.Name}: sections links.unitstarts and links.unitfactors don't fit links.unitkeys");
            if (decision < decisions) units[decision] = new HiddenUnits(keys[from..to], rows[(from * Count)..(to * Count)], starts[start..(start + Count)], factors[start..(start + Count)]);
        }
        return units;
    }
}
