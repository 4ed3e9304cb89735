using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>The questions that assembling records asks of the trained weights.</summary>
public enum Decision : byte
{
    /// <summary>Does a new story begin with this paragraph?</summary>
    NewStory,
    /// <summary>Does the story report a trip?</summary>
    Visit,
    /// <summary>Which person leads?</summary>
    Leader,
    /// <summary>Where do the visitors belong?</summary>
    VisitFrom,
    /// <summary>Is the place one that they visited?</summary>
    VisitTo,
    /// <summary>Is the phrase a stop?</summary>
    Stop,
    /// <summary>On which day, or which days, does it begin?</summary>
    VisitDate,
    /// <summary>Is the phrase a purpose?</summary>
    Purpose,
    /// <summary>Did the person take part?</summary>
    Participant,
    /// <summary>Whose is the person's post?</summary>
    Affiliation,
    /// <summary>Is the person one of the visitors?</summary>
    Visitor,
    /// <summary>Is the person one of the hosts?</summary>
    Host,
    /// <summary>Is the word a meeting that took place?</summary>
    Meeting,
    /// <summary>Where was the meeting?</summary>
    MeetingPlace,
    /// <summary>When was the meeting?</summary>
    MeetingDate,
    /// <summary>Who was in the chair?</summary>
    Chair,
    /// <summary>Is the name one of an agreement signed or to be signed?</summary>
    Agreement,
    /// <summary>Is it still to be signed?</summary>
    Planned,
    /// <summary>Is the place or body bound by it?</summary>
    Party,
    /// <summary>Did the person sign it?</summary>
    Signatory,
    /// <summary>When was it signed?</summary>
    AgreementDate,
    /// <summary>For which place does the outlet speak?</summary>
    Home,
    /// <summary>For which organisation does the outlet speak?</summary>
    HomeOrganization,
    /// <summary>Do the visitors belong to what was read from the text, or to whose post their leader holds?</summary>
    FromOfLeader,
    /// <summary>Does the sentence tell of a trip that took place?</summary>
    Travel,
    /// <summary>Whose is the person's post, now that something is known of everybody?</summary>
    AffiliationAgain,
    /// <summary>Is the person one of the visitors, now that something is known of everybody?</summary>
    VisitorAgain,
    /// <summary>Is the person one of the hosts, now that something is known of everybody?</summary>
    HostAgain,
    /// <summary>Which of its names does the stop go by?</summary>
    StopName,
    /// <summary>Where was the agreement signed?</summary>
    AgreementPlace,
    /// <summary>Does the mention of a place tell of a stay there?</summary>
    Arrival,
    /// <summary>Is the place or body bound by it, now that something is known of those it could be bound with?</summary>
    PartyAgain,
    /// <summary>On which later day does a trip end of which one day is known?</summary>
    VisitEnd,
    /// <summary>Where does the name of an agreement begin?</summary>
    AgreementName,
    /// <summary>Does the mention of a person begin to tell of a trip that the person leads?</summary>
    Leads,
}

/// <summary>What a decision is about, in words: a teacher compares it with the labels, an explanation prints it.</summary>
public readonly record struct Candidate
{
    private readonly string? _text;
    private readonly TextSpan? _slice;
    private readonly List<TextSpan>? _slices;

    /// <summary>A candidate by its value.</summary>
    /// <param name="text">The candidate's value.</param>
    /// <param name="other">A second form or value (a place's written form; a range's last day).</param>
    public Candidate(string? text, string? other = null) => (_text, Other) = (text, other);

    /// <summary>A stretch of a text; its string is made only for whoever asks for it.</summary>
    public Candidate(string source, TextSpan span) => (_text, _slice) = (source, span);

    /// <summary>Something that goes by several stretches of a text, the first of them its chief name.</summary>
    public Candidate(string source, List<TextSpan> spans) => (_text, _slice, _slices) = (source, spans[0], spans);

    /// <summary>The candidate's value.</summary>
    public string? Text => _slice is { } span ? _text![span.Start..span.End] : _text;

    /// <summary>A second form or value.</summary>
    public string? Other { get; }

    /// <summary>All names of something that goes by several; else its value.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            if (_slices == null) return [Text ?? ""];
            string source = _text!;
            return _slices.ConvertAll(span => source[span.Start..span.End]);
        }
    }
}

/// <summary>Who answers the questions: the trained weights, or, while they are trained, the labels.</summary>
public interface ILinkDecider
{
    /// <summary>The story that the next questions are about.</summary>
    void Begin(Story story);

    /// <summary>Yes or no, with the probability of yes.</summary>
    bool Decide(Decision decision, FeatureList features, Candidate candidate, out double probability);

    /// <summary>The best of several, or -1 for none of them, with its probability.</summary>
    /// <param name="decision">The question.</param>
    /// <param name="features">The properties of each candidate; the first <paramref name="candidates"/>.Count count.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="about">Whom the question is about, where it is not the story itself.</param>
    /// <param name="probability">The probability of what was chosen.</param>
    int Choose(Decision decision, List<FeatureList> features, List<Candidate> candidates, string? about, out double probability);
}
