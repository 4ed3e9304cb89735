using NewsExtract.Text;

namespace NewsExtract.Reading.Html;

/// <summary>
/// Finds a page's article: the innermost element that holds nearly all the running text, from the headline in front of
/// it to the editors' line behind it. One a thread.
/// </summary>
internal sealed class MainText
{
    private const double InnerShare = 0.7;
    private const int FarthestTitle = 40; // lines in front of the text
    private const int FarthestEnding = 12; // lines behind it
    private const int LongestTrailer = 40; // characters of a line behind the last sentence
    private readonly LineClassifier _lines = new();
    private readonly List<string> _around = [];
    private bool[] _chosen = [];
    private int[] _bestChild = [];

    /// <summary>The article's text, aligned to the page; empty where the page has none.</summary>
    public CleanText Read(PageOutline outline, CleanTextBuilder builder, out PageFields fields)
    {
        ReadOnlySpan<PageBlock> blocks = outline.Blocks;
        string? headTitle = PageHeader.HeadTitle(outline);
        _lines.Read(outline, headTitle);
        if (_chosen.Length < blocks.Length) _chosen = new bool[Math.Max(blocks.Length, _chosen.Length * 2)];
        Span<bool> chosen = _chosen.AsSpan(0, blocks.Length);
        chosen.Clear();
        _around.Clear();
        int main = FindMain(outline);
        int title = -1;
        if (main >= 0) Choose(outline, main, chosen, out title);
        string? headline = title >= 0 ? PageText.LineText(outline, blocks[title]) : headTitle;
        fields = PageHeader.Read(outline, headline, _around);
        return PageText.Write(outline, chosen, builder);
    }

    // The element, or -1 where nothing reads like an article.
    private int FindMain(PageOutline outline)
    {
        ReadOnlySpan<PageElement> elements = outline.Elements;
        if (_lines.Weight(0, outline.Blocks.Length) == 0) return -1;
        if (_bestChild.Length < elements.Length) _bestChild = new int[Math.Max(elements.Length, _bestChild.Length * 2)];
        _bestChild.AsSpan(0, elements.Length).Fill(-1);
        for (int e = 1; e < elements.Length; e++)
        {
            if (elements[e].Tag is "p" or "li" or "dd" or "dt" or "tr" or "h1" or "h2" or "h3") continue;
            int parent = elements[e].Parent;
            int best = _bestChild[parent];
            if (best < 0 || WeightOf(elements[e]) > WeightOf(elements[best])) _bestChild[parent] = e;
        }
        // Rows are no frames by themselves: their cells stand for them.
        int main = 0;
        while (_bestChild[main] is >= 0 and int child && WeightOf(elements[child]) >= InnerShare * WeightOf(elements[main])) main = child;
        return IsList(outline, elements[main]) ? -1 : main;
    }

    private int WeightOf(in PageElement element) => _lines.Weight(element.FirstBlock, element.EndBlock);

    // Headlines as links with a teaser each.
    private bool IsList(PageOutline outline, in PageElement main)
    {
        int links = 0, paragraphs = 0;
        for (int i = main.FirstBlock; i < main.EndBlock; i++)
        {
            if (_lines.Kinds[i] == LineKind.Link && outline.Blocks[i].Length >= 6) links++;
            else if (_lines.Kinds[i] == LineKind.Text && LineClassifier.IsParagraph(outline.Blocks[i])) paragraphs++;
        }
        return paragraphs == 0 || (links >= 3 && links >= paragraphs);
    }

    private void Choose(PageOutline outline, int main, Span<bool> chosen, out int title)
    {
        ReadOnlySpan<PageBlock> blocks = outline.Blocks;
        ref readonly PageElement frame = ref outline.Elements[main];
        int firstParagraph = frame.FirstBlock, lastParagraph = frame.FirstBlock;
        for (int i = frame.EndBlock - 1; i >= frame.FirstBlock; i--)
        {
            if (_lines.Kinds[i] != LineKind.Text || !LineClassifier.IsParagraph(blocks[i])) continue;
            if (lastParagraph == frame.FirstBlock) lastParagraph = i;
            firstParagraph = i;
        }
        title = _lines.TitleLine;
        if (title > firstParagraph || firstParagraph - title > FarthestTitle) title = -1;
        int start = title >= 0 ? title : Math.Max(frame.FirstBlock, firstParagraph - 6);
        for (int i = start; i <= lastParagraph; i++)
        {
            chosen[i] = i == title || _lines.Kinds[i] == LineKind.Text;
            if (chosen[i] && i < firstParagraph && i != title) _around.Add(PageText.LineText(outline, blocks[i]));
        }
        Endings(outline, lastParagraph + 1, frame.EndBlock, chosen);
    }

    // Behind the last sentence: editors, source, captions; and what a stray end tag put outside the frame.
    private void Endings(PageOutline outline, int first, int frameEnd, Span<bool> chosen)
    {
        ReadOnlySpan<PageBlock> blocks = outline.Blocks;
        for (; frameEnd < blocks.Length && _lines.Kinds[frameEnd] == LineKind.Text && LineClassifier.IsParagraph(blocks[frameEnd]) && blocks[frameEnd].LinkLength == 0; frameEnd++)
            chosen[frameEnd] = true;
        int end = Math.Min(blocks.Length, frameEnd + FarthestEnding);
        for (int i = first; i < end; i++)
        {
            if (_lines.Kinds[i] == LineKind.Footer) return;
            if (chosen[i] || _lines.Kinds[i] != LineKind.Text) continue;
            string line = PageText.LineText(outline, blocks[i]);
            bool isEnding = PageWords.IsEnding(line);
            if (!isEnding && (i >= frameEnd || blocks[i].Length > LongestTrailer || blocks[i].LinkLength > 0)) continue;
            chosen[i] = true;
            if (isEnding) _around.Add(line);
        }
    }
}
