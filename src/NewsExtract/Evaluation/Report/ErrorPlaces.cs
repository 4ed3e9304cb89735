using System.Text.RegularExpressions;
using NewsExtract.Text;

namespace NewsExtract.Evaluation.Report;

/// <summary>What a marked stretch has to do with an error.</summary>
internal enum MarkKind : byte
{
    /// <summary>Gold's value stands there.</summary>
    Gold,
    /// <summary>The extracted value stands there.</summary>
    Extracted,
    /// <summary>The extracted record names it as evidence.</summary>
    Evidence,
}

/// <summary>A stretch of the shown text that belongs to an error.</summary>
internal readonly record struct Mark(TextSpan Span, MarkKind Kind);

/// <summary>
/// Finds where an error's values stand in an article. What is shown is the source, so that damage can be seen; of a page with
/// markup it is the repaired text.
/// </summary>
internal sealed class ErrorPlaces
{
    // A title such as 县长 may stand anywhere; the first few places are enough for a reader.
    private const int MaximumPerValue = 6;

    private static readonly Regex IsoDay = new("^(\\d{4}|-)-\\d{2}(-\\d{2})?$", RegexOptions.CultureInvariant);

    private readonly CleanText _text;
    private readonly FoldedText _folded;
    private readonly GoldArticle _gold;
    private readonly ArticleRecord? _record;
    private readonly bool _showsSource;

    public ErrorPlaces(EvaluatedArticle article)
    {
        _gold = article.Gold;
        _record = article.Record;
        _text = article.Text ?? CleanText.Identity("");
        _folded = new FoldedText(_text.Text);
        _showsSource = true;
        foreach (Edit edit in _text.Edits)
            if (edit.Kind == EditKind.Markup) _showsSource = false;
    }

    /// <summary>The text that marks refer to.</summary>
    public string Shown => _showsSource ? _text.Source : _text.Text;

    /// <summary>The error's marks, by start; gold's first where they share a start.</summary>
    public List<Mark> Of(EvaluationError error)
    {
        var marks = new HashSet<Mark>();
        bool isMention = FieldTable.All[(int)error.Field].IsMention;
        foreach (int[] span in error.Evidence)
        {
            MarkKind kind = !isMention ? MarkKind.Evidence : error.Gold is null ? MarkKind.Extracted : MarkKind.Gold;
            if (FromSource(new SourceSpan(span[0], span[1])) is { Length: > 0 } there) marks.Add(new Mark(there, kind));
        }
        if (!isMention)
        {
            if (error.Gold is { } gold) Find(gold, MarkKind.Gold, _gold.Dates.Select(d => (d.Text, d.Start, d.End)), marks);
            if (error.Extracted is { } extracted) Find(extracted, MarkKind.Extracted, (_record?.Dates ?? []).Select(d => (d.Text, d.Start, d.End)), marks);
            // A side says nothing by itself; whose it is does.
            if (error.Field == Field.ParticipantSide) Find(error.Subject, MarkKind.Gold, [], marks);
        }
        return [.. marks.OrderBy(m => m.Span.Start).ThenBy(m => m.Kind).ThenBy(m => m.Span.End)];
    }

    private void Find(string value, MarkKind kind, IEnumerable<(string Text, string? Start, string? End)> dates, HashSet<Mark> marks)
    {
        foreach (string part in value.Split(" · ").SelectMany(x => x.Split('、').Length > 1 && !_folded.Contains(x) ? x.Split('、') : [x]))
        {
            if (IsoDay.IsMatch(part))
            {
                foreach ((string text, string? start, string? end) in dates)
                    if (start == part || end == part) FindString(text, kind, marks);
                continue;
            }
            int equals = part.IndexOf(" = ", StringComparison.Ordinal);
            string wanted = equals > 0 ? part[..equals] : part;
            // A chain may stand without its parents.
            for (int from = 0; from <= Math.Max(0, wanted.Length - 2); from++)
                if (FindString(wanted[from..], kind, marks)) break;
        }
    }

    private bool FindString(string value, MarkKind kind, HashSet<Mark> marks)
    {
        int found = 0;
        foreach (TextSpan span in _folded.FindAll(value))
        {
            if (found++ == MaximumPerValue) break;
            SourceSpan source = _text.ToSource(span);
            marks.Add(new Mark(_showsSource ? new TextSpan(source.Start, source.End) : span, kind));
        }
        return found > 0;
    }

    private TextSpan? FromSource(SourceSpan source)
    {
        if (source.Start < 0 || source.End > _text.Source.Length || source.End < source.Start) return null;
        return _showsSource ? new TextSpan(source.Start, source.End) : GoldMentions.InText(source, _text);
    }
}
