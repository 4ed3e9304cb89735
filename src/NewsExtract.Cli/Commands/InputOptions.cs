using System.CommandLine;
using System.Globalization;
using NewsExtract.Reading;

namespace NewsExtract.Cli.Commands;

/// <summary>The options that all commands with an INPUT share.</summary>
internal sealed class InputOptions
{
    private static readonly string[] Parts = ["text", "html", "id", "url", "title", "published", "outlet"];

    public Argument<string[]> Inputs { get; } = new("INPUT")
    {
        Description = "File (.txt .html .jsonl .csv), folder, archive (.zip .tar .tar.gz .tgz .gz .warc .warc.gz), or - for standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<string?> Published { get; } = new("--published") { Description = "Day of publication of articles that do not carry their own, as 2021-04-08." };

    public Option<string?> Fields { get; } = new("--fields")
    {
        Description = "Which column of a CSV file or field of JSON holds which part: text=正文,title=标题; parts are text html id url title published outlet.",
    };

    public Option<string?> InputFormat { get; } = new("--input-format") { Description = "Form of standard input: text html jsonl csv; told from its first bytes otherwise." };

    public Option<int> LargestArticle { get; } = new("--largest-article") { Description = "The most bytes one article may have.", DefaultValueFactory = _ => new ReadingOptions().LargestArticle };

    public Option<string?> Models { get; } = new("--models") { Description = "Folder of compiled models; those that came with the program otherwise." };

    public Option<string?> UserDictionary { get; } = new("--user-dict") { Description = "Words to add, in jieba's form: word freq tag, one a line." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(Inputs);
        command.Options.Add(Published);
        command.Options.Add(Fields);
        command.Options.Add(InputFormat);
        command.Options.Add(LargestArticle);
        command.Options.Add(Models);
        command.Options.Add(UserDictionary);
    }

    /// <exception cref="UsageException">A value can't be read.</exception>
    public ReadingOptions Read(ParseResult parsed) => new()
    {
        Published = Day(parsed.GetValue(Published)),
        Fields = Mapping(parsed.GetValue(Fields)),
        Format = Form(parsed.GetValue(InputFormat)),
        LargestArticle = parsed.GetValue(LargestArticle) is > 0 and <= 1 << 30 and int size ? size : throw new UsageException("--largest-article: a number of bytes from 1 to 1073741824"),
    };

    /// <exception cref="UsageException">The user dictionary can't be read.</exception>
    public ExtractionModel Load(ParseResult parsed)
    {
        string? words = parsed.GetValue(UserDictionary);
        if (words != null && !File.Exists(words)) throw new UsageException($"--user-dict {words}: there is no such file");
        return ExtractionModel.Load(ModelFolder(parsed), words);
    }

    /// <summary>The folder that <see cref="Load"/> reads.</summary>
    public string ModelFolder(ParseResult parsed) => parsed.GetValue(Models) ?? ExtractionModel.DefaultFolder;

    /// <summary>Fails for inputs that are not there: a slip of the pen should not end as a record.</summary>
    /// <exception cref="UsageException">An input does not exist.</exception>
    public string[] Existing(ParseResult parsed)
    {
        string[] inputs = parsed.GetValue(Inputs)!;
        foreach (string input in inputs)
            if (input != "-" && !Path.Exists(input)) throw new UsageException($"{input}: there is no such file or folder");
        return inputs;
    }

    private static DateOnly? Day(string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day
        : throw new UsageException($"--published {text}: not a day like 2021-04-08");

    private static Dictionary<string, string> Mapping(string? text)
    {
        var mapping = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = pair.IndexOf('=');
            if (equals <= 0 || !Parts.Contains(pair[..equals])) throw new UsageException($"--fields {pair}: not PART=NAME with one of {string.Join(' ', Parts)}");
            mapping[pair[..equals]] = pair[(equals + 1)..];
        }
        return mapping;
    }

    private static InputFormat? Form(string? text) => text switch
    {
        null => null,
        "text" or "txt" => Reading.InputFormat.Text,
        "html" => Reading.InputFormat.Html,
        "jsonl" => Reading.InputFormat.JsonLines,
        "csv" => Reading.InputFormat.Csv,
        "tar" => Reading.InputFormat.Tar,
        "warc" => Reading.InputFormat.Warc,
        _ => throw new UsageException($"--input-format {text}: not one of text html jsonl csv tar warc"),
    };
}
