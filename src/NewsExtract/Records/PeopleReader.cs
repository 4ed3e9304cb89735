using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>A participant while the article is put together.</summary>
internal sealed class ParticipantDraft(PersonEntity person, Story story, TextSpan span)
{
    public PersonEntity Person { get; } = person;

    public Story Story { get; } = story;

    /// <summary>The mention in running text that introduces the person.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>The number of that mention among the text's names, or -1.</summary>
    public int Name { get; init; } = -1;

    public string? Affiliation { get; set; }

    /// <summary>What the affiliation was taken from; none for a composed one.</summary>
    public Party Body { get; set; } = Party.None;

    /// <summary>What the first post leaves to the context, as <see cref="AffiliationReader"/> has it.</summary>
    public int Need { get; set; }

    public string Side { get; set; } = "none";

    public double Confidence { get; set; } = 1;
}

/// <summary>Reads who took part, whose their posts are, and on which side they stand.</summary>
internal sealed class PeopleReader(ILinkDecider links, TextContext context, Relations relations, BodyKinds bodies)
{
    private static readonly TermSet Accompany = TermSet.Of(TermClass.Accompany);
    private static readonly TermSet Attend = TermSet.Of(TermClass.Attend);
    private static readonly TermSet Receive = TermSet.Of(TermClass.VisitReceive);
    private static readonly TermSet Go = TermSet.Of(TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitStop, TermClass.VisitInspect, TermClass.VisitLead);
    private static readonly TermSet Speech = TermSet.Of(TermClass.SpeechVerb);
    private readonly FeatureList _features = new();
    private readonly NameRuns _runs = new(context);
    private readonly AffiliationReader _affiliations = new(links, context, relations, bodies);

    private ResolvedText Resolved => context.Resolved;

    public List<ParticipantDraft> Read(IReadOnlyList<Story> stories, IReadOnlyList<TripDraft?> trips)
    {
        _runs.Start();
        var drafts = new List<ParticipantDraft>();
        foreach (PersonEntity person in Resolved.People)
        {
            if (relations.IsDelegator(person) || relations.IsCitedLeader(person) || !TryPlace(person, stories, out Story? story, out TextSpan span)) continue;
            _features.Clear();
            DescribeParticipant(person, story!, span, trips[story!.Index]);
            links.Begin(story);
            if (!links.Decide(Decision.Participant, _features, new Candidate(person.Name), out double probability)) continue;
            drafts.Add(new ParticipantDraft(person, story, span) { Confidence = probability, Name = _runs.At(span) });
        }
        drafts.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        _affiliations.Start();
        foreach (bool again in (ReadOnlySpan<bool>)[false, true])
        {
            for (int i = 0; i < drafts.Count; i++)
            {
                links.Begin(drafts[i].Story);
                _affiliations.Read(drafts, i, trips[drafts[i].Story.Index], _runs, again);
            }
            for (int i = 0; i < drafts.Count; i++)
            {
                links.Begin(drafts[i].Story);
                ReadSide(drafts, i, trips[drafts[i].Story.Index], again);
            }
        }
        return drafts;
    }

    /// <summary>The story that introduces the person, by running text first.</summary>
    private bool TryPlace(PersonEntity person, IReadOnlyList<Story> stories, out Story? story, out TextSpan span)
    {
        foreach (Story candidate in stories)
        {
            if (relations.FirstInBody(person, candidate) is not { } at) continue;
            story = candidate;
            span = at;
            return true;
        }
        story = null;
        span = default;
        return false;
    }

    private void DescribeParticipant(PersonEntity person, Story story, TextSpan span, TripDraft? trip)
    {
        FeatureList f = _features;
        context.Describe(f, span, story);
        DescribePerson(f, person, story, span);
        f.Add(Feature.TravelBest, context.MostTravel(person.Spans, story));
        f.AddIf(trip != null, Feature.HasVisit);
        f.AddIf(trip?.Leader == person, Feature.IsLeader);
        f.AddIf(person.IsCredit, Feature.IsCredit, person.Posts.Count > 0 ? 2 : 1);
        f.AddIf(relations.IsDelegator(person), Feature.ByDelegation);
        f.AddIf(relations.IsNationalLeader(person), Feature.IsNationalLeader);
        f.AddIf(person.Name.Contains('某') || person.Name.Contains('×') || person.Name.Contains('X'), Feature.IsMasked);
        f.AddIf(relations.EverFollowedBy(person, story, Speech), Feature.VerbAfter, 40);
        TextContext.AddSentenceClasses(f, Feature.ParagraphHas, context.ParagraphTerms(context.Layout.ParagraphAt(span.Start)));
        f.AddIf(context.Text.AsSpan(span.End).StartsWith("等", StringComparison.Ordinal), Feature.CharAfter, 60);
        f.AddIf(span.Start > 0 && context.Text[span.Start - 1] is '为' or '以' or '像' or '如', Feature.CharBefore, 61);
        f.AddIf(context.Text.AsSpan(span.End).StartsWith("家", StringComparison.Ordinal), Feature.CharAfter, 62);
    }

    private void DescribePerson(FeatureList f, PersonEntity person, Story story, TextSpan span)
    {
        f.AddIf(person.Posts.Count > 0, Feature.HasPost);
        f.Add(Feature.PostCount, FeatureList.Bucket(person.Posts.Count));
        f.Add(Feature.MentionCount, FeatureList.Bucket(relations.CountIn(person, story)));
        f.AddIf(relations.InTitle(person), Feature.InTitle);
        f.AddIf(relations.IsInListBefore(span), Feature.ListMateBefore);
        f.AddIf(relations.IsInListAfter(span), Feature.ListMateAfter);
        f.AddIf(relations.EverFollowedBy(person, story, Accompany), Feature.Accompanies, 1);
        f.AddIf(relations.EverPrecededBy(person, story, Accompany), Feature.Accompanies, 2);
        f.AddIf(relations.EverFollowedBy(person, story, Receive), Feature.Receives, 1);
        f.AddIf(relations.EverPrecededBy(person, story, Receive), Feature.Receives, 2);
        f.AddIf(relations.EverFollowedBy(person, story, Go), Feature.Goes, 1);
        f.AddIf(relations.EverFollowedBy(person, story, Attend), Feature.AnyLineUp, 1);
        f.AddIf(relations.EverFollowedByText(person, story, "一行"), Feature.OneLineAfter);
        if (person.Posts.Count == 0) return;
        Post post = person.Posts[0];
        f.AddIf(post.Place >= 0, Feature.PostNamesPlace);
        f.AddIf(post.Organization >= 0 || post.Body.Length > 0, Feature.PostNamesBody);
        f.AddIf(post.Shared, Feature.PostIsShared);
        f.Add(Feature.PostLevel, (int)post.Level);
    }

    private void ReadSide(List<ParticipantDraft> drafts, int index, TripDraft? trip, bool again)
    {
        ParticipantDraft draft = drafts[index];
        if (trip == null)
        {
            draft.Side = "none";
            return;
        }
        _features.Clear();
        DescribeSide(drafts, index, trip);
        if (again) DescribeSideAgain(drafts, index);
        bool visitor = links.Decide(again ? Decision.VisitorAgain : Decision.Visitor, _features, new Candidate(draft.Person.Name), out double pv);
        bool host = links.Decide(again ? Decision.HostAgain : Decision.Host, _features, new Candidate(draft.Person.Name), out double ph);
        draft.Side = visitor && (!host || pv >= ph) ? "visitor" : host ? "host" : "none";
        if (again) draft.Confidence *= Math.Sqrt(visitor || host ? Math.Max(pv, ph) : 1 - Math.Max(pv, ph));
    }

    /// <summary>On which side those of the same affiliation and those of the same run were found.</summary>
    private void DescribeSideAgain(List<ParticipantDraft> drafts, int index)
    {
        ParticipantDraft draft = drafts[index];
        Span<int> affiliation = stackalloc int[3], run = stackalloc int[3];
        affiliation.Clear();
        run.Clear();
        for (int i = 0; i < drafts.Count; i++)
        {
            ParticipantDraft other = drafts[i];
            if (i == index || other.Story != draft.Story) continue;
            int side = SideValue(other);
            if (other.Affiliation != null && (other.Affiliation == draft.Affiliation || other.Body == draft.Body && !draft.Body.IsNone)) affiliation[side]++;
            if (_runs.AreTogether(draft.Name, other.Name)) run[side]++;
        }
        _features.Add(Feature.SideBefore, SideValue(draft));
        _features.Add(Feature.SidesOfAffiliation, Counts(affiliation));
        _features.Add(Feature.SidesOfRun, Counts(run));
    }

    private static int Counts(ReadOnlySpan<int> sides) => (Math.Min(sides[1], 3) * 12) + (Math.Min(sides[2], 3) * 3) + Math.Min(sides[0], 2);

    /// <summary>0 neither, 1 visitor, 2 host.</summary>
    private static int SideValue(ParticipantDraft draft) => draft.Side == "visitor" ? 1 : draft.Side == "host" ? 2 : 0;

    private void DescribeSide(List<ParticipantDraft> drafts, int index, TripDraft trip)
    {
        FeatureList f = _features;
        ParticipantDraft draft = drafts[index];
        PersonEntity person = draft.Person;
        Story story = trip.Story;
        context.Describe(f, draft.Span, story);
        DescribePerson(f, person, story, draft.Span);
        f.AddIf(trip.Leader == person, Feature.IsLeader);
        int direction = Direction(trip);
        f.Add(Feature.FromIsHome, direction);
        int origin = relations.Origins.Of(person);
        f.Add(Feature.OriginAndLeader, (direction * 16) + (origin * 4) + relations.Origins.Of(trip.Leader));
        f.Add(Feature.OriginAndTrip, (origin * 16) + (relations.Origins.Lies(trip.From) * 4) + Lies(trip));
        f.Add(Feature.OriginAndLying, (relations.Origins.Of(trip.Leader) * 12) + (origin * 3) + relations.Origins.Lies(draft.Body));
        int relation = Relation(draft, trip);
        f.Add(Feature.AffiliationIs, relation);
        f.Add(Feature.DirectionAndPost, (direction * 16) + relation);
        int accompany = AccompanyPattern(draft.Span);
        f.Add(Feature.AccompanyAndPlace, accompany * 16);
        f.Add(Feature.AccompanyAndPlace, (accompany * 16) + relation);
        f.Add(Feature.SideOfListMate, index > 0 && draft.Span.Start - drafts[index - 1].Span.End < 30 && context.Layout.SentenceAt(drafts[index - 1].Span.Start) == context.Layout.SentenceAt(draft.Span.Start) ? Relation(drafts[index - 1], trip) + 1 : 0);
        if (trip.Leader is { } leader && relations.FirstInBody(leader, story) is { } lead)
        {
            bool same = context.Layout.SentenceAt(lead.Start) == context.Layout.SentenceAt(draft.Span.Start);
            f.AddIf(same, Feature.SameSentenceAsLeader, draft.Span.Start > lead.Start ? 1 : 2);
            if (same && draft.Span.Start > lead.Start)
            {
                // Whether a verb of going or receiving parts the two.
                bool parted = context.TryVerbAfter(lead.End, draft.Span.Start, Go, out _), received = context.TryVerbAfter(lead.End, draft.Span.Start, Receive | Accompany, out _);
                f.Add(Feature.ListMateOfLeader, (parted ? 1 : 0) + (received ? 2 : 0) + 1);
            }
            Party own = relations.StatedBody(leader), mine = relations.StatedBody(person);
            f.AddIf(!own.IsNone && own == mine, Feature.IsLeaderBody, 1);
            f.AddIf(own.IsNone && mine.IsNone, Feature.IsLeaderBody, 2);
            f.AddIf(own.IsNone != mine.IsNone, Feature.IsLeaderBody, 3);
        }
        else f.Add(Feature.HasLeader, 2);
        f.AddIf(IsBodyOfStop(draft, trip), Feature.IsBodyOfStop);
        AddSentenceEnd(f, draft.Span);
        AddRun(f, drafts, index, relation, direction);
        int nameRelation = NameRelation(draft, drafts, trip);
        f.Add(Feature.NameRelation, nameRelation);
        f.Add(Feature.RelationAndRelation, (nameRelation * 8) + direction);
    }

    /// <summary>0 nowhere known, 1 all at home, 2 some abroad: where the trip goes.</summary>
    private int Lies(TripDraft trip)
    {
        int lies = 0;
        foreach (int to in trip.To) lies = Math.Max(lies, relations.Origins.Lies(new Party(to, -1)));
        return lies;
    }

    /// <summary>What governs the run of names that the person stands in, and how those before in it were judged.</summary>
    private void AddRun(FeatureList f, List<ParticipantDraft> drafts, int index, int relation, int direction)
    {
        int name = drafts[index].Name;
        f.Add(Feature.RunLength, FeatureList.Bucket(_runs.Length(name)));
        if (_runs.TryVerbBehind(name, out LexiconHit behind))
        {
            context.AddClasses(f, Feature.RunVerbBehind, behind, TextContext.VerbClasses);
            f.Add(Feature.RunWordBehind, WordValue(behind));
        }
        if (_runs.TryVerbInFront(name, out LexiconHit front))
        {
            context.AddClasses(f, Feature.RunVerbInFront, front, TextContext.VerbClasses);
            f.Add(Feature.RunWordInFront, WordValue(front));
        }
        else f.Add(Feature.RunVerbInFront, 40);
        if (_runs.MateBefore(drafts, index, name) is >= 0 and int i)
        {
            f.Add(Feature.RunMateSide, drafts[i].Side == "visitor" ? 1 : drafts[i].Side == "host" ? 2 : 3);
            f.Add(Feature.RunMateSource, ((drafts[i].Side == "visitor" ? 1 : drafts[i].Side == "host" ? 2 : 3) * 16) + (drafts[i].Affiliation == drafts[index].Affiliation ? 8 : 0) + direction);
        }
    }

    /// <summary>A word as a small number: different words rarely share one.</summary>
    private int WordValue(LexiconHit hit)
    {
        int value = 0;
        for (int i = hit.Start; i < hit.End; i++) value = (value * 31) + context.Text[i];
        return (value & 0x7FFFFFFF) % 251;
    }

    /// <summary>1 the leader's own body, 2 the visitors', 3 below it, 4 the visited place, 5 below it, 6 no affiliation, 0 another.</summary>
    private int NameRelation(ParticipantDraft draft, List<ParticipantDraft> drafts, TripDraft trip)
    {
        if (draft.Affiliation is not { Length: > 0 } own) return 6;
        foreach (ParticipantDraft other in drafts)
            if (other.Person == trip.Leader && other != draft && other.Affiliation == own) return 1;
        string from = relations.NameOf(trip.From);
        if (from.Length > 1)
        {
            if (own == from) return 2;
            if (own.StartsWith(from, StringComparison.Ordinal)) return 3;
        }
        foreach (int id in trip.To)
        {
            string to = Resolved.Places[id].Written;
            if (own == to || Resolved.Places[id].Chain.EndsWith(own, StringComparison.Ordinal)) return 4;
            if (own.StartsWith(to, StringComparison.Ordinal) || Resolved.Places[id].Chain.Contains(own, StringComparison.Ordinal)) return 5;
        }
        return 0;
    }

    /// <summary>1 home travels, 2 home receives, 3 within home, 4 neither is home, 0 unknown.</summary>
    private int Direction(TripDraft trip)
    {
        int home = Resolved.Frame.Home, homeBody = Resolved.Frame.HomeOrganization;
        bool fromHome = (home >= 0 && trip.From.Place == home) || (homeBody >= 0 && trip.From.Organization == homeBody);
        bool toHome = false, inside = false;
        foreach (int to in trip.To)
        {
            toHome |= to == home;
            inside |= home >= 0 && to != home && relations.IsWithin(Resolved.Places[to], Resolved.Places[home]);
        }
        if (fromHome) return inside || toHome ? 3 : 1;
        if (toHome || inside) return 2;
        return home < 0 && homeBody < 0 ? 0 : 4;
    }

    /// <summary>How the person's place or body stands to the trip's two ends; values 0..12.</summary>
    private int Relation(ParticipantDraft draft, TripDraft trip)
    {
        Party body = draft.Body.IsNone ? relations.StatedBody(draft.Person) : draft.Body;
        if (body.Organization >= 0)
        {
            if (trip.From.Organization == body.Organization) return 1;
            OrganizationEntity organization = Resolved.Organizations[body.Organization];
            if (body.Organization == Resolved.Frame.HomeOrganization) return 2;
            foreach (TextSpan stop in trip.Stops)
                foreach (TextSpan span in organization.Spans)
                    if (span.Overlaps(stop)) return 3;
            if (relations.IsVisited(organization)) return 3;
            if (organization.Place >= 0) return 4 + PlaceRelation(Resolved.Places[organization.Place], trip) % 4;
            return 8;
        }
        return body.Place < 0 ? 9 : 10 + PlaceRelation(Resolved.Places[body.Place], trip);
    }

    /// <summary>0 of neither, 1 of the visitors, 2 of the visited, 3 of both, 4 home otherwise, 5 above the visited.</summary>
    private int PlaceRelation(PlaceEntity place, TripDraft trip)
    {
        bool from = trip.From.Place >= 0 && relations.IsWithin(place, Resolved.Places[trip.From.Place]), to = false, above = false;
        foreach (int id in trip.To)
        {
            to |= relations.IsWithin(place, Resolved.Places[id]);
            above |= relations.IsWithin(Resolved.Places[id], place);
        }
        if (from && to) return 3;
        if (to) return 2;
        if (from) return 1;
        if (above) return 5;
        return place.Id == Resolved.Frame.Home ? 4 : 0;
    }

    /// <summary>1 X陪同, 2 在X陪同下, 3 陪同X, 4 X、Y…陪同 later in the sentence, 5 X参加 later, 6 会见X, 7 X会见, 0 none of them.</summary>
    private int AccompanyPattern(TextSpan span)
    {
        TextSpan clause = context.Clause(span.Start), sentence = context.SentenceSpan(span.Start);
        if (context.TryVerbBefore(Math.Max(clause.Start, span.Start - 20), span.Start, Accompany, out _)) return 3;
        if (context.TryVerbBefore(Math.Max(clause.Start, span.Start - 24), span.Start, Receive, out _)) return 6;
        if (context.TryVerbAfter(span.End, sentence.End, Accompany, out LexiconHit verb))
        {
            if (context.Text.AsSpan(verb.Start, Math.Min(4, context.Text.Length - verb.Start)).Contains('下')) return 2;
            return verb.Start - span.End < 4 ? 1 : 4;
        }
        if (context.TryVerbAfter(span.End, Math.Min(sentence.End, span.End + 6), Receive, out _)) return 7;
        return context.TryVerbAfter(span.End, sentence.End, Attend, out _) ? 5 : 0;
    }

    /// <summary>How the sentence that names the person ends: the verb behind the last name.</summary>
    private void AddSentenceEnd(FeatureList f, TextSpan span)
    {
        TextSpan sentence = context.SentenceSpan(span.Start);
        int lastName = span.End, names = 0;
        List<NameSpan> all = Resolved.Tagged.Names;
        for (int i = Resolved.Tagged.NamesBefore(sentence.Start); i < all.Count && all[i].Span.Start < sentence.End; i++)
        {
            names++;
            lastName = Math.Max(lastName, all[i].Span.End);
        }
        f.Add(Feature.Rank, FeatureList.Bucket(names));
        if (context.TryVerbAfter(lastName, sentence.End, TextContext.Verbs, out LexiconHit hit)) context.AddClasses(f, Feature.VerbInSentence, hit, TextContext.VerbClasses);
    }

    private bool IsBodyOfStop(ParticipantDraft draft, TripDraft trip)
    {
        if (draft.Affiliation is not { Length: > 2 } name) return false;
        foreach (TextSpan stop in trip.Stops)
            if (context.Text.AsSpan(stop.Start, stop.Length).Contains(name, StringComparison.Ordinal) || name.AsSpan().Contains(context.Text.AsSpan(stop.Start, stop.Length), StringComparison.Ordinal)) return true;
        return false;
    }
}
