using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using NewsExtract.Cli.Running;
using NewsExtract.Evaluation;
using NewsExtract.Evaluation.Report;
using NewsExtract.Text;
using NewsExtract.Writing;

namespace NewsExtract.Cli.Commands;

/// <summary><c>evaluate</c>: extracts labelled articles and says how good the records are, where they fail and why.</summary>
internal sealed class EvaluateCommand
{
    private const int DefaultWidth = 120;

    private readonly Argument<string> _gold = new("GOLD_DIR") { Description = "Folder of label files NAME.json, each with NAME.txt or NAME.html beside it." };
    private readonly Option<bool> _json = new("--json") { Description = "Every figure and error as one JSON object." };
    private readonly Option<string?> _report = new("--report") { Description = "File for a page to look at." };
    private readonly Option<string?> _csv = new("--csv") { Description = "File for a table of all errors." };
    private readonly Option<string?> _predictions = new("--predictions")
    {
        Description = "Records as extract writes them (OUT.jsonl). Where the file is there, its records are evaluated and nothing is extracted; else what is extracted is kept in it.",
    };
    private readonly Option<string?> _baseline = new("--baseline") { Description = "Earlier records (OUT.jsonl): says what got better and worse since." };
    private readonly Option<string[]> _floors = new("--floor") { Description = "FIELD=0.9: exit status 1 where F1 of the field (or macro, micro, mention) is below. Can be given again.", DefaultValueFactory = _ => [] };
    private readonly Option<int> _threads = new("--threads") { Description = "Workers.", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<bool> _html = new("--html") { Description = "Reads NAME.html where there is one beside NAME.txt." };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "No list of errors above the table." };
    private readonly Option<string?> _models = new("--models") { Description = "Folder of compiled models; those that came with the program otherwise." };

    public static Command Create()
    {
        var evaluate = new EvaluateCommand();
        var command = new Command("evaluate", "Compares what is extracted from labelled articles with their labels.");
        command.Arguments.Add(evaluate._gold);
        foreach (Option option in (Option[])[evaluate._json, evaluate._report, evaluate._csv, evaluate._predictions, evaluate._baseline, evaluate._floors, evaluate._threads, evaluate._html, evaluate._quiet, evaluate._models])
            command.Options.Add(option);
        command.SetAction(evaluate.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string folder = parsed.GetValue(_gold)!;
        if (!Directory.Exists(folder)) throw new UsageException($"{folder}: there is no such folder");
        List<string> files = GoldReader.Files(folder);
        if (files.Count == 0) throw new UsageException($"{folder}: there are no label files (*.json) in it");
        List<(string Name, double Least)> floors = [.. parsed.GetValue(_floors)!.SelectMany(text => text.Split(',')).Select(Floor)];
        int threads = parsed.GetValue(_threads) is >= 1 and <= 1024 and int given ? given : throw new UsageException("--threads: a number from 1 to 1024");
        try
        {
            return Evaluate(parsed, folder, files, floors, threads);
        }
        catch (EvaluationFormatException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private int Evaluate(ParseResult parsed, string folder, List<string> files, List<(string Name, double Least)> floors, int threads)
    {
        string? predictions = parsed.GetValue(_predictions);
        Dictionary<string, ArticleRecord>? records = File.Exists(predictions) ? RecordReader.ReadFile(predictions) : null;
        Dictionary<string, ArticleRecord>? earlier = parsed.GetValue(_baseline) is { } baseline ? ReadBaseline(baseline) : null;
        using var pipeline = new Pipeline(parsed.GetValue(_models) is { } models ? ExtractionModel.Load(models) : ExtractionModel.LoadDefault());
        var run = new EvaluationRun(pipeline, threads, parsed.GetValue(_html));
        List<EvaluatedArticle> articles = run.Run(files, records);
        foreach (string failure in run.Failures) Console.Error.WriteLine(failure);
        if (records is not null) Console.Error.WriteLine($"records taken from {predictions}");
        else if (predictions is not null) Keep(articles, predictions);

        EvaluationResult result = Evaluator.Evaluate(articles);
        Comparison? comparison = earlier is null ? null
            : new Comparison(Evaluator.Evaluate([.. articles.Select(a => a with { Record = earlier.GetValueOrDefault(a.Gold.Name) })]), result);
        List<Floor> reached = [.. floors.Select(f => new Floor(f.Name, f.Least, result.Figure(f.Name)!.Value))];
        if (parsed.GetValue(_json))
        {
            using Stream output = Console.OpenStandardOutput();
            EvaluationJson.Write(output, result, comparison, reached);
        }
        else
        {
            Print(result, comparison, parsed.GetValue(_quiet));
        }
        if (parsed.GetValue(_report) is { } report)
        {
            using StreamWriter output = Create(report, new UTF8Encoding(false));
            HtmlReport.Write(output, folder, articles, result, comparison);
        }
        if (parsed.GetValue(_csv) is { } csv)
        {
            using StreamWriter output = Create(csv, new UTF8Encoding(true));
            ErrorCsv.Write(output, articles, result);
        }
        foreach (Floor floor in reached.Where(f => !f.IsMet))
            Console.Error.WriteLine(FormattableString.Invariant($"{floor.Name}: F1 {floor.Value:0.0000} is below {floor.Least}"));
        return reached.Exists(f => !f.IsMet) ? ExitStatus.BelowFloor : run.Failures.Count > 0 ? ExitStatus.SomeFailed : ExitStatus.Done;
    }

    // The table comes last: it is what stays on the screen.
    private static void Print(EvaluationResult result, Comparison? comparison, bool quiet)
    {
        if (!quiet)
        {
            EvaluationTable.WriteErrors(Console.Out, result);
            Console.Out.WriteLine();
        }
        EvaluationTable.Write(Console.Out, result, Console.IsOutputRedirected ? DefaultWidth : Console.WindowWidth);
        if (comparison is null) return;
        Console.Out.WriteLine();
        EvaluationTable.Write(Console.Out, comparison);
    }

    private static void Keep(List<EvaluatedArticle> articles, string path)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (EvaluatedArticle article in articles)
            if (article.Record is { } record) RecordJson.Write(record, lines);
        using FileStream output = CreateFile(path);
        output.Write(lines.WrittenSpan);
    }

    private static Dictionary<string, ArticleRecord> ReadBaseline(string path) =>
        File.Exists(path) ? RecordReader.ReadFile(path) : throw new UsageException($"{path}: there is no such file");

    private static StreamWriter Create(string path, Encoding encoding) => new(CreateFile(path), encoding);

    private static FileStream CreateFile(string path)
    {
        try
        {
            return File.Create(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} can't be written: {e.Message}");
        }
    }

    private static (string, double) Floor(string text)
    {
        int equals = text.IndexOf('=');
        if (equals < 0 || !double.TryParse(text.AsSpan(equals + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double least) || least > 1)
            throw new UsageException($"--floor {text}: not of the form FIELD=0.9");
        string name = text[..equals];
        if (name is not ("macro" or "micro" or "mention") && FieldTable.Find(name) is null)
            throw new UsageException($"--floor {text}: there is no field {name}; fields are macro, micro, mention, {string.Join(", ", FieldTable.All.Select(f => f.Name))}");
        return (name, least);
    }
}
