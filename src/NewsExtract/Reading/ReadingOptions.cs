namespace NewsExtract.Reading;

/// <summary>How inputs are read. Immutable; the defaults suit news archives.</summary>
public sealed record ReadingOptions
{
    /// <summary>The day of publication of articles that do not carry their own, or null.</summary>
    public DateOnly? Published { get; init; }

    /// <summary>The form of inputs whose name does not tell it (standard input); told from the first bytes when null.</summary>
    public InputFormat? Format { get; init; }

    /// <summary>
    /// Which column of a CSV file, or field of a JSON line, holds which part: part (<c>text html id url title published
    /// outlet</c>) to name. Parts without an entry are found under their usual names.
    /// </summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>The most bytes that one article may have; larger ones become a diagnostic.</summary>
    public int LargestArticle { get; init; } = 8 << 20;

    /// <summary>How many times its packed size a compressed stream may grow to, once it is larger than <see cref="RatioFreeBytes"/>.</summary>
    public int LargestRatio { get; init; } = 200;

    /// <summary>Bytes of unpacked data that are never questioned.</summary>
    public long RatioFreeBytes { get; init; } = 32 << 20;

    /// <summary>The part of the input that is wanted, from 1 to <see cref="ShardCount"/>.</summary>
    public int Shard { get; init; } = 1;

    /// <summary>How many parts the input is split into, article by article.</summary>
    public int ShardCount { get; init; } = 1;

    /// <summary>Articles before this ordinal are counted but not read.</summary>
    public long FirstOrdinal { get; init; }

    /// <summary>Whether an article belongs to this run: article <c>n</c> goes to shard <c>n mod ShardCount + 1</c>.</summary>
    public bool Wants(long ordinal) => ordinal >= FirstOrdinal && ordinal % ShardCount == Shard - 1;
}

/// <summary>The forms of input.</summary>
public enum InputFormat
{
    /// <summary>Plain text, one article.</summary>
    Text,
    /// <summary>A page, one article.</summary>
    Html,
    /// <summary>A JSON object a line, each an article.</summary>
    JsonLines,
    /// <summary>A table with a header row, each further row an article.</summary>
    Csv,
    /// <summary>A ZIP archive.</summary>
    Zip,
    /// <summary>A tar archive.</summary>
    Tar,
    /// <summary>A single compressed file of another form.</summary>
    Gzip,
    /// <summary>A web archive.</summary>
    Warc,
}
