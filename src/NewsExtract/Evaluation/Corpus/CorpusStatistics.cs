using System.Globalization;

namespace NewsExtract.Evaluation.Corpus;

/// <summary>What is in a labelled corpus, as a table of Markdown.</summary>
public static class CorpusStatistics
{
    private static readonly string[] Provinces =
    [
        "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东",
        "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆", "台湾", "香港", "澳门",
    ];

    private static readonly (int From, int To)[] Years = [(1, 1994), (1995, 1999), (2000, 2004), (2005, 2009), (2010, 2014), (2015, 2019), (2020, 2026)];

    private static readonly (string Name, double Part)[] Quantiles =
        [("shortest", 0), ("first quarter", 0.25), ("median", 0.5), ("third quarter", 0.75), ("longest", 1)];

    /// <summary>Writes the table: a line a figure, a column a split.</summary>
    public static void Write(TextWriter output, IReadOnlyList<CorpusArticle> articles)
    {
        string[] splits = [.. articles.Select(a => a.Split).Distinct().Order(StringComparer.Ordinal)];
        Row(output, ["", .. splits, "all"]);
        Row(output, ["---", .. splits.Select(_ => "--:"), "--:"]);
        Line("articles", set => set.Count);
        foreach (string genre in articles.Select(a => a.Gold.Genre).Distinct().Order(StringComparer.Ordinal))
            Line($"genre {genre}", set => set.Count(a => a.Gold.Genre == genre));
        Line("with a page of HTML", set => set.Count(a => a.HasHtml));
        Line("participants", set => set.Sum(a => a.Gold.Participants.Count));
        Line("visits", set => set.Sum(a => a.Gold.Visits.Count));
        Line("meetings", set => set.Sum(a => a.Gold.Meetings.Count));
        Line("agreements", set => set.Sum(a => a.Gold.Agreements.Count));
        Line("date expressions", set => set.Sum(a => a.Gold.Dates.Count));
        Line("persons only mentioned", set => set.Sum(a => a.Gold.MentionedOnly.Count));
        Line("credits", set => set.Sum(a => a.Gold.Credits?.Count ?? 0));
        Line("strings of persons", set => set.Sum(a => a.Gold.Entities?.Persons.Count ?? 0));
        Line("strings of titles", set => set.Sum(a => a.Gold.Entities?.Titles.Count ?? 0));
        Line("strings of places", set => set.Sum(a => a.Gold.Entities?.Places.Count ?? 0));
        Line("strings of organisations", set => set.Sum(a => a.Gold.Entities?.Organizations.Count ?? 0));
        foreach ((string name, double part) in Quantiles) Line($"characters, {name}", set => Quantile(set, part));
        foreach ((int from, int to) in Years)
            Line(from == 1 ? $"published before {to + 1}" : $"published {from}–{to}", set => set.Count(a => Year(a) is { } year && year >= from && year <= to));
        Line("without a day of publication", set => set.Count(a => Year(a) is null));
        Line($"of {Provinces.Length} provinces visited", set => Provinces.Count(p => set.Any(a => a.Gold.Visits.Any(v => v.To.Any(to => to.StartsWith(p, StringComparison.Ordinal))))));

        void Line(string name, Func<IReadOnlyList<CorpusArticle>, int> figure) => Row(output,
            [name, .. splits.Select(split => Text(figure([.. articles.Where(a => a.Split == split)]))), Text(figure(articles))]);
    }

    private static void Row(TextWriter output, IEnumerable<string> cells) => output.WriteLine($"| {string.Join(" | ", cells)} |");

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Quantile(IReadOnlyList<CorpusArticle> set, double part)
    {
        if (set.Count == 0) return 0;
        int[] lengths = [.. set.Select(a => a.Repaired.Count(c => !char.IsWhiteSpace(c))).Order()];
        return lengths[(int)Math.Round(part * (lengths.Length - 1))];
    }

    private static int? Year(CorpusArticle article) =>
        article.Gold.Published is { Length: >= 4 } published && int.TryParse(published.AsSpan(0, 4), out int year) ? year : null;
}
