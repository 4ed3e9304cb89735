using System.Buffers;
using NewsExtract.Resolution;
using NewsExtract.Text;
using NewsExtract.Writing;

namespace NewsExtract.Benchmarks;

/// <summary>The stages between a text and its line of JSON, in order.</summary>
public enum Stage
{
#pragma warning disable CS1591 // Named as the stages are.
    Repair, Segment, Tag, Resolve, Assemble, Write,
#pragma warning restore CS1591
}

/// <summary>
/// The pipeline taken apart, so that each stage can be measured: the same calls as <see cref="Pipeline"/> makes, with a
/// clock between them. One thread's.
/// </summary>
internal sealed class StageRun
{
    public static readonly int Stages = Enum.GetValues<Stage>().Length;

    private readonly ExtractionModel _model;
    private readonly Workspace _workspace;
    private readonly Resolver _resolver;
    private readonly ArrayBufferWriter<byte> _output = new(1 << 16);

    public StageRun(ExtractionModel model)
    {
        _model = model;
        _workspace = new Workspace(model, model.Links);
        _resolver = new Resolver(model.Knowledge);
    }

    /// <summary>Nanoseconds of processor time spent in each stage.</summary>
    public long[] Time { get; } = new long[Stages];

    /// <summary>Bytes allocated in each stage.</summary>
    public long[] Allocated { get; } = new long[Stages];

    /// <summary>The last article's line.</summary>
    public ReadOnlySpan<byte> Line => _output.WrittenSpan;

    /// <summary>Extracts one article without looking at the clock.</summary>
    /// <param name="article">The article.</param>
    /// <param name="last">The stage to stop after.</param>
    public object Run(Article article, Stage last = Stage.Write)
    {
        CleanText clean = _model.Repairer.Repair(article.Body, _workspace.Repair);
        if (last == Stage.Repair) return clean;
        _workspace.Words.Find(clean.Text);
        _model.Segmenter.Segment(_workspace.Words, _workspace.Segmentation);
        if (last == Stage.Segment) return clean;
        _workspace.Tagger.Tag(article, _workspace.Words, _workspace.Segmentation.Tokens, _workspace.Tagging, _workspace.Segmentation.Scores, clean);
        if (last == Stage.Tag) return clean;
        ResolvedText resolved = _resolver.Resolve(article, clean, _workspace.Tagging.Tagged, _workspace.Tagging.Index);
        if (last == Stage.Resolve) return resolved;
        ArticleRecord record = _workspace.Assembler.Assemble(resolved, _workspace.Tagging.Index);
        if (last == Stage.Assemble) return record;
        _output.ResetWrittenCount();
        RecordJson.Write(record, _output);
        return record;
    }

    /// <summary>Extracts one article and adds what each stage took.</summary>
    public void RunMeasured(Article article)
    {
        Mark mark = Mark.Now();
        CleanText clean = _model.Repairer.Repair(article.Body, _workspace.Repair);
        mark = Add(Stage.Repair, mark);
        _workspace.Words.Find(clean.Text);
        _model.Segmenter.Segment(_workspace.Words, _workspace.Segmentation);
        mark = Add(Stage.Segment, mark);
        _workspace.Tagger.Tag(article, _workspace.Words, _workspace.Segmentation.Tokens, _workspace.Tagging, _workspace.Segmentation.Scores, clean);
        mark = Add(Stage.Tag, mark);
        ResolvedText resolved = _resolver.Resolve(article, clean, _workspace.Tagging.Tagged, _workspace.Tagging.Index);
        mark = Add(Stage.Resolve, mark);
        ArticleRecord record = _workspace.Assembler.Assemble(resolved, _workspace.Tagging.Index);
        mark = Add(Stage.Assemble, mark);
        _output.ResetWrittenCount();
        RecordJson.Write(record, _output);
        Add(Stage.Write, mark);
    }

    private Mark Add(Stage stage, Mark before)
    {
        Mark now = Mark.Now();
        Time[(int)stage] += now.Time - before.Time;
        Allocated[(int)stage] += now.Allocated - before.Allocated;
        return Mark.Now();
    }

    private readonly record struct Mark(long Time, long Allocated)
    {
        public static Mark Now() => new(ThreadClock.Nanoseconds(), GC.GetAllocatedBytesForCurrentThread());
    }
}
