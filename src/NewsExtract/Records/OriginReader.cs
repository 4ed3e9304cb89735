using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Decides at last where the visitors belong, once the people are known: to the place or body that was read from the words of the
/// trip, or to that whose post their leader holds, or to the place or institution above it.
/// </summary>
internal sealed class OriginReader(ILinkDecider links, TextContext context, Relations relations)
{
    private static readonly TermSet Institutions = TermSet.Of(TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.CompanySuffix, TermClass.NationalBody, TermClass.Institute);
    private static readonly TermSet National = TermSet.Of(TermClass.NationalBody);
    private static readonly string[] Departments = ["处", "司", "科", "室", "部", "办公厅", "委员会"];
    private const int FromText = 1, OfLeader = 2, PlaceOfLeader = 3, InstitutionOfLeader = 4, FullName = 5;
    private readonly List<FeatureList> _pool = [];
    private readonly List<Candidate> _candidates = [];
    private readonly List<int> _sources = [];

    private ResolvedText Resolved => context.Resolved;

    public void Read(TripDraft trip, IReadOnlyList<ParticipantDraft> people)
    {
        if (trip.Leader == null) return;
        ParticipantDraft? leader = null;
        foreach (ParticipantDraft draft in people)
            if (draft.Person == trip.Leader) leader = draft;
        if (leader?.Affiliation is not { } own) return;
        _candidates.Clear();
        _sources.Clear();
        string read = relations.NameOf(trip.From);
        if (read.Length > 0) Offer(FromText, read);
        Offer(OfLeader, own);
        if (leader.Body.Place >= 0) Offer(PlaceOfLeader, Resolved.Places[leader.Body.Place].Written);
        if (leader.Body.Organization >= 0)
        {
            OrganizationEntity body = Resolved.Organizations[leader.Body.Organization];
            Offer(FullName, relations.FullName(body));
            if (body.Place >= 0) Offer(PlaceOfLeader, Resolved.Places[body.Place].Written);
        }
        OfferInstitutions(own);
        OfferOffices(own);
        OfferOffices(read);
        OfferNationalBody(leader.Person);
        for (int i = 0; i < _candidates.Count; i++) Describe(Next(i), i, trip, leader, read, own);
        links.Begin(trip.Story);
        int choice = links.Choose(Decision.FromOfLeader, _pool, _candidates, null, out _);
        if (choice >= 0 && _sources[choice] != FromText) trip.FromName = _candidates[choice].Text;
    }

    /// <summary>西南林业大学 of 西南林业大学林学院, 农业农村部 of 农业农村部种植业管理司: the institutions within whose name the body's begins.</summary>
    private void OfferInstitutions(string own)
    {
        int at = context.Text.IndexOf(own, StringComparison.Ordinal);
        for (int end = at + 3; at >= 0 && end < at + own.Length; end++)
            if (context.Index.TryEnd(end, Institutions, out LexiconHit suffix) && suffix.Length > 1 && suffix.Start >= at) Offer(InstitutionOfLeader, context.Text[at..end]);
    }

    /// <summary>江西省水利厅 of 江西省水利厅建设处, 全国政协 of 全国政协提案委员会: the office whose department it is.</summary>
    private void OfferOffices(string own)
    {
        if (own.Length < 6 || !Array.Exists(Departments, end => own.EndsWith(end, StringComparison.Ordinal))) return;
        for (int end = 3; end <= own.Length - 3; end++)
            if (own[end - 1] is '厅' or '局' or '部' or '委' or '署' or '协' or '会' && own[end] is not ('员' or '会')) Offer(InstitutionOfLeader, own[..end]);
    }

    /// <summary>全国人大 of 全国人大常委会副委员长: the national body that the first post begins with.</summary>
    private void OfferNationalBody(PersonEntity leader)
    {
        if (leader.Posts.Count == 0) return;
        TextSpan post = leader.Posts[0].Span;
        for (int end = post.Start + 3; end < post.End; end++)
            if (context.Index.TryEnd(end, National, out LexiconHit body) && body.Start == post.Start) Offer(InstitutionOfLeader, context.Text[post.Start..end]);
    }

    private void Offer(int source, string text)
    {
        foreach (Candidate known in _candidates)
            if (known.Text == text) return;
        _sources.Add(source);
        _candidates.Add(new Candidate(text));
    }

    private void Describe(FeatureList f, int index, TripDraft trip, ParticipantDraft leader, string read, string own)
    {
        string text = _candidates[index].Text!;
        int source = _sources[index];
        f.Add(Feature.Source, source);
        int kind = EndKind(text), relation = own == read ? 1 : own.StartsWith(read, StringComparison.Ordinal) && read.Length > 0 ? 2 : read.StartsWith(own, StringComparison.Ordinal) ? 3
            : own.EndsWith(read, StringComparison.Ordinal) && read.Length > 0 ? 4 : read.EndsWith(own, StringComparison.Ordinal) ? 5 : read.Length == 0 ? 6 : 0;
        f.Add(Feature.NameRelation, (source * 8) + relation);
        f.Add(Feature.SuffixClass, (source * 16) + kind);
        f.Add(Feature.Kind, (source * 32) + (EndKind(read) * 2) + (trip.From.Place >= 0 ? 1 : 0));
        f.Add(Feature.BodyOf, (source * 16) + EndKind(own));
        Post? post = leader.Person.Posts.Count > 0 ? leader.Person.Posts[0] : null;
        f.Add(Feature.PostLevel, (source * 16) + (post == null ? 9 : (int)post.Level));
        f.Add(Feature.PostNamesBody, (source * 8) + (post == null ? 0 : (post.Organization >= 0 ? 1 : 0) + (post.Place >= 0 ? 2 : 0) + (post.Body.Length > 0 ? 4 : 0)));
        f.AddIf(trip.From.Place >= 0 && trip.From.Place == Resolved.Frame.Home, Feature.FromIsHome, source);
        f.AddIf(trip.From.Organization >= 0 && trip.From.Organization == Resolved.Frame.HomeOrganization, Feature.IsHomeOrganization, source);
        f.AddIf(trip.From.Place >= 0 && trip.To.Contains(trip.From.Place), Feature.IsTo, source);
        f.Add(Feature.Length, Math.Min(text.Length, 20));
    }

    /// <summary>1 an institution, 2 a department, 3 a bureau, 4 a place, 5 a society, 0 anything else.</summary>
    private static int EndKind(string text) => text.Length == 0 ? 7 : text[^1] switch
    {
        '学' or '校' or '司' or '团' or '厂' or '院' => 1,
        '处' or '科' or '室' or '系' or '部' or '心' or '组' => 2,
        '局' or '办' or '委' or '厅' or '府' => 3,
        '县' or '市' or '区' or '镇' or '乡' or '省' or '州' or '旗' or '盟' or '村' or '道' => 4,
        '会' => 5,
        _ => 0,
    };

    private FeatureList Next(int index)
    {
        while (_pool.Count <= index) _pool.Add(new FeatureList());
        _pool[index].Clear();
        return _pool[index];
    }
}
