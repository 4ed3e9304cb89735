using NewsExtract.Modeling;

namespace NewsExtract.Training.Knowledge;

/// <summary>A place as the sources give it.</summary>
internal sealed class Place
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required PlaceLevel Level { get; init; }
    public required string Country { get; init; }
    public int Parent { get; init; } = -1;
    public int Code { get; init; }
    public int FirstYear { get; init; }
    public int LastYear { get; init; }
    public int Successor { get; set; } = -1;
    public int Prominence { get; set; }
    public List<string> FullNames { get; } = [];
    public List<string> ShortForms { get; } = [];
    public List<string> Abbreviations { get; } = [];
}

/// <summary>All places, by number and by the key that rows refer to.</summary>
internal sealed class PlaceTable
{
    private readonly List<Place> _places = [];
    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);

    public IReadOnlyList<Place> Places => _places;

    /// <summary>Full names that are ordinary words too (<c>城区</c>): they get the mark of short forms.</summary>
    public HashSet<string> OrdinaryWords { get; } = new(StringComparer.Ordinal);

    /// <returns>False if the key is taken.</returns>
    public bool TryAdd(Place place)
    {
        if (!_byKey.TryAdd(place.Key, _places.Count)) return false;
        _places.Add(place);
        return true;
    }

    /// <summary>The number of the place with the key, or -1.</summary>
    public int Find(string key) => _byKey.GetValueOrDefault(key, -1);

    /// <summary>Gives the words their places, the most prominent first.</summary>
    public void AddNames(WordTable words)
    {
        for (int id = 0; id < _places.Count; id++)
        {
            Place place = _places[id];
            Add(words, place.Name, id, Lexicon.Marks.FullName);
            foreach (string name in place.FullNames) Add(words, name, id, Lexicon.Marks.FullName);
            foreach (string name in place.ShortForms) Add(words, name, id, Lexicon.Marks.ShortForm);
            foreach (string name in place.Abbreviations) Add(words, name, id, Lexicon.Marks.Abbreviation);
        }
        foreach (WordTable.Word word in words.InOrder().Words)
        {
            if (word.Places.Count > 1) word.Places.Sort((a, b) => _places[a].Prominence != _places[b].Prominence ? _places[b].Prominence.CompareTo(_places[a].Prominence) : a.CompareTo(b));
        }
    }

    private void Add(WordTable words, string name, int id, Lexicon.Marks mark)
    {
        if (mark == Lexicon.Marks.FullName && OrdinaryWords.Contains(name)) mark = Lexicon.Marks.ShortForm;
        WordTable.Word word = words[name];
        word.Marks |= mark;
        if (!word.Places.Contains(id)) word.Places.Add(id);
    }
}
