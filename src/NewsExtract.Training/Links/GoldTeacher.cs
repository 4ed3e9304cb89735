using NewsExtract.Records;

namespace NewsExtract.Training.Links;

/// <summary>One yes-or-no example.</summary>
internal sealed record BinaryExample(int[] Keys, bool Label, string Text);

/// <summary>One choice: the candidates' keys and which of them are right; none right means «none of them».</summary>
internal sealed record ChoiceExample(int[][] Candidates, bool[] Right, string[] Texts);

/// <summary>
/// Keeps each question of assembling with the labels' answer as an example. Without a model to follow it also answers from the labels, so
/// that every question comes after right answers to the earlier ones; with one it answers as the model would, so that later
/// questions are met in the state that earlier mistakes leave (S. Ross, G. Gordon, D. Bagnell: DAgger, 2011).
/// </summary>
internal sealed class GoldTeacher(GoldArticle gold, string text, IReadOnlyDictionary<(Decision, int), GoldCandidate> assigned, LinkModel? early, LinkModel? follow = null) : ILinkDecider
{
    private readonly HashSet<GoldVisit> _taken = [];
    private readonly Dictionary<int, GoldVisit?> _visitOfStory = [];
    private Story? _story;
    private string? _home, _homeBody;
    private readonly HashSet<int> _begun = [];
    private List<int>? _beginnings; // of the visits, offsets in the text
    private GoldAgreement? _agreement;
    private GoldMeeting? _meeting;

    public List<(Decision Decision, BinaryExample Example)> Binary { get; } = [];

    public List<(Decision Decision, ChoiceExample Example)> Choices { get; } = [];

    /// <summary>Questions that are asked of single sentences and mentions; the answers are properties of what the later ones ask.</summary>
    public static bool IsEarly(Decision decision) => decision is Decision.Travel or Decision.Arrival or Decision.Leads;

    public void Begin(Story story) => _story = story;

    public bool Decide(Decision decision, FeatureList features, Candidate candidate, out double probability)
    {
        bool? label = Answer(decision, candidate);
        if (label is { } known) Binary.Add((decision, new BinaryExample(features.Keys.ToArray(), known, candidate.Text ?? "")));
        // What sentences and mentions say is met as weights say it that have not seen them: right answers would be trusted too much.
        if ((follow ?? (IsEarly(decision) ? early : null)) is { } model) return model.Decide(decision, features, candidate, out probability);
        probability = label == true ? 1 : 0;
        return label == true;
    }

    public int Choose(Decision decision, List<FeatureList> features, List<Candidate> candidates, string? about, out double probability)
    {
        probability = 1;
        if (decision == Decision.AgreementName) _agreement = AgreementAt(about!);
        if (!HasContext(decision)) return follow == null ? -1 : follow.Choose(decision, features, candidates, about, out probability);
        var right = new bool[candidates.Count];
        int first = -1;
        for (int i = 0; i < candidates.Count; i++)
        {
            right[i] = IsRight(decision, candidates[i], about);
            if (right[i] && first < 0) first = i;
        }
        // Of names that are alike enough the label's own is taught.
        if (decision == Decision.AgreementName && candidates.FindIndex(c => Matching.Same(_agreement!.Name, c.Text)) is >= 0 and int own)
        {
            for (int i = 0; i < right.Length; i++) right[i] = i == own;
            first = own;
        }
        bool wanted = HasAnswer(decision, about);
        // An answer that no candidate gives teaches nothing.
        if (candidates.Count > 0 && (first >= 0 || !wanted)) Choices.Add((decision, new ChoiceExample([.. features.Take(candidates.Count).Select(static f => f.Keys.ToArray())], right, [.. candidates.Select(static c => c.Text ?? "")])));
        return follow == null ? first : follow.Choose(decision, features, candidates, about, out probability);
    }

    /// <summary>Whether the labels have the visit, meeting or agreement that the question is about.</summary>
    private bool HasContext(Decision decision) => decision switch
    {
        Decision.Leader or Decision.VisitFrom or Decision.FromOfLeader or Decision.VisitDate or Decision.VisitEnd => Visit != null,
        Decision.StopName => Visit != null,
        Decision.MeetingPlace or Decision.MeetingDate or Decision.Chair => _meeting != null,
        Decision.AgreementDate or Decision.AgreementPlace or Decision.AgreementName => _agreement != null,
        // Labels don't name the outlet's place; where nobody's post leaves it out they say nothing of it.
        Decision.Home => Majority(IsBareOfPlace) != null,
        _ => true,
    };

    private GoldAgreement? AgreementAt(string offset) =>
        assigned.TryGetValue((Decision.Agreement, int.Parse(offset, System.Globalization.CultureInfo.InvariantCulture)), out GoldCandidate? agreement) ? agreement.Agreement : null;

    private GoldVisit? Visit => _story != null && _visitOfStory.TryGetValue(_story.Index, out GoldVisit? visit) ? visit : null;

    private bool? Answer(Decision decision, Candidate candidate)
    {
        switch (decision)
        {
            case Decision.NewStory: return BeginsStory(int.Parse(candidate.Text!, System.Globalization.CultureInfo.InvariantCulture), int.Parse(candidate.Other!, System.Globalization.CultureInfo.InvariantCulture));
            case Decision.Leads: return BeginsTrip(int.Parse(candidate.Text!, System.Globalization.CultureInfo.InvariantCulture), candidate.Other!);
            case Decision.Travel: return TellsOfTrip(candidate.Text!);
            case Decision.Arrival: return gold.Visits.Exists(v => v.To.Exists(to => Matching.Place(to, candidate.Text) || Matching.Place(to, candidate.Other)));
            case Decision.Visit:
                GoldVisit? visit = Assign(_story!);
                _visitOfStory[_story!.Index] = visit;
                return visit != null;
            case Decision.VisitTo: return Visit?.To.Exists(to => Matching.Place(to, candidate.Text) || Matching.Place(to, candidate.Other));
            case Decision.Stop: return Visit?.Stops.Exists(stop => candidate.Names.Any(name => Matching.Loose(stop, name)));
            case Decision.Purpose: return Visit?.Purpose.Exists(purpose => Matching.Loose(purpose, candidate.Text!));
            case Decision.Participant: return gold.Participants.Exists(p => Matching.Same(p.Name, candidate.Text));
            case Decision.Visitor or Decision.VisitorAgain: return Side(candidate.Text!) is { } visitor ? visitor == "visitor" : null;
            case Decision.Host or Decision.HostAgain: return Side(candidate.Text!) is { } host ? host == "host" : null;
            case Decision.Meeting:
                _meeting = assigned.TryGetValue((decision, int.Parse(candidate.Other!, System.Globalization.CultureInfo.InvariantCulture)), out GoldCandidate? meeting) ? meeting.Meeting : null;
                return _meeting != null;
            case Decision.Agreement:
                _agreement = AgreementAt(candidate.Other!);
                return _agreement != null;
            case Decision.Planned: return _agreement == null ? null : _agreement.Status == "planned";
            case Decision.Party or Decision.PartyAgain: return _agreement?.Parties.Exists(p => Matching.Place(p, candidate.Text) || Matching.Place(p, candidate.Other));
            case Decision.Signatory: return _agreement?.Signatories.Exists(s => Matching.Same(s, candidate.Text));
            default: return null;
        }
    }

    /// <summary>Whether a sentence names somebody who travelled, or where they went to and what they saw.</summary>
    private bool TellsOfTrip(string sentence) => gold.Visits.Exists(visit =>
        (visit.Leader != null && sentence.Contains(visit.Leader, StringComparison.Ordinal)) || visit.Stops.Exists(s => sentence.Contains(s, StringComparison.Ordinal)))
        || (gold.Visits.Count > 0 && gold.Participants.Exists(p => p.Side != "none" && sentence.Contains(p.Name, StringComparison.Ordinal)));

    private string? Side(string name) => gold.Participants.Find(p => Matching.Same(p.Name, name))?.Side;

    private bool IsRight(Decision decision, Candidate candidate, string? about) => decision switch
    {
        Decision.Leader => Matching.Same(Visit!.Leader, candidate.Text),
        Decision.VisitFrom or Decision.FromOfLeader => Matching.Place(Visit!.From, candidate.Text),
        // Where the text names one day, its last one is asked for next.
        Decision.VisitDate => Visit!.Start != null && Visit.Start == candidate.Text && (Visit.End == candidate.Other || candidate.Text == candidate.Other),
        Decision.VisitEnd => Visit!.End == candidate.Text,
        Decision.Affiliation or Decision.AffiliationAgain => Matching.Place(gold.Participants.Find(p => Matching.Same(p.Name, about))?.Affiliation, candidate.Text),
        Decision.StopName => Visit!.Stops.Exists(stop => Matching.Loose(stop, candidate.Text!)),
        Decision.MeetingPlace => Matching.Place(_meeting!.Place, candidate.Text) || Matching.Place(_meeting!.Place, candidate.Other),
        Decision.MeetingDate => _meeting!.Date == candidate.Text,
        Decision.Chair => Matching.Same(_meeting!.Chair, candidate.Text),
        Decision.AgreementName => Matching.Loose(_agreement!.Name, candidate.Text!),
        Decision.AgreementDate => _agreement!.Date == candidate.Text,
        Decision.AgreementPlace => Matching.Place(_agreement!.Place, candidate.Text) || Matching.Place(_agreement!.Place, candidate.Other),
        Decision.Home => Matching.Place(_home ??= Majority(IsBareOfPlace), candidate.Text) || Matching.Place(_home, candidate.Other),
        Decision.HomeOrganization => Matching.Place(_homeBody ??= HomeBody(), candidate.Text),
        _ => false,
    };

    private bool HasAnswer(Decision decision, string? about) => decision switch
    {
        Decision.Leader => Visit!.Leader != null,
        Decision.VisitFrom or Decision.FromOfLeader => Visit!.From != null,
        Decision.VisitDate => Visit!.Start != null,
        Decision.VisitEnd => Visit!.End != null && Visit.End != Visit.Start,
        Decision.Affiliation or Decision.AffiliationAgain => gold.Participants.Find(p => Matching.Same(p.Name, about))?.Affiliation != null,
        Decision.MeetingPlace => _meeting!.Place != null,
        Decision.MeetingDate => _meeting!.Date != null,
        Decision.Chair => _meeting!.Chair != null,
        Decision.AgreementDate => _agreement!.Date != null,
        Decision.AgreementPlace => _agreement!.Place != null,
        Decision.Home => Majority(IsBareOfPlace) != null,
        Decision.HomeOrganization => HomeBody() != null,
        Decision.StopName or Decision.AgreementName => true,
        _ => false,
    };

    /// <summary>
    /// The place or body of most people whose first post leaves it out: that is whom the outlet speaks for. The leaders of
    /// the other side are mostly named with theirs.
    /// </summary>
    private string? Majority(Func<GoldParticipant, bool> bare) =>
        gold.Participants.Where(p => p.Affiliation != null && bare(p)).GroupBy(static p => p.Affiliation!).OrderByDescending(static g => g.Count()).FirstOrDefault()?.Key;

    /// <summary>An organisation's own page says 我校 and the like; elsewhere nobody's 董事长 makes the company the outlet's.</summary>
    private string? HomeBody() => OwnWords.Exists(w => text.Contains(w, StringComparison.Ordinal)) || gold.Genre == "academic" ? Majority(IsBareOfBody) : null;

    private static readonly List<string> OwnWords = ["我校", "我院", "我司", "我公司", "我集团", "我所", "本会", "我会", "本校", "本院", "我馆"];

    private static bool IsBareOfPlace(GoldParticipant participant) =>
        participant.Titles.Count > 0 && "县市区省州旗镇乡常副".Contains(participant.Titles[0][0]) && !participant.Titles[0].StartsWith(participant.Affiliation![..Math.Min(2, participant.Affiliation!.Length)], StringComparison.Ordinal)
        && "县市区省州旗镇乡盟".Contains(participant.Affiliation![^1]);

    private static bool IsBareOfBody(GoldParticipant participant) =>
        participant.Titles.Count > 0 && participant.Titles[0].Length <= 9 && !participant.Titles[0].StartsWith(participant.Affiliation![..Math.Min(2, participant.Affiliation!.Length)], StringComparison.Ordinal)
        && "学院校司团厂会所社行馆场".Contains(participant.Affiliation![^1]);

    /// <summary>Whether the stretch has the beginning of a visit that is not the text's first.</summary>
    private bool BeginsStory(int start, int end)
    {
        if (gold.Visits.Count < 2) return false;
        int before = 0;
        bool here = false;
        foreach (int at in Beginnings)
        {
            if (at < start) before++;
            else here |= at < end;
        }
        return here && before > 0;
    }

    /// <summary>Whether a mention is the first with which the text begins to tell of a visit that the person led.</summary>
    private bool BeginsTrip(int offset, string name)
    {
        List<int> beginnings = Beginnings;
        for (int i = 0; i < beginnings.Count; i++)
        {
            if (!Matching.Same(gold.Visits[i].Leader, name) || offset < beginnings[i] || !_begun.Add(i)) continue;
            return true;
        }
        return false;
    }

    /// <summary>Where the text begins to tell of each visit. The first begins where its leader first stands.</summary>
    private List<int> Beginnings
    {
        get
        {
            if (_beginnings != null) return _beginnings;
            _beginnings = gold.Visits.ConvertAll(BeginningOf);
            int first = _beginnings.Count == 0 ? -1 : _beginnings.IndexOf(_beginnings.Min());
            if (first >= 0 && gold.Visits[first].Leader is { } leader && text.IndexOf(leader, Math.Max(0, text.IndexOf('\n', StringComparison.Ordinal)), StringComparison.Ordinal) is >= 0 and int at && at < _beginnings[first]) _beginnings[first] = at;
            return _beginnings;
        }
    }

    /// <summary>
    /// Where the text begins to tell of a visit: where its leader stands in a sentence with one of its stops or its first day, and without the leader of
    /// another visit, so that neither a host of the visit before nor a sentence that names all leaders counts (书记甲、县长乙分别带队…). Else the line will do for the
    /// sentence, then a sentence with others, then where he first stands. Without a leader the first line that has a stop.
    /// </summary>
    private int BeginningOf(GoldVisit visit)
    {
        string? day = visit.Start is { Length: > 2 } start ? int.Parse(start.AsSpan(start.Length - 2), System.Globalization.CultureInfo.InvariantCulture) + "日" : null;
        int best = int.MaxValue, bestRank = int.MaxValue, headline = text.IndexOf('\n', StringComparison.Ordinal);
        foreach (string name in visit.Leader != null ? [ShortName(visit.Leader)] : visit.Stops)
        {
            for (int at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
            {
                // A name in the headline does not count where it stands again further down.
                if (at < headline && text.IndexOf(name, headline, StringComparison.Ordinal) >= 0) continue;
                string sentence = Between(at, SentenceEnds);
                bool alone = visit.Leader == null || !gold.Visits.Exists(other => other.Leader != null && other.Leader != visit.Leader && sentence.Contains(ShortName(other.Leader), StringComparison.Ordinal));
                int rank = Tells(visit, day, sentence) ? (alone ? 0 : 2) : !Tells(visit, day, Between(at, LineEnds)) ? 3 : alone ? 1 : 2;
                if (rank < bestRank) (best, bestRank) = (at, rank);
            }
        }
        return best;
    }

    /// <summary>What foreigners are called after they were introduced: the part behind the last middle dot.</summary>
    private static string ShortName(string name) => name[(name.LastIndexOf('·') + 1)..];

    private static bool Tells(GoldVisit visit, string? day, string told) =>
        visit.Stops.Exists(stop => told.Contains(stop, StringComparison.Ordinal)) || (day != null && HasDay(told, day));

    private string Between(int at, char[] ends)
    {
        int start = at == 0 ? 0 : text.LastIndexOfAny(ends, at - 1) + 1, end = text.IndexOfAny(ends, at);
        return text[start..(end < 0 ? text.Length : end)];
    }

    private static readonly char[] LineEnds = ['\n'], SentenceEnds = ['\n', '。', '！', '？', '；'];

    /// <summary>Whether the line has the day: 8日, not the end of 18日.</summary>
    private static bool HasDay(string line, string day)
    {
        int at = line.IndexOf(day, StringComparison.Ordinal);
        while (at > 0 && char.IsAsciiDigit(line[at - 1])) at = line.IndexOf(day, at + 1, StringComparison.Ordinal);
        return at >= 0;
    }

    private GoldVisit? Assign(Story story)
    {
        string own = text[story.Span.Start..story.Span.End];
        GoldVisit? best = null;
        double bestScore = 0;
        foreach (GoldVisit visit in gold.Visits)
        {
            if (_taken.Contains(visit)) continue;
            double score = 0.01;
            if (visit.Leader != null && own.Contains(visit.Leader, StringComparison.Ordinal)) score += 3;
            foreach (string to in visit.To) if (own.Contains(to[^Math.Min(3, to.Length)..], StringComparison.Ordinal)) score += 1;
            foreach (string stop in visit.Stops) if (own.Contains(stop, StringComparison.Ordinal)) score += 0.5;
            if (score <= bestScore) continue;
            best = visit;
            bestScore = score;
        }
        if (best != null && bestScore < 0.5 && story.Index > 0) return null;
        if (best != null) _taken.Add(best);
        return best;
    }
}

/// <summary>What a candidate was found to be.</summary>
internal sealed record GoldCandidate(GoldMeeting? Meeting, GoldAgreement? Agreement);

/// <summary>Gathers the words that could be meetings and agreements, and matches them with the labels, each label once.</summary>
internal sealed class CandidateCollector(GoldArticle gold, string text) : ILinkDecider
{
    private readonly List<(Decision Decision, string Name, int Offset)> _found = [];
    private readonly Dictionary<int, List<string>> _names = [];

    public void Begin(Story story)
    {
    }

    public bool Decide(Decision decision, FeatureList features, Candidate candidate, out double probability)
    {
        probability = 0;
        if (decision is Decision.Meeting or Decision.Agreement) _found.Add((decision, candidate.Text!, int.Parse(candidate.Other!, System.Globalization.CultureInfo.InvariantCulture)));
        return false;
    }

    public int Choose(Decision decision, List<FeatureList> features, List<Candidate> candidates, string? about, out double probability)
    {
        probability = 0;
        if (decision == Decision.AgreementName) _names[int.Parse(about!, System.Globalization.CultureInfo.InvariantCulture)] = candidates.ConvertAll(static c => c.Text!);
        return -1;
    }

    public Dictionary<(Decision, int), GoldCandidate> Assign()
    {
        var assigned = new Dictionary<(Decision, int), GoldCandidate>();
        foreach (GoldMeeting meeting in gold.Meetings)
            Take(assigned, Decision.Meeting, meeting.Kind, (offset, _) => Near(offset, meeting.Place, 60) * 2 + Near(offset, meeting.Chair, 150) * 2, new GoldCandidate(meeting, null));
        foreach (GoldAgreement agreement in gold.Agreements)
            Take(assigned, Decision.Agreement, agreement.Name, (offset, name) => (Matching.Same(agreement.Name, name) ? 1 : 0)
                + agreement.Parties.Sum(p => Near(offset, p, 100)) + agreement.Signatories.Sum(s => Near(offset, s, 100)), new GoldCandidate(null, agreement));
        return assigned;
    }

    private void Take(Dictionary<(Decision, int), GoldCandidate> assigned, Decision decision, string name, Func<int, string, double> score, GoldCandidate value)
    {
        double bestScore = double.MinValue;
        int best = -1;
        int order = 0, line = text.IndexOf('\n', StringComparison.Ordinal);
        foreach ((Decision d, string candidate, int offset) in _found)
        {
            if (d != decision || assigned.ContainsKey((decision, offset)) || !(Matching.Loose(name, candidate) || decision == Decision.Agreement && _names.TryGetValue(offset, out List<string>? names) && names.Exists(n => Matching.Loose(name, n)))) continue;
            double own = score(offset, candidate) - (0.01 * order++) - (offset < line ? 1.5 : 0);
            if (own <= bestScore) continue;
            (best, bestScore) = (offset, own);
        }
        if (best >= 0) assigned[(decision, best)] = value;
    }

    private double Near(int offset, string? value, int distance)
    {
        if (string.IsNullOrEmpty(value)) return 0;
        int start = Math.Max(0, offset - distance), end = Math.Min(text.Length, offset + distance);
        string tail = value.Length > 4 ? value[..4] : value;
        return text.AsSpan(start, end - start).Contains(tail, StringComparison.Ordinal) ? 1 : 0;
    }
}
