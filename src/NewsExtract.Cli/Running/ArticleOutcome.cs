using NewsExtract.Reading;
using NewsExtract.Text;

namespace NewsExtract.Cli.Running;

/// <summary>What became of one article: a record, or the reason why there is none.</summary>
internal sealed class ArticleOutcome
{
    /// <summary>The article's number in the run's input.</summary>
    public required long Ordinal { get; init; }

    /// <summary>Where it came from.</summary>
    public required string Source { get; init; }

    /// <summary>The record, or null.</summary>
    public ArticleRecord? Record { get; init; }

    /// <summary>The record as a line of JSON with its line feed, where the output takes lines.</summary>
    public ReadOnlyMemory<byte> Line { get; set; }

    /// <summary>Why there is no record, or a remark on a container.</summary>
    public Diagnostic? Fault { get; init; }

    /// <summary>Whether an article failed.</summary>
    public bool IsFailed => Fault is { IsFailure: true };

    public static ArticleOutcome Failed(RawArticle raw, string code, string message) =>
        new() { Ordinal = raw.Ordinal, Source = raw.Source, Fault = new Diagnostic(code, message, IsFailure: true) };
}
