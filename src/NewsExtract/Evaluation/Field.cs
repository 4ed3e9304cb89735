namespace NewsExtract.Evaluation;

/// <summary>Something that is counted: a kind of record, a field of one, or a kind of mention.</summary>
public enum Field : byte
{
#pragma warning disable CS1591 // FieldTable gives each its name, its rule and what it means.
    ParticipantName, ParticipantTitle, ParticipantAffiliation, ParticipantSide,
    Visit, VisitLeader, VisitFrom, VisitTo, VisitStops, VisitStart, VisitEnd, VisitPurpose,
    Meeting, MeetingKind, MeetingChair, MeetingDate, MeetingPlace,
    Agreement, AgreementName, AgreementParties, AgreementSignatories, AgreementDate, AgreementPlace, AgreementAmount, AgreementStatus,
    Date, CreditName, ArticleTitle, ArticlePublished,
    MentionPerson, MentionTitle, MentionPlace, MentionOrganization, MentionDate,
#pragma warning restore CS1591
}

/// <summary>One line of the table of fields.</summary>
/// <param name="Field">The field.</param>
/// <param name="Name">What it is called in output: <c>visit.leader</c>.</param>
/// <param name="Rule">When two values match: <c>exact</c>, <c>place</c>, <c>phrase</c>, <c>record</c>, <c>amount</c> or <c>span</c>.</param>
/// <param name="InMacro">Whether it is one of the record fields that the macro and micro figures are made of.</param>
public sealed record FieldInfo(Field Field, string Name, string Rule, bool InMacro)
{
    /// <summary>Whether it counts mentions and not values of records.</summary>
    public bool IsMention => Field >= Field.MentionPerson;
}

/// <summary>All fields, in the order of every table.</summary>
public static class FieldTable
{
    /// <summary>Indexed by <see cref="Field"/>.</summary>
    public static IReadOnlyList<FieldInfo> All { get; } =
    [
        new(Field.ParticipantName, "participant.name", "exact", true),
        new(Field.ParticipantTitle, "participant.title", "exact", true),
        new(Field.ParticipantAffiliation, "participant.affiliation", "place", true),
        new(Field.ParticipantSide, "participant.side", "exact", true),
        new(Field.Visit, "visit", "record", false),
        new(Field.VisitLeader, "visit.leader", "exact", true),
        new(Field.VisitFrom, "visit.from", "place", true),
        new(Field.VisitTo, "visit.to", "place", true),
        new(Field.VisitStops, "visit.stops", "phrase", true),
        new(Field.VisitStart, "visit.start", "exact", true),
        new(Field.VisitEnd, "visit.end", "exact", true),
        new(Field.VisitPurpose, "visit.purpose", "phrase", false),
        new(Field.Meeting, "meeting", "record", false),
        new(Field.MeetingKind, "meeting.kind", "phrase", false),
        new(Field.MeetingChair, "meeting.chair", "exact", false),
        new(Field.MeetingDate, "meeting.date", "exact", false),
        new(Field.MeetingPlace, "meeting.place", "place", false),
        new(Field.Agreement, "agreement", "record", false),
        new(Field.AgreementName, "agreement.name", "phrase", true),
        new(Field.AgreementParties, "agreement.parties", "place", true),
        new(Field.AgreementSignatories, "agreement.signatories", "exact", false),
        new(Field.AgreementDate, "agreement.date", "exact", true),
        new(Field.AgreementPlace, "agreement.place", "place", false),
        new(Field.AgreementAmount, "agreement.amount", "amount", false),
        new(Field.AgreementStatus, "agreement.status", "exact", false),
        new(Field.Date, "date", "exact", false),
        new(Field.CreditName, "credit.name", "exact", false),
        new(Field.ArticleTitle, "article.title", "phrase", false),
        new(Field.ArticlePublished, "article.published", "exact", false),
        new(Field.MentionPerson, "mention.person", "span", false),
        new(Field.MentionTitle, "mention.title", "span", false),
        new(Field.MentionPlace, "mention.place", "span", false),
        new(Field.MentionOrganization, "mention.organization", "span", false),
        new(Field.MentionDate, "mention.date", "span", false),
    ];

    /// <summary>How many fields there are.</summary>
    public static int Count => All.Count;

    /// <summary>The record fields that macro and micro figures are made of.</summary>
    public static IReadOnlyList<FieldInfo> Macro { get; } = [.. All.Where(f => f.InMacro)];

    /// <summary>The kinds of mention.</summary>
    public static IReadOnlyList<FieldInfo> Mentions { get; } = [.. All.Where(f => f.IsMention)];

    /// <summary>The field's name in output.</summary>
    public static string NameOf(Field field) => All[(int)field].Name;

    /// <summary>The field of a name, or null.</summary>
    public static Field? Find(string name) => All.FirstOrDefault(f => f.Name == name)?.Field;
}
