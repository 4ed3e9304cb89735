namespace NewsExtract.Modeling;

/// <summary>What kind of place it is.</summary>
public enum PlaceLevel : byte
{
    /// <summary>A state or dependent territory with an ISO code of its own.</summary>
    Country,
    /// <summary>Province, autonomous region, municipality under the central government, special administrative region.</summary>
    Province,
    /// <summary>Prefecture-level city, prefecture, autonomous prefecture, league.</summary>
    Prefecture,
    /// <summary>County, district, county-level city, banner.</summary>
    County,
    /// <summary>Town, township, street (subdistrict).</summary>
    Town,
    /// <summary>Development zone or new area.</summary>
    Zone,
    /// <summary>A first-level division of another country.</summary>
    ForeignRegion,
    /// <summary>A city of another country.</summary>
    ForeignCity,
}

/// <summary>
/// Places by number, from 0: China's divisions with the years in which they had their name, code and parent; zones;
/// countries and foreign cities. A renamed or recoded division is a place of its own with a successor. Immutable.
/// </summary>
public sealed class Gazetteer
{
    private const int MaxChanges = 8;
    private readonly Lexicon _lexicon;
    private readonly int[] _names;
    private readonly int[] _codes;
    private readonly int[] _parents;
    private readonly byte[] _levels;
    private readonly ushort[] _countries;
    private readonly ushort[] _firstYears;
    private readonly ushort[] _lastYears;
    private readonly int[] _successors;
    private readonly ushort[] _prominence;
    private readonly string?[] _chains;
    private readonly int[] _prefectures;
    private readonly int[] _provinces;
    private readonly int[] _latest;
    private readonly ILookup<int, int> _predecessors;

    internal Gazetteer(ModelFile file, Lexicon lexicon)
    {
        _lexicon = lexicon;
        _names = file.Array<int>("gazetteer.name");
        _codes = file.Array<int>("gazetteer.code");
        _parents = file.Array<int>("gazetteer.parent");
        _levels = file.Array<byte>("gazetteer.level");
        _countries = file.Array<ushort>("gazetteer.country");
        _firstYears = file.Array<ushort>("gazetteer.firstyear");
        _lastYears = file.Array<ushort>("gazetteer.lastyear");
        _successors = file.Array<int>("gazetteer.successor");
        _prominence = file.Array<ushort>("gazetteer.prominence");
        if (_codes.Length != Count || _parents.Length != Count || _levels.Length != Count || _countries.Length != Count || _firstYears.Length != Count
            || _lastYears.Length != Count || _successors.Length != Count || _prominence.Length != Count)
            throw new ModelException($"{file.Name}: the gazetteer's sections differ in length");
        _chains = new string?[Count];
        _prefectures = Ancestors(PlaceLevel.Prefecture);
        _provinces = Ancestors(PlaceLevel.Province);
        _latest = new int[Count];
        for (int id = 0; id < _latest.Length; id++)
        {
            int at = id;
            for (int steps = 0; steps < MaxChanges && _successors[at] >= 0; steps++) at = _successors[at];
            _latest[id] = at;
        }
        _predecessors = Enumerable.Range(0, Count).Where(id => _successors[id] >= 0).ToLookup(id => _successors[id]);
    }

    /// <summary>The number of places.</summary>
    public int Count => _names.Length;

    /// <summary>The full name, without parents: <c>虎门镇</c>.</summary>
    public string Name(int id) => _lexicon.Text(_names[id]);

    /// <summary>The lexicon's entry of the full name.</summary>
    public int NameEntry(int id) => _names[id];

    /// <summary>The division code, six digits, nine for towns; null if there is none.</summary>
    public string? Code(int id) => _codes[id] == 0 ? null : _codes[id].ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The place around it, or -1 for a country.</summary>
    public int Parent(int id) => _parents[id];

    /// <summary>The prefecture that the place is or lies in, or -1.</summary>
    public int Prefecture(int id) => _prefectures[id];

    /// <summary>The province that the place is or lies in, or -1.</summary>
    public int Province(int id) => _provinces[id];

    /// <summary>What kind of place it is.</summary>
    public PlaceLevel Level(int id) => (PlaceLevel)_levels[id];

    /// <summary>ISO 3166 alpha-2 code of its country or territory.</summary>
    public string Country(int id) => string.Create(2, _countries[id], static (span, packed) =>
    {
        span[0] = (char)(packed >> 8);
        span[1] = (char)(packed & 0xFF);
    });

    /// <summary>The first year in which this name, code and parent held; 0 = before the records begin (1981) or not known.</summary>
    public int FirstYear(int id) => _firstYears[id];

    /// <summary>The year in which they ended; 0 = still in force or not known.</summary>
    public int LastYear(int id) => _lastYears[id];

    /// <summary>The place that took over when this one ended (the main one of several), or -1.</summary>
    public int Successor(int id) => _successors[id];

    /// <summary>How likely an unexplained mention of an ambiguous name means this place rather than another; higher is likelier. From 0 to about 420: a country has 360, a province 320, a prefecture 240, a county 160, a town 80, past ones 60 less.</summary>
    public int Prominence(int id) => _prominence[id];

    /// <summary>Whether the place had this name, code and parent in the year; in the year of a change both sides did. Year 0 asks for what is still in force.</summary>
    public bool IsInForce(int id, int year) =>
        year == 0 ? _lastYears[id] == 0 : year >= _firstYears[id] && (_lastYears[id] == 0 || year <= _lastYears[id]);

    /// <summary>The place and its parents as one name: <c>广东省东莞市虎门镇</c>, <c>秘鲁利马</c>. China itself is left out of its places' names.</summary>
    public string Chain(int id) => _chains[id] ??= MakeChain(id);

    /// <summary>What the place has become by now: itself, or the last of its successors.</summary>
    public int Latest(int id) => _latest[id];

    /// <summary>The chain with the names that the places above had in the year: <c>哈密地区伊吾县淖毛湖镇</c> in 2011. Year 0 asks for what is in force.</summary>
    public string Chain(int id, int year)
    {
        int parent = _parents[id];
        if (year > 0 && _levels[id] == (byte)PlaceLevel.County && !IsInForce(id, year))
        {
            foreach (int before in _predecessors[id])
                if (_names[before] == _names[id] && IsInForce(before, year)) return Chain(before);
        }
        if (year == 0 || parent < 0 || _levels[id] != (byte)PlaceLevel.Town || IsInForce(parent, year)) return Chain(id);
        for (int steps = 0; steps < MaxChanges; steps++)
        {
            int before = _predecessors[parent].FirstOrDefault(p => IsInForce(p, year), _predecessors[parent].FirstOrDefault(-1));
            if (before < 0) return Chain(id);
            if (IsInForce(before, year)) return Chain(before) + Name(id);
            parent = before;
        }
        return Chain(id);
    }

    /// <summary>Whether the place is <paramref name="ancestor"/>, or what that became, or lies in it.</summary>
    public bool IsWithin(int id, int ancestor)
    {
        int latest = _latest[ancestor];
        while (id >= 0)
        {
            if (id == ancestor || id == latest) return true;
            id = _parents[id];
        }
        return false;
    }

    private int[] Ancestors(PlaceLevel level)
    {
        var ancestors = new int[Count];
        for (int id = 0; id < ancestors.Length; id++)
        {
            int at = id;
            while (at >= 0 && _levels[at] != (byte)level) at = _parents[at];
            ancestors[id] = at;
        }
        return ancestors;
    }

    private string MakeChain(int id)
    {
        int parent = _parents[id];
        bool parentCounts = parent >= 0 && !(_levels[parent] == (byte)PlaceLevel.Country && _countries[parent] == (('C' << 8) | 'N'));
        return parentCounts ? Chain(parent) + Name(id) : Name(id);
    }
}
