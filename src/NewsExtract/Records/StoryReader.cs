using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>Cuts an article into stories: one for most, one an item for a round-up.</summary>
internal sealed class StoryReader(ILinkDecider links)
{
    private static readonly TermSet Go = TermSet.Of(TermClass.VisitGo, TermClass.VisitCome);
    private static readonly TermSet Inspect = TermSet.Of(TermClass.VisitInspect);
    private static readonly TermSet GroupPart = TermSet.Of(TermClass.GroupPart);
    private const int Catchword = 18;
    private const int LikelyLead = 4;      // level of a leader who may open a story
    private const int LeadsTrip = 6;       // level of one who probably leads a trip
    private const int Ahead = 3000;        // UTF-16 units behind a paragraph in which others may still begin a trip
    private static readonly TermSet Receive = TermSet.Of(TermClass.VisitReceive);
    private static readonly TermSet Doing = TermSet.Of(TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitLead, TermClass.VisitInspect, TermClass.VisitStop, TermClass.VisitReceive);
    private static readonly string[] Further = ["又讯", "另讯", "另悉", "另据", "又：", "另："];
    private readonly FeatureList _features = new();
    private readonly List<TextSpan> _openings = [];
    // Over the whole article, once a paragraph is asked about: marked items, paragraphs of running text, and those that open with people who travel.
    private int _items;
    private int _bodies;
    private int _led;
    private int _opened;
    private int _leaders; // mentions that probably begin a trip
    private bool _counted;
    // The first person with a post in running text.
    private PersonEntity? _opening;
    private int _openedAt;

    public List<Story> Read(TextContext context)
    {
        var stories = new List<Story>();
        Layout layout = context.Layout;
        _counted = false;
        int first = -1, last = -1, start = -1, from = 0;
        bool any = false;
        for (int i = 0; i < layout.Paragraphs.Count; i++)
        {
            Paragraph paragraph = layout.Paragraphs[i];
            if (paragraph.Role is TextRole.Furniture or TextRole.Related or TextRole.Meta or TextRole.Credit) continue;
            if (first < 0) (first, from) = (i, paragraph.Span.Start);
            if (start < 0) start = i;
            if (paragraph.Role == TextRole.Body)
            {
                CollectOpenings(context, paragraph.Span);
                for (int k = 0; k < _openings.Count; k++)
                {
                    TextSpan opening = _openings[k];
                    if (any && BeginsStory(context, i, opening, start, from, stories.Count))
                    {
                        // A heading right in front belongs to the new story.
                        int before = k > 0 ? i : HeadingBefore(layout, i, last);
                        int end = k > 0 ? opening.Start : before >= 0 ? layout.Paragraphs[before].Span.End : from;
                        if (before >= first && end > from) stories.Add(new Story(stories.Count, first, before, new TextSpan(from, end)));
                        first = k > 0 ? i : before + 1;
                        from = k > 0 ? opening.Start : layout.Paragraphs[first].Span.Start;
                    }
                    any = true;
                }
            }
            last = i;
        }
        if (first >= 0) stories.Add(new Story(stories.Count, first, last, new TextSpan(from, layout.Paragraphs[last].Span.End)));
        return stories;
    }

    /// <summary>The last paragraph of the story before: a heading right in front belongs to the new one.</summary>
    private static int HeadingBefore(Layout layout, int paragraph, int last) =>
        last > 0 && layout.Paragraphs[last].Role == TextRole.Heading ? last - 1 : paragraph - 1;

    /// <summary>Where in a paragraph another story can begin: at its start, and at later sentences that open with a word of time or order and name somebody new with a post. Each reaches to the next.</summary>
    private void CollectOpenings(TextContext context, TextSpan paragraph)
    {
        _openings.Clear();
        int start = paragraph.Start;
        for (int i = context.Layout.SentenceAt(paragraph.Start) + 1; i > 0 && i < context.Layout.Sentences.Count && context.Layout.Sentences[i].Span.Start < paragraph.End; i++)
        {
            TextSpan sentence = context.Layout.Sentences[i].Span;
            if (!(StoryOpenings.OpeningWord(context, sentence) > 0 && HasNewPost(context, sentence)) && context.Likeliest(sentence.Start, sentence.End).Level < LikelyLead) continue;
            _openings.Add(new TextSpan(start, sentence.Start));
            start = sentence.Start;
        }
        _openings.Add(new TextSpan(start, paragraph.End));
    }

    private bool BeginsStory(TextContext context, int index, TextSpan span, int start, int from, int stories)
    {
        _features.Clear();
        Layout layout = context.Layout;
        bool inside = span.Start > layout.Paragraphs[index].Span.Start;
        TextSpan head = context.SentenceSpan(span.Start);
        // 赴京对接。6月22日至24日，…: a catchword in front is no sentence of its own.
        if (head.Length <= Catchword && head.End < span.End) head = new TextSpan(head.Start, context.SentenceSpan(head.End).End);
        if (head.End > span.End) head = new TextSpan(span.Start, span.End);
        string text = context.Text;
        bool anotherGroup = IsAnotherGroup(text.AsSpan(head.Start, head.Length));
        _features.AddIf(anotherGroup, Feature.CharBefore, 4);
        _features.AddIf(Array.Exists(Further, word => text.AsSpan(head.Start, head.Length).StartsWith(word, StringComparison.Ordinal)), Feature.CharBefore, 5);
        int opening = StoryOpenings.OpeningWord(context, head);
        _features.Add(Feature.WordBefore, opening + (inside ? 16 : 0));
        bool marked = StoryOpenings.IsMarked(text, span.Start) || (!inside && layout.Paragraphs[index - 1].Role == TextRole.Heading && StoryOpenings.IsMarked(text, layout.Paragraphs[index - 1].Span.Start));
        if (!_counted) Count(context);
        _features.Add(Feature.ListAfterVerb, (marked ? 8 : 0) + FeatureList.Bucket(_items));
        _features.AddIf(marked && _items >= 2, Feature.CharBefore, 1);
        _features.Add(Feature.SameMark, (marked ? 2 : 0) + (text[from] == text[span.Start] ? 1 : 0));
        _features.AddIf(char.IsAsciiDigit(text[span.Start]), Feature.CharBefore, 2);
        foreach (Dateline line in layout.Datelines) _features.AddIf(!inside && line.Paragraph == index, Feature.CharBefore, 3);
        _features.AddIf(!inside && layout.Paragraphs[index - 1].Role == TextRole.Heading, Feature.Role, 1);
        _features.AddIf(text[span.End - 1] == '）', Feature.CharAfter, 1);
        int previousEnd = inside ? span.Start : layout.Paragraphs[index - 1].Span.End;
        _features.AddIf(previousEnd > 0 && text[previousEnd - 1] == '）', Feature.CharAfter, 2);
        bool go = context.TryVerbAfter(head.Start, head.End, Go, out _), inspect = context.TryVerbAfter(head.Start, head.End, Inspect, out _);
        int newPeople = 0, oldPeople = 0, oldInParagraph = 0;
        PersonEntity? firstPerson = null;
        int headStart = Math.Min(head.Start, span.Start);
        foreach (PersonEntity person in context.Resolved.People)
        {
            // Mentions come in order; most people stand elsewhere.
            if (person.Spans.Count == 0 || person.Spans[0].Start >= span.End || person.Spans[^1].Start < headStart) continue;
            foreach (TextSpan name in person.Spans)
            {
                if (span.Contains(name.Start) && person.Spans[0].Start < span.Start && layout.RoleAt(person.Spans[0].Start) == TextRole.Body) oldInParagraph++;
                if (!head.Contains(name.Start)) continue;
                if (firstPerson == null || name.Start < firstPerson.Spans.Find(s => head.Contains(s.Start)).Start) firstPerson = person;
                if (person.Spans[0].Start < span.Start && person.Spans[0].Start >= layout.Paragraphs[start].Span.Start && layout.RoleAt(person.Spans[0].Start) == TextRole.Body) oldPeople++;
                else if (person.Posts.Count > 0) newPeople++;
                break;
            }
        }
        bool firstIsNew = firstPerson is { Posts.Count: > 0 } && (firstPerson.Spans[0].Start >= span.Start || layout.RoleAt(firstPerson.Spans[0].Start) != TextRole.Body);
        bool group = context.Index.Any(span.Start, Math.Min(span.End, span.Start + 8), TermSet.Of(TermClass.GroupNoun)) || text.AsSpan(span.Start, Math.Min(span.Length, 12)).Contains("一行", StringComparison.Ordinal);
        bool roundup = layout.TitleSpan is { } title && context.Index.Any(title.Start, title.End, TermSet.Of(TermClass.RoundupMarker));
        _features.Add(Feature.OrderInSentence, (firstIsNew ? 1 : 0) + (oldInParagraph > 0 ? 2 : 0) + (group ? 4 : 0) + (roundup ? 8 : 0));
        _features.AddIf(firstIsNew, Feature.IsFirst);
        _features.Add(Feature.Rank, FeatureList.Bucket(oldInParagraph));
        _features.AddIf(group, Feature.Groups);
        _features.AddIf(roundup, Feature.InTitle);
        bool dated = StoryOpenings.OpensWithDate(context, head, 12);
        bool leads = context.TryVerbAfter(head.Start, head.End, TermSet.Of(TermClass.VisitLead), out _);
        int alike = Likeness(firstPerson);
        _features.Add(Feature.VerbAfter, FirstVerb(context, firstPerson, head));
        _features.Add(Feature.GoPattern, (FirstVerb(context, firstPerson, head) * 4) + (firstIsNew ? 1 : 0) + (opening > 0 ? 2 : 0));
        _features.Add(Feature.Kind, (alike * 16) + (firstIsNew ? 1 : 0) + (leads ? 2 : 0) + (go || inspect ? 4 : 0) + (dated ? 8 : 0));
        int pattern = (go ? 1 : 0) | (inspect ? 2 : 0) | (newPeople > 0 ? 4 : 0) | (dated ? 8 : 0) | (oldPeople > 0 ? 16 : 0) | (leads ? 32 : 0);
        _features.Add(Feature.FirstHas, pattern);
        _features.AddIf(go, Feature.Goes);
        _features.AddIf(inspect, Feature.Inspects);
        _features.AddIf(dated, Feature.DateBefore);
        _features.AddIf(leads, Feature.Leads);
        _features.Add(Feature.People, FeatureList.Bucket(newPeople));
        _features.Add(Feature.MentionCount, FeatureList.Bucket(oldPeople));
        _features.Add(Feature.StoryCount, Math.Min(stories, 2));
        _features.Add(Feature.AnyLineUp, FeatureList.Bucket(_led));
        _features.Add(Feature.AnyLineUp, 8 + FeatureList.Bucket(_opened));
        if (context.Layout.SentenceAt(head.End - 1) is >= 0 and int sentence) _features.Add(Feature.TravelHere, context.Travel[sentence]);
        _features.Add(Feature.ParagraphOrder, FeatureList.Bucket(_bodies));
        int groupPart = anotherGroup || context.Index.Any(head.Start, Math.Min(head.End, head.Start + Catchword), GroupPart) ? 1 : 0;
        AddThreads(context, from, span, head, firstPerson, groupPart);
        AddLeads(context, from, span, head, firstPerson);
        // A heading right in front belongs to the new story.
        int begin = !inside && layout.Paragraphs[index - 1].Role == TextRole.Heading ? layout.Paragraphs[index - 1].Span.Start : span.Start;
        return links.Decide(Decision.NewStory, _features, new Candidate(begin.ToString(System.Globalization.CultureInfo.InvariantCulture), span.End.ToString(System.Globalization.CultureInfo.InvariantCulture)), out _);
    }

    /// <summary>What runs on from the story so far, and what comes up anew: who opened it, its days, its places.</summary>
    private void AddThreads(TextContext context, int from, TextSpan span, TextSpan head, PersonEntity? firstPerson, int groupPart)
    {
        ResolvedText resolved = context.Resolved;
        PersonEntity? opener = null;
        int openerAt = span.Start;
        foreach (PersonEntity person in resolved.People)
        {
            // Most people stand elsewhere, here too.
            if (person.Posts.Count == 0 || person.Spans.Count == 0 || person.Spans[0].Start >= span.Start || person.Spans[^1].Start < from) continue;
            foreach (TextSpan name in person.Spans)
                if (name.Start >= from && name.Start < openerAt && context.Layout.RoleAt(name.Start) == TextRole.Body) (opener, openerAt) = (person, name.Start);
        }
        int returns = opener == null ? 0 : Stands(opener, span.Start, span.End) ? 1 : Stands(opener, span.End, int.MaxValue) ? 2 : 3;
        int stays = firstPerson == null || firstPerson == opener ? 0 : Stands(firstPerson, span.End, int.MaxValue) ? 1 : Stands(firstPerson, head.End, span.End) ? 2 : 3;
        _features.Add(Feature.OpenerReturns, (returns * 4) + stays);
        int verb = FirstVerb(context, firstPerson, head);
        int who = firstPerson == null ? 0 : firstPerson == opener ? 1 : firstPerson.Spans[0].Start < span.Start ? 2 : 3;
        _features.Add(Feature.OpenerAndVerb, (who * 8) + verb);
        CalendarDate first = default, last = default, now = default, latest = default;
        List<ResolvedDate> dates = resolved.Dates.All;
        int datesEnd = Math.Max(span.Start, head.End);
        for (int i = resolved.Dates.CountBefore(Math.Min(from, head.Start)); i < dates.Count && dates[i].Span.Start < datesEnd; i++)
        {
            ResolvedDate date = dates[i];
            if (date.Use != DateUse.Event || !date.Start.HasValue || date.Precision is not (DatePrecision.Day or DatePrecision.Range)) continue;
            if (date.Span.Start >= from && date.Span.Start < span.Start)
            {
                if (!first.HasValue) (first, last) = (date.Start, date.End.HasValue ? date.End : date.Start);
                latest = date.End.HasValue ? date.End : date.Start;
            }
            if (head.Contains(date.Span) && !now.HasValue) now = date.Start;
        }
        int days = !now.HasValue || !first.HasValue ? 0 : now.CompareTo(first) < 0 ? 1 : now.CompareTo(first) == 0 ? 2 : now.CompareTo(last) <= 0 ? 3 : last == first ? 4 : 5;
        _features.Add(Feature.DaysAfterOpening, days);
        _features.Add(Feature.DaysGap, now.HasValue && latest.HasValue ? Gap(latest.RoughDaysUntil(now)) : 0);
        int old = 0, anew = 0;
        bool goesBack = false;
        int openerPlace = opener is { Posts.Count: > 0 } ? opener.Posts[0].Place : -1;
        foreach (PlaceEntity place in resolved.Places)
        {
            if (place.Spans.Count == 0 || place.Spans[0].Start >= span.End || place.Spans[^1].Start < span.Start) continue;
            bool before = false, here = false;
            foreach (TextSpan name in place.Spans)
            {
                before |= name.Start < span.Start;
                here |= span.Contains(name);
            }
            if (!here) continue;
            goesBack |= openerPlace >= 0 && place.Id == openerPlace && place.Spans.Exists(s => head.Contains(s) && !IsInPost(resolved, s));
            if (before) old++;
            else anew++;
        }
        _features.Add(Feature.PlacesAnew, (Math.Min(old, 3) * 4) + Math.Min(anew, 3));
        bool announced = context.Layout.TitleSpan is { } title && context.Index.Any(title.Start, title.End, TermSet.Of(TermClass.TripsMarker)) || context.Index.Any(from, span.Start, TermSet.Of(TermClass.TripsMarker));
        // 投桃报李。7月15日，…: what leads over may be a sentence of its own.
        int lead = context.Layout.SentenceAt(head.Start) is > 0 and int own ? context.Layout.SentenceList[own - 1].Span.Start : head.Start;
        bool back = context.Index.Any(lead >= from ? lead : head.Start, head.End, TermSet.Of(TermClass.ReturnVisit));
        _features.Add(Feature.GoesBack, (goesBack ? 1 : 0) + (back ? 2 : 0) + (who * 4));
        _features.Add(Feature.GroupPart, groupPart + (announced ? 2 : 0) + (who * 4));
        _features.Add(Feature.TripsAnnounced, (announced ? 1 : 0) + (back ? 2 : 0) + (returns == 3 ? 4 : 0));
        _features.AddIf(back, Feature.ReturnVisit);
    }

    /// <summary>Who is likely to lead a trip: here, and in the story so far.</summary>
    private void AddLeads(TextContext context, int from, TextSpan span, TextSpan head, PersonEntity? firstPerson)
    {
        LeadMention soFar = context.Likeliest(from, span.Start), here = context.Likeliest(span.Start, span.End, soFar.Person), again = context.Likeliest(span.Start, span.End), top = context.Likeliest(head.Start, head.End);
        _features.Add(Feature.LeadFirst, firstPerson == null ? 0 : context.LevelOf(firstPerson, head));
        _features.Add(Feature.LeadBest, here.Level);
        _features.Add(Feature.LeadBest, 16 + top.Level);
        _features.Add(Feature.LeadBest, 32 + again.Level);
        _features.Add(Feature.LeadSoFar, soFar.Level);
        _features.Add(Feature.LeadCount, Math.Min(_leaders, 8));
        _features.Add(Feature.LeadPattern, (Math.Min(here.Level / 2, 4) * 16) + (Math.Min(soFar.Level / 3, 3) * 4) + Math.Min(_leaders, 3));
        int ahead = context.Likeliest(span.End, span.End + Ahead, soFar.Person).Level;
        _features.Add(Feature.LeadChange, (Math.Min(here.Level / 3, 3) * 16) + (Math.Min(ahead / 3, 3) * 4) + (soFar.Level > here.Level ? 1 : 0) + (here.Start >= head.Start && here.Start < head.End ? 2 : 0));
    }

    private static bool IsInPost(ResolvedText resolved, TextSpan span)
    {
        foreach (PersonEntity person in resolved.People)
            foreach (Post post in person.Posts)
                if (post.Span.Overlaps(span)) return true;
        return false;
    }

    /// <summary>How long ago: 1 earlier, 2 the same day, 3 the next, then up to three days, a week, a month, more.</summary>
    private static int Gap(int days) => days switch { < 0 => 1, 0 => 2, 1 => 3, <= 3 => 4, <= 7 => 5, <= 31 => 6, _ => 7 };

    private static bool Stands(PersonEntity person, int start, int end)
    {
        foreach (TextSpan name in person.Spans)
            if (name.Start >= start && name.Start < end) return true;
        foreach (TextSpan name in person.References)
            if (name.Start >= start && name.Start < end) return true;
        return false;
    }

    /// <summary>What the first person of the head does: 1 leads or goes, 2 inspects, 3 receives, 4 is received (…会见来访的…一行), 0 none of these.</summary>
    private static int FirstVerb(TextContext context, PersonEntity? person, TextSpan head)
    {
        if (person == null) return 0;
        TextSpan name = person.Spans.Find(s => head.Contains(s.Start));
        TextSpan clause = context.Clause(name.Start);
        if (context.TryVerbBefore(Math.Max(clause.Start, head.Start), name.Start, Receive, out _)) return 4;
        if (!context.TryVerbAfter(name.End, head.End, Doing, out LexiconHit verb)) return 0;
        TermSet terms = context.Index.Terms(verb);
        return terms.Has(TermClass.VisitReceive) ? 3 : terms.Has(TermClass.VisitInspect) || terms.Has(TermClass.VisitStop) ? 2 : 1;
    }

    /// <summary>第二组由…带队, 另一路: one group of several.</summary>
    private static bool IsAnotherGroup(ReadOnlySpan<char> sentence)
    {
        for (int at = sentence.IndexOf('第'); at >= 0 && at + 2 < sentence.Length;)
        {
            if (StoryOpenings.Numerals.Contains(sentence[at + 1]) && sentence[at + 2] is '路' or '组' or '队' or '小' or '批') return true;
            int next = sentence[(at + 1)..].IndexOf('第');
            at = next < 0 ? -1 : at + 1 + next;
        }
        int other = sentence.IndexOf("另一", StringComparison.Ordinal);
        return other >= 0 && sentence[other..].ContainsAny('路', '组', '队');
    }

    /// <summary>How the person's first post is to the opening one's: 0 somebody has none, 1 both leave out their place and are of one level, 2 both leave it out, 3 both name the same, 4 they differ.</summary>
    private int Likeness(PersonEntity? person)
    {
        if (person is not { Posts.Count: > 0 } || _opening is not { Posts.Count: > 0 }) return 0;
        Post own = person.Posts[0], first = _opening.Posts[0];
        bool bare = own is { Place: < 0, Organization: < 0 }, firstBare = first is { Place: < 0, Organization: < 0 };
        if (bare && firstBare) return own.Level == first.Level ? 1 : 2;
        return own.Place == first.Place && own.Organization == first.Organization ? 3 : 4;
    }

    private void Count(TextContext context)
    {
        _counted = true;
        _items = _bodies = _led = _opened = _leaders = 0;
        foreach (LeadMention lead in context.Leads)
            if (lead.Level >= LeadsTrip) _leaders++;
        _opening = null;
        foreach (PersonEntity person in context.Resolved.People)
            foreach (TextSpan span in person.Spans)
                if (person.Posts.Count > 0 && context.Layout.RoleAt(span.Start) == TextRole.Body && (_opening == null || span.Start < _openedAt)) (_opening, _openedAt) = (person, span.Start);
        foreach (Paragraph paragraph in context.Layout.Paragraphs)
        {
            if (paragraph.Role is TextRole.Body or TextRole.Heading && StoryOpenings.IsMarked(context.Text, paragraph.Span.Start)) _items++;
            if (paragraph.Role != TextRole.Body) continue;
            _bodies++;
            TextSpan opening = context.SentenceSpan(paragraph.Span.Start);
            bool go = context.TryVerbAfter(opening.Start, opening.End, Go, out _), inspect = context.TryVerbAfter(opening.Start, opening.End, Inspect, out _);
            if (!(go || inspect) || !HasNewPost(context, opening)) continue;
            _opened++;
            if (go && inspect) _led++;
        }
    }

    private static bool HasNewPost(TextContext context, TextSpan sentence)
    {
        foreach (PersonEntity person in context.Resolved.People)
            if (person.Posts.Count > 0 && person.Spans.Count > 0 && sentence.Contains(person.Spans[0].Start)) return true;
        return false;
    }
}
