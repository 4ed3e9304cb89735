using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace NewsExtract.Benchmarks;

/// <summary>The program itself over an archive of many articles, in a process of its own.</summary>
internal static class WholeRun
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs once.</summary>
    /// <param name="program">NewsExtract.Cli.dll.</param>
    /// <param name="input">The archive.</param>
    /// <param name="name">What it is called in results.</param>
    /// <param name="threads">Workers.</param>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
    public static RunFigures Measure(string program, string input, string name, int threads)
    {
        string folder = Directory.CreateTempSubdirectory("newsextract-benchmark").FullName;
        try
        {
            string output = Path.Combine(folder, "out.jsonl"), metrics = Path.Combine(folder, "metrics.json");
            var samples = new List<(double Cpu, long Bytes)>();
            using (Process process = Process.Start("dotnet", [program, "extract", input, "--out", output, "--metrics", metrics, "--threads", threads.ToString(CultureInfo.InvariantCulture), "--quiet"]))
            {
                while (!process.WaitForExit(Pause))
                {
                    process.Refresh();
                    if (new FileInfo(output + ".partial") is not { Exists: true, Length: long length }) continue;
                    try
                    {
                        samples.Add((process.TotalProcessorTime.TotalSeconds, length));
                    }
                    catch (InvalidOperationException)
                    {
                        // It has ended since.
                    }
                }
                if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with status {process.ExitCode}");
            }
            using JsonDocument figures = JsonDocument.Parse(File.ReadAllText(metrics));
            double Number(string field) => figures.RootElement.GetProperty(field).GetDouble();
            long bytes = new FileInfo(output).Length;
            samples.Add((Number("cpuSeconds"), bytes));
            return new RunFigures(name, threads, (int)Number("records"), Number("bytesRead") / 1e6, Number("seconds"), Number("cpuSeconds"), Number("peakMemoryBytes") / 1e6, bytes / 1e6,
                Speed(samples, bytes, 0.75, 1) / Speed(samples, bytes, 0.25, 0.5));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Output a second of processor time between two parts of the output.
    private static double Speed(List<(double Cpu, long Bytes)> samples, long bytes, double from, double to)
    {
        (double Cpu, long Bytes) start = samples.First(sample => sample.Bytes >= bytes * from), end = samples.First(sample => sample.Bytes >= bytes * to);
        return (end.Bytes - start.Bytes) / Math.Max(0.01, end.Cpu - start.Cpu);
    }
}
