using System.Numerics;

namespace NewsExtract.Records;

/// <summary>
/// What stands by each key of a <see cref="FeatureList"/>: found without comparing where the key is that of a feature, by open addressing
/// where it is that of a character. A key that is not there has the default. Immutable.
/// </summary>
internal sealed class KeyTable<T> where T : struct
{
    /// <summary>Where the values of a feature begin; its values 0 to <paramref name="Count"/>-1 have one each.</summary>
    private readonly record struct Row(int First, int Count);

    private readonly Row[] _rows = new Row[1 << 8];
    private readonly T[] _values;

    // The keys of characters and what stands by them; at least half of the slots are free and hold 0.
    private readonly int[] _characters;
    private readonly T[] _characterValues;

    public KeyTable(IReadOnlyDictionary<int, T> values)
    {
        int[] keys = [.. values.Keys.Order()];
        int characters = keys.Count(static key => key >= FeatureList.FirstCharacterKey);
        _characters = new int[BitOperations.RoundUpToPowerOf2((uint)(2 * characters) + 1)];
        _characterValues = new T[_characters.Length];
        var own = new List<T>();
        foreach (int key in keys)
        {
            if (key >= FeatureList.FirstCharacterKey)
            {
                int slot = Slot(key);
                _characters[slot] = key;
                _characterValues[slot] = values[key];
                continue;
            }
            int feature = key >> 8, value = key & 0xFF;
            if (feature >= _rows.Length) Array.Resize(ref _rows, feature * 2);
            int first = _rows[feature].Count == 0 ? own.Count : _rows[feature].First;
            while (own.Count < first + value) own.Add(default);
            own.Add(values[key]);
            _rows[feature] = new Row(first, value + 1);
        }
        _values = [.. own];
    }

    /// <summary>What stands by a key.</summary>
    public T this[int key]
    {
        get
        {
            if (key >= FeatureList.FirstCharacterKey) return _characterValues[Slot(key)];
            Row[] rows = _rows;
            int feature = key >> 8, value = key & 0xFF;
            if ((uint)feature >= (uint)rows.Length) return default;
            Row row = rows[feature];
            return value < row.Count ? _values[row.First + value] : default;
        }
    }

    /// <summary>The slot that holds the key, or the free one where it belongs; what stands there is the default.</summary>
    private int Slot(int key)
    {
        int[] characters = _characters;
        int slot = (int)((uint)key * 0x9E3779B1u >> 12) & (characters.Length - 1);
        while (characters[slot] != key && characters[slot] != 0) slot = (slot + 1) & (characters.Length - 1);
        return slot;
    }
}
