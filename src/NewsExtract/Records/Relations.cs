using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>How the entities of one article stand to each other and to its verbs: the questions that several readers ask.</summary>
internal sealed partial class Relations(TextContext context, Gazetteer gazetteer, NameStatistics names)
{
    private static readonly System.Buffers.SearchValues<string> CitedWords = System.Buffers.SearchValues.Create(["讲话", "指示", "论述", "嘱托", "亲自", "提出"], StringComparison.Ordinal);
    private static readonly TermSet Group = TermSet.Of(TermClass.GroupNoun, TermClass.DelegationNoun);
    private static readonly TermSet Lead = TermSet.Of(TermClass.VisitLead);
    private static readonly TermSet Go = TermSet.Of(TermClass.VisitGo, TermClass.VisitCome);
    private static readonly TermSet Receive = TermSet.Of(TermClass.VisitReceive);
    private static readonly TermSet Home = TermSet.Of(TermClass.HomePlaceWord);
    private const int MaxSteps = 6;
    private const int MaxQuestions = 32;
    private static readonly TermSet National = TermSet.Of(TermClass.NationalBody);

    private readonly Dictionary<int, int> _placeOfGazetteer = [];
    // By place and by organisation.
    private int[] _postsOfPlace = [];
    private int[] _postsOfOrganization = [];
    private int[] _depths = [];
    private bool[] _containsAnother = [];
    // By organisation, once asked for; with the story's own place, which is known before anybody asks twice.
    private string?[] _fullNames = [];
    private string?[] _institutions = [];
    private byte[] _visited = []; // 0 not asked yet, 1 no, 2 yes
    private int _homeOfNames;
    // By person: what was asked of the story that was asked about last, and the answers; a bit each.
    private (Story? Story, uint Asked, uint Answers)[] _ever = [];
    private (byte Delegator, byte National)[] _roles = []; // 0 not asked yet, 1 no, 2 yes
    // Which classes, in front or behind, each bit stands for.
    private readonly List<(TermSet Classes, bool After)> _questions = [];
    // The last answer of HomeComes.
    private Story? _homeComesIn;
    private bool _homeComes;

    private ResolvedText Resolved => context.Resolved;

    /// <summary>The mentions of places; a stretch's number is the mention's.</summary>
    public SpanIndex Places { get; } = new();

    /// <summary>The mentions of organisations; a stretch's number is the mention's.</summary>
    public SpanIndex Organizations { get; } = new();

    /// <summary>The length of the longest mention of an organisation.</summary>
    public int LongestOrganization { get; private set; }

    /// <summary>Where people are from.</summary>
    public NameOrigins Origins { get; } = new(context, names);

    public SpanIndex Facilities { get; } = new();

    public SpanIndex Names { get; } = new();

    /// <summary>The posts of people.</summary>
    public SpanIndex Posts { get; } = new();

    public SpanIndex LooseTitles { get; } = new();

    /// <summary>Takes up the context's article in place of the one before.</summary>
    public void Start()
    {
        _homeComesIn = null;
        _ever = Cleared(_ever, Resolved.People.Count);
        _roles = Cleared(_roles, Resolved.People.Count);
        TaggedText tagged = Resolved.Tagged;
        Fill(Places, tagged.Places);
        Fill(Organizations, tagged.Organizations);
        LongestOrganization = 0;
        foreach (Mention body in tagged.Organizations) LongestOrganization = Math.Max(LongestOrganization, body.Span.Length);
        _fullNames = Cleared(_fullNames, Resolved.Organizations.Count);
        _institutions = Cleared(_institutions, Resolved.Organizations.Count);
        _visited = Cleared(_visited, Resolved.Organizations.Count);
        Fill(Facilities, tagged.Facilities);
        Fill(LooseTitles, tagged.LooseTitles);
        int length = Text.Length;
        Names.Start(length);
        foreach (NameSpan name in tagged.Names) Names.Add(name.Span);
        Names.Finish();
        Posts.Start(length);
        foreach (PostSpan post in tagged.Posts) Posts.Add(post.Span);
        Posts.Finish();
        CountPosts();
        Origins.Start();
        NestPlaces();
    }

    private void Fill(SpanIndex index, List<Mention> mentions)
    {
        index.Start(Text.Length);
        foreach (Mention mention in mentions) index.Add(mention.Span);
        index.Finish();
    }

    private void CountPosts()
    {
        _postsOfPlace = Cleared(_postsOfPlace, Resolved.Places.Count);
        _postsOfOrganization = Cleared(_postsOfOrganization, Resolved.Organizations.Count);
        foreach (PersonEntity person in Resolved.People)
        {
            foreach (Post post in person.Posts)
            {
                if (post.Place >= 0) _postsOfPlace[post.Place]++;
                if (post.Organization >= 0) _postsOfOrganization[post.Organization]++;
            }
        }
    }

    /// <summary>For each place how many others of the article it lies in, and whether others lie in it; as <see cref="IsWithin"/> has it.</summary>
    private void NestPlaces()
    {
        List<PlaceEntity> places = Resolved.Places;
        _depths = Cleared(_depths, places.Count);
        _containsAnother = Cleared(_containsAnother, places.Count);
        _placeOfGazetteer.Clear();
        foreach (PlaceEntity place in places)
            if (place.GazetteerId >= 0) _placeOfGazetteer[place.GazetteerId] = place.Id;
        foreach (PlaceEntity place in places)
        {
            int known = place.GazetteerId, at = place.Parent;
            for (int steps = 0; known < 0 && at >= 0 && steps < MaxSteps; at = places[at].Parent, steps++)
            {
                Nest(place, at);
                known = places[at].GazetteerId;
            }
            for (int above = known < 0 ? -1 : gazetteer.Parent(known); above >= 0; above = gazetteer.Parent(above))
                if (_placeOfGazetteer.TryGetValue(above, out int outer)) Nest(place, outer);
        }
    }

    private void Nest(PlaceEntity inner, int outer)
    {
        _depths[inner.Id]++;
        _containsAnother[outer] = true;
    }

    /// <summary>A buffer of at least so many, all empty.</summary>
    public static T[] Cleared<T>(T[] buffer, int count)
    {
        if (buffer.Length < count) return new T[count * 2];
        Array.Clear(buffer, 0, count);
        return buffer;
    }

    private string Text => context.Text;

    public bool IsIn(List<TextSpan> spans, Story story)
    {
        foreach (TextSpan span in spans)
            if (story.Contains(span.Start)) return true;
        return false;
    }

    public int CountIn(List<TextSpan> spans, Story story)
    {
        int count = 0;
        foreach (TextSpan span in spans)
            if (story.Contains(span.Start)) count++;
        return count;
    }

    public int CountIn(PersonEntity person, Story story) => CountIn(person.Spans, story) + CountIn(person.References, story);

    /// <summary>The first mention in the story's running text (or captions, or else its title).</summary>
    public TextSpan? FirstInBody(PersonEntity person, Story story)
    {
        TextSpan? other = null;
        foreach (TextSpan span in person.Spans)
        {
            if (!story.Contains(span.Start)) continue;
            TextRole role = context.Layout.RoleAt(span.Start);
            if (role == TextRole.Body) return span;
            if (role is TextRole.Caption or TextRole.Title or TextRole.Heading) other ??= span;
        }
        return other;
    }

    public bool InTitle(PersonEntity person)
    {
        foreach (TextSpan span in person.Spans)
            if (context.Layout.RoleAt(span.Start) == TextRole.Title) return true;
        return false;
    }

    public bool IsWithin(PlaceEntity inner, PlaceEntity outer)
    {
        if (inner.Id == outer.Id) return true;
        if (inner.GazetteerId >= 0 && outer.GazetteerId >= 0) return gazetteer.IsWithin(inner.GazetteerId, outer.GazetteerId);
        for (int at = inner.Parent, steps = 0; at >= 0 && steps < MaxSteps; at = Resolved.Places[at].Parent, steps++)
        {
            if (at == outer.Id) return true;
            if (Resolved.Places[at].GazetteerId >= 0 && outer.GazetteerId >= 0) return gazetteer.IsWithin(Resolved.Places[at].GazetteerId, outer.GazetteerId);
        }
        return false;
    }

    /// <summary>The name of the place of <paramref name="level"/> that lies above <paramref name="place"/>; empty if none is known.</summary>
    public string Above(PlaceEntity place, BodyLevel level)
    {
        PlaceEntity known = place;
        while (known.GazetteerId < 0 && known.Parent >= 0) known = Resolved.Places[known.Parent];
        int id = known.GazetteerId;
        for (id = id < 0 ? -1 : gazetteer.Parent(id); id >= 0; id = gazetteer.Parent(id))
        {
            BodyLevel own = gazetteer.Level(id) switch
            {
                PlaceLevel.Province => BodyLevel.Province,
                PlaceLevel.Prefecture => BodyLevel.City,
                PlaceLevel.County => BodyLevel.County,
                PlaceLevel.Town => BodyLevel.Town,
                _ => BodyLevel.None,
            };
            // The level above a municipality's districts is the municipality: 市长.
            if (own == level || level == BodyLevel.City && own == BodyLevel.Province && gazetteer.Name(id).EndsWith('市')) return gazetteer.Name(id);
        }
        return "";
    }

    /// <summary>Whether another place of the article lies in this one.</summary>
    public bool ContainsAnother(PlaceEntity place) => _containsAnother[place.Id];

    /// <summary>In how many other places of the article this one lies.</summary>
    public int Depth(PlaceEntity place) => _depths[place.Id];

    /// <summary>Whether a post of that level can be the place's: 市长 also of a city at county level and of a municipality.</summary>
    public static bool Fits(BodyLevel post, PlaceEntity place) => post switch
    {
        BodyLevel.None => false,
        // Provinces, states and prefectures of other countries are not told apart.
        BodyLevel.Province or BodyLevel.City or BodyLevel.County when place.IsForeign => place.Level is BodyLevel.City or BodyLevel.County,
        BodyLevel.City => place.Level == BodyLevel.City && !place.Written.EndsWith('县') || (place.Level is BodyLevel.County or BodyLevel.Province && place.Written.EndsWith('市')),
        BodyLevel.County => place.Level == BodyLevel.County && !place.Written.EndsWith('市'),
        _ => place.Level == post,
    };

    /// <summary>Whether a word of <paramref name="classes"/> stands right in front (了, 在, 到 between them do not count).</summary>
    public bool IsRightAfter(int offset, TermSet classes) => TryRightBefore(offset, classes, out _);

    /// <summary>The word of <paramref name="classes"/> for which <see cref="IsRightAfter"/> holds.</summary>
    public bool TryRightBefore(int offset, TermSet classes, out LexiconHit hit)
    {
        int end = offset;
        if (end > 0 && Text[end - 1] is '了' or '在' or '于' or '过') end--;
        // A higher place in front of the name does not part it from the verb: 赴广东省|东莞市.
        while (PlaceEndingAt(end) is { } place) end = place.Start;
        if (end > 0 && Text[end - 1] is '了' or '在' or '于' or '过') end--;
        return context.Index.TryEnd(end, classes, out hit) && context.Sits(hit);
    }

    private TextSpan? PlaceEndingAt(int end) => Places.EndingAt(end) is >= 0 and int place ? Resolved.Tagged.Places[place].Span : null;

    /// <summary>Whether the place is an item of an enumeration whose first item stands right behind such a verb.</summary>
    public bool IsInListAfterVerb(TextSpan span, TermSet classes)
    {
        int at = span.Start, sentence = context.SentenceSpan(span.Start).Start;
        for (int steps = 0; steps < 14 && at > sentence; steps++)
        {
            if (IsRightAfter(at, classes)) return true;
            int separator = at - 1;
            while (separator > sentence && !IsListSeparator(Text[separator]))
            {
                if (TextContext.EndsClause(Text[separator]) && Text[separator] != '，') return false;
                if (at - separator > 24) return false;
                separator--;
            }
            if (separator <= sentence) return false;
            // The item before the separator must be (or end with) a place too.
            TextSpan? before = PlaceEndingAt(separator);
            if (before is not { } item) return false;
            at = item.Start;
        }
        return false;
    }

    private static bool IsListSeparator(char c) => c is '、' or '和' or '，' or '及' or '与';

    /// <summary>Whether the name stands in front of a word for a group: <c>涵江区|党政代表团</c>.</summary>
    public bool ModifiesGroup(TextSpan span)
    {
        int limit = Math.Min(Text.Length, span.End + 10);
        if (!context.Index.TryNext(span.End, limit, Group, out LexiconHit hit)) return false;
        for (int i = span.End; i < hit.Start; i++)
            if (!char.IsLetter(Text[i]) || Text[i] is '在' or '与' or '和' or '的' or '到' or '来' or '赴' || (Text[i] == '市' && i > span.End)) return false;
        return true;
    }

    public bool IsInListBefore(TextSpan span) => span.Start > 0 && Text[span.Start - 1] is '、' or '和';

    public bool IsInListAfter(TextSpan span) => span.End < Text.Length && Text[span.End] is '、' or '和' or '等';

    public bool EverFollowedBy(PersonEntity person, Story story, TermSet classes) => Ever(person, story, classes, after: true);

    public bool EverPrecededBy(PersonEntity person, Story story, TermSet classes) => Ever(person, story, classes, after: false);

    private bool Ever(PersonEntity person, Story story, TermSet classes, bool after)
    {
        int question = 0;
        while (question < _questions.Count && (_questions[question].After != after || _questions[question].Classes != classes)) question++;
        if (question == MaxQuestions) return FindEver(person, story, classes, after);
        if (question == _questions.Count) _questions.Add((classes, after));
        ref (Story? Story, uint Asked, uint Answers) known = ref _ever[person.Id];
        if (!ReferenceEquals(known.Story, story)) known = (story, 0, 0);
        if ((known.Asked >> question & 1) == 0)
        {
            known.Asked |= 1u << question;
            if (FindEver(person, story, classes, after)) known.Answers |= 1u << question;
        }
        return (known.Answers >> question & 1) != 0;
    }

    private bool FindEver(PersonEntity person, Story story, TermSet classes, bool after)
    {
        foreach (TextSpan span in person.Spans)
        {
            if (!story.Contains(span.Start)) continue;
            TextSpan clause = context.Clause(span.Start);
            if (after ? context.TryVerbAfter(span.End, Math.Min(clause.End, span.End + 12), classes, out _)
                : context.TryVerbBefore(Math.Max(clause.Start, span.Start - 14), span.Start, classes, out _)) return true;
        }
        return false;
    }

    public bool EverFollowedByText(PersonEntity person, Story story, string text)
    {
        foreach (TextSpan span in person.Spans)
            if (story.Contains(span.Start) && Text.AsSpan(span.End).StartsWith(text, StringComparison.Ordinal)) return true;
        foreach (TextSpan span in person.References)
            if (story.Contains(span.Start) && Text.AsSpan(span.End).StartsWith(text, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>受…委托: the one on whose behalf somebody else acts.</summary>
    public bool IsDelegator(PersonEntity person)
    {
        ref byte known = ref _roles[person.Id].Delegator;
        if (known == 0) known = (byte)(FindDelegator(person) ? 2 : 1);
        return known == 2;
    }

    private bool FindDelegator(PersonEntity person)
    {
        foreach (TextSpan span in person.Spans)
        {
            int from = Math.Max(0, span.Start - 24);
            int by = Text.LastIndexOf('受', Math.Max(0, span.Start - 1), Math.Max(0, span.Start - from));
            if (by < 0) continue;
            ReadOnlySpan<char> behind = Text.AsSpan(span.End, Math.Min(8, Text.Length - span.End));
            if (behind.Contains("委托", StringComparison.Ordinal) || behind.Contains("指派", StringComparison.Ordinal)) return true;
        }
        return false;
    }

    public bool IsFirstInSentence(TextSpan span)
    {
        TextSpan sentence = context.SentenceSpan(span.Start);
        int first = Resolved.Tagged.NamesBefore(sentence.Start);
        return first < Resolved.Tagged.Names.Count && Resolved.Tagged.Names[first].Span.Start is var start && sentence.Contains(start) && start == span.Start;
    }

    public bool IsInsideOrganization(TextSpan span) => Organizations.Covers(span);

    /// <summary>Whether the place is only the front of a facility's name: <c>阳邑镇|柏林村</c>, <c>孟楼镇|敬老院</c>.</summary>
    public bool IsInsideFacility(TextSpan span)
    {
        if (Facilities.CoversMore(span)) return true;
        // A village, or a word that the segmenter leaves untagged, goes on right behind it.
        int end = span.End;
        return end + 2 < Text.Length && context.IsBorder(end) && (context.Index.TryStart(end, TermSet.Of(TermClass.FacilitySuffix, TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.CompanySuffix), out _)
            || Text.AsSpan(end, Math.Min(6, Text.Length - end)).IndexOfAny("村居社") is >= 1 and <= 4);
    }

    public bool IsInsidePost(TextSpan span) => Posts.Covers(span);

    /// <summary>The place or body that the person's first post names.</summary>
    public Party StatedBody(PersonEntity person)
    {
        if (person.Posts.Count == 0) return Party.None;
        Post post = person.Posts[0];
        if (post.Organization >= 0) return new Party(-1, post.Organization);
        return new Party(post.Place, -1);
    }

    public int PostsOf(Party party) => party.Place >= 0 ? _postsOfPlace[party.Place] : _postsOfOrganization[party.Organization];
}
