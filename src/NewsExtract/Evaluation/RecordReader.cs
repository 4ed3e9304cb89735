using System.Text.Json;
using NewsExtract.Text;

namespace NewsExtract.Evaluation;

/// <summary>
/// Reads records back from JSON lines, this program's or another's: a field that is absent is empty, and a place may be a
/// string.
/// </summary>
public static class RecordReader
{
    /// <summary>
    /// The records of a file by article name: the source without folder, extension, and what follows <c>#</c>. Of two with one
    /// name the later counts.
    /// </summary>
    /// <exception cref="EvaluationFormatException">A line is no record; the message names file and line.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static Dictionary<string, ArticleRecord> ReadFile(string path)
    {
        var records = new Dictionary<string, ArticleRecord>(StringComparer.Ordinal);
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            ArticleRecord record;
            try
            {
                record = Read(line);
            }
            catch (Exception e) when (e is JsonException or FormatException)
            {
                throw new EvaluationFormatException($"{path}:{number}: {e.Message}", e);
            }
            records[ArticleName(record.Source)] = record;
        }
        return records;
    }

    /// <summary>One record.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="FormatException">A field has another kind of value.</exception>
    public static ArticleRecord Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new FormatException("the record is not an object");
        return new ArticleRecord
        {
            SchemaVersion = root.Index("schemaVersion") ?? 1,
            Source = root.Text("source") ?? "",
            Id = root.Text("id") ?? "",
            Title = root.Text("title"),
            Outlet = root.Text("outlet"),
            Url = root.Text("url"),
            Published = root.Text("published"),
            Script = root.Text("script") ?? "hans",
            Credits = root.Objects("credits", x => new Credit(x.Text("name") ?? "", x.Text("role") ?? "")),
            Mentions = root.Objects("mentions", x => new MentionRecord(x.Text("type") ?? "", x.Text("text") ?? "", x.Index("start") ?? 0, x.Index("end") ?? 0,
                x.Text("value"), x.Text("origin") ?? "", x.Number("score"))),
            Dates = root.Objects("dates", x => new DateRecord(x.Text("text") ?? "", x.Text("start"), x.Text("end"), x.Text("precision") ?? "")),
            Participants = root.Objects("participants", x => new Participant(x.Text("name") ?? "", x.Texts("titles"), x.Place("affiliation"),
                x.Text("side") ?? "none", x.Index("visit"), x.Number("confidence"), Evidence(x))),
            Visits = root.Objects("visits", x => new Visit(x.Text("leader"), Place(x, "from"), x.List("to", AsPlace), x.Places("stops"),
                x.Text("start"), x.Text("end"), x.Texts("purpose"), x.Number("confidence"), Evidence(x))),
            Meetings = root.Objects("meetings", x => new Meeting(x.Text("kind") ?? "", Place(x, "place"), x.Text("date"), x.Text("chair"),
                x.Index("visit"), x.Number("confidence"), Evidence(x))),
            Agreements = root.Objects("agreements", x => new Agreement(x.Text("name") ?? "", x.Places("parties"), x.Texts("signatories"), x.Text("date"),
                Place(x, "place"), x.Given("amount") is { } amount ? AsAmount(amount) : null, x.Text("status") ?? "", x.Index("visit"),
                x.Number("confidence"), Evidence(x))),
        };
    }

    /// <summary>The name that an article is matched by: <c>in/a01.txt</c> is <c>a01</c>.</summary>
    public static string ArticleName(string source)
    {
        string path = source.Split('#')[0];
        string name = path[(path.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        int dot = name.LastIndexOf('.');
        return dot > 0 && dot < name.Length - 1 ? name[..dot] : name;
    }

    private static PlaceRecord? Place(JsonElement element, string name) => element.Given(name) is { } value ? AsPlace(value) : null;

    private static PlaceRecord AsPlace(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new PlaceRecord(value.GetString()!, null, null),
        JsonValueKind.Object => new PlaceRecord(value.Text("name") ?? "", value.Text("code"), value.Text("country")),
        _ => throw new FormatException("a place is neither a string nor an object"),
    };

    private static Amount? AsAmount(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.Given("value") is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out decimal sum)
            ? new Amount(sum, value.Text("currency") ?? "") : null,
        JsonValueKind.String => AmountText.Parse(value.GetString()!),
        _ => throw new FormatException("\"amount\" is not an object"),
    };

    private static List<int[]> Evidence(JsonElement element) => element.List("evidence", span =>
    {
        int[] offsets = span.ValueKind == JsonValueKind.Array ? [.. span.EnumerateArray().Select(x => x.GetInt32())] : [];
        return offsets.Length == 2 ? offsets : throw new FormatException("\"evidence\" is not a list of pairs");
    });
}
