using System.Numerics;

namespace NewsExtract.Tagging;

/// <summary>Weights by key in one array, by open addressing. Immutable.</summary>
internal sealed class WeightTable
{
    // At least half of the slots are free; a free one has the key -1.
    private readonly (int Key, float Weight)[] _slots;
    private readonly int _shift;

    public WeightTable(Dictionary<int, float> weights)
    {
        int size = Math.Max(2, (int)BitOperations.RoundUpToPowerOf2((uint)weights.Count * 2 + 1));
        _shift = 32 - BitOperations.Log2((uint)size);
        _slots = new (int, float)[size];
        Array.Fill(_slots, (-1, 0f));
        foreach ((int key, float weight) in weights)
        {
            int slot = First(key);
            while (_slots[slot].Key != -1) slot = (slot + 1) & (size - 1);
            _slots[slot] = (key, weight);
        }
    }

    /// <summary>A key's weight; 0 for one that has none.</summary>
    public float Of(int key)
    {
        (int Key, float Weight)[] slots = _slots;
        for (int slot = First(key) & (slots.Length - 1); ; slot = (slot + 1) & (slots.Length - 1))
        {
            if (slots[slot].Key == key) return slots[slot].Weight;
            if (slots[slot].Key == -1) return 0;
        }
    }

    private int First(int key) => (int)((uint)key * 0x9E3779B1u >> _shift);
}
