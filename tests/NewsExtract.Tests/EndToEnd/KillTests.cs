using System.Diagnostics;
using NewsExtract.Tests.Oracles.Reading;

namespace NewsExtract.Tests.EndToEnd;

/// <summary>The real process is killed at random moments and started again, until it gets through.</summary>
public class KillTests
{
    private const int Kills = 50;

    [Fact]
    public void ARunThatIsKilledFiftyTimesGivesTheSameBytes()
    {
        using var folder = new Inputs.Folder();
        string input = folder.Add("in.jsonl", string.Concat(Enumerable.Range(0, 1200).Select(i => i % 40 == 7 ? "broken\n"
            : $"{{\"text\":\"{i}月简报。4月8日，某县县委书记李想率党政代表团赴广东省东莞市虎门镇考察学习。\"}}\n")));
        string whole = Path.Combine(folder.Path, "whole.jsonl");
        long start = Stopwatch.GetTimestamp();
        Assert.Equal(3, Cli.Run("extract", input, "--out", whole, "--errors", whole + ".errors", "--quiet").Status);
        double full = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var random = new Random(99);
        // Two chains at once: one process alone leaves the machine waiting for it to start.
        int completed = 0, killed = 0;
        Parallel.For(0, 2, chain =>
        {
            string path = Path.Combine(folder.Path, $"out{chain}.jsonl");
            while (Volatile.Read(ref killed) < Kills)
            {
                int delay;
                lock (random) delay = (int)(full * (0.3 + random.NextDouble()));
                using Process process = Cli.Start("extract", input, "--out", path, "--errors", path + ".errors", "--quiet", "--resume", "--checkpoint", "0.02", "--threads", "2");
                if (!process.WaitForExit(delay))
                {
                    process.Kill();
                    process.WaitForExit();
                    Interlocked.Increment(ref killed);
                }
                if (File.Exists(path + ".journal") || !File.Exists(path)) continue;
                AssertSame(whole, path);
                Interlocked.Increment(ref completed);
                File.Delete(path);
                File.Delete(path + ".errors");
            }
            Cli.Run("extract", input, "--out", path, "--errors", path + ".errors", "--quiet", "--resume");
            AssertSame(whole, path);
            Interlocked.Increment(ref completed);
        });
        Assert.True(killed >= Kills);
        Assert.True(completed >= 2);
    }

    private static void AssertSame(string whole, string path)
    {
        Assert.Equal(File.ReadAllText(whole), File.ReadAllText(path));
        Assert.Equal(File.ReadAllText(whole + ".errors"), File.ReadAllText(path + ".errors"));
    }
}
