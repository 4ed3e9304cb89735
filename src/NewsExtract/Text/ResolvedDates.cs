namespace NewsExtract.Text;

/// <summary>
/// The dates of one article with the days they mean, in document order. Filled by the date resolver and used
/// again for the next article.
/// </summary>
public sealed class ResolvedDates
{
    private readonly List<ResolvedDate> _dates = [];
    private Layout? _layout;

    /// <summary>All date expressions; the n-th belongs to the n-th expression found.</summary>
    public List<ResolvedDate> All => _dates;

    /// <summary>The day the article speaks on: its day of publication, else its dateline's; none if neither is known.</summary>
    public CalendarDate Today { get; internal set; }

    /// <summary>How many of the dates start before the offset.</summary>
    internal int CountBefore(int offset)
    {
        int low = 0, high = _dates.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_dates[middle].Span.Start < offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    internal void Clear(Layout layout)
    {
        _dates.Clear();
        _layout = layout;
        Today = CalendarDate.None;
    }

    internal void Add(in ResolvedDate date) => _dates.Add(date);

    /// <summary>
    /// The days that hold at <paramref name="textOffset"/>: the last event date (a day or days; no stamp, no limit, no
    /// background) stated before it in the running text or under a heading, else null. A date that opens the sentence's
    /// own clause holds at once: the offset behind the expression counts.
    /// </summary>
    public ResolvedDate? DateInForce(int textOffset)
    {
        for (int i = _dates.Count - 1; i >= 0; i--)
        {
            ResolvedDate date = _dates[i];
            if (date.Span.Start > textOffset || date.Use != DateUse.Event || !date.Start.HasValue) continue;
            if (date.Precision is not (DatePrecision.Day or DatePrecision.Range)) continue;
            if (_layout!.RoleAt(date.Span.Start) is TextRole.Body or TextRole.Heading) return date;
        }
        return null;
    }

    /// <summary>
    /// The date expressions as the record has them: the text as it stands in <paramref name="text"/>'s source, in order, the same
    /// text with the same value once.
    /// </summary>
    public List<DateRecord> ToRecords(CleanText text)
    {
        var records = new List<DateRecord>(_dates.Count);
        var seen = new HashSet<DateRecord>();
        foreach (ResolvedDate date in _dates)
        {
            var record = new DateRecord(new string(text.SourceSlice(date.Span)), date.Start.ToIso(), date.End.ToIso(), Name(date.Precision));
            if (seen.Add(record)) records.Add(record);
        }
        return records;
    }

    private static string Name(DatePrecision precision) => precision switch
    {
        DatePrecision.Day => "day",
        DatePrecision.Range => "range",
        DatePrecision.Month => "month",
        DatePrecision.Year => "year",
        _ => "unknown",
    };
}
