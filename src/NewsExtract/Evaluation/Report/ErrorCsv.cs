using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace NewsExtract.Evaluation.Report;

/// <summary>
/// All errors as a table for spreadsheets: a header, one error a row. A cell that a spreadsheet would run as a formula gets an
/// apostrophe in front.
/// </summary>
public static class ErrorCsv
{
    private static readonly string[] Columns =
        ["article", "genre", "field", "kind", "subject", "gold", "extracted", "follows", "confidence", "start", "end", "excerpt"];

    /// <summary>Writes the table; <c>start</c> and <c>end</c> are the first evidence's offsets in the source.</summary>
    /// <param name="output">Where to; open it as UTF-8 with a byte order mark for spreadsheets to read it right.</param>
    /// <param name="articles">The articles that <paramref name="result"/> was made of.</param>
    /// <param name="result">The evaluation.</param>
    public static void Write(TextWriter output, IReadOnlyList<EvaluatedArticle> articles, EvaluationResult result)
    {
        using var csv = new CsvWriter(output, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n", InjectionOptions = InjectionOptions.Escape }, leaveOpen: true);
        foreach (string column in Columns) csv.WriteField(column);
        csv.NextRecord();
        foreach ((EvaluatedArticle article, ArticleScore score) in articles.Zip(result.Articles))
        {
            string source = article.Text?.Source ?? "";
            foreach (EvaluationError error in score.Errors)
            {
                int[]? span = error.Evidence.FirstOrDefault(x => x[0] >= 0 && x[0] <= x[1] && x[1] <= source.Length);
                csv.WriteField(error.Article);
                csv.WriteField(error.Genre);
                csv.WriteField(FieldTable.NameOf(error.Field));
                csv.WriteField(error.Kind.ToString().ToLowerInvariant());
                csv.WriteField(error.Subject);
                csv.WriteField(error.Gold);
                csv.WriteField(error.Extracted);
                csv.WriteField(error.IsConsequence ? "yes" : "no");
                csv.WriteField(error.Confidence?.ToString("0.000", CultureInfo.InvariantCulture));
                csv.WriteField(span?[0]);
                csv.WriteField(span?[1]);
                csv.WriteField(span is null ? null : Excerpt(source, span[0], span[1]));
                csv.NextRecord();
            }
        }
    }

    // A few characters around the evidence, on one line.
    private static string Excerpt(string source, int start, int end)
    {
        const int Margin = 15;
        int from = Math.Max(0, start - Margin), to = Math.Min(source.Length, end + Margin);
        return source[from..to].ReplaceLineEndings(" ");
    }
}
