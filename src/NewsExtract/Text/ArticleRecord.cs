using System.Text.Json.Serialization;

namespace NewsExtract.Text;

/// <summary>What is emitted for one article; the fields of the output contract, schema version 1.</summary>
public sealed class ArticleRecord
{
    /// <summary>Version of the record's form.</summary>
    public int SchemaVersion { get; init; } = 1;
    /// <summary>Where the article came from.</summary>
    public required string Source { get; init; }
    /// <summary>The input's own identifier, else a stable hash of the content.</summary>
    public required string Id { get; init; }
    /// <summary>The headline.</summary>
    public string? Title { get; init; }
    /// <summary>The outlet.</summary>
    public string? Outlet { get; init; }
    /// <summary>The page's address.</summary>
    public string? Url { get; init; }
    /// <summary>ISO 8601 day of publication.</summary>
    public string? Published { get; init; }
    /// <summary><c>hans</c>, <c>hant</c> or <c>mixed</c>, of the text as it came in.</summary>
    public string Script { get; init; } = "hans";
    /// <summary>How often each kind of damage was repaired, by its name in camel case.</summary>
    public IReadOnlyDictionary<string, int> Repairs { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);
    /// <summary>Reporters, photographers, editors.</summary>
    public IReadOnlyList<Credit> Credits { get; init; } = [];
    /// <summary>Every tagged span, by start, then longest first.</summary>
    public IReadOnlyList<MentionRecord> Mentions { get; init; } = [];
    /// <summary>Every date expression; one with the same text and value once.</summary>
    public IReadOnlyList<DateRecord> Dates { get; init; } = [];
    /// <summary>The people who took part, in order of first mention.</summary>
    public IReadOnlyList<Participant> Participants { get; init; } = [];
    /// <summary>The trips.</summary>
    public IReadOnlyList<Visit> Visits { get; init; } = [];
    /// <summary>The meetings.</summary>
    public IReadOnlyList<Meeting> Meetings { get; init; } = [];
    /// <summary>The agreements.</summary>
    public IReadOnlyList<Agreement> Agreements { get; init; } = [];
    /// <summary>The article's number in the run's input, from 0; null outside of runs. Numbers that are missing belong to articles that failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Ordinal { get; set; }
    /// <summary>What the reader or a stage had to remark on. Not part of the contract's required fields.</summary>
    public IReadOnlyList<DiagnosticRecord> Diagnostics { get; init; } = [];
}

/// <summary>Somebody who made the article.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Role"><c>reporter</c>, <c>correspondent</c>, <c>photographer</c>, <c>editor</c>, <c>reviewer</c> or <c>author</c>.</param>
public sealed record Credit(string Name, string Role);

/// <summary>A tagged span.</summary>
/// <param name="Type"><c>person title place organization date agreement</c>.</param>
/// <param name="Text">The slice of the source.</param>
/// <param name="Start">UTF-16 offset into the source.</param>
/// <param name="End">Offset behind it.</param>
/// <param name="Value">Repaired Simplified or ISO form.</param>
/// <param name="Origin"><c>rule</c>, <c>lexicon</c>, <c>model</c> or <c>echo</c>.</param>
/// <param name="Score">In [0,1].</param>
public sealed record MentionRecord(string Type, string Text, int Start, int End, string? Value, string Origin, double Score);

/// <summary>A date expression with its ISO range, inclusive.</summary>
/// <param name="Text">As it stands in the source.</param>
/// <param name="Start">First day, or null.</param>
/// <param name="End">Last day, or null.</param>
/// <param name="Precision"><c>day</c>, <c>range</c>, <c>month</c>, <c>year</c> or <c>unknown</c>.</param>
public sealed record DateRecord(string Text, string? Start, string? End, string Precision);

/// <summary>A place as a full chain.</summary>
/// <param name="Name">Full known chain, <c>广东省东莞市虎门镇</c>.</param>
/// <param name="Code">Administrative division code, or null.</param>
/// <param name="Country">ISO 3166 alpha-2, or null.</param>
public sealed record PlaceRecord(string Name, string? Code, string? Country);

/// <summary>A sum of money.</summary>
/// <param name="Value">The number, multiplied out (<c>46.8亿元</c> is 4680000000).</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record Amount(decimal Value, string Currency);

/// <summary>Somebody who took part.</summary>
public sealed record Participant(string Name, IReadOnlyList<string> Titles, string? Affiliation, string Side, int? Visit,
    double Confidence, IReadOnlyList<int[]> Evidence);

/// <summary>One trip.</summary>
public sealed record Visit(string? Leader, PlaceRecord? From, IReadOnlyList<PlaceRecord> To, IReadOnlyList<string> Stops,
    string? Start, string? End, IReadOnlyList<string> Purpose, double Confidence, IReadOnlyList<int[]> Evidence);

/// <summary>One meeting.</summary>
public sealed record Meeting(string Kind, PlaceRecord? Place, string? Date, string? Chair, int? Visit,
    double Confidence, IReadOnlyList<int[]> Evidence);

/// <summary>One agreement.</summary>
public sealed record Agreement(string Name, IReadOnlyList<string> Parties, IReadOnlyList<string> Signatories, string? Date,
    PlaceRecord? Place, Amount? Amount, string Status, int? Visit, double Confidence, IReadOnlyList<int[]> Evidence);

/// <summary>A remark on one article.</summary>
public sealed record DiagnosticRecord(string Code, string Message, int? Start, int? End);
