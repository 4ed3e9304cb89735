using System.Text;
using NewsExtract.Reading;
using NewsExtract.Text;

namespace NewsExtract.Tests.Oracles.Reading;

public class CsvTests
{
    [Theory]
    [InlineData("id,标题,正文,日期,来源\r\n7,题,\"甲，\"\"乙\"\"\n丙\",2021/3/4,社\r\n")]
    [InlineData("正文\tID\t标题\t发布时间\t媒体\n\"甲，\"\"乙\"\"\n丙\"\t7\t题\t2021年3月4日 9:00\t社")]
    [InlineData("\uFEFFID;Text;Title;Published;Outlet\n7;\"甲，\"\"乙\"\"\n丙\";题;20210304;社\n")]
    public void UsualColumnsAreFound(string csv)
    {
        Article article = Assert.Single(Read(Encoding.UTF8.GetBytes(csv), new ReadingOptions()));
        Assert.Equal(("甲，\"乙\"\n丙", "7", "题", new DateOnly(2021, 3, 4), "社"), (article.Body.Text, article.Id, article.Title, article.Published, article.Outlet));
    }

    [Fact]
    public void ColumnsCanBeNamedAndEncodingIsTold()
    {
        byte[] csv = CharsetDetector.ByLabel("gbk")!.Value.Encoding.GetBytes("稿件,文号\n县委书记率队赴外地考察学习先进经验。,12\n第二篇稿件的正文在这里。,13\n");
        List<Article> found = Read(csv, new ReadingOptions { Fields = new Dictionary<string, string> { ["text"] = "稿件", ["id"] = "文号" } });
        Assert.Equal([("县委书记率队赴外地考察学习先进经验。", "12"), ("第二篇稿件的正文在这里。", "13")], found.Select(article => (article.Body.Text, article.Id!)));
        Assert.Equal("NX1402", Assert.Single(Assert.Single(Read(csv, new ReadingOptions())).Diagnostics).Code);
    }

    [Fact]
    public void AnOpenQuotationEndsWhereAnArticleMustEnd()
    {
        byte[] csv = Encoding.UTF8.GetBytes("text\n甲\n\"" + new string('乙', 50_000));
        List<Article> found = Read(csv, new ReadingOptions { LargestArticle = 10_000 });
        Assert.Equal(2, found.Count);
        Assert.Equal("NX1401", found[1].Diagnostics[0].Code);
    }

    private static List<Article> Read(byte[] csv, ReadingOptions options)
    {
        var articles = new List<Article>();
        var reader = new ArticleReader(options);
        new InputReader(["-"], options with { Format = InputFormat.Csv }, new MemoryStream(csv)).Read(raw =>
        {
            articles.Add(reader.Read(raw, new ReadingScratch()));
            return true;
        });
        return articles;
    }
}
