using NewsExtract.Modeling;

namespace NewsExtract.Repair;

/// <summary>The readings of the characters that Traditional script writes otherwise. Immutable.</summary>
internal sealed class PinyinReadings
{
    /// <summary>Longest syllable with its tone mark: <c>zhuāng</c>, with decomposed marks one more.</summary>
    public const int LongestSyllable = 7;

    private const int LetterBits = 5;

    private readonly Dictionary<ulong, int> _syllables = []; // by the numbers of their letters, the first one highest
    private readonly ushort[]?[] _readings = new ushort[65536][];
    private readonly byte[] _letters = new byte[0x300]; // the number of a letter without its tone: 1 for a to 27 for ü, 0 for what is none
    private readonly int _count;

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
        for (char c = 'a'; c <= 'z'; c++) _letters[c] = (byte)(c - 'a' + 1);
        foreach (char c in "āáǎăàēéěĕèêīíǐĭìōóǒŏòūúǔŭùǖǘǚǜüńňǹɑɡ") _letters[c] = (byte)(WithoutTone(c) is 'ü' ? 27 : WithoutTone(c) - 'a' + 1);
        string[] syllables = file.Text("readings.syllables").Split('\n');
        var plain = new ushort[syllables.Length];
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < syllables.Length; i++)
        {
            string bare = string.Concat(syllables[i].Select(WithoutTone));
            if (!known.TryGetValue(bare, out int id)) known[bare] = id = known.Count + 1;
            plain[i] = (ushort)id;
            // With a mark of its own behind the letter it can't be told from a page's text.
            if (bare.All(c => c < _letters.Length && _letters[c] > 0)) _syllables[bare.Aggregate(0UL, (key, c) => (key << LetterBits) | _letters[c])] = id;
        }
        _count = known.Count;
        char[] pairs = file.Array<char>("readings.characters");
        for (int i = 0; i + 1 < pairs.Length; i += 2)
        {
            ushort syllable = plain[pairs[i + 1]];
            ushort[]? read = _readings[pairs[i]];
            if (read is null) _readings[pairs[i]] = [syllable];
            else if (!read.Contains(syllable)) _readings[pairs[i]] = [.. read, syllable];
        }
    }

    /// <summary>
    /// Reads a syllable and a closing bracket at <paramref name="at"/>: the number of the syllable and the offset
    /// behind the bracket, or -1. Tones don't count.
    /// </summary>
    public int ReadClosed(ReadOnlySpan<char> text, int at, out int end)
    {
        end = at;
        ulong key = 0;
        for (int longest = at + LongestSyllable; at < text.Length; at++)
        {
            char c = text[at];
            if (c is ')' or '）')
            {
                if (!_syllables.TryGetValue(key, out int syllable)) return -1;
                end = at + 1;
                return syllable;
            }
            int letter = c < _letters.Length ? _letters[c] : 0;
            if (letter == 0 || at == longest) return -1;
            key = (key << LetterBits) | (uint)letter;
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
        List<char>[] characters = [.. Enumerable.Range(0, _count + 1).Select(static _ => new List<char>())];
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
