using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>Gathers the places and bodies that a participant's first post can be of; each value once, with all sources it has.</summary>
internal sealed partial class AffiliationCandidates(TextContext context, Relations relations, BodyKinds kinds)
{
    private const string Affiliated = "附属";
    private const int MaxFronts = 4, MaxSites = 3, SiteDistance = 160, MaxBodiesBefore = 3, MaxInstitutions = 8, BodyDistance = 200;
    private static readonly TermSet Institutions = TermSet.Of(TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.CompanySuffix, TermClass.CongressBody, TermClass.Institute);
    private static readonly TermSet InstitutionEnds = TermSet.Of(TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.CompanySuffix, TermClass.Institute);
    private static readonly TermSet Holders = TermSet.Of(TermClass.OrgSuffix, TermClass.FacilitySuffix, TermClass.ZoneSuffix) | Institutions;
    private static readonly TermSet BodyEnds = TermSet.Of(TermClass.OrgSuffix, TermClass.Bureau, TermClass.SubUnit, TermClass.SchoolSuffix, TermClass.CompanySuffix, TermClass.HospitalSuffix,
        TermClass.NationalBody, TermClass.ZoneSuffix, TermClass.FacilitySuffix, TermClass.ConsultativeBody);
    private static readonly TermSet Transparent = TermSet.Of(TermClass.TransparentUnit);
    private static readonly TermSet Councils = TermSet.Of(TermClass.CongressBody, TermClass.ConsultativeBody);
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    // The article's candidates: most are offered to several people.
    private readonly HashSet<string> _strings = new(StringComparer.Ordinal);
    private char[] _joined = new char[64];
    private readonly NearPlaces _near = new(context);
    // Whether the article has a school, hospital or institute at all, so that what can only be a part of one counts for it.
    private bool _hasInstitution;

    private ResolvedText Resolved => context.Resolved;

    public List<Candidate> Values { get; } = [];

    public List<Party> Parties { get; } = [];

    /// <summary>By candidate: the first source.</summary>
    public List<AffiliationSource> Sources { get; } = [];

    /// <summary>By candidate: a bit for each of its sources.</summary>
    public List<uint> AllSources { get; } = [];

    /// <summary>Takes up the context's article in place of the one before.</summary>
    public void Start()
    {
        _strings.Clear();
        _near.Start();
        _hasInstitution = Resolved.Organizations.Exists(organization => !organization.IsCompany && kinds.IsInstitution(organization));
    }

    public void Collect(List<ParticipantDraft> drafts, int index, TripDraft? trip, Post? post)
    {
        Values.Clear();
        Parties.Clear();
        Sources.Clear();
        AllSources.Clear();
        _known.Clear();
        ParticipantDraft draft = drafts[index];
        _near.Mark(draft.Span.Start);
        if (post != null) CollectOwn(draft, post);
        CollectBefore(drafts, index, post);
        if (Resolved.Frame.Home >= 0) Offer(AffiliationSource.Home, new Party(Resolved.Frame.Home, -1), post);
        if (Resolved.Frame.HomeOrganization >= 0) OfferText(AffiliationSource.HomeBody, new Party(-1, Resolved.Frame.HomeOrganization), relations.InstitutionOf(Resolved.Organizations[Resolved.Frame.HomeOrganization]));
        if (Resolved.Frame.Home >= 0) OfferAbove(AffiliationSource.AboveHome, Resolved.Places[Resolved.Frame.Home], post);
        if (trip != null) CollectOfTrip(draft, trip, post);
        CollectOfArticle(draft, post);
    }

    private void CollectOwn(ParticipantDraft draft, Post post)
    {
        OfferCountryOfEnvoy(draft, post);
        if (IsOfCouncil(post) && CouncilPlace(post) is >= 0 and int council)
        {
            // 垫江县人大常委会, 河北省人大城建环资工委: councils stand for their place.
            OfferText(AffiliationSource.PlainPlace, new Party(council, -1), Resolved.Places[council].Written);
            return;
        }
        if (EndOfInstitution(post) is > 0 and int institution)
        {
            OfferText(AffiliationSource.Institution, new Party(-1, post.Organization), context.Text[post.Span.Start..institution]);
            OfferText(AffiliationSource.OwnBody, new Party(-1, post.Organization), relations.InstitutionOf(Resolved.Organizations[post.Organization]));
            return;
        }
        if (CountsForInstitution(post))
        {
            OfferInstitution(post);
            return;
        }
        if (OrganizationOf(post) >= 0)
        {
            OfferText(AffiliationSource.OwnBody, new Party(-1, post.Organization), OwnBodyName(post, whole: false));
            OfferText(AffiliationSource.OwnText, new Party(-1, post.Organization), OwnBodyName(post, whole: true));
            OfferInstitution(post);
            OfferText(AffiliationSource.FullName, new Party(-1, post.Organization), relations.FullName(Resolved.Organizations[post.Organization]));
        }
        if (post.Place >= 0)
        {
            OfferText(AffiliationSource.OwnPlace, new Party(post.Place, -1), post.Body.Length > 1 ? OwnName(post) : PlaceAsWritten(post));
            OfferText(AffiliationSource.PlainPlace, new Party(post.Place, -1), PlaceInPost(post));
            if (ChamberOf(post, Resolved.Places[post.Place]) is { } chamber) OfferText(AffiliationSource.Council, new Party(post.Place, -1), Resolved.Places[post.Place].Written + chamber);
        }
        if (!kinds.IsGeneric(post) && post is { Organization: < 0, Place: < 0, Body.Length: > 1, Level: BodyLevel.None or BodyLevel.Organization }) OfferText(AffiliationSource.OwnText, Party.None, Trim(post.Body));
        OfferFronts(post);
    }

    /// <summary>教务处处长, 俄语系主任, where the article has institutions: the post is of one of them.</summary>
    private bool CountsForInstitution(Post post) => _hasInstitution && post.Place < 0 && post.Organization >= 0 && kinds.IsDepartment(Resolved.Organizations[post.Organization]);

    private int CouncilPlace(Post post)
    {
        int place = post.Place >= 0 ? post.Place : post.Organization >= 0 ? Resolved.Organizations[post.Organization].Place : -1;
        return place >= 0 && Resolved.Places[place] is { IsForeign: false, Level: >= BodyLevel.Province and <= BodyLevel.Town } ? place : -1;
    }

    /// <summary>西南林业大学|林学院: where a school, hospital or company ends whose part the post's body is; 0 if it is none.</summary>
    private int EndOfInstitution(Post post)
    {
        if (post.Organization < 0) return 0;
        foreach (TextSpan span in Resolved.Organizations[post.Organization].Spans)
        {
            if (span.Start < post.Span.Start || span.End > post.Span.End || !kinds.EndsAsPart(span.End)) continue;
            // The last one counts that is no part itself: 川北医学院附属医院|党委.
            int first = 0;
            for (int end = span.End - 2; end >= span.Start + 4; end--)
            {
                if (!context.IsBorder(end) || !context.Index.TryEnd(end, InstitutionEnds, out LexiconHit suffix) || suffix.Length < 2 || suffix.Start < span.Start + 2) continue;
                if (!kinds.EndsAsPart(end)) return end;
                first = end;
            }
            if (first > 0) return first;
        }
        return 0;
    }

    /// <summary>
    /// What the post has in front of its head, up to each word that can end a body: 全国政协|民宗委|办公室|副主任. A part of a body counts for the
    /// body, but where a body ends and its part begins is for the choice to tell.
    /// </summary>
    private void OfferFronts(Post post)
    {
        // 省水利厅 alone says of no province that it is hers.
        if (kinds.IsGeneric(post) || post is { Place: < 0, Level: >= BodyLevel.Province and <= BodyLevel.Village } || post is { Place: < 0, Organization: < 0, Level: BodyLevel.Organization }) return;
        Party party = post.Organization >= 0 ? new Party(-1, post.Organization) : new Party(post.Place, -1);
        for (int end = post.Span.Start + 2, taken = 0; end < post.Span.End && taken < MaxFronts; end++)
        {
            if (!context.Index.TryEnd(end, BodyEnds, out LexiconHit suffix) || suffix.Start < post.Span.Start || suffix.Length < 2 && !context.IsBorder(end)) continue;
            // The longer word decides: 委员会 before 委员, 管理局 before 管理.
            if (context.Index.TryStart(suffix.Start, BodyEnds, out LexiconHit longer) && longer.End > end && longer.End < post.Span.End) continue;
            OfferText(end == suffix.End && suffix.Start == post.Span.Start ? AffiliationSource.OwnText : AffiliationSource.Front, party, context.Text.AsSpan(post.Span.Start, end - post.Span.Start));
            taken++;
        }
        // 恒曜电气|人事总监: what the text named before by itself ends there.
        for (int end = post.Span.Start + 3; end < post.Span.End - 1; end++)
            if (context.IsBorder(end) && context.Index.Stretches.Find(post.Span.Start, end - post.Span.Start) is >= 0 and int earlier && earlier < post.Span.Start
                && relations.Organizations.Has(new TextSpan(earlier, earlier + end - post.Span.Start))) OfferText(AffiliationSource.Front, party, context.Text.AsSpan(post.Span.Start, end - post.Span.Start));
    }

    /// <summary>Whoever and whatever stands before in the same sentence hands on what it names.</summary>
    private void CollectBefore(List<ParticipantDraft> drafts, int index, Post? post)
    {
        TextSpan at = drafts[index].Span;
        int sentence = context.Layout.SentenceAt(at.Start);
        bool leavesInstitution = LeavesInstitution(post);
        for (int i = index - 1; i >= 0; i--)
        {
            if (context.Layout.SentenceAt(drafts[i].Span.Start) != sentence) break;
            if (drafts[i].Body.IsNone) continue;
            if (leavesInstitution && drafts[i].Affiliation is { Length: > 0 } own && (drafts[i].Body.Organization >= 0 || FitsPlace(post, drafts[i].Body.Place))) OfferText(AffiliationSource.Mate, drafts[i].Body, own);
            Offer(drafts[i].Body.Place >= 0 ? AffiliationSource.BeforeInSentence : AffiliationSource.BodyBefore, drafts[i].Body, post);
        }
        int start = context.SentenceSpan(at.Start).Start;
        for (int i = TaggedText.CountBefore(Resolved.Tagged.Places, at.Start) - 1; i >= 0 && Resolved.Tagged.Places[i].Span.Start >= start; i--)
            if (Resolved.Tagged.Places[i].Span.End <= at.Start) Offer(AffiliationSource.NearPlace, new Party(Resolved.PlaceOfMention[i], -1), post);
        int reach = at.Start - BodyDistance - relations.LongestOrganization;
        for (int i = TaggedText.CountBefore(Resolved.Tagged.Organizations, at.Start) - 1, taken = 0; i >= 0 && taken < MaxBodiesBefore; i--)
        {
            TextSpan span = Resolved.Tagged.Organizations[i].Span;
            if (span.Start < reach) break;
            if (span.End > at.Start || at.Start - span.End > BodyDistance) continue;
            Offer(AffiliationSource.BodyBefore, new Party(-1, Resolved.OrganizationOfMention[i]), post);
            taken++;
        }
        if (post is { Level: not BodyLevel.Village }) return;
        int sites = 0;
        for (int i = TaggedText.CountBefore(Resolved.Tagged.Facilities, at.Start) - 1; i >= 0; i--)
        {
            TextSpan site = Resolved.Tagged.Facilities[i].Span;
            // Further back only the villages that were gone to last: somebody called on at home is named sentences later.
            if (site.Start < start && (sites >= MaxSites || at.Start - site.End > SiteDistance)) break;
            if (site.End > at.Start || site.Start < start && context.Text[site.End - 1] is not ('村' or '社' or '区' or '寨' or '屯' or '庄')) continue;
            OfferText(AffiliationSource.Site, Party.None, context.Text.AsSpan(site.Start, site.Length));
            sites++;
        }
    }

    private void CollectOfTrip(ParticipantDraft draft, TripDraft trip, Post? post)
    {
        if (trip.From.Place >= 0) OfferAbove(AffiliationSource.AboveFrom, Resolved.Places[trip.From.Place], post);
        foreach (int to in trip.To)
            if (_near.Has(to)) OfferAbove(AffiliationSource.AboveTo, Resolved.Places[to], post);
        if (!trip.From.IsNone) Offer(AffiliationSource.From, trip.From, post);
        foreach (int to in trip.To)
            if (_near.Has(to)) Offer(AffiliationSource.To, new Party(to, -1), post);
        if (trip.Leader is { } leader && leader != draft.Person && relations.StatedBody(leader) is { IsNone: false } own) Offer(AffiliationSource.Leader, own, post);
    }

    /// <summary>Places that have the post's level; for posts of institutions the schools, hospitals and companies.</summary>
    private void CollectOfArticle(ParticipantDraft draft, Post? post)
    {
        if (post is { Place: < 0, Level: >= BodyLevel.Province and <= BodyLevel.Town })
        {
            foreach (PlaceEntity place in Resolved.Places)
                if (_near.Has(place.Id) && Relations.Fits(post.Level, place)) Offer(AffiliationSource.ArticlePlace, new Party(place.Id, -1), post);
            return;
        }
        if (post is { Place: < 0 } && context.Index.TryEnd(post.Span.End, NationHeads, out _)) CollectNations(post);
        if (post == null || post.Place >= 0 || !LeavesInstitution(post)) return;
        int taken = 0;
        foreach (OrganizationEntity organization in Resolved.Organizations)
        {
            if (kinds.IsOutlet(organization) && relations.FullName(organization) is { } owner && owner.Length < organization.Name.Length)
            {
                OfferText(AffiliationSource.HomeBody, new Party(-1, organization.Id), owner);
                continue;
            }
            if (!kinds.IsInstitution(organization) && relations.InstitutionOf(organization).Length == organization.Name.Length && !kinds.IsCollege(organization)
                || organization.Spans[0].Start > draft.Span.End && !draft.Story.Contains(organization.Spans[0].Start)) continue;
            if (kinds.IsGeneric(organization)) continue;
            string name = kinds.IsCollege(organization) ? organization.Name : relations.InstitutionOf(organization);
            OfferText(AffiliationSource.ArticleInstitution, new Party(-1, organization.Id), name);
            // 附属第一医院|院长 in a medical school's story.
            if (post.Body.StartsWith(Affiliated, StringComparison.Ordinal)) OfferText(AffiliationSource.Institution, new Party(-1, organization.Id), string.Concat(name, Trim(post.Body)));
            if (++taken == MaxInstitutions) return;
        }
    }

    /// <summary>The organisation that the post names, or -1 where it names none of its own.</summary>
    private int OrganizationOf(Post post) => kinds.IsGeneric(post) ? -1 : post.Organization;

    private bool IsBareOfBody(Post? post) => post != null && kinds.IsGeneric(post) || post is null or { Organization: < 0, Place: < 0, Body.Length: <= 1 };

    /// <summary>董事长, 市场部经理: the post is of an institution that it does not name.</summary>
    private bool LeavesInstitution(Post? post) => post == null || IsBareOfBody(post) || kinds.IsPart(post) || kinds.IsUnnamedPart(post);

    private bool FitsPlace(Post? post, int place) => post is null or { Level: BodyLevel.None or > BodyLevel.Town } || (place >= 0 && Relations.Fits(post.Level, Resolved.Places[place]));

    /// <summary>省水利厅 in a county's story is that of the county's province.</summary>
    private void OfferAbove(AffiliationSource source, PlaceEntity place, Post? post)
    {
        if (post == null || post.Level is BodyLevel.None or BodyLevel.Organization) return;
        string above = relations.Above(place, post.Level);
        if (above.Length == 0) return;
        string body = Trim(post.Body);
        if (body.StartsWith("自治区", StringComparison.Ordinal)) body = body[3..];
        OfferText(source, new Party(place.Id, -1), body.Length > 1 ? Joined(above, body) : above);
        if (body.Length > 1 && IsOfCouncil(post)) OfferText(source, new Party(place.Id, -1), above);
    }

    /// <summary>市人大农业委员会: the congress's and CPPCC's own bodies stand for the place.</summary>
    private bool IsOfCouncil(Post post) => context.Index.Any(post.Span.Start, post.Span.End, Councils);

    /// <summary>The body as the post has it, without 党委 and the like: 皖能重装|党委书记.</summary>
    private string OwnBodyName(Post post, bool whole)
    {
        OrganizationEntity organization = Resolved.Organizations[post.Organization];
        foreach (TextSpan span in organization.Spans)
            if (span.Start >= post.Span.Start && span.End <= post.Span.End && context.Text[span.Start] != '该') return relations.OfHome(context.Text[post.Span.Start..(whole ? span.End : BeforeTransparent(span.Start, span.End))]);
        return relations.FullName(organization);
    }

    private int BeforeTransparent(int start, int end)
    {
        // 全国|政协, 驻大阪|办事处: a word of level alone is no body, nor is one that is stationed.
        while (context.Index.TryEnd(end, Transparent, out LexiconHit unit) && unit.Start > start + 1 && !context.Text.AsSpan(start, unit.Start - start).Contains('驻')
               && !(context.Index.TryStart(start, TermSet.Of(TermClass.LevelWord), out LexiconHit level) && level.End == unit.Start)) end = unit.Start;
        return end;
    }

    /// <summary>The place as the post has it where it says of which unit it is: 三江县 of 三江侗族自治县.</summary>
    private string PlaceAsWritten(Post post)
    {
        PlaceEntity place = Resolved.Places[post.Place];
        foreach (TextSpan span in place.Spans)
            if (post.Span.Contains(span) && span.Length > 2 && context.Text[span.End - 1] == place.Written[^1]) return context.Text[span.Start..span.End];
        return place.Written;
    }

    private string PlaceInPost(Post post)
    {
        foreach (TextSpan span in Resolved.Places[post.Place].Spans)
            if (post.Span.Contains(span) && Resolved.Places[post.Place].Level == BodyLevel.Nation) return context.Text[span.Start..span.End];
        return Resolved.Places[post.Place].Written;
    }

    private void Offer(AffiliationSource source, Party party, Post? post)
    {
        // 县领导 are of no town, 镇长 of no county.
        if (party.Place >= 0 && post is { Place: < 0, Organization: < 0, Level: >= BodyLevel.Province and <= BodyLevel.Town }
            && Resolved.Places[party.Place].Level is >= BodyLevel.Nation and <= BodyLevel.Town && !Relations.Fits(post.Level, Resolved.Places[party.Place])) return;
        if (party.Organization >= 0 && (kinds.IsGeneric(Resolved.Organizations[party.Organization]) || kinds.IsOutlet(Resolved.Organizations[party.Organization])
            || (_hasInstitution && kinds.IsDepartment(Resolved.Organizations[party.Organization])))) return;
        string text = party.Organization >= 0 ? NameOf(Resolved.Organizations[party.Organization]) : NameOf(Resolved.Places[party.Place], post);
        // A bureau without its place is that of the place: 县商务局 of 建湖县.
        if (post is { Body.Length: > 1 } && party.Place >= 0)
        {
            if (IsOfCouncil(post)) OfferText(source, party, text);
            if (!CountsForInstitution(post) && Relations.LeadFits(post.Body, Resolved.Places[party.Place])) OfferText(source, party, Joined(text, Trim(post.Body)));
            return;
        }
        if (party.Place >= 0 && post != null && ChamberOf(post, Resolved.Places[party.Place]) is { } chamber) OfferText(AffiliationSource.Council, party, text + chamber);
        OfferText(source, party, text);
    }

    private string NameOf(OrganizationEntity organization)
    {
        string name = relations.FullName(organization);
        foreach (TextSpan span in organization.Spans)
        {
            if (span.Length != organization.Name.Length) continue;
            int end = BeforeTransparent(span.Start, span.End);
            return end < span.End ? name[..^(span.End - end)] : name;
        }
        return name;
    }

    /// <summary>自治区主席 are of 内蒙古自治区, however short the article has it.</summary>
    private static string NameOf(PlaceEntity place, Post? post) =>
        post is { Level: BodyLevel.Province } && post.Text.StartsWith("自治区", StringComparison.Ordinal) && place.Chain.EndsWith("自治区", StringComparison.Ordinal) ? place.Chain : place.Written;

    /// <summary>孔敬大学 of 孔敬大学农学院: the institution within whose name the department's begins.</summary>
    private void OfferInstitution(Post post)
    {
        OrganizationEntity organization = Resolved.Organizations[post.Organization];
        foreach (TextSpan span in organization.Spans)
        {
            if (context.Text[span.Start..span.End] != organization.Name) continue;
            TermSet ends = kinds.IsPart(organization) ? Holders : Institutions;
            for (int end = span.Start + 3; end < span.End; end++)
                if (context.Index.TryEnd(end, ends, out LexiconHit suffix) && suffix.Start > span.Start && suffix.Length > 1)
                    OfferText(AffiliationSource.Institution, new Party(-1, post.Organization), context.Text.AsSpan(span.Start, end - span.Start));
            return;
        }
    }

    /// <summary>Place and body as the post has them.</summary>
    private string OwnName(Post post)
    {
        int bodyAt = context.Text.IndexOf(post.Body, post.Span.Start, StringComparison.Ordinal);
        return bodyAt < 0 || bodyAt >= post.Span.End ? relations.NameOf(new Party(post.Place, -1)) + post.Body : context.Text[post.Span.Start..(bodyAt + post.Body.Length)];
    }

    private void OfferText(AffiliationSource source, Party party, string text)
    {
        if (text.Length == 0) return;
        if (!_known.TryAdd(text, Values.Count))
        {
            AllSources[_known[text]] |= 1u << (int)source;
            return;
        }
        Parties.Add(party);
        Sources.Add(source);
        AllSources.Add(1u << (int)source);
        Values.Add(new Candidate(text));
    }

    /// <summary>The same of a string that need not be made where it is known.</summary>
    private void OfferText(AffiliationSource source, Party party, ReadOnlySpan<char> text)
    {
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int index)) AllSources[index] |= 1u << (int)source;
        else if (_strings.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out string? known)) OfferText(source, party, known);
        else
        {
            string made = text.ToString();
            _strings.Add(made);
            OfferText(source, party, made);
        }
    }

    /// <summary>As <see cref="Relations.WithPlace"/> has it, in a buffer that holds until the next call.</summary>
    private ReadOnlySpan<char> Joined(string place, string body)
    {
        ReadOnlySpan<char> rest = body.AsSpan(Relations.RepeatsLevel(place, body) ? 1 : 0);
        if (_joined.Length < place.Length + rest.Length) _joined = new char[(place.Length + rest.Length) * 2];
        place.CopyTo(_joined);
        rest.CopyTo(_joined.AsSpan(place.Length));
        return _joined.AsSpan(0, place.Length + rest.Length);
    }

    private static string Trim(string body) => body.TrimEnd('、');
}
