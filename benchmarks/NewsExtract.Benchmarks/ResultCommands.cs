using System.Globalization;

namespace NewsExtract.Benchmarks;

/// <summary>
/// The commands around results: <c>measure</c> makes one, <c>table</c> turns one into README's table, <c>compare</c> names what
/// got slower or larger between two.
/// </summary>
internal static class ResultCommands
{
    private const string Begin = "<!-- speed: written by the benchmarks' table command -->";
    private const string End = "<!-- /speed -->";

    /// <summary><c>measure --out FILE [--seconds N] [--rounds N] [--articles N] [--peers FILE]</c>.</summary>
    public static int Measure(ReadOnlySpan<string> args, TextWriter errors)
    {
        string path = "", peers = "";
        double seconds = 2;
        int rounds = 3, articles = 50_000;
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            bool isKnown = args[i] switch
            {
                "--out" => (path = args[i + 1]).Length > 0,
                "--peers" => File.Exists(peers = args[i + 1]),
                "--seconds" => double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out seconds),
                "--rounds" => int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out rounds) && rounds > 0,
                "--articles" => int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out articles) && articles > 0,
                _ => false,
            };
            if (!isKnown) return Usage(errors, $"{args[i]} {args[i + 1]}");
        }
        string program = Path.Combine(CorpusFolders.Root(), "src", "NewsExtract.Cli", "bin", "Release", "net10.0", "NewsExtract.Cli.dll");
        if (path.Length == 0 || args.Length % 2 != 0) return Usage(errors, "--out FILE is missing");
        if (!File.Exists(program)) return Usage(errors, $"{program} is not there: build the solution with -c Release first");
        string commit = BenchmarkResult.CommitHere(CorpusFolders.Root());
        var mix = new ArticleMix([.. CorpusFolders.Default()], ExtractionModel.DefaultFolder);
        var run = new StageRun(ExtractionModel.LoadDefault());
        var stages = new List<StageFigures>();
        foreach (TextState state in Enum.GetValues<TextState>())
            foreach (TextLength length in Enum.GetValues<TextLength>())
                stages.Add(Enumerable.Range(0, rounds).Select(_ => Throughput.Measure(mix.Articles(state, length), run, Throughput.Name(state, length), seconds)).Aggregate((a, b) => a.Best(b)));
        var runs = new List<RunFigures>();
        string input = Path.GetTempFileName();
        try
        {
            InputGenerator.Write(input, mix.Articles(TextState.Clean, TextLength.Short), articles);
            foreach (int threads in (int[])[1, 2])
                runs.Add(Enumerable.Range(0, rounds).Select(_ => WholeRun.Measure(program, input, Throughput.Name(TextState.Clean, TextLength.Short), threads)).MinBy(figures => figures.CpuSeconds)!);
        }
        finally
        {
            File.Delete(input);
        }
        new BenchmarkResult(BenchmarkResult.Today(), commit, MachineFacts.Here(), stages, runs, peers.Length > 0 ? BenchmarkResult.ReadPeers(peers) : []).Write(path);
        return 0;
    }

    /// <summary><c>table RESULT [README]</c>: prints the table, or puts it between the two marks of a file.</summary>
    public static int Table(ReadOnlySpan<string> args, TextWriter output, TextWriter errors)
    {
        if (args.Length is not (1 or 2)) return Usage(errors, "table takes a result and perhaps a file");
        using var table = new StringWriter { NewLine = "\n" };
        WriteTable(BenchmarkResult.Read(args[0]), table);
        if (args.Length == 1)
        {
            output.Write(table);
            return 0;
        }
        string text = File.ReadAllText(args[1]);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin) return Usage(errors, $"{args[1]} has no {Begin} … {End}");
        File.WriteAllText(args[1], text[..(begin + Begin.Length)] + "\n" + table + text[end..]);
        return 0;
    }

    /// <summary><c>compare OLD NEW [--tolerance 0.1]</c>: exit status 1 where something got worse by more than that.</summary>
    public static int Compare(ReadOnlySpan<string> args, TextWriter output, TextWriter errors)
    {
        double tolerance = 0.1;
        if (args.Length is not (2 or 4) || (args.Length == 4 && (args[2] != "--tolerance" || !double.TryParse(args[3], CultureInfo.InvariantCulture, out tolerance)))) return Usage(errors, "compare takes two results");
        return ResultComparison.Write(BenchmarkResult.Read(args[0]), BenchmarkResult.Read(args[1]), tolerance, output) > 0 ? 1 : 0;
    }

    private static int Usage(TextWriter errors, string fault)
    {
        errors.WriteLine(fault);
        errors.WriteLine("measure --out FILE [--seconds N] [--rounds N] [--articles N] [--peers FILE]");
        errors.WriteLine("table RESULT [README]");
        errors.WriteLine("compare OLD NEW [--tolerance 0.1]");
        return 2;
    }

    private static void WriteTable(BenchmarkResult result, TextWriter output)
    {
        MachineFacts machine = result.Machine;
        output.WriteLine($"Commit {result.Commit}, {result.Date}: {machine.Processor}, {machine.Processors} processors, {machine.MemoryGigabytes} GB, {machine.System}, {machine.Runtime}.");
        output.WriteLine();
        StageTable.WriteHead(output);
        foreach (StageFigures stage in result.Stages) StageTable.WriteRow(stage, output);
        output.WriteLine();
        output.WriteLine("| whole runs of `extract`, start included | threads | articles | MB | processor seconds | MB a processor second | peak memory, MB | late speed / early |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (RunFigures run in result.Runs)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {run.Input} | {run.Threads} | {run.Articles:N0} | {run.Megabytes:0.0} | {run.CpuSeconds:0.0} | {run.MegabytesPerCpuSecond:0.00} | {run.PeakMegabytes:0} | {run.LateToEarly:0.00} |"));
        if (result.Peers.Count == 0) return;
        output.WriteLine();
        output.WriteLine("| for comparison, one thread, `clean, short` | MB/s |");
        output.WriteLine("| --- | ---: |");
        foreach (PeerFigures peer in result.Peers) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {peer.Name}: {peer.Task} | {peer.MegabytesPerSecond:0.0} |"));
    }
}
