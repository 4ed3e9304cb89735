using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using NewsExtract.Text;

namespace NewsExtract.Benchmarks;

/// <summary>
/// Each stage with all before it, and the whole, over the articles of one kind; a stage's own share is the difference to the
/// one before. One operation is one round over all the articles.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(InProcess))]
public class StageBenchmarks
{
    private List<Article> _articles = [];
    private StageRun? _run;

    /// <summary>What has happened to the texts.</summary>
    [ParamsAllValues]
    public TextState State { get; set; }

    /// <summary>How long they are.</summary>
    [ParamsAllValues]
    public TextLength Length { get; set; }

    /// <summary>The stage to stop after; the last is the whole.</summary>
    [ParamsAllValues]
    public Stage Through { get; set; }

    /// <summary>Loads the models and makes the articles.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _run = new StageRun(ExtractionModel.LoadDefault());
        _articles = new ArticleMix([.. CorpusFolders.Default()], ExtractionModel.DefaultFolder).Articles(State, Length);
    }

    /// <summary>One round over the articles.</summary>
    [Benchmark]
    public object? Extract()
    {
        object? last = null;
        foreach (Article article in _articles) last = _run!.Run(article, Through);
        return last;
    }

    // The models lie beside this program, so the benchmark runs in its process.
    private sealed class InProcess : ManualConfig
    {
        public InProcess() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
