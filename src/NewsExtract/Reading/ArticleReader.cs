using System.Text;
using NewsExtract.Reading.Html;
using NewsExtract.Text;

namespace NewsExtract.Reading;

/// <summary>
/// Turns what an <see cref="InputReader"/> found into articles: decodes, reads JSON, finds a page's main text.
/// Immutable and shared; the buffers of a thread are its <see cref="ReadingScratch"/>.
/// </summary>
public sealed class ArticleReader(ReadingOptions options)
{
    private const int MetaSearchBytes = 4096;

    /// <summary>The article. What could not be read is in its diagnostics; a failure among them leaves the text empty.</summary>
    public Article Read(RawArticle raw, ReadingScratch scratch)
    {
        List<Diagnostic> remarks = scratch.Remarks;
        remarks.Clear();
        remarks.AddRange(raw.Diagnostics);
        if (raw.Fault is { } fault)
        {
            remarks.Add(fault);
            return Failed(raw, null, remarks);
        }
        switch (raw.Format)
        {
            case InputFormat.JsonLines:
                return ReadLine(raw, scratch);
            case InputFormat.Csv:
                return FromFields(raw, raw.Fields!, scratch);
            case InputFormat.Html:
                string? charset = raw.Charset ?? DeclaredCharset.Find(raw.Content.Span[..Math.Min(MetaSearchBytes, raw.Content.Length)]);
                return FromHtml(raw, Decode(raw, charset, remarks), new ArticleFields(), scratch);
            default:
                return FromText(raw, Decode(raw, raw.Charset, remarks), new ArticleFields(), scratch);
        }
    }

    private static string Decode(RawArticle raw, string? charset, List<Diagnostic> remarks) => raw.Encoding is { } encoding
        ? TextDecoder.Decode(raw.Content.Span, encoding, remarks)
        : TextDecoder.Decode(raw.Content.Span, charset, remarks);

    private Article ReadLine(RawArticle raw, ReadingScratch scratch)
    {
        ReadOnlySpan<byte> line = raw.Content.Span;
        if (raw.Encoding is { } encoding && encoding.CodePage != Encoding.UTF8.CodePage)
            line = Encoding.UTF8.GetBytes(TextDecoder.Decode(line, encoding, scratch.Remarks));
        line = line[CharsetDetector.MarkLength(line)..];
        var fields = new ArticleFields();
        string? wrong = JsonLine.Read(line, options.Fields, fields, out bool hasLoneSurrogate);
        if (wrong is not null)
        {
            scratch.Remarks.Add(new Diagnostic(DiagnosticCodes.JsonInvalid, wrong, IsFailure: true));
            return Failed(raw, null, scratch.Remarks);
        }
        if (hasLoneSurrogate) scratch.Remarks.Add(new Diagnostic(DiagnosticCodes.LoneSurrogate, "half of a surrogate pair was replaced"));
        return FromFields(raw, fields, scratch);
    }

    private Article FromFields(RawArticle raw, ArticleFields fields, ReadingScratch scratch)
    {
        if (!string.IsNullOrEmpty(fields.Text)) return FromText(raw, fields.Text, fields, scratch);
        if (!string.IsNullOrEmpty(fields.Html)) return FromHtml(raw, fields.Html, fields, scratch);
        if (fields.Text is not null || fields.Html is not null) return FromText(raw, "", fields, scratch);
        scratch.Remarks.Add(new Diagnostic(DiagnosticCodes.TextMissing, "neither text nor html", IsFailure: true));
        return Failed(raw, fields.Id, scratch.Remarks);
    }

    private Article FromText(RawArticle raw, string text, ArticleFields fields, ReadingScratch scratch)
    {
        text = WithoutLoneSurrogates(text, scratch.Remarks);
        if (text.AsSpan().Trim().IsEmpty) scratch.Remarks.Add(new Diagnostic(DiagnosticCodes.Empty, "no text"));
        return Make(raw, fields, PageFields.None, CleanText.Identity(text), scratch.Remarks);
    }

    private Article FromHtml(RawArticle raw, string html, ArticleFields fields, ReadingScratch scratch)
    {
        html = WithoutLoneSurrogates(html, scratch.Remarks);
        scratch.Outline.Read(html);
        if (scratch.Outline.IsCutOff)
            scratch.Remarks.Add(new Diagnostic(DiagnosticCodes.TooDeep, $"tags are nested deeper than {PageOutline.DeepestElement}"));
        CleanText body = scratch.MainText.Read(scratch.Outline, scratch.Builder, out PageFields page);
        if (body.Text.Length == 0)
            scratch.Remarks.Add(html.AsSpan().Trim().IsEmpty
                ? new Diagnostic(DiagnosticCodes.Empty, "no text")
                : new Diagnostic(DiagnosticCodes.NoArticleText, "the page holds no article text"));
        return Make(raw, fields, page, body, scratch.Remarks);
    }

    private Article Make(RawArticle raw, ArticleFields fields, PageFields page, CleanText body, List<Diagnostic> remarks)
    {
        DateOnly? published = PublicationDay.Parse(fields.Published);
        if (published is null && !string.IsNullOrWhiteSpace(fields.Published))
            remarks.Add(new Diagnostic(DiagnosticCodes.FieldIgnored, $"published: no day in '{Shortened(fields.Published)}'"));
        return new Article
        {
            Source = raw.Source,
            Id = NullIfEmpty(fields.Id),
            Url = NullIfEmpty(fields.Url) ?? raw.Url ?? page.Url,
            Title = NullIfEmpty(fields.Title) ?? page.Title,
            Outlet = NullIfEmpty(fields.Outlet) ?? page.Outlet,
            Author = page.Author,
            Editor = page.Editor,
            Published = published ?? page.Published ?? options.Published,
            Body = body,
            Diagnostics = remarks.Count == 0 ? [] : [.. remarks],
        };
    }

    private static Article Failed(RawArticle raw, string? id, List<Diagnostic> remarks) => new()
    {
        Source = raw.Source,
        Id = id,
        Url = raw.Url,
        Body = CleanText.Identity(""),
        Diagnostics = [.. remarks],
    };

    private static string WithoutLoneSurrogates(string text, List<Diagnostic> remarks)
    {
        string clean = LoneSurrogates.Replace(text, out int first);
        if (first >= 0) remarks.Add(new Diagnostic(DiagnosticCodes.LoneSurrogate, "half of a surrogate pair was replaced", new SourceSpan(first, first + 1)));
        return clean;
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static string Shortened(string value) => value.Length <= 40 ? value : value[..40] + "…";
}
