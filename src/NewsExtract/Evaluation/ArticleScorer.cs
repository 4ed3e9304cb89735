using NewsExtract.Text;

namespace NewsExtract.Evaluation;

/// <summary>
/// Compares one article's record with its labels. For confidences, a record is right where gold has it: a participant with
/// name and side; a visit with leader and at least one destination (none where gold has none); a meeting with kind and date; an
/// agreement with name and at least one party. All by the fields' rules, within the pairs that scoring makes.
/// </summary>
public sealed class ArticleScorer
{
    private readonly GoldArticle _gold;
    private readonly ArticleRecord? _record;
    private readonly Tally _tally;
    private readonly List<ConfidenceObservation> _confidences = [];
    private readonly List<(string, string)> _sides = [], _statuses = [], _kinds = [];

    private ArticleScorer(GoldArticle gold, ArticleRecord? record)
    {
        _gold = gold;
        _record = record;
        _tally = new Tally(gold.Name, gold.Genre);
    }

    /// <summary>Scores <paramref name="record"/>, or the lack of one, against <paramref name="gold"/>.</summary>
    /// <param name="gold">The labels.</param>
    /// <param name="record">What was extracted; null where there is no output.</param>
    /// <param name="mentions">Where gold's mentions stand in the source; null leaves mentions out.</param>
    public static ArticleScore Score(GoldArticle gold, ArticleRecord? record, GoldMentions? mentions)
    {
        var scorer = new ArticleScorer(gold, record);
        scorer.Participants();
        scorer.Visits();
        scorer.Meetings();
        scorer.Agreements();
        scorer.Rest();
        if (mentions is not null) MentionScorer.Score(mentions, record?.Mentions ?? [], scorer._tally, scorer._kinds);
        int falseRecords = gold.IsNegative && record is not null
            ? Math.Max(0, record.Visits.Count - gold.Visits.Count) + Math.Max(0, record.Agreements.Count - gold.Agreements.Count) : 0;
        return new ArticleScore(gold.Name, gold.Genre, record is not null, scorer._tally.Counts, scorer._tally.Errors, scorer._confidences,
            falseRecords, scorer._sides, scorer._statuses, scorer._kinds);
    }

    private void Participants()
    {
        IReadOnlyList<Participant> records = _record?.Participants ?? [];
        // Names are counted as lists, so that a name given twice is an error; everything else once a name, the later one.
        ILookup<string, GoldParticipant> goldByName = _gold.Participants.ToLookup(x => Matching.Normalize(x.Name), StringComparer.Ordinal);
        ILookup<string, Participant> recordsByName = records.ToLookup(x => Matching.Normalize(x.Name), StringComparer.Ordinal);
        foreach (string name in goldByName.Select(g => g.Key).Union(recordsByName.Select(r => r.Key), StringComparer.Ordinal))
        {
            GoldParticipant? a = goldByName[name].LastOrDefault();
            Participant? b = recordsByName[name].LastOrDefault();
            _tally.Scope = new Scope(name, a is null || b is null, b?.Evidence ?? [], b?.Confidence);
            int golds = goldByName[name].Count(), extracted = recordsByName[name].Count(), hits = Math.Min(golds, extracted);
            _tally.Add(Field.ParticipantName, hits, extracted - hits, golds - hits);
            for (int i = hits; i < golds; i++) _tally.Fault(Field.ParticipantName, name, null, isConsequence: false);
            for (int i = hits; i < extracted; i++) _tally.Fault(Field.ParticipantName, null, name, isConsequence: false);
            _tally.Sets(Field.ParticipantTitle, a?.Titles ?? [], b?.Titles ?? [], Matching.Same);
            _tally.Slot(Field.ParticipantAffiliation, a?.Affiliation, b?.Affiliation, Matching.SamePlace);
            string extractedSide = b is null ? "missing" : string.IsNullOrEmpty(b.Side) ? "none" : b.Side;
            bool sameSide = a is not null && b is not null && a.Side == extractedSide;
            _tally.Add(Field.ParticipantSide, sameSide ? 1 : 0, b is not null && !sameSide ? 1 : 0, a is not null && !sameSide ? 1 : 0);
            if (!sameSide) _tally.Fault(Field.ParticipantSide, a is null ? null : a.Side ?? "", b is null ? null : extractedSide, a is null || b is null);
            _sides.Add((a is null ? "nobody" : a.Side ?? "", extractedSide));
            if (b is not null) _confidences.Add(new ConfidenceObservation(RecordKind.Participant, b.Confidence, sameSide));
        }
    }

    private void Visits()
    {
        foreach ((GoldVisit? a, Visit? b) in RecordPairing.Pair(_gold.Visits, _record?.Visits ?? [], RecordPairing.Alike))
        {
            Begin("visit of " + (a is not null ? a.Leader : b!.Leader), a, b, b?.Evidence, b?.Confidence);
            _tally.Record(Field.Visit, a is null ? null : Describe(a.Leader, a.To, a.Start), b is null ? null : Describe(b.Leader, b.To.Select(x => x.Name), b.Start));
            _tally.Slot(Field.VisitLeader, a?.Leader, b?.Leader, Matching.Same);
            _tally.Slot(Field.VisitFrom, a?.From, b?.From?.Name, Matching.SamePlace);
            _tally.Sets(Field.VisitTo, a?.To ?? [], b is null ? [] : [.. b.To.Select(x => x.Name)], Matching.SamePlace);
            _tally.Sets(Field.VisitStops, a?.Stops ?? [], b?.Stops ?? [], Matching.SamePhrase);
            _tally.Slot(Field.VisitStart, a?.Start, b?.Start, string.Equals);
            _tally.Slot(Field.VisitEnd, a?.End, b?.End, string.Equals);
            _tally.Sets(Field.VisitPurpose, a?.Purpose ?? [], b?.Purpose ?? [], Matching.SamePhrase);
            if (b is null) continue;
            bool right = a is not null && Matching.Same(a.Leader, b.Leader)
                && (a.To.Count == 0 ? b.To.Count == 0 : a.To.Any(x => b.To.Any(y => Matching.SamePlace(x, y.Name))));
            _confidences.Add(new ConfidenceObservation(RecordKind.Visit, b.Confidence, right));
        }
    }

    private void Meetings()
    {
        foreach ((GoldMeeting? a, Meeting? b) in RecordPairing.Pair(_gold.Meetings, _record?.Meetings ?? [], RecordPairing.Alike))
        {
            Begin(a is not null ? a.Kind : b!.Kind, a, b, b?.Evidence, b?.Confidence);
            _tally.Record(Field.Meeting, a is null ? null : Describe(a.Kind, [], a.Date), b is null ? null : Describe(b.Kind, [], b.Date));
            _tally.Slot(Field.MeetingKind, a?.Kind, b?.Kind, Matching.SamePhrase);
            _tally.Slot(Field.MeetingChair, a?.Chair, b?.Chair, Matching.Same);
            _tally.Slot(Field.MeetingDate, a?.Date, b?.Date, string.Equals);
            _tally.Slot(Field.MeetingPlace, a?.Place, b?.Place?.Name, Matching.SamePlace);
            if (b is not null)
                _confidences.Add(new ConfidenceObservation(RecordKind.Meeting, b.Confidence, a is not null && Matching.SamePhrase(a.Kind, b.Kind) && a.Date == b.Date));
        }
    }

    private void Agreements()
    {
        foreach ((GoldAgreement? a, Agreement? b) in RecordPairing.Pair(_gold.Agreements, _record?.Agreements ?? [], RecordPairing.Alike))
        {
            Begin(a is not null ? a.Name : b!.Name, a, b, b?.Evidence, b?.Confidence);
            _tally.Record(Field.Agreement, a is null ? null : Describe(a.Name, a.Parties, a.Date), b is null ? null : Describe(b.Name, b.Parties, b.Date));
            _tally.Slot(Field.AgreementName, a?.Name, b?.Name, Matching.SamePhrase);
            _tally.Sets(Field.AgreementParties, a?.Parties ?? [], b?.Parties ?? [], Matching.SamePlace);
            _tally.Sets(Field.AgreementSignatories, a?.Signatories ?? [], b?.Signatories ?? [], Matching.Same);
            _tally.Slot(Field.AgreementDate, a?.Date, b?.Date, string.Equals);
            if (a?.HasPlace ?? true) _tally.Slot(Field.AgreementPlace, a?.Place, b?.Place?.Name, Matching.SamePlace);
            if (a?.HasAmount ?? true) _tally.Slot(Field.AgreementAmount, a?.Amount, b?.Amount is { } amount ? Show(amount) : null, (x, _) => SameAmount(x, b?.Amount));
            _tally.Slot(Field.AgreementStatus, a?.Status, b?.Status, string.Equals);
            _statuses.Add((a?.Status ?? "nothing", b?.Status ?? "missing"));
            if (b is not null)
            {
                bool right = a is not null && Matching.SamePhrase(a.Name, b.Name) && a.Parties.Any(x => b.Parties.Any(y => Matching.SamePlace(x, y)));
                _confidences.Add(new ConfidenceObservation(RecordKind.Agreement, b.Confidence, right));
            }
        }
    }

    private void Rest()
    {
        _tally.Scope = Scope.None;
        _tally.Sets(Field.Date, _gold.Dates, [.. (_record?.Dates ?? []).Select(x => new GoldDate(x.Text, x.Start, x.End))],
            (x, y) => Matching.Same(x.Text, y.Text) && x.Start == y.Start && x.End == y.End,
            x => $"{x.Text} = {x.Start ?? "?"}/{x.End ?? "?"}");
        // A credit may come under several roles; the labels have names only.
        if (_gold.Credits is { } credits)
            _tally.Sets(Field.CreditName, credits, [.. (_record?.Credits ?? []).Select(x => x.Name).DistinctBy(Matching.Normalize)], Matching.Same);
        if (_gold.HasTitle) _tally.Slot(Field.ArticleTitle, _gold.Title, _record?.Title, Matching.SamePhrase);
        if (_gold.HasPublished) _tally.Slot(Field.ArticlePublished, _gold.Published, _record?.Published, string.Equals);
    }

    private void Begin(string? subject, object? gold, object? record, IReadOnlyList<int[]>? evidence, double? confidence) =>
        _tally.Scope = new Scope(subject ?? "", gold is null || record is null, evidence ?? [], confidence);

    private static string Describe(string? head, IEnumerable<string> list, string? date) =>
        string.Join(" · ", new[] { head, string.Join("、", list), date }.Where(part => !string.IsNullOrEmpty(part)));

    private static string Show(Amount amount) => $"{amount.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)} {amount.Currency}";

    private static bool SameAmount(string? gold, Amount? extracted) =>
        gold is not null && AmountText.Parse(gold) is { } sum && extracted is not null && sum.Value == extracted.Value && sum.Currency == extracted.Currency;
}
