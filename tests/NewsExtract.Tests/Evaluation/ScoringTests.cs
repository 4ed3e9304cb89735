using System.Text.Json;
using NewsExtract.Evaluation;
using NewsExtract.Text;

namespace NewsExtract.Tests.Evaluation;

public sealed class ScoringTests
{
    /// <summary>
    /// Labels, records and the counts (hits, extra, missing) that a scorer of its own in another language gives for them.
    /// </summary>
    [Fact]
    public void Counts_are_those_of_an_independent_scorer()
    {
        var wrong = new List<string>();
        int cases = 0;
        foreach (string line in File.ReadLines(Repository.Path("tests", "NewsExtract.Tests", "Specs", "Evaluation", "scoring.jsonl")))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            string name = root.GetProperty("case").GetString()!;
            GoldArticle gold = GoldReader.Read(name, root.GetProperty("gold"));
            JsonElement record = root.GetProperty("record");
            ArticleScore score = ArticleScorer.Score(gold, record.ValueKind == JsonValueKind.Null ? null : RecordReader.Read(record.GetRawText()), null);
            cases++;
            foreach (JsonProperty field in root.GetProperty("expected").EnumerateObject())
            {
                int[] counts = [.. field.Value.EnumerateArray().Select(x => x.GetInt32())];
                Counts actual = score.Fields[(int)FieldTable.Find(field.Name)!.Value];
                if (actual != new Counts(counts[0], counts[1], counts[2])) wrong.Add($"{name} {field.Name}: {actual}, not {string.Join(' ', counts)}");
            }
        }
        Assert.True(cases > 50);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_miss_and_every_extra_value_is_listed_as_an_error()
    {
        foreach (string line in File.ReadLines(Repository.Path("tests", "NewsExtract.Tests", "Specs", "Evaluation", "scoring.jsonl")))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            GoldArticle gold = GoldReader.Read("x", document.RootElement.GetProperty("gold"));
            JsonElement record = document.RootElement.GetProperty("record");
            ArticleScore score = ArticleScorer.Score(gold, record.ValueKind == JsonValueKind.Null ? null : RecordReader.Read(record.GetRawText()), null);
            foreach (FieldInfo field in FieldTable.All)
            {
                List<EvaluationError> errors = [.. score.Errors.Where(e => e.Field == field.Field)];
                Assert.Equal(score.Fields[(int)field.Field].Extra, errors.Count(e => e.Kind != ErrorKind.Missing));
                Assert.Equal(score.Fields[(int)field.Field].Missing, errors.Count(e => e.Kind != ErrorKind.Extra));
            }
        }
    }

    [Theory]
    [InlineData("300万美元", 3_000_000, "USD")]
    [InlineData("46.8亿元", 4_680_000_000, "CNY")]
    [InlineData("1.5亿元人民币", 150_000_000, "CNY")]
    [InlineData("新台币120万元", 1_200_000, "TWD")]
    [InlineData("一百二十万美元", 1_200_000, "USD")]
    [InlineData("二百六十万元", 2_600_000, "CNY")]
    [InlineData("人民币四十一万元", 410_000, "CNY")]
    [InlineData("六十九万元", 690_000, "CNY")]
    [InlineData("2.4亿澳门元", 240_000_000, "MOP")]
    [InlineData("１２００万元", 12_000_000, "CNY")]
    [InlineData("3亿5000万元", 350_000_000, "CNY")]
    [InlineData("5千万元", 50_000_000, "CNY")]
    [InlineData("1,200,000元", 1_200_000, "CNY")]
    public void Amounts_are_read(string text, long value, string currency) => Assert.Equal(new Amount(value, currency), AmountText.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("若干")]
    [InlineData("万")]
    [InlineData("元")]
    [InlineData("1.2.3万元")]
    public void What_is_no_amount_is_none(string text) => Assert.Null(AmountText.Parse(text));

    [Theory]
    [InlineData("in/a01.txt", "a01")]
    [InlineData("a.b.html", "a.b")]
    [InlineData("pages.zip#x/y.html", "pages")]
    [InlineData(".hidden", ".hidden")]
    [InlineData("", "")]
    public void Articles_are_matched_by_the_stem_of_the_source(string source, string name) => Assert.Equal(name, RecordReader.ArticleName(source));
}
