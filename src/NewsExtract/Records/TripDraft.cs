using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>A place or organisation that a value can be: exactly one of the two is set, or neither.</summary>
/// <param name="Place">Index of a place entity, or -1.</param>
/// <param name="Organization">Index of an organisation entity, or -1.</param>
internal readonly record struct Party(int Place, int Organization)
{
    public static Party None => new(-1, -1);

    public bool IsNone => Place < 0 && Organization < 0;
}

/// <summary>A trip while it is put together.</summary>
internal sealed class TripDraft(Story story)
{
    public Story Story { get; } = story;

    public PersonEntity? Leader { get; set; }

    public Party From { get; set; } = Party.None;

    /// <summary>The name of <see cref="From"/> where the leader's post tells it better than the text around; else null.</summary>
    public string? FromName { get; set; }

    public List<int> To { get; } = [];

    public List<TextSpan> Stops { get; } = [];

    public CalendarDate Start { get; set; }

    public CalendarDate End { get; set; }

    public List<TextSpan> Purposes { get; } = [];

    /// <summary>Where a reader sees it: the leader, the places, the stops.</summary>
    public List<TextSpan> Evidence { get; } = [];

    public double Confidence { get; set; }
}
