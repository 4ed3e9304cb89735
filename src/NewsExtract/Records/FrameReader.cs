using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Finds whose story it is: the place and the organisation that the outlet speaks for (我县, 我校). Affiliation, sides, ends of
/// trips and 双方 are all read against this one frame.
/// </summary>
internal sealed class FrameReader(ILinkDecider links, TextContext context, Relations relations)
{
    private static readonly TermSet Go = TermSet.Of(TermClass.VisitGo, TermClass.VisitStop);
    private static readonly TermSet Come = TermSet.Of(TermClass.VisitCome);
    private static readonly TermSet Receive = TermSet.Of(TermClass.VisitReceive);
    private static readonly TermSet Represent = TermSet.Of(TermClass.Represent);
    private static readonly TermSet Bodies = TermSet.Of(TermClass.PartyBody, TermClass.GovernmentBody);
    private static readonly TermSet HomeWords = TermSet.Of(TermClass.HomePlaceWord);
    private static readonly TermClass[] Kinds = [TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.CompanySuffix, TermClass.Bureau, TermClass.OrgSuffix];
    private const int FarthestVote = 32, ManyPlaces = 64; // places in front of a post that are looked at; places that are counted
    private readonly List<FeatureList> _pool = [];
    private readonly List<Candidate> _candidates = [];
    private readonly HashSet<string> _homeWords = new(StringComparer.Ordinal);
    private int _firstBarePost;
    private int[] _votes = []; // by place

    private ResolvedText Resolved => context.Resolved;

    public void Read()
    {
        var story = new Story(0, 0, Math.Max(0, context.Layout.Paragraphs.Count - 1), new TextSpan(0, context.Text.Length));
        links.Begin(story);
        CollectHomeWords();
        _firstBarePost = FirstBarePost();
        Resolved.Frame.BareLevel = BareLevel(out int bare);
        ChoosePlace(story, bare);
        ChooseOrganization(story);
    }

    private void CollectHomeWords()
    {
        _homeWords.Clear();
        var words = _homeWords.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int at = 0; context.Index.TryNextStart(at, HomeWords, out LexiconHit hit); at = hit.Start + 1)
            words.Add(context.Text.AsSpan(hit.Start, hit.Length));
    }

    private void ChoosePlace(Story story, int bare)
    {
        _candidates.Clear();
        BodyLevel mine = HomeLevel();
        var places = new List<PlaceEntity>();
        foreach (PlaceEntity place in Resolved.Places)
        {
            if (place.Level == BodyLevel.Nation && !place.IsForeign) continue;
            FeatureList f = Next(places.Count);
            Describe(f, place.Spans, story);
            f.AddIf(OpensOutlet(place.Written) || context.Layout.Outlet is not null && place.Spans.Exists(s => OpensOutlet(context.Text.AsSpan(s.Start, s.Length))), Feature.BodyOf, 40);
            f.Add(Feature.Level, (int)place.Level);
            f.AddIf(place.IsForeign, Feature.IsForeign);
            f.Add(Feature.LevelFits, mine == BodyLevel.None ? 0 : Relations.Fits(mine, place) ? 1 : 2);
            f.Add(Feature.PostLevel, bare == 0 ? 0 : Relations.Fits(Resolved.Frame.BareLevel, place) ? 1 : 2);
            f.Add(Feature.PostsHere, FeatureList.Bucket(relations.PostsOf(new Party(place.Id, -1))));
            f.AddIf(relations.ContainsAnother(place), Feature.ContainsOther);
            f.Add(Feature.IsTitlePlace, TitleOrder(place));
            f.AddIf(place.Spans.Exists(s => relations.Places.EndingAt(s.Start) >= 0), Feature.AboveWord);
            f.Add(Feature.BeforeVerb, BeforeVerb(place, story));
            places.Add(place);
            _candidates.Add(new Candidate(place.Written, place.Chain));
        }
        AddVotes(places);
        int choice = links.Choose(Decision.Home, _pool, _candidates, null, out _);
        Resolved.Frame.Home = choice < 0 ? -1 : places[choice].Id;
    }

    /// <summary>
    /// Which places the posts that leave out theirs would be of by the place of their level that was named last before them, what else of its level the article
    /// names, and how many of the article's places lie in it.
    /// </summary>
    private void AddVotes(List<PlaceEntity> places)
    {
        int all = 0, most = 0;
        _votes = Relations.Cleared(_votes, Resolved.Places.Count);
        List<Mention> mentions = Resolved.Tagged.Places;
        foreach (PersonEntity person in Resolved.People)
            foreach (Post post in person.Posts)
            {
                if (post is not { Place: < 0, Organization: < 0, Level: >= BodyLevel.Province and <= BodyLevel.Town }) continue;
                int farthest = Math.Max(0, TaggedText.CountBefore(mentions, post.Span.Start) - FarthestVote);
                for (int i = TaggedText.CountBefore(mentions, post.Span.Start) - 1; i >= farthest; i--)
                {
                    PlaceEntity place = Resolved.Places[Resolved.PlaceOfMention[i]];
                    if (!Relations.Fits(post.Level, place)) continue;
                    all++;
                    most = Math.Max(most, ++_votes[place.Id]);
                    break;
                }
            }
        for (int i = 0; i < places.Count; i++)
        {
            int within = 0, alike = 0;
            for (int k = 0; k < Math.Min(places.Count, ManyPlaces); k++)
            {
                PlaceEntity other = places[k];
                if (other == places[i]) continue;
                if (other.Level == places[i].Level && other.IsForeign == places[i].IsForeign) alike++;
                if (relations.IsWithin(other, places[i])) within++;
            }
            _pool[i].Add(Feature.HomeVotes, all == 0 ? 7 : (_votes[places[i].Id] * 5 / all) + (_votes[places[i].Id] == most ? 8 : 0));
            _pool[i].Add(Feature.HomeContains, FeatureList.Bucket(within) + (8 * Math.Min(alike, 3)));
        }
    }

    /// <summary>0 not in the headline, else 1 or 2 for the first and later ones, plus 4 before a verb of going, 8 of coming, 12 of receiving.</summary>
    private int TitleOrder(PlaceEntity place)
    {
        if (context.Layout.TitleSpan is not { } title) return 0;
        foreach (TextSpan span in place.Spans)
        {
            if (!title.Contains(span)) continue;
            bool first = true;
            foreach (Mention other in Resolved.Tagged.Places) first &= other.Span.Start >= span.Start || !title.Contains(other.Span);
            int verb = context.TryVerbAfter(span.End, title.End, Go | Come | Receive, out LexiconHit hit) ? context.Index.Terms(hit).Overlaps(Go) ? 4 : context.Index.Terms(hit).Overlaps(Come) ? 8 : 12 : 0;
            return verb + (first ? 1 : 2);
        }
        return 0;
    }

    /// <summary>The first verb behind the place's first mention in running text: 1 of going, 2 of coming, 3 of receiving, 0 none of them.</summary>
    private int BeforeVerb(PlaceEntity place, Story story)
    {
        foreach (TextSpan span in place.Spans)
        {
            if (!story.Contains(span.Start) || context.Layout.RoleAt(span.Start) != TextRole.Body) continue;
            if (!context.TryVerbAfter(span.End, context.SentenceSpan(span.Start).End, Go | Come | Receive, out LexiconHit hit)) return 0;
            return context.Index.Terms(hit).Overlaps(Come) ? 2 : context.Index.Terms(hit).Overlaps(Go) ? 1 : 3;
        }
        return 4;
    }

    private void ChooseOrganization(Story story)
    {
        _candidates.Clear();
        for (int i = 0; i < Resolved.Organizations.Count; i++)
        {
            OrganizationEntity organization = Resolved.Organizations[i];
            FeatureList f = Next(i);
            Describe(f, organization.Spans, story);
            f.AddIf(OpensOutlet(organization.Name), Feature.BodyOf, 40);
            TextSpan span = organization.Spans[0];
            for (int k = 0; k < Kinds.Length; k++)
                f.AddIf(context.Index.TryEnd(span.End, TermSet.Of(Kinds[k]), out _), Feature.SuffixClass, k);
            f.AddIf(_homeWords.Contains("我校") || _homeWords.Contains("学校") || _homeWords.Contains("本校"), Feature.HomeComes, 1);
            f.AddIf(_homeWords.Contains("我院") || _homeWords.Contains("本院"), Feature.HomeComes, 2);
            f.AddIf(_homeWords.Contains("我公司") || _homeWords.Contains("我司") || _homeWords.Contains("我集团"), Feature.HomeComes, 3);
            f.AddIf(_homeWords.Contains("我会") || _homeWords.Contains("本会"), Feature.HomeComes, 4);
            f.AddIf(_homeWords.Count == 0, Feature.HomeComes, 5);
            f.Add(Feature.PostsHere, FeatureList.Bucket(relations.PostsOf(new Party(-1, organization.Id))));
            f.Add(Feature.Length, Math.Min(organization.Name.Length, 16));
            f.AddIf(relations.IsVisited(organization), Feature.IsTo);
            f.Add(Feature.OriginAndHolders, relations.Origins.Holders(new Party(-1, organization.Id), null));
            f.Add(Feature.OriginAndLying, relations.Origins.Lies(new Party(-1, organization.Id)));
            string institution = relations.InstitutionOf(organization);
            f.AddIf(institution.Length < organization.Name.Length, Feature.WithinGroup);
            f.Add(Feature.LevelFits, FitsHomeWord(institution));
            _candidates.Add(new Candidate(institution, organization.Name));
        }
        int choice = links.Choose(Decision.HomeOrganization, _pool, _candidates, null, out _);
        Resolved.Frame.HomeOrganization = choice;
    }

    /// <summary>Whether the name ends like what the article's own word means: 我校 a school, 我院 a college or hospital; 0 no such word, 1 yes, 2 no.</summary>
    private int FitsHomeWord(string name)
    {
        int fits = 0;
        foreach (string word in _homeWords)
        {
            // The words of places are judged by level.
            if (word[^1] is '省' or '市' or '州' or '县' or '区' or '镇' or '乡' or '旗') continue;
            if (word[^1] == name[^1] || word[^1] == '校' && name[^1] is '学' or '院') return 1;
            fits = 2;
        }
        return fits;
    }

    private void Describe(FeatureList f, List<TextSpan> spans, Story story)
    {
        Layout layout = context.Layout;
        int body = 0, title = 0, go = 0, come = 0, represent = 0, bodies = 0, group = 0, posts = 0, first = -1;
        bool outlet = false, dateline = false, meta = false, related = false, inside = false;
        foreach (TextSpan span in spans)
        {
            TextRole role = layout.RoleAt(span.Start);
            outlet |= layout.OutletSpan is { } own && own.Overlaps(span);
            foreach (Dateline line in layout.Datelines) dateline |= line.Place.Overlaps(span);
            meta |= role is TextRole.Meta or TextRole.Credit;
            related |= role is TextRole.Related or TextRole.Furniture;
            if (role == TextRole.Title) title++;
            if (role != TextRole.Body) continue;
            if (first < 0) first = span.Start;
            body++;
            inside |= relations.IsInsideOrganization(span);
            if (relations.IsRightAfter(span.Start, Go)) go++;
            if (relations.IsRightAfter(span.Start, Come)) come++;
            if (context.TryVerbBefore(Math.Max(0, span.Start - 4), span.Start, Represent, out _)) represent++;
            if (context.Index.TryStart(span.End, Bodies, out _) || context.Index.TryStart(span.End - 1, Bodies, out _)) bodies++;
            if (relations.ModifiesGroup(span)) group++;
            if (relations.IsInsidePost(span)) posts++;
        }
        f.AddIf(outlet, Feature.Role, 20);
        f.AddIf(dateline, Feature.Role, 21);
        f.AddIf(meta, Feature.Role, 22);
        f.AddIf(related, Feature.Role, 23);
        f.AddIf(title > 0, Feature.InTitle);
        f.Add(Feature.MentionCount, FeatureList.Bucket(body));
        f.Add(Feature.GoPlace, FeatureList.Bucket(go));
        f.Add(Feature.Comes, FeatureList.Bucket(come));
        f.Add(Feature.Rank, FeatureList.Bucket(represent));
        f.Add(Feature.BodyOf, FeatureList.Bucket(bodies));
        f.Add(Feature.ModifiesGroup, FeatureList.Bucket(group));
        f.Add(Feature.PostsHereBefore, FeatureList.Bucket(posts));
        f.AddIf(inside, Feature.IsMention);
        f.AddIf(first < 0, Feature.IsFirst, 2);
        if (first < 0) return;
        int order = context.BodyOrder(layout.ParagraphAt(first), story);
        f.Add(Feature.ParagraphOrder, FeatureList.Bucket(order));
        f.AddIf(_firstBarePost < first, Feature.OrderInSentence, 3);
    }

    /// <summary>Where the first post begins that names neither place nor body but has a level; behind everything if there is none.</summary>
    private int FirstBarePost()
    {
        int first = int.MaxValue;
        foreach (PersonEntity person in Resolved.People)
            if (person.Posts.Count > 0 && person.Posts[0] is { Place: < 0, Organization: < 0, Level: not BodyLevel.None } post) first = Math.Min(first, post.Span.Start);
        return first;
    }

    /// <summary>桂林漓江学院 of 桂林漓江学院新闻网, 松桃 of 松桃发布.</summary>
    private bool OpensOutlet(ReadOnlySpan<char> name) => name.Length > 1 && context.Layout.Outlet is { } outlet && outlet.AsSpan().StartsWith(name);

    private BodyLevel BareLevel(out int count)
    {
        Span<int> levels = stackalloc int[8];
        levels.Clear();
        foreach (PersonEntity person in Resolved.People)
            foreach (Post post in person.Posts)
                if (post.Place < 0 && post.Level is >= BodyLevel.Province and <= BodyLevel.Town && post.Organization < 0) levels[(int)post.Level]++;
        int best = 0;
        for (int i = 1; i < levels.Length; i++)
            if (levels[i] > levels[best]) best = i;
        count = levels[best];
        return count > 0 ? (BodyLevel)best : BodyLevel.None;
    }

    /// <summary>The level of 我县, 全市 and the like.</summary>
    private BodyLevel HomeLevel()
    {
        foreach (string word in _homeWords)
        {
            BodyLevel level = word[^1] switch
            {
                '省' => BodyLevel.Province,
                '市' or '州' or '盟' => BodyLevel.City,
                '县' or '旗' or '区' => BodyLevel.County,
                '镇' or '乡' or '道' => BodyLevel.Town,
                _ => BodyLevel.None,
            };
            if (level != BodyLevel.None) return level;
        }
        return BodyLevel.None;
    }

    private FeatureList Next(int index)
    {
        while (_pool.Count <= index) _pool.Add(new FeatureList());
        _pool[index].Clear();
        return _pool[index];
    }
}
