using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Tags people, posts, places, organisations, dates and agreements. Order of precedence where kinds meet: dates and names in
/// 《》 first; then places and organisations, an organisation holding its places; then people, who lie outside both;
/// then posts, which hold the places and organisations in front of them.
/// </summary>
public sealed class MentionTagger
{
    private readonly NameStatistics _names;
    private readonly PlaceTagger _places;
    private readonly OrganizationTagger _organizations;
    private readonly PersonTagger _people;
    private readonly PostTagger _posts;
    private readonly AgreementTagger _agreements;

    /// <summary>A tagger over <paramref name="knowledge"/>. Its parts hold lists of an article's names and posts: one a thread.</summary>
    public MentionTagger(KnowledgeBase knowledge)
    {
        _names = knowledge.Names;
        _places = new PlaceTagger(knowledge);
        _organizations = new OrganizationTagger(knowledge);
        _people = new PersonTagger(knowledge);
        _posts = new PostTagger(knowledge);
        _agreements = new AgreementTagger(knowledge);
    }

    /// <summary>Tags one article; the result stays in <paramref name="scratch"/> until the next call with it.</summary>
    /// <param name="article">The article as read.</param>
    /// <param name="words">The lexicon's words in its repaired text.</param>
    /// <param name="tokens">The segmented text, names included.</param>
    /// <param name="scratch">The thread's buffers.</param>
    public void Tag(Article article, LexiconMatches words, ReadOnlySpan<Token> tokens, TaggingScratch scratch)
    {
        scratch.Start(words, tokens);
        LayoutReader.Read(words.Text, scratch.Index, scratch.Layout, article.Title, article.Outlet, article.Published);
        DateTagger.Tag(scratch.Layout, scratch.Index, scratch.Tagged.Dates);
        CreditTagger.Tag(scratch.Layout, scratch.Index, _names, scratch.Tagged.Credits);
        _places.Tag(scratch);
        _organizations.Tag(scratch);
        _people.Tag(scratch);
        _posts.Tag(scratch);
        _agreements.Tag(scratch);
        Collect(scratch.Tagged);
    }

    private static void Collect(TaggedText tagged)
    {
        List<Mention> all = tagged.Mentions;
        all.AddRange(tagged.Places);
        all.AddRange(tagged.Organizations);
        all.AddRange(tagged.Agreements);
        foreach (DateExpression date in tagged.Dates) all.Add(new Mention(date.Span, MentionKind.Date, MentionOrigin.Rule, 0.98f));
        all.AddRange(tagged.LooseTitles);
        foreach (NameSpan name in tagged.Names) all.Add(new Mention(name.Span, MentionKind.Person, name.Origin, name.Score));
        foreach (PostSpan post in tagged.Posts)
            if (!post.Shared) all.Add(new Mention(post.Span, MentionKind.Title, MentionOrigin.Rule, 0.9f, "title-at-name"));
        all.Sort(static (a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start)
            : a.Span.End != b.Span.End ? b.Span.End.CompareTo(a.Span.End) : a.Kind.CompareTo(b.Kind));
    }
}
