using System.Text;
using NewsExtract.Text;

namespace NewsExtract.Reading;

/// <summary>The parts of an article that come as fields of a row or line.</summary>
public sealed class ArticleFields
{
    /// <summary>The text, or null where <see cref="Html"/> holds it.</summary>
    public string? Text { get; set; }
    /// <summary>The page.</summary>
    public string? Html { get; set; }
    /// <summary>The input's own identifier.</summary>
    public string? Id { get; set; }
    /// <summary>The page's address.</summary>
    public string? Url { get; set; }
    /// <summary>The headline.</summary>
    public string? Title { get; set; }
    /// <summary>The day of publication as written.</summary>
    public string? Published { get; set; }
    /// <summary>The outlet.</summary>
    public string? Outlet { get; set; }
}

/// <summary>
/// One article as it lies in an input, not yet decoded: cheap to make on the reading thread, so that
/// <see cref="ArticleReader"/> can do the costly part on many threads. Or a fault that took an article's place.
/// </summary>
public sealed class RawArticle
{
    /// <summary>The number of the article in the run's input, from 0; faults count too.</summary>
    public required long Ordinal { get; init; }

    /// <summary>The path as given, with <c>#member</c> or <c>#line</c>.</summary>
    public required string Source { get; init; }

    /// <summary><see cref="InputFormat.Text"/>, <see cref="InputFormat.Html"/>, <see cref="InputFormat.JsonLines"/> (one line) or <see cref="InputFormat.Csv"/> (one row).</summary>
    public InputFormat Format { get; init; }

    /// <summary>The bytes; empty for a row of CSV.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The row of CSV, else null.</summary>
    public ArticleFields? Fields { get; init; }

    /// <summary>The encoding where the container settles it (lines of one file), else null.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The charset that HTTP declared, or null.</summary>
    public string? Charset { get; init; }

    /// <summary>The page's address, where the container gives it.</summary>
    public string? Url { get; init; }

    /// <summary>What reading had to remark on so far.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Set where there is no article to read: what went wrong in its place, or a remark on a container.</summary>
    public Diagnostic? Fault { get; init; }
}
