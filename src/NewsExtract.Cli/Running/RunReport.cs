using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using NewsExtract.Reading;
using Spectre.Console;

namespace NewsExtract.Cli.Running;

/// <summary>Carries a run out as a user sees it: signals, progress on the terminal, summary, metrics, exit status.</summary>
internal sealed class RunReport(ExtractionRun run, RunOutput output, InputReader reader, string[] inputs, string? path, int threads, bool isQuiet, string? metricsPath)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _totalBytes = -1;
    private bool _isReaderGone; // whoever read our standard output has closed it
    private string? _writeError;

    /// <summary>Runs; returns the exit status.</summary>
    public int Run()
    {
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        try
        {
            if (isQuiet) run.Run(output.Write, output.Tick);
            else if (Console.IsErrorRedirected) RunWithLines();
            else RunWithProgress();
            if (!run.IsStopped) output.Complete();
            else output.Checkpoint(isComplete: false);
        }
        catch (IOException e)
        {
            _isReaderGone = path is null && StandardOutput.IsReaderGone(e);
            _writeError = $"the output can't be written: {e.Message}";
        }
        catch (UnauthorizedAccessException e)
        {
            _writeError = $"the output can't be written: {e.Message}";
        }
        catch (InvalidOperationException e) when (e.InnerException is not null)
        {
            _writeError = $"the run failed: {e.Message}";
        }
        WriteMetrics();
        if (_writeError is not null && !_isReaderGone) Console.Error.WriteLine(_writeError);
        if ((run.IsStopped || _writeError is not null) && path is not null)
            Console.Error.WriteLine($"Stopped after {output.Records + output.Failed} articles. The same command with --resume goes on {(run.IsStopped ? "from there" : "from the last checkpoint")}.");
        if (!isQuiet && !_isReaderGone) Summarize();
        if (run.IsStopped || _writeError is not null) return ExitStatus.Interrupted;
        return output.Failed > 0 ? ExitStatus.SomeFailed : ExitStatus.Done;
    }

    private void OnSignal(PosixSignalContext context)
    {
        // A batch system may send SIGTERM more than once; only a person's second Ctrl-C means at once.
        if (run.IsStopped && context.Signal == PosixSignal.SIGINT) Environment.Exit(ExitStatus.Interrupted);
        context.Cancel = true;
        run.Stop();
    }

    private void RunWithLines()
    {
        var log = new ProgressLog(Console.Error);
        CountInput();
        run.Run(output.Write, () =>
        {
            output.Tick();
            log.Tick(_clock.Elapsed, Description, reader.BytesRead, Interlocked.Read(ref _totalBytes));
        });
    }

    private void CountInput() => new Thread(() => _totalBytes = InputSize.Of(inputs)) { IsBackground = true, Name = "sizes" }.Start();

    private void RunWithProgress()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        CountInput();
        console.Progress().AutoClear(true).Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn()).Start(context =>
        {
            ProgressTask task = context.AddTask("", maxValue: 1);
            task.IsIndeterminate = true;
            long shown = 0;
            run.Run(output.Write, () =>
            {
                output.Tick();
                if (_clock.ElapsedMilliseconds - shown < 200) return;
                shown = _clock.ElapsedMilliseconds;
                if (Interlocked.Read(ref _totalBytes) > 0)
                {
                    task.IsIndeterminate = false;
                    task.MaxValue = _totalBytes;
                    task.Value = Math.Min(reader.BytesRead, _totalBytes);
                }
                task.Description = Description();
            });
        });
    }

    private string Description() => string.Create(CultureInfo.InvariantCulture, $"{output.Records:N0} articles, {Rate:N0} a second, {reader.BytesRead / 1e6 / Seconds:N1} MB/s, {output.Failed:N0} failed");

    private double Seconds => Math.Max(0.001, _clock.Elapsed.TotalSeconds);

    private double Rate => (output.Records - output.ResumedRecords) / Seconds;

    private void Summarize() => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{output.Records:N0} articles, {output.Failed:N0} failed, {Seconds:N1} s, {Rate:N0} articles a second, {reader.BytesRead / 1e6 / Seconds:N2} MB/s read with {threads} threads."));

    private void WriteMetrics()
    {
        if (metricsPath is null) return;
        try
        {
            WriteMetrics(metricsPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"the figures can't be written: {e.Message}");
        }
    }

    private void WriteMetrics(string to)
    {
        using var process = Process.GetCurrentProcess();
        using FileStream file = File.Create(to);
        using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteNumber("records", output.Records);
        writer.WriteNumber("resumedRecords", output.ResumedRecords);
        writer.WriteNumber("failed", output.Failed);
        writer.WriteBoolean("complete", !run.IsStopped && _writeError is null);
        writer.WriteNumber("bytesRead", reader.BytesRead);
        writer.WriteNumber("seconds", Math.Round(Seconds, 3));
        writer.WriteNumber("cpuSeconds", Math.Round(process.TotalProcessorTime.TotalSeconds, 3));
        writer.WriteNumber("articlesPerSecond", Math.Round(Rate, 1));
        writer.WriteNumber("megabytesPerSecond", Math.Round(reader.BytesRead / 1e6 / Seconds, 3));
        writer.WriteNumber("threads", threads);
        writer.WriteNumber("peakMemoryBytes", process.PeakWorkingSet64);
        writer.WriteNumber("allocatedBytes", GC.GetTotalAllocatedBytes());
        writer.WriteNumber("gen2Collections", GC.CollectionCount(2));
        writer.WriteEndObject();
    }
}
