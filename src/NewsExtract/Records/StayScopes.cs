using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Follows a story from place to place and counts what happens in each: a meeting in the county's guest house is the county's own, a
/// farm behind the name of a town is the town's. An upper place counts beside a finer one only where something happened outside it.
/// </summary>
internal sealed class StayScopes(TextContext context, Relations relations, ArrivalReader arrivals)
{
    // From this many tenths on, a mention's words move the story there.
    private const int Moves = 4;
    private static readonly TermSet Meets = TermSet.Of(TermClass.MeetingHold, TermClass.VisitReceive, TermClass.MeetingKind, TermClass.SignVerb);
    private static readonly TermSet Goes = TermSet.Of(TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitStop, TermClass.VisitInspect);

    // What behind a word of level makes it a house or body of the place meant: 县|招待所, 市|行政中心.
    private static readonly string[] Houses = ["委", "政府", "政协", "人大", "行政", "政务", "会议", "会展", "招待所", "宾馆", "迎宾馆", "市民", "礼堂", "大会堂", "局", "里", "城", "规划", "文化", "博物", "展览", "图书", "体育", "医院", "人民"];

    // By place and, last, of no place known: meetings, sites, and sentences that move there.
    private int[] _meetings = [];
    private int[] _sites = [];
    private int[] _moves = [];
    private int _none;
    private int _last;

    private ResolvedText Resolved => context.Resolved;

    /// <summary>Counts over a story; the arrivals must have been begun for it.</summary>
    public void Begin(Story story)
    {
        _none = Resolved.Places.Count;
        _meetings = Relations.Cleared(_meetings, _none + 1);
        _sites = Relations.Cleared(_sites, _none + 1);
        _moves = Relations.Cleared(_moves, _none + 1);
        int scope = _none;
        for (int i = 0; i < context.Layout.SentenceList.Count; i++)
        {
            Sentence sentence = context.Layout.SentenceList[i];
            if (story.Contains(sentence.Span.Start) && sentence.Role is TextRole.Body or TextRole.Heading) scope = Follow(sentence.Span, scope);
        }
        _last = scope;
    }

    private int Follow(TextSpan sentence, int scope)
    {
        List<Mention> places = Resolved.Tagged.Places;
        int place = TaggedText.CountBefore(places, sentence.Start);
        int site = TaggedText.CountBefore(Resolved.Tagged.Facilities, sentence.Start), body = TaggedText.CountBefore(Resolved.Tagged.Organizations, sentence.Start);
        bool goes = context.Index.Any(sentence.Start, sentence.End, Goes);
        int meeting = sentence.Start;
        bool met = context.Index.TryNext(meeting, sentence.End, Meets, out LexiconHit meet);
        while (true)
        {
            int placeAt = Start(places, place, sentence.End), siteAt = Start(Resolved.Tagged.Facilities, site, sentence.End), bodyAt = Start(Resolved.Tagged.Organizations, body, sentence.End);
            int meetAt = met ? meet.Start : int.MaxValue;
            int next = Math.Min(Math.Min(placeAt, siteAt), Math.Min(bodyAt, meetAt));
            if (next == int.MaxValue) return scope;
            if (next == placeAt)
            {
                TextSpan span = places[place].Span;
                if (!relations.IsInsidePost(span) && !relations.IsInsideOrganization(span) && !relations.IsInsideFacility(span) && arrivals.At(span) >= Moves)
                {
                    scope = Resolved.PlaceOfMention[place];
                    _moves[scope]++;
                }
                place++;
            }
            else if (next == siteAt)
            {
                if (goes) _sites[scope]++;
                site++;
            }
            else if (next == bodyAt)
            {
                if (goes && relations.IsVisited(Resolved.Organizations[Resolved.OrganizationOfMention[body]])) _sites[scope]++;
                body++;
            }
            else
            {
                if (context.Sits(meet)) _meetings[House(sentence.Start, meet.Start, scope)]++;
                met = context.Index.TryNext(meet.End, sentence.End, Meets, out meet);
            }
        }
    }

    private static int Start(List<Mention> mentions, int index, int end) => index < mentions.Count && mentions[index].Span.Start < end ? mentions[index].Span.Start : int.MaxValue;

    /// <summary>Of which place the house is where the clause says that they met: 在县招待所 is the county's in which the story is; else the scope itself.</summary>
    private int House(int from, int meet, int scope)
    {
        for (int at = Math.Max(from, context.Clause(meet).Start); at < meet - 1; at++)
        {
            BodyLevel level = context.Text[at] switch { '省' => BodyLevel.Province, '市' or '州' or '盟' => BodyLevel.City, '县' or '区' or '旗' => BodyLevel.County, '镇' or '乡' => BodyLevel.Town, _ => BodyLevel.None };
            if (level == BodyLevel.None || !context.IsBorder(at) || relations.Places.Overlaps(new TextSpan(at, at + 1)) || relations.IsInsidePost(new TextSpan(at, at + 1))) continue;
            if (!Array.Exists(Houses, house => context.Text.AsSpan(at + 1).StartsWith(house, StringComparison.Ordinal))) continue;
            int above = Above(scope == _none ? Resolved.Frame.Home : scope, level);
            return above >= 0 ? above : scope;
        }
        return scope;
    }

    private int Above(int place, BodyLevel level)
    {
        if (place < 0) return -1;
        if (Resolved.Places[place].Level == level) return place;
        foreach (PlaceEntity other in Resolved.Places)
            if (other.Level == level && relations.IsWithin(Resolved.Places[place], other)) return other.Id;
        return -1;
    }

    /// <summary>What happened in the place itself, against its finer ones.</summary>
    public void Add(FeatureList f, PlaceEntity place, int finer)
    {
        int meetings = _meetings[place.Id], sites = _sites[place.Id], moves = _moves[place.Id], within = 0;
        foreach (PlaceEntity other in Resolved.Places)
            if (other.Id != place.Id && _meetings[other.Id] + _sites[other.Id] + _moves[other.Id] > 0 && relations.IsWithin(other, place)) within += _meetings[other.Id] + _sites[other.Id] + 1;
        f.Add(Feature.ScopeMeetings, FeatureList.Bucket(meetings));
        f.Add(Feature.ScopeSites, FeatureList.Bucket(sites));
        f.Add(Feature.ScopeMoves, FeatureList.Bucket(moves));
        f.Add(Feature.ScopeWithin, FeatureList.Bucket(within));
        f.Add(Feature.ScopeNone, (FeatureList.Bucket(_meetings[_none] + _sites[_none]) * 2) + (place.Id == Resolved.Frame.Home ? 1 : 0));
        f.Add(Feature.ScopePattern, (Math.Min(meetings, 2) * 3) + Math.Min(sites, 2) + (moves > 0 ? 9 : 0) + (finer > 0 ? 18 : within > 0 ? 36 : 0) + (place.Id == _last ? 54 : 0));
    }
}
