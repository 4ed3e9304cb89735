using System.Globalization;
using System.Text;
using NewsExtract.Text;

namespace NewsExtract.Benchmarks;

/// <summary>
/// The quick measurement: megabytes of UTF-8 a second of one thread's processor time, for each stage and the whole, and
/// bytes allocated an article. <c>throughput [FOLDER…] [--models FOLDER] [--seconds N] [--only KIND] [--records FILE]</c>;
/// <c>--records</c> writes the lines instead, to compare what two builds extract.
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
        StageTable.WriteHead(output);
        foreach (TextState state in Enum.GetValues<TextState>())
            foreach (TextLength length in Enum.GetValues<TextLength>())
                if ($"{state}-{length}".Contains(only, StringComparison.OrdinalIgnoreCase)) StageTable.WriteRow(Measure(mix.Articles(state, length), run, Name(state, length), seconds), output);
        return 0;
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
