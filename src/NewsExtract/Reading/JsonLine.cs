using System.Text;
using System.Text.Json;

namespace NewsExtract.Reading;

/// <summary>One line of JSON as an article's fields.</summary>
internal static class JsonLine
{
    private static readonly (string Part, string[] Names)[] Usual =
    [
        ("text", ["text", "content", "body"]),
        ("html", ["html"]),
        ("id", ["id"]),
        ("url", ["url"]),
        ("title", ["title"]),
        ("published", ["published", "date"]),
        ("outlet", ["outlet", "source"]),
    ];

    /// <summary>Reads a line of UTF-8.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="names">Which field holds which part, see <see cref="ReadingOptions.Fields"/>.</param>
    /// <param name="fields">Receives the parts.</param>
    /// <param name="hasLoneSurrogate">Whether half a surrogate pair was found and replaced by U+FFFD.</param>
    /// <returns>Null, or what is wrong with the line.</returns>
    public static string? Read(ReadOnlySpan<byte> line, IReadOnlyDictionary<string, string> names, ArticleFields fields, out bool hasLoneSurrogate)
    {
        hasLoneSurrogate = false;
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return "the line is no JSON object";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string? part = PartOf(ref reader, names);
                reader.Read();
                if (part is null || !IsScalar(reader.TokenType))
                {
                    reader.Skip();
                    continue;
                }
                Set(fields, part, Value(ref reader, ref hasLoneSurrogate));
            }
            if (reader.TokenType != JsonTokenType.EndObject) return "the JSON object is not closed";
            return reader.Read() ? "something follows the JSON object" : null;
        }
        catch (JsonException e)
        {
            return $"no valid JSON at byte {e.BytePositionInLine}: {FirstSentence(e.Message)}";
        }
    }

    private static string? PartOf(ref Utf8JsonReader reader, IReadOnlyDictionary<string, string> names)
    {
        foreach ((string part, string[] usual) in Usual)
        {
            if (names.TryGetValue(part, out string? named))
            {
                if (reader.ValueTextEquals(named)) return part;
                continue;
            }
            foreach (string name in usual)
                if (reader.ValueTextEquals(name)) return part;
        }
        return null;
    }

    private static bool IsScalar(JsonTokenType type) => type is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.Null;

    private static void Set(ArticleFields fields, string part, string? value)
    {
        switch (part)
        {
            case "text": fields.Text ??= value; break;
            case "html": fields.Html ??= value; break;
            case "id": fields.Id ??= value; break;
            case "url": fields.Url ??= value; break;
            case "title": fields.Title ??= value; break;
            case "published": fields.Published ??= value; break;
            case "outlet": fields.Outlet ??= value; break;
        }
    }

    private static string? Value(ref Utf8JsonReader reader, ref bool hasLoneSurrogate)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType == JsonTokenType.Number) return Encoding.UTF8.GetString(reader.ValueSpan);
        // A reader refuses strings with bytes that are no UTF-8 and with half pairs: the article is worth more than the pair.
        if (!reader.ValueIsEscaped) return Encoding.UTF8.GetString(reader.ValueSpan);
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            hasLoneSurrogate = true;
            return Unescape(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    private static string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 == raw.Length)
            {
                text.Append(raw[i]);
                continue;
            }
            char c = raw[++i];
            if (c != 'u')
            {
                text.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => c });
                continue;
            }
            text.Append((char)Convert.ToUInt16(raw.Substring(i + 1, 4), 16));
            i += 4;
        }
        return LoneSurrogates.Replace(text.ToString(), out _);
    }

    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
