using NewsExtract.Cli;

namespace NewsExtract.Tests.Evaluation;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newsextract-evaluate").FullName;

    public EvaluateCommandTests()
    {
        foreach (string name in new[] { "corpus-article.json", "corpus-article.txt" })
            File.Copy(Repository.Path("tests", "NewsExtract.Tests", "Specs", "Evaluation", name), Path.Combine(_folder, name));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_call_that_makes_no_sense_is_bad_usage()
    {
        Assert.Equal(ExitStatus.BadUsage, CommandLine.Run(["evaluate"]));
        Assert.Equal(ExitStatus.BadUsage, CommandLine.Run(["evaluate", Path.Combine(_folder, "nowhere")]));
        Assert.Equal(ExitStatus.BadUsage, CommandLine.Run(["evaluate", _folder, "--floor", "visit.colour=0.9"]));
        Assert.Equal(ExitStatus.BadUsage, CommandLine.Run(["evaluate", _folder, "--floor", "visit.to"]));
        Assert.Equal(ExitStatus.BadUsage, CommandLine.Run(["evaluate", _folder, "--threads", "0"]));
        Assert.Equal(ExitStatus.BadUsage, CommandLine.Run(["evaluate", _folder, "--baseline", Path.Combine(_folder, "nowhere.jsonl")]));
        Assert.Equal(ExitStatus.BadUsage, CommandLine.Run(["evaluate", Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName]));
    }

    [Fact]
    public void The_exit_status_tells_whether_floors_are_reached()
    {
        string predictions = Path.Combine(_folder, "out.jsonl");
        Assert.Equal(ExitStatus.Done, CommandLine.Run(["evaluate", _folder, "--predictions", predictions, "--floor", "date=0.5", "--quiet"]));
        Assert.Single(File.ReadAllLines(predictions));
        File.WriteAllText(predictions, "{\"source\":\"corpus-article.txt\",\"participants\":[{\"name\":\"周沅\"}]}\n");
        Assert.Equal(ExitStatus.BelowFloor, CommandLine.Run(["evaluate", _folder, "--predictions", predictions, "--floor", "participant.name=0.5"]));
        Assert.Equal(ExitStatus.Done, CommandLine.Run(["evaluate", _folder, "--predictions", predictions, "--floor", "participant.name=0", "--json"]));
    }

    [Fact]
    public void Reports_are_written_where_they_are_wanted()
    {
        string report = Path.Combine(_folder, "report.html"), csv = Path.Combine(_folder, "errors.csv"), predictions = Path.Combine(_folder, "out.jsonl");
        File.WriteAllText(predictions, "{\"source\":\"corpus-article.txt\"}\n");
        Assert.Equal(ExitStatus.Done, CommandLine.Run(["evaluate", _folder, "--predictions", predictions, "--baseline", predictions, "--report", report, "--csv", csv]));
        Assert.Contains("<h1>Evaluation of", File.ReadAllText(report));
        Assert.Equal([0xEF, 0xBB, 0xBF], File.ReadAllBytes(csv)[..3]);
        Assert.Contains("participant.name", File.ReadAllText(csv));
    }

    [Fact]
    public void An_article_without_text_is_named_and_the_others_are_evaluated()
    {
        File.WriteAllText(Path.Combine(_folder, "alone.json"), "{\"dates\":[{\"text\":\"近日\"}]}");
        Assert.Equal(ExitStatus.SomeFailed, CommandLine.Run(["evaluate", _folder, "--quiet"]));
    }

    [Fact]
    public void The_corpus_command_checks_and_counts()
    {
        Assert.Equal(ExitStatus.Done, CommandLine.Run(["corpus", "check", _folder]));
        Assert.Equal(ExitStatus.Done, CommandLine.Run(["corpus", "stats", _folder]));
        File.WriteAllText(Path.Combine(_folder, "alone.json"), "{}");
        Assert.Equal(ExitStatus.BelowFloor, CommandLine.Run(["corpus", "check", _folder]));
        Assert.Equal(ExitStatus.BadUsage, CommandLine.Run(["corpus", "check", Path.Combine(_folder, "nowhere")]));
    }
}
