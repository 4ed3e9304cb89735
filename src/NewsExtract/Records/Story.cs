using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// A stretch of an article that tells of one trip or event: the whole article, or one item of a round-up.
/// </summary>
/// <param name="Index">Its number in the article, from 0.</param>
/// <param name="FirstParagraph">Index of its first paragraph.</param>
/// <param name="LastParagraph">Index of its last paragraph, inclusive.</param>
/// <param name="Span">Its stretch of the repaired text: whole paragraphs, or from and to a sentence within one.</param>
public sealed record Story(int Index, int FirstParagraph, int LastParagraph, TextSpan Span)
{
    /// <summary>Whether the offset lies in the story.</summary>
    public bool Contains(int offset) => Span.Contains(offset);
}
