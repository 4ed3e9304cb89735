using System.Text.Encodings.Web;
using System.Text.Json;

namespace NewsExtract.Evaluation.Report;

/// <summary>A floor that a figure has to reach.</summary>
/// <param name="Name">A field's name, <c>macro</c>, <c>micro</c> or <c>mention</c>.</param>
/// <param name="Least">The least F1.</param>
/// <param name="Value">What it is.</param>
public sealed record Floor(string Name, double Least, double Value)
{
    /// <summary>Whether it is reached.</summary>
    public bool IsMet => Value >= Least;
}

/// <summary>An evaluation for machines: one JSON object with every figure and every error.</summary>
public static class EvaluationJson
{
    /// <summary>Writes the object, indented, as UTF-8.</summary>
    public static void Write(Stream output, EvaluationResult result, Comparison? comparison, IReadOnlyList<Floor> floors)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 1);
        json.WriteNumber("articles", result.Articles.Count);
        json.WriteNumber("missing", result.Missing);
        json.WriteNumber("falseRecords", result.FalseRecords);
        json.WriteNumber("macro", result.Macro);
        Write(json, "macroInterval", result.MacroInterval);
        Write(json, "micro", result.Micro);
        json.WriteNumber("mentionMacro", result.MentionMacro);
        Write(json, "mentionMicro", result.MentionMicro);
        json.WriteStartObject("fields");
        foreach (FieldInfo field in FieldTable.All)
            if (!result.Fields[(int)field.Field].Counts.IsEmpty) Write(json, field.Name, result.Fields[(int)field.Field]);
        json.WriteEndObject();
        json.WriteStartObject("genres");
        foreach (GenreScore genre in result.Genres)
        {
            json.WriteStartObject(genre.Genre);
            json.WriteNumber("articles", genre.Articles);
            json.WriteNumber("macro", genre.Macro);
            json.WriteNumber("micro", genre.Micro.F1);
            json.WriteStartObject("fields");
            foreach (FieldInfo field in FieldTable.All)
            {
                if (genre.Fields[(int)field.Field].IsEmpty) continue;
                json.WriteStartObject(field.Name);
                Write(json, genre.Fields[(int)field.Field]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartObject("calibration");
        Write(json, "all", result.Calibration);
        foreach ((RecordKind kind, Calibration calibration) in result.CalibrationByKind) Write(json, kind.ToString().ToLowerInvariant(), calibration);
        json.WriteEndObject();
        json.WriteStartObject("confusion");
        Write(json, "side", result.Sides);
        Write(json, "status", result.Statuses);
        Write(json, "mention", result.Kinds);
        json.WriteEndObject();
        if (comparison is not null) Write(json, comparison);
        json.WriteStartArray("floors");
        foreach (Floor floor in floors)
        {
            json.WriteStartObject();
            json.WriteString("field", floor.Name);
            json.WriteNumber("least", floor.Least);
            json.WriteNumber("f1", floor.Value);
            json.WriteBoolean("met", floor.IsMet);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Write(json, "errors", result.Errors);
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, string name, FieldScore score)
    {
        json.WriteStartObject(name);
        Write(json, score.Counts);
        Write(json, "interval", score.Interval);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Counts counts)
    {
        json.WriteNumber("precision", counts.Precision);
        json.WriteNumber("recall", counts.Recall);
        json.WriteNumber("f1", counts.F1);
        json.WriteNumber("hits", counts.Hits);
        json.WriteNumber("extra", counts.Extra);
        json.WriteNumber("missing", counts.Missing);
    }

    private static void Write(Utf8JsonWriter json, string name, Interval interval)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(interval.Low);
        json.WriteNumberValue(interval.High);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, Calibration calibration)
    {
        json.WriteStartObject(name);
        json.WriteNumber("records", calibration.Count);
        json.WriteNumber("expectedError", calibration.ExpectedError);
        json.WriteStartArray("bins");
        foreach (CalibrationBin bin in calibration.Bins)
        {
            json.WriteStartObject();
            json.WriteNumber("low", bin.Low);
            json.WriteNumber("high", bin.High);
            json.WriteNumber("records", bin.Count);
            json.WriteNumber("meanConfidence", bin.MeanConfidence);
            json.WriteNumber("accuracy", bin.Accuracy);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Confusion confusion)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("gold");
        foreach (string label in confusion.Gold) json.WriteStringValue(label);
        json.WriteEndArray();
        json.WriteStartArray("extracted");
        foreach (string label in confusion.Extracted) json.WriteStringValue(label);
        json.WriteEndArray();
        json.WriteStartArray("counts");
        for (int row = 0; row < confusion.Gold.Count; row++)
        {
            json.WriteStartArray();
            for (int column = 0; column < confusion.Extracted.Count; column++) json.WriteNumberValue(confusion[row, column]);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Comparison comparison)
    {
        json.WriteStartObject("baseline");
        json.WriteStartArray("changes");
        foreach (FigureChange change in comparison.Changes)
        {
            json.WriteStartObject();
            json.WriteString("figure", change.Name);
            json.WriteNumber("before", change.Before);
            json.WriteNumber("now", change.After);
            Write(json, "interval", change.Interval);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Write(json, "mended", comparison.Mended);
        Write(json, "broken", comparison.Broken);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<EvaluationError> errors)
    {
        json.WriteStartArray(name);
        foreach (EvaluationError error in errors)
        {
            json.WriteStartObject();
            json.WriteString("article", error.Article);
            json.WriteString("genre", error.Genre);
            json.WriteString("field", FieldTable.NameOf(error.Field));
            json.WriteString("kind", error.Kind.ToString().ToLowerInvariant());
            json.WriteString("subject", error.Subject);
            json.WriteString("gold", error.Gold);
            json.WriteString("extracted", error.Extracted);
            json.WriteBoolean("follows", error.IsConsequence);
            if (error.Confidence is { } confidence) json.WriteNumber("confidence", confidence);
            else json.WriteNull("confidence");
            json.WriteStartArray("evidence");
            foreach (int[] span in error.Evidence)
            {
                json.WriteStartArray();
                foreach (int offset in span) json.WriteNumberValue(offset);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
