using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Proposes what visitors may have gone to see and asks which of it they did: items behind verbs of going and seeing,
/// organisations, and phrases that end like a facility.
/// </summary>
internal sealed class StopReader(ILinkDecider links, TextContext context, Relations relations)
{
    private static readonly TermSet SeeVerbs = TermSet.Of(TermClass.VisitStop, TermClass.VisitGo, TermClass.VisitInspect, TermClass.VisitCome);
    private static readonly TermSet EndVerbs = TermSet.Of(TermClass.VisitInspect, TermClass.Attend, TermClass.SpeechVerb, TermClass.MeetingHold, TermClass.SignVerb, TermClass.Accompany, TermClass.MeetingKind);
    private static readonly TermSet Suffix = TermSet.Of(TermClass.FacilitySuffix, TermClass.CompanySuffix, TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.OrgSuffix, TermClass.ZoneSuffix, TermClass.ZoneWord, TermClass.Bureau);
    private static readonly TermClass[] SuffixClasses = [TermClass.FacilitySuffix, TermClass.CompanySuffix, TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.OrgSuffix, TermClass.ZoneSuffix, TermClass.ZoneWord, TermClass.Bureau];
    private readonly FeatureList _features = new();
    private readonly List<TextSpan> _candidates = [];
    private readonly HashSet<TextSpan> _offered = [];
    private TripDraft? _trip;

    public void Read(TripDraft trip)
    {
        _candidates.Clear();
        _offered.Clear();
        _trip = trip;
        Propose(trip.Story);
        var accepted = new List<(TextSpan Span, double Probability)>();
        for (int i = 0; i < _candidates.Count; i++)
        {
            TextSpan span = _candidates[i];
            _features.Clear();
            Describe(trip, span, i);
            if (links.Decide(Decision.Stop, _features, new Candidate(context.Text, span), out double p)) accepted.Add((span, p));
        }
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

    private void Propose(Story story)
    {
        foreach (Sentence sentence in context.Layout.Sentences)
        {
            if (!story.Contains(sentence.Span.Start) || sentence.Role is not (TextRole.Body or TextRole.Caption or TextRole.Title or TextRole.Heading)) continue;
            for (int at = sentence.Span.Start; at < sentence.Span.End; at++)
            {
                if (context.Text[at] == '在' && context.IsBorder(at) && context.IsBorder(at + 1))
                {
                    ProposeList(at + 1, sentence.Span.End);
                    continue;
                }
                if (!context.Index.TryStart(at, SeeVerbs, out LexiconHit verb) || !context.Sits(verb) || verb.End > sentence.Span.End) continue;
                ProposeList(verb.End, sentence.Span.End);
                at = verb.End - 1;
            }
        }
        foreach (Mention organization in context.Resolved.Tagged.Organizations) ProposeOne(story, organization.Span);
        foreach (Mention facility in context.Resolved.Tagged.Facilities) ProposeOne(story, facility.Span);
        _candidates.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
    }

    /// <summary>Verbs in front and marks behind are no part of what was seen.</summary>
    private TextSpan Trim(TextSpan span)
    {
        int start = span.Start, end = span.End;
        while (end > start && !char.IsLetterOrDigit(context.Text[end - 1]) && context.Text[end - 1] != '）') end--;
        while (context.Index.TryStart(start, SeeVerbs, out LexiconHit verb) && verb.Length >= 2 && verb.End < end - 1 && context.IsBorder(verb.End))
        {
            start = verb.End;
            if (context.Text[start] is '了' or '过') start++;
        }
        return new TextSpan(start, end);
    }

    private void ProposeOne(Story story, TextSpan raw)
    {
        // Trimming moves the beginning within the stretch.
        if (raw.End < story.Span.Start || raw.Start >= story.Span.End) return;
        TextSpan span = Trim(raw);
        if (story.Contains(span.Start) && context.Layout.RoleAt(span.Start) is TextRole.Body or TextRole.Caption or TextRole.Title or TextRole.Heading) Propose(span);
    }

    /// <summary>The items of an enumeration that begins at <paramref name="at"/>.</summary>
    private void ProposeList(int at, int end)
    {
        string text = context.Text;
        for (int items = 0; items < 16 && at < end; items++)
        {
            while (at < end && (text[at] is '了' or '到' or '在' or '过' or '至' or ' ' or '“' or '：' or '往' || context.Index.TryStart(at, TermSet.Of(TermClass.FunctionWord, TermClass.NamePartStop), out LexiconHit skip) && context.Sits(skip) && skip.Length == 2)) at++;
            int stop = at, lastDe = -1;
            while (stop < end && !EndsItem(at, stop))
            {
                if (text[stop] == '的') lastDe = stop;
                stop++;
            }
            int begin = lastDe >= 0 && stop - lastDe > 3 ? lastDe + 1 : at;
            if (text[begin] == '位' && begin + 1 < stop && text[begin + 1] == '于') begin += 2;
            int finish = stop;
            while (finish > begin && text[finish - 1] is '等' or '”' or '“' or '一' or '里' or '处' or '地' && finish - 1 > begin + 3 && text[finish - 1] is '等' or '”' or '“') finish--;
            Propose(Trim(new TextSpan(begin, finish)));
            if (begin > at) Propose(Trim(new TextSpan(at, finish)));
            if (stop >= end || text[stop] is not ('、' or '和' or '及' or '，' or '以')) return;
            at = stop + (text[stop] == '以' ? 2 : 1);
        }
    }

    /// <summary>The phrase, and what is left of it without the places in front: 江阴市|华西村.</summary>
    private void Propose(TextSpan span)
    {
        while (span.Length is >= 3 and <= 40)
        {
            if (_offered.Add(span)) _candidates.Add(span);
            TextSpan? place = null;
            for (int i = relations.Places.StartingAt(span.Start); i >= 0; i = relations.Places.Next(i))
                if (context.Resolved.Tagged.Places[i].Span.End < span.End) place = context.Resolved.Tagged.Places[i].Span;
            if (place is not { } front) return;
            span = new TextSpan(context.Text[front.End] == '的' ? front.End + 1 : front.End, span.End);
        }
    }

    private bool EndsItem(int start, int at)
    {
        char c = context.Text[at];
        if (c is '、' or '，' or '。' or '；' or '：' or '！' or '？' or '\n' or '“' && at == start) return true;
        if (c is '和' or '及' && context.IsBorder(at) && context.IsBorder(at + 1)) return true;
        if (c == '以' && context.Text.AsSpan(at).StartsWith("以及", StringComparison.Ordinal)) return true;
        if (c == '等' && context.IsBorder(at)) return true;
        if (at - start < 2) return false;
        if (context.IsBorder(at) && context.IsBorder(at + 1) && context.Index.TryStart(at, SeeVerbs, out LexiconHit see) && see.Length == 1) return true;
        return context.Index.TryStart(at, EndVerbs, out LexiconHit verb) && verb.Length >= 2 && context.IsBorder(verb.Start) && context.IsBorder(verb.End)
            && !context.Index.TryEnd(verb.End + 2, Suffix, out _) && !context.Index.TryEnd(verb.End + 3, Suffix, out _);
    }

    private void Describe(TripDraft trip, TextSpan span, int rank)
    {
        Story story = trip.Story;
        FeatureList f = _features;
        context.Describe(f, span, story);
        f.Add(Feature.Rank, Math.Min(rank / 2, 10));
        f.Add(Feature.Length, Math.Min(span.Length, 24));
        bool suffixed = context.Index.TryEnd(span.End, Suffix, out LexiconHit suffix);
        if (suffixed) context.AddClasses(f, Feature.SuffixClass, suffix, SuffixClasses);
        else f.Add(Feature.SuffixClass, 20);
        f.AddIf(relations.IsRightAfter(span.Start, TermSet.Of(TermClass.VisitStop)), Feature.Stops, 1);
        f.AddIf(relations.IsRightAfter(span.Start, TermSet.Of(TermClass.VisitGo)), Feature.Goes, 1);
        f.AddIf(relations.IsRightAfter(span.Start, TermSet.Of(TermClass.VisitInspect)), Feature.Inspects, 1);
        f.Add(Feature.ListAfterVerb, ListOrder(span));
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
        f.AddIf(IsHomeBody(span), Feature.IsHomeOrganization);
        f.AddIf(trip.From.Organization >= 0 && Overlaps(context.Resolved.Organizations[trip.From.Organization], span), Feature.IsFrom);
        f.AddIf(Repeats(span), Feature.NameRepeats);
    }

    private int ListOrder(TextSpan span)
    {
        int at = span.Start, items = 0, sentence = context.SentenceSpan(span.Start).Start;
        while (at > sentence)
        {
            if (relations.IsRightAfter(at, SeeVerbs)) return Math.Min(1 + items, 6);
            int separator = at - 1;
            while (separator > sentence && context.Text[separator] is not ('、' or '和' or '及' or '，')) separator--;
            if (separator <= sentence || at - separator > 30) return 0;
            int begin = separator;
            while (begin > sentence && !(context.Text[begin - 1] is '、' or '，' or '和' or '及') && !relations.IsRightAfter(begin, SeeVerbs)) begin--;
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
