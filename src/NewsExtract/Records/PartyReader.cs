using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Reads whom an agreement binds. Each place and body is judged twice: first by where it stands, then by the likeliest partner that it would have,
/// since an agreement binds two of a kind: county and county, zone and company.
/// </summary>
internal sealed class PartyReader(ILinkDecider links, TextContext context, Relations relations, BodyKinds bodies)
{
    private const int FarthestSentence = 4;
    private const double SecondParty = 0.25, ToldParty = 0.4, ThirdParty = 0.85, SureParty = 0.95;

    // How near a mention stands to the agreement's name.
    private const int InClause = 1, InSentence = 2, JustBefore = 3, Nowhere = 4, InParagraph = 5;

    private static readonly TermSet Signs = TermSet.Of(TermClass.SignVerb);
    private static readonly TermSet Government = TermSet.Of(TermClass.GovernmentBody);
    private static readonly TermSet Both = TermSet.Of(TermClass.PartiesAnaphor);

    /// <summary>A place or body that may be bound, with its mention nearest to the name; that span starts at -1 where it stands nowhere near.</summary>
    private sealed record Offered(string Text, Party Party)
    {
        public TextSpan Span { get; set; } = new(-1, -1);

        public int Near { get; set; } = Nowhere;

        public bool IsSignatoryBody { get; set; }

        public double Probability { get; set; }

        /// <summary>The probability at the second look.</summary>
        public double Again { get; set; }

        /// <summary>How many people of the visitors, of the hosts and of neither are of it.</summary>
        public int Visitors { get; private set; }

        public int Hosts { get; private set; }

        public int Others { get; private set; }

        public bool Stands => Span.Start >= 0;

        public void Add(string side)
        {
            if (side == "visitor") Visitors++;
            else if (side == "host") Hosts++;
            else Others++;
        }
    }

    private readonly List<Offered> _offered = [];
    private readonly Dictionary<string, Offered> _byText = new(StringComparer.Ordinal);
    private readonly List<FeatureList> _pool = [];
    private AgreementDraft _draft = null!;
    private TextSpan _sentence, _clause;
    private TextSpan? _previous;
    private LexiconHit _verb;
    private bool _hasVerb;

    private ResolvedText Resolved => context.Resolved;

    /// <summary>Adds the parties to a draft whose signatories are known.</summary>
    /// <param name="draft">The agreement.</param>
    /// <param name="trip">The story's trip, if there was one.</param>
    /// <param name="people">Who took part.</param>
    /// <param name="partiesBefore">The parties of the agreement named before it.</param>
    public void Read(AgreementDraft draft, TripDraft? trip, IReadOnlyList<ParticipantDraft> people, List<string> partiesBefore)
    {
        _draft = draft;
        _sentence = context.SentenceSpan(draft.Span.Start);
        _clause = context.Clause(draft.Span.Start);
        int index = context.Layout.SentenceAt(draft.Span.Start);
        _previous = index > 0 ? context.Layout.Sentences[index - 1].Span : null;
        _hasVerb = context.TryVerbBefore(_sentence.Start, draft.Span.Start, Signs, out _verb) || context.TryVerbAfter(draft.Span.End, _sentence.End, Signs, out _verb);
        Collect(trip, people, index);
        for (int i = 0; i < _offered.Count; i++)
        {
            FeatureList f = Next(i);
            Describe(f, _offered[i], trip, partiesBefore, people);
            links.Decide(Decision.Party, f, CandidateOf(_offered[i]), out double probability);
            _offered[i].Probability = probability;
        }
        for (int i = 0; i < _offered.Count; i++)
        {
            DescribePartner(_pool[i], i, trip, people);
            links.Decide(Decision.PartyAgain, _pool[i], CandidateOf(_offered[i]), out double probability);
            _offered[i].Again = probability;
        }
        string? visitors = trip is { From.IsNone: false } && WithAnaphor() ? relations.NameOf(trip.From) : null;
        // 考察团…与公司签订了投资合同: the visitors are the one side of it.
        foreach (Offered offered in _offered)
            offered.Probability = offered.Text == visitors || (offered.Stands && IsCaptionOfSigning(offered.Span)) ? Math.Max(offered.Again, SureParty) : offered.Again;
        Take();
    }

    private Candidate CandidateOf(Offered offered) => new(offered.Text, offered.Party.Place >= 0 ? Resolved.Places[offered.Party.Place].Chain : null);

    /// <summary>The bodies of signatories, what the sentences name, then the two sides and the outlet's own.</summary>
    private void Collect(TripDraft? trip, IReadOnlyList<ParticipantDraft> people, int index)
    {
        _offered.Clear();
        _byText.Clear();
        int farthest = index;
        while (farthest > 0 && index - farthest < FarthestSentence && context.Layout.SentenceList[farthest - 1].Paragraph == context.Layout.SentenceList[index].Paragraph) farthest--;
        int from = context.Layout.Sentences[farthest].Span.Start;
        foreach (PersonEntity signatory in _draft.Signatories)
            foreach (ParticipantDraft participant in people)
                if (participant.Person == signatory && participant.Affiliation is { } own && Offer(Finest(own, participant.Body), participant.Body) is { } offered) offered.IsSignatoryBody = true;
        for (int i = 0; i < Resolved.Tagged.Organizations.Count; i++)
            OfferMention(Resolved.Tagged.Organizations[i].Span, new Party(-1, Resolved.OrganizationOfMention[i]), from);
        for (int i = 0; i < Resolved.Tagged.Places.Count; i++)
            if (!relations.IsInsideOrganization(Resolved.Tagged.Places[i].Span)) OfferMention(Resolved.Tagged.Places[i].Span, new Party(Resolved.PlaceOfMention[i], -1), from);
        if (trip != null)
        {
            if (!trip.From.IsNone) Offer(relations.NameOf(trip.From), trip.From);
            foreach (int to in trip.To) Offer(Resolved.Places[to].Written, new Party(to, -1));
        }
        if (Resolved.Frame.Home >= 0) Offer(Resolved.Places[Resolved.Frame.Home].Written, new Party(Resolved.Frame.Home, -1));
        if (Resolved.Frame.HomeOrganization >= 0) Offer(relations.InstitutionOf(Resolved.Organizations[Resolved.Frame.HomeOrganization]), new Party(-1, Resolved.Frame.HomeOrganization));
        // 双方签订…: whom the people are of, whom the sentence need not name.
        foreach (ParticipantDraft participant in people)
            if (participant.Story == _draft.Story && participant.Affiliation is { } own) Offer(Finest(own, participant.Body), participant.Body)?.Add(participant.Side);
    }

    /// <summary>申风公司 is bound by the full name that the text has of it.</summary>
    private string Finest(string affiliation, Party body)
    {
        if (body.Organization < 0 || !Resolved.Organizations[body.Organization].IsCompany) return affiliation;
        string name = relations.NameOf(body);
        return name.Length > affiliation.Length ? name : affiliation;
    }

    private void OfferMention(TextSpan span, Party party, int from)
    {
        if (!_draft.Story.Contains(span.Start)) return;
        int near = _clause.Contains(span) ? InClause : _sentence.Contains(span) ? InSentence : _previous is { } previous && previous.Contains(span) ? JustBefore : InParagraph;
        if (near == InParagraph && !IsCaptionOfSigning(span) && !(span.End <= _sentence.Start && span.Start >= from)) return;
        if (InAgreementName(span) is { } name && !(name.Overlaps(_draft.Span) && NamesParties(name))) return;
        if (context.Index.TryStart(span.Start, Both, out LexiconHit both) && both.End >= span.End) return;
        if (Offer(relations.NameOf(party), party) is not { } offered) return;
        // Of several mentions the nearest tells most.
        if (offered.Stands && near >= offered.Near) return;
        offered.Span = span;
        offered.Near = near;
    }

    private Offered? Offer(string text, Party party)
    {
        if (text.Length < 2 || (party.Organization >= 0 && (text[0] is '两' or '我' or '该' or '各' || bodies.IsGeneric(Resolved.Organizations[party.Organization])))) return null;
        text = AsGovernment(text, party);
        if (!_byText.TryGetValue(text, out Offered? offered))
        {
            _byText[text] = offered = new Offered(text, party);
            _offered.Add(offered);
        }
        return offered;
    }

    private void Describe(FeatureList f, Offered offered, TripDraft? trip, List<string> partiesBefore, IReadOnlyList<ParticipantDraft> people)
    {
        (string text, Party party, TextSpan span) = (offered.Text, offered.Party, offered.Span);
        bool stands = offered.Stands, signatoryBody = offered.IsSignatoryBody;
        OrganizationEntity? organization = party.Organization >= 0 ? Resolved.Organizations[party.Organization] : null;
        f.Add(Feature.Kind, (party.Place >= 0 ? 1 : organization is { IsCompany: true } ? 2 : 3) + (signatoryBody ? 4 : 0));
        f.Add(Feature.BodyKind, (Kind(party) * 2) + (stands ? 1 : 0));
        f.Add(Feature.SentenceDistance, offered.Near);
        f.Add(CharacterSeat.Last, text[^1]);
        f.Add(CharacterSeat.SecondLast, text[^2]);
        bool wasParty = partiesBefore.Contains(text);
        f.AddIf(wasParty, Feature.SameKindBefore, 1);
        f.AddIf(!wasParty && partiesBefore.Count > 0, Feature.SameKindBefore, 2);
        f.Add(Feature.PartyCount, (Math.Min(_draft.Signatories.Count, 3) * 4) + (signatoryBody ? 1 : 0) + (wasParty ? 2 : 0));
        f.AddIf(signatoryBody, Feature.IsSignatoryBody, 1);
        f.AddIf(!signatoryBody && _draft.Signatories.Count >= 2, Feature.IsSignatoryBody, 2);
        bool both = context.Index.Any(_sentence.Start, _sentence.End, Both);
        f.AddIf(both, Feature.BothSides, stands ? 1 : 2);
        f.AddIf(trip != null && trip.From == party, Feature.IsFrom, both ? 2 : 1);
        f.AddIf(trip != null && party.Place >= 0 && trip.To.Contains(party.Place), Feature.IsTo, both ? 2 : 1);
        f.AddIf(party.Place >= 0 && party.Place == Resolved.Frame.Home, Feature.IsHome, both ? 2 : 1);
        f.AddIf(party.Organization >= 0 && party.Organization == Resolved.Frame.HomeOrganization, Feature.IsHomeOrganization, both ? 2 : 1);
        f.AddIf(trip?.Leader is { } leader && relations.StatedBody(leader) == party, Feature.IsLeaderBody);
        f.Add(Feature.PartySide, SideOf(offered, trip, people));
        f.Add(Feature.PartyHolders, Holders(offered) + (both ? 32 : 0) + (stands ? 64 : 0));
        if (!stands) return;
        f.AddIf(relations.IsInsidePost(span), Feature.PostNamesBody);
        f.AddIf(_draft.Span.Contains(span), Feature.InBookMarks);
        char after = span.End < context.Text.Length ? context.Text[span.End] : ' ', before = span.Start > 0 ? context.Text[span.Start - 1] : ' ';
        f.Add(CharacterSeat.Before, before);
        f.Add(CharacterSeat.After, after);
        f.Add(Feature.BeforeWith, after is '与' or '和' or '同' or '、' or '及' ? 1 : 0);
        f.Add(Feature.BetweenWithAndVerb, before is '与' or '和' or '同' or '、' or '及' ? 1 : before is '由' ? 2 : 0);
        if (_hasVerb)
        {
            f.Add(span.End <= _verb.Start ? Feature.BeforeVerb : Feature.AfterVerb, Math.Min(offered.Near, 3));
            f.Add(Feature.PartyRank, (after is '与' or '和' or '同' or '、' ? 1 : 0) + (before is '与' or '和' or '同' or '、' ? 2 : 0) + (span.End <= _verb.Start ? 4 : 0) + (offered.Near == InClause ? 8 : offered.Near == InSentence ? 16 : 0));
            f.AddIf(span.End == _verb.Start, Feature.InVerbSentence);
        }
        f.AddIf(before is '在', Feature.HoldBefore);
        f.Add(Feature.CharAfter, after is '代' or '分' or '正' or '共' ? 1 : after is '，' or '。' ? 2 : 0);
    }

    /// <summary>How likely it was found to be, and what the likeliest other one is to it.</summary>
    private void DescribePartner(FeatureList f, int index, TripDraft? trip, IReadOnlyList<ParticipantDraft> people)
    {
        Offered own = _offered[index];
        Offered? partner = null;
        int rank = 0;
        foreach (Offered other in _offered)
        {
            if (other == own || AreOne(other.Text, own.Text)) continue;
            if (other.Probability > own.Probability) rank++;
            if (partner == null || other.Probability > partner.Probability) partner = other;
        }
        int likely = FeatureList.Likelihood(own.Probability);
        f.Add(Feature.PartyBefore, (likely * 4) + Math.Min(rank, 3));
        if (partner == null) return;
        int kind = Kind(own.Party), partnerKind = Kind(partner.Party), pattern = Pattern(own, partner);
        f.Add(Feature.PartnerLikely, (likely * 8) + FeatureList.Likelihood(partner.Probability));
        f.Add(Feature.PartnerKinds, (kind * 16) + partnerKind);
        f.Add(Feature.PartnerPattern, (pattern * 16) + Math.Min(rank, 3));
        f.Add(Feature.PartnerSides, (SideOf(own, trip, people) * 4) + SideOf(partner, trip, people) + (kind == partnerKind ? 16 : 0));
    }

    /// <summary>How the two stand to each other: 1 甲与乙, 2 甲…与乙 in one clause, 3 one clause, 4 one sentence, 5 apart, 0 one stands nowhere; plus 8 where the partner is first.</summary>
    private int Pattern(Offered own, Offered partner)
    {
        if (!own.Stands || !partner.Stands) return 0;
        (TextSpan first, TextSpan second) = own.Span.Start < partner.Span.Start ? (own.Span, partner.Span) : (partner.Span, own.Span);
        int order = first == own.Span ? 0 : 8;
        if (first.End > second.Start) return 5 + order;
        ReadOnlySpan<char> between = context.Text.AsSpan(first.End, second.Start - first.End);
        if (between.Length <= 2 && between.ContainsAny("与和同、")) return 1 + order;
        if (context.Layout.SentenceAt(first.Start) != context.Layout.SentenceAt(second.Start)) return 5 + order;
        if (between.ContainsAny('，', '；')) return 4 + order;
        return (between.ContainsAny('与', '和', '同') ? 2 : 3) + order;
    }

    /// <summary>1 to 7 places by level, 0 others; 8 companies, 9 schools and hospitals, 10 their parts, 11 offices of places, 12 words for a kind, 13 papers, 14 other bodies, 15 nothing known.</summary>
    private int Kind(Party party)
    {
        if (party.Place >= 0) return Math.Min((int)Resolved.Places[party.Place].Level, 7);
        if (party.Organization < 0) return 15;
        OrganizationEntity organization = Resolved.Organizations[party.Organization];
        return organization.IsCompany ? 8 : bodies.IsGeneric(organization) ? 12 : bodies.IsOutlet(organization) ? 13 : bodies.IsPart(organization) ? 10 : bodies.IsInstitution(organization) ? 9 : organization.Place >= 0 ? 11 : 14;
    }

    /// <summary>1 of the visitors, 2 of the hosts, 3 neither by the people who are of it or, where nobody is, by the trip; 0 unknown.</summary>
    private int SideOf(Offered offered, TripDraft? trip, IReadOnlyList<ParticipantDraft> people)
    {
        Span<int> sides = stackalloc int[4];
        sides.Clear();
        foreach (ParticipantDraft participant in people)
            if (participant.Story == _draft.Story && (participant.Affiliation == offered.Text || (!participant.Body.IsNone && participant.Body == offered.Party))) sides[participant.Side == "visitor" ? 1 : participant.Side == "host" ? 2 : 3]++;
        int best = sides[1] >= sides[2] ? 1 : 2;
        if (sides[best] < sides[3]) best = 3;
        if (sides[best] > 0) return best;
        if (trip == null) return 0;
        return trip.From == offered.Party ? 1 : offered.Party.Place >= 0 && trip.To.Contains(offered.Party.Place) ? 2 : 0;
    }

    /// <summary>How many people are of it, in four steps, and whether of no other body more of its side are; 0 for nobody.</summary>
    private int Holders(Offered offered)
    {
        int own = Math.Max(offered.Visitors, offered.Hosts), most = 0;
        if (own == 0) return Math.Min(offered.Others, 1);
        foreach (Offered other in _offered) most = Math.Max(most, offered.Visitors >= offered.Hosts ? other.Visitors : other.Hosts);
        return (offered.Visitors >= offered.Hosts ? 2 : 3) + (own == most ? 8 : 0) + (Math.Min(own, 3) == 3 ? 16 : own == 2 ? 4 : 0);
    }

    private TextSpan? InAgreementName(TextSpan span)
    {
        foreach (Mention agreement in Resolved.Tagged.Agreements)
            if (agreement.Span.Contains(span)) return agreement.Span;
        return null;
    }

    /// <summary>Whether the name tells who is bound: 甲与乙…协议, or the names of both one behind the other.</summary>
    private bool NamesParties(TextSpan name)
    {
        ReadOnlySpan<char> text = context.Text.AsSpan(name.Start, name.Length);
        return text.Contains('与') || text.Contains('和') || text.Contains('、') || relations.Organizations.Count(name.Start, name.End) > 1;
    }

    /// <summary>A place is bound as 人民政府 where the sentence, or the one before, names it so.</summary>
    private string AsGovernment(string text, Party party)
    {
        if (party.Place < 0) return text;
        // 县政府与…: that of the county.
        for (int at = _sentence.Start; context.Index.TryNext(at, _sentence.End, Government, out LexiconHit bare); at = bare.Start + 1)
            if (bare.Start > _sentence.Start && context.Text[bare.Start - 1] == text[^1] && context.IsBorder(bare.Start - 1) && !relations.Posts.Overlaps(new TextSpan(bare.Start, bare.End)))
                return text + context.Text[bare.Start..bare.End];
        foreach (TextSpan span in Resolved.Places[party.Place].Spans)
            if ((_sentence.Contains(span) || _previous is { } before && before.Contains(span)) && !relations.IsInsidePost(span))
                if (context.Index.TryStart(span.End, Government, out LexiconHit body)) return text + context.Text[body.Start..body.End];
        return text;
    }

    /// <summary>在广东乐嘉塑胶制品有限公司|签约, under a picture.</summary>
    private bool IsCaptionOfSigning(TextSpan span) =>
        context.Layout.RoleAt(span.Start) == TextRole.Caption && context.Index.TryStart(span.End, Signs, out _);

    /// <summary>Whether the clause has 与 in front of a word such as 公司 that stands for a body named before.</summary>
    private bool WithAnaphor()
    {
        for (int at = _clause.Start; at < _clause.End; at++)
            if (context.Text[at] is '与' or '和' or '同' && context.IsBorder(at) && context.Index.TryStart(at + 1, TermSet.Of(TermClass.OrgAnaphor), out LexiconHit hit)
                && context.Index.TryStart(hit.End, Signs, out _)) return true;
        return false;
    }

    private static bool AreOne(string a, string b) => a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal);

    /// <summary>An agreement binds two as a rule: the two likeliest that are not the same body; a third only where it is nearly sure.</summary>
    private void Take()
    {
        _offered.Sort(static (a, b) => a.Probability != b.Probability ? b.Probability.CompareTo(a.Probability) : Position(a) != Position(b) ? Position(a).CompareTo(Position(b)) : string.CompareOrdinal(a.Text, b.Text));
        var taken = new List<Offered>();
        int told = PartiesTold();
        foreach (Offered offered in _offered)
        {
            if (offered.Probability < (taken.Count < 2 ? SecondParty : taken.Count < told ? ToldParty : ThirdParty)) break;
            if (!taken.Exists(other => AreOne(other.Text, offered.Text) || (offered.Party.Organization >= 0 && offered.Party == other.Party))) taken.Add(offered);
        }
        taken.Sort(static (a, b) => Position(a).CompareTo(Position(b)));
        foreach (Offered offered in taken)
        {
            _draft.Parties.Add(offered.Text);
            _draft.Confidence *= Math.Pow(offered.Probability, 0.25);
        }
    }

    /// <summary>How many the text says that it binds: as many as sign it, or 三方, 四方.</summary>
    private int PartiesTold()
    {
        ReadOnlySpan<char> sentence = context.Text.AsSpan(_sentence.Start, _sentence.Length);
        int words = sentence.Contains("四方", StringComparison.Ordinal) ? 4 : sentence.Contains("三方", StringComparison.Ordinal) ? 3 : 0;
        return Math.Max(words, _draft.Signatories.Count);
    }

    private static int Position(Offered offered) => offered.Stands ? offered.Span.Start : int.MaxValue;

    private FeatureList Next(int index)
    {
        while (_pool.Count <= index) _pool.Add(new FeatureList());
        _pool[index].Clear();
        return _pool[index];
    }
}
