using System.Numerics;

namespace NewsExtract.Repair;

/// <summary>Which characters a page puts pinyin behind. A damaged page glosses a character wherever it stands, a sound one perhaps a rare name once.</summary>
internal sealed class PageGlosses
{
    private readonly ulong[] _glossed = new ulong[1024];

    /// <summary>How many glosses there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many characters are glossed.</summary>
    public int Distinct { get; private set; }

    /// <summary>Whether the character is glossed somewhere in the page.</summary>
    public bool IsGlossed(char c) => (_glossed[c >> 6] >> (c & 63) & 1) != 0;

    /// <summary>Forgets the last page.</summary>
    public void Clear()
    {
        if (Count > 0) Array.Clear(_glossed);
        Count = Distinct = 0;
    }

    /// <summary>Collects the glosses of a page.</summary>
    public void Read(ReadOnlySpan<char> text, PinyinReadings readings)
    {
        Clear();
        int at = 0;
        while (true)
        {
            int next = text[at..].IndexOf('(');
            if (next < 0) break;
            at += next + 1;
            if (at < 2) continue;
            int syllable = readings.ReadClosed(text, at, out _);
            if (syllable < 0 || !readings.Matches(text[at - 2], syllable)) continue;
            Count++;
            _glossed[text[at - 2] >> 6] |= 1UL << (text[at - 2] & 63);
        }
        foreach (ulong bits in _glossed) Distinct += BitOperations.PopCount(bits);
    }
}
