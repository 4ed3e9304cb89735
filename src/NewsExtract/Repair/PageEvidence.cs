using System.Runtime.InteropServices;

namespace NewsExtract.Repair;

/// <summary>
/// What a page as a whole tells: which characters it puts pinyin behind (a damaged page does so wherever they stand, a
/// sound one perhaps behind a rare name), which it leaves without, which characters stand side by side, and how it parts words. One a thread.
/// </summary>
internal sealed class PageEvidence(RepairKnowledge knowledge)
{
    private const int RareCost = 8 * CharacterModel.Scale;
    private const int PairBits = 16384;
    private const int MostLooks = 8; // a character that stands more often is no rare one

    private readonly ulong[] _glossed = new ulong[1024];
    private readonly ulong[] _unglossed = new ulong[1024];
    private readonly ulong[] _seen = new ulong[1024];
    private readonly ulong[] _pairs = new ulong[PairBits / 64]; // two numbers that stand side by side somewhere, and such as share their bit
    private int[] _last = []; // by number in the character model: the last place of the character, 0 where there is none
    private ushort[] _numbers = new ushort[1024]; // by place: the page without its glosses, behind two line borders
    private int[] _before = new int[1024]; // by place: where the same character stands before
    private int _count, _plainCost, _blankCost;
    private readonly List<(char Character, ushort Bytes)> _rare = [];
    private bool _placesRead;
    private string _text = "";

    /// <summary>How many different characters are glossed.</summary>
    public int Glossed { get; private set; }

    /// <summary>Whether the character is glossed somewhere in the page.</summary>
    public bool IsGlossed(char c) => Has(_glossed, c);

    /// <summary>Whether the character stands somewhere in the page without a gloss.</summary>
    public bool IsUnglossed(char c) => Has(_unglossed, c);

    /// <summary>Whether the page parts words by spaces more often than by line breaks.</summary>
    public bool PrefersSpaces { get; private set; }

    /// <summary>What it costs that a line which was lost starts with a unit: much where the page's lines start otherwise, with indentation or behind a blank line.</summary>
    public int BreakCost(char next) => next == '\0' ? 0 : IsBlank(next) ? _blankCost : _plainCost;

    /// <summary>
    /// How much of what a character follows stands elsewhere in the page in front of it, all by their numbers in the character model:
    /// 0 where the page does not have the character at all, 1 where it has that alone, 2 with the character before, 3 with the two before.
    /// </summary>
    public int Known(int before, int last, int id)
    {
        if (!_placesRead) ReadPlaces();
        if (!Has(_pairs, PairBit(last, id))) return _last[id] > 0 ? 1 : 0;
        int known = 0, looks = MostLooks;
        for (int place = _last[id]; place > 0 && looks > 0; place = _before[place], looks--)
        {
            if (_numbers[place - 1] != last) known = Math.Max(known, 1);
            else if (_numbers[place - 2] != before) known = 2;
            else return 3;
        }
        return known;
    }

    /// <summary>Whether the page has another character behind two others, and never this one, all by their numbers.</summary>
    public bool Contradicts(int before, int last, int id)
    {
        bool other = false;
        int looks = MostLooks;
        for (int place = _last[last]; place > 0 && looks > 0; place = _before[place], looks--)
        {
            if (_numbers[place - 1] != before || place + 1 >= _count) continue;
            if (_numbers[place + 1] == id) return false;
            other |= _numbers[place + 1] > CharacterModel.Latin;
        }
        return other && looks > 0;
    }

    /// <summary>The rare characters of the page, each once, with their two bytes in GBK.</summary>
    public ReadOnlySpan<(char Character, ushort Bytes)> Rare
    {
        get
        {
            if (!_placesRead) ReadPlaces();
            return CollectionsMarshal.AsSpan(_rare);
        }
    }

    /// <summary>The numbers of the characters that stand in the page behind one with a number, as far as they are looked at; returns how many.</summary>
    public int Followers(int last, Span<int> ids)
    {
        if (!_placesRead) ReadPlaces();
        int count = 0;
        for (int place = _last[last]; place > 0 && count < ids.Length; place = _before[place])
            if (place + 1 < _count) ids[count++] = _numbers[place + 1];
        return count;
    }

    /// <summary>Collects the glosses of a page.</summary>
    public void Read(string text)
    {
        _text = text;
        _placesRead = false;
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
        ReadLayout(text);
    }

    private void ReadLayout(ReadOnlySpan<char> text)
    {
        int spaces = 0, breaks = 0, plain = 0, all = 0;
        ReadOnlySpan<CharacterTraits> traits = knowledge.Classes.Traits;
        for (int i = 1; i < text.Length; i++)
        {
            int next = text[i..].IndexOfAny(' ', '\u3000', '\n');
            if (next < 0) break;
            i += next;
            bool isBreak = text[i] == '\n';
            if ((traits[text[i - 1]] & CharacterTraits.Han) != 0)
            {
                if (isBreak) breaks++;
                else spaces++;
            }
            if (!isBreak || text[i - 1] == '\n' || i + 1 == text.Length) continue;
            all++;
            if (!IsBlank(text[i + 1])) plain++;
        }
        PrefersSpaces = spaces > breaks;
        _plainCost = Cost(plain, all);
        _blankCost = Cost(all - plain, all);
    }

    /// <summary>−ln of the share of some line breaks among all, in units of the character model; one of each is supposed to have been seen before.</summary>
    private static int Cost(int some, int all) => (int)(CharacterModel.Scale * Math.Log((all + 2) / (some + 1.0)));

    private static bool IsBlank(char c) => c is '\n' or '\r' or ' ' or '\t' or '\u3000' or '\u00A0' or '&';

    /// <summary>Adds what is sure of a repaired stretch, and what stands in front of it and behind, as a further place of its characters.</summary>
    /// <param name="stretch">Characters; a line break for each that is not sure.</param>
    public void Add(ReadOnlySpan<char> stretch)
    {
        if (!_placesRead) ReadPlaces();
        int needed = _count + stretch.Length + 2;
        if (_numbers.Length < needed)
        {
            Array.Resize(ref _numbers, needed * 2);
            Array.Resize(ref _before, needed * 2);
        }
        _numbers[_count++] = CharacterModel.Border;
        _numbers[_count++] = CharacterModel.Border;
        foreach (char c in stretch) Place(knowledge.Model.Id(c));
    }

    private void Place(int id)
    {
        Set(_pairs, PairBit(_numbers[_count - 1], id));
        _numbers[_count] = (ushort)id;
        _before[_count] = _last[id];
        _last[id] = _count++;
    }

    private void ReadPlaces()
    {
        _placesRead = true;
        if (_numbers.Length < _text.Length + 2) (_numbers, _before) = (new ushort[_text.Length * 2], new int[_text.Length * 2]);
        if (_last.Length == 0) _last = new int[knowledge.Model.Size];
        else Array.Clear(_last);
        Array.Clear(_pairs);
        Array.Clear(_seen);
        _rare.Clear();
        _numbers[0] = _numbers[1] = CharacterModel.Border;
        _count = 2;
        CharacterModel model = knowledge.Model;
        for (int i = 0, glossEnd = 0; i < _text.Length; i++)
        {
            char c = _text[i];
            int id = model.Id(c);
            if (model.UnigramCost(id) > RareCost) AddRare(c);
            if (i < glossEnd) continue;
            if (c == '(' && knowledge.Readings.ReadClosed(_text, i + 1, out int end) >= 0) glossEnd = end;
            else Place(id);
        }
    }

    private void AddRare(char c)
    {
        if (Has(_seen, c)) return;
        Set(_seen, c);
        _rare.Add((c, (ushort)knowledge.Gbk.Pair(c)));
    }

    private static int PairBit(int last, int id) => ((last * 37) ^ id) & (PairBits - 1);

    private static bool Has(ulong[] bits, int index) => (bits[index >> 6] >> (index & 63) & 1) != 0;

    private static void Set(ulong[] bits, int index) => bits[index >> 6] |= 1UL << (index & 63);
}
