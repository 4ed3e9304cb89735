using NewsExtract.Modeling;

namespace NewsExtract.Repair;

/// <summary>The readings of the characters that Traditional script writes otherwise. Immutable.</summary>
internal sealed class PinyinReadings
{
    /// <summary>Longest syllable with its tone mark: <c>zhuāng</c>, with decomposed marks one more.</summary>
    public const int LongestSyllable = 7;

    private readonly Dictionary<string, int> _syllables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly ushort[]?[] _readings = new ushort[65536][];
    private readonly bool[] _letters = new bool[0x300];

    /// <summary>Fails where the file lacks a section.</summary>
    /// <exception cref="ModelException">One is missing; the message names it.</exception>
    public static void Demand(ModelFile file)
    {
        foreach (string section in (ReadOnlySpan<string>)["readings.characters", "readings.syllables"]) file.Section(section);
    }

    /// <summary>Reads the sections <c>readings.*</c>.</summary>
    public PinyinReadings(ModelFile file)
    {
        // A tone mark may be another in the page (several readings, neutral tone): syllables count without tone.
        string[] syllables = file.Text("readings.syllables").Split('\n');
        var plain = new ushort[syllables.Length];
        for (int i = 0; i < syllables.Length; i++)
        {
            string bare = string.Create(syllables[i].Length, syllables[i], (to, from) =>
            {
                for (int k = 0; k < to.Length; k++) to[k] = WithoutTone(from[k]);
            });
            if (!_syllables.TryGetValue(bare, out int id)) _syllables[bare] = id = _syllables.Count + 1;
            plain[i] = (ushort)id;
            foreach (char c in syllables[i]) if (c < _letters.Length) _letters[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) _letters[c] = true;
        foreach (char c in "āáǎăàēéěĕèīíǐĭìōóǒŏòūúǔŭùǖǘǚǜüńňǹḿɑɡ") if (c < _letters.Length) _letters[c] = true;
        _lookup = _syllables.GetAlternateLookup<ReadOnlySpan<char>>();
        char[] pairs = file.Array<char>("readings.characters");
        for (int i = 0; i + 1 < pairs.Length; i += 2)
        {
            ushort syllable = plain[pairs[i + 1]];
            ushort[]? known = _readings[pairs[i]];
            if (known is null) _readings[pairs[i]] = [syllable];
            else if (!known.Contains(syllable)) _readings[pairs[i]] = [.. known, syllable];
        }
    }

    /// <summary>
    /// Reads a syllable and a closing bracket at <paramref name="at"/>: the number of the syllable and the offset
    /// behind the bracket, or -1. Tones don't count.
    /// </summary>
    public int ReadClosed(ReadOnlySpan<char> text, int at, out int end)
    {
        end = at;
        Span<char> bare = stackalloc char[LongestSyllable];
        int length = 0;
        for (; at < text.Length; at++)
        {
            char c = text[at];
            if (c is ')' or '）')
            {
                if (length == 0 || !_lookup.TryGetValue(bare[..length], out int syllable)) return -1;
                end = at + 1;
                return syllable;
            }
            if (c >= _letters.Length || !_letters[c] || length == LongestSyllable) return -1;
            bare[length++] = WithoutTone(c);
        }
        return -1;
    }

    /// <summary>
    /// Reads the glosses of a character whose first bracket opens at an offset; a page that was republished twice has two. True where there is one.
    /// </summary>
    public bool ReadGlosses(ReadOnlySpan<char> text, int at, char c, out int end)
    {
        end = at;
        while (end < text.Length && text[end] == '(' && ReadClosed(text, end + 1, out int behind) is >= 0 and int syllable && Matches(c, syllable)) end = behind;
        return end > at;
    }

    /// <summary>For each number of a syllable the characters that can be read so, by code point. Syllables are counted from 1, tones apart.</summary>
    public List<char>[] Characters()
    {
        List<char>[] characters = [.. Enumerable.Range(0, _syllables.Count + 1).Select(static _ => new List<char>())];
        for (int c = 0; c < _readings.Length; c++)
            foreach (ushort syllable in _readings[c] ?? []) characters[syllable].Add((char)c);
        return characters;
    }

    /// <summary>Whether a character can be read so.</summary>
    public bool Matches(char c, int syllable)
    {
        foreach (ushort reading in _readings[c] ?? [])
            if (reading == syllable) return true;
        return false;
    }

    private static char WithoutTone(char c) => c < 0x80 ? c : c switch
    {
        'ā' or 'á' or 'ǎ' or 'ă' or 'à' or 'ɑ' => 'a',
        'ē' or 'é' or 'ě' or 'ĕ' or 'è' or 'ê' or 'ế' or 'ề' => 'e',
        'ī' or 'í' or 'ǐ' or 'ĭ' or 'ì' => 'i',
        'ō' or 'ó' or 'ǒ' or 'ŏ' or 'ò' => 'o',
        'ū' or 'ú' or 'ǔ' or 'ŭ' or 'ù' => 'u',
        'ǖ' or 'ǘ' or 'ǚ' or 'ǜ' => 'ü',
        'ń' or 'ň' or 'ǹ' => 'n',
        'ḿ' => 'm',
        'ɡ' => 'g',
        _ => c,
    };
}
