namespace NewsExtract.Tagging;

/// <summary>
/// A set of strings that are stretches of one text, kept as offsets: nothing is copied out of the text. Used again for the
/// next text after <see cref="Clear"/>.
/// </summary>
internal sealed class StretchSet
{
    // Open addressing; a slot holds the number of an entry plus one.
    private int[] _slots = new int[64];
    private (int Start, int Length, int Hash)[] _entries = new (int, int, int)[32];
    private int _count;

    public void Clear()
    {
        if (_count == 0) return;
        Array.Clear(_slots);
        _count = 0;
    }

    /// <summary>How many different strings there are.</summary>
    public int Count => _count;

    /// <summary>Adds a stretch of <paramref name="text"/>; false if its characters are in the set already.</summary>
    public bool Add(string text, int start, int length)
    {
        int before = _count;
        return Number(text, start, length) == before;
    }

    /// <summary>The number of a stretch's string, from 0 in the order in which they came; a new one is added.</summary>
    public int Number(string text, int start, int length)
    {
        ReadOnlySpan<char> added = text.AsSpan(start, length);
        int hash = string.GetHashCode(added), slot = hash & (_slots.Length - 1);
        for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            (int knownStart, int knownLength, int knownHash) = _entries[_slots[slot] - 1];
            if (knownHash == hash && text.AsSpan(knownStart, knownLength).SequenceEqual(added)) return _slots[slot] - 1;
        }
        if (_count == _entries.Length)
        {
            Grow();
            slot = Free(hash);
        }
        _entries[_count++] = (start, length, hash);
        _slots[slot] = _count;
        return _count - 1;
    }

    private int Free(int hash)
    {
        int slot = hash & (_slots.Length - 1);
        while (_slots[slot] != 0) slot = (slot + 1) & (_slots.Length - 1);
        return slot;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        _slots = new int[_entries.Length * 2];
        for (int i = 0; i < _count; i++) _slots[Free(_entries[i].Hash)] = i + 1;
    }
}
