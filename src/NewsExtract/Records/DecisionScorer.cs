namespace NewsExtract.Records;

/// <summary>
/// One decision's weights, trees and hidden units in the form in which they are quick to sum: what a feature does is found once by its key, and only the features
/// that are there cost anything. Immutable.
/// </summary>
internal sealed class DecisionScorer
{
    /// <summary>Weights and leaves are held in the parts of one in which the tables write them, so that their sums are exact in any order.</summary>
    public const int PartsOfOne = 10_000;

    private const int MostOnStack = 512;

    /// <summary>What one feature with one value does; <paramref name="Sets"/> and <paramref name="Units"/> are numbers of rows.</summary>
    private readonly record struct Entry(int Weight, int Sets, int Units);

    private readonly KeyTable<Entry> _entries;
    private readonly TreeSets _trees;
    private readonly UnitRows? _units;

    /// <exception cref="Modeling.ModelException">The trees do not fit.</exception>
    public DecisionScorer(DecisionWeights weights)
    {
        _trees = new TreeSets(weights.Trees, out Dictionary<int, int> asked);
        Dictionary<int, int> rows = [];
        if (weights.Units is { } units)
        {
            _units = new UnitRows(units);
            for (int i = 0; i < units.Keys.Length; i++) rows[units.Keys[i]] = i + 1;
        }
        _entries = new KeyTable<Entry>(weights.Weights.Keys.Union(asked.Keys).Union(rows.Keys)
            .ToDictionary(static key => key, key => new Entry(Parts(weights.Weights.GetValueOrDefault(key)), asked.GetValueOrDefault(key), rows.GetValueOrDefault(key))));
    }

    /// <summary>A value in parts of one.</summary>
    public static int Parts(float value) => (int)MathF.Round(value * PartsOfOne);

    /// <summary>In how many steps a score is summed; at least one.</summary>
    public int Blocks => _trees.Blocks;

    /// <summary>The whole score.</summary>
    public double Score(FeatureList features)
    {
        int score = Begin(features);
        for (int block = 1; block < Blocks; block++) score += More(features, block);
        return score / (double)PartsOfOne;
    }

    /// <summary>The first step, in parts of one: the weights, the units and the first block of trees.</summary>
    public int Begin(FeatureList features)
    {
        ReadOnlySpan<int> keys = features.Keys;
        Span<int> sets = keys.Length <= MostOnStack ? stackalloc int[keys.Length] : new int[keys.Length], units = keys.Length <= MostOnStack ? stackalloc int[keys.Length] : new int[keys.Length];
        int weights = 0, struck = 0, added = 0;
        foreach (int key in keys)
        {
            Entry entry = _entries[key];
            weights += entry.Weight;
            // Without a branch: where there is no row the next one takes the place.
            sets[struck] = entry.Sets;
            struck += entry.Sets == 0 ? 0 : 1;
            units[added] = entry.Units;
            added += entry.Units == 0 ? 0 : 1;
        }
        int score = weights + _trees.Sum(sets[..struck], 0);
        return _units is { } rows ? score + Parts(rows.Sum(units[..added])) : score;
    }

    /// <summary>What a later block of trees adds, from 1 on, in parts of one.</summary>
    public int More(FeatureList features, int block)
    {
        ReadOnlySpan<int> keys = features.Keys;
        Span<int> sets = keys.Length <= MostOnStack ? stackalloc int[keys.Length] : new int[keys.Length];
        int struck = 0;
        foreach (int key in keys)
        {
            int row = _entries[key].Sets;
            sets[struck] = row;
            struck += row == 0 ? 0 : 1;
        }
        return _trees.Sum(sets[..struck], block);
    }
}
