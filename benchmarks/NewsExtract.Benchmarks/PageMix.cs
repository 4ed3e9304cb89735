using System.Net;
using System.Text;
using NewsExtract.Reading;
using NewsExtract.Text;

namespace NewsExtract.Benchmarks;

/// <summary>
/// Articles as web pages: a head with styles and a script, a menu, the article in paragraphs, related links, comments and a footer. About a
/// third of a page is article, as in the archives that the program is made for.
/// </summary>
internal static class PageMix
{
    private const int MenuEntries = 30, RelatedLinks = 12, Rules = 40;

    /// <summary>The pages of articles, as the reader gets them.</summary>
    public static List<RawArticle> Pages(List<Article> articles) =>
        [.. articles.Select((article, i) => new RawArticle { Ordinal = i, Source = $"page-{i}.html", Format = InputFormat.Html, Content = Encoding.UTF8.GetBytes(Page(article.Body.Source, articles, i)) })];

    /// <summary>The same articles as text files.</summary>
    public static List<RawArticle> Texts(List<Article> articles) =>
        [.. articles.Select((article, i) => new RawArticle { Ordinal = i, Source = $"text-{i}.txt", Format = InputFormat.Text, Content = Encoding.UTF8.GetBytes(article.Body.Source) })];

    private static string Page(string text, List<Article> articles, int number)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string title = WebUtility.HtmlEncode(lines[0]);
        var page = new StringBuilder();
        page.Append($"<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}_新闻中心</title>\n<meta name=\"keywords\" content=\"{title}\">\n<style>\n");
        for (int i = 0; i < Rules; i++) page.Append($".list-{i} li a {{ color: #{i * 4099 % 0xFFFFFF:x6}; margin: 0 {i}px; }}\n");
        page.Append("</style>\n<script>window.page = { id: ").Append(number).Append(", share: ['weixin', 'weibo'] };\nif (page.id < 0) { document.write('<p>'); }</script>\n</head>\n<body>\n<div id=\"header\"><ul class=\"nav\">\n");
        for (int i = 0; i < MenuEntries; i++) page.Append($"<li class=\"list-{i}\"><a href=\"/channel/{i}/index.html\" target=\"_blank\">栏目{i}</a></li>\n");
        page.Append($"</ul></div>\n<div class=\"main\"><h1>{title}</h1>\n<div class=\"info\"><span>时间：2021-04-12</span><span>来源：新闻中心</span><span>点击：1326</span></div>\n<div class=\"content\" id=\"zoom\">\n");
        foreach (string line in lines.AsSpan(1)) page.Append("<p style=\"text-indent: 2em; line-height: 1.75;\"><span style=\"font-size: 16px;\">").Append(WebUtility.HtmlEncode(line)).Append("</span></p>\n");
        page.Append("</div></div>\n<div class=\"related\"><h3>相关阅读</h3><ul>\n");
        for (int i = 1; i <= RelatedLinks; i++)
        {
            string other = articles[(number + i) % articles.Count].Body.Source;
            page.Append($"<li><a href=\"/news/{number + i}.html\">{WebUtility.HtmlEncode(other[..Math.Max(0, other.IndexOf('\n'))])}</a></li>\n");
        }
        page.Append("</ul></div>\n<div id=\"footer\"><p>版权所有 新闻中心</p><p><a href=\"/about.html\">关于我们</a> | <a href=\"/map.html\">网站地图</a></p></div>\n</body>\n</html>\n");
        return page.ToString();
    }
}
