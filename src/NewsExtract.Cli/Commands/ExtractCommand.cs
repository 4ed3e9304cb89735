using System.CommandLine;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using NewsExtract.Cli.Running;
using NewsExtract.Reading;

namespace NewsExtract.Cli.Commands;

/// <summary><c>extract</c>: articles in, records out.</summary>
internal sealed class ExtractCommand
{
    private readonly InputOptions _input = new();
    private readonly Option<string?> _out = new("--out") { Description = "Where records go: a .jsonl file, a .db file, or a folder for CSV tables; standard output otherwise." };
    private readonly Option<string?> _format = new("--format") { Description = "jsonl, csv or sqlite; told from --out otherwise." };
    private readonly Option<int> _threads = new("--threads") { Description = "Workers.", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<string?> _shard = new("--shard") { Description = "I/N takes the I-th of N parts of the input, I from 1 to N." };
    private readonly Option<bool> _resume = new("--resume") { Description = "Goes on where an earlier run with the same --out was stopped or killed." };
    private readonly Option<string?> _errors = new("--errors") { Description = "File that names every article that failed, a line of JSON each; standard error otherwise." };
    private readonly Option<string?> _metrics = new("--metrics") { Description = "File for the run's figures, as JSON." };
    private readonly Option<double> _timeLimit = new("--time-limit") { Description = "Seconds one article may take.", DefaultValueFactory = _ => 60 };
    private readonly Option<double> _checkpoint = new("--checkpoint") { Description = "Seconds between checkpoints: what a crash may cost.", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "No progress and no summary." };

    public static Command Create()
    {
        var extract = new ExtractCommand();
        var command = new Command("extract", "Extracts the records of all articles of the inputs.");
        extract._input.AddTo(command);
        foreach (Option option in (Option[])[extract._out, extract._format, extract._threads, extract._shard, extract._resume, extract._errors, extract._metrics, extract._timeLimit, extract._checkpoint, extract._quiet])
            command.Options.Add(option);
        command.SetAction(extract.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string[] inputs = _input.Existing(parsed);
        ReadingOptions reading = WithShard(_input.Read(parsed), parsed.GetValue(_shard));
        string? path = parsed.GetValue(_out);
        OutputFormat format = Format(path, parsed.GetValue(_format));
        int threads = parsed.GetValue(_threads) is >= 1 and <= 1024 and int given ? given : throw new UsageException("--threads: a number from 1 to 1024");
        double limit = parsed.GetValue(_timeLimit) is > 0 and <= 86400 and double seconds ? seconds : throw new UsageException("--time-limit: seconds above 0");
        TimeSpan checkpoint = parsed.GetValue(_checkpoint) is >= 0 and <= 86400 and double pause ? TimeSpan.FromSeconds(pause) : throw new UsageException("--checkpoint: seconds from 0");
        bool quiet = parsed.GetValue(_quiet);
        bool resume = parsed.GetValue(_resume);
        if (path is null && (resume || format != OutputFormat.JsonLines)) throw new UsageException(resume ? "--resume needs --out" : "--format csv and sqlite need --out");
        if (resume && inputs.Contains("-")) throw new UsageException("--resume can't read standard input again; give files");
        if (resume && RunOutput.IsComplete(path!))
        {
            if (!quiet) Console.Error.WriteLine($"{path} is complete; leave out --resume to make it anew.");
            return ExitStatus.Done;
        }
        // Found out now and not at the end of a night's run.
        if (parsed.GetValue(_metrics) is { } metrics && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(metrics)))) throw new UsageException($"--metrics {metrics}: there is no such folder");
        ExtractionModel model = _input.Load(parsed);
        using var pipeline = new Pipeline(model);
        using RunOutput output = Open(path, format, parsed.GetValue(_errors), RunName(inputs, reading, format, _input.ModelFolder(parsed)), resume, checkpoint);
        if (output.WasComplete)
        {
            output.Complete();
            return output.Failed > 0 ? ExitStatus.SomeFailed : ExitStatus.Done;
        }
        reading = reading with { FirstOrdinal = output.Next };
        var reader = new InputReader(inputs, reading, inputs.Contains("-") ? Console.OpenStandardInput() : null);
        var articles = new ArticleReader(reading);
        var run = new ExtractionRun(reader.Read, () => NewWorker(articles, pipeline), new RunSettings(threads, TimeSpan.FromSeconds(limit), output.TakesLines));
        return new RunReport(run, output, reader, inputs, path, threads, quiet, parsed.GetValue(_metrics)).Run();
    }

    private static Func<RawArticle, ArticleOutcome> NewWorker(ArticleReader articles, Pipeline pipeline)
    {
        Workspace workspace = pipeline.NewWorkspace();
        var scratch = new ReadingScratch();
        return raw =>
        {
            if (raw.Fault is { } fault) return new ArticleOutcome { Ordinal = raw.Ordinal, Source = raw.Source, Fault = fault };
            Text.Article article = articles.Read(raw, scratch);
            foreach (Text.Diagnostic diagnostic in article.Diagnostics)
                if (diagnostic.IsFailure) return new ArticleOutcome { Ordinal = raw.Ordinal, Source = raw.Source, Fault = diagnostic };
            return new ArticleOutcome { Ordinal = raw.Ordinal, Source = raw.Source, Record = pipeline.Extract(article, workspace) };
        };
    }

    private static RunOutput Open(string? path, OutputFormat format, string? errors, string run, bool resume, TimeSpan checkpoint)
    {
        try
        {
            return path is null ? RunOutput.ToStream(StandardOutput.Open(), new ErrorLog(errors, 0, Console.Error)) : RunOutput.ToFiles(path, format, errors, run, resume, checkpoint);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The output can't be opened: {e.Message}");
        }
    }

    internal static OutputFormat Format(string? path, string? named) => named switch
    {
        "jsonl" => OutputFormat.JsonLines,
        "csv" => OutputFormat.Csv,
        "sqlite" => OutputFormat.Sqlite,
        null when path is null || path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) => OutputFormat.JsonLines,
        null when Path.GetExtension(path) is ".db" or ".sqlite" => OutputFormat.Sqlite,
        null when path.EndsWith('/') || Path.GetExtension(path).Length == 0 || Directory.Exists(path) => OutputFormat.Csv,
        null => throw new UsageException($"--out {path}: name the form with --format jsonl, csv or sqlite"),
        _ => throw new UsageException($"--format {named}: not one of jsonl csv sqlite"),
    };

    private static ReadingOptions WithShard(ReadingOptions options, string? shard)
    {
        if (shard is null) return options;
        int slash = shard.IndexOf('/');
        if (slash > 0 && int.TryParse(shard.AsSpan(0, slash), out int part) && int.TryParse(shard.AsSpan(slash + 1), out int count) && part >= 1 && part <= count)
            return options with { Shard = part, ShardCount = count };
        throw new UsageException($"--shard {shard}: not I/N with I from 1 to N");
    }

    // All that the output's bytes depend on, except what the files hold.
    private static string RunName(string[] inputs, ReadingOptions options, OutputFormat format, string models)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        foreach (string input in inputs) Add(input);
        Add($"{options.Published:yyyy-MM-dd} {options.Format} {options.LargestArticle} {options.Shard}/{options.ShardCount} {format}");
        foreach ((string part, string name) in options.Fields.OrderBy(field => field.Key, StringComparer.Ordinal)) Add($"{part}={name}");
        foreach (string file in Directory.GetFiles(models, "*.bin").Order(StringComparer.Ordinal))
            Add($"{Path.GetFileName(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}");
        Add(typeof(Pipeline).Module.ModuleVersionId.ToString());
        return $"newsextract-journal 1 {Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16))}";
    }
}
