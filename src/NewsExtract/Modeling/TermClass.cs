namespace NewsExtract.Modeling;

/// <summary>
/// What a word can do in a rule. A row of <c>models/sources/terms/*.tsv</c> gives a word one or more of
/// these; the rules ask for the class and never name the word. In the files the names are written in kebab case
/// (<c>TitleHead</c> is <c>title-head</c>). At most 128 classes.
/// </summary>
public enum TermClass : byte
{
#pragma warning disable CS1591 // Each class is described, with examples, at the head of its file.
    // titles.tsv
    TitleHead, TitlePrefix, TitleUnit, TitleRank, TitleQualifier, CollectiveTitle, Descriptor, Honorific,
    // bodies.tsv
    PartyBody, GovernmentBody, CongressBody, ConsultativeBody, Bureau, SubUnit, OrgSuffix, CompanySuffix, SchoolSuffix, HospitalSuffix, ZoneSuffix, FacilitySuffix,
    NationalBody, DelegationNoun,
    // names.tsv
    Surname, CompoundSurname, NameStopWord,
    // events.tsv
    VisitGo, VisitInspect, VisitReceive, VisitCome, VisitLead, VisitStop, VisitPurpose, Accompany, Attend, MeetingKind, MeetingHold, Chair,
    SignVerb, AgreementKind, SignPlanned, Witness, Represent, Donation,
    // anaphora.tsv
    HomePlaceWord, PlaceAnaphor, OrgAnaphor, PartiesAnaphor, GroupNoun,
    // traps.tsv
    Planned, Hypothetical, Retold, Quoted, NoEvent, Background,
    // speech.tsv
    SpeechVerb,
    // layout.tsv
    CreditRole, MetaLabel, FurnitureMarker, CaptionMarker, OutletSuffix,
    // dates.tsv
    DateWord, VagueDate, DayPart,
    // parts.tsv: what may and may not stand inside the name of a body or post
    LevelWord, NamePartStop, FunctionWord, AfterName, BeforeName, PartyConnector, ZoneWord,
    // extra classes are appended here: their numbers are part of the compiled file
    Season, Feast, FutureMark, RelatedMarker, TransparentUnit, GroupRole, RoundupMarker, NameTail,
    MinorityNamePart, IndustryWord, Institute, TripsMarker, ReturnVisit, NationHead, AnnouncingText, RememberingText, GroupPart,
#pragma warning restore CS1591
}
