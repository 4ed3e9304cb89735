using System.Globalization;

namespace NewsExtract.Benchmarks;

/// <summary>What got worse between two results.</summary>
internal static class ResultComparison
{
    /// <summary>Writes a line for every figure of both, regressions marked, and returns how many there are.</summary>
    public static int Write(BenchmarkResult before, BenchmarkResult after, double tolerance, TextWriter output)
    {
        if (before.Machine != after.Machine) output.WriteLine("The machines differ: speeds can't be compared, allocations can.");
        int regressions = 0;
        foreach ((string name, double old, double now, bool isMoreBetter) in Pairs(before, after))
        {
            double change = old == 0 ? 0 : now / old - 1;
            bool isWorse = (isMoreBetter ? -change : change) > tolerance;
            if (isWorse) regressions++;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(isWorse ? "REGRESSION " : "")}{name}: {old:0.00} → {now:0.00} ({change:+0.0 %;-0.0 %;0 %})"));
        }
        output.WriteLine(regressions == 0 ? $"No regression beyond {tolerance.ToString("0 %", CultureInfo.InvariantCulture)}." : $"{regressions} regressions.");
        return regressions;
    }

    private static IEnumerable<(string Name, double Old, double New, bool IsMoreBetter)> Pairs(BenchmarkResult before, BenchmarkResult after)
    {
        foreach (StageFigures now in after.Stages)
        {
            if (before.Stages.Find(stage => stage.Input == now.Input) is not { } old) continue;
            for (int i = 0; i < StageFigures.Columns.Length; i++) yield return ($"{now.Input}, {StageFigures.Columns[i]}, MB/s", old.MegabytesPerSecond[i], now.MegabytesPerSecond[i], true);
            for (int i = 0; i < StageFigures.Columns.Length; i++) yield return ($"{now.Input}, {StageFigures.Columns[i]}, KB allocated", old.KilobytesAllocated[i], now.KilobytesAllocated[i], false);
        }
        foreach (RunFigures now in after.Runs)
        {
            if (before.Runs.Find(run => run.Input == now.Input && run.Threads == now.Threads && run.Articles == now.Articles) is not { } old) continue;
            string name = $"run, {now.Input}, {now.Threads} threads";
            yield return ($"{name}, MB a processor second", old.MegabytesPerCpuSecond, now.MegabytesPerCpuSecond, true);
            yield return ($"{name}, peak MB", old.PeakMegabytes, now.PeakMegabytes, false);
            yield return ($"{name}, late speed / early", old.LateToEarly, now.LateToEarly, true);
        }
    }
}
