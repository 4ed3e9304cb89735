using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>Reads the trip that a story tells of: whether there was one, who led it, from where, to where, on which days.</summary>
internal sealed class TripReader(ILinkDecider links, TextContext context, Relations relations, ArrivalReader arrivals)
{
    private static readonly TermSet Lead = TermSet.Of(TermClass.VisitLead);
    private static readonly TermSet Group = TermSet.Of(TermClass.GroupNoun, TermClass.DelegationNoun);
    private static readonly TermSet GoClasses = TermSet.Of(TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitStop);
    private readonly StayScopes _scopes = new(context, relations, arrivals);
    private readonly DayReader _days = new(links, context, relations);
    private readonly FeatureList _features = new();
    private readonly List<FeatureList> _pool = [];
    private readonly List<Candidate> _candidates = [];

    private ResolvedText Resolved => context.Resolved;

    /// <summary>How likely the story that was read last reports a trip.</summary>
    public double Likely { get; private set; }

    public TripDraft? Read(Story story, int stories)
    {
        links.Begin(story);
        _features.Clear();
        StoryFeatures(_features, story, stories);
        bool reports = links.Decide(Decision.Visit, _features, new Candidate(null), out double probability);
        Likely = probability;
        if (!reports) return null;
        var trip = new TripDraft(story) { Confidence = probability };
        ChooseLeader(trip);
        ChooseFrom(trip);
        ChoosePlaces(trip);
        _days.Choose(trip);
        // What begins after the day of publication is planned, whatever the words.
        return context.Layout.Published is { } published && trip.Start.IsFull && trip.Start > CalendarDate.From(published) ? null : trip;
    }

    private void StoryFeatures(FeatureList f, Story story, int stories)
    {
        Layout layout = context.Layout;
        int goes = 0, comes = 0, inspects = 0, receives = 0, leads = 0, stops = 0, accompanies = 0, signs = 0, groups = 0, donations = 0, noEvent = 0, planned = 0, retold = 0, homeComes = 0, goPlaces = 0;
        int body = 0;
        TermSet first = default, title = default;
        for (int s = 0; s < layout.Sentences.Count; s++)
        {
            Sentence sentence = layout.Sentences[s];
            if (!story.Contains(sentence.Span.Start)) continue;
            TermSet terms = context.SentenceTerms[s];
            if (sentence.Role == TextRole.Title) title |= terms;
            if (sentence.Role != TextRole.Body) continue;
            if (body < 2) first |= terms;
            body++;
            goes += Count(terms, TermClass.VisitGo);
            comes += Count(terms, TermClass.VisitCome);
            inspects += Count(terms, TermClass.VisitInspect);
            receives += Count(terms, TermClass.VisitReceive);
            leads += Count(terms, TermClass.VisitLead);
            stops += Count(terms, TermClass.VisitStop);
            accompanies += Count(terms, TermClass.Accompany);
            signs += Count(terms, TermClass.SignVerb);
            groups += Count(terms, TermClass.GroupNoun);
            donations += Count(terms, TermClass.Donation);
            noEvent += Count(terms, TermClass.NoEvent);
            planned += Count(terms, TermClass.Planned);
            retold += Count(terms, TermClass.Retold);
            if (terms.Has(TermClass.HomePlaceWord) && terms.Has(TermClass.VisitCome)) homeComes++;
        }
        foreach (PlaceEntity place in Resolved.Places)
            foreach (TextSpan span in place.Spans)
                if (story.Contains(span.Start) && relations.IsRightAfter(span.Start, GoClasses)) goPlaces++;
        f.Add(Feature.Goes, FeatureList.Bucket(goes));
        f.Add(Feature.Comes, FeatureList.Bucket(comes));
        f.Add(Feature.Inspects, FeatureList.Bucket(inspects));
        f.Add(Feature.Receives, FeatureList.Bucket(receives));
        f.Add(Feature.Leads, FeatureList.Bucket(leads));
        f.Add(Feature.Stops, FeatureList.Bucket(stops));
        f.Add(Feature.Accompanies, FeatureList.Bucket(accompanies));
        f.Add(Feature.Signs, FeatureList.Bucket(signs));
        f.Add(Feature.Groups, FeatureList.Bucket(groups));
        f.Add(Feature.Donations, FeatureList.Bucket(donations));
        f.Add(Feature.NoEvent, FeatureList.Bucket(noEvent));
        f.Add(Feature.Planned, FeatureList.Bucket(planned));
        f.Add(Feature.Retold, FeatureList.Bucket(retold));
        f.Add(Feature.HomeComes, FeatureList.Bucket(homeComes));
        f.Add(Feature.GoPlace, FeatureList.Bucket(goPlaces));
        f.Add(Feature.StoryCount, Math.Min(stories, 4));
        f.Add(Feature.Length, FeatureList.Bucket(body));
        for (int i = 0; i < TextContext.SentenceClasses.Length; i++)
        {
            f.AddIf(first.Has(TextContext.SentenceClasses[i]), Feature.FirstHas, i);
            f.AddIf(title.Has(TextContext.SentenceClasses[i]), Feature.TitleHas, i);
        }
        int people = 0, posted = 0, national = 0;
        foreach (PersonEntity person in Resolved.People)
        {
            if (person.IsCredit && person.Posts.Count == 0 || person.Spans.Count == 0 || !story.Contains(person.Spans[0].Start)) continue;
            people++;
            if (person.Posts.Count > 0) posted++;
            if (relations.IsNationalLeader(person)) national++;
        }
        f.Add(Feature.People, FeatureList.Bucket(people));
        f.Add(Feature.PostCount, FeatureList.Bucket(posted));
        f.Add(Feature.IsNationalLeader, FeatureList.Bucket(national));
        DescribeTravel(f, story);
        f.Add(Feature.LeadBest, context.Likeliest(story.Span.Start, story.Span.End).Level);
        StoryTense.Describe(f, context, story);
        StoryTense.DescribeDays(f, context, story);
        f.AddIf(relations.HasGroupOneLine(story), Feature.OneLineAfter);
        f.AddIf(relations.HasPersonThenGo(story), Feature.AnyLineUp, 1);
        f.AddIf(relations.HasPersonThenLead(story), Feature.AnyLineUp, 2);
        f.AddIf(relations.HasReceivedGroup(story), Feature.AnyLineUp, 3);
    }

    private void DescribeTravel(FeatureList f, Story story)
    {
        int best = 0, likely = 0, body = 0;
        for (int i = 0; i < context.Layout.SentenceList.Count; i++)
        {
            Sentence sentence = context.Layout.SentenceList[i];
            if (!story.Contains(sentence.Span.Start)) continue;
            int tenths = context.Travel[i];
            if (sentence.Role == TextRole.Title) f.Add(Feature.TravelInTitle, tenths / 2);
            if (sentence.Role != TextRole.Body) continue;
            if (body++ < 2) f.Add(Feature.TravelFirst, ((body - 1) * 16) + tenths);
            best = Math.Max(best, tenths);
            if (tenths >= 6) likely++;
        }
        f.Add(Feature.TravelBest, best);
        f.Add(Feature.TravelCount, FeatureList.Bucket(likely));
    }

    private static int Count(TermSet terms, TermClass c) => terms.Has(c) ? 1 : 0;

    private void ChooseLeader(TripDraft trip)
    {
        Story story = trip.Story;
        _candidates.Clear();
        var people = new List<PersonEntity>();
        int rank = 0;
        foreach (PersonEntity person in Resolved.People)
        {
            TextSpan? at = relations.FirstInBody(person, story);
            if (at is not { } span || (person.IsCredit && person.Posts.Count == 0) || relations.IsDelegator(person)) continue;
            FeatureList f = Next(people.Count);
            context.Describe(f, span, story);
            f.Add(Feature.Rank, Math.Min(rank++, 8));
            DescribePerson(f, person, story, span);
            f.Add(Feature.TravelBest, context.MostTravel(person.Spans, story));
            int own = context.LevelOf(person, story.Span), others = context.Likeliest(story.Span.Start, story.Span.End, person.Id).Level;
            f.Add(Feature.LeadBest, own);
            f.Add(Feature.LeadChange, (own * 4) + (others / 3));
            people.Add(person);
            _candidates.Add(new Candidate(person.Name));
        }
        int choice = links.Choose(Decision.Leader, _pool, _candidates, null, out double probability);
        if (choice < 0) return;
        trip.Leader = people[choice];
        trip.Confidence *= Math.Sqrt(probability);
        if (relations.FirstInBody(people[choice], story) is { } found) trip.Evidence.Add(found);
    }

    private void DescribePerson(FeatureList f, PersonEntity person, Story story, TextSpan span)
    {
        f.AddIf(person.Posts.Count > 0, Feature.HasPost);
        f.Add(Feature.OriginAndLying, (relations.Origins.Of(person) * 3) + relations.Origins.Lies(relations.StatedBody(person)));
        f.Add(Feature.MentionCount, FeatureList.Bucket(relations.CountIn(person, story)));
        f.AddIf(relations.InTitle(person), Feature.InTitle);
        f.AddIf(relations.IsInListBefore(span), Feature.ListMateBefore);
        f.AddIf(relations.IsInListAfter(span), Feature.ListMateAfter);
        f.AddIf(context.Index.TryStart(span.End, Lead, out LexiconHit lead) && context.Sits(lead), Feature.Leads, 1);
        f.AddIf(relations.EverFollowedBy(person, story, Lead), Feature.Leads, 2);
        f.AddIf(relations.EverFollowedBy(person, story, TermSet.Of(TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitStop, TermClass.VisitInspect)), Feature.Goes, 1);
        f.AddIf(relations.EverFollowedBy(person, story, TermSet.Of(TermClass.VisitReceive)), Feature.Receives, 1);
        f.AddIf(relations.EverFollowedBy(person, story, TermSet.Of(TermClass.Accompany)), Feature.Accompanies, 1);
        f.AddIf(relations.EverPrecededBy(person, story, TermSet.Of(TermClass.VisitReceive)), Feature.Receives, 2);
        f.AddIf(relations.EverPrecededBy(person, story, TermSet.Of(TermClass.Accompany)), Feature.Accompanies, 2);
        f.AddIf(relations.EverFollowedByText(person, story, "一行"), Feature.OneLineAfter);
        f.AddIf(relations.IsDelegator(person), Feature.ByDelegation);
        f.AddIf(relations.IsNationalLeader(person), Feature.IsNationalLeader);
        f.AddIf(relations.IsFirstInSentence(span), Feature.OrderInSentence, 1);
        f.AddIf(person.Posts.Count > 0 && person.Posts[0].Place >= 0 && person.Posts[0].Place == Resolved.Frame.Home, Feature.IsHome);
        f.AddIf(person.Posts.Count > 0 && person.Posts[0].Place >= 0 && person.Posts[0].Place != Resolved.Frame.Home, Feature.PostNamesPlace);
        f.AddIf(person.Posts.Count > 0 && person.Posts[0].Organization >= 0, Feature.PostNamesBody);
        if (person.Posts.Count > 0) f.Add(Feature.PostLevel, (int)person.Posts[0].Level);
    }

    private void ChooseFrom(TripDraft trip)
    {
        Story story = trip.Story;
        _candidates.Clear();
        var parties = new List<Party>();
        foreach (PlaceEntity place in Resolved.Places)
        {
            if (!relations.IsIn(place.Spans, story) && place.Id != Resolved.Frame.Home) continue;
            DescribeParty(Next(parties.Count), trip, new Party(place.Id, -1), place.Spans);
            parties.Add(new Party(place.Id, -1));
            _candidates.Add(new Candidate(place.Written, place.Chain));
        }
        foreach (OrganizationEntity organization in Resolved.Organizations)
        {
            if (!relations.IsIn(organization.Spans, story) && organization.Id != Resolved.Frame.HomeOrganization) continue;
            DescribeParty(Next(parties.Count), trip, new Party(-1, organization.Id), organization.Spans);
            parties.Add(new Party(-1, organization.Id));
            _candidates.Add(new Candidate(relations.NameOf(new Party(-1, organization.Id)), organization.Name));
        }
        int choice = links.Choose(Decision.VisitFrom, _pool, _candidates, null, out double probability);
        if (choice < 0) return;
        trip.From = parties[choice];
        trip.Confidence *= Math.Sqrt(probability);
    }

    private void DescribeParty(FeatureList f, TripDraft trip, Party party, List<TextSpan> spans, TextSpan? clearest = null)
    {
        Story story = trip.Story;
        TextSpan? first = null;
        int count = 0, go = 0, modifies = 0, inTitle = 0;
        foreach (TextSpan span in spans)
        {
            if (!story.Contains(span.Start)) continue;
            count++;
            first ??= context.Layout.RoleAt(span.Start) is TextRole.Body or TextRole.Heading ? span : null;
            if (relations.IsRightAfter(span.Start, GoClasses)) go++;
            if (relations.ModifiesGroup(span)) modifies++;
            if (context.Layout.RoleAt(span.Start) == TextRole.Title) inTitle++;
        }
        if ((clearest ?? first) is { } at) context.Describe(f, at, story);
        f.Add(Feature.TravelBest, context.MostTravel(spans, story));
        f.Add(Feature.Kind, party.Place >= 0 ? 1 : 2);
        f.Add(Feature.MentionCount, FeatureList.Bucket(count));
        f.Add(Feature.GoPlace, FeatureList.Bucket(go));
        f.Add(Feature.ModifiesGroup, FeatureList.Bucket(modifies));
        f.AddIf(inTitle > 0, Feature.InTitle);
        f.AddIf(party.Place >= 0 && party.Place == Resolved.Frame.Home, Feature.IsHome);
        f.AddIf(party.Organization >= 0 && party.Organization == Resolved.Frame.HomeOrganization, Feature.IsHomeOrganization);
        f.Add(Feature.PostsHere, FeatureList.Bucket(relations.PostsOf(party)));
        if (party.Place >= 0)
        {
            PlaceEntity place = Resolved.Places[party.Place];
            f.Add(Feature.Level, (int)place.Level);
            f.AddIf(place.IsForeign, Feature.IsForeign);
            f.AddIf(relations.ContainsAnother(place), Feature.ContainsOther);
            f.AddIf(Resolved.Frame.Home >= 0 && relations.IsWithin(place, Resolved.Places[Resolved.Frame.Home]) && place.Id != Resolved.Frame.Home, Feature.IsWithinTo);
        }
        else
        {
            f.AddIf(Resolved.Organizations[party.Organization].IsCompany, Feature.IsCompany);
            f.AddIf(relations.IsVisited(Resolved.Organizations[party.Organization]), Feature.IsTo);
        }
        if (trip.Leader is not { } leader) return;
        f.Add(Feature.HasLeader);
        f.Add(Feature.OriginAndLying, (relations.Origins.Of(leader) * 3) + relations.Origins.Lies(party));
        f.Add(Feature.OriginAndHolders, (relations.Origins.Of(leader) * 4) + relations.Origins.Holders(party, leader));
        Party own = relations.StatedBody(leader);
        f.AddIf(own == party, Feature.IsLeaderBody, 1);
        f.AddIf(own.IsNone && leader.Posts.Count > 0 && party.Place >= 0 && party.Place == Resolved.Frame.Home && leader.Posts[0].Level != BodyLevel.Organization, Feature.IsLeaderBody, 2);
        f.AddIf(own.IsNone && leader.Posts.Count > 0 && party.Organization >= 0 && party.Organization == Resolved.Frame.HomeOrganization && leader.Posts[0].Level is BodyLevel.Organization or BodyLevel.None, Feature.IsLeaderBody, 3);
        f.AddIf(own.Place >= 0 && party.Place >= 0 && own.Place != party.Place && relations.IsWithin(Resolved.Places[own.Place], Resolved.Places[party.Place]), Feature.IsLeaderBody, 4);
        f.AddIf(leader.Posts.Count > 0 && party.Place >= 0 && Relations.Fits(leader.Posts[0].Level, Resolved.Places[party.Place]), Feature.LevelFits);
        f.AddIf(!own.IsNone && own != party, Feature.IsLeaderBody, 5);
        f.AddIf(first is { } span2 && relations.FirstInBody(leader, story) is { } l && context.Layout.SentenceAt(l.Start) == context.Layout.SentenceAt(span2.Start), Feature.SameSentenceAsLeader);
        f.AddIf(first is { } before && relations.FirstInBody(leader, story) is { } lead && before.End <= lead.Start, Feature.OrderInSentence, 2);
    }

    private void ChoosePlaces(TripDraft trip)
    {
        Story story = trip.Story;
        var places = new List<PlaceEntity>();
        foreach (PlaceEntity place in Resolved.Places)
            if ((relations.IsIn(place.Spans, story) || place.Id == Resolved.Frame.Home) && place.Chain != "中国") places.Add(place);
        // The finest first: a place above others is judged by what was taken below it.
        places.Sort((a, b) => Depth(b) != Depth(a) ? Depth(b).CompareTo(Depth(a)) : a.Id.CompareTo(b.Id));
        arrivals.Begin(places, story);
        _scopes.Begin(story);
        for (int i = 0; i < places.Count; i++)
        {
            PlaceEntity place = places[i];
            if (OnlyLeadsToFiner(place, trip) || OnlyHoldsPosts(place, trip)) continue;
            _features.Clear();
            DescribeParty(_features, trip, new Party(place.Id, -1), place.Spans, arrivals.Clearest(place, story));
            arrivals.Add(_features, place, places, story);
            DescribePlace(_features, trip, place, place.Id);
            if (!links.Decide(Decision.VisitTo, _features, new Candidate(place.Chain, place.Written), out double p)) continue;
            trip.To.Add(place.Id);
            trip.Confidence *= Math.Pow(p, 0.2);
        }
        trip.To.Sort();
        foreach (int id in trip.To)
            foreach (TextSpan span in Resolved.Places[id].Spans)
                if (story.Contains(span.Start))
                {
                    trip.Evidence.Add(span);
                    break;
                }
    }

    /// <summary>赴深圳市|龙华区: whether running text has the place only right in front of finer ones, one of which was visited, so that nothing happened outside them.</summary>
    private bool OnlyLeadsToFiner(PlaceEntity place, TripDraft trip)
    {
        if (!trip.To.Exists(taken => taken != place.Id && relations.IsWithin(Resolved.Places[taken], place))) return false;
        List<TextSpan> told = place.Spans.FindAll(span => trip.Story.Contains(span.Start) && context.Layout.RoleAt(span.Start) != TextRole.Title);
        return told.Count > 0 && told.TrueForAll(span => relations.Places.StartingAt(span.End) is >= 0 and int next && relations.IsWithin(Resolved.Places[Resolved.PlaceOfMention[next]], place));
    }

    /// <summary>桂林|市委书记…到龙胜县: whether a city or province stands only in posts and bodies, and a county or town of it was visited.</summary>
    private bool OnlyHoldsPosts(PlaceEntity place, TripDraft trip) => place.Level is BodyLevel.City or BodyLevel.Province && !relations.HomeComes(trip.Story)
        && trip.To.Exists(taken => taken != place.Id && relations.IsWithin(Resolved.Places[taken], place)) && relations.CountTold(place, trip.Story, out int held) == held && held > 0;

    private int Depth(PlaceEntity place) => (relations.Depth(place) * 8) + (int)place.Level;

    private void DescribePlace(FeatureList f, TripDraft trip, PlaceEntity place, int rank)
    {
        Story story = trip.Story;
        f.Add(Feature.Rank, Math.Min(rank, 8));
        int finer = 0;
        foreach (int taken in trip.To) if (relations.IsWithin(Resolved.Places[taken], place)) finer++;
        _scopes.Add(f, place, finer);
        bool isHome = place.Id == Resolved.Frame.Home;
        f.Add(Feature.FinerTaken, FeatureList.Bucket(finer));
        f.Add(Feature.HomeAndFiner, (isHome ? 8 : 0) + (finer > 0 ? 4 : 0) + (relations.ContainsAnother(place) ? 2 : 0) + (trip.From.Place == place.Id ? 1 : 0));
        f.Add(Feature.PlaceKind, PlaceEnds.Kind(place.Written));
        int list = 0, inPlace = 0, inside = 0, inPosts = 0, caption = 0, came = 0, facility = 0, of = 0;
        foreach (TextSpan span in place.Spans)
        {
            if (!story.Contains(span.Start)) continue;
            if (relations.IsInListAfterVerb(span, GoClasses)) list++;
            if (span.Start > 0 && context.Text[span.Start - 1] == '在') inPlace++;
            if (relations.IsInsideOrganization(span)) inside++;
            if (relations.IsInsideFacility(span)) facility++;
            if (span.End < context.Text.Length && context.Text[span.End] == '的') of++;
            if (relations.IsInsidePost(span)) inPosts++;
            if (context.Layout.RoleAt(span.Start) == TextRole.Caption) caption++;
            if (relations.IsRightAfter(span.Start, TermSet.Of(TermClass.VisitCome))) came++;
        }
        f.Add(Feature.ListAfterVerb, FeatureList.Bucket(list));
        f.Add(Feature.HoldBefore, FeatureList.Bucket(inPlace));
        f.Add(Feature.HasPersonInside, FeatureList.Bucket(inside));
        f.Add(Feature.PostsHereBefore, FeatureList.Bucket(inPosts));
        f.Add(Feature.InCaption, FeatureList.Bucket(caption));
        f.Add(Feature.Comes, FeatureList.Bucket(came));
        f.Add(Feature.InsideFacility, FeatureList.Bucket(facility));
        f.AddIf(of > 0, Feature.FollowedByOf, (int)place.Level);
        f.AddIf(inPosts + inside + facility >= relations.CountIn(place.Spans, story), Feature.CoarserStands);
        f.AddIf(inPosts + inside == relations.CountIn(place.Spans, story), Feature.PlaceOnly);
        // 桂林|市委书记…到龙胜县: named only as whose post it is, whatever the line with the source has.
        int told = relations.CountTold(place, story, out int heldInPosts);
        f.Add(Feature.HoldsPostsOnly, (told == 0 ? 0 : told == heldInPosts ? 1 : 2) + (finer > 0 ? 3 : 0) + (relations.HomeComes(story) ? 6 : 0) + (isHome ? 12 : 0) + (trip.From.Place == place.Id ? 24 : 0));
        bool fromKnown = trip.From.Place >= 0;
        if (fromKnown)
        {
            PlaceEntity from = Resolved.Places[trip.From.Place];
            f.AddIf(from.Id == place.Id, Feature.IsFrom, place.Id == Resolved.Frame.Home ? 2 : 1);
            f.AddIf(from.Id != place.Id && relations.IsWithin(place, from), Feature.IsWithinFrom);
            f.AddIf(from.Id != place.Id && relations.IsWithin(from, place), Feature.ContainsFrom);
            f.AddIf(from.Id == Resolved.Frame.Home, Feature.FromIsHome, place.Id == Resolved.Frame.Home ? 2 : 1);
            if (Resolved.Frame.Home >= 0 && from.Id != Resolved.Frame.Home)
                f.Add(Feature.ToIsHome, place.Id == Resolved.Frame.Home ? 2 : relations.IsWithin(place, Resolved.Places[Resolved.Frame.Home]) ? 3 : 1);
        }
        else f.Add(trip.From.Organization >= 0 ? Feature.BodyOf : Feature.HasTo, trip.From.Organization >= 0 && trip.From.Organization == Resolved.Frame.HomeOrganization ? 2 : place.Id == Resolved.Frame.Home ? 3 : 1);
        f.AddIf(relations.HomeComes(story), Feature.HomeComes, place.Id == Resolved.Frame.Home ? 2 : 1);
        f.AddIf(!relations.IsIn(place.Spans, story), Feature.IsFirst, 2);
    }

    private FeatureList Next(int index)
    {
        while (_pool.Count <= index) _pool.Add(new FeatureList());
        _pool[index].Clear();
        return _pool[index];
    }
}
