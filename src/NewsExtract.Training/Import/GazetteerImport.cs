using System.Text.Json;

namespace NewsExtract.Training.Import;

/// <summary>
/// Makes <c>divisions.tsv</c> and <c>towns.tsv</c> of two data sets: codes 1981-2024 of counties and above
/// (<c>gaz/cn_areacodes_1981_2024</c>) and towns (<c>gaz/cn_mumuy_2026</c>, the names of statistical zones from
/// <c>gaz/cn_modood_2023</c>). The other tables of the gazetteer are kept by hand.
/// </summary>
internal static class GazetteerImport
{
    private sealed record Division(string Code, string Province, string Prefecture, string Name, string Level, string Status, string First, string Last, string Successors)
    {
        public bool InForce => Status == "在用";
        public string Key => InForce ? Code : Code + "@" + First;
        public int FirstYear => int.Parse(First);
        public int LastYear => Last.Length == 0 || InForce ? 9999 : int.Parse(Last);
    }

    private static readonly string[] TownSuffixes = ["镇", "乡", "街道", "苏木", "地区", "农场", "林场", "牧场", "渔场", "茶场"];
    private static readonly string[] ZoneSuffixes =
    [
        "开发区", "新区", "园区", "产业园", "工业园", "科技园", "示范区", "保税区", "度假区", "管理区", "集聚区", "合作区", "试验区", "高新区",
        "经开区", "工业区", "新城", "产业区", "保税港区", "风景名胜区", "示范园", "经济区", "创新区", "管委会", "风景区", "旅游区", "松山湖", "东莞港", "生态园",
    ];

    // What is left of a zone's name without these must still name something.
    private static readonly string[] GenericPieces =
    [
        "国家级", "国家", "省级", "经济", "技术", "高新", "高技术", "高科技", "新兴", "产业", "工业", "开发", "综合", "保税", "旅游", "度假", "现代", "农业", "农牧业", "示范",
        "化工", "科技", "循环", "城市", "管理", "生态", "文化", "新型", "城镇", "港口", "临港", "临空", "空港", "航空", "物流", "商务", "商贸", "服务", "集聚", "聚集", "合作", "特别", "试验", "飞地", "滨海", "沿海", "海洋", "冶金", "能源", "新能源", "材料", "新材料", "装备", "制造", "轻工", "食品", "医药", "贸易", "边境", "绿色", "大学", "创新",
        "新区", "新城", "园区", "园", "区", "市", "县", "港",
    ];

    public static void Run(Arguments arguments, TextWriter output)
    {
        string data = Path.Combine(arguments.Required("data"), "gaz");
        string folder = Path.Combine(arguments.Option("sources", "models/sources"), "gazetteer");
        Division[] divisions = ReadDivisions(Path.Combine(data, "cn_areacodes_1981_2024", "result.csv"));
        WriteDivisions(divisions, Path.Combine(folder, "divisions.tsv"));
        output.WriteLine($"divisions.tsv\t{divisions.Length} rows");
        int towns = WriteTowns(divisions, data, folder);
        output.WriteLine($"towns.tsv, statistical-zones.tsv\t{towns} rows");
    }

    private static Division[] ReadDivisions(string path) =>
    [
        .. File.ReadLines(path).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','))
            .Select(f => new Division(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8])),
    ];

    private static void WriteDivisions(Division[] divisions, string path)
    {
        var rows = new List<string>();
        foreach (string level in (string[])["省级", "地级", "县级"])
        {
            foreach (Division d in divisions.Where(d => d.Level == level).OrderBy(d => d.Code, StringComparer.Ordinal).ThenBy(d => d.First, StringComparer.Ordinal))
            {
                string english = level switch { "省级" => "province", "地级" => "prefecture", _ => "county" };
                string first = d.First is "1981" ? "" : d.First;
                string last = d.InForce ? "" : d.Last;
                string row = string.Join('\t', d.Key, d.Name, english, ParentKey(d, divisions), first, last, d.InForce ? "" : SuccessorKey(d, divisions));
                rows.Add(row.TrimEnd('\t'));
            }
        }
        SourceTable.Write(path,
        [
            "China's divisions from county level up, in force and past. Made by the command import-gazetteer; corrections belong into forms.tsv.",
            "Origin: areacodes (yescallop/areacodes, state of 2025-11-04), CC0 1.0.",
            "Columns: key (code, @ and the first year for what is past), name, level, parent's key, first year (empty: 1981 or before), last year, successor's key.",
        ], rows);
    }

    private static string ParentKey(Division d, Division[] all)
    {
        if (d.Level == "省级") return "CN";
        Division province = all.First(p => p.Level == "省级" && p.Name == d.Province);
        if (d.Level == "地级" || d.Prefecture is "直辖" or "") return province.Key;
        // The prefecture of that name whose years overlap the county's longest; a newer one wins a tie.
        return all.Where(p => p.Level == "地级" && p.Province == d.Province && p.Name == d.Prefecture)
            .OrderByDescending(p => Math.Min(p.LastYear, d.LastYear) - Math.Max(p.FirstYear, d.FirstYear)).ThenByDescending(p => p.InForce).First().Key;
    }

    // Of several successors: the one that begins when this one ends, then the one that shares most of the name.
    private static string SuccessorKey(Division d, Division[] all)
    {
        return d.Successors.Split(';', StringSplitOptions.RemoveEmptyEntries).Where(s => !s.Contains('['))
            .SelectMany(code => all.Where(a => a.Code == code && a.LastYear > d.LastYear && a.FirstYear <= d.LastYear))
            .Where(a => a.Key != d.Key)
            .OrderByDescending(a => a.FirstYear == d.LastYear).ThenByDescending(a => a.Name.Intersect(d.Name).Count())
            .ThenBy(a => a.Code, StringComparer.Ordinal).FirstOrDefault()?.Key ?? "";
    }

    private static int WriteTowns(Division[] divisions, string data, string folder)
    {
        var areaNames = File.ReadLines(Path.Combine(data, "cn_modood_2023", "areas.csv")).Skip(1).Select(l => l.Replace("\"", "").Split(','))
            .ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal);
        var byCode = divisions.GroupBy(d => d.Code).ToDictionary(g => g.Key, g => g.OrderByDescending(d => d.InForce).ThenByDescending(d => d.FirstYear).First(), StringComparer.Ordinal);
        var towns = new List<string>();
        var codes = new HashSet<string>(StringComparer.Ordinal);
        var zones = new SortedSet<string>(StringComparer.Ordinal);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(data, "cn_mumuy_2026", "towns_merged.json")));
        foreach (JsonProperty county in json.RootElement.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            string parent = county.Name;
            string parentColumn = "";
            if (byCode.TryGetValue(county.Name, out Division? division))
            {
                parent = division.Key;
                if (!division.InForce) parentColumn = parent;
            }
            else if (areaNames.TryGetValue(county.Name, out string? zone) && byCode.TryGetValue(county.Name[..4] + "00", out Division? prefecture))
            {
                AddZone(zones, zone, prefecture);
                parentColumn = prefecture.Key; // the zone is no administrative level: its towns belong to the prefecture
                parent = parentColumn;
            }
            else
            {
                continue;
            }
            Division? home = divisions.FirstOrDefault(d => d.Key == parent);
            foreach (JsonProperty town in county.Value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
            {
                string name = TownName(town.Value.GetString()!, home);
                if (TownSuffixes.Any(s => name.EndsWith(s, StringComparison.Ordinal) && name.Length > s.Length))
                {
                    if (codes.Add(town.Name)) towns.Add($"{town.Name}\t{name}\t{parentColumn}".TrimEnd('\t'));
                }
                else if (ZoneSuffixes.Any(s => name.EndsWith(s, StringComparison.Ordinal)) && home is { InForce: true })
                    AddZone(zones, name, home);
            }
        }
        SourceTable.Write(Path.Combine(folder, "towns.tsv"),
        [
            "Towns, townships, streets, farms of town level. Made by the command import-gazetteer; corrections belong into forms.tsv.",
            "Origin: mumuy/data_location (state of 2026-04-18, towns as of 2025-11), MIT.",
            "Columns: code, name, parent's key where it is not the first six digits of the code, further names.",
        ], towns);
        SourceTable.Write(Path.Combine(folder, "statistical-zones.tsv"),
        [
            "Development zones that have a code of their own in the statistical divisions. Made by the command import-gazetteer.",
            "Origin: mumuy/data_location (state of 2026-04-18), MIT; modood/Administrative-divisions-of-China (2.7.0), MIT.",
            "Columns: parent's key, name.",
        ], zones);
        return towns.Count + zones.Count;
    }

    private static string TownName(string name, Division? home)
    {
        int bracket = name.IndexOfAny(['（', '(']);
        if (bracket > 1) name = name[..bracket];
        if (name.EndsWith("办事处", StringComparison.Ordinal) && name.Length > 5) name = name[..^3];
        if (home is null) return name;
        foreach (string prefix in (string[])[home.Province, home.Prefecture, home.Name])
        {
            if (prefix.Length > 1 && prefix != "直辖" && name.Length > prefix.Length + 1 && name.StartsWith(prefix, StringComparison.Ordinal)) name = name[prefix.Length..];
        }
        return name;
    }

    private static void AddZone(SortedSet<string> zones, string name, Division home)
    {
        name = ZoneName(name, home);
        string rest = name;
        foreach (string piece in GenericPieces) rest = rest.Replace(piece, "", StringComparison.Ordinal);
        if (rest.Length >= 2 && !name.Contains("公司", StringComparison.Ordinal) && !name.Contains("中心", StringComparison.Ordinal)) zones.Add(home.Key + "\t" + name);
    }

    // 东莞滨海湾新区 is 滨海湾新区 of 东莞市; but 石家庄经济技术开发区 without its city would be any zone.
    private static string ZoneName(string name, Division home)
    {
        if (name.StartsWith('市')) name = name[1..];
        name = name.Replace("管委会", "", StringComparison.Ordinal).Replace("管理委员会", "", StringComparison.Ordinal);
        string city = home.Name[..^1];
        if (!name.StartsWith(city, StringComparison.Ordinal) || name.Length < city.Length + 4) return name;
        string rest = name[city.Length..];
        return rest.StartsWith("经济", StringComparison.Ordinal) || rest.StartsWith("高新", StringComparison.Ordinal) || rest.StartsWith("工业", StringComparison.Ordinal) ? name : rest;
    }
}
