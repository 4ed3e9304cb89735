namespace NewsExtract.Text;

/// <summary>A post as tagged, with the person it belongs to.</summary>
/// <param name="Span">The post as written, with its place or body.</param>
/// <param name="HeadStart">Where the head (with its prefixes) begins: <c>书记</c> in <c>沙田镇党委书记</c>.</param>
/// <param name="Shared">Whether it is taken over from the person before (<c>副镇长何燕媚、翟炳南</c>).</param>
public readonly record struct PostSpan(TextSpan Span, int HeadStart, bool Shared);

/// <summary>A person's name as tagged, with the posts that stand at it.</summary>
/// <param name="Span">The name.</param>
/// <param name="FirstPost">Index of its first post in <see cref="TaggedText.Posts"/>.</param>
/// <param name="PostCount">How many posts.</param>
/// <param name="Origin">What found the name.</param>
/// <param name="Score">In [0,1].</param>
public readonly record struct NameSpan(TextSpan Span, int FirstPost, int PostCount, MentionOrigin Origin, float Score);

/// <summary>
/// One article's repaired text with all that tagging found. Filled by the tagger and used again for the next article;
/// nothing of it may be kept beyond that. All spans are UTF-16 offsets into the repaired text, half-open.
/// </summary>
public sealed class TaggedText
{
    /// <summary>The article's parts.</summary>
    public Layout Layout { get; } = new();

    /// <summary>The repaired text.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>Places, by start.</summary>
    public List<Mention> Places { get; } = [];

    /// <summary>Organisations, by start.</summary>
    public List<Mention> Organizations { get; } = [];

    /// <summary>Phrases that end like a facility (<c>茹河瀑布景区</c>), by start; candidates for stops, no mentions.</summary>
    public List<Mention> Facilities { get; } = [];

    /// <summary>Names of agreements, by start.</summary>
    public List<Mention> Agreements { get; } = [];

    /// <summary>Date expressions, by start.</summary>
    public List<DateExpression> Dates { get; } = [];

    /// <summary>People's names, by start.</summary>
    public List<NameSpan> Names { get; } = [];

    /// <summary>The posts, in the order of the names they belong to.</summary>
    public List<PostSpan> Posts { get; } = [];

    /// <summary>Posts without a name.</summary>
    public List<Mention> LooseTitles { get; } = [];

    /// <summary>Who made the article.</summary>
    public List<CreditSpan> Credits { get; } = [];

    /// <summary>Every mention, by start, longest first.</summary>
    public List<Mention> Mentions { get; } = [];

    /// <summary>For each offset whether a word begins there; the last stands for the end of the text.</summary>
    public bool[] Borders { get; private set; } = [];

    /// <summary>How many of the mentions, which must be by start, start before the offset.</summary>
    internal static int CountBefore(List<Mention> mentions, int offset)
    {
        int low = 0, high = mentions.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (mentions[middle].Span.Start < offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>How many stretches start before an offset; they must be in the text's order.</summary>
    internal static int CountBefore(List<TextSpan> spans, int offset)
    {
        int low = 0, high = spans.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (spans[middle].Start < offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>How many of the names start before the offset.</summary>
    internal int NamesBefore(int offset)
    {
        int low = 0, high = Names.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Names[middle].Span.Start < offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    internal void SetBorders(ReadOnlySpan<Token> tokens)
    {
        if (Borders.Length < Text.Length + 1) Borders = new bool[Text.Length * 9 / 8 + 16];
        Array.Clear(Borders, 0, Text.Length + 1);
        Borders[Text.Length] = true;
        foreach (Token token in tokens) Borders[token.Start] = Borders[token.End] = true;
    }

    internal void Clear(string text)
    {
        Text = text;
        Places.Clear();
        Organizations.Clear();
        Facilities.Clear();
        Agreements.Clear();
        Dates.Clear();
        Names.Clear();
        Posts.Clear();
        LooseTitles.Clear();
        Credits.Clear();
        Mentions.Clear();
    }
}

/// <summary>Somebody who made the article.</summary>
/// <param name="Span">The name.</param>
/// <param name="Role"><c>reporter</c>, <c>correspondent</c>, <c>photographer</c>, <c>editor</c>, <c>reviewer</c> or <c>author</c>.</param>
public readonly record struct CreditSpan(TextSpan Span, string Role);
