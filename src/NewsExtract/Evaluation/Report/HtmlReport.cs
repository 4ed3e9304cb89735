using System.Security.Cryptography;
using System.Text;

namespace NewsExtract.Evaluation.Report;

/// <summary>
/// An evaluation as one page to look at. The page needs nothing but itself, runs only its own script (its policy names the
/// script's hash), and shows whatever articles contain as text.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="title">What was evaluated, e.g. the folder's name.</param>
    /// <param name="articles">The articles that <paramref name="result"/> was made of, in its order.</param>
    /// <param name="result">The evaluation.</param>
    /// <param name="comparison">Against a baseline, or null.</param>
    /// <exception cref="ArgumentException">Articles and result are not of the same articles.</exception>
    public static void Write(TextWriter output, string title, IReadOnlyList<EvaluatedArticle> articles, EvaluationResult result, Comparison? comparison)
    {
        if (!articles.Select(a => a.Gold.Name).SequenceEqual(result.Articles.Select(a => a.Name)))
            throw new ArgumentException("The articles are not those of the result.", nameof(articles));
        string style = Resource("report.css"), script = Resource("report.js");
        var html = new HtmlBuilder();
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src '").Raw(Hash(style)).Raw("'; script-src '").Raw(Hash(script)).Raw("'\">")
            .Raw("<link rel=\"icon\" href=\"data:,\"><title>Evaluation of ").Text(title).Raw("</title><style>").Raw(style).Raw("</style></head><body>");
        html.Raw("<a class=\"skip\" href=\"#errors\">Skip to the errors</a><header><h1>Evaluation of ").Text(title).Raw("</h1>");
        Summary(html, result);
        html.Raw("<nav><a href=\"#fields\">Fields</a> <a href=\"#genres\">Genres</a> <a href=\"#calibration\">Calibration</a> <a href=\"#confusion\">Confusion</a> ")
            .Raw(comparison is null ? "" : "<a href=\"#changes\">Changes</a> ").Raw("<a href=\"#errors\">Errors</a></nav></header><main>");
        Fields(html, result);
        Genres(html, result);
        CalibrationSection(html, result);
        html.Raw("<section id=\"confusion\"><h2>Confusion</h2><div class=\"row\">");
        ReportCharts.Matrix(html, "Sides of participants", result.Sides);
        ReportCharts.Matrix(html, "Status of agreements", result.Statuses);
        ReportCharts.Matrix(html, "Kinds of mention", result.Kinds);
        html.Raw("</div></section>");
        if (comparison is not null) Changes(html, comparison);
        Errors(html, articles, result);
        html.Raw("</main><script>").Raw(script).Raw("</script></body></html>\n");
        output.Write(html.ToString());
    }

    private static void Summary(HtmlBuilder html, EvaluationResult result)
    {
        html.Raw("<p class=\"summary\"><span><b>").Ratio(result.Macro).Raw("</b> macro F1 (").Ratio(result.MacroInterval.Low).Raw("–").Ratio(result.MacroInterval.High)
            .Raw(")</span> <span><b>").Ratio(result.Micro.Counts.F1).Raw("</b> micro F1</span> <span><b>").Ratio(result.MentionMicro.Counts.F1)
            .Raw("</b> mentions</span> <span><b>").Number(result.Articles.Count).Raw("</b> articles, ").Number(result.Missing).Raw(" without output</span> <span><b>")
            .Number(result.FalseRecords).Raw("</b> false records in negatives</span></p>");
    }

    private static void Fields(HtmlBuilder html, EvaluationResult result)
    {
        html.Raw("<section id=\"fields\"><h2>Fields</h2><table><thead><tr><th>field</th><th>rule</th><th class=\"n\">precision</th><th class=\"n\">recall</th><th class=\"n\">F1</th><th>95 %</th><th>F1</th><th class=\"n\">hits</th><th class=\"n\">extra</th><th class=\"n\">missing</th></tr></thead><tbody>");
        foreach (FieldInfo field in FieldTable.All)
        {
            FieldScore score = result.Fields[(int)field.Field];
            if (!score.Counts.IsEmpty) FieldRow(html, field.Name, field.Rule, field.InMacro, score);
        }
        FieldRow(html, "micro", "the record fields in bold", false, result.Micro);
        FieldRow(html, "mentions", "all kinds", false, result.MentionMicro);
        html.Raw("</tbody></table><p>Macro F1 is the mean over the fields in bold. Intervals: percentile bootstrap over articles.</p></section>");
    }

    private static void FieldRow(HtmlBuilder html, string name, string rule, bool bold, FieldScore score)
    {
        Counts counts = score.Counts;
        html.Raw(bold ? "<tr class=\"macro\"><th scope=\"row\">" : "<tr><th scope=\"row\">").Text(name).Raw("</th><td>").Text(rule).Raw("</td><td class=\"n\">").Ratio(counts.Precision)
            .Raw("</td><td class=\"n\">").Ratio(counts.Recall).Raw("</td><td class=\"n\">").Ratio(counts.F1).Raw("</td><td>").Ratio(score.Interval.Low).Raw("–").Ratio(score.Interval.High).Raw("</td><td>");
        ReportCharts.Bar(html, counts.F1, score.Interval);
        html.Raw("</td><td class=\"n\">").Number(counts.Hits).Raw("</td><td class=\"n\">").Number(counts.Extra).Raw("</td><td class=\"n\">").Number(counts.Missing).Raw("</td></tr>");
    }

    private static void Genres(HtmlBuilder html, EvaluationResult result)
    {
        html.Raw("<section id=\"genres\"><h2>Genres</h2><table><thead><tr><th>genre</th><th class=\"n\">articles</th><th class=\"n\">macro F1</th><th class=\"n\">micro F1</th>");
        foreach (FieldInfo field in FieldTable.Macro) html.Raw("<th class=\"n tall\"><span>").Text(field.Name).Raw("</span></th>");
        html.Raw("</tr></thead><tbody>");
        foreach (GenreScore genre in result.Genres)
        {
            html.Raw("<tr><th scope=\"row\">").Text(genre.Genre).Raw("</th><td class=\"n\">").Number(genre.Articles).Raw("</td><td class=\"n\">").Ratio(genre.Macro).Raw("</td><td class=\"n\">").Ratio(genre.Micro.F1).Raw("</td>");
            foreach (FieldInfo field in FieldTable.Macro)
            {
                Counts counts = genre.Fields[(int)field.Field];
                html.Raw("<td class=\"n good s").Number(counts.IsEmpty ? 0 : (int)Math.Floor(5 * counts.F1)).Raw("\">");
                if (!counts.IsEmpty) html.Ratio(counts.F1);
                html.Raw("</td>");
            }
            html.Raw("</tr>");
        }
        html.Raw("</tbody></table></section>");
    }

    private static void CalibrationSection(HtmlBuilder html, EvaluationResult result)
    {
        html.Raw("<section id=\"calibration\"><h2>Calibration</h2><p>Expected calibration error <b>").Ratio(result.Calibration.ExpectedError).Raw("</b> over ").Number(result.Calibration.Count).Raw(" records");
        foreach ((RecordKind kind, Calibration calibration) in result.CalibrationByKind)
            if (calibration.Count > 0) html.Raw("; ").Text(kind.ToString().ToLowerInvariant()).Raw(" ").Ratio(calibration.ExpectedError).Raw(" (").Number(calibration.Count).Raw(")");
        html.Raw("</p><div class=\"row\">");
        ReportCharts.Curve(html, result.Calibration);
        ReportCharts.CurveTable(html, result.Calibration);
        html.Raw("</div></section>");
    }

    private static void Changes(HtmlBuilder html, Comparison comparison)
    {
        html.Raw("<section id=\"changes\"><h2>Changes since the baseline</h2><table><thead><tr><th>figure</th><th class=\"n\">before</th><th class=\"n\">now</th><th class=\"n\">difference</th><th>95 %</th></tr></thead><tbody>");
        foreach (FigureChange change in comparison.Changes)
        {
            html.Raw("<tr class=\"").Raw(!change.IsClear ? "" : change.Difference > 0 ? "better" : "worse").Raw("\"><th scope=\"row\">").Text(change.Name).Raw("</th><td class=\"n\">").Ratio(change.Before)
                .Raw("</td><td class=\"n\">").Ratio(change.After).Raw("</td><td class=\"n\">").Text(EvaluationTable.Signed(change.Difference)).Raw("</td><td>")
                .Text(EvaluationTable.Signed(change.Interval.Low)).Raw(" to ").Text(EvaluationTable.Signed(change.Interval.High)).Raw("</td></tr>");
        }
        html.Raw("</tbody></table>");
        ErrorList(html, "Mended", comparison.Mended);
        ErrorList(html, "New errors", comparison.Broken);
        html.Raw("</section>");
    }

    private static void ErrorList(HtmlBuilder html, string title, IReadOnlyList<EvaluationError> errors)
    {
        html.Raw("<details><summary>").Text(title).Raw(": ").Number(errors.Count).Raw("</summary><ul>");
        foreach (EvaluationError error in errors) html.Element("li", EvaluationTable.Line(error));
        html.Raw("</ul></details>");
    }

    private static void Errors(HtmlBuilder html, IReadOnlyList<EvaluatedArticle> articles, EvaluationResult result)
    {
        html.Raw("<section id=\"errors\"><h2>Errors</h2><form id=\"filters\">");
        Choice(html, "field", [.. result.Errors.Select(e => e.Field).Distinct().Order().Select(FieldTable.NameOf)]);
        Choice(html, "genre", [.. result.Genres.Select(g => g.Genre)]);
        Choice(html, "kind", ["missing", "extra", "different"]);
        html.Raw("<label>text <input id=\"f-text\" type=\"search\" autocomplete=\"off\"></label> <label><input id=\"f-follows\" type=\"checkbox\"> also what follows from a record’s error</label> ")
            .Raw("<button type=\"reset\">Clear</button> <output id=\"shown\" aria-live=\"polite\"></output></form>")
            .Raw("<p class=\"keys\">Keys: <kbd>j</kbd> next error, <kbd>k</kbd> previous, <kbd>Enter</kbd> marks it in the text, <kbd>/</kbd> search. <mark class=\"g\">gold</mark> <mark class=\"x\">extracted</mark> <mark class=\"v\">evidence</mark></p>");
        var errors = new ReportErrors(html);
        for (int i = 0; i < articles.Count; i++) errors.Write(articles[i], result.Articles[i]);
        html.Raw("</section>");
    }

    private static void Choice(HtmlBuilder html, string name, IReadOnlyList<string> values)
    {
        html.Raw("<label>").Text(name).Raw(" <select id=\"f-").Text(name).Raw("\"><option value=\"\">all</option>");
        foreach (string value in values) html.Raw("<option value=\"").Text(value).Raw("\">").Text(value).Raw("</option>");
        html.Raw("</select></label> ");
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("NewsExtract.Evaluation." + name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // The page's parser reads a line's end as one character, and the hash must be of what it reads.
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
