using System.Buffers;
using System.Buffers.Text;
using System.Text;
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
    public static void Write(ArticleRecord record, IBufferWriter<byte> output) => output.Write(Line(record, new ArrayBufferWriter<byte>()));

    private static void Serialize(ArticleRecord record, ArrayBufferWriter<byte> output)
    {
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
            JsonSerializer.Serialize(writer, record, Context.ArticleRecord);
        output.Write("\n"u8);
    }

    /// <summary>One record and a line feed.</summary>
    /// <param name="record">The record.</param>
    /// <param name="scratch">A buffer that can be used again.</param>
    public static byte[] Line(ArticleRecord record, ArrayBufferWriter<byte> scratch)
    {
        scratch.ResetWrittenCount();
        Serialize(record, scratch);
        ReadOnlySpan<byte> line = scratch.WrittenSpan;
        return line.IndexOf("\\uD"u8) < 0 ? line.ToArray() : Unescaped(line);
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">The line is no record.</exception>
    public static ArticleRecord Read(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize(line, Context.ArticleRecord) ?? throw new JsonException("The line holds no record.");

    // The runtime's encoders write what lies outside the basic plane as two escapes of six characters each.
    private static byte[] Unescaped(ReadOnlySpan<byte> line)
    {
        byte[] plain = new byte[line.Length];
        int length = 0;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length)
            {
                if (Surrogate(line[i..]) is { } high && char.IsHighSurrogate(high) && Surrogate(line[Math.Min(line.Length, i + 6)..]) is { } low && char.IsLowSurrogate(low))
                {
                    length += new Rune(high, low).EncodeToUtf8(plain.AsSpan(length));
                    i += 11;
                    continue;
                }
                plain[length++] = line[i++]; // an escape of its own, \\ above all: what follows belongs to it
            }
            plain[length++] = line[i];
        }
        return plain[..length];
    }

    private static char? Surrogate(ReadOnlySpan<byte> text) =>
        text.Length >= 6 && text[0] == '\\' && text[1] == 'u' && Utf8Parser.TryParse(text.Slice(2, 4), out ushort code, out int used, 'x') && used == 4 ? (char)code : null;
}

[JsonSerializable(typeof(ArticleRecord))]
internal sealed partial class RecordJsonContext : JsonSerializerContext;
