using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Assembles the records of one resolved article. First whose story it is; then the stories and their trips; then the people, who are read against
/// the trips; then meetings and agreements, which are read against both.
/// </summary>
public sealed class RecordAssembler(KnowledgeBase knowledge, ILinkDecider links)
{
    /// <summary>Puts the records together.</summary>
    /// <param name="resolved">The article with its entities.</param>
    /// <param name="index">The terms of its repaired text.</param>
    public ArticleRecord Assemble(ResolvedText resolved, TermIndex index)
    {
        var context = new TextContext(resolved, index);
        var relations = new Relations(context, knowledge.Gazetteer);
        new FrameReader(links, context, relations).Read();
        List<Story> stories = new StoryReader(links).Read(context);
        var trips = new List<TripDraft?>();
        var tripReader = new TripReader(links, context, relations);
        var stopReader = new StopReader(links, context, relations);
        var purposeReader = new PurposeReader(links, context, relations);
        foreach (Story story in stories)
        {
            TripDraft? trip = tripReader.Read(story, stories.Count);
            if (trip != null)
            {
                stopReader.Read(trip);
                purposeReader.Read(trip);
            }
            trips.Add(trip);
        }
        List<ParticipantDraft> people = new PeopleReader(links, context, relations).Read(stories, trips);
        var originReader = new OriginReader(links, context, relations);
        foreach (TripDraft? trip in trips)
            if (trip != null) originReader.Read(trip, people);
        var meetings = new List<MeetingDraft>();
        var agreements = new List<AgreementDraft>();
        var meetingReader = new MeetingReader(links, context, relations, resolved.Dates);
        var agreementReader = new AgreementReader(links, context, relations, resolved.Dates);
        foreach (Story story in stories)
        {
            meetingReader.Read(story, trips[story.Index], meetings);
            agreementReader.Read(story, trips[story.Index], people, agreements);
        }
        return new RecordWriter(context, relations).Write(trips, people, meetings, agreements);
    }
}
