namespace NewsExtract.Text;

/// <summary>One article as read. Never edited: repair makes a new text from <see cref="Body"/>.</summary>
public sealed class Article
{
    /// <summary>The path as given; a member of an archive as <c>archive.zip#member.html</c>, a line as <c>file.jsonl#12</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The input's own identifier, or null: the record then carries a hash of the content.</summary>
    public string? Id { get; init; }

    /// <summary>The page's address, where the input gives it.</summary>
    public string? Url { get; init; }

    /// <summary>The headline, where the input gives it apart from the text.</summary>
    public string? Title { get; init; }

    /// <summary>The outlet, where the input gives it apart from the text.</summary>
    public string? Outlet { get; init; }

    /// <summary>The author or reporter as the page's header names them, where it does.</summary>
    public string? Author { get; init; }

    /// <summary>The editor as the page's header or footer names them, where it does.</summary>
    public string? Editor { get; init; }

    /// <summary>The day of publication, where the input or the command line gives it.</summary>
    public DateOnly? Published { get; init; }

    /// <summary>The article's text with its alignment to the decoded source (HTML: the markup as read).</summary>
    public required CleanText Body { get; init; }

    /// <summary>What reading had to remark on (encoding guessed, no article text found, …).</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];
}

/// <summary>Something that a user should know about one article; never an exception.</summary>
/// <param name="Code">Stable code, e.g. <c>NX1004</c>; listed in README.</param>
/// <param name="Message">What and where, in plain words.</param>
/// <param name="Span">The stretch of the source it is about, if any.</param>
/// <param name="IsFailure">Whether the article could not be extracted at all because of it.</param>
public readonly record struct Diagnostic(string Code, string Message, SourceSpan? Span = null, bool IsFailure = false);
