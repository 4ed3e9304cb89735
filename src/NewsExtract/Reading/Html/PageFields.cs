using System.Text.Json;

namespace NewsExtract.Reading.Html;

/// <summary>What a page says about its article outside the text.</summary>
internal sealed record PageFields
{
    public static PageFields None { get; } = new();

    public string? Title { get; init; }
    public string? Outlet { get; init; }
    public string? Author { get; init; }
    public string? Editor { get; init; }
    public string? Url { get; init; }
    public DateOnly? Published { get; init; }
}

/// <summary>Reads a page's fields from its head and from the lines around its text.</summary>
internal static class PageHeader
{
    private static readonly string[] TitleNames = ["articletitle", "og:title", "twitter:title", "title"];
    private static readonly string[] DateNames =
    [
        "article:published_time", "pubdate", "publishdate", "publish_date", "og:published_time", "og:release_date", "datepublished", "weibo:article:create_at", "date", "dc.date", "firstpublishedtime", "creationdate",
    ];
    private static readonly string[] OutletNames = ["contentsource", "og:article:source", "article:source", "mediaid"];
    private static readonly string[] UrlNames = ["og:url"];
    private static readonly string[] OutletLabels = ["来源：", "来源:", "來源：", "來源:", "稿源：", "信息来源：", "文章来源："];
    private static readonly string[] AuthorLabels = ["作者：", "作者:", "记者：", "记者:", "記者：", "通讯员：", "文：", "撰稿："];
    private static readonly string[] EditorLabels = ["责任编辑：", "责任编辑:", "責任編輯：", "编辑：", "编辑:", "編輯：", "责编：", "责编:"];

    /// <summary>The title that the head gives, or null.</summary>
    public static string? HeadTitle(PageOutline outline)
    {
        if (Meta(outline, TitleNames) is { } named) return named;
        if (LinkedData(outline, "headline") is { } headline) return headline;
        string title = PageText.RunText(outline.Source, outline.Title);
        return title.Length == 0 ? null : title;
    }

    /// <summary>All fields.</summary>
    /// <param name="outline">The page.</param>
    /// <param name="title">The headline as chosen with the text.</param>
    /// <param name="around">The header's and footer's lines.</param>
    public static PageFields Read(PageOutline outline, string? title, IReadOnlyList<string> around)
    {
        DateOnly? published = PublicationDay.Parse(Meta(outline, DateNames)) ?? PublicationDay.Parse(LinkedData(outline, "datePublished"));
        string? outlet = Meta(outline, OutletNames), author = null, editor = null;
        foreach (string line in around)
        {
            published ??= PublicationDay.Parse(line);
            outlet ??= Labelled(line, OutletLabels);
            author ??= Labelled(line, AuthorLabels);
            editor ??= Labelled(line, EditorLabels);
        }
        return new PageFields { Title = title, Outlet = outlet, Author = author, Editor = editor, Url = Meta(outline, UrlNames), Published = published };
    }

    private static string? Meta(PageOutline outline, string[] names)
    {
        foreach (string name in names)
            foreach ((string found, string value) in outline.Meta)
                if (found == name && !string.IsNullOrWhiteSpace(value)) return Decoded(value).Trim();
        return null;
    }

    private static string Decoded(string value) => value.Contains('&') ? PageText.RunText(value, new TextRun(0, value.Length)) : value;

    private static string? LinkedData(PageOutline outline, string property)
    {
        TextRun run = outline.LinkedData;
        if (run.End <= run.Start) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(outline.Source.AsMemory(run.Start, run.End - run.Start));
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0) root = root[0];
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // a page's own data is often no JSON; it only helps where it is
        }
    }

    // The value behind a label, up to a wide gap or the next label.
    private static string? Labelled(string line, string[] labels)
    {
        foreach (string label in labels)
        {
            int at = line.IndexOf(label, StringComparison.Ordinal);
            if (at < 0 || (at > 0 && char.IsLetter(line[at - 1]))) continue;
            int start = at + label.Length;
            while (start < line.Length && line[start] == ' ') start++;
            int end = start;
            while (end < line.Length && line[end] is not ('\u3000' or '\t' or '|' or '【' or '[' or '）' or ')') && !IsBeforeLabel(line, end)) end++;
            string value = line[start..end].Trim();
            if (value.Length is > 0 and <= 40) return value;
        }
        return null;
    }

    private static bool IsBeforeLabel(string line, int at)
    {
        if (line[at] != ' ') return false;
        int colon = line.IndexOfAny(['：', ':'], at);
        return colon > at && colon - at <= 8 && line.IndexOf(' ', at + 1) is int space && (space < 0 || space > colon);
    }
}
