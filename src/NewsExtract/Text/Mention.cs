namespace NewsExtract.Text;

/// <summary>What kind of thing a mention names.</summary>
public enum MentionKind : byte
{
    /// <summary>A named person.</summary>
    Person,
    /// <summary>A post or rank, with its place or body where that is written in front.</summary>
    Title,
    /// <summary>An administrative place, zone, country or city.</summary>
    Place,
    /// <summary>A company, bureau, school, committee or other body.</summary>
    Organization,
    /// <summary>A date expression.</summary>
    Date,
    /// <summary>The name of an agreement.</summary>
    Agreement,
}

/// <summary>Which component found a mention.</summary>
public enum MentionOrigin : byte
{
    /// <summary>A rule over lexicon and context.</summary>
    Rule,
    /// <summary>The gazetteer or lexicon alone.</summary>
    Lexicon,
    /// <summary>The trained sequence model.</summary>
    Model,
    /// <summary>A repetition of a name found elsewhere in the article.</summary>
    Echo,
}

/// <summary>
/// A stretch of the repaired text that names something. Mentions of one kind do not overlap; a title may
/// hold the place or organisation in front of it (<c>沙田镇党委书记</c> is a title that holds the place <c>沙田镇</c>).
/// </summary>
/// <param name="Span">Where it stands in the repaired text.</param>
/// <param name="Kind">What it names.</param>
/// <param name="Origin">What found it.</param>
/// <param name="Score">In [0,1].</param>
/// <param name="Rule">The rule that made it, for <c>--explain</c>; null for the model.</param>
public readonly record struct Mention(TextSpan Span, MentionKind Kind, MentionOrigin Origin, float Score, string? Rule = null)
{
    /// <summary>The least score of a mention that is reported; below it a stretch is a candidate for the records only.</summary>
    public const float Reported = 0.5f;
}
