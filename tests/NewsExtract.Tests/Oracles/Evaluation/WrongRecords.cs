using System.Text.Json.Nodes;

namespace NewsExtract.Tests.Oracles.Evaluation;

/// <summary>
/// Records made of labels, with errors of every kind that a scorer has to judge: values left out, made up, given twice, cut
/// short, written in another form. No model takes part; the same labels give the same records.
/// </summary>
internal sealed class WrongRecords(int seed)
{
    private static readonly string[] Parents = ["某省", "广东省", "中国"];
    private static readonly string[] Sides = ["visitor", "host", "none"];
    private readonly Random _random = new(seed);

    /// <summary>One article's record, as a line of JSON; null for none at all.</summary>
    public string? Make(string name, JsonObject gold)
    {
        if (Chance(0.04)) return null;
        return new JsonObject
        {
            ["source"] = $"somewhere/{name}.txt",
            ["participants"] = List(gold["participants"], Participant),
            ["visits"] = List(gold["visits"], Visit),
            ["meetings"] = List(gold["meetings"], x => Changed(x, ("kind", Always), ("chair", Text), ("date", Text), ("place", Place))),
            ["agreements"] = List(gold["agreements"], x => Changed(x, ("name", Always), ("date", Text), ("status", Always), ("parties", Places), ("amount", _ => null))),
            ["dates"] = List(gold["dates"], x => Changed(x, ("text", Always), ("start", Text), ("end", Text))),
        }.ToJsonString();
    }

    private JsonObject Participant(JsonObject gold)
    {
        JsonObject made = Changed(gold, ("name", Always), ("titles", Texts), ("affiliation", Text));
        if (Chance(0.2)) made["side"] = Sides[_random.Next(Sides.Length)];
        if (Chance(0.05)) made.Remove("side");
        return made;
    }

    private JsonObject Visit(JsonObject gold) =>
        Changed(gold, ("leader", Text), ("from", Place), ("to", Places), ("stops", Texts), ("start", Text), ("end", Text), ("purpose", Texts));

    private static JsonObject Changed(JsonObject gold, params (string Field, Func<JsonNode?, JsonNode?> Change)[] fields)
    {
        var made = (JsonObject)gold.DeepClone();
        foreach ((string field, Func<JsonNode?, JsonNode?> change) in fields) made[field] = change(gold[field]);
        return made;
    }

    // Some are left out, some stand twice, some change places.
    private JsonArray List(JsonNode? gold, Func<JsonObject, JsonNode?> change)
    {
        var made = new List<JsonNode?>();
        foreach (JsonNode? item in gold as JsonArray ?? [])
        {
            if (!Chance(0.12)) made.Add(change((JsonObject)item!));
            if (Chance(0.08)) made.Add(change((JsonObject)item!));
        }
        return Mixed(made);
    }

    private JsonArray Texts(JsonNode? gold) => Mixed([.. (gold as JsonArray ?? []).Where(_ => !Chance(0.1)).SelectMany(item => Chance(0.08) ? [Text(item), Text(item)] : new[] { Text(item) }).Where(item => item is not null)]);

    private JsonArray Places(JsonNode? gold) => Mixed([.. (gold as JsonArray ?? []).Where(_ => !Chance(0.1)).Select(Place).Where(item => item is not null)]);

    private JsonArray Mixed(List<JsonNode?> items)
    {
        for (int i = items.Count - 1; i > 0; i--)
        {
            int other = Chance(0.1) ? _random.Next(i + 1) : i;
            (items[i], items[other]) = (items[other], items[i]);
        }
        return new JsonArray([.. items]);
    }

    // A place is an object or, in other programs' records, a string.
    private JsonNode? Place(JsonNode? gold) => Text(gold) is not { } name ? null : Chance(0.5) ? name : new JsonObject { ["name"] = name, ["code"] = null };

    // A record always has these.
    private JsonNode Always(JsonNode? gold) => Text(gold) ?? "无名";

    private JsonNode? Text(JsonNode? gold)
    {
        if (gold is null) return Chance(0.05) ? "无中生有" : null;
        string text = (string?)(gold is JsonObject place ? place["name"] : gold) ?? "";
        if (Chance(0.55) || text.Length == 0) return text;
        return _random.Next(9) switch
        {
            0 => null,
            1 => text[1..],
            2 => text[..^1],
            3 => text[(text.Length / 2)..],
            4 => text[..(text.Length / 3)] + text[(text.Length / 3 + 1)..],
            5 => Parents[_random.Next(Parents.Length)] + text,
            6 => $"《{text}》 ",
            7 => string.Concat(text.Select(c => c is > ' ' and < '\u007F' ? (char)(c + 0xFEE0) : c == '·' ? '•' : c)),
            _ => text + "市",
        };
    }

    private bool Chance(double share) => _random.NextDouble() < share;
}
