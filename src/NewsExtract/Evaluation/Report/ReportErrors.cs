using NewsExtract.Text;

namespace NewsExtract.Evaluation.Report;

/// <summary>The report's articles, each with its errors and its text.</summary>
internal sealed class ReportErrors(HtmlBuilder html)
{
    // Characters of text on each side of an excerpt's first mark.
    private const int ExcerptMargin = 28;

    private int _number;

    /// <summary>An article's part of the page; nothing for one without errors.</summary>
    public void Write(EvaluatedArticle article, ArticleScore score)
    {
        if (score.Errors.Count == 0) return;
        var places = new ErrorPlaces(article);
        var marks = new List<(int Error, Mark Mark)>();
        html.Raw("<article class=\"case\" data-genre=\"").Text(score.Genre).Raw("\"><h3>").Text(score.Name).Raw(" <span class=\"genre\">").Text(score.Genre).Raw("</span> ")
            .Text(article.Gold.Title).Raw(score.HasOutput ? "" : " <strong>no output</strong>").Raw("</h3><div class=\"split\"><ol class=\"errors\">");
        foreach (EvaluationError error in score.Errors)
        {
            _number++;
            List<Mark> own = places.Of(error);
            marks.AddRange(own.Select(mark => (_number, mark)));
            WriteError(error, places.Shown, own);
        }
        html.Raw("</ol><div class=\"text\" tabindex=\"0\" role=\"region\" aria-label=\"Text of ").Text(score.Name).Raw("\" lang=\"zh\">");
        WriteText(places.Shown, marks);
        html.Raw("</div></div></article>");
    }

    private void WriteError(EvaluationError error, string text, List<Mark> marks)
    {
        string kind = error.Kind switch { ErrorKind.Missing => "missing", ErrorKind.Extra => "extra", _ => "different" };
        html.Raw("<li class=\"error\" data-field=\"").Text(FieldTable.NameOf(error.Field)).Raw("\" data-kind=\"").Raw(kind).Raw("\" data-follows=\"")
            .Raw(error.IsConsequence ? "1" : "0").Raw("\"><button type=\"button\" class=\"pick\" aria-pressed=\"false\" data-error=\"").Number(_number).Raw("\"><span class=\"field\">")
            .Text(FieldTable.NameOf(error.Field)).Raw("</span> <span class=\"kind ").Raw(kind).Raw("\">").Raw(kind).Raw("</span></button> <span class=\"subject\" lang=\"zh\">")
            .Text(error.Subject).Raw("</span>");
        if (error.IsConsequence) html.Raw(" <span class=\"follows\">follows from the record’s error</span>");
        if (error.Confidence is { } confidence) html.Raw(" <span class=\"confidence\">confidence ").Ratio(confidence).Raw("</span>");
        html.Raw("<dl lang=\"zh\">");
        if (error.Gold is not null) html.Raw("<dt>gold</dt><dd class=\"gold\">").Text(error.Gold).Raw("</dd>");
        if (error.Extracted is not null) html.Raw("<dt>extracted</dt><dd class=\"got\">").Text(error.Extracted).Raw("</dd>");
        html.Raw("</dl>");
        if (marks.Count > 0) WriteExcerpt(text, marks);
        html.Raw("</li>");
    }

    private void WriteExcerpt(string text, List<Mark> marks)
    {
        Mark first = marks.OrderBy(m => m.Kind).ThenBy(m => m.Span.Start).First();
        int start = Math.Max(0, first.Span.Start - ExcerptMargin), end = Math.Min(text.Length, first.Span.End + ExcerptMargin);
        html.Raw("<p class=\"excerpt\" lang=\"zh\">").Raw(start > 0 ? "…" : "").Text(text.AsSpan(start, first.Span.Start - start)).Raw("<mark class=\"").Raw(Letter(first.Kind)).Raw("\">")
            .Text(text.AsSpan(first.Span.Start, first.Span.Length)).Raw("</mark>").Text(text.AsSpan(first.Span.End, end - first.Span.End)).Raw(end < text.Length ? "…" : "").Raw("</p>");
    }

    // The text is cut at every edge of a mark; a piece lists the errors that it belongs to: "g12 x13".
    private void WriteText(string text, List<(int Error, Mark Mark)> marks)
    {
        var edges = new SortedSet<int> { 0, text.Length };
        foreach ((_, Mark mark) in marks)
        {
            edges.Add(mark.Span.Start);
            edges.Add(mark.Span.End);
        }
        int from = 0;
        foreach (int to in edges.Skip(1))
        {
            var piece = new TextSpan(from, to);
            List<string> owners = [.. marks.Where(m => m.Mark.Span.Overlaps(piece)).Select(m => Letter(m.Mark.Kind) + m.Error).Distinct()];
            if (owners.Count == 0)
            {
                html.Text(text.AsSpan(from, piece.Length));
            }
            else
            {
                html.Raw("<span data-m=\"").Text(string.Join(' ', owners)).Raw("\">").Text(text.AsSpan(from, piece.Length)).Raw("</span>");
            }
            from = to;
        }
    }

    private static string Letter(MarkKind kind) => kind switch { MarkKind.Gold => "g", MarkKind.Extracted => "x", _ => "v" };
}
