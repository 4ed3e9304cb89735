using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NewsExtract.Training.Sequence;

/// <summary>The file beside a trained model that says what it was made of and how good it is.</summary>
internal static class SequenceManifest
{
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private sealed record Source(string Option, string Name, string Version, string Licence);

    private static readonly Source[] Sources =
    [
        new("pfr", "PFR People's Daily corpus, January 1998 (all articles but every tenth)", "199801", "free download from its makers, source to be named"),
        new("uner", "Universal NER Chinese-GSDSIMP, train", "1f03075", "CC BY-SA 4.0"),
        new("articles", "labelled articles of this project, train", "", "as the project"),
        new("knowledge", "lexicon and gazetteer of this project (models/README.md names their sources)", "", "as named there"),
        new("msra-train", "MSRA NER, train: for comparison only, not for a model that is given away", "a0b781d", "none stated"),
    ];

    public static string Write(string file, byte[] bytes, SequenceData data, TrainingOptions options, SortedDictionary<string, double> scores) =>
        JsonSerializer.Serialize(new
        {
            file,
            bytes = bytes.Length,
            sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            command = "train-sequence",
            commit = (string?)null,
            options,
            data = Sources.Where(s => data.Option(s.Option).Length > 0).Select(s => new { s.Name, s.Version, s.Licence }),
            scores,
        }, Form) + "\n";
}
