namespace NewsExtract.Repair;

/// <summary>
/// What a page as a whole tells: which characters it puts pinyin behind (a damaged page does so wherever they stand, a
/// sound one perhaps behind a rare name), which it leaves without, and which characters stand side by side. One a thread.
/// </summary>
internal sealed class PageEvidence(RepairKnowledge knowledge)
{
    private readonly ulong[] _glossed = new ulong[1024];
    private readonly ulong[] _unglossed = new ulong[1024];
    private uint[] _pairs = new uint[1024]; // open addressing; 0 is free
    private bool _pairsRead;
    private string _text = "";

    /// <summary>How many different characters are glossed.</summary>
    public int Glossed { get; private set; }

    /// <summary>Whether the character is glossed somewhere in the page.</summary>
    public bool IsGlossed(char c) => Has(_glossed, c);

    /// <summary>Whether the character stands somewhere in the page without a gloss.</summary>
    public bool IsUnglossed(char c) => Has(_unglossed, c);

    /// <summary>Whether two characters, by their numbers in the character model, stand side by side in the page.</summary>
    public bool HasPair(int first, int second)
    {
        if (!_pairsRead) ReadPairs();
        return _pairs[Slot(Pair(first, second))] != 0;
    }

    /// <summary>Collects the glosses of a page.</summary>
    public void Read(string text)
    {
        _text = text;
        _pairsRead = false;
        Glossed = 0;
        Array.Clear(_glossed);
        Array.Clear(_unglossed);
        ReadOnlySpan<CharacterTraits> traits = knowledge.Classes.Traits;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if ((traits[c] & CharacterTraits.TraditionalOnly) == 0) continue;
            if (i + 1 < text.Length && text[i + 1] == '(' && knowledge.Readings.ReadClosed(text, i + 2, out _) is >= 0 and int syllable && knowledge.Readings.Matches(c, syllable))
            {
                if (!Has(_glossed, c)) Glossed++;
                Set(_glossed, c);
            }
            else Set(_unglossed, c);
        }
    }

    private void ReadPairs()
    {
        _pairsRead = true;
        // At most half full, so that the free slot which ends a search is near.
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(512, _text.Length)) * 2;
        if (_pairs.Length < size) _pairs = new uint[size];
        else Array.Clear(_pairs);
        int last = CharacterModel.Border;
        for (int i = 0; i < _text.Length; i++)
        {
            if (_text[i] == '(' && knowledge.Readings.ReadClosed(_text, i + 1, out int end) >= 0)
            {
                i = end - 1;
                continue;
            }
            int id = knowledge.Model.Id(_text[i]);
            uint pair = Pair(last, id);
            _pairs[Slot(pair)] = pair;
            last = id;
        }
    }

    private static uint Pair(int first, int second) => ((uint)first << 16) | (uint)second;

    /// <summary>Where a pair stands, or the free slot where it would.</summary>
    private int Slot(uint pair)
    {
        int mask = _pairs.Length - 1, slot = (int)(unchecked(pair * 2654435761u) >> 7) & mask;
        while (_pairs[slot] != 0 && _pairs[slot] != pair) slot = (slot + 1) & mask;
        return slot;
    }

    private static bool Has(ulong[] bits, int index) => (bits[index >> 6] >> (index & 63) & 1) != 0;

    private static void Set(ulong[] bits, int index) => bits[index >> 6] |= 1UL << (index & 63);
}
