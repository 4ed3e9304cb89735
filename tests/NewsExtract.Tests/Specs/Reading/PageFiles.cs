using System.Text;
using NewsExtract.Reading;
using NewsExtract.Text;

namespace NewsExtract.Tests.Specs.Reading;

/// <summary>The pages under Specs/Reading/pages and the texts that they should give.</summary>
internal static class PageFiles
{
    private static readonly string Folder = Repository.Path("tests", "NewsExtract.Tests", "Specs", "Reading", "pages");

    public static IEnumerable<string> Names() => Directory.GetFiles(Folder, "*.html").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static string Html(string name) => File.ReadAllText(Path.Combine(Folder, name + ".html"));

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".txt")).TrimEnd('\n');

    public static Article Read(string html, ReadingOptions? options = null) =>
        new ArticleReader(options ?? new ReadingOptions()).Read(new RawArticle { Ordinal = 0, Source = "page.html", Format = InputFormat.Html, Content = Encoding.UTF8.GetBytes(html) }, new ReadingScratch());
}
