using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using NewsExtract.Text;

namespace NewsExtract.Reading;

/// <summary>The rows of a CSV file with a header row.</summary>
internal static class CsvRows
{
    private static readonly (string Part, string[] Names)[] Usual =
    [
        ("text", ["text", "content", "body", "正文", "内容", "內容", "文本", "全文"]),
        ("html", ["html", "页面", "網頁", "网页"]),
        ("id", ["id", "编号", "編號"]),
        ("url", ["url", "link", "链接", "網址", "网址", "地址"]),
        ("title", ["title", "headline", "标题", "標題", "题目"]),
        ("published", ["published", "date", "pubdate", "发布时间", "發布時間", "日期", "发布日期", "时间"]),
        ("outlet", ["outlet", "source", "media", "来源", "來源", "媒体", "媒體"]),
    ];

    /// <summary>Reads all rows. Broken CSV becomes a fault; nothing is thrown for it.</summary>
    public static void Read(PrefixedStream stream, string source, ArticleSink sink)
    {
        DetectedCharset charset = CharsetDetector.Detect(stream.Head);
        using var text = new StreamReader(stream, charset.Encoding, detectEncodingFromByteOrderMarks: true);
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Delimiter(charset.Encoding.GetString(stream.Head), source),
            BadDataFound = null,
            MaxFieldSize = sink.Options.LargestArticle,
            HasHeaderRecord = false,
        };
        using var parser = new CsvParser(text, configuration);
        try
        {
            if (!parser.Read()) return;
            int[]? columns = Columns(parser, sink.Options.Fields, out string? missing);
            if (columns is null)
            {
                sink.Fault(source, DiagnosticCodes.CsvColumnMissing, missing!);
                return;
            }
            while (!sink.IsStopped && parser.Read())
            {
                if (!sink.WantsNext) sink.Skip();
                else sink.Add($"{source}#{parser.Row}", Fields(parser, columns));
            }
        }
        catch (Exception e) when (e is CsvHelperException or IOException)
        {
            sink.Fault(source, DiagnosticCodes.CsvInvalid, $"row {parser.Row}: {e.Message.Split('\n')[0]}");
        }
    }

    private static ArticleFields Fields(CsvParser parser, int[] columns)
    {
        string? At(int part) => columns[part] >= 0 && columns[part] < parser.Count ? parser[columns[part]] : null;
        string? text = At(0), html = At(1);
        return new ArticleFields
        {
            Text = string.IsNullOrEmpty(text) && !string.IsNullOrEmpty(html) ? null : text,
            Html = html,
            Id = At(2),
            Url = At(3),
            Title = At(4),
            Published = At(5),
            Outlet = At(6),
        };
    }

    private static int[]? Columns(CsvParser parser, IReadOnlyDictionary<string, string> fields, out string? missing)
    {
        missing = null;
        int[] columns = new int[Usual.Length];
        Array.Fill(columns, -1);
        for (int part = 0; part < Usual.Length; part++)
        {
            if (fields.TryGetValue(Usual[part].Part, out string? named))
            {
                columns[part] = Find(parser, named);
                if (columns[part] >= 0) continue;
                missing = $"there is no column '{named}'";
                return null;
            }
            foreach (string name in Usual[part].Names)
            {
                columns[part] = Find(parser, name);
                if (columns[part] >= 0) break;
            }
        }
        if (columns[0] >= 0 || columns[1] >= 0) return columns;
        missing = "no column is named text, html or the like; name it with --fields text=COLUMN";
        return null;
    }

    private static int Find(CsvParser parser, string name)
    {
        for (int i = 0; i < parser.Count; i++)
            if (parser[i].Trim().Trim('\uFEFF').Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }

    private static string Delimiter(string head, string source)
    {
        int end = head.IndexOf('\n');
        ReadOnlySpan<char> line = end < 0 ? head : head.AsSpan(0, end);
        if (source.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase)) return "\t";
        int commas = line.Count(','), tabs = line.Count('\t'), semicolons = line.Count(';');
        return tabs > commas && tabs >= semicolons ? "\t" : semicolons > commas ? ";" : ",";
    }
}
