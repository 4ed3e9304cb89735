using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NewsExtract.Text;

namespace NewsExtract.Writing;

/// <summary>Records as lines of JSON: UTF-8, one record a line, Chinese characters as they are.</summary>
public static class RecordJson
{
    internal static readonly RecordJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>One record and a line feed.</summary>
    /// <param name="record">The record.</param>
    /// <param name="scratch">A buffer that can be used again.</param>
    public static byte[] Line(ArticleRecord record, ArrayBufferWriter<byte> scratch)
    {
        scratch.ResetWrittenCount();
        Write(record, scratch);
        return scratch.WrittenSpan.ToArray();
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">The line is no record.</exception>
    public static ArticleRecord Read(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize(line, Context.ArticleRecord) ?? throw new JsonException("The line holds no record.");

    /// <summary>Writes one record and a line feed.</summary>
    public static void Write(ArticleRecord record, IBufferWriter<byte> output)
    {
        var json = new JsonText(output);
        json.Raw("{\"schemaVersion\":"u8);
        json.Number((long)record.SchemaVersion);
        json.Raw(",\"source\":"u8);
        json.String(record.Source);
        json.Raw(",\"id\":"u8);
        json.String(record.Id);
        json.Raw(",\"title\":"u8);
        json.String(record.Title);
        json.Raw(",\"outlet\":"u8);
        json.String(record.Outlet);
        json.Raw(",\"url\":"u8);
        json.String(record.Url);
        json.Raw(",\"published\":"u8);
        json.String(record.Published);
        json.Raw(",\"script\":"u8);
        json.String(record.Script);
        json.Raw(",\"repairs\":{"u8);
        bool first = true;
        foreach ((string name, int count) in record.Repairs)
        {
            if (!first) json.Raw(","u8);
            first = false;
            json.String(name);
            json.Raw(":"u8);
            json.Number((long)count);
        }
        json.Raw("},\"credits\":["u8);
        for (int i = 0; i < record.Credits.Count; i++)
        {
            json.Raw(i > 0 ? ",{\"name\":"u8 : "{\"name\":"u8);
            json.String(record.Credits[i].Name);
            json.Raw(",\"role\":"u8);
            json.String(record.Credits[i].Role);
            json.Raw("}"u8);
        }
        json.Raw("],\"mentions\":["u8);
        for (int i = 0; i < record.Mentions.Count; i++) Write(ref json, record.Mentions[i], i);
        json.Raw("],\"dates\":["u8);
        for (int i = 0; i < record.Dates.Count; i++) Write(ref json, record.Dates[i], i);
        json.Raw("],\"participants\":["u8);
        for (int i = 0; i < record.Participants.Count; i++) Write(ref json, record.Participants[i], i);
        json.Raw("],\"visits\":["u8);
        for (int i = 0; i < record.Visits.Count; i++) Write(ref json, record.Visits[i], i);
        json.Raw("],\"meetings\":["u8);
        for (int i = 0; i < record.Meetings.Count; i++) Write(ref json, record.Meetings[i], i);
        json.Raw("],\"agreements\":["u8);
        for (int i = 0; i < record.Agreements.Count; i++) Write(ref json, record.Agreements[i], i);
        json.Raw("]"u8);
        if (record.Ordinal is { } ordinal)
        {
            json.Raw(",\"ordinal\":"u8);
            json.Number(ordinal);
        }
        json.Raw(",\"diagnostics\":["u8);
        for (int i = 0; i < record.Diagnostics.Count; i++) Write(ref json, record.Diagnostics[i], i);
        json.Raw("]}\n"u8);
        json.Finish();
    }

    private static void Write(ref JsonText json, MentionRecord mention, int index)
    {
        json.Raw(index > 0 ? ",{\"type\":"u8 : "{\"type\":"u8);
        json.String(mention.Type);
        json.Raw(",\"text\":"u8);
        json.String(mention.Text);
        json.Raw(",\"start\":"u8);
        json.Number((long)mention.Start);
        json.Raw(",\"end\":"u8);
        json.Number((long)mention.End);
        json.Raw(",\"value\":"u8);
        json.String(mention.Value);
        json.Raw(",\"origin\":"u8);
        json.String(mention.Origin);
        json.Raw(",\"score\":"u8);
        json.Number(mention.Score);
        json.Raw("}"u8);
    }

    private static void Write(ref JsonText json, DateRecord date, int index)
    {
        json.Raw(index > 0 ? ",{\"text\":"u8 : "{\"text\":"u8);
        json.String(date.Text);
        json.Raw(",\"start\":"u8);
        json.String(date.Start);
        json.Raw(",\"end\":"u8);
        json.String(date.End);
        json.Raw(",\"precision\":"u8);
        json.String(date.Precision);
        json.Raw("}"u8);
    }

    private static void Write(ref JsonText json, Participant participant, int index)
    {
        json.Raw(index > 0 ? ",{\"name\":"u8 : "{\"name\":"u8);
        json.String(participant.Name);
        json.Raw(",\"titles\":"u8);
        json.Strings(participant.Titles);
        json.Raw(",\"affiliation\":"u8);
        json.String(participant.Affiliation);
        json.Raw(",\"side\":"u8);
        json.String(participant.Side);
        json.Raw(",\"visit\":"u8);
        json.Number(participant.Visit);
        WriteEnd(ref json, participant.Confidence, participant.Evidence);
    }

    private static void Write(ref JsonText json, Visit visit, int index)
    {
        json.Raw(index > 0 ? ",{\"leader\":"u8 : "{\"leader\":"u8);
        json.String(visit.Leader);
        json.Raw(",\"from\":"u8);
        Write(ref json, visit.From);
        json.Raw(",\"to\":["u8);
        for (int i = 0; i < visit.To.Count; i++)
        {
            if (i > 0) json.Raw(","u8);
            Write(ref json, visit.To[i]);
        }
        json.Raw("],\"stops\":"u8);
        json.Strings(visit.Stops);
        json.Raw(",\"start\":"u8);
        json.String(visit.Start);
        json.Raw(",\"end\":"u8);
        json.String(visit.End);
        json.Raw(",\"purpose\":"u8);
        json.Strings(visit.Purpose);
        WriteEnd(ref json, visit.Confidence, visit.Evidence);
    }

    private static void Write(ref JsonText json, Meeting meeting, int index)
    {
        json.Raw(index > 0 ? ",{\"kind\":"u8 : "{\"kind\":"u8);
        json.String(meeting.Kind);
        json.Raw(",\"place\":"u8);
        Write(ref json, meeting.Place);
        json.Raw(",\"date\":"u8);
        json.String(meeting.Date);
        json.Raw(",\"chair\":"u8);
        json.String(meeting.Chair);
        json.Raw(",\"visit\":"u8);
        json.Number(meeting.Visit);
        WriteEnd(ref json, meeting.Confidence, meeting.Evidence);
    }

    private static void Write(ref JsonText json, Agreement agreement, int index)
    {
        json.Raw(index > 0 ? ",{\"name\":"u8 : "{\"name\":"u8);
        json.String(agreement.Name);
        json.Raw(",\"parties\":"u8);
        json.Strings(agreement.Parties);
        json.Raw(",\"signatories\":"u8);
        json.Strings(agreement.Signatories);
        json.Raw(",\"date\":"u8);
        json.String(agreement.Date);
        json.Raw(",\"place\":"u8);
        Write(ref json, agreement.Place);
        json.Raw(",\"amount\":"u8);
        if (agreement.Amount is { } amount)
        {
            json.Raw("{\"value\":"u8);
            json.Number(amount.Value);
            json.Raw(",\"currency\":"u8);
            json.String(amount.Currency);
            json.Raw("}"u8);
        }
        else json.Raw("null"u8);
        json.Raw(",\"status\":"u8);
        json.String(agreement.Status);
        json.Raw(",\"visit\":"u8);
        json.Number(agreement.Visit);
        WriteEnd(ref json, agreement.Confidence, agreement.Evidence);
    }

    private static void WriteEnd(ref JsonText json, double confidence, IReadOnlyList<int[]> evidence)
    {
        json.Raw(",\"confidence\":"u8);
        json.Number(confidence);
        json.Raw(",\"evidence\":"u8);
        json.Spans(evidence);
        json.Raw("}"u8);
    }

    private static void Write(ref JsonText json, PlaceRecord? place)
    {
        if (place is null)
        {
            json.Raw("null"u8);
            return;
        }
        json.Raw("{\"name\":"u8);
        json.String(place.Name);
        json.Raw(",\"code\":"u8);
        json.String(place.Code);
        json.Raw(",\"country\":"u8);
        json.String(place.Country);
        json.Raw("}"u8);
    }

    private static void Write(ref JsonText json, DiagnosticRecord diagnostic, int index)
    {
        json.Raw(index > 0 ? ",{\"code\":"u8 : "{\"code\":"u8);
        json.String(diagnostic.Code);
        json.Raw(",\"message\":"u8);
        json.String(diagnostic.Message);
        json.Raw(",\"start\":"u8);
        json.Number(diagnostic.Start);
        json.Raw(",\"end\":"u8);
        json.Number(diagnostic.End);
        json.Raw("}"u8);
    }
}

/// <summary>How records are read, and the plain way of writing them that <see cref="RecordJson.Write(ArticleRecord, IBufferWriter{byte})"/> is tested against.</summary>
[JsonSerializable(typeof(ArticleRecord))]
internal sealed partial class RecordJsonContext : JsonSerializerContext;
