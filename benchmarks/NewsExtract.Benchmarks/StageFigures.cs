using System.Globalization;

namespace NewsExtract.Benchmarks;

/// <summary>What the stages took over the articles of one kind.</summary>
/// <param name="Input">The kind: <c>clean, short</c>.</param>
/// <param name="Articles">How many there are.</param>
/// <param name="KilobytesEach">Their mean size in UTF-8.</param>
/// <param name="MegabytesPerSecond">Megabytes of UTF-8 a second of one thread's processor time, by stage; the whole last.</param>
/// <param name="KilobytesAllocated">Allocated an article, by stage; the whole last.</param>
internal sealed record StageFigures(string Input, int Articles, double KilobytesEach, double[] MegabytesPerSecond, double[] KilobytesAllocated)
{
    public static string[] Columns { get; } = [.. Enum.GetNames<Stage>().Select(name => name.ToLowerInvariant()), "whole"];

    /// <summary>The better of two measurements, figure by figure: what neighbours on the machine cost is no property of the code.</summary>
    public StageFigures Best(StageFigures other) => this with
    {
        MegabytesPerSecond = [.. MegabytesPerSecond.Zip(other.MegabytesPerSecond, Math.Max)],
        KilobytesAllocated = [.. KilobytesAllocated.Zip(other.KilobytesAllocated, Math.Min)],
    };
}

/// <summary>Stage figures as a table in Markdown.</summary>
internal static class StageTable
{
    public static void WriteHead(TextWriter output)
    {
        output.WriteLine($"| MB/s | articles | KB each | {string.Join(" | ", StageFigures.Columns)} | KB allocated each: tag, resolve, assemble, write, whole |");
        output.Write("| --- |");
        for (int i = 0; i < StageRun.Stages + 4; i++) output.Write(" ---: |");
        output.WriteLine();
    }

    public static void WriteRow(StageFigures figures, TextWriter output)
    {
        output.Write(string.Create(CultureInfo.InvariantCulture, $"| {figures.Input} | {figures.Articles} | {figures.KilobytesEach:0.0} |"));
        for (int i = 0; i < StageRun.Stages; i++) output.Write(string.Create(CultureInfo.InvariantCulture, $" {figures.MegabytesPerSecond[i]:0.0} |"));
        output.Write(string.Create(CultureInfo.InvariantCulture, $" {figures.MegabytesPerSecond[^1]:0.00} |"));
        output.WriteLine(" " + string.Join(", ", figures.KilobytesAllocated[(int)Stage.Tag..].Select(value => value.ToString("0.0", CultureInfo.InvariantCulture))) + " |");
    }
}
