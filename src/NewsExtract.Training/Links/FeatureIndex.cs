namespace NewsExtract.Training.Links;

/// <summary>Numbers the features of many rows from 0 in the order of their keys, so that sums over features stand in arrays.</summary>
internal sealed class FeatureIndex
{
    private readonly int[] _keys;
    private readonly Dictionary<int, int> _numbers = [];

    /// <summary>The features that stand in at least <paramref name="minimum"/> of the rows.</summary>
    public FeatureIndex(IEnumerable<int[]> rows, int minimum = 1)
    {
        var counts = new Dictionary<int, int>();
        foreach (int[] row in rows)
            foreach (int key in row) counts[key] = counts.GetValueOrDefault(key) + 1;
        _keys = [.. counts.Where(c => c.Value >= minimum).Select(static c => c.Key).Order()];
        for (int i = 0; i < _keys.Length; i++) _numbers[_keys[i]] = i;
    }

    /// <summary>How many features.</summary>
    public int Count => _keys.Length;

    /// <summary>The key of a feature.</summary>
    public int Key(int number) => _keys[number];

    /// <summary>The numbers of a row's features, those without one left out.</summary>
    public int[] Numbers(int[] row)
    {
        var numbers = new int[row.Length];
        int count = 0;
        foreach (int key in row)
            if (_numbers.TryGetValue(key, out int number)) numbers[count++] = number;
        return numbers[..count];
    }
}
