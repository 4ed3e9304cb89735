namespace NewsExtract.Text;

/// <summary>What part a stretch of an article plays on the page.</summary>
public enum TextRole : byte
{
    /// <summary>The headline.</summary>
    Title,
    /// <summary>A kicker, subtitle or a heading between paragraphs (<c>镜头一：看产业</c>).</summary>
    Heading,
    /// <summary>Source, date, author, click count: the header line, or an imprint at the end.</summary>
    Meta,
    /// <summary>The running text; datelines and bylines in front of its first sentence belong to it.</summary>
    Body,
    /// <summary>The line under a picture.</summary>
    Caption,
    /// <summary>A line that only names who made the article.</summary>
    Credit,
    /// <summary>Navigation, share bars, print links, separators.</summary>
    Furniture,
    /// <summary>Headlines of other articles: <c>上一篇</c>, <c>相关新闻</c> and what follows. Never yields facts.</summary>
    Related,
}

/// <summary>
/// A stretch of one role: a line of the text without its surrounding white space, or a part of a line where
/// a line break was lost between header and body. Paragraphs are ascending and do not overlap.
/// </summary>
/// <param name="Span">Where it stands in the repaired text.</param>
/// <param name="Role">What it is.</param>
public readonly record struct Paragraph(TextSpan Span, TextRole Role);

/// <summary>
/// A sentence: from one <c>。！？；</c> (with the closing quotes and brackets behind it) to the next or to the
/// paragraph's end. Marks inside closed brackets and quotations do not cut, so that a quotation stays with the
/// clause that says who spoke; a finished quotation is cut off from a long sentence behind it.
/// </summary>
/// <param name="Span">Where it stands in the repaired text.</param>
/// <param name="Paragraph">Index into <see cref="Layout.Paragraphs"/>.</param>
/// <param name="Role">The paragraph's role.</param>
public readonly record struct Sentence(TextSpan Span, int Paragraph, TextRole Role);

/// <summary>Where a report says it was filed from: <c>新华社北京4月3日电</c>, <c>本报沧州讯</c>, <c>【大丰】</c>.</summary>
/// <param name="Span">The whole dateline.</param>
/// <param name="Place">The place in it; empty for <c>本报讯</c>.</param>
/// <param name="Paragraph">Index into <see cref="Layout.Paragraphs"/> of the paragraph it opens.</param>
public readonly record struct Dateline(TextSpan Span, TextSpan Place, int Paragraph);

/// <summary>
/// The parts of one article's repaired text. Filled by the layout reader and used again for the next article;
/// nothing of it may be kept beyond that.
/// </summary>
public sealed class Layout
{
    internal readonly List<Paragraph> ParagraphList = [];
    internal readonly List<Sentence> SentenceList = [];
    internal readonly List<Dateline> DatelineList = [];
    private int[] _paragraphAt = [];
    private int[] _sentenceAt = [];
    private int _indexed; // how many offsets the two tables have; 0 while the lists still grow

    /// <summary>The repaired text that all spans refer to.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>All stretches that are not white space, in order.</summary>
    public List<Paragraph> Paragraphs => ParagraphList;

    /// <summary>The sentences of all paragraphs, in order.</summary>
    public List<Sentence> Sentences => SentenceList;

    /// <summary>The datelines, in order.</summary>
    public List<Dateline> Datelines => DatelineList;

    /// <summary>The headline in the text, or null.</summary>
    public TextSpan? TitleSpan { get; internal set; }

    /// <summary>The headline without spaces: the input's own, else the text's, or null.</summary>
    public string? Title { get; internal set; }

    /// <summary>The outlet in the text, or null.</summary>
    public TextSpan? OutletSpan { get; internal set; }

    /// <summary>The outlet: the input's own, else the text's (<c>都安县融媒体中心</c>), or null.</summary>
    public string? Outlet { get; internal set; }

    /// <summary>The stamp in header or imprint that says when the article was published, or null.</summary>
    public TextSpan? PublishedSpan { get; internal set; }

    /// <summary>The day of publication: the input's own, else the stamp's, or null.</summary>
    public DateOnly? Published { get; internal set; }

    /// <summary>The index of the paragraph that holds <paramref name="offset"/>, or of the last one before it; -1 if there is none.</summary>
    public int ParagraphAt(int offset)
    {
        if ((uint)offset < (uint)_indexed) return _paragraphAt[offset];
        int low = 0, high = ParagraphList.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (ParagraphList[middle].Span.Start <= offset) low = middle + 1;
            else high = middle - 1;
        }
        return high;
    }

    /// <summary>The index of the sentence that holds <paramref name="offset"/>, or of the last one before it; -1 if there is none.</summary>
    public int SentenceAt(int offset)
    {
        if ((uint)offset < (uint)_indexed) return _sentenceAt[offset];
        int low = 0, high = SentenceList.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (SentenceList[middle].Span.Start <= offset) low = middle + 1;
            else high = middle - 1;
        }
        return high;
    }

    /// <summary>The role at <paramref name="offset"/>; <see cref="TextRole.Furniture"/> where nothing stands.</summary>
    public TextRole RoleAt(int offset)
    {
        int paragraph = ParagraphAt(offset);
        return paragraph >= 0 && offset < ParagraphList[paragraph].Span.End ? ParagraphList[paragraph].Role : TextRole.Furniture;
    }

    /// <summary>Notes for each offset its paragraph and sentence, once both lists are complete.</summary>
    internal void IndexOffsets()
    {
        _indexed = Text.Length + 1;
        if (_paragraphAt.Length < _indexed)
        {
            _paragraphAt = new int[_indexed * 9 / 8];
            _sentenceAt = new int[_paragraphAt.Length];
        }
        int from = 0;
        for (int i = 0; i <= ParagraphList.Count; i++)
        {
            int to = i < ParagraphList.Count ? ParagraphList[i].Span.Start : _indexed;
            _paragraphAt.AsSpan(from, to - from).Fill(i - 1);
            from = to;
        }
        from = 0;
        for (int i = 0; i <= SentenceList.Count; i++)
        {
            int to = i < SentenceList.Count ? SentenceList[i].Span.Start : _indexed;
            _sentenceAt.AsSpan(from, to - from).Fill(i - 1);
            from = to;
        }
    }

    internal void Clear(string text)
    {
        Text = text;
        _indexed = 0;
        ParagraphList.Clear();
        SentenceList.Clear();
        DatelineList.Clear();
        TitleSpan = OutletSpan = PublishedSpan = null;
        Title = Outlet = null;
        Published = null;
    }
}
