using System.Text.Json;

namespace NewsExtract.Evaluation;

/// <summary>
/// Fields of a JSON object, read forgivingly: one that is absent or null is null or empty. What is there but of another
/// kind is an error that names the field.
/// </summary>
internal static class JsonFields
{
    public static bool Has(this JsonElement element, string name) => element.TryGetProperty(name, out _);

    public static string? Text(this JsonElement element, string name) => element.Given(name) is { } value ? AsText(value, name) : null;

    /// <summary>A place: its name, whether it is written as a string or as an object with a <c>name</c>.</summary>
    public static string? Place(this JsonElement element, string name) => element.Given(name) is { } value ? AsPlace(value, name) : null;

    public static List<string> Texts(this JsonElement element, string name) => element.List(name, item => AsText(item, name));

    public static List<string> Places(this JsonElement element, string name) => element.List(name, item => AsPlace(item, name) ?? "");

    public static double Number(this JsonElement element, string name) => element.Given(name) is { } value
        ? value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Fault(name, "a number") : 0;

    public static int? Index(this JsonElement element, string name) => element.Given(name) is { } value
        ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int index) ? index : throw Fault(name, "a whole number") : null;

    public static List<T> List<T>(this JsonElement element, string name, Func<JsonElement, T> read)
    {
        if (element.Given(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array) throw Fault(name, "a list");
        var items = new List<T>(value.GetArrayLength());
        foreach (JsonElement item in value.EnumerateArray()) items.Add(read(item));
        return items;
    }

    public static List<T> Objects<T>(this JsonElement element, string name, Func<JsonElement, T> read) =>
        element.List(name, item => item.ValueKind == JsonValueKind.Object ? read(item) : throw Fault(name, "a list of objects"));

    public static JsonElement? Given(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string AsText(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Fault(name, "a string");

    private static string? AsPlace(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object ? value.Text("name") : AsText(value, name);

    private static FormatException Fault(string name, string wanted) => new($"\"{name}\" is not {wanted}");
}
