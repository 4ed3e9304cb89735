using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NewsExtract.Text;

namespace NewsExtract.Writing;

/// <summary>Records as lines of JSON: UTF-8, one record a line, Chinese characters as they are.</summary>
public static class RecordJson
{
    private static readonly RecordJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Writes one record and a line feed.</summary>
    public static void Write(ArticleRecord record, IBufferWriter<byte> output)
    {
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
            JsonSerializer.Serialize(writer, record, Context.ArticleRecord);
        output.Write("\n"u8);
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">The line is no record.</exception>
    public static ArticleRecord Read(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize(line, Context.ArticleRecord) ?? throw new JsonException("The line holds no record.");
}

[JsonSerializable(typeof(ArticleRecord))]
internal sealed partial class RecordJsonContext : JsonSerializerContext;
