using NewsExtract.Modeling;

namespace NewsExtract.Training.Knowledge;

/// <summary>
/// Names without what is customarily left out: <c>松桃苗族自治县</c> gives <c>松桃</c> and <c>松桃县</c>, <c>虎门镇</c> gives
/// <c>虎门</c>, <c>黔东南苗族侗族自治州</c> gives <c>黔东南</c> and <c>黔东南州</c>. Nothing shorter than two characters.
/// </summary>
internal sealed class ShortForms
{
    private static readonly string[] Autonomous = ["自治区", "自治州", "自治县", "自治旗"];

    private static readonly string[] Suffixes =
    [
        "特别行政区", "街道办事处", "联合旗", "街道", "地区", "林区", "特区", "矿区", "新区", "苏木",
        "省", "市", "县", "区", "盟", "旗", "镇", "乡", "州", "道", "府", "郡",
    ];

    private readonly string[] _groups;

    public ShortForms(IEnumerable<string> ethnicGroups) => _groups = [.. ethnicGroups.OrderByDescending(g => g.Length).ThenBy(g => g, StringComparer.Ordinal)];

    public void AddTo(Place place)
    {
        if (place.Level is PlaceLevel.Country or PlaceLevel.Zone) return;
        string name = place.Name;
        string? autonomous = Array.Find(Autonomous, s => name.EndsWith(s, StringComparison.Ordinal));
        if (autonomous != null)
        {
            string bare = WithoutGroups(name[..^3]);
            Add(place, bare);
            if (autonomous != "自治区") Add(place, bare + name[^1]);
            return;
        }
        foreach (string suffix in Suffixes)
        {
            if (!name.EndsWith(suffix, StringComparison.Ordinal)) continue;
            string stem = name[..^suffix.Length];
            string bare = suffix is "乡" or "镇" or "苏木" or "区" ? WithoutGroups(stem) : stem;
            Add(place, bare);
            if (bare != stem) Add(place, bare + suffix);
            return;
        }
    }

    private static void Add(Place place, string form)
    {
        if (form.Length >= 2 && form != place.Name && !place.ShortForms.Contains(form)) place.ShortForms.Add(form);
    }

    private string WithoutGroups(string stem)
    {
        while (true)
        {
            string? group = Array.Find(_groups, g => stem.Length >= g.Length + 2 && stem.EndsWith(g, StringComparison.Ordinal));
            if (group is null) break;
            stem = stem[..^group.Length];
        }
        return stem.EndsWith('族') && stem.Length > 2 ? stem[..^1] : stem; // 东乡族自治县
    }
}
