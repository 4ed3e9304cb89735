using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Asks of each mention of a place whether its words tell of a stay there, before any trip is read: a place's first mention is often in
/// somebody's post, a later one behind 赴 or 来到. The answers are properties of the place.
/// </summary>
internal sealed class ArrivalReader(ILinkDecider links, TextContext context, Relations relations)
{
    private const int Steps = 10, Reach = 24;
    private static readonly TermSet Go = TermSet.Of(TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitStop);
    private static readonly TermSet Stay = TermSet.Of(TermClass.VisitStop, TermClass.VisitInspect, TermClass.MeetingHold);
    private static readonly TermSet Group = TermSet.Of(TermClass.GroupNoun, TermClass.DelegationNoun);

    // What stands in front of a place that is left, compared or only spoken of; a word's place in the list, from 1, is its value.
    private static readonly string[] Leads =
        ["来自", "离开", "返回", "回到", "途经", "抵达", "飞往", "前往", "转赴", "位于", "地处", "毗邻", "对口", "帮扶", "援助", "结好", "从", "自", "由", "与", "和", "同", "对", "向", "比", "距", "经", "在", "到", "赴", "驻", "至", "是", "为"];

    private static readonly System.Buffers.SearchValues<char> LeadEnds = System.Buffers.SearchValues.Create([.. Leads.Select(static lead => lead[^1])]);

    private readonly FeatureList _features = new();
    private byte[] _tenths = [];
    // By place, of the story that was begun last.
    private int[] _best = [];

    private ResolvedText Resolved => context.Resolved;

    /// <summary>Reads all mentions that lie in one of the stories.</summary>
    public void Read(List<Story> stories)
    {
        List<Mention> mentions = Resolved.Tagged.Places;
        if (_tenths.Length < mentions.Count) _tenths = new byte[mentions.Count * 2];
        int story = 0;
        for (int i = 0; i < mentions.Count; i++)
        {
            _tenths[i] = 0;
            while (story < stories.Count && stories[story].Span.End <= mentions[i].Span.Start) story++;
            if (story == stories.Count) return;
            if (!stories[story].Contains(mentions[i].Span.Start)) continue;
            PlaceEntity place = Resolved.Places[Resolved.PlaceOfMention[i]];
            _features.Clear();
            Describe(_features, i, place, stories[story]);
            links.Decide(Decision.Arrival, _features, new Candidate(place.Chain, place.Written), out double probability);
            _tenths[i] = (byte)Math.Min(Steps - 1, (int)(probability * Steps));
        }
    }

    /// <summary>How likely the mention that begins there tells of a stay, in tenths.</summary>
    public int At(TextSpan span) => relations.Places.StartingAt(span.Start) is >= 0 and int mention ? _tenths[mention] : 0;

    /// <summary>Sums up what the mentions in the story tell of each of its places.</summary>
    public void Begin(List<PlaceEntity> places, Story story)
    {
        if (_best.Length < Resolved.Places.Count) _best = new int[Resolved.Places.Count * 2];
        foreach (PlaceEntity place in places) _best[place.Id] = Clearest(place, story) is { } span ? At(span) : 0;
    }

    /// <summary>The mention in the story's text that tells most of a stay; the first of several.</summary>
    public TextSpan? Clearest(PlaceEntity place, Story story)
    {
        TextSpan? clearest = null;
        foreach (TextSpan span in place.Spans)
        {
            if (!story.Contains(span.Start) || context.Layout.RoleAt(span.Start) is not (TextRole.Body or TextRole.Heading)) continue;
            if (clearest is not { } before || At(span) > At(before)) clearest = span;
        }
        return clearest;
    }

    /// <summary>Adds what the mentions tell of the place, beside what those of others tell.</summary>
    public void Add(FeatureList f, PlaceEntity place, List<PlaceEntity> places, Story story)
    {
        int count = 0, mates = 0, title = 0;
        bool first = true;
        foreach (TextSpan span in place.Spans)
        {
            if (!story.Contains(span.Start)) continue;
            int own = At(span);
            if (own >= Steps / 2) count++;
            if (context.Layout.RoleAt(span.Start) is TextRole.Title or TextRole.Caption) title = Math.Max(title, own);
            else if (first)
            {
                f.Add(Feature.ArrivalFirst, own);
                first = false;
            }
            mates = Math.Max(mates, Math.Max(Mate(span.Start - 1, span, before: true), Mate(span.End, span, before: false)));
        }
        int within = 0, above = 0, rank = 0, best = _best[place.Id];
        foreach (PlaceEntity other in places)
        {
            if (other.Id == place.Id) continue;
            if (relations.IsWithin(other, place)) within = Math.Max(within, _best[other.Id]);
            else if (relations.IsWithin(place, other)) above = Math.Max(above, _best[other.Id]);
            else if (_best[other.Id] > best) rank++;
        }
        f.Add(Feature.ArrivalBest, best);
        f.Add(Feature.ArrivalCount, FeatureList.Bucket(count));
        f.Add(Feature.ArrivalWithin, within);
        f.Add(Feature.ArrivalAbove, above);
        f.Add(Feature.ArrivalMates, mates);
        f.Add(Feature.ArrivalTitle, title);
        f.Add(Feature.ArrivalRank, FeatureList.Bucket(rank));
        f.Add(Feature.ArrivalBestAndWithin, (best / 2 * 8) + (within / 2));
    }

    /// <summary>What the item next to it in an enumeration tells; 0 if there is none.</summary>
    private int Mate(int separator, TextSpan span, bool before)
    {
        if ((uint)separator >= (uint)context.Text.Length || context.Text[separator] is not ('、' or '和' or '及' or '与')) return 0;
        int mention = before ? relations.Places.EndingAt(separator) : relations.Places.StartingAt(separator + 1);
        return mention >= 0 && !Resolved.Tagged.Places[mention].Span.Overlaps(span) ? _tenths[mention] : 0;
    }

    private void Describe(FeatureList f, int index, PlaceEntity place, Story story)
    {
        List<Mention> mentions = Resolved.Tagged.Places;
        TextSpan span = mentions[index].Span;
        string text = context.Text;
        // What stands in front of the higher places that lead to the name.
        int front = span.Start;
        while (relations.Places.EndingAt(front) is >= 0 and int above) front = mentions[above].Span.Start;
        f.Add(CharacterSeat.Before, front > 0 ? text[front - 1] : '\n');
        f.Add(CharacterSeat.SecondBefore, front > 1 ? text[front - 2] : '\n');
        context.Describe(f, span, story, travel: false);
        for (int i = 0; front > 0 && LeadEnds.Contains(text[front - 1]) && i < Leads.Length; i++)
        {
            if (!text.AsSpan(0, front).EndsWith(Leads[i], StringComparison.Ordinal)) continue;
            f.Add(Feature.WordBefore, i + 1);
            break;
        }
        bool inner = index + 1 < mentions.Count && mentions[index + 1].Span.Start == span.End;
        f.AddIf(inner, Feature.FinerTaken);
        f.AddIf(front < span.Start, Feature.AboveWord);
        bool body = relations.IsInsideOrganization(span), site = relations.IsInsideFacility(span), post = relations.IsInsidePost(span);
        f.AddIf(body, Feature.HasPersonInside);
        f.AddIf(site, Feature.InsideFacility);
        f.AddIf(post, Feature.PostNamesBody);
        f.AddIf(relations.Names.Any(span.End, Math.Min(text.Length, span.End + 10)), Feature.IsMention);
        bool right = relations.IsRightAfter(span.Start, Go), list = !right && relations.IsInListAfterVerb(span, Go);
        f.AddIf(right, Feature.Goes);
        f.AddIf(list, Feature.ListAfterVerb);
        f.AddIf(relations.ModifiesGroup(span), Feature.ModifiesGroup);
        TextSpan clause = context.Clause(span.Start);
        f.AddIf(!body && !site && relations.Facilities.Any(span.End, clause.End), Feature.Stops, 1);
        f.AddIf(!body && !site && relations.Organizations.Any(span.End, clause.End), Feature.Stops, 2);
        f.AddIf(context.TryVerbAfter(span.End, Math.Min(clause.End, span.End + Reach), Stay, out _), Feature.HoldAfter);
        f.AddIf(context.TryVerbBefore(clause.Start, front, Group, out _), Feature.GroupNounBefore);
        f.AddIf(context.TryVerbAfter(span.End, clause.End, Group, out _), Feature.GroupNounAfter);
        f.AddIf(relations.Names.Any(clause.Start, front), Feature.SameSentenceAsLeader);
        int sentence = context.Layout.SentenceAt(span.Start);
        TextSpan whole = context.SentenceSpan(span.Start);
        f.Add(Feature.OrderInSentence, Math.Min(relations.Places.Count(whole.Start, span.Start), 6));
        f.Add(Feature.Places, FeatureList.Bucket(relations.Places.Count(span.End, whole.End)));
        if (sentence > 0) context.AddSentenceClasses(f, Feature.PreviousHas, sentence - 1);
        f.Add(Feature.Level, (int)place.Level);
        f.AddIf(place.IsForeign, Feature.IsForeign);
        f.AddIf(place.Country is "HK" or "MO" or "TW", Feature.IsForeign, 2);
        f.AddIf(relations.ContainsAnother(place), Feature.ContainsOther);
        f.AddIf(place.Id == Resolved.Frame.Home, Feature.IsHome);
        f.AddIf(Resolved.Frame.Home >= 0 && place.Id != Resolved.Frame.Home && relations.IsWithin(place, Resolved.Places[Resolved.Frame.Home]), Feature.IsHome, 2);
        f.Add(Feature.PlaceKind, (PlaceEnds.Kind(place.Written) * 8) + (body ? 1 : 0) + (site ? 2 : 0) + (post ? 4 : 0));
    }
}
