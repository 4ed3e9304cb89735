namespace NewsExtract.Reading.Html;

/// <summary>
/// Says of each line of a page whether it may belong to the article: by the elements it stands in, by its share of
/// links and by the words it begins with. One a thread.
/// </summary>
internal sealed class LineClassifier
{
    private const int LongestLabel = 300; // longer lines are never controls or headings
    private const double GuardShare = 0.5;
    private LineKind[] _kinds = [];
    private int[] _weight = []; // running sum over lines: what counts as running text
    private int[] _links = [];
    private int[] _lengths = [];
    private bool[] _isOutside = [];
    private int _titleLine;

    /// <summary>The kinds, a line each.</summary>
    public ReadOnlySpan<LineKind> Kinds => _kinds;

    /// <summary>The line that repeats the page's title, the first heading else, or -1.</summary>
    public int TitleLine => _titleLine;

    /// <summary>Characters of running text in the lines from <paramref name="first"/> up to <paramref name="end"/>.</summary>
    public int Weight(int first, int end) => _weight[end] - _weight[first];

    /// <summary>Classifies all lines.</summary>
    public void Read(PageOutline outline, string? headTitle)
    {
        ReadOnlySpan<PageBlock> blocks = outline.Blocks;
        if (_kinds.Length < blocks.Length + 1) Grow(Math.Max(blocks.Length + 1, _kinds.Length * 2));
        for (int i = 0; i < blocks.Length; i++) _kinds[i] = blocks[i].LinkLength * 2 > blocks[i].Length ? LineKind.Link : LineKind.Text;
        Sum(blocks);
        _titleLine = FindTitle(outline, headTitle);
        MarkElements(outline);
        for (int i = 0; i < blocks.Length; i++)
            if (_kinds[i] != LineKind.Outside && blocks[i].Length <= LongestLabel) ReadLabel(outline, i);
        Sum(blocks);
    }

    /// <summary>Whether a line reads like a paragraph.</summary>
    public static bool IsParagraph(in PageBlock block) => (block.Stops >= 1 && block.Length >= 15) || (block.Marks >= 2 && block.Length >= 40);

    private void Grow(int size)
    {
        _kinds = new LineKind[size];
        _weight = new int[size];
        _links = new int[size];
        _lengths = new int[size];
    }

    private void Sum(ReadOnlySpan<PageBlock> blocks)
    {
        _weight[0] = _links[0] = _lengths[0] = 0;
        for (int i = 0; i < blocks.Length; i++)
        {
            bool counts = _kinds[i] == LineKind.Text && IsParagraph(blocks[i]);
            _weight[i + 1] = _weight[i] + (counts ? blocks[i].Length - blocks[i].LinkLength : 0);
            _links[i + 1] = _links[i] + blocks[i].LinkLength;
            _lengths[i + 1] = _lengths[i] + blocks[i].Length;
        }
    }

    private static int FindTitle(PageOutline outline, string? headTitle)
    {
        ReadOnlySpan<PageBlock> blocks = outline.Blocks;
        int firstHeading = -1, repeated = -1;
        for (int i = 0; i < blocks.Length; i++)
        {
            if (blocks[i].Length is < 4 or > 120) continue;
            if (blocks[i].IsHeading && firstHeading < 0 && blocks[i].LinkLength == 0) firstHeading = i;
            if (headTitle is null || (!blocks[i].IsHeading && repeated >= 0)) continue;
            string line = PageText.LineText(outline, blocks[i]);
            if (!Same(line, headTitle)) continue;
            if (blocks[i].IsHeading) return i;
            if (blocks[i].LinkLength == 0) repeated = i;
        }
        return repeated >= 0 ? repeated : firstHeading;
    }

    // The head's title may carry the site's name behind the headline.
    private static bool Same(ReadOnlySpan<char> line, ReadOnlySpan<char> headTitle)
    {
        int i = 0, j = 0;
        while (true)
        {
            while (i < line.Length && !char.IsLetterOrDigit(line[i])) i++;
            while (j < headTitle.Length && !char.IsLetterOrDigit(headTitle[j])) j++;
            if (i == line.Length || j == headTitle.Length) break;
            if (line[i++] != headTitle[j++]) return false;
        }
        return i == line.Length && i >= 4;
    }

    private void MarkElements(PageOutline outline)
    {
        ReadOnlySpan<PageElement> elements = outline.Elements;
        if (_isOutside.Length < elements.Length) _isOutside = new bool[Math.Max(elements.Length, _isOutside.Length * 2)];
        int all = Weight(0, outline.Blocks.Length);
        for (int e = 0; e < elements.Length; e++)
        {
            ref readonly PageElement element = ref elements[e];
            _isOutside[e] = element.Parent >= 0 && _isOutside[element.Parent];
            if (_isOutside[e] || element.Hint == OutsideHint.None || element.EndBlock == element.FirstBlock) continue;
            int weight = Weight(element.FirstBlock, element.EndBlock);
            bool holdsTitle = _titleLine >= element.FirstBlock && _titleLine < element.EndBlock;
            // A frame around the whole article may carry any name.
            if (weight > all * GuardShare && (holdsTitle || element.Hint == OutsideHint.Weak)) continue;
            if (element.Hint == OutsideHint.Strong) _isOutside[e] = !holdsTitle || weight == 0 && element.Tag is "nav" or "footer" or "aside";
            else
            {
                int length = _lengths[element.EndBlock] - _lengths[element.FirstBlock];
                int links = _links[element.EndBlock] - _links[element.FirstBlock];
                _isOutside[e] = !holdsTitle && links * 10 > length * 3;
            }
        }
        for (int i = 0; i < outline.Blocks.Length; i++)
            if (_isOutside[outline.Blocks[i].Element]) _kinds[i] = LineKind.Outside;
    }

    private void ReadLabel(PageOutline outline, int i)
    {
        ref readonly PageBlock block = ref outline.Blocks[i];
        string line = PageText.LineText(outline, block);
        if (PageWords.IsCommentHeading(line)) MarkRegion(outline, i, isComments: true);
        else if (PageWords.IsRelatedHeading(line)) MarkRegion(outline, i, isComments: false);
        else if (PageWords.IsFurniture(line)) _kinds[i] = LineKind.Furniture;
        else if (!IsParagraph(block) && PageWords.IsFooter(line)) _kinds[i] = LineKind.Footer;
    }

    // A heading over comments or related links speaks for the element that it opens, else for what follows it.
    private void MarkRegion(PageOutline outline, int heading, bool isComments)
    {
        ReadOnlySpan<PageElement> elements = outline.Elements;
        ReadOnlySpan<PageBlock> blocks = outline.Blocks;
        int element = blocks[heading].Element;
        while (elements[element].EndBlock == heading + 1 && elements[element].Parent > 0 && elements[elements[element].Parent].FirstBlock == heading) element = elements[element].Parent;
        int end = elements[element].EndBlock;
        if (elements[element].FirstBlock != heading) end = isComments ? end : heading + 1;
        else if (end == heading + 1 && isComments && elements[element].Parent >= 0) end = elements[elements[element].Parent].EndBlock;
        for (int i = heading; i < end; i++)
        {
            if (!isComments && i > heading && blocks[i].LinkLength == 0 && IsParagraph(blocks[i]) && blocks[i].Length > 60) return;
            _kinds[i] = LineKind.Outside;
        }
        if (isComments) return;
        for (int i = end; i < blocks.Length && (_kinds[i] == LineKind.Link || elements[blocks[i].Element].Tag == "li"); i++) _kinds[i] = LineKind.Outside;
    }
}
