using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>Asks of everything that visitors may have gone to see whether they did, and by which of its names the text has it.</summary>
internal sealed class StopReader(ILinkDecider links, TextContext context, Relations relations)
{
    private static readonly TermClass[] SuffixClasses = [TermClass.FacilitySuffix, TermClass.CompanySuffix, TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.OrgSuffix, TermClass.ZoneSuffix, TermClass.ZoneWord, TermClass.Bureau];
    private readonly StopCandidates _candidates = new(context, relations);
    private readonly FeatureList _features = new();
    private readonly List<FeatureList> _pool = [];
    private readonly List<Candidate> _names = [];
    private TripDraft? _trip;

    public void Read(TripDraft trip)
    {
        _trip = trip;
        _candidates.Collect(trip.Story);
        var accepted = new List<(TextSpan Span, double Probability)>();
        StopCandidate? before = null;
        bool beforeTaken = false;
        for (int i = 0; i < _candidates.All.Count; i++)
        {
            StopCandidate candidate = _candidates.All[i];
            _features.Clear();
            Describe(trip, candidate, i);
            _features.Add(Feature.StopBefore, before == null || before.Whole.End >= candidate.Whole.Start || candidate.Whole.Start - before.Whole.End > 1 ? 0 : beforeTaken ? 1 : 2);
            bool taken = links.Decide(Decision.Stop, _features, new Candidate(context.Text, candidate.Names), out double p);
            if (taken) accepted.Add((ChooseName(trip, candidate), p));
            (before, beforeTaken) = (candidate, taken);
        }
        Keep(trip, accepted);
    }

    /// <summary>The likelier first; nothing twice, and nothing of which a part or a whole is there.</summary>
    private void Keep(TripDraft trip, List<(TextSpan Span, double Probability)> accepted)
    {
        accepted.Sort(static (a, b) => a.Probability != b.Probability ? b.Probability.CompareTo(a.Probability) : a.Span.Start.CompareTo(b.Span.Start));
        var seen = new List<string>();
        var kept = new List<TextSpan>();
        foreach ((TextSpan span, _) in accepted)
        {
            string text = context.Text[span.Start..span.End];
            bool known = false;
            foreach (TextSpan other in kept) known |= other.Overlaps(span);
            foreach (string other in seen) known |= other.Contains(text, StringComparison.Ordinal) || text.Contains(other, StringComparison.Ordinal);
            if (known) continue;
            seen.Add(text);
            kept.Add(span);
        }
        kept.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        trip.Stops.AddRange(kept);
    }

    /// <summary>By which name: 冗渡镇的油茶基地 or 油茶基地.</summary>
    private TextSpan ChooseName(TripDraft trip, StopCandidate candidate)
    {
        if (candidate.Names.Count == 1) return candidate.Names[0];
        _names.Clear();
        foreach (TextSpan name in candidate.Names)
        {
            FeatureList f = Next(_names.Count);
            DescribeName(f, trip, candidate, name);
            _names.Add(new Candidate(context.Text, name));
        }
        int choice = links.Choose(Decision.StopName, _pool, _names, null, out _);
        return candidate.Names[Math.Max(0, choice)];
    }

    private void DescribeName(FeatureList f, TripDraft trip, StopCandidate candidate, TextSpan span)
    {
        string text = context.Text;
        f.Add(Feature.Rank, Math.Min(_names.Count, 7));
        f.Add(Feature.Length, Math.Min(span.Length, 24));
        f.AddIf(span == candidate.Whole, Feature.IsFirst);
        int de = text.IndexOf('的', span.Start, span.Length) is >= 0 and int at ? Math.Min(at - span.Start, 6) : 0;
        f.Add(Feature.ContainsFunctionWord, de);
        bool exactOrganization = relations.Organizations.Has(span), facility = relations.Facilities.Has(span);
        int kind = (exactOrganization ? 1 : 0) + (facility ? 2 : 0) + (relations.Places.Has(span) ? 4 : 0);
        f.Add(Feature.IsMention, kind);
        int front = FrontPlace(span, out bool taken);
        f.Add(Feature.StartsWithPlace, front);
        f.Add(Feature.PlaceKind, (front * 16) + (taken ? 8 : 0) + kind);
        int before = PlaceRightBefore(span) ? 1 : span.Start > 0 && text[span.Start - 1] == '的' ? 2 : span.Start > 0 && text[span.Start - 1] is '、' or '和' or '，' or '。' or '\n' ? 3 : 0;
        f.Add(Feature.CharBefore, before);
        f.Add(Feature.NameRelation, (before * 8) + kind);
        f.AddIf(span.End == candidate.Whole.End, Feature.SameSentence);
        f.AddIf(span.Start < candidate.Whole.Start && span.End == candidate.Whole.End, Feature.ContainsOther);
        f.AddIf(char.IsAsciiDigit(text[span.Start]), Feature.HasDigit);
        f.AddIf(relations.Names.Overlaps(span), Feature.HasPersonInside);
        f.Add(Feature.SuffixClass, context.Index.TryEnd(span.End, StopCandidates.Suffix, out LexiconHit suffix) ? Math.Min(span.End - suffix.Start, 6) * 8 + Math.Min(span.Length - (suffix.End - suffix.Start), 7) : 0);
        f.AddIf(Repeats(span), Feature.NameRepeats);
        AddVerbsInside(f, span);
        f.Add(CharacterSeat.Before, span.Start > 0 ? text[span.Start - 1] : '\n');
        f.Add(CharacterSeat.Last, text[span.End - 1]);
        f.Add(CharacterSeat.After, span.End < text.Length ? text[span.End] : '\n');
    }

    /// <summary>Verbs among the words of the phrase: 正定县参观隆兴寺 is no name.</summary>
    private void AddVerbsInside(FeatureList f, TextSpan span)
    {
        int verbs = 0, last = 0, words = 0;
        for (int at = span.Start; at < span.End; at++)
        {
            if (!context.IsBorder(at)) continue;
            words++;
            last = context.TagAt(at) is PartOfSpeech.V ? 1 : 0;
            if (at > span.Start) verbs += last;
        }
        bool sees = context.TryVerbAfter(span.Start + 1, span.End, StopCandidates.SeeVerbs, out LexiconHit see) && see.End < span.End;
        f.Add(Feature.VerbInside, (Math.Min(verbs, 3) * 8) + (last * 4) + (sees ? 2 : 0) + (words > 1 ? 1 : 0));
        f.Add(Feature.TagsAround, (int)(context.IsBorder(span.Start) ? context.TagAt(span.Start) : 0));
    }

    private FeatureList Next(int index)
    {
        while (_pool.Count <= index) _pool.Add(new FeatureList());
        _pool[index].Clear();
        return _pool[index];
    }

    private void Describe(TripDraft trip, StopCandidate candidate, int rank)
    {
        Story story = trip.Story;
        FeatureList f = _features;
        TextSpan span = candidate.Whole;
        f.Add(Feature.Source, candidate.Source);
        f.Add(Feature.MentionCount, FeatureList.Bucket(candidate.Mentions));
        f.Add(Feature.PostCount, FeatureList.Bucket(candidate.Names.Count));
        int names = 0;
        foreach (TextSpan name in candidate.Names)
        {
            names |= (relations.Organizations.Has(name) ? 1 : 0) | (relations.Facilities.Has(name) ? 2 : 0) | (relations.Places.Has(name) ? 4 : 0);
            f.AddIf(context.Layout.RoleAt(name.Start) == TextRole.Title, Feature.InTitle);
            f.AddIf(context.Layout.RoleAt(name.Start) == TextRole.Caption, Feature.InCaption);
        }
        f.Add(Feature.NameRelation, (names * 8) + candidate.Source);
        context.Describe(f, span, story);
        AddVerbsInside(f, span);
        f.Add(Feature.Rank, Math.Min(rank / 2, 10));
        f.Add(Feature.Length, Math.Min(span.Length, 24));
        bool suffixed = context.Index.TryEnd(span.End, StopCandidates.Suffix, out LexiconHit suffix);
        if (suffixed) context.AddClasses(f, Feature.SuffixClass, suffix, SuffixClasses);
        else f.Add(Feature.SuffixClass, 20);
        f.AddIf(relations.IsRightAfter(span.Start, TermSet.Of(TermClass.VisitStop)), Feature.Stops, 1);
        f.AddIf(relations.IsRightAfter(span.Start, TermSet.Of(TermClass.VisitGo)), Feature.Goes, 1);
        f.AddIf(relations.IsRightAfter(span.Start, TermSet.Of(TermClass.VisitInspect)), Feature.Inspects, 1);
        int order = ListOrder(span, out int verb);
        f.Add(Feature.ListAfterVerb, order);
        if (order > 0)
        {
            f.Add(Feature.WordBefore, verb);
            f.Add(Feature.RunWordInFront, ((verb * 7) + Math.Min(order, 3) + (suffixed ? 101 : 0)) % 256);
        }
        bool exactOrganization = relations.Organizations.Has(span), organization = exactOrganization || relations.Organizations.Overlaps(span), facility = relations.Facilities.Has(span);
        f.AddIf(relations.Places.Has(span), Feature.PlaceOnly);
        f.AddIf(relations.Names.Overlaps(span), Feature.HasPersonInside);
        f.AddIf(relations.Posts.Overlaps(span) || relations.LooseTitles.Overlaps(span), Feature.PostNamesBody);
        f.AddIf(exactOrganization, Feature.IsMention, 1);
        f.AddIf(organization && !exactOrganization, Feature.IsMention, 2);
        f.AddIf(facility, Feature.IsMention, 3);
        f.AddIf(!exactOrganization && !facility && !suffixed, Feature.IsMention, 4);
        int front = FrontPlace(span, out bool taken);
        f.Add(Feature.StartsWithPlace, front);
        f.Add(Feature.PlaceKind, (front * 16) + (suffixed ? EndClass(suffix) : 0) + (taken ? 8 : 0));
        f.AddIf(PlaceRightBefore(span), Feature.IsTo);
        f.AddIf(span.Start > 0 && context.Text[span.Start - 1] == '的', Feature.FollowedByOf);
        f.AddIf(HasFunctionWord(span), Feature.ContainsFunctionWord);
        f.AddIf(HasDigit(span), Feature.HasDigit);
        int sentence = context.Layout.SentenceAt(span.Start);
        f.AddIf(trip.Leader is { } leader && relations.FirstInBody(leader, story) is { } at && context.Layout.SentenceAt(at.Start) == sentence, Feature.SameSentenceAsLeader);
        if (IsHomeBody(span))
        {
            f.Add(Feature.IsHomeOrganization);
            f.Add(Feature.HostBody, (trip.To.Count > 0 ? 1 : 0) + (trip.From.Organization == context.Resolved.Frame.HomeOrganization ? 2 : 0) + (candidate.Source == StopSource.Outlet ? 4 : 0) + (relations.HomeComes(story) ? 8 : 0));
        }
        f.AddIf(trip.From.Organization >= 0 && Overlaps(context.Resolved.Organizations[trip.From.Organization], span), Feature.IsFrom);
        f.AddIf(Repeats(span), Feature.NameRepeats);
    }

    /// <summary>The number of the item in an enumeration behind a verb of going or seeing, from 1; 0 for none.</summary>
    /// <param name="span">The item.</param>
    /// <param name="verb">The verb's last word as a number below 256: 先后参观了 as 参观.</param>
    private int ListOrder(TextSpan span, out int verb)
    {
        int at = span.Start, items = 0, sentence = context.SentenceSpan(span.Start).Start;
        verb = 0;
        while (at > sentence)
        {
            if (relations.TryRightBefore(at, StopCandidates.SeeVerbs, out LexiconHit hit))
            {
                int end = hit.Length > 1 && context.Text[hit.End - 1] is '了' or '过' ? hit.End - 1 : hit.End;
                foreach (char c in context.Text.AsSpan(Math.Max(hit.Start, end - 2), end - Math.Max(hit.Start, end - 2))) verb = (verb * 31) + c;
                verb = 1 + (verb % 251);
                return Math.Min(1 + items, 6);
            }
            int separator = at - 1;
            while (separator > sentence && context.Text[separator] is not ('、' or '和' or '及' or '，')) separator--;
            if (separator <= sentence || at - separator > 30) return 0;
            int begin = separator;
            while (begin > sentence && !(context.Text[begin - 1] is '、' or '，' or '和' or '及') && !relations.IsRightAfter(begin, StopCandidates.SeeVerbs)) begin--;
            at = begin;
            items++;
        }
        return 0;
    }

    /// <summary>The level of the place in front of the phrase, from 1; 0 for none; and whether it is one of the trip's own.</summary>
    private int FrontPlace(TextSpan span, out bool taken)
    {
        taken = false;
        List<Mention> places = context.Resolved.Tagged.Places;
        for (int i = relations.Places.StartingAt(span.Start); i >= 0; i = relations.Places.Next(i))
        {
            if (places[i].Span.End >= span.End) continue;
            PlaceEntity place = context.Resolved.Places[context.Resolved.PlaceOfMention[i]];
            taken = _trip!.To.Contains(place.Id);
            return Math.Min(1 + (int)place.Level, 7);
        }
        return 0;
    }

    private bool PlaceRightBefore(TextSpan span) => relations.Places.EndingAt(span.Start) >= 0;

    private int EndClass(LexiconHit suffix)
    {
        TermSet terms = context.Index.Terms(suffix);
        return terms.Has(TermClass.CompanySuffix) ? 1 : terms.Has(TermClass.SchoolSuffix) || terms.Has(TermClass.HospitalSuffix) ? 2 : terms.Has(TermClass.FacilitySuffix) ? 3 : 4;
    }

    private bool HasFunctionWord(TextSpan span)
    {
        for (int at = span.Start; at < span.End; at++)
            if (context.Index.TryStart(at, TermSet.Of(TermClass.FunctionWord), out LexiconHit hit) && context.Sits(hit) && hit.End <= span.End) return true;
        return false;
    }

    private bool HasDigit(TextSpan span)
    {
        for (int at = span.Start; at < span.End; at++)
            if (char.IsAsciiDigit(context.Text[at])) return true;
        return false;
    }

    private bool IsHomeBody(TextSpan span)
    {
        int home = context.Resolved.Frame.HomeOrganization;
        return home >= 0 && Overlaps(context.Resolved.Organizations[home], span);
    }

    private static bool Overlaps(OrganizationEntity organization, TextSpan span)
    {
        foreach (TextSpan own in organization.Spans)
            if (own.Overlaps(span)) return true;
        return false;
    }

    private bool Repeats(TextSpan span)
    {
        int first = context.Index.Stretches.Find(span.Start, span.Length);
        return first >= 0 && first + span.Length <= span.Start;
    }
}
