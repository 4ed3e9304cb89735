using System.Text.Json;

namespace NewsExtract.Evaluation;

/// <summary>A label file or an output file that does not have its form; the message names file and field.</summary>
public sealed class EvaluationFormatException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Reads label files (<c>NAME.json</c>); their form is described in <c>corpus/README.md</c>.</summary>
public static class GoldReader
{
    /// <summary>The labels of <paramref name="path"/>.</summary>
    /// <exception cref="EvaluationFormatException">The file is no JSON object of this form.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static GoldArticle Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return Read(Path.GetFileNameWithoutExtension(path), document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new EvaluationFormatException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>
    /// The label files of <paramref name="folder"/> in ordinal order: those directly in it, or where there are none those in the
    /// folders below.
    /// </summary>
    /// <exception cref="IOException">The folder can't be read.</exception>
    public static List<string> Files(string folder)
    {
        string[] paths = Directory.GetFiles(folder, "*.json");
        if (paths.Length == 0) paths = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories);
        return [.. paths.Order(StringComparer.Ordinal)];
    }

    internal static GoldArticle Read(string name, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new FormatException("the file is not an object");
        return new GoldArticle
        {
            Name = name,
            Id = root.Text("id"),
            Genre = root.Text("genre") ?? "?",
            HasTitle = root.Has("title"),
            Title = root.Text("title"),
            HasPublished = root.Has("published"),
            Published = root.Text("published"),
            Participants = root.Objects("participants", x => new GoldParticipant(x.Text("name") ?? "", x.Texts("titles"), x.Place("affiliation"), x.Text("side"))),
            Visits = root.Objects("visits", x => new GoldVisit(x.Text("leader"), x.Place("from"), x.Places("to"), x.Places("stops"),
                x.Text("start"), x.Text("end"), x.Texts("purpose"))),
            Meetings = root.Objects("meetings", x => new GoldMeeting(x.Text("kind"), x.Place("place"), x.Text("date"), x.Text("chair"))),
            Agreements = root.Objects("agreements", x => new GoldAgreement(x.Text("name"), x.Places("parties"), x.Texts("signatories"), x.Text("date"),
                x.Has("place"), x.Place("place"), x.Has("amount"), x.Text("amount"), x.Text("status"))),
            Dates = root.Objects("dates", x => new GoldDate(x.Text("text") ?? "", x.Text("start"), x.Text("end"))),
            MentionedOnly = root.Texts("persons_mentioned_only"),
            Credits = root.Has("credits") ? root.Texts("credits") : null,
            Entities = root.Given("entities") is { } entities
                ? new GoldEntities(entities.Texts("person"), entities.Texts("title"), entities.Texts("place"), entities.Texts("organization"))
                : null,
        };
    }
}
