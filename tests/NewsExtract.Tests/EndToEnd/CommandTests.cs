using System.Diagnostics;
using System.Text;
using System.Text.Json;
using NewsExtract.Tests.Oracles.Reading;
using NewsExtract.Tests.Specs.Reading;

namespace NewsExtract.Tests.EndToEnd;

/// <summary>The commands as a user runs them.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly Inputs.Folder _folder = new();

    public CommandTests()
    {
        foreach (string name in PageFiles.Names()) _folder.Add($"in/pages/{name}.html", PageFiles.Html(name));
        for (int i = 0; i < 12; i++) _folder.Add($"in/{i}.txt", $"第{i}次考察\n2021-04-{i + 1:00} 来源：某县融媒体中心\n4月{i + 1}日，某县县委书记李想率党政代表团赴广东省东莞市虎门镇考察学习。虎门镇党委书记万里陪同。双方召开座谈会，签订了合作协议。");
        _folder.Add("in/lines.jsonl", "{\"text\":\"4月8日，县长高原会见了来访的客人。\",\"published\":\"2020-01-02\",\"id\":\"x1\"}\nno json\n{\"html\":\"<p>4月9日，县长高原到外地考察，学习经验。</p>\"}\n");
        _folder.Add("in/packed.zip", Inputs.Zip(Inputs.Bytes(Inputs.Members)));
    }

    private string In => Path.Combine(_folder.Path, "in");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OutputDoesNotDependOnThreadsShardsOrTheWayItIsWritten()
    {
        (int status, string one, string errors) = Cli.Run("extract", In, "--threads", "1", "--quiet");
        Assert.Equal(3, status);
        Assert.Equal($"{Path.Combine(In, "lines.jsonl")}#2: NX1301", errors[..(errors.IndexOf("NX1301", StringComparison.Ordinal) + 6)]);
        string[] lines = one.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(12 + 11 + 2 + 4, lines.Length);
        Assert.Contains(lines, line => Sources(line) == Path.Combine(In, "packed.zip") + "#甲.txt");
        Assert.Equal(one, Cli.Run("extract", In, "--threads", "5", "--quiet").Output);

        string[] parts = [.. Enumerable.Range(1, 3).Select(i => Path.Combine(_folder.Path, $"part{i}.jsonl"))];
        for (int i = 1; i <= 3; i++) Cli.Run("extract", In, "--shard", $"{i}/3", "--out", parts[i - 1], "--errors", parts[i - 1] + ".errors");
        string merged = Path.Combine(_folder.Path, "merged.jsonl");
        Assert.Equal(0, Cli.Run(["merge", parts[2], parts[0], parts[1], "--out", merged]).Status);
        Assert.Equal(one, File.ReadAllText(merged));
        Assert.Equal(1, parts.Sum(part => File.ReadAllLines(part + ".errors").Length));

        Assert.Equal(0, Cli.Run("merge", merged, "--out", Path.Combine(_folder.Path, "tables/")).Status);
        Assert.Equal(lines.Length + 1, File.ReadAllLines(Path.Combine(_folder.Path, "tables", "articles.csv")).Length);
        Assert.Equal(2, Cli.Run("merge", parts[0], parts[0], "--out", Path.Combine(_folder.Path, "twice.jsonl")).Status);
    }

    [Fact]
    public void StandardInputIsAFilter()
    {
        byte[] lines = File.ReadAllBytes(Path.Combine(In, "lines.jsonl"));
        (int status, string output, _) = Cli.RunWith(lines, "extract", "-", "--quiet");
        Assert.Equal(3, status);
        Assert.Equal(["-#1", "-#3"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Sources));
        Assert.Equal(output, Cli.RunWith(Inputs.Gzip(lines), "extract", "-", "--quiet").Output);
    }

    /// <summary>As an engine uses the filter that cuts its input into blocks: only where the lines stood is different.</summary>
    [Fact]
    public void BlocksOfAnInputGiveTheRecordsOfTheWhole()
    {
        string[] lines = [.. Enumerable.Range(0, 9).Select(i => $"{{\"id\":\"n{i}\",\"text\":\"2021-04-0{i + 1}\\n昨日，某县县委书记李想率党政代表团赴广东省东莞市虎门镇考察。\"}}")];
        string whole = Cli.RunWith(Bytes(lines), "extract", "-", "--input-format", "jsonl", "--quiet").Output;
        string blocks = string.Concat(lines.Chunk(5).Select(block => Cli.RunWith(Bytes(block), "extract", "-", "--input-format", "jsonl", "--quiet").Output));
        Assert.NotEqual(whole, blocks);
        Assert.Equal(Records(whole).Select(record => record.GetRawText()), Records(blocks).Select(record => record.GetRawText()));
        Assert.Equal("n8", Records(blocks)[8].GetProperty("id").GetString());

        static byte[] Bytes(string[] lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
    }

    [Fact]
    public void TablesAndDatabaseAreMadeByTheirNames()
    {
        string text = Path.Combine(In, "3.txt"), db = Path.Combine(_folder.Path, "out.db"), csv = Path.Combine(_folder.Path, "out"), metrics = Path.Combine(_folder.Path, "metrics.json");
        Assert.Equal(0, Cli.Run("extract", text, "--out", db, "--metrics", metrics).Status);
        Assert.Equal(0, Cli.Run("extract", text, "--out", csv).Status);
        Assert.Equal("SQLite format 3", Encoding.ASCII.GetString(File.ReadAllBytes(db), 0, 15));
        Assert.Equal(2, File.ReadAllLines(Path.Combine(csv, "articles.csv")).Length);
        using JsonDocument figures = JsonDocument.Parse(File.ReadAllText(metrics));
        Assert.Equal(1, figures.RootElement.GetProperty("records").GetInt32());
        Assert.True(figures.RootElement.GetProperty("complete").GetBoolean());
        Assert.Equal(["in", "metrics.json", "out", "out.db"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("extract")]
    [InlineData("extract", "no-such-file.txt")]
    [InlineData("extract", "-", "--shard", "4/3")]
    [InlineData("extract", "-", "--shard", "0/3")]
    [InlineData("extract", "-", "--published", "8.4.2021")]
    [InlineData("extract", "-", "--threads", "0")]
    [InlineData("extract", "-", "--resume")]
    [InlineData("extract", "-", "--format", "csv")]
    [InlineData("extract", "-", "--fields", "body=x")]
    [InlineData("extract", "-", "--out", "x.xlsx")]
    [InlineData("extract", "-", "--no-such-option")]
    [InlineData("extract", "-", "--models", "/no-such-folder")]
    [InlineData("merge", "no-such.jsonl", "--out", "x.jsonl")]
    [InlineData("no-such-command")]
    public void BadUsageIsSaidAndEndsWithTwo(params string[] args)
    {
        (int status, string output, string said) = InProcess(args);
        Assert.Equal(2, status);
        Assert.Equal("", output);
        Assert.NotEmpty(said);
    }

    [Fact]
    public void ShowAndSegmentGiveALookInside()
    {
        string text = Path.Combine(In, "3.txt");
        (int status, string shown, _) = Cli.Run("show", text, "--explain");
        Assert.Equal(0, status);
        Assert.Contains("李想", shown, StringComparison.Ordinal);
        Assert.Contains("2021-04-04", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001B', shown);
        Assert.Contains('\u001B', Cli.Run("show", text, "--color").Output);
        (status, string words, _) = Cli.Run("segment", text);
        Assert.Equal(0, status);
        Assert.Contains("李想/nr", words, StringComparison.Ordinal);
        Assert.DoesNotContain('#', Cli.Run("segment", text, "--words").Output);

        // Every mention of the record, with its rule and its weights, in both.
        using JsonDocument record = JsonDocument.Parse(Cli.Run("extract", text, "--quiet").Output);
        string[] reasons = [.. words.Split('\n').Where(static line => line.StartsWith("# ", StringComparison.Ordinal))];
        JsonElement[] mentions = [.. record.RootElement.GetProperty("mentions").EnumerateArray()];
        Assert.Equal(mentions.Length, reasons.Length);
        for (int i = 0; i < mentions.Length; i++)
        {
            string head = $"{mentions[i].GetProperty("start")}-{mentions[i].GetProperty("end")} {mentions[i].GetProperty("type").GetString()} {mentions[i].GetProperty("text").GetString()} ";
            Assert.StartsWith("# " + head, reasons[i], StringComparison.Ordinal);
            Assert.Contains(head, shown, StringComparison.Ordinal);
            Assert.Contains(" | rule: ", reasons[i], StringComparison.Ordinal);
            if (mentions[i].GetProperty("type").GetString() is not ("date" or "agreement")) Assert.Matches(@" \| weights: \w+.* [+-]\d+\.\d\d", reasons[i]);
        }
        Assert.Contains("name-model", shown, StringComparison.Ordinal);
        Assert.Matches(@"sequence model: .*→ 李 \+\d", shown.ReplaceLineEndings(" "));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task ASignalEndsTheRunWhereItCanGoOn(string signal)
    {
        string many = _folder.Add("many.jsonl", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"text\":\"4月8日，某县县委书记李想率党政代表团赴广东省东莞市虎门镇考察学习。第{i}次。\"}}\n")));
        string path = Path.Combine(_folder.Path, "many-out.jsonl");
        using Process process = Cli.Start("extract", many, "--out", path, "--checkpoint", "0");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        while (!process.HasExited && !(File.Exists(path + ".partial") && new FileInfo(path + ".partial").Length > 0)) Thread.Sleep(5);
        Cli.Signal(process, signal);
        Assert.True(process.WaitForExit(60_000));
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("--resume", await errors, StringComparison.Ordinal);
        byte[] partial = File.ReadAllBytes(path + ".partial");
        Assert.Equal((byte)'\n', partial[^1]);
        Assert.False(File.Exists(path));
    }

    /// <summary>Nobody reads the output, so the first signal can't end the run; the second does.</summary>
    [Fact]
    public void ASecondInterruptStopsAtOnce()
    {
        string many = _folder.Add("many.jsonl", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{{\"text\":\"4月8日，某县县委书记李想率党政代表团赴广东省东莞市虎门镇考察学习。第{i}次。\"}}\n")));
        using Process process = Cli.Start("extract", many, "--quiet");
        process.StandardOutput.Read();
        WaitUntilBlocked(process);
        Cli.Signal(process, "INT");
        Assert.False(process.WaitForExit(500));
        Cli.Signal(process, "TERM");
        Assert.False(process.WaitForExit(500));
        Cli.Signal(process, "INT");
        Assert.True(process.WaitForExit(60_000));
        Assert.Equal(130, process.ExitCode);
    }

    [Fact]
    public void AnArticleThatTakesTooLongIsNamedAndTheOthersAreWritten()
    {
        string slow = string.Concat(Enumerable.Range(0, 120_000).Select(i => $"4月{i % 28 + 1}日，县委书记李想率团赴虎门镇考察。"));
        string input = _folder.Add("slow.jsonl", $"{{\"text\":\"4月8日，县长高原会见客人。\"}}\n{{\"text\":\"{slow}\"}}\n{{\"text\":\"4月9日，县长高原会见客人。\"}}\n");
        string path = Path.Combine(_folder.Path, "slow-out.jsonl");
        Assert.Equal(3, Cli.Run("extract", input, "--out", path, "--errors", path + ".errors", "--time-limit", "5", "--threads", "2").Status);
        Assert.Equal([input + "#1", input + "#3"], File.ReadAllLines(path).Select(Sources));
        Assert.Contains($"\"source\":\"{input}#2\",\"code\":\"NX9002\"", Assert.Single(File.ReadAllLines(path + ".errors")), StringComparison.Ordinal);
    }

    private static void WaitUntilBlocked(Process process)
    {
        for (TimeSpan before = -TimeSpan.FromHours(1); ;)
        {
            process.Refresh();
            if (process.TotalProcessorTime - before < TimeSpan.FromMilliseconds(10)) return;
            before = process.TotalProcessorTime;
            Thread.Sleep(1000);
        }
    }

    private static List<JsonElement> Records(string lines) => [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        var record = (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(line)!;
        record.Remove("source");
        record.Remove("ordinal");
        return JsonSerializer.SerializeToElement(record);
    })];

    private static string Sources(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("source").GetString()!;
    }

    // Usage is checked before anything is loaded: no process is needed to see it.
    private static (int Status, string Output, string Errors) InProcess(string[] args)
    {
        lock (typeof(CommandTests))
        {
            TextWriter output = Console.Out, errors = Console.Error;
            using var said = new StringWriter();
            using var complained = new StringWriter();
            try
            {
                Console.SetOut(said);
                Console.SetError(complained);
                return (NewsExtract.Cli.CommandLine.Run(args), said.ToString(), complained.ToString());
            }
            finally
            {
                Console.SetOut(output);
                Console.SetError(errors);
            }
        }
    }
}
