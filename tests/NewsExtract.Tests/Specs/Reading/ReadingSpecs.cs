using System.Text;
using NewsExtract.Reading;
using NewsExtract.Text;

namespace NewsExtract.Tests.Specs.Reading;

public class ReadingSpecs
{
    private static readonly ArticleReader Reader = new(new ReadingOptions());

    public static TheoryData<string> Pages() => [.. PageFiles.Names()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void APageGivesItsText(string name)
    {
        foreach (bool hasReturns in (bool[])[false, true])
        {
            string html = PageFiles.Html(name);
            if (hasReturns) html = html.Replace("\n", "\r\n", StringComparison.Ordinal);
            Article article = PageFiles.Read(html);
            Assert.Equal(PageFiles.Text(name), article.Body.Text);
            Assert.Equal(html, article.Body.Source);
            Assert.Equal(article.Body.Text.Length == 0, article.Diagnostics.Any(d => d.Code == DiagnosticCodes.NoArticleText));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryCharacterKnowsItsPlaceInThePage(string name)
    {
        CleanText body = PageFiles.Read(PageFiles.Html(name)).Body;
        int last = 0;
        for (int i = 0; i < body.Text.Length; i++)
        {
            char c = body.Text[i];
            SourceSpan place = body.ToSource(new TextSpan(i, i + 1));
            Assert.InRange(place.Start, last, body.Source.Length);
            last = place.Start;
            if (c is '\n' or '\t' or ' ' or '\u3000') continue; // stands for mark-up between lines and cells
            string slice = body.Source[place.Start..place.End];
            if (!slice.StartsWith('&')) Assert.Equal(c.ToString(), slice);
            else Assert.Equal(c.ToString(), System.Net.WebUtility.HtmlDecode(slice is "&" or "&copy" ? slice.Replace("&copy", "&copy;", StringComparison.Ordinal) : slice));
        }
    }

    [Fact]
    public void PagesSayWhatTheyAre()
    {
        foreach ((int line, string[] row) in Repository.SpecRows("Reading", "page-fields.tsv"))
        {
            Article article = PageFiles.Read(PageFiles.Html(row[0]));
            string found = string.Join('|', article.Title ?? "-", article.Published?.ToString("yyyy-MM-dd") ?? "-", article.Outlet ?? "-", article.Author ?? "-", article.Editor ?? "-");
            Assert.True(string.Join('|', row[1..]) == found, $"page-fields.tsv:{line}: {found}");
        }
    }

    [Fact]
    public void DaysOfPublication()
    {
        foreach ((int line, string[] row) in Repository.SpecRows("Reading", "publication-days.tsv"))
            Assert.True(row[1] == (PublicationDay.Parse(row[0])?.ToString("yyyy-MM-dd") ?? "-"), $"publication-days.tsv:{line}");
    }

    [Fact]
    public void LinesOfJson()
    {
        foreach ((int line, string[] row) in Repository.SpecRows("Reading", "json-lines.tsv"))
        {
            Article article = Reader.Read(new RawArticle { Ordinal = 0, Source = "x#1", Format = InputFormat.JsonLines, Content = Encoding.UTF8.GetBytes(row[0]) }, new ReadingScratch());
            string text = article.Diagnostics.Any(d => d.IsFailure) ? "-" : article.Body.Text.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\uFFFD", "\\uFFFD", StringComparison.Ordinal);
            string code = article.Diagnostics.Count == 0 ? "-" : article.Diagnostics[0].Code;
            Assert.True((row[1], row[2]) == (text, code), $"json-lines.tsv:{line}: {text} {code}");
        }
    }

    [Fact]
    public void CodesAreListedOnce()
    {
        string[] codes = [.. typeof(DiagnosticCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!)];
        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^NX[0-9]{4}$", code));
    }
}
