using System.Globalization;
using NewsExtract.Modeling;

namespace NewsExtract.Training.Knowledge;

/// <summary>
/// Reads <c>gazetteer/*.tsv</c>. Rows refer to places by key: an ISO code for a country; a division code, with
/// <c>@first year</c> for one that is no longer in force; the parent's key, a slash and the name for all others
/// (<c>PE/利马</c>, <c>441900/滨海湾新区</c>). A parent stands before its children.
/// </summary>
internal sealed class GazetteerSource
{
    // Prominence is reckoned in points and kept in units, so that a country has about 360 and a town 80.
    private const int PointsPerUnit = 25;

    private readonly string _sources;
    private readonly Faults _faults;
    private readonly PlaceTable _places = new();
    private readonly ShortForms _shortForms;
    private readonly HashSet<(int Parent, string Name)> _names = [];

    private GazetteerSource(string sources, Faults faults)
    {
        _sources = sources;
        _faults = faults;
        _shortForms = new ShortForms(Rows("ethnic-groups.tsv", 1, 1).Select(r => r[0]));
    }

    public static PlaceTable Read(string sources, Faults faults)
    {
        var reader = new GazetteerSource(sources, faults);
        reader.ReadCountries();
        reader.ReadDivisions();
        reader.ReadTowns();
        reader.ReadOthers("islands.tsv", "");
        reader.ReadOthers("zones.tsv", "zone");
        reader.ReadOthers("statistical-zones.tsv", "zone", addsTo: true);
        reader.ReadOthers("world.tsv", "city");
        reader.ReadForms();
        reader.ReadProminence();
        reader.ReadOrdinaryWords();
        foreach (Place place in reader._places.Places) place.Prominence /= PointsPerUnit;
        return reader._places;
    }

    private List<SourceRow> Rows(string file, int minimum, int maximum) =>
        SourceTable.Read(Path.Combine(_sources, "gazetteer", file), "gazetteer/" + file, minimum, maximum, _faults);

    // ISO code, short name, full name, further names.
    private void ReadCountries()
    {
        foreach (SourceRow row in Rows("countries.tsv", 2, 4))
        {
            if (row[0].Length != 2 || !row[0].All(char.IsAsciiLetterUpper))
            {
                _faults.Add(row, $"{row[0]} is no ISO 3166 alpha-2 code");
                continue;
            }
            var place = new Place { Key = row[0], Name = row[1], Level = PlaceLevel.Country, Country = row[0], Prominence = 9000 };
            if (row[2].Length > 0) place.FullNames.Add(row[2]);
            place.FullNames.AddRange(List(row[3]));
            Add(row, place);
        }
    }

    // Key, name, level, parent, first year, last year, key of the successor; years 0 or empty for open.
    private void ReadDivisions()
    {
        var successors = new List<(SourceRow Row, int Id)>();
        foreach (SourceRow row in Rows("divisions.tsv", 4, 7))
        {
            if (!TryLevel(row, row[2], out PlaceLevel level) || !TryParent(row, row[3], out int parent)) continue;
            string digits = row[0].Split('@')[0];
            if (digits.Length != 6 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            {
                _faults.Add(row, $"{row[0]} is no division code of six digits");
                continue;
            }
            if (!TryYear(row, row[4], out int first) || !TryYear(row, row[5], out int last)) continue;
            if (last > 0 && last < first) _faults.Add(row, $"the last year, {last}, is before the first, {first}");
            string country = digits[..2] switch { "71" => "TW", "81" => "HK", "82" => "MO", _ => "CN" };
            var place = new Place { Key = row[0], Name = row[1], Level = level, Country = country, Parent = parent, Code = code, FirstYear = first, LastYear = last };
            _shortForms.AddTo(place);
            place.Prominence = Base(level) + ParentBonus(parent) - (last > 0 ? 1500 : 0);
            Add(row, place);
            if (row[6].Length > 0) successors.Add((row, _places.Places.Count - 1));
        }
        foreach ((SourceRow row, int id) in successors)
        {
            int successor = _places.Find(row[6]);
            if (successor < 0) _faults.Add(row, $"there is no place {row[6]} to be the successor");
            else _places.Places[id].Successor = successor;
        }
    }

    // Code of nine digits, name, key of the parent where it is not the first six digits, further names.
    private void ReadTowns()
    {
        foreach (SourceRow row in Rows("towns.tsv", 2, 4))
        {
            if (row[0].Length != 9 || !int.TryParse(row[0], NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            {
                _faults.Add(row, $"{row[0]} is no town code of nine digits");
                continue;
            }
            if (!TryParent(row, row[2].Length > 0 ? row[2] : row[0][..6], out int parent)) continue;
            Place county = _places.Places[parent];
            var place = new Place
            {
                Key = row[0],
                Name = row[1],
                Level = PlaceLevel.Town,
                Country = "CN",
                Parent = parent,
                Code = code,
                FirstYear = county.FirstYear,
                LastYear = county.LastYear,
                Prominence = Base(PlaceLevel.Town) + ParentBonus(parent) - (county.LastYear > 0 ? 1500 : 0),
            };
            _shortForms.AddTo(place);
            place.FullNames.AddRange(List(row[3]));
            _names.Add((parent, place.Name));
            Add(row, place);
        }
        AddFormerTowns();
    }

    // A town was a township before, a street a town: older texts name them so, and no list has them. They have no code and end
    // where the list of towns begins.
    private void AddFormerTowns()
    {
        const int lastYear = 2024;
        int count = _places.Places.Count;
        for (int id = 0; id < count; id++)
        {
            Place town = _places.Places[id];
            if (town.Level != PlaceLevel.Town || town.LastYear > 0) continue;
            string? name = town.Name.EndsWith('镇') ? town.Name[..^1] + "乡" : town.Name.EndsWith("街道", StringComparison.Ordinal) ? town.Name[..^2] + "镇" : null;
            if (name is null || name.Length < 3 || _names.Contains((town.Parent, name))) continue;
            var former = new Place
            {
                Key = town.Key + "@",
                Name = name,
                Level = PlaceLevel.Town,
                Country = "CN",
                Parent = town.Parent,
                LastYear = lastYear,
                Successor = id,
                Prominence = town.Prominence - 1500,
            };
            _places.TryAdd(former);
        }
    }

    // Parent's key, name, level (may be empty), further names, "capital" for a capital.
    private void ReadOthers(string file, string defaultLevel, bool addsTo = false)
    {
        foreach (SourceRow row in Rows(file, 2, 5))
        {
            if (!TryLevel(row, row[2].Length > 0 ? row[2] : defaultLevel, out PlaceLevel level) || !TryParent(row, row[0], out int parent)) continue;
            if (addsTo && _places.Find(row[0] + "/" + row[1]) >= 0) continue; // zones.tsv says more about it
            bool capital = row[4] == "capital";
            if (row[4].Length > 0 && !capital) _faults.Add(row, $"{row[4]}: only the word capital may stand here");
            var place = new Place
            {
                Key = row[0] + "/" + row[1],
                Name = row[1],
                Level = level,
                Country = _places.Places[parent].Country,
                Parent = parent,
                Prominence = Base(level) + (capital ? 3000 : 0) + (level == PlaceLevel.Zone ? ParentBonus(parent) : 0),
            };
            _shortForms.AddTo(place);
            if (level == PlaceLevel.ForeignCity && !place.Name.EndsWith('市') && !place.Name.EndsWith('城')) place.FullNames.Add(place.Name + "市");
            place.FullNames.AddRange(List(row[3]).Where(name => !place.FullNames.Contains(name)));
            Add(row, place);
        }
    }

    // Key, short-form or abbreviation or name, names.
    private void ReadForms()
    {
        foreach (SourceRow row in Rows("forms.tsv", 3, 3))
        {
            int id = _places.Find(row[0]);
            if (id < 0)
            {
                _faults.Add(row, $"there is no place {row[0]}");
                continue;
            }
            List<string>? forms = row[1] switch
            {
                "short-form" => _places.Places[id].ShortForms,
                "abbreviation" => _places.Places[id].Abbreviations,
                "name" => _places.Places[id].FullNames,
                _ => null,
            };
            if (forms is null) _faults.Add(row, $"{row[1]} is none of short-form, abbreviation, name");
            else forms.AddRange(List(row[2]));
            if (row[1] == "abbreviation" && List(row[2]).Any(n => n.Length > 1)) _faults.Add(row, "an abbreviation has one character; longer ones are short forms");
        }
    }

    // Key, what is added to the prominence that the level gives.
    private void ReadProminence()
    {
        foreach (SourceRow row in Rows("prominence.tsv", 2, 2))
        {
            int id = _places.Find(row[0]);
            if (id < 0) _faults.Add(row, $"there is no place {row[0]}");
            else if (!int.TryParse(row[1], NumberStyles.None, CultureInfo.InvariantCulture, out int bonus) || bonus > 5000) _faults.Add(row, $"{row[1]} is no number up to 5000");
            else
            {
                _places.Places[id].Prominence += bonus;
                // What lies in an important city is likelier meant too.
                foreach (Place place in _places.Places)
                {
                    if (place.Parent == id || (place.Parent >= 0 && _places.Places[place.Parent].Parent == id)) place.Prominence += bonus / 2;
                }
            }
        }
    }

    private void ReadOrdinaryWords()
    {
        var names = new HashSet<string>(_places.Places.SelectMany(p => p.FullNames.Append(p.Name)), StringComparer.Ordinal);
        foreach (SourceRow row in Rows("ordinary-words.tsv", 1, 1))
        {
            if (!names.Contains(row[0])) _faults.Add(row, $"no place has the full name {row[0]}");
            _places.OrdinaryWords.Add(row[0]);
        }
    }

    private void Add(in SourceRow row, Place place)
    {
        if (!_places.TryAdd(place)) _faults.Add(row, $"the place {place.Key} is there already");
    }

    private bool TryParent(in SourceRow row, string key, out int parent)
    {
        parent = _places.Find(key);
        if (parent < 0) _faults.Add(row, $"there is no place {key} above this row to be the parent");
        return parent >= 0;
    }

    private bool TryYear(in SourceRow row, string text, out int year)
    {
        year = 0;
        if (text.Length == 0 || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out year) && year is 0 or (> 1900 and < 2100))) return true;
        _faults.Add(row, $"{text} is no year");
        return false;
    }

    private bool TryLevel(in SourceRow row, string text, out PlaceLevel level)
    {
        (level, bool known) = text switch
        {
            "province" => (PlaceLevel.Province, true),
            "prefecture" => (PlaceLevel.Prefecture, true),
            "county" => (PlaceLevel.County, true),
            "town" => (PlaceLevel.Town, true),
            "zone" => (PlaceLevel.Zone, true),
            "region" => (PlaceLevel.ForeignRegion, true),
            "city" => (PlaceLevel.ForeignCity, true),
            _ => (default, false),
        };
        if (!known) _faults.Add(row, $"{(text.Length == 0 ? "an empty field" : text)} is no level");
        return known;
    }

    private static string[] List(string field) => field.Split('、', StringSplitOptions.RemoveEmptyEntries);

    private static int Base(PlaceLevel level) => level switch
    {
        PlaceLevel.Country => 9000,
        PlaceLevel.Province => 8000,
        PlaceLevel.Prefecture => 6000,
        PlaceLevel.ForeignCity => 4500,
        PlaceLevel.County => 4000,
        PlaceLevel.Zone => 3500,
        PlaceLevel.ForeignRegion => 3000,
        _ => 2000,
    };

    // Counties directly under a province that is a city (Beijing) are better known than others.
    private int ParentBonus(int parent) => _places.Places[parent] is { Level: PlaceLevel.Province } p && p.Name.EndsWith('市') ? 500 : 0;
}
