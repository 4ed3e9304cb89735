using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace NewsExtract.Benchmarks;

/// <summary>What was measured on.</summary>
internal sealed record MachineFacts(string Processor, int Processors, int MemoryGigabytes, string System, string Runtime)
{
    public static MachineFacts Here() => new(
        Line("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        (int)Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9),
        (Line("/etc/os-release", "PRETTY_NAME")?.Trim('"') ?? RuntimeInformation.OSDescription),
        RuntimeInformation.FrameworkDescription);

    // NAME : value or NAME=value, the first of them.
    private static string? Line(string path, string name) => !File.Exists(path) ? null
        : File.ReadLines(path).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } found ? found[(found.IndexOfAny(['=', ':']) + 1)..].Trim() : null;
}

/// <summary>A whole run of the program.</summary>
/// <param name="Input">What was extracted.</param>
/// <param name="Threads">Workers.</param>
/// <param name="Articles">How many articles.</param>
/// <param name="Megabytes">Of input.</param>
/// <param name="Seconds">On the wall; neighbours count.</param>
/// <param name="CpuSeconds">Of the process, start and loading included.</param>
/// <param name="PeakMegabytes">The largest working set.</param>
/// <param name="OutputMegabytes">Of records.</param>
/// <param name="LateToEarly">Speed over the last quarter of the output, as part of that over the second (the first warms up), by processor time.</param>
internal sealed record RunFigures(string Input, int Threads, int Articles, double Megabytes, double Seconds, double CpuSeconds, double PeakMegabytes, double OutputMegabytes, double LateToEarly)
{
    [JsonIgnore]
    public double MegabytesPerCpuSecond => Megabytes / CpuSeconds;
}

/// <summary>Another program on the same text, one thread.</summary>
internal sealed record PeerFigures(string Name, string Task, double MegabytesPerSecond);

/// <summary>One measurement of everything, as it stands in a file under <c>benchmarks/results</c>.</summary>
internal sealed record BenchmarkResult(string Date, string Commit, MachineFacts Machine, List<StageFigures> Stages, List<RunFigures> Runs, List<PeerFigures> Peers)
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static BenchmarkResult Read(string path) => JsonSerializer.Deserialize<BenchmarkResult>(File.ReadAllText(path), Options)
        ?? throw new InvalidDataException($"{path}: no result");

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(Rounded(), Options) + "\n");

    /// <summary>What @node-rs/jieba's script printed.</summary>
    public static List<PeerFigures> ReadPeers(string path) => JsonSerializer.Deserialize<List<PeerFigures>>(File.ReadAllText(path), Options) ?? [];

    /// <summary>The commit that is measured; with <c>+</c> where files differ from it.</summary>
    public static string CommitHere(string folder) => Git(folder, "rev-parse", "--short", "HEAD") + (Git(folder, "status", "--porcelain", "--untracked-files=no").Length > 0 ? "+" : "");

    private BenchmarkResult Rounded() => this with
    {
        Stages = [.. Stages.Select(x => x with { KilobytesEach = Round(x.KilobytesEach), MegabytesPerSecond = [.. x.MegabytesPerSecond.Select(Round)], KilobytesAllocated = [.. x.KilobytesAllocated.Select(Round)] })],
        Runs = [.. Runs.Select(x => x with { Megabytes = Round(x.Megabytes), Seconds = Round(x.Seconds), CpuSeconds = Round(x.CpuSeconds), PeakMegabytes = Round(x.PeakMegabytes), OutputMegabytes = Round(x.OutputMegabytes), LateToEarly = Round(x.LateToEarly) })],
        Peers = [.. Peers.Select(x => x with { MegabytesPerSecond = Round(x.MegabytesPerSecond) })],
    };

    private static double Round(double value) => Math.Round(value, 3);

    private static string Git(string folder, params string[] args)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output;
    }

    public static string Today() => DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
