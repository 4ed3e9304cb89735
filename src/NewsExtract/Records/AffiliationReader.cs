using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Finds the place or organisation whose post a participant holds: named in the post, taken over along the enumeration,
/// or the story's own or the other side's where the post names none (<c>县委书记</c>, <c>董事长</c>).
/// </summary>
internal sealed class AffiliationReader(ILinkDecider links, TextContext context, Relations relations)
{
    // Where a candidate comes from.
    private const int OwnPlace = 1, OwnBody = 2, BeforeInSentence = 3, Home = 4, HomeBody = 5, Leader = 6, To = 7, From = 8, BodyBefore = 9, Institution = 10, NearPlace = 11, PlainPlace = 12, AboveHome = 13, AboveTo = 14, AboveFrom = 15;

    private static readonly TermSet Institutions = TermSet.Of(TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.CompanySuffix, TermClass.CongressBody);
    // What a head of a post or the end of a body's name tells; a group's place in the list, from 1, is its value in features.
    private static readonly string[] HeadGroups = ["大使", "领事", "参赞", "总统", "总理", "首相", "国王", "部长", "议员", "议长", "院士", "教授", "书记", "主任", "局长", "校长", "院长", "处长", "经理", "董事长", "总裁", "会长", "秘书长", "领导", "主席", "馆长", "所长", "站长", "科长", "司令员", "政委", "参谋长", "调研员", "巡视员", "代表", "委员"];
    private static readonly string[] BodyEnds = ["学院", "系", "处", "科", "室", "办", "部", "中心", "所", "馆", "站", "局", "委", "厅", "公司", "集团", "厂", "大学", "医院", "学校", "会", "委员会", "办公室", "区", "村", "社区", "行", "社", "队"];

    private readonly List<FeatureList> _pool = [];
    private readonly List<Candidate> _candidates = [];
    private readonly List<Party> _parties = [];
    private readonly List<int> _sources = [];
    private readonly HashSet<string> _offered = new(StringComparer.Ordinal);
    private readonly int[] _orders = new int[16]; // by source: how many of its candidates have been described

    private ResolvedText Resolved => context.Resolved;

    public void Read(List<ParticipantDraft> drafts, int index, TripDraft? trip, NameRuns runs)
    {
        ParticipantDraft draft = drafts[index];
        Post? post = draft.Person.Posts.Count > 0 ? draft.Person.Posts[0] : null;
        _candidates.Clear();
        _parties.Clear();
        _sources.Clear();
        _offered.Clear();
        Collect(drafts, index, trip, post);
        PersonFacts facts = Facts(drafts, index, trip, post, runs);
        Array.Clear(_orders);
        for (int i = 0; i < _parties.Count; i++) Describe(Next(i), i, drafts, index, trip, post, facts);
        int choice = links.Choose(Decision.Affiliation, _pool, _candidates, draft.Person.Name, out double probability);
        draft.Confidence *= Math.Sqrt(probability);
        if (choice < 0) return;
        draft.Affiliation = _candidates[choice].Text;
        draft.Body = _parties[choice];
    }

    private void Collect(List<ParticipantDraft> drafts, int index, TripDraft? trip, Post? post)
    {
        ParticipantDraft draft = drafts[index];
        if (post is { Organization: >= 0 })
        {
            OfferText(OwnBody, new Party(-1, post.Organization), OwnBodyName(post));
            OfferInstitution(post);
        }
        if (post is { Place: >= 0 })
        {
            OfferText(OwnPlace, new Party(post.Place, -1), post.Body.Length > 1 ? OwnName(post) : Resolved.Places[post.Place].Written);
            OfferText(PlainPlace, new Party(post.Place, -1), PlaceInPost(post));
        }
        // Whoever stands before in the same sentence hands on what his post names.
        int sentence = context.Layout.SentenceAt(draft.Span.Start);
        for (int i = index - 1; i >= 0; i--)
        {
            if (context.Layout.SentenceAt(drafts[i].Span.Start) != sentence) break;
            if (!drafts[i].Body.IsNone) Offer(drafts[i].Body.Place >= 0 ? BeforeInSentence : BodyBefore, drafts[i].Body, post);
        }
        TextSpan whole = context.SentenceSpan(draft.Span.Start);
        for (int i = TaggedText.CountBefore(Resolved.Tagged.Places, draft.Span.Start) - 1; i >= 0 && Resolved.Tagged.Places[i].Span.Start >= whole.Start; i--)
        {
            TextSpan span = Resolved.Tagged.Places[i].Span;
            if (span.End <= draft.Span.Start) Offer(NearPlace, new Party(Resolved.PlaceOfMention[i], -1), post);
        }
        int reach = draft.Span.Start - 200 - relations.LongestOrganization;
        for (int i = TaggedText.CountBefore(Resolved.Tagged.Organizations, draft.Span.Start) - 1, taken = 0; i >= 0 && taken < 3; i--)
        {
            TextSpan span = Resolved.Tagged.Organizations[i].Span;
            if (span.Start < reach) break;
            if (span.End > draft.Span.Start || draft.Span.Start - span.End > 200) continue;
            Offer(BodyBefore, new Party(-1, Resolved.OrganizationOfMention[i]), post);
            taken++;
        }
        if (Resolved.Frame.Home >= 0) Offer(Home, new Party(Resolved.Frame.Home, -1), post);
        if (Resolved.Frame.HomeOrganization >= 0) Offer(HomeBody, new Party(-1, Resolved.Frame.HomeOrganization), post);
        if (Resolved.Frame.Home >= 0) OfferAbove(AboveHome, Resolved.Places[Resolved.Frame.Home], post);
        if (trip == null) return;
        if (trip.From.Place >= 0) OfferAbove(AboveFrom, Resolved.Places[trip.From.Place], post);
        foreach (int to in trip.To) OfferAbove(AboveTo, Resolved.Places[to], post);
        if (!trip.From.IsNone) Offer(From, trip.From, post);
        foreach (int to in trip.To) Offer(To, new Party(to, -1), post);
        if (trip.Leader is { } leader && leader != draft.Person && relations.StatedBody(leader) is { IsNone: false } own) Offer(Leader, own, post);
    }

    /// <summary>省水利厅 in a county's story is that of the county's province.</summary>
    private void OfferAbove(int source, PlaceEntity place, Post? post)
    {
        if (post == null || post.Level is BodyLevel.None or BodyLevel.Organization) return;
        string above = relations.Above(place, post.Level);
        if (above.Length == 0) return;
        string body = Trim(post.Body);
        if (body.StartsWith("自治区", StringComparison.Ordinal)) body = body[3..];
        OfferText(source, new Party(place.Id, -1), body.Length > 1 ? Relations.WithPlace(above, body) : above);
    }

    /// <summary>The body as the post has it, without 党委 and the like: 皖能重装|党委书记.</summary>
    private string OwnBodyName(Post post)
    {
        OrganizationEntity organization = Resolved.Organizations[post.Organization];
        foreach (TextSpan span in organization.Spans)
        {
            if (span.Start < post.Span.Start || span.End > post.Span.End) continue;
            int end = span.End;
            while (context.Index.TryEnd(end, TermSet.Of(TermClass.TransparentUnit), out LexiconHit unit) && unit.Start > span.Start + 1) end = unit.Start;
            return WithHome(context.Text[post.Span.Start..end], new Party(-1, post.Organization));
        }
        return relations.FullName(organization);
    }

    private string PlaceInPost(Post post)
    {
        foreach (TextSpan span in Resolved.Places[post.Place].Spans)
            if (post.Span.Contains(span) && Resolved.Places[post.Place].Level == BodyLevel.Nation) return context.Text[span.Start..span.End];
        return Resolved.Places[post.Place].Written;
    }

    private void Offer(int source, Party party, Post? post)
    {
        // 县领导 are of no town, 镇长 of no county.
        if (party.Place >= 0 && post is { Place: < 0, Organization: < 0, Level: >= BodyLevel.Province and <= BodyLevel.Town }
            && Resolved.Places[party.Place].Level is >= BodyLevel.Province and <= BodyLevel.Town && !Relations.Fits(post.Level, Resolved.Places[party.Place])) return;
        string text = relations.NameOf(party);
        // A bureau without its place is that of the place: 县商务局 of 建湖县.
        if (post is { Body.Length: > 1 } && party.Place >= 0) text = Relations.WithPlace(text, Trim(post.Body));
        OfferText(source, party, text);
    }

    /// <summary>孔敬大学 of 孔敬大学农学院: the institution within whose name the department's begins.</summary>
    private void OfferInstitution(Post post)
    {
        string name = Resolved.Organizations[post.Organization].Name;
        foreach (TextSpan span in Resolved.Organizations[post.Organization].Spans)
        {
            if (context.Text[span.Start..span.End] != name) continue;
            for (int end = span.Start + 3; end < span.End; end++)
                if (context.Index.TryEnd(end, Institutions, out LexiconHit suffix) && suffix.Start > span.Start && suffix.Length > 1)
                {
                    OfferText(Institution, new Party(-1, post.Organization), context.Text[span.Start..end]);
                    return;
                }
            return;
        }
    }

    /// <summary>Place and body as the post has them.</summary>
    private string OwnName(Post post)
    {
        int bodyAt = context.Text.IndexOf(post.Body, post.Span.Start, StringComparison.Ordinal);
        return bodyAt < 0 ? relations.NameOf(new Party(post.Place, -1)) + post.Body : context.Text[post.Span.Start..(bodyAt + post.Body.Length)];
    }

    private void OfferText(int source, Party party, string text)
    {
        if (text.Length == 0) return;
        if (!_offered.Add(text)) return;
        _parties.Add(party);
        _sources.Add(source);
        _candidates.Add(new Candidate(text));
    }

    private string WithHome(string text, Party party) =>
        party.Organization >= 0 && text == Resolved.Organizations[party.Organization].Name ? relations.FullName(Resolved.Organizations[party.Organization]) : text;

    private static string Trim(string body) => body.TrimEnd('、');

    /// <summary>What is the same for all candidates of one person.</summary>
    /// <param name="Own">What the post names: 0 no post, 1 nothing, 2 a place, 3 an organisation, 4 a body.</param>
    /// <param name="Direction">0 no trip, 1 from home, 2 to home, 3 neither.</param>
    /// <param name="Accompany">1 the person accompanies, 2 is accompanied or received, 0 neither.</param>
    /// <param name="VerbBehind">The classes of the verb behind the run of names.</param>
    /// <param name="Mate">The last person before in the run, or -1.</param>
    /// <param name="Head">Which of <see cref="HeadGroups"/> the post ends with.</param>
    /// <param name="BodyEnd">Which of <see cref="BodyEnds"/> the post's body ends with.</param>
    /// <param name="Anaphor">Which of <see cref="PostStarts"/> the post begins with.</param>
    private readonly record struct PersonFacts(int Own, int Direction, int Accompany, TermSet VerbBehind, int Mate, int Head, int BodyEnd, int Anaphor);

    private PersonFacts Facts(List<ParticipantDraft> drafts, int index, TripDraft? trip, Post? post, NameRuns runs)
    {
        ParticipantDraft draft = drafts[index];
        int own = post == null ? 0 : post.Organization >= 0 ? 3 : post.Place >= 0 ? 2 : post.Body.Length > 0 ? 4 : 1;
        int direction = trip == null ? 0 : trip.From.Place >= 0 && trip.From.Place == Resolved.Frame.Home ? 1 : trip.To.Contains(Resolved.Frame.Home) ? 2 : 3;
        int accompany = context.TryVerbAfter(draft.Span.End, context.SentenceSpan(draft.Span.Start).End, TermSet.Of(TermClass.Accompany), out _) ? 1
            : context.TryVerbBefore(context.Clause(draft.Span.Start).Start, draft.Span.Start, TermSet.Of(TermClass.Accompany, TermClass.VisitReceive), out _) ? 2 : 0;
        int name = runs.At(draft.Span), mate = runs.MateBefore(drafts, index, name);
        return new PersonFacts(own, direction, accompany, runs.TryVerbBehind(name, out LexiconHit behind) ? context.Index.Terms(behind) : default, mate,
            post == null ? 0 : EndGroup(post.Text, HeadGroups), post == null ? 0 : post.Body.Length == 0 ? 31 : EndGroup(post.Body, BodyEnds), post == null ? 0 : StartGroup(post.Text));
    }

    private void Describe(FeatureList f, int i, List<ParticipantDraft> drafts, int index, TripDraft? trip, Post? post, in PersonFacts facts)
    {
        Party party = _parties[i];
        int source = _sources[i];
        ParticipantDraft draft = drafts[index];
        f.Add(Feature.Source, source);
        int level = post == null ? 9 : (int)post.Level, own = facts.Own, direction = facts.Direction;
        f.Add(Feature.SourceAndLevel, (source * 10) + level);
        f.Add(Feature.SourceAndBody, (source * 8) + own);
        f.Add(Feature.SourceAndDirection, (source * 8) + direction);
        int order = _orders[source]++;
        f.Add(Feature.Rank, Math.Min(order, 4));
        f.Add(Feature.SourceDistance, (source * 8) + Math.Min(order, 4));
        if (party.Place >= 0)
        {
            PlaceEntity place = Resolved.Places[party.Place];
            f.Add(Feature.Level, (int)place.Level);
            f.Add(Feature.LevelFits, post == null ? 2 : post.Level == BodyLevel.None ? 3 : Relations.Fits(post.Level, place) ? 1 : 0);
            f.AddIf(post != null && Relations.Fits(post.Level, place), Feature.SourceCrosses, source);
            f.AddIf(place.Id == Resolved.Frame.Home, Feature.IsHome, 1 + direction);
            f.AddIf(trip?.From.Place == place.Id, Feature.IsFrom);
            f.AddIf(trip != null && trip.To.Contains(place.Id), Feature.IsTo);
            f.AddIf(place.IsForeign, Feature.IsForeign);
        }
        else
        {
            OrganizationEntity organization = Resolved.Organizations[party.Organization];
            f.Add(Feature.Kind, organization.IsCompany ? 2 : 1);
            f.AddIf(post is { Level: BodyLevel.Organization }, Feature.SourceCrosses, 32 + source);
            f.AddIf(post is { Level: BodyLevel.None, Body.Length: 0 }, Feature.SourceCrosses, 64 + source);
            f.AddIf(organization.Id == Resolved.Frame.HomeOrganization, Feature.IsHomeOrganization, 1 + direction);
            f.AddIf(trip?.From.Organization == organization.Id, Feature.IsFrom, 2);
        }
        f.Add(Feature.AccompanyAndPlace, (source * 4) + facts.Accompany);
        for (int k = 0; k < 8; k++) f.AddIf(facts.VerbBehind.Has(TextContext.VerbClasses[k]), Feature.SourceAndRunVerb, (source * 8) + k);
        if (facts.Mate >= 0)
        {
            ParticipantDraft mate = drafts[facts.Mate];
            int same = (mate.Body == party ? 1 : 0) + (mate.Affiliation == _candidates[i].Text ? 2 : 0);
            f.Add(Feature.RunMateSource, (source * 4) + same);
            f.Add(Feature.RunMateSide, (own * 8) + same + (mate.Body.Organization >= 0 ? 4 : 0));
        }
        if (post != null)
        {
            int head = facts.Head, end = facts.BodyEnd;
            f.Add(Feature.SuffixClass, (source * 16) + Math.Min(head / 3, 15));
            f.Add(Feature.KindFirst, head);
            f.Add(Feature.BodyOf, (Math.Min(source, 7) * 32) + end);
            f.Add(Feature.IsBodyOfStop, (Math.Max(0, source - 7) * 32) + end);
            f.AddIf(post.Text.Contains('驻'), Feature.SourceIsHome, source);
        }
        int anaphor = facts.Anaphor;
        f.Add(Feature.NameRelation, (anaphor * 8) + EndKind(_candidates[i].Text!));
        f.Add(Feature.WithinGroup, (anaphor * 16) + source);
        int homeKind = Resolved.Frame.HomeOrganization < 0 ? 0 : 1;
        f.Add(Feature.SourceIsFrom, (source * 4) + homeKind);
        f.Add(Feature.SourceIsTo, (source * 8) + EndKind(_candidates[i].Text!));
        f.AddIf(trip?.Leader == draft.Person, Feature.IsLeader, source);
        f.AddIf(post is { Shared: true }, Feature.PostIsShared, source);
        f.AddIf(SameSentence(party, draft.Span), Feature.SameSentence, source);
    }

    // What a post begins with that leaves its body to the context: 公司经理, 校党委书记, 园区总经理.
    private static readonly string[] PostStarts = ["公司", "集团", "校", "院", "园区", "馆", "场", "厂", "会", "村", "董事", "总经理", "副总", "总裁", "省", "市", "县", "区", "镇", "州", "自治区"];

    private static int StartGroup(string text)
    {
        for (int i = 0; i < PostStarts.Length; i++)
            if (text.StartsWith(PostStarts[i], StringComparison.Ordinal)) return i + 1 > 15 ? 15 : i + 1;
        return 0;
    }

    private static int EndGroup(string text, string[] groups)
    {
        for (int i = 0; i < groups.Length; i++)
            if (text.EndsWith(groups[i], StringComparison.Ordinal)) return i + 1;
        return 0;
    }

    /// <summary>What the candidate's name ends like: 1 an institution, 2 a department, 3 a bureau, 4 a place, 0 anything else.</summary>
    private static int EndKind(string text) => text[^1] switch
    {
        '学' or '校' or '司' or '团' or '厂' => 1,
        '院' => text.EndsWith("学院", StringComparison.Ordinal) ? 5 : 1,
        '处' or '科' or '室' or '系' or '部' or '心' => 2,
        '局' or '办' or '委' or '厅' => 3,
        '县' or '市' or '区' or '镇' or '乡' or '省' or '州' or '旗' or '盟' or '村' or '道' => 4,
        _ => 0,
    };

    private bool SameSentence(Party party, TextSpan span)
    {
        int sentence = context.Layout.SentenceAt(span.Start);
        foreach (TextSpan own in party.Place >= 0 ? Resolved.Places[party.Place].Spans : Resolved.Organizations[party.Organization].Spans)
            if (context.Layout.SentenceAt(own.Start) == sentence) return true;
        return false;
    }

    private FeatureList Next(int index)
    {
        while (_pool.Count <= index) _pool.Add(new FeatureList());
        _pool[index].Clear();
        return _pool[index];
    }
}
