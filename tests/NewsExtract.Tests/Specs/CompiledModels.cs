using NewsExtract.Resolution;
using NewsExtract.Text;

namespace NewsExtract.Tests.Specs;

/// <summary>A fact that needs the compiled models, the trained sequence model among them: skipped, with its reason, where they are not there.</summary>
public sealed class ModelFactAttribute : FactAttribute
{
    public ModelFactAttribute() => Skip = CompiledModels.Missing;
}

/// <summary>A theory that needs the compiled models.</summary>
public sealed class ModelTheoryAttribute : TheoryAttribute
{
    public ModelTheoryAttribute() => Skip = CompiledModels.Missing;
}

/// <summary>The tests that share one <see cref="CompiledModels"/>; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ModelTests : ICollectionFixture<CompiledModels>
{
    public const string Name = "compiled models";
}

/// <summary>The pipeline over the models under <c>models/compiled</c>, loaded once, with a look at what each stage makes of a text.</summary>
public sealed class CompiledModels : IDisposable
{
    private static readonly string[] Files = ["knowledge.bin", "repair.bin", "sequence.bin", "mentions.bin", "links.bin"];
    private readonly ExtractionModel _model;
    private readonly Resolver _resolver;
    private readonly Workspace _workspace;

    public CompiledModels()
    {
        _model = ExtractionModel.Load(Folder);
        _resolver = new Resolver(_model.Knowledge);
        Pipeline = new Pipeline(_model);
        _workspace = Pipeline.NewWorkspace();
    }

    public static string Folder => Repository.Path("models", "compiled");

    /// <summary>Why the models can't be loaded; null if they can.</summary>
    public static string? Missing { get; } = Array.Find(Files, static f => !File.Exists(Path.Combine(Folder, f))) is { } file
        ? $"models/compiled/{file} is not there; models/README.md says how it is made." : null;

    public Pipeline Pipeline { get; }

    public ArticleRecord Extract(string text, DateOnly? published = null) => Pipeline.Extract(Read(text, published), _workspace);

    public ArticleExplanation Explain(string text) => Pipeline.Explain(Read(text, null), _workspace);

    /// <summary>The text after tagging; holds until the next text.</summary>
    public TaggedText Tag(string text, DateOnly? published = null)
    {
        Prepare(Read(text, published));
        return _workspace.Tagging.Tagged;
    }

    /// <summary>The text after resolution; holds until the next text.</summary>
    public ResolvedText Resolve(string text, DateOnly? published = null)
    {
        Article article = Read(text, published);
        CleanText clean = Prepare(article);
        return _resolver.Resolve(article, clean, _workspace.Tagging.Tagged, _workspace.Tagging.Index);
    }

    public void Dispose() => Pipeline.Dispose();

    private CleanText Prepare(Article article)
    {
        CleanText clean = _model.Repairer.Repair(article.Body, _workspace.Repair);
        _workspace.Words.Find(clean.Text);
        _model.Segmenter.Segment(_workspace.Words, _workspace.Segmentation);
        _workspace.Tagger.Tag(article, _workspace.Words, _workspace.Segmentation.Tokens, _workspace.Tagging);
        return clean;
    }

    private static Article Read(string text, DateOnly? published) => new() { Source = "spec", Published = published, Body = CleanText.Identity(text) };
}
