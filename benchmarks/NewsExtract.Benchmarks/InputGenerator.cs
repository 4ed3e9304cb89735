using System.Globalization;
using System.Text.Json;
using NewsExtract.Text;

namespace NewsExtract.Benchmarks;

/// <summary>
/// Archives of any size for whole runs, as JSON lines. The first articles are those of <see cref="ArticleMix"/>; behind
/// them each takes the head of one and swaps paragraphs for others', so that names and words keep coming together anew
/// and whatever a run would collect keeps growing. The same arguments give the same bytes.
/// <c>generate --out FILE [--articles N] [--only KIND] [FOLDER…]</c>, where KIND is <c>clean-short</c> and so on.
/// </summary>
internal static class InputGenerator
{
    private const int Seed = 41;
    private const int ShortestSwapped = 40; // characters: headers, credits and footers stay
    private const double Swapped = 0.5;

    public static int Run(ReadOnlySpan<string> args, TextWriter errors)
    {
        var folders = new List<string>();
        string path = "", kind = $"{TextState.Clean}-{TextLength.Short}";
        int count = 10_000;
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) folders.Add(args[i]);
            else if (i + 1 == args.Length) return Usage(errors);
            else if (args[i] == "--out") path = args[++i];
            else if (args[i] == "--only") kind = args[++i];
            else if (args[i] != "--articles" || !int.TryParse(args[++i], NumberStyles.None, CultureInfo.InvariantCulture, out count)) return Usage(errors);
        }
        if (path.Length == 0 || Kind(kind) is not var (state, length)) return Usage(errors);
        if (folders.Count == 0) folders.AddRange(CorpusFolders.Default());
        Write(path, new ArticleMix(folders, ExtractionModel.DefaultFolder).Articles(state, length), count);
        return 0;
    }

    /// <summary>Writes <paramref name="count"/> articles made of those given.</summary>
    public static void Write(string path, List<Article> articles, int count)
    {
        string[][] lines = [.. articles.Select(article => article.Body.Source.Split('\n'))];
        string[] paragraphs = [.. lines.SelectMany(line => line.Skip(1)).Where(line => line.Length >= ShortestSwapped)];
        var random = new Random(Seed);
        using FileStream file = File.Create(path);
        using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        for (int i = 0; i < count; i++)
        {
            string[] from = lines[i % lines.Length];
            string text = i < lines.Length || paragraphs.Length == 0 ? string.Join('\n', from)
                : string.Join('\n', from.Select((line, n) => n > 0 && line.Length >= ShortestSwapped && random.NextDouble() < Swapped ? paragraphs[random.Next(paragraphs.Length)] : line));
            writer.WriteStartObject();
            writer.WriteString("id", i.ToString("D8", CultureInfo.InvariantCulture));
            writer.WriteString("text", text);
            writer.WriteEndObject();
            writer.Flush();
            writer.Reset();
            file.WriteByte((byte)'\n');
        }
    }

    private static (TextState State, TextLength Length)? Kind(string name)
    {
        string[] parts = name.Split('-');
        return parts.Length == 2 && Enum.TryParse(parts[0], ignoreCase: true, out TextState state) && Enum.TryParse(parts[1], ignoreCase: true, out TextLength length) ? (state, length) : null;
    }

    private static int Usage(TextWriter errors)
    {
        errors.WriteLine("generate --out FILE [--articles N] [--only clean-short|clean-long|traditional-short|…] [FOLDER…]");
        return 2;
    }
}
