using NewsExtract.Text;

namespace NewsExtract.Evaluation;

/// <summary>One article to be evaluated.</summary>
/// <param name="Gold">Its labels.</param>
/// <param name="Record">What was extracted; null for nothing.</param>
/// <param name="Text">Its repaired text with the way back to the source; null leaves mentions and highlighting out.</param>
public sealed record EvaluatedArticle(GoldArticle Gold, ArticleRecord? Record, CleanText? Text);

/// <summary>Evaluates sets of articles.</summary>
public static class Evaluator
{
    /// <summary>Scores every article and sums up.</summary>
    public static EvaluationResult Evaluate(IReadOnlyList<EvaluatedArticle> articles) =>
        new([.. articles.Select(a => ArticleScorer.Score(a.Gold, a.Record, a.Text is null ? null : GoldMentions.Derive(a.Gold, a.Text)))]);
}
