using System.Globalization;
using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Asks of each person, once in each sentence with a verb of travel or a group, whether there begins to be told of a trip that the person leads. It is asked
/// before the article is cut into stories, so that several trips are seen by who leads them.
/// </summary>
internal sealed class LeadReader(ILinkDecider links, TextContext context, Relations relations)
{
    private static readonly TermSet Moving = TermSet.Of(TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitStop, TermClass.VisitInspect);
    private static readonly TermSet Lead = TermSet.Of(TermClass.VisitLead);
    private static readonly TermSet Receive = TermSet.Of(TermClass.VisitReceive);
    private static readonly TermSet Accompany = TermSet.Of(TermClass.Accompany);
    private static readonly TermSet Telling = TermSet.Of(TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitStop, TermClass.VisitInspect, TermClass.VisitLead, TermClass.VisitReceive, TermClass.GroupNoun, TermClass.DelegationNoun);
    // Likelihoods from which on a mention has the next level.
    private static readonly double[] Levels = [0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.55, 0.75, 0.9];
    // What a mention knows of earlier ones of the same person: how many paragraphs have them, and behind that how many sentences of its own paragraph.
    private const int InParagraph = 3, MostParagraphs = 4;

    private readonly FeatureList _features = new();
    private readonly List<(TextSpan Span, PersonEntity Person, int Before)> _mentions = [];
    private int _items; // marked items of the article

    /// <summary>Fills <see cref="TextContext.Leads"/>, in the order of the text.</summary>
    public void Read()
    {
        _mentions.Clear();
        foreach (PersonEntity person in context.Resolved.People)
        {
            if (person.IsCredit && person.Posts.Count == 0) continue;
            int last = -1, paragraphs = 0, sentences = 0, paragraph = -1;
            foreach (TextSpan span in person.Spans)
            {
                if (context.Layout.RoleAt(span.Start) != TextRole.Body || context.Layout.SentenceAt(span.Start) is not (>= 0 and int sentence) || sentence == last) continue;
                last = sentence;
                int own = context.Layout.SentenceList[sentence].Paragraph;
                if (own != paragraph) (paragraphs, sentences, paragraph) = (paragraphs + (paragraph < 0 ? 0 : 1), 0, own);
                if (!context.SentenceTerms[sentence].Overlaps(Telling)) continue;
                _mentions.Add((span, person, (Math.Min(paragraphs, MostParagraphs) * InParagraph) + Math.Min(sentences++, InParagraph - 1)));
            }
        }
        _items = 0;
        foreach (Paragraph paragraph in context.Layout.ParagraphList)
            if (paragraph.Role is TextRole.Body && StoryOpenings.IsMarked(context.Text, paragraph.Span.Start)) _items++;
        _mentions.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        var whole = new Story(0, 0, context.Layout.ParagraphList.Count - 1, new TextSpan(0, context.Text.Length));
        foreach ((TextSpan span, PersonEntity person, int before) in _mentions)
        {
            _features.Clear();
            Describe(_features, span, person, before, whole);
            links.Decide(Decision.Leads, _features, new Candidate(span.Start.ToString(CultureInfo.InvariantCulture), person.Name), out double probability);
            context.Leads.Add(new LeadMention(span.Start, person.Id, Level(probability)));
        }
    }

    private static byte Level(double probability)
    {
        byte level = 0;
        while (level < Levels.Length && probability >= Levels[level]) level++;
        return level;
    }

    private void Describe(FeatureList f, TextSpan span, PersonEntity person, int before, Story whole)
    {
        context.Describe(f, span, whole, travel: false);
        TextSpan sentence = context.SentenceSpan(span.Start), clause = context.Clause(span.Start);
        f.Add(Feature.MentionCount, before / InParagraph);
        f.Add(Feature.NameRepeats, before);
        Paragraph paragraph = context.Layout.ParagraphList[context.Layout.ParagraphAt(span.Start)];
        bool marked = StoryOpenings.IsMarked(context.Text, paragraph.Span.Start);
        int inParagraph = Math.Min(relations.Names.Count(paragraph.Span.Start, span.Start), 3);
        f.Add(Feature.IsFirst, (inParagraph * 2) + (marked ? 1 : 0));
        f.Add(Feature.ListAfterVerb, (marked ? 4 : 0) + Math.Min(_items, 3));
        f.AddIf(person.Posts.Count > 0, Feature.HasPost);
        f.AddIf(relations.Posts.EndingAt(span.Start) >= 0, Feature.IsMention);
        f.Add(Feature.OriginAndLying, (relations.Origins.Of(person) * 3) + relations.Origins.Lies(relations.StatedBody(person)));
        f.AddIf(relations.InTitle(person), Feature.InTitle);
        f.AddIf(relations.IsInListBefore(span), Feature.ListMateBefore);
        f.AddIf(relations.IsInListAfter(span), Feature.ListMateAfter);
        f.AddIf(relations.IsDelegator(person), Feature.ByDelegation);
        f.AddIf(relations.IsNationalLeader(person), Feature.IsNationalLeader);
        int order = relations.Names.Count(sentence.Start, span.Start);
        f.Add(Feature.OrderInSentence, Math.Min(order, 4));
        f.Add(Feature.People, Math.Min(relations.Names.Count(span.End, sentence.End), 4));
        bool lead = context.TryVerbAfter(span.End, clause.End, Lead, out _), received = context.TryVerbBefore(sentence.Start, span.Start, Receive, out _);
        bool moves = context.TryVerbAfter(span.End, sentence.End, Moving, out _), receives = context.TryVerbAfter(span.End, clause.End, Receive, out _);
        bool accompanied = context.TryVerbBefore(clause.Start, span.Start, Accompany, out _), line = context.Text.AsSpan(span.End, Math.Min(6, context.Text.Length - span.End)).Contains("一行", StringComparison.Ordinal);
        f.Add(Feature.GoPattern, (lead ? 1 : 0) + (received ? 2 : 0) + (moves ? 4 : 0) + (receives ? 8 : 0) + (accompanied ? 16 : 0) + (line ? 32 : 0));
        f.Add(Feature.WordBefore, StoryOpenings.OpeningWord(context, sentence));
        bool alone = before == 0 || (before % InParagraph == 0 && inParagraph == 0);
        f.Add(Feature.OpenerAndVerb, (Math.Min(order, 2) * 16) + (alone ? 8 : 0) + (lead ? 1 : 0) + (moves ? 2 : 0) + (received || receives ? 4 : 0));
        f.Add(Feature.Kind, (Math.Min(order, 2) * 16) + (Math.Min(before, 2) * 4) + (lead || moves ? 1 : 0) + (person.Posts.Count > 0 ? 2 : 0));
        f.AddIf(relations.EverFollowedBy(person, whole, Lead), Feature.Leads);
        f.AddIf(relations.EverFollowedByText(person, whole, "一行"), Feature.OneLineAfter);
        f.AddIf(relations.EverFollowedBy(person, whole, Accompany), Feature.Accompanies, 1);
        f.AddIf(relations.EverPrecededBy(person, whole, Accompany), Feature.Accompanies, 2);
        f.AddIf(relations.EverFollowedBy(person, whole, Receive), Feature.Receives, 1);
        f.AddIf(relations.EverPrecededBy(person, whole, Receive), Feature.Receives, 2);
        if (person.Posts.Count > 0)
        {
            Post post = person.Posts[0];
            f.Add(Feature.PostLevel, (int)post.Level);
            f.Add(Feature.PostNamesPlace, post.Place < 0 ? 1 : post.Place == context.Resolved.Frame.Home ? 2 : 3);
            f.AddIf(post.Organization >= 0, Feature.PostNamesBody);
        }
        int dates = context.Resolved.Dates.CountBefore(span.Start) - context.Resolved.Dates.CountBefore(sentence.Start);
        f.Add(Feature.DateBefore, Math.Min(dates, 2));
        f.AddIf(relations.Places.Any(span.End, sentence.End), Feature.Places);
    }
}

/// <summary>A mention of a person who may lead a trip that the text begins to tell of there.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="Person">The person's number.</param>
/// <param name="Level">How likely, from 0 to 9.</param>
internal readonly record struct LeadMention(int Start, int Person, byte Level);
