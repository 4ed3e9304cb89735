using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>An agreement while the article is put together.</summary>
internal sealed class AgreementDraft(Story story, TextSpan span, string name)
{
    public Story Story { get; } = story;

    public TextSpan Span { get; } = span;

    public string Name { get; } = name;

    public List<string> Parties { get; } = [];

    public List<PersonEntity> Signatories { get; } = [];

    public CalendarDate Date { get; set; }

    /// <summary>Where it was signed.</summary>
    public Venue? Place { get; set; }

    public bool IsPlanned { get; set; }

    /// <summary>The sum of money that the agreement is about.</summary>
    public Amount? Amount { get; set; }

    public double Confidence { get; set; }
}
