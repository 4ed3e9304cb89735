using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Assembles the records of one resolved article. First whose story it is; then the stories and their trips; then the people, who are read against
/// the trips; then meetings and agreements, which are read against both.
/// Its parts keep what they found so far in lists of their own: one a thread.
/// </summary>
public sealed class RecordAssembler
{
    private readonly TextContext _context = new();
    private readonly Relations _relations;
    private readonly BodyKinds _bodies;
    private readonly FrameReader _frame;
    private readonly StoryReader _stories;
    private readonly TravelReader _travel;
    private readonly LeadReader _leads;
    private readonly ArrivalReader _arrivals;
    private readonly TripReader _trips;
    private readonly StopReader _stops;
    private readonly PurposeReader _purposes;
    private readonly PeopleReader _people;
    private readonly OriginReader _origins;
    private readonly VenueReader _venues;
    private readonly MeetingReader _meetings;
    private readonly AgreementReader _agreements;
    private readonly RecordWriter _writer;

    /// <summary>An assembler that asks <paramref name="links"/> what belongs to what.</summary>
    public RecordAssembler(KnowledgeBase knowledge, ILinkDecider links)
    {
        _relations = new Relations(_context, knowledge.Gazetteer, knowledge.Names);
        _bodies = new BodyKinds(_context);
        _frame = new FrameReader(links, _context, _relations);
        _stories = new StoryReader(links);
        _travel = new TravelReader(links, _context, _relations);
        _leads = new LeadReader(links, _context, _relations);
        _arrivals = new ArrivalReader(links, _context, _relations);
        _trips = new TripReader(links, _context, _relations, _arrivals);
        _stops = new StopReader(links, _context, _relations);
        _purposes = new PurposeReader(links, _context, _relations);
        _people = new PeopleReader(links, _context, _relations, _bodies);
        _origins = new OriginReader(links, _context, _relations);
        _venues = new VenueReader(links, _context, _relations);
        _meetings = new MeetingReader(links, _context, _relations, _venues);
        _agreements = new AgreementReader(links, _context, _relations, _venues, new PartyReader(links, _context, _relations, _bodies));
        _writer = new RecordWriter(_context, _relations);
    }

    /// <summary>Puts the records together.</summary>
    /// <param name="resolved">The article with its entities.</param>
    /// <param name="index">The terms of its repaired text.</param>
    public ArticleRecord Assemble(ResolvedText resolved, TermIndex index)
    {
        _context.Start(resolved, index);
        _relations.Start();
        _bodies.Start();
        _context.SetTravel(_travel.Read());
        _frame.Read();
        _leads.Read();
        List<Story> stories = _stories.Read(_context);
        _arrivals.Read(stories);
        var trips = new List<TripDraft?>();
        var likely = new List<double>();
        foreach (Story story in stories)
        {
            TripDraft? trip = _trips.Read(story, stories.Count);
            likely.Add(_trips.Likely);
            if (trip != null)
            {
                _stops.Read(trip);
                _purposes.Read(trip);
            }
            trips.Add(trip);
        }
        List<ParticipantDraft> people = _people.Read(stories, trips);
        foreach (TripDraft? trip in trips)
            if (trip != null) _origins.Read(trip, people);
        var meetings = new List<MeetingDraft>();
        var agreements = new List<AgreementDraft>();
        List<ParticipantDraft>[] peopleOf = ByStory(people, stories.Count);
        foreach (Story story in stories)
        {
            _meetings.Read(story, trips[story.Index], likely[story.Index], meetings);
            _agreements.Read(story, trips[story.Index], likely[story.Index], peopleOf[story.Index], meetings, agreements);
        }
        return _writer.Write(trips, people, meetings, agreements);
    }

    /// <summary>The participants of each story: what was signed in one is no matter of those in others.</summary>
    private static List<ParticipantDraft>[] ByStory(List<ParticipantDraft> people, int stories)
    {
        if (stories == 1) return [people];
        var own = new List<ParticipantDraft>[stories];
        for (int i = 0; i < own.Length; i++) own[i] = [];
        foreach (ParticipantDraft participant in people) own[participant.Story.Index].Add(participant);
        return own;
    }
}
