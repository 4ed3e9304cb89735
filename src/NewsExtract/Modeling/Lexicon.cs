using NewsExtract.Text;

namespace NewsExtract.Modeling;

/// <summary>A word of the lexicon that stands in a text.</summary>
/// <param name="Start">UTF-16 offset of its first unit.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="Entry">The word's number in the lexicon.</param>
public readonly record struct LexiconHit(int Start, int Length, int Entry)
{
    /// <summary>Offset behind the last unit.</summary>
    public int End => Start + Length;
}

/// <summary>
/// All words known beforehand, under one trie: general words with frequency and tag, terms of the rules, names of
/// the gazetteer. Immutable. Entries are numbered from 0, by length, then ordinally; the words that a user dictionary
/// adds come behind.
/// </summary>
public sealed class Lexicon
{
    [Flags]
    internal enum Marks : byte
    {
        None = 0,
        GeneralWord = 1,
        FullName = 2,
        ShortForm = 4,
        Abbreviation = 8,
        UserWord = 16,
    }

    private const ushort PlaceMark = 0x8000;

    private readonly WordTrie _trie;
    private readonly WordTrie? _userTrie;
    private readonly char[] _text;
    private readonly LengthClass[] _lengths;
    private readonly string?[] _strings;
    private readonly int[] _frequencies;
    private readonly byte[] _tags;
    private readonly byte[] _commonShares;
    // The number of the entry's set of terms; and the highest bit, PlaceMark, if the entry names a place.
    private readonly ushort[] _knowledge;
    private readonly TermSet[] _sets;
    private readonly int[] _places;
    private readonly int[] _placeLists;
    private readonly byte[] _marks;
    private readonly int _baseCount;
    private readonly bool[] _charactersThatMatter;

    /// <summary>The entries from <paramref name="First"/> on have <paramref name="Length"/> characters; theirs start at <paramref name="Offset"/>.</summary>
    private readonly record struct LengthClass(int Length, int First, int Offset);

    internal Lexicon(ModelFile file)
    {
        _trie = new WordTrie(file.Array<ulong>("lexicon.trie"), file.Array<char>("lexicon.alphabet"));
        _text = file.Array<char>("lexicon.text");
        _frequencies = file.Array<int>("lexicon.frequency");
        _tags = file.Array<byte>("lexicon.tag");
        _commonShares = file.Array<byte>("lexicon.common");
        _knowledge = file.Array<ushort>("lexicon.terms");
        _marks = file.Array<byte>("lexicon.marks");
        _places = file.Array<int>("lexicon.place");
        _placeLists = file.Array<int>("lexicon.places");
        _baseCount = _frequencies.Length;
        if (_tags.Length != _baseCount || _commonShares.Length != _baseCount || _knowledge.Length != _baseCount || _marks.Length != _baseCount || _places.Length != _baseCount)
            throw new ModelException($"{file.Name}: the lexicon's sections differ in length");

        ulong[] sets = file.Array<ulong>("lexicon.termsets");
        _sets = new TermSet[sets.Length / 2];
        for (int i = 0; i < _sets.Length; i++) _sets[i] = new TermSet(sets[2 * i], sets[2 * i + 1]);
        if (_sets.Length is 0 or > PlaceMark || !_sets[0].IsEmpty) throw new ModelException($"{file.Name}: section lexicon.termsets doesn't begin with the empty set, or is too long");
        for (int i = 0; i < _baseCount; i++)
            if (_places[i] != -1) _knowledge[i] |= PlaceMark;

        int[] lengths = file.Array<int>("lexicon.lengths"); // pairs: length, number of entries
        _lengths = new LengthClass[lengths.Length / 2];
        int first = 0, offset = 0;
        for (int i = 0; i < _lengths.Length; i++)
        {
            _lengths[i] = new LengthClass(lengths[2 * i], first, offset);
            first += lengths[2 * i + 1];
            offset += lengths[2 * i] * lengths[2 * i + 1];
        }
        if (first != _baseCount || offset != _text.Length) throw new ModelException($"{file.Name}: section lexicon.lengths doesn't fit the others");
        _strings = new string?[_baseCount];
        int characters = _lengths.Length > 0 && _lengths[0].Length == 1 ? lengths[1] : 0;
        _charactersThatMatter = new bool[characters];
        for (int i = 0; i < characters; i++) _charactersThatMatter[i] = Matters(i);
    }

    // With the words of a user dictionary.
    private Lexicon(Lexicon origin, IReadOnlyList<UserWord> words)
    {
        (_trie, _text, _lengths, _sets, _placeLists, _baseCount, _charactersThatMatter) =
            (origin._trie, origin._text, origin._lengths, origin._sets, origin._placeLists, origin._baseCount, origin._charactersThatMatter);
        var added = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int i = origin._baseCount; i < origin.Count; i++) added.Add(origin.Text(i), i);
        foreach (UserWord word in words)
        {
            if (origin.Find(word.Text) < 0 && !added.ContainsKey(word.Text)) added.Add(word.Text, _baseCount + added.Count);
        }
        int count = _baseCount + added.Count;
        _strings = Extended(origin._strings, count);
        _frequencies = Extended(origin._frequencies, count);
        _tags = Extended(origin._tags, count);
        _commonShares = Extended(origin._commonShares, count);
        _commonShares.AsSpan(origin.Count).Fill(100);
        _knowledge = Extended(origin._knowledge, count);
        _marks = Extended(origin._marks, count);
        _places = Extended(origin._places, count);
        _places.AsSpan(origin.Count).Fill(-1);
        foreach ((string text, int entry) in added) _strings[entry] = text;
        if (added.Count > 0)
        {
            (ulong[] nodes, char[] alphabet) = WordTrieBuilder.Build([.. added.Keys], [.. added.Values]);
            _userTrie = new WordTrie(nodes, alphabet);
        }
        foreach (UserWord word in words)
        {
            int entry = Find(word.Text);
            _frequencies[entry] = word.Frequency;
            if (word.Tag != PartOfSpeech.None)
            {
                _tags[entry] = (byte)word.Tag;
                _commonShares[entry] = (byte)(word.Tag is PartOfSpeech.Nr or PartOfSpeech.Ns or PartOfSpeech.Nt or PartOfSpeech.Nz ? 0 : 100);
            }
            _marks[entry] |= (byte)(Marks.GeneralWord | Marks.UserWord);
        }
    }

    internal WordTrie Trie => _trie;

    internal bool HasUserTrie => _userTrie != null;

    /// <summary>For the entries of one character whether more is known of them than that they are words.</summary>
    internal ReadOnlySpan<bool> CharactersThatMatter => _charactersThatMatter;

    /// <summary>Whether more is known of an entry than that it is a word: a term, a place.</summary>
    internal bool Matters(int entry) => _knowledge[entry] != 0;

    /// <summary>The number of entries.</summary>
    public int Count => _frequencies.Length;

    /// <summary>A lexicon that knows the words of a dictionary in jieba's format too; see <see cref="UserDictionary"/>.</summary>
    /// <exception cref="ModelException">The file can't be read, or a line is no entry: the message names each as <c>file:line</c>.</exception>
    public Lexicon WithUserDictionary(string path) => WithWords(UserDictionary.Read(path));

    /// <summary>A lexicon that knows these words too. A word that is there already gets the new frequency and tag.</summary>
    public Lexicon WithWords(IReadOnlyList<UserWord> words) => new(this, words);

    /// <summary>Every entry that begins at <paramref name="start"/>, by ascending length.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">UTF-16 offset.</param>
    /// <param name="hits">Receives the entries; those for which there is no room are dropped (32 hold all that a text can have).</param>
    /// <returns>The number of entries written.</returns>
    public int MatchAll(ReadOnlySpan<char> text, int start, Span<LexiconHit> hits)
    {
        int count = _trie.MatchAll(text, start, hits);
        return _userTrie is null ? count : MergeUserWords(text, start, hits, count);
    }

    /// <summary>The number of a word's entry, or -1.</summary>
    public int Find(ReadOnlySpan<char> word)
    {
        int entry = _trie.Find(word);
        return entry >= 0 || _userTrie is null ? entry : _userTrie.Find(word);
    }

    /// <summary>What the word can do in a rule; empty for a plain word.</summary>
    public TermSet Terms(int entry) => _sets[_knowledge[entry] & ~PlaceMark];

    /// <summary>How often the word stands in the general lexicon's corpora, all together (see models/README.md); 0 for a mere name or term.</summary>
    public int Frequency(int entry) => _frequencies[entry];

    /// <summary>The part of <see cref="Frequency"/> in which the word is no name of a person, place, organisation or product: <c>朝阳</c> the morning sun.</summary>
    public int CommonFrequency(int entry) => (int)((long)_frequencies[entry] * _commonShares[entry] / 100);

    /// <summary>The word's most frequent part of speech.</summary>
    public PartOfSpeech Tag(int entry) => (PartOfSpeech)_tags[entry];

    /// <summary>Numbers of the gazetteer's places that the word can mean as full name, short form or abbreviation; the most prominent first.</summary>
    public ReadOnlySpan<int> Places(int entry)
    {
        int place = _places[entry];
        if (place == -1) return default;
        // One place stands in the slot itself; of several, the slot holds -2 minus the offset of their list, which starts with its length.
        if (place >= 0) return new ReadOnlySpan<int>(_places, entry, 1);
        int list = -2 - place;
        return new ReadOnlySpan<int>(_placeLists, list + 1, _placeLists[list]);
    }

    /// <summary>Whether the word can mean a place at all.</summary>
    public bool IsPlace(int entry) => _knowledge[entry] >= PlaceMark;

    /// <summary>Whether the word has a frequency of its own, apart from being a name or term.</summary>
    public bool IsGeneralWord(int entry) => Has(entry, Marks.GeneralWord);

    /// <summary>Whether the word is a place's full name (<c>松桃苗族自治县</c>).</summary>
    public bool IsFullName(int entry) => Has(entry, Marks.FullName);

    /// <summary>Whether the word is a place's name without its suffix (<c>松桃</c>), or a customary short name of more than one character.</summary>
    public bool IsShortForm(int entry) => Has(entry, Marks.ShortForm);

    /// <summary>Whether the word is a single character that stands for a place (<c>粤</c>): believed only in compounds such as <c>粤桂</c>, <c>赴粤</c>.</summary>
    public bool IsAbbreviation(int entry) => Has(entry, Marks.Abbreviation);

    /// <summary>Whether a user dictionary gave the word.</summary>
    public bool IsUserWord(int entry) => Has(entry, Marks.UserWord);

    /// <summary>The word. The string is made at the first call and kept.</summary>
    public string Text(int entry) => _strings[entry] ??= new string(Characters(entry));

    /// <summary>The word's characters, without making a string.</summary>
    public ReadOnlySpan<char> Characters(int entry)
    {
        if (entry >= _baseCount) return _strings[entry];
        int i = _lengths.Length - 1;
        while (_lengths[i].First > entry) i--;
        LengthClass at = _lengths[i];
        return _text.AsSpan(at.Offset + (entry - at.First) * at.Length, at.Length);
    }

    private bool Has(int entry, Marks mark) => (_marks[entry] & (byte)mark) != 0;

    private int MergeUserWords(ReadOnlySpan<char> text, int start, Span<LexiconHit> hits, int count)
    {
        int added = _userTrie!.MatchAll(text, start, hits[count..]);
        for (int i = count; i < count + added; i++)
        {
            LexiconHit hit = hits[i];
            int at = i;
            for (; at > 0 && hits[at - 1].Length > hit.Length; at--) hits[at] = hits[at - 1];
            hits[at] = hit;
        }
        return count + added;
    }

    private static T[] Extended<T>(T[] values, int count)
    {
        var longer = new T[count];
        values.CopyTo(longer, 0);
        return longer;
    }
}
