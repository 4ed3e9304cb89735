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
    private readonly MentionCollector _collector;

    /// <summary>A tagger over <paramref name="knowledge"/>. Its parts hold lists of an article's names and posts: one a thread.</summary>
    public MentionTagger(KnowledgeBase knowledge) : this(knowledge, MentionModel.Empty)
    {
    }

    internal MentionTagger(KnowledgeBase knowledge, IMentionJudge judge)
    {
        _names = knowledge.Names;
        _places = new PlaceTagger(knowledge);
        _organizations = new OrganizationTagger(knowledge, judge);
        _people = new PersonTagger(knowledge, judge);
        _posts = new PostTagger(knowledge);
        _agreements = new AgreementTagger(knowledge);
        _collector = new MentionCollector(knowledge, judge);
    }

    /// <summary>Tags one article; the result stays in <paramref name="scratch"/> until the next call with it.</summary>
    /// <param name="article">The article as read.</param>
    /// <param name="words">The lexicon's words in its repaired text.</param>
    /// <param name="tokens">The segmented text, names included.</param>
    /// <param name="scratch">The thread's buffers.</param>
    /// <param name="scores">For each token the probability that the name is one; empty where it is not known.</param>
    /// <param name="clean">The way from the repaired text to the source, for blanks that were taken out; null where it is not known.</param>
    public void Tag(Article article, LexiconMatches words, ReadOnlySpan<Token> tokens, TaggingScratch scratch, ReadOnlySpan<float> scores = default, CleanText? clean = null)
    {
        scratch.Start(words, tokens, scores);
        scratch.NoteGaps(clean);
        LayoutReader.Read(words.Text, scratch.Index, scratch.Layout, article.Title, article.Outlet, article.Published);
        DateTagger.Tag(scratch.Layout, scratch.Index, scratch.Tagged.Dates);
        CreditTagger.Tag(scratch.Layout, scratch.Index, _names, scratch.Tagged.Credits);
        _places.Tag(scratch);
        _organizations.Tag(scratch);
        _people.Tag(scratch);
        _posts.Tag(scratch);
        _agreements.Tag(scratch);
        _collector.Collect(scratch);
    }
}
