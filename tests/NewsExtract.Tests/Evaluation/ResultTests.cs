using System.Text;
using System.Text.Json;
using NewsExtract.Evaluation;
using NewsExtract.Evaluation.Report;
using NewsExtract.Text;

namespace NewsExtract.Tests.Evaluation;

public sealed class ResultTests
{
    private static EvaluationResult Result => SampleEvaluation.Result;

    [Fact]
    public void Counts_of_the_sample_are_those_counted_by_hand()
    {
        Assert.Equal(new Counts(1, 1, 1), Of(Field.ParticipantName));
        Assert.Equal(new Counts(0, 1, 2), Of(Field.ParticipantTitle));
        Assert.Equal(new Counts(1, 1, 1), Of(Field.ParticipantSide));
        Assert.Equal(new Counts(1, 1, 0), Of(Field.Visit));
        Assert.Equal(new Counts(1, 0, 1), Of(Field.VisitStops));
        Assert.Equal(new Counts(0, 0, 1), Of(Field.VisitEnd));
        Assert.Equal(new Counts(1, 0, 0), Of(Field.AgreementAmount));
        Assert.Equal(new Counts(0, 1, 1), Of(Field.AgreementStatus));
        Assert.Equal(new Counts(1, 1, 2), Of(Field.Date));
        Assert.Equal(new Counts(1, 1, 2), Of(Field.MentionPerson));
        Assert.Equal(new Counts(0, 1, 2), Of(Field.MentionOrganization));
        Assert.Equal(1, Result.FalseRecords);
        Assert.Equal(0, Result.Missing);
    }

    [Fact]
    public void Macro_is_the_mean_over_thirteen_fields_and_micro_their_sum()
    {
        Assert.Equal(13, FieldTable.Macro.Count);
        Assert.Equal(FieldTable.Macro.Average(f => Of(f.Field).F1), Result.Macro, 12);
        Assert.Equal(FieldTable.Macro.Sum(f => Of(f.Field).Hits), Result.Micro.Counts.Hits);
        Assert.All(FieldTable.All, f => Assert.Equal((int)f.Field, FieldTable.All.ToList().IndexOf(f)));
    }

    [Fact]
    public void Every_figure_lies_in_its_interval_and_two_runs_agree()
    {
        var random = new Random(5);
        List<ArticleScore> articles = [.. Enumerable.Range(0, 40).Select(_ => Result.Articles[0] with { Fields = RandomCounts(random) })];
        var result = new EvaluationResult(articles);
        Assert.All(result.Fields, f => Assert.InRange(f.Counts.F1, f.Interval.Low, f.Interval.High));
        Assert.All(result.Fields, f => Assert.True(f.Interval.High - f.Interval.Low is > 0.01 and < 0.5));
        Assert.Equal(result.Fields.Select(f => f.Interval), new EvaluationResult(articles).Fields.Select(f => f.Interval));
    }

    [Fact]
    public void Calibration_error_is_that_of_hand_made_bins()
    {
        var calibration = new Calibration(
        [
            new(RecordKind.Visit, 0.9, true), new(RecordKind.Visit, 0.95, false), // mean 0.925, half right: 0.425 off
            new(RecordKind.Visit, 0.1, false), new(RecordKind.Visit, 0.12, false), // mean 0.11: 0.11 off
            new(RecordKind.Visit, 1, true), new(RecordKind.Visit, 1, true), // with the first two: 4 records, 3 right, mean 0.9625: 0.2125 off
        ]);
        Assert.Equal((0.2125 * 4 + 0.11 * 2) / 6, calibration.ExpectedError, 12);
        Assert.Equal(4, calibration.Bins[9].Count);
        Assert.Equal(0, new Calibration([]).ExpectedError);
    }

    [Fact]
    public void Confusion_counts_every_participant_once()
    {
        Assert.Equal(1, Cell(Result.Sides, "visitor", "visitor"));
        Assert.Equal(1, Cell(Result.Sides, "host", "missing"));
        Assert.Equal(1, Cell(Result.Sides, "nobody", "host"));
        Assert.Equal(1, Cell(Result.Statuses, "signed", "planned"));
        Assert.Equal(1, Cell(Result.Kinds, "organization", "person"));
        Assert.Equal(1, Cell(Result.Kinds, "organization", "other extent"));
        Assert.Equal(1, Cell(Result.Kinds, "nothing", "person"));
    }

    [Fact]
    public void A_comparison_lists_what_was_mended_and_what_broke()
    {
        EvaluatedArticle[] worse = [SampleEvaluation.Articles[0] with { Record = null }, SampleEvaluation.Articles[1]];
        EvaluationResult before = Evaluator.Evaluate(worse);
        var comparison = new Comparison(before, Result);
        Assert.Contains(comparison.Changes, c => c.Name == "visit.to" && c.Before < c.After);
        Assert.Contains(comparison.Mended, e => e.Field == Field.VisitLeader && e.Kind == ErrorKind.Missing);
        Assert.Contains(comparison.Broken, e => e.Field == Field.AgreementStatus && e.Kind == ErrorKind.Different);
        var none = new Comparison(Result, Result);
        Assert.Empty(none.Mended);
        Assert.Empty(none.Broken);
        Assert.Equal("macro", Assert.Single(none.Changes).Name);
        Assert.Throws<ArgumentException>(() => new Comparison(Evaluator.Evaluate([worse[0]]), Result));
    }

    [Fact]
    public void Json_has_every_figure()
    {
        using var stream = new MemoryStream();
        EvaluationJson.Write(stream, Result, new Comparison(Result, Result), [new Floor("visit.to", 0.9, 0.5)]);
        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        JsonElement root = document.RootElement;
        Assert.Equal(Result.Macro, root.GetProperty("macro").GetDouble());
        Assert.Equal(Of(Field.VisitStops).F1, root.GetProperty("fields").GetProperty("visit.stops").GetProperty("f1").GetDouble());
        Assert.Equal(Result.Errors.Count(), root.GetProperty("errors").GetArrayLength());
        Assert.False(root.GetProperty("floors")[0].GetProperty("met").GetBoolean());
    }

    [Fact]
    public void Csv_is_a_row_an_error_and_runs_no_formula()
    {
        EvaluatedArticle article = SampleEvaluation.Articles[0];
        article = article with { Record = WithTitle(article.Record!, "=HYPERLINK(\"x\")") };
        using var output = new StringWriter();
        EvaluationResult result = Evaluator.Evaluate([article]);
        ErrorCsv.Write(output, [article], result);
        Assert.Contains("'=HYPERLINK", output.ToString());
        Assert.Equal(result.Errors.Count() + 1, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData(140)]
    [InlineData(80)]
    public void The_table_fits_a_screen(int width)
    {
        using var output = new StringWriter();
        EvaluationTable.Write(output, Result, width);
        string[] lines = output.ToString().Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= Math.Max(width, 90)));
        Assert.True(width < 118 || lines.Length <= 42);
        Assert.Contains(lines, line => line.StartsWith("visit.stops *", StringComparison.Ordinal) && line.Contains("0.667"));
    }

    private static Counts Of(Field field) => Result.Fields[(int)field].Counts;

    private static int Cell(Confusion confusion, string gold, string extracted) =>
        confusion[confusion.Gold.ToList().IndexOf(gold), confusion.Extracted.ToList().IndexOf(extracted)];

    private static Counts[] RandomCounts(Random random) =>
        [.. FieldTable.All.Select(_ => new Counts(random.Next(5, 30), random.Next(8), random.Next(8)))];

    private static ArticleRecord WithTitle(ArticleRecord record, string title) => new()
    {
        Source = record.Source,
        Id = record.Id,
        Participants = [new Participant("陶远山", [title], "石泉县", "visitor", 0, 0.95, [[0, 2]])],
    };
}
