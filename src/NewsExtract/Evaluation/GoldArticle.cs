namespace NewsExtract.Evaluation;

/// <summary>An article's labels. Places are chains as written by the annotator (<c>广东省东莞市虎门镇</c>).</summary>
public sealed class GoldArticle
{
    /// <summary>The label file's name without folder and extension; the article's text has the same.</summary>
    public required string Name { get; init; }
    /// <summary>The label file's own <c>id</c>, or null.</summary>
    public string? Id { get; init; }
    /// <summary>What sort of article it is; <c>?</c> where the labels don't say.</summary>
    public string Genre { get; init; } = "?";
    /// <summary>Whether the labels have a title at all (it may be null there).</summary>
    public bool HasTitle { get; init; }
    /// <summary>The headline, or null.</summary>
    public string? Title { get; init; }
    /// <summary>Whether the labels have a day of publication at all (it may be null there).</summary>
    public bool HasPublished { get; init; }
    /// <summary>The day of publication, ISO 8601, or null.</summary>
    public string? Published { get; init; }
    /// <summary>The people who took part.</summary>
    public IReadOnlyList<GoldParticipant> Participants { get; init; } = [];
    /// <summary>The trips.</summary>
    public IReadOnlyList<GoldVisit> Visits { get; init; } = [];
    /// <summary>The meetings.</summary>
    public IReadOnlyList<GoldMeeting> Meetings { get; init; } = [];
    /// <summary>The agreements.</summary>
    public IReadOnlyList<GoldAgreement> Agreements { get; init; } = [];
    /// <summary>The date expressions.</summary>
    public IReadOnlyList<GoldDate> Dates { get; init; } = [];
    /// <summary>People who are named but took no part.</summary>
    public IReadOnlyList<string> MentionedOnly { get; init; } = [];
    /// <summary>Names of those who made the article, or null where the labels don't list them.</summary>
    public IReadOnlyList<string>? Credits { get; init; }
    /// <summary>Every surface string by kind, or null where the labels don't list them.</summary>
    public GoldEntities? Entities { get; init; }

    /// <summary>Whether it is an article without visit and agreement.</summary>
    public bool IsNegative => Genre == "negative";
}

/// <summary>Somebody who took part.</summary>
public sealed record GoldParticipant(string Name, IReadOnlyList<string> Titles, string? Affiliation, string? Side);

/// <summary>A trip; see the annotation's fields of the same names.</summary>
public sealed record GoldVisit(string? Leader, string? From, IReadOnlyList<string> To, IReadOnlyList<string> Stops,
    string? Start, string? End, IReadOnlyList<string> Purpose);

/// <summary>A meeting.</summary>
public sealed record GoldMeeting(string? Kind, string? Place, string? Date, string? Chair);

/// <summary>An agreement.</summary>
/// <param name="Name">Its title or the phrase that names it.</param>
/// <param name="Parties">Who is bound by it.</param>
/// <param name="Signatories">Names of those who signed.</param>
/// <param name="Date">ISO day, or null.</param>
/// <param name="HasPlace">Whether the labels say anything on the place.</param>
/// <param name="Place">The place, or null.</param>
/// <param name="HasAmount">Whether the labels say anything on the amount.</param>
/// <param name="Amount">The amount as written (<c>300万美元</c>), or null.</param>
/// <param name="Status"><c>signed</c> or <c>planned</c>.</param>
public sealed record GoldAgreement(string? Name, IReadOnlyList<string> Parties, IReadOnlyList<string> Signatories, string? Date,
    bool HasPlace, string? Place, bool HasAmount, string? Amount, string? Status);

/// <summary>A date expression.</summary>
public sealed record GoldDate(string Text, string? Start, string? End);

/// <summary>Every distinct surface string of an article, by kind.</summary>
public sealed record GoldEntities(IReadOnlyList<string> Persons, IReadOnlyList<string> Titles, IReadOnlyList<string> Places,
    IReadOnlyList<string> Organizations);
