using System.Globalization;
using System.Text;
using NewsExtract.Modeling;
using NewsExtract.Repair;
using NewsExtract.Text;

namespace NewsExtract.Benchmarks;

/// <summary>
/// The quick measurement: megabytes of UTF-8 a second of one thread's processor time, for each stage and the whole, and
/// bytes allocated an article. <c>throughput [FOLDER…] [--models FOLDER] [--seconds N] [--only KIND] [--records FILE]</c>;
/// <c>--only reading</c> is the table of reading alone; <c>--records</c> writes the lines instead, to compare what two builds extract.
/// </summary>
internal static class Throughput
{
    private const double Warmup = 0.5; // of the time measured

    public static int Run(ReadOnlySpan<string> args, TextWriter output, TextWriter errors)
    {
        var folders = new List<string>();
        string models = ExtractionModel.DefaultFolder, records = "", only = "";
        double seconds = 2;
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) folders.Add(args[i]);
            else if (i + 1 == args.Length) return Usage(errors);
            else if (args[i] == "--models") models = args[++i];
            else if (args[i] == "--records") records = args[++i];
            else if (args[i] == "--only") only = args[++i];
            else if (args[i] != "--seconds" || !double.TryParse(args[++i], CultureInfo.InvariantCulture, out seconds)) return Usage(errors);
        }
        if (folders.Count == 0) folders.AddRange(CorpusFolders.Default());
        var mix = new ArticleMix(folders, models);
        var run = new StageRun(ExtractionModel.Load(models));
        if (records.Length > 0) return WriteRecords(mix, run, records);
        if (only is "" or "reading") WriteReading(mix, models, seconds, output);
        if (only == "reading") return 0;
        StageTable.WriteHead(output);
        foreach (TextState state in Enum.GetValues<TextState>())
            foreach (TextLength length in Enum.GetValues<TextLength>())
                if ($"{state}-{length}".Contains(only, StringComparison.OrdinalIgnoreCase)) StageTable.WriteRow(Measure(mix.Articles(state, length), run, Name(state, length), seconds), output);
        return 0;
    }

    /// <summary>Bytes to repaired text: pages, and text files in each state.</summary>
    private static void WriteReading(ArticleMix mix, string models, double seconds, TextWriter output)
    {
        var repairer = new Repairer(ModelFile.Load(Path.Combine(models, "repair.bin")));
        ReadingFigures.WriteHead(output);
        List<Article> clean = mix.Articles(TextState.Clean, TextLength.Short);
        ReadingFigures.Measure("HTML, clean", PageMix.Pages(clean), repairer, seconds).WriteRow(output);
        foreach (TextState state in Enum.GetValues<TextState>())
            ReadingFigures.Measure($"text, {state.ToString().ToLowerInvariant()}", PageMix.Texts(mix.Articles(state, TextLength.Short)), repairer, seconds).WriteRow(output);
        output.WriteLine();
    }

    private static int Usage(TextWriter errors)
    {
        errors.WriteLine("throughput [FOLDER…] [--models FOLDER] [--seconds N] [--only KIND] [--records FILE]");
        return 2;
    }

    /// <summary>What the articles of one kind are called in tables and results.</summary>
    public static string Name(TextState state, TextLength length) => $"{state}, {length}".ToLowerInvariant();

    /// <summary>Goes over the articles for half the time unmeasured, then measures.</summary>
    public static StageFigures Measure(List<Article> articles, StageRun run, string name, double seconds)
    {
        long bytes = 0;
        foreach (Article article in articles) bytes += Encoding.UTF8.GetByteCount(article.Body.Source);
        Repeat(articles, run, seconds * Warmup);
        Array.Clear(run.Time);
        Array.Clear(run.Allocated);
        int rounds = Repeat(articles, run, seconds);
        return new StageFigures(name, articles.Count, bytes / 1000.0 / articles.Count,
            [.. run.Time.Append(run.Time.Sum()).Select(time => bytes * (double)rounds / time * 1000)],
            [.. run.Allocated.Append(run.Allocated.Sum()).Select(allocated => allocated / 1000.0 / (articles.Count * (double)rounds))]);
    }

    /// <summary>Goes over the articles until the time is up; at least once.</summary>
    private static int Repeat(List<Article> articles, StageRun run, double seconds)
    {
        long end = ThreadClock.Nanoseconds() + (long)(seconds * 1e9);
        int rounds = 0;
        do
        {
            foreach (Article article in articles) run.RunMeasured(article);
            rounds++;
        }
        while (ThreadClock.Nanoseconds() < end);
        return rounds;
    }

    private static int WriteRecords(ArticleMix mix, StageRun run, string path)
    {
        using FileStream file = File.Create(path);
        foreach (TextState state in Enum.GetValues<TextState>())
            foreach (TextLength length in Enum.GetValues<TextLength>())
                foreach (Article article in mix.Articles(state, length))
                {
                    run.Run(article);
                    file.Write(run.Line);
                }
        return 0;
    }
}
