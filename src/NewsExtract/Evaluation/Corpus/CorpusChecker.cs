using NewsExtract.Text;

namespace NewsExtract.Evaluation.Corpus;

/// <summary>
/// What can be told about labels without reading the article: form, dates, who is whom, and that every string stands in
/// the text. A fault is one line that names the article and the field.
/// </summary>
public sealed class CorpusChecker
{
    private static readonly string[] Sides = ["visitor", "host", "none"];
    private static readonly string[] Statuses = ["signed", "planned"];

    private readonly CorpusArticle _article;
    private readonly ICollection<string> _faults;
    private readonly FoldedText _repaired;
    private readonly FoldedText _source;
    private readonly HashSet<string> _participants;

    private CorpusChecker(CorpusArticle article, ICollection<string> faults)
    {
        _article = article;
        _faults = faults;
        // A label may run over the end of a line that a scraper broke.
        _repaired = new FoldedText(article.Repaired.Replace("\n", "", StringComparison.Ordinal));
        _source = new FoldedText(article.Source.Replace("\n", "", StringComparison.Ordinal));
        _participants = [.. article.Gold.Participants.Select(x => Matching.Normalize(x.Name))];
    }

    /// <summary>The genres that labels may have.</summary>
    public static IReadOnlyList<string> Genres { get; } =
        ["outgoing", "incoming", "inspection", "roundup", "diplomatic", "corporate", "academic", "provincial", "hkmotw", "military", "exchange", "negative"];

    /// <summary>Checks every article by itself, and that no name and no text comes twice.</summary>
    public static void Check(IReadOnlyList<CorpusArticle> articles, ICollection<string> faults)
    {
        foreach (CorpusArticle article in articles) new CorpusChecker(article, faults).Check();
        foreach (IGrouping<string, CorpusArticle> same in articles.GroupBy(a => a.Gold.Name))
            if (same.Count() > 1) faults.Add($"{string.Join(", ", same.Select(a => a.Place))}: the same name");
        foreach (NearDuplicate pair in NearDuplicates.Find(articles, NearDuplicates.Limit))
            faults.Add(FormattableString.Invariant($"{pair.First.Place}, {pair.Second.Place}: the texts are {pair.Similarity:0.00} alike"));
    }

    private void Check()
    {
        GoldArticle gold = _article.Gold;
        if (gold.Id != gold.Name) Fault("id", $"is {gold.Id}, not the file's name");
        if (!Genres.Contains(gold.Genre)) Fault("genre", $"there is no genre {gold.Genre}");
        if (gold.IsNegative && (gold.Visits.Count > 0 || gold.Agreements.Count > 0)) Fault("genre", "a negative has a visit or an agreement");
        if (gold.Published is not null && (gold.Published.Length != 10 || !IsDate(gold.Published))) Fault("published", $"{gold.Published} is no day");
        Stands("title", gold.Title);
        CheckPeople();
        CheckVisits();
        CheckMeetings();
        CheckAgreements();
        CheckDates();
        if (gold.Entities is { } entities) CheckEntities(entities);
        else Fault("entities", "are missing");
    }

    private void CheckPeople()
    {
        GoldArticle gold = _article.Gold;
        Distinct("participants", gold.Participants.Select(x => x.Name));
        Distinct("credits", gold.Credits ?? []);
        Distinct("persons_mentioned_only", gold.MentionedOnly);
        foreach (GoldParticipant person in gold.Participants)
        {
            Stands("participants.name", person.Name);
            foreach (string title in person.Titles) Stands("participants.titles", title);
            Distinct($"titles of {person.Name}", person.Titles);
            PlaceStands("participants.affiliation", person.Affiliation);
            if (!Sides.Contains(person.Side)) Fault("participants.side", $"{person.Name} has side {person.Side}");
        }
        foreach (string name in gold.MentionedOnly)
        {
            Stands("persons_mentioned_only", name);
            if (_participants.Contains(Matching.Normalize(name))) Fault("persons_mentioned_only", $"{name} is a participant");
        }
        foreach (string name in gold.Credits ?? []) Stands("credits", name);
    }

    private void CheckVisits()
    {
        foreach (GoldVisit visit in _article.Gold.Visits)
        {
            Participates("visits.leader", visit.Leader);
            PlaceStands("visits.from", visit.From);
            foreach (string place in visit.To) PlaceStands("visits.to", place);
            Distinct("visits.to", visit.To);
            foreach (string stop in visit.Stops) Stands("visits.stops", stop);
            Distinct("visits.stops", visit.Stops);
            foreach (string purpose in visit.Purpose) Stands("visits.purpose", purpose);
            CheckRange("visits", visit.Start, visit.End);
        }
    }

    private void CheckMeetings()
    {
        foreach (GoldMeeting meeting in _article.Gold.Meetings)
        {
            if (meeting.Kind is null) Fault("meetings.kind", "is missing");
            Stands("meetings.kind", meeting.Kind);
            PlaceStands("meetings.place", meeting.Place);
            Participates("meetings.chair", meeting.Chair);
            CheckRange("meetings.date", meeting.Date, meeting.Date);
        }
    }

    private void CheckAgreements()
    {
        foreach (GoldAgreement agreement in _article.Gold.Agreements)
        {
            if (agreement.Name is null) Fault("agreements.name", "is missing");
            Stands("agreements.name", agreement.Name);
            foreach (string party in agreement.Parties) PlaceStands("agreements.parties", party);
            Distinct($"parties of {agreement.Name}", agreement.Parties);
            foreach (string name in agreement.Signatories) Participates("agreements.signatories", name);
            PlaceStands("agreements.place", agreement.Place);
            Stands("agreements.amount", agreement.Amount);
            if (agreement.Amount is { } amount && AmountText.Parse(amount) is null) Fault("agreements.amount", $"{amount} is no amount");
            if (!Statuses.Contains(agreement.Status)) Fault("agreements.status", $"there is no status {agreement.Status}");
            if (agreement.Status == "planned" && agreement.Date is not null) Fault("agreements.date", "a planned agreement has a date");
            CheckRange("agreements.date", agreement.Date, agreement.Date);
        }
    }

    private void CheckDates()
    {
        foreach (GoldDate date in _article.Gold.Dates)
        {
            Stands("dates.text", date.Text);
            CheckRange($"dates {date.Text}", date.Start, date.End);
        }
        Distinct("dates", _article.Gold.Dates.Select(d => $"{d.Text} {d.Start}/{d.End}"));
    }

    private void CheckEntities(GoldEntities entities)
    {
        Strings("entities.person", entities.Persons);
        Strings("entities.title", entities.Titles);
        Strings("entities.place", entities.Places);
        Strings("entities.organization", entities.Organizations);
        Covers("entities.person", entities.Persons, [.. _article.Gold.Participants.Select(x => x.Name), .. _article.Gold.MentionedOnly, .. _article.Gold.Credits ?? []]);
        Covers("entities.title", entities.Titles, [.. _article.Gold.Participants.SelectMany(x => x.Titles)]);
    }

    private void Strings(string field, IReadOnlyList<string> strings)
    {
        foreach (string value in strings) Stands(field, value);
        Distinct(field, strings);
    }

    private void Covers(string field, IReadOnlyList<string> strings, IReadOnlyList<string> needed)
    {
        HashSet<string> present = [.. strings.Select(x => Matching.Normalize(x))];
        foreach (string value in needed.Distinct())
            if (!present.Contains(Matching.Normalize(value))) Fault(field, $"{value} is missing");
    }

    private void Stands(string field, string? value)
    {
        if (value is null) return;
        if (value.Trim().Length == 0) Fault(field, "is empty");
        else if (!Occurs(value)) Fault(field, $"{value} does not stand in the text");
    }

    // Parents need not stand there, nor the county in a bureau's composed name, nor the unit behind a place: some ending must, or of an
    // autonomous place (都安瑶族自治县, written 都安) its beginning. A parent of a place visited is known from it: a mayor who inspects a
    // county is the mayor of the city that the county belongs to.
    private void PlaceStands(string field, string? value)
    {
        if (value is null) return;
        for (int from = 0; from <= value.Length - 2; from++)
            if (Occurs(value[from..]) || (value.Length - from > 2 && Occurs(value[from..^1]))) return;
        for (int from = 0; value.Contains("自治", StringComparison.Ordinal) && from <= value.Length - 2; from++)
            if (Occurs(value.Substring(from, 2))) return;
        if ((field is "participants.affiliation" or "visits.from") && _article.Gold.Visits.Any(v => v.To.Any(to => IsParent(value, to)))) return;
        Fault(field, $"nothing of {value} stands in the text");
    }

    private static bool IsParent(string place, string chain) => chain.Length > place.Length && chain.Contains(place, StringComparison.Ordinal);

    private bool Occurs(string value) => _repaired.Contains(value) || _source.Contains(value);

    private void Participates(string field, string? name)
    {
        if (name is not null && !_participants.Contains(Matching.Normalize(name))) Fault(field, $"{name} is no participant");
    }

    private void Distinct(string field, IEnumerable<string> values)
    {
        foreach (IGrouping<string, string> same in values.GroupBy(x => Matching.Normalize(x)))
            if (same.Count() > 1) Fault(field, $"{same.Key} comes {same.Count()} times");
    }

    private void CheckRange(string field, string? start, string? end)
    {
        foreach (string? day in new[] { start, end })
            if (day is not null && !IsDate(day)) Fault(field, $"{day} is no ISO date");
        if (start is not null && end is not null && string.CompareOrdinal(start, end) > 0) Fault(field, $"{end} comes before {start}");
    }

    // 2021-04-08, --04-08.
    private static bool IsDate(string text)
    {
        string[] parts = text.StartsWith("--", StringComparison.Ordinal) ? ["0", .. text[2..].Split('-')] : text.Split('-');
        return parts.Length == 3 && (parts[0] == "0" || parts[0].Length == 4) && parts[1].Length == 2 && parts[2].Length == 2
            && int.TryParse(parts[0], out int year) && int.TryParse(parts[1], out int month) && int.TryParse(parts[2], out int day)
            && CalendarDate.TryCreate(year, month, day, out _);
    }

    private void Fault(string field, string what) => _faults.Add($"{_article.Place}: {field}: {what}");
}
