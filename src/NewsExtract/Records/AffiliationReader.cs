using System.Numerics;
using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Finds the place or organisation whose post a participant holds: named in the post, taken over along the enumeration,
/// or the story's own or the other side's where the post names none (<c>县委书记</c>, <c>董事长</c>).
/// </summary>
/// <remarks>
/// People are gone through twice. The first time each is judged by those before him; the second time by all others
/// and by the side on which he was found to stand, so that bare posts of one level and one side come to one place.
/// </remarks>
internal sealed class AffiliationReader(ILinkDecider links, TextContext context, Relations relations, BodyKinds bodies)
{
    // What the post leaves to the context.
    private const int NoPost = 0, BareOfPlace = 1, BodyOfPlace = 2, OfVillage = 3, BareOfInstitution = 4, Bare = 5, WithPlace = 6, WithPlaceAndBody = 7, Part = 8, WithBody = 9, BareBody = 10;

    // What a candidate is.
    private const int UnitFits = 1, LevelFits = 2, LevelDiffers = 3, Zone = 4, Institution = 5, PartOfBody = 6, OtherBody = 7, Other = 8, Country = 9;

    private static readonly TermSet Accompany = TermSet.Of(TermClass.Accompany);
    private static readonly TermSet AccompanyOrReceive = TermSet.Of(TermClass.Accompany, TermClass.VisitReceive);
    private const double SurePlace = 0.6;
    private const int MaxRank = 3;
    // The sources 0 to 22.
    private const uint AnySource = (1u << 23) - 1;
    private const string UnitsOfPlace = "省市县区旗州盟镇乡";
    private static readonly System.Buffers.SearchValues<char> AnyUnit = System.Buffers.SearchValues.Create(UnitsOfPlace);

    private readonly List<FeatureList> _pool = [];
    private readonly AffiliationCandidates _candidates = new(context, relations, bodies);
    private int[] _lastBefore = [];
    private int[] _ranks = [];
    private int[] _kinds = [];
    // By candidate: how it is related to one that it begins with, and to one that begins with it (see PartKinds); 0 where there is none.
    private readonly PartKinds _parts = new();
    private readonly VoteCounter _votes = new();
    private readonly PostFit _fit = new(context);
    // By place and by organisation: how it stands to the trip, plus one; 0 until it is asked for.
    private byte[] _relationsOfPlaces = [];
    private byte[] _relationsOfOrganizations = [];
    private TripDraft? _related;
    // By organisation: its kind; 0 until it is asked for.
    private byte[] _kindsOfOrganizations = [];

    private ResolvedText Resolved => context.Resolved;

    /// <summary>Takes up the context's article in place of the one before.</summary>
    public void Start()
    {
        _candidates.Start();
        _votes.Start(Resolved);
        _fit.Start();
        Relate(null);
        if (_kindsOfOrganizations.Length < Resolved.Organizations.Count) _kindsOfOrganizations = new byte[Resolved.Organizations.Count * 2];
        Array.Clear(_kindsOfOrganizations, 0, Resolved.Organizations.Count);
    }

    /// <summary>Decides for one participant.</summary>
    /// <param name="drafts">All participants, in the order of the text.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="trip">The trip of the story.</param>
    /// <param name="runs">The runs of names.</param>
    /// <param name="again">Whether all have been decided on once.</param>
    public void Read(List<ParticipantDraft> drafts, int index, TripDraft? trip, NameRuns runs, bool again)
    {
        ParticipantDraft draft = drafts[index];
        Post? post = draft.Person.Posts.Count > 0 ? draft.Person.Posts[0] : null;
        _candidates.Collect(drafts, index, trip, post);
        PersonFacts facts = Facts(drafts, index, trip, post, runs);
        if (trip != _related) Relate(trip);
        Rank(draft, post);
        _parts.Compare(_candidates.Values);
        _votes.Count(drafts, index, LeavesPlace(facts.Need), again);
        for (int i = 0; i < _candidates.Values.Count; i++)
        {
            FeatureList f = Next(i);
            Describe(f, i, drafts, index, trip, post, facts);
            DescribeOthers(f, i, drafts, index, trip, facts, again);
        }
        int choice = links.Choose(again ? Decision.AffiliationAgain : Decision.Affiliation, _pool, _candidates.Values, draft.Person.Name, out double probability);
        // A post that names its place or body is somebody's: what it names stands first.
        if (choice < 0 && (facts.Need is WithPlace or WithPlaceAndBody or WithBody) && _candidates.Values.Count > 0) choice = 0;
        if (again) draft.Confidence *= Math.Sqrt(probability);
        draft.Affiliation = choice < 0 ? null : _candidates.Values[choice].Text;
        draft.Body = choice < 0 ? Party.None : _candidates.Parties[choice];
        // Whose 县水利局 it is stays open rather than being guessed.
        if (again && facts.Need == BodyOfPlace && choice >= 0 && draft.Body.Place >= 0 && probability < SurePlace && post!.Body.Length > 1) draft.Affiliation = post.Body;
        draft.Need = facts.Need;
        _votes.Note(draft, index);
    }

    /// <summary>Forgets how places and bodies stand to another trip.</summary>
    private void Relate(TripDraft? trip)
    {
        _related = trip;
        if (_relationsOfPlaces.Length < Resolved.Places.Count) _relationsOfPlaces = new byte[Resolved.Places.Count * 2];
        if (_relationsOfOrganizations.Length < Resolved.Organizations.Count) _relationsOfOrganizations = new byte[Resolved.Organizations.Count * 2];
        Array.Clear(_relationsOfPlaces, 0, Resolved.Places.Count);
        Array.Clear(_relationsOfOrganizations, 0, Resolved.Organizations.Count);
    }

    /// <summary>What is the same for all candidates of one person.</summary>
    /// <param name="Need">What the post leaves to the context.</param>
    /// <param name="Direction">0 no trip, 1 from home, 2 to home, 3 neither.</param>
    /// <param name="Accompany">1 the person accompanies, 2 is accompanied or received, 0 neither.</param>
    /// <param name="VerbBehind">A bit for each of the first eight classes of verbs that the verb behind the run of names has.</param>
    /// <param name="VerbInFront">The same of the verb in front of the run of names.</param>
    /// <param name="Mate">The last person before in the run, or -1.</param>
    /// <param name="NextMate">The next person in the run, or -1.</param>
    /// <param name="Head">The post's last characters, as a small number.</param>
    /// <param name="BodyEnd">The last characters of the post's body, as a small number; 0 without body.</param>
    /// <param name="Begin">The post's first character, as a small number.</param>
    /// <param name="Origin">Where the person is from, as <see cref="NameOrigins"/> has it.</param>
    /// <param name="IsStationed">Whether the post is one abroad: 驻.</param>
    private readonly record struct PersonFacts(int Need, int Direction, int Accompany, uint VerbBehind, uint VerbInFront, int Mate, int NextMate, int Head, int BodyEnd, int Begin, int Origin, bool IsStationed);

    private PersonFacts Facts(List<ParticipantDraft> drafts, int index, TripDraft? trip, Post? post, NameRuns runs)
    {
        ParticipantDraft draft = drafts[index];
        int direction = trip == null ? 0 : trip.From.Place >= 0 && trip.From.Place == Resolved.Frame.Home ? 1 : trip.To.Contains(Resolved.Frame.Home) ? 2 : 3;
        int accompany = context.TryVerbAfter(draft.Span.End, context.SentenceSpan(draft.Span.Start).End, Accompany, out _) ? 1
            : context.TryVerbBefore(context.Clause(draft.Span.Start).Start, draft.Span.Start, AccompanyOrReceive, out _) ? 2 : 0;
        int name = draft.Name, mate = runs.MateBefore(drafts, index, name), next = index + 1;
        if (next < drafts.Count && !runs.AreTogether(name, drafts[next].Name)) next = drafts.Count;
        return new PersonFacts(Need(post), direction, accompany, runs.TryVerbBehind(name, out LexiconHit behind) ? VerbsOf(behind) : 0,
            runs.TryVerbInFront(name, out LexiconHit front) ? VerbsOf(front) : 0, mate, next < drafts.Count ? next : -1,
            post == null ? 0 : Small(post.Text.AsSpan(Math.Max(0, post.Text.Length - 2))), BodyEnd(post), post == null ? 0 : Small(post.Text.AsSpan(0, 1)),
            relations.Origins.Of(draft.Person), post != null && post.Text.Contains('驻'));
    }

    private uint VerbsOf(LexiconHit verb) => TextContext.VerbClassesOf(context.Index.Terms(verb)) & 0xFF;

    /// <summary>The last two characters of the body that the post names, as a small number: 学院, 医院, 公司.</summary>
    private int BodyEnd(Post? post)
    {
        string body = post == null ? "" : post.Body.Length > 0 ? post.Body : post.Organization >= 0 ? Resolved.Organizations[post.Organization].Name : "";
        return body.Length == 0 ? 0 : Small(body.AsSpan(Math.Max(0, body.Length - 2)));
    }

    private int Need(Post? post)
    {
        if (post == null) return NoPost;
        bool ofLevel = post.Level is >= BodyLevel.Province and <= BodyLevel.Town;
        if (bodies.IsGeneric(post)) return BareOfInstitution;
        if (post.Organization >= 0)
        {
            OrganizationEntity organization = Resolved.Organizations[post.Organization];
            if (post.Place >= 0 || organization.Place >= 0) return WithPlaceAndBody;
            return ofLevel && UnitsOfPlace.Contains(organization.Name[0]) ? BodyOfPlace : bodies.IsPart(organization) ? Part : WithBody;
        }
        if (post.Place >= 0) return post.Body.Length > 1 ? WithPlaceAndBody : WithPlace;
        bool body = post.Body.Length > 1;
        if (post.Level == BodyLevel.Village) return OfVillage;
        if (ofLevel) return body ? BodyOfPlace : BareOfPlace;
        if (bodies.IsUnnamedPart(post)) return Part;
        return post.Level == BodyLevel.Organization ? body ? BareBody : BareOfInstitution : body ? BareBody : Bare;
    }

    /// <summary>Whether a post with that need is of a place that it does not name.</summary>
    public static bool LeavesPlace(int need) => need is BareOfPlace or BodyOfPlace;

    /// <summary>Whether a post with that need is of a body that it does not name whole.</summary>
    public static bool LeavesBody(int need) => need is BareOfInstitution or Part or Bare or BareBody;

    /// <summary>For each candidate where it was named last before the person, and how many of the same kind were named after that, up to <see cref="MaxRank"/>.</summary>
    private void Rank(ParticipantDraft draft, Post? post)
    {
        int count = _candidates.Values.Count;
        char unit = FirstUnit(post);
        if (_lastBefore.Length < count) _lastBefore = new int[count * 2];
        if (_ranks.Length < count) _ranks = new int[count * 2];
        if (_kinds.Length < count) _kinds = new int[count * 2];
        for (int i = 0; i < count; i++)
        {
            _lastBefore[i] = -1;
            Party party = _candidates.Parties[i];
            _kinds[i] = Kind(party, post, unit);
            if (party.IsNone) continue;
            List<TextSpan> spans = party.Place >= 0 ? Resolved.Places[party.Place].Spans : Resolved.Organizations[party.Organization].Spans;
            for (int s = TaggedText.CountBefore(spans, draft.Span.Start) - 1; s >= 0 && _lastBefore[i] < 0; s--)
                if (context.Layout.RoleAt(spans[s].Start) is TextRole.Body or TextRole.Title) _lastBefore[i] = spans[s].Start;
        }
        // By kind the latest that were named, the last of them first.
        Span<int> latest = stackalloc int[(Country + 1) * MaxRank];
        latest.Fill(-1);
        for (int i = 0; i < count; i++)
        {
            Span<int> own = latest.Slice(_kinds[i] * MaxRank, MaxRank);
            int last = _lastBefore[i];
            for (int k = 0; k < MaxRank; k++)
                if (last > own[k]) (own[k], last) = (last, own[k]);
        }
        for (int i = 0; i < count; i++)
        {
            _ranks[i] = 0;
            if (_candidates.Parties[i].IsNone) continue;
            foreach (int last in latest.Slice(_kinds[i] * MaxRank, MaxRank)) _ranks[i] += last > _lastBefore[i] ? 1 : 0;
        }
    }

    /// <summary>The first character of the post that is a unit's; '\0' where there is none.</summary>
    private static char FirstUnit(Post? post)
    {
        int at = post == null ? -1 : post.Text.AsSpan().IndexOfAny(AnyUnit);
        return at < 0 ? '\0' : post!.Text[at];
    }

    private int Kind(Party party, Post? post, char unit)
    {
        if (party.Place >= 0)
        {
            PlaceEntity place = Resolved.Places[party.Place];
            if (place.Level == BodyLevel.Nation) return Country;
            if (place.GazetteerId < 0 && place.Level is BodyLevel.None or BodyLevel.Organization) return Zone;
            if (post == null || !Relations.Fits(post.Level, place)) return LevelDiffers;
            return unit != '\0' && (place.Written.EndsWith(unit) || place.Chain.EndsWith(unit)) ? UnitFits : LevelFits;
        }
        if (party.Organization < 0) return Other;
        if (_kindsOfOrganizations[party.Organization] is var known and > 0) return known;
        OrganizationEntity organization = Resolved.Organizations[party.Organization];
        int kind = bodies.IsInstitution(organization) ? Institution : bodies.IsPart(organization) ? PartOfBody : OtherBody;
        _kindsOfOrganizations[party.Organization] = (byte)kind;
        return kind;
    }

    /// <summary>A bit each: of home, of where the visitors belong, of where they went.</summary>
    private int Relation(Party party, TripDraft? trip)
    {
        if (party.IsNone) return 0;
        ref byte known = ref (party.Place >= 0 ? ref _relationsOfPlaces[party.Place] : ref _relationsOfOrganizations[party.Organization]);
        if (known == 0) known = (byte)(1 + FindRelation(party, trip));
        return known - 1;
    }

    private int FindRelation(Party party, TripDraft? trip)
    {
        bool home = party.Place >= 0 ? party.Place == Resolved.Frame.Home : party.Organization == Resolved.Frame.HomeOrganization;
        if (trip == null) return home ? 1 : 0;
        bool from, to = false;
        if (party.Place >= 0)
        {
            from = trip.From.Place >= 0 && relations.IsWithin(Resolved.Places[party.Place], Resolved.Places[trip.From.Place]);
            foreach (int id in trip.To) to |= relations.IsWithin(Resolved.Places[party.Place], Resolved.Places[id]) || relations.IsWithin(Resolved.Places[id], Resolved.Places[party.Place]);
        }
        else
        {
            from = trip.From.Organization == party.Organization;
            to = relations.IsVisited(Resolved.Organizations[party.Organization]);
            foreach (TextSpan stop in trip.Stops)
                foreach (TextSpan span in Resolved.Organizations[party.Organization].Spans) to |= span.Overlaps(stop);
        }
        return (home ? 1 : 0) + (from ? 2 : 0) + (to ? 4 : 0);
    }

    private void Describe(FeatureList f, int i, List<ParticipantDraft> drafts, int index, TripDraft? trip, Post? post, in PersonFacts facts)
    {
        Party party = _candidates.Parties[i];
        int source = (int)_candidates.Sources[i], need = facts.Need, kind = _kinds[i], relation = Relation(party, trip), level = post == null ? 9 : (int)post.Level;
        uint sources = _candidates.AllSources[i];
        ParticipantDraft draft = drafts[index];
        f.Add(Feature.SourceAndLevel, (source * 10) + level);
        f.Add(Feature.HasPost, need);
        f.Add(Feature.NeedAndSource, (need * 23) + source);
        for (uint left = sources & AnySource; left != 0; left &= left - 1) f.Add(Feature.NeedAndAnySource, (need * 23) + BitOperations.TrailingZeroCount(left));
        f.Add(Feature.NeedAndKind, (need * 10) + kind);
        f.Add(Feature.NeedAndRelation, (need * 8) + relation);
        f.Add(Feature.KindAndRelation, (kind * 8) + relation);
        f.Add(Feature.RelationAndAccompany, (relation * 12) + (facts.Direction * 3) + facts.Accompany);
        if (need is BareOfPlace or BodyOfPlace) f.Add(Feature.PlaceRelationAndAccompany, (relation * 12) + (facts.Direction * 3) + facts.Accompany);
        f.Add(Feature.SourceAndDirection, (source * 4) + facts.Direction);
        f.Add(Feature.Rank, Math.Min(i, 5));
        if (party.Place >= 0)
        {
            f.Add(Feature.Level, (int)Resolved.Places[party.Place].Level);
            f.AddIf(Resolved.Places[party.Place].IsForeign, Feature.IsForeign, need);
        }
        for (uint left = facts.VerbBehind; left != 0; left &= left - 1)
        {
            int k = BitOperations.TrailingZeroCount(left);
            f.Add(Feature.RelationAndVerbBehind, (relation * 8) + k);
            f.Add(Feature.SourceAndRunVerb, (source * 8) + k);
        }
        for (uint left = facts.VerbInFront; left != 0; left &= left - 1) f.Add(Feature.RelationAndVerbInFront, (relation * 8) + BitOperations.TrailingZeroCount(left));
        int origin = facts.Origin;
        f.Add(Feature.OriginAndLying, (need * 12) + (origin * 3) + relations.Origins.Lies(party));
        f.Add(Feature.OriginAndHolders, (need * 16) + (origin * 4) + relations.Origins.Holders(party, draft.Person));
        if (post != null)
        {
            f.Add(Feature.KindFirst, facts.Head);
            f.Add(Feature.HeadAndKind, Mix(facts.Head, kind));
            f.Add(Feature.HeadAndSource, Mix(facts.Head, source));
            f.Add(Feature.BodyEndAndSource, Mix(facts.BodyEnd, source));
            f.Add(Feature.BodyEndAndKind, Mix(facts.BodyEnd, kind));
            f.Add(Feature.BeginAndKind, Mix(facts.Begin, kind));
            f.AddIf(facts.IsStationed, Feature.SourceIsHome, source);
            f.AddIf(post.Shared, Feature.PostIsShared, source);
        }
        f.AddIf(_parts.Whole(i) > 0, Feature.WholeAndPart, _parts.Whole(i));
        f.AddIf(_parts.Part(i) > 0, Feature.WholeAndPart, 128 + _parts.Part(i));
        f.Add(Feature.WholeAndNeed, (need * 4) + (_parts.Whole(i) > 0 ? 1 : 0) + (_parts.Part(i) > 0 ? 2 : 0));
        string text = _candidates.Values[i].Text!;
        int fits = PostFit.Of(post, text);
        f.Add(Feature.PostFits, (need * PostFit.Fits) + fits);
        f.Add(Feature.PostFitsAndSource, (source * PostFit.Fits) + fits);
        f.AddIf(party.Organization >= 0, Feature.NamedInPost, (need * PostFit.Seats) + _fit.SeatOf(_lastBefore[i]));
        f.Add(Feature.EndAndNeed, Mix(Small(text.AsSpan(text.Length - 1)), need));
        f.AddIf(trip?.Leader == draft.Person, Feature.IsLeader, source);
        f.AddIf(trip?.Leader == draft.Person, Feature.IsLeader, 32 + relation);
        // Where it was named last.
        int last = _lastBefore[i], where = last < 0 ? 0 : context.Layout.SentenceAt(last) == context.Layout.SentenceAt(draft.Span.Start) ? 3
            : context.Layout.ParagraphAt(last) == context.Layout.ParagraphAt(draft.Span.Start) ? 2 : 1;
        f.Add(Feature.NeedAndRecency, (need * 16) + (where * 4) + _ranks[i]);
        f.Add(Feature.RelationAndRecency, (relation * 16) + (where * 4) + _ranks[i]);
        f.AddIf(where == 3 || SameSentence(party, draft.Span), Feature.SameSentence, need);
    }

    /// <summary>How the candidate stands to what others were found to be of.</summary>
    private void DescribeOthers(FeatureList f, int i, List<ParticipantDraft> drafts, int index, TripDraft? trip, in PersonFacts facts, bool again)
    {
        Party party = _candidates.Parties[i];
        string text = _candidates.Values[i].Text!;
        ParticipantDraft draft = drafts[index];
        f.Add(Feature.NeedAndMate, (facts.Need * 16) + Sameness(facts.Mate < 0 ? null : drafts[facts.Mate], party, text));
        if (again) f.Add(Feature.NeedAndNextMate, (facts.Need * 16) + Sameness(facts.NextMate < 0 ? null : drafts[facts.NextMate], party, text));
        bool ofPlace = LeavesPlace(facts.Need);
        (int agreeing, int against, int sideFor, int sideAgainst) = _votes.For(party, text);
        f.Add(Feature.NeedAndVotes, (facts.Need * 16) + (FeatureList.Bucket(Math.Min(agreeing, 4)) * 4) + Math.Min(against, 3));
        if (!again) return;
        int side = draft.Side == "visitor" ? 1 : draft.Side == "host" ? 2 : 0;
        f.Add(Feature.SideAndRelation, (side * 64) + (ofPlace ? 32 : 0) + (Relation(party, trip) * 4));
        f.Add(Feature.VotesOfSide, (Math.Min(sideFor, 3) * 4) + Math.Min(sideAgainst, 3));
        if (ofPlace) f.Add(Feature.VotesOfSide, 16 + (Math.Min(sideFor, 3) * 4) + Math.Min(sideAgainst, 3));
    }

    /// <summary>0 nobody, else 1 plus: 1 the same place or body, 2 the same value, 4 his post leaves it out.</summary>
    private static int Sameness(ParticipantDraft? other, Party party, string text) => other == null ? 0
        : 1 + (!party.IsNone && other.Body == party ? 1 : 0) + (other.Affiliation == text ? 2 : 0) + (other.Need is WithPlace or WithPlaceAndBody or WithBody ? 0 : 4);

    private bool SameSentence(Party party, TextSpan span)
    {
        if (party.IsNone) return true;
        int sentence = context.Layout.SentenceAt(span.Start);
        List<TextSpan> spans = party.Place >= 0 ? Resolved.Places[party.Place].Spans : Resolved.Organizations[party.Organization].Spans;
        int first = TaggedText.CountBefore(spans, context.SentenceSpan(span.Start).Start);
        return first < spans.Count && context.Layout.SentenceAt(spans[first].Start) == sentence;
    }

    /// <summary>A word as a number below 256: different words rarely share one.</summary>
    private static int Small(ReadOnlySpan<char> word)
    {
        int value = 0;
        foreach (char c in word) value = (value * 31) + c;
        return 1 + ((value & 0x7FFFFFFF) % 251);
    }

    private static int Mix(int word, int other) => ((word * 37) + (other * 101)) % 256;

    private FeatureList Next(int index)
    {
        while (_pool.Count <= index) _pool.Add(new FeatureList());
        _pool[index].Clear();
        return _pool[index];
    }
}
