namespace NewsExtract.Modeling;

/// <summary>
/// Where the stretches of one text stand again: the offsets of each pair of characters are chained, so that a look-up goes only to where a
/// stretch's first two characters stand. Used again for the next text. Not thread-safe. Offsets are UTF-16 units.
/// </summary>
internal sealed class StretchFinder
{
    private const int Bits = 11;
    private readonly int[] _first = new int[1 << Bits];
    // By offset: the next one whose pair has the same number, or -1.
    private int[] _next = [];
    // By the low bits of a character: the character, and how often it stands in the text, up to the number asked for.
    private readonly (char Character, int Most, int Count)[] _counted = new (char, int, int)[64];
    private string _text = "";
    private bool _chained;

    /// <summary>Takes up a text in place of the one before. Nothing is chained before somebody asks.</summary>
    public void Start(string text)
    {
        _text = text;
        _chained = false;
        Array.Clear(_counted);
    }

    /// <summary>How often a character stands in the text, up to <paramref name="most"/>.</summary>
    public int Count(char character, int most)
    {
        ref (char Character, int Most, int Count) known = ref _counted[character & (_counted.Length - 1)];
        if (known.Character == character && known.Most == most) return known.Count;
        int count = 0;
        for (int at = 0, next; count < most && (next = _text.AsSpan(at).IndexOf(character)) >= 0; at += next + 1) count++;
        known = (character, most, count);
        return count;
    }

    /// <summary>The first offset at or behind <paramref name="from"/> where the characters of a stretch of two or more stand; -1 if there is none.</summary>
    public int Find(int start, int length, int from = 0)
    {
        if (!_chained) Chain();
        ReadOnlySpan<char> text = _text, sought = text.Slice(start, length);
        // From a place where the pair stands for sure the chain is shorter.
        int at = from > start ? start : _first[Number(text[start], text[start + 1])];
        for (; at >= 0; at = _next[at])
            if (at >= from && at + length <= text.Length && text.Slice(at, length).SequenceEqual(sought)) return at;
        return -1;
    }

    /// <summary>How often the characters of a stretch stand in the text, one behind the other, up to <paramref name="most"/>.</summary>
    public int Count(int start, int length, int most)
    {
        int count = 0;
        for (int at = Find(start, length); at >= 0; at = count < most ? Next(at, start, length) : -1) count++;
        return count;
    }

    private int Next(int at, int start, int length)
    {
        ReadOnlySpan<char> text = _text, sought = text.Slice(start, length);
        int from = at + length;
        for (at = _next[at]; at >= 0; at = _next[at])
            if (at >= from && at + length <= text.Length && text.Slice(at, length).SequenceEqual(sought)) return at;
        return -1;
    }

    private void Chain()
    {
        _chained = true;
        if (_next.Length < _text.Length) _next = new int[_text.Length * 9 / 8 + 16];
        Array.Fill(_first, -1);
        string text = _text;
        for (int i = text.Length - 2; i >= 0; i--)
        {
            ref int first = ref _first[Number(text[i], text[i + 1])];
            _next[i] = first;
            first = i;
        }
    }

    private static int Number(char a, char b) => (int)(((uint)a | ((uint)b << 16)) * 0x9E3779B1u >> (32 - Bits));
}
