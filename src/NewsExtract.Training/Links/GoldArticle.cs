using System.Text.Json;

namespace NewsExtract.Training.Links;

/// <summary>The labels of one article, as far as training needs them.</summary>
internal sealed class GoldArticle
{
    public required string Name { get; init; }
    public required string Genre { get; init; }
    public required List<GoldParticipant> Participants { get; init; }
    public required List<GoldVisit> Visits { get; init; }
    public required List<GoldMeeting> Meetings { get; init; }
    public required List<GoldAgreement> Agreements { get; init; }

    public static GoldArticle Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = document.RootElement;
        return new GoldArticle
        {
            Name = Path.GetFileNameWithoutExtension(path),
            Genre = Text(root, "genre") ?? "",
            Participants = [.. Items(root, "participants").Select(p => new GoldParticipant(Text(p, "name")!, Strings(p, "titles"), Text(p, "affiliation"), Text(p, "side") ?? "none"))],
            Visits = [.. Items(root, "visits").Select(v => new GoldVisit(Text(v, "leader"), Text(v, "from"), Strings(v, "to"), Strings(v, "stops"), Text(v, "start"), Text(v, "end"), Strings(v, "purpose")))],
            Meetings = [.. Items(root, "meetings").Select(m => new GoldMeeting(Text(m, "kind")!, Text(m, "place"), Text(m, "date"), Text(m, "chair")))],
            Agreements = [.. Items(root, "agreements").Select(a => new GoldAgreement(Text(a, "name")!, Strings(a, "parties"), Strings(a, "signatories"), Text(a, "date"), Text(a, "place"), Text(a, "status") ?? "signed"))],
        };
    }

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string? Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out JsonElement value)) return null;
        if (value.ValueKind == JsonValueKind.Object) return Text(value, "name");
        return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static List<string> Strings(JsonElement parent, string name) =>
        [.. Items(parent, name).Select(static v => v.ValueKind == JsonValueKind.Object ? Text(v, "name") : v.GetString()).OfType<string>()];
}

internal sealed record GoldParticipant(string Name, List<string> Titles, string? Affiliation, string Side);

internal sealed record GoldVisit(string? Leader, string? From, List<string> To, List<string> Stops, string? Start, string? End, List<string> Purpose);

internal sealed record GoldMeeting(string Kind, string? Place, string? Date, string? Chair);

internal sealed record GoldAgreement(string Name, List<string> Parties, List<string> Signatories, string? Date, string? Place, string Status);
