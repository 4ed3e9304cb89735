namespace NewsExtract.Records;

/// <summary>
/// The properties that candidates are judged by. The names stand in the weight tables under
/// <c>models/sources/links/</c>, so that a reader can see what counts for what.
/// </summary>
public enum Feature : ushort
{
#pragma warning disable CS1591 // The names are meant to be read as they are.
    // 0 is the bias.
    None,
    // Where it stands.
    Role, ParagraphOrder, SentenceOrder, InTitle, InCaption, InFirstSentence, MentionCount, Rank, OrderInSentence, IsFirst,
    // The words around it.
    VerbBefore, VerbRightBefore, VerbAfter, VerbRightAfter, VerbInSentenceBefore, VerbInSentence, CharBefore, CharAfter, SentenceHas, ParagraphHas, InQuote, ClauseOrder,
    ListMateBefore, ListMateAfter, ListAfterVerb, GroupNounAfter, GroupNounBefore, OneLineAfter, ByDelegation, DateBefore,
    // What it is.
    Kind, Level, Length, HasPost, PostCount, PostNamesPlace, PostNamesBody, PostIsShared, PostLevel, IsCredit, IsMasked, IsNationalLeader, IsForeign, IsCompany,
    SuffixClass, HasDigit, HasPersonInside, PlaceOnly, IsMention, StartsWithPlace, ContainsFunctionWord, Precision, Use, SpanDays, HasYear,
    // How it is related to what is known already.
    IsHome, IsHomeOrganization, IsFrom, IsWithinFrom, ContainsFrom, IsTo, IsWithinTo, ContainsTo, ContainsOther, IsLeader, IsLeaderBody, IsBodyOfStop, SameSentenceAsLeader, ListMateOfLeader,
    BodyOf, FromIsHome, ToIsHome, FromContainsTo, HasVisit, HasLeader, HasTo, StoryCount, IsTitlePlace, ModifiesGroup, PostsHere, PostsHereBefore, AffiliationIs, SideOfListMate,
    DirectionAndPost, AccompanyAndPlace, RelationAndRelation,
    // Counts over the story.
    Goes, Comes, Inspects, Receives, Leads, Stops, Accompanies, Signs, Meetings, Groups, People, Places, Organizations, HomeComes, Planned, Retold, NoEvent, Donations, TitleHas, FirstHas, AnyLineUp, GoPlace,
    // Affiliation's candidates.
    Source, SourceAndLevel, SourceAndBody, SourceDistance, LevelFits, SourceAndDirection, SourceIsHome, SourceIsFrom, SourceIsTo, SourceCrosses,
    // Agreements and meetings.
    InBookMarks, KindFirst, SameKindBefore, HoldBefore, HoldAfter, AboveWord, BetweenWithAndVerb, BeforeWith, BeforeVerb, AfterVerb, InVerbSentence, SentenceDistance, BothSides, IsSignatoryBody,
    RunVerbBehind, RunVerbInFront, RunWordBehind, RunWordInFront, RunLength, RunMateSide, RunMateSource, SourceAndRunVerb, NameRelation, WithinGroup, PlaceKind, InsideFacility, FollowedByOf, FinerTaken, CoarserStands, HomeAndFiner, GoPlanned, GoPlain, GoFuture, GoPast, GoUndated, FirstGo,
    NearChair, NameRepeats,
    // Sentences that tell of a trip.
    PreviousHas, NextHas, DaysAgo, TravelHere, TravelBefore, TravelAfter, TravelBest, TravelCount, TravelFirst, TravelInTitle,
    PartyRank, PartyCount, SignerPattern, IsInForce, SameSentence, PreviousSentence, FirstDay,
    // Affiliation: what the post leaves open against what the candidate is; the side's company.
    NeedAndSource, NeedAndAnySource, NeedAndKind, NeedAndRelation, KindAndRelation, RelationAndAccompany, PlaceRelationAndAccompany, RelationAndVerbBehind, RelationAndVerbInFront, HeadAndKind, HeadAndSource,
    BodyEndAndSource, BodyEndAndKind, BeginAndKind, EndAndNeed, NeedAndRecency, RelationAndRecency, NeedAndMate, NeedAndNextMate, NeedAndVotes, VotesOfSide, SideAndRelation,
    SidesOfAffiliation, SidesOfRun, SideBefore,
    // Stops.
    StopBefore, WordBefore,
    // Whose names people have, and where places and bodies lie.
    OriginAndLying, OriginAndHolders, OriginAndLeader, OriginAndTrip,
    // What the mentions of a place tell: of itself, of those that lie in it, of its mates in a list.
    ArrivalBest, ArrivalCount, ArrivalWithin, ArrivalAbove, ArrivalMates, ArrivalFirst, ArrivalTitle, ArrivalRank, ArrivalBestAndWithin,
    // A candidate that begins with another one: a part and the whole in front of it.
    WholeAndPart, WholeAndNeed,
    // Parties of agreements, and those that they could be bound with.
    BodyKind, PartySide, PartyBefore, PartnerLikely, PartnerKinds, PartnerPattern, PartnerSides,
    // Beginnings of stories.
    GoPattern, OpenerReturns, DaysAfterOpening, PlacesAnew, TripsAnnounced, ReturnVisit,
    // Places that only posts name.
    HoldsPostsOnly,
    // Days of trips.
    StoryDays, DocumentKind, KindAndDays, DayAndToday, DaysAhead, Leaving, IsLastDay, DayMentions,
    // Where a story is from sentence to sentence.
    ScopeMeetings, ScopeSites, ScopeMoves, ScopeWithin, ScopeNone, ScopePattern,
    // Words by their part of speech.
    FirstTag, TagBefore, TagsAround, WordInFront,
    // How likely the story reports a trip, for what was signed and held there.
    StoryYears, TripLikely, TripLikelyAndDays,
    // Beginnings of stories: groups, guests in turn, those who go back.
    GroupPart, OpenerAndVerb, GoesBack, DaysGap, SameMark,
    // Names of stops: what stands in front and is left out.
    FrontDropped, FrontVisited,
    // Whose article it is: the posts that leave out their place.
    HomeVotes, HomeContains,
    VerbInside,
    // Whether a post suits a body by its own words, and where the body was named last.
    PostFits, PostFitsAndSource, NamedInPost,
    // Who is likely to lead a trip.
    LeadFirst, LeadBest, LeadSoFar, LeadCount, LeadPattern, LeadChange,
    // The outlet's own institution as what visitors came to see.
    HostBody,
    // Bodies that may be bound by an agreement: the people who are of them.
    PartyHolders,
#pragma warning restore CS1591
}
