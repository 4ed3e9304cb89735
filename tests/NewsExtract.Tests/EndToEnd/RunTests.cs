using System.Text;
using NewsExtract.Cli.Running;
using NewsExtract.Reading;
using NewsExtract.Text;

namespace NewsExtract.Tests.EndToEnd;

/// <summary>The run with a stand-in for extraction: order, faults, time limits, stopping.</summary>
public class RunTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void OutcomesComeInInputOrderWhateverTheWorkersDo(int threads)
    {
        var written = new List<long>();
        Run(1500, threads, raw =>
        {
            if (Random.Shared.Next(50) == 0) Thread.Sleep(Random.Shared.Next(3));
            return Outcome(raw);
        }, outcome => written.Add(outcome.Ordinal));
        Assert.Equal(Enumerable.Range(0, 1500).Select(i => (long)i), written);
    }

    [Fact]
    public void WhatAnArticleThrowsIsItsOwnFailure()
    {
        var failed = new List<(long, string)>();
        int done = 0;
        Run(100, 3, raw => raw.Ordinal % 10 == 3 ? throw new InvalidOperationException("bad") : Outcome(raw), outcome =>
        {
            if (outcome.IsFailed) failed.Add((outcome.Ordinal, outcome.Fault!.Value.Code));
            else done++;
        });
        Assert.Equal(90, done);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (i * 10L + 3, DiagnosticCodes.InternalError)), failed);
    }

    [Fact]
    public void AnArticleThatTakesTooLongFailsAndItsWorkerIsReplaced()
    {
        using var release = new ManualResetEventSlim();
        var codes = new List<string?>();
        Run(20, 1, raw =>
        {
            if (raw.Ordinal is 5 or 6) release.Wait();
            return Outcome(raw);
        }, outcome => codes.Add(outcome.Fault?.Code), TimeSpan.FromSeconds(2));
        release.Set();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i is 5 or 6 ? DiagnosticCodes.TimeLimit : null), codes);
    }

    [Fact]
    public void AStoppedRunWritesWhatIsInFlightAndNoMore()
    {
        ExtractionRun? run = null;
        var written = new List<long>();
        run = new ExtractionRun(Endless, () => Outcome, new RunSettings(3, TimeSpan.FromMinutes(1), false));
        run.Run(outcome =>
        {
            written.Add(outcome.Ordinal);
            if (written.Count == 100) run.Stop();
        }, () => { });
        Assert.True(run.IsStopped);
        Assert.InRange(written.Count, 100, 100 + 3 * 64);
        Assert.Equal(Enumerable.Range(0, written.Count).Select(i => (long)i), written);
    }

    [Fact]
    public void AStoppedRunBeginsNothingMore()
    {
        using var release = new ManualResetEventSlim();
        using var begun = new CountdownEvent(2);
        int count = 0;
        var written = new List<long>();
        ExtractionRun run = new(Endless, () => raw =>
        {
            Interlocked.Increment(ref count);
            if (!begun.IsSet) begun.Signal();
            release.Wait();
            return Outcome(raw);
        }, new RunSettings(2, TimeSpan.FromMinutes(1), false));
        var stopper = new Thread(() =>
        {
            begun.Wait();
            run.Stop();
            release.Set();
        });
        stopper.Start();
        run.Run(outcome => written.Add(outcome.Ordinal), () => { });
        stopper.Join();
        Assert.Equal(2, count);
        Assert.Equal([0L, 1L], written);
    }

    [Fact]
    public void ProgressIsAlsoToldInLines()
    {
        using var said = new StringWriter();
        var log = new ProgressLog(said);
        for (int second = 0; second <= 130; second++) log.Tick(TimeSpan.FromSeconds(second), () => $"{second} articles", second * 10L, second < 100 ? 1000 : -1);
        Assert.Equal($"10 articles, 10 %, 0.00:01:30 left{Environment.NewLine}70 articles, 70 %, 0.00:00:30 left{Environment.NewLine}130 articles{Environment.NewLine}", said.ToString());
    }

    [Fact]
    public void LargeArticlesWaitForOneAnother()
    {
        long inFlight = 0, most = 0;
        Run(40, 4, raw =>
        {
            long now = Interlocked.Add(ref inFlight, raw.Content.Length);
            InterlockedMax(ref most, now);
            Thread.Sleep(2);
            Interlocked.Add(ref inFlight, -raw.Content.Length);
            return Outcome(raw);
        }, _ => { }, content: new byte[20 << 20]);
        Assert.InRange(most, 1, 40 << 20);
    }

    [Fact]
    public void AReaderThatFailsEndsTheRunWithItsReason()
    {
        var run = new ExtractionRun(_ => throw new InvalidOperationException("no such luck"), () => Outcome, new RunSettings(2, TimeSpan.FromMinutes(1), false));
        Assert.Contains("no such luck", Assert.Throws<InvalidOperationException>(() => run.Run(_ => { }, () => { })).Message);
    }

    private static void Run(int count, int threads, Func<RawArticle, ArticleOutcome> extract, Action<ArticleOutcome> write, TimeSpan? limit = null, byte[]? content = null) =>
        new ExtractionRun(take =>
        {
            for (int i = 0; i < count && take(new RawArticle { Ordinal = i, Source = $"x#{i}", Content = content }); i++) { }
        }, () => extract, new RunSettings(threads, limit ?? TimeSpan.FromMinutes(1), MakeLines: true)).Run(write, () => { });

    private static void Endless(Func<RawArticle, bool> take)
    {
        for (int i = 0; take(new RawArticle { Ordinal = i, Source = $"x#{i}" }); i++) { }
    }

    private static ArticleOutcome Outcome(RawArticle raw) => new() { Ordinal = raw.Ordinal, Source = raw.Source, Record = new ArticleRecord { Source = raw.Source, Id = $"{raw.Ordinal}" } };

    private static void InterlockedMax(ref long target, long value)
    {
        long seen = Interlocked.Read(ref target);
        while (seen < value && Interlocked.CompareExchange(ref target, value, seen) is var before && before != seen) seen = before;
    }
}
