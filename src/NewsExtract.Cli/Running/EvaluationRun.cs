using NewsExtract.Evaluation;
using NewsExtract.Reading;
using NewsExtract.Text;

namespace NewsExtract.Cli.Running;

/// <summary>Reads labelled articles and extracts them, or takes records that were extracted before.</summary>
/// <param name="pipeline">Extracts, and repairs the texts that gold's mentions are looked up in.</param>
/// <param name="threads">Workers.</param>
/// <param name="prefersHtml">Whether a page <c>NAME.html</c> is read where there is one; else <c>NAME.txt</c> goes first.</param>
internal sealed class EvaluationRun(Pipeline pipeline, int threads, bool prefersHtml)
{
    private static readonly ReadingOptions Reading = new();

    private readonly ArticleReader _reader = new(Reading);

    /// <summary>Articles that have no text, or whose text could not be read: a line each.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>The articles of the label files, in their order.</summary>
    /// <param name="goldFiles">Paths of label files.</param>
    /// <param name="records">Records by article name to be taken instead of extracting; null extracts.</param>
    /// <exception cref="EvaluationFormatException">A label file does not have the form.</exception>
    public List<EvaluatedArticle> Run(IReadOnlyList<string> goldFiles, IReadOnlyDictionary<string, ArticleRecord>? records)
    {
        var articles = new EvaluatedArticle[goldFiles.Count];
        var failures = new string?[goldFiles.Count];
        GoldArticle[] gold = [.. goldFiles.Select(GoldReader.Read)];
        Parallel.For(0, goldFiles.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => (Workspace: pipeline.NewWorkspace(), Scratch: new ReadingScratch()), (i, _, own) =>
        {
            ArticleRecord? record = records?.GetValueOrDefault(gold[i].Name);
            CleanText? text = null;
            try
            {
                if (Read(goldFiles[i], own.Scratch, out failures[i]) is { } article)
                {
                    text = pipeline.Repair(article, own.Workspace);
                    if (records is null) record = pipeline.Extract(article, own.Workspace);
                }
            }
            catch (Exception e)
            {
                // One bad article never stops a run; here it counts as one without output.
                failures[i] = $"{goldFiles[i]}: {DiagnosticCodes.InternalError} {e.GetType().Name}: {e.Message}";
            }
            articles[i] = new EvaluatedArticle(gold[i], record, text);
            return own;
        }, _ => { });
        Failures.AddRange(failures.OfType<string>());
        return [.. articles];
    }

    private Article? Read(string goldFile, ReadingScratch scratch, out string? failure)
    {
        string text = Path.ChangeExtension(goldFile, ".txt"), page = Path.ChangeExtension(goldFile, ".html");
        string path = File.Exists(page) && (prefersHtml || !File.Exists(text)) ? page : text;
        if (!File.Exists(path))
        {
            failure = $"{goldFile}: there is neither {Path.GetFileName(text)} nor {Path.GetFileName(page)} beside it";
            return null;
        }
        Article? article = null;
        new InputReader([path], Reading).Read(raw =>
        {
            article ??= _reader.Read(raw, scratch);
            return true;
        });
        Diagnostic? fault = article?.Diagnostics.Where(d => d.IsFailure).Select(d => (Diagnostic?)d).FirstOrDefault();
        failure = article is null ? $"{path}: nothing was read" : fault is { } diagnostic ? $"{path}: {diagnostic.Code} {diagnostic.Message}" : null;
        return failure is null ? article : null;
    }
}
