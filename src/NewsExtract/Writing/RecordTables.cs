using NewsExtract.Text;

namespace NewsExtract.Writing;

/// <summary>One table of the relational form of records.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Columns">Its columns, in order.</param>
/// <param name="Rows">A record's rows: strings, numbers, lists of strings or null.</param>
public sealed record RecordTable(string Name, IReadOnlyList<string> Columns, Func<ArticleRecord, IEnumerable<object?[]>> Rows);

/// <summary>The relational form of records, for CSV and databases alike.</summary>
public static class RecordTables
{
    /// <summary>All tables; <c>visit</c> refers to the column <c>number</c> of the same article's visits.</summary>
    public static IReadOnlyList<RecordTable> All { get; } =
    [
        new("articles", ["article", "source", "ordinal", "title", "outlet", "url", "published", "script", "repairs", "diagnostics"],
            r => [[r.Id, r.Source, r.Ordinal, r.Title, r.Outlet, r.Url, r.Published, r.Script, r.Repairs.Select(x => $"{x.Key}={x.Value}"), r.Diagnostics.Select(x => x.Code)]]),
        new("participants", ["article", "source", "number", "name", "titles", "affiliation", "side", "visit", "confidence", "evidence"],
            r => r.Participants.Select((x, i) => new object?[] { r.Id, r.Source, i, x.Name, x.Titles, x.Affiliation, x.Side, x.Visit, x.Confidence, Evidence(x.Evidence) })),
        new("visits", ["article", "source", "number", "leader", "from", "from_code", "from_country", "to", "to_codes", "to_countries", "stops", "start", "end", "purpose", "confidence", "evidence"],
            r => r.Visits.Select((x, i) => new object?[] { r.Id, r.Source, i, x.Leader, x.From?.Name, x.From?.Code, x.From?.Country, x.To.Select(p => p.Name), x.To.Select(p => p.Code ?? ""),
                x.To.Select(p => p.Country ?? ""), x.Stops, x.Start, x.End, x.Purpose, x.Confidence, Evidence(x.Evidence) })),
        new("meetings", ["article", "source", "number", "kind", "place", "place_code", "date", "chair", "visit", "confidence", "evidence"],
            r => r.Meetings.Select((x, i) => new object?[] { r.Id, r.Source, i, x.Kind, x.Place?.Name, x.Place?.Code, x.Date, x.Chair, x.Visit, x.Confidence, Evidence(x.Evidence) })),
        new("agreements", ["article", "source", "number", "name", "parties", "signatories", "date", "place", "place_code", "amount", "currency", "status", "visit", "confidence", "evidence"],
            r => r.Agreements.Select((x, i) => new object?[] { r.Id, r.Source, i, x.Name, x.Parties, x.Signatories, x.Date, x.Place?.Name, x.Place?.Code, x.Amount?.Value, x.Amount?.Currency, x.Status,
                x.Visit, x.Confidence, Evidence(x.Evidence) })),
        new("dates", ["article", "source", "number", "text", "start", "end", "precision"],
            r => r.Dates.Select((x, i) => new object?[] { r.Id, r.Source, i, x.Text, x.Start, x.End, x.Precision })),
        new("mentions", ["article", "source", "number", "type", "text", "start", "end", "value", "origin", "score"],
            r => r.Mentions.Select((x, i) => new object?[] { r.Id, r.Source, i, x.Type, x.Text, x.Start, x.End, x.Value, x.Origin, x.Score })),
        new("credits", ["article", "source", "number", "name", "role"],
            r => r.Credits.Select((x, i) => new object?[] { r.Id, r.Source, i, x.Name, x.Role })),
    ];

    private static IEnumerable<string> Evidence(IReadOnlyList<int[]> spans) => spans.Select(span => $"{span[0]}-{span[1]}");
}
