using NewsExtract.Modeling;
using NewsExtract.Records;
using NewsExtract.Resolution;
using NewsExtract.Tagging;
using NewsExtract.Text;

namespace NewsExtract;

/// <summary>
/// Articles in, records out. The stages in order: repair → segment → tag → resolve → assemble; reading stands before it
/// and writing behind. Load the model once; <see cref="Extract(string)"/> can be called from any thread.
/// </summary>
public sealed class Pipeline : IDisposable
{
    private readonly ExtractionModel _model;
    private readonly Resolver _resolver;
    private readonly ILinkDecider _links;
    private readonly ThreadLocal<Workspace> _workspaces;

    /// <summary>A pipeline over <paramref name="model"/>.</summary>
    public Pipeline(ExtractionModel model) : this(model, model.Links)
    {
    }

    internal Pipeline(ExtractionModel model, ILinkDecider links)
    {
        _model = model;
        _resolver = new Resolver(model.Knowledge);
        _links = links;
        _workspaces = new ThreadLocal<Workspace>(NewWorkspace);
    }

    /// <summary>Lets go of the threads' buffers.</summary>
    public void Dispose() => _workspaces.Dispose();

    /// <summary>Buffers for one thread.</summary>
    public Workspace NewWorkspace() => new(_model, _links);

    /// <summary>Extracts the records of one article given as plain text.</summary>
    public ArticleRecord Extract(string text) =>
        Extract(new Article { Source = "text", Body = CleanText.Identity(text) }, _workspaces.Value!);

    /// <summary>Segments one article's repaired text, for a look inside.</summary>
    /// <param name="article">The article as read.</param>
    /// <param name="workspace">The calling thread's buffers.</param>
    /// <param name="take">Receives each word and its part of speech, in order.</param>
    public void Segment(Article article, Workspace workspace, Action<ReadOnlySpan<char>, string> take)
    {
        CleanText clean = _model.Repairer.Repair(article.Body, workspace.Repair);
        _model.Segmenter.SegmentTagged(clean.Text, workspace.Segmentation);
        foreach (Token token in workspace.Segmentation.Tokens) take(clean.Text.AsSpan(token.Start, token.Length), PartsOfSpeech.Name(token.Tag));
    }

    /// <summary>The article's text as the stages after repair see it, with its way back to the source.</summary>
    /// <param name="article">The article as read.</param>
    /// <param name="workspace">The calling thread's buffers.</param>
    public CleanText Repair(Article article, Workspace workspace) => _model.Repairer.Repair(article.Body, workspace.Repair);

    /// <summary>Extracts the records of one article.</summary>
    /// <param name="article">The article as read.</param>
    /// <param name="workspace">The calling thread's buffers.</param>
    public ArticleRecord Extract(Article article, Workspace workspace) => Extract(article, workspace, workspace.Tagger);

    /// <summary>Extracts the records of one article and says of each mention which rule proposed it and what it was judged by. Slow, for a look inside.</summary>
    /// <param name="article">The article as read.</param>
    /// <param name="workspace">The calling thread's buffers.</param>
    public ArticleExplanation Explain(Article article, Workspace workspace) => Explain(article, workspace, out _);

    internal ArticleExplanation Explain(Article article, Workspace workspace, out ExplainingJudge judge)
    {
        judge = new ExplainingJudge(_model.Mentions, _model.Knowledge.Lexicon);
        ArticleRecord record = Extract(article, workspace, new MentionTagger(_model.Knowledge, judge));
        List<Mention> mentions = workspace.Tagging.Tagged.Mentions;
        var reasons = new List<MentionExplanation>(mentions.Count);
        for (int i = 0; i < mentions.Count; i++)
            reasons.Add(new MentionExplanation(record.Mentions[i], _model.Mentions.RuleOf(mentions[i]), judge.Reasons(mentions[i]), Characters(mentions[i], workspace)));
        return new ArticleExplanation(record, reasons);
    }

    private ArticleRecord Extract(Article article, Workspace workspace, MentionTagger tagger)
    {
        CleanText clean = _model.Repairer.Repair(article.Body, workspace.Repair);
        workspace.Words.Find(clean.Text);
        _model.Segmenter.Segment(workspace.Words, workspace.Segmentation);
        tagger.Tag(article, workspace.Words, workspace.Segmentation.Tokens, workspace.Tagging, workspace.Segmentation.Scores, clean);
        ResolvedText resolved = _resolver.Resolve(article, clean, workspace.Tagging.Tagged, workspace.Tagging.Index);
        return workspace.Assembler.Assemble(resolved, workspace.Tagging.Index);
    }

    private List<FeatureWeight> Characters(Mention mention, Workspace workspace)
    {
        foreach (Token token in workspace.Segmentation.Tokens)
            if (token.Start == mention.Span.Start && token.End == mention.Span.End) return _model.Segmenter.Explain(workspace.Tagging.Tagged.Text, workspace.Segmentation, token);
        return [];
    }
}
