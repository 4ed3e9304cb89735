using System.Runtime.InteropServices;
using AngleSharp.Common;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

namespace NewsExtract.Reading.Html;

/// <summary>A stretch of the page's source that is text: UTF-16 offsets, half-open, character references still written out.</summary>
internal readonly record struct TextRun(int Start, int End);

/// <summary>An element that makes blocks.</summary>
internal struct PageElement
{
    /// <summary>Index of the parent element; -1 for the root.</summary>
    public int Parent;
    /// <summary>The tag's name.</summary>
    public string Tag;
    /// <summary>What its class and id say.</summary>
    public OutsideHint Hint;
    /// <summary>First block inside.</summary>
    public int FirstBlock;
    /// <summary>Behind the last block inside.</summary>
    public int EndBlock;
}

/// <summary>A line of text of the page: between two tags that break lines.</summary>
internal struct PageBlock
{
    /// <summary>First run.</summary>
    public int FirstRun;
    /// <summary>Behind the last run.</summary>
    public int EndRun;
    /// <summary>The innermost element.</summary>
    public int Element;
    /// <summary>Characters that are no white space.</summary>
    public int Length;
    /// <summary>How many of them are inside links.</summary>
    public int LinkLength;
    /// <summary>Marks of Chinese sentences: <c>，、：</c> and the like.</summary>
    public int Marks;
    /// <summary>How many of the marks end a sentence.</summary>
    public int Stops;
    /// <summary>Whether the line stands in h1 … h6.</summary>
    public bool IsHeading;
}

/// <summary>
/// A page as a list of text lines and the elements around them, made in one pass over AngleSharp's tokens. Tokens
/// know their place in the source, which the nodes of a parsed document do not; and the pass takes time and memory
/// in proportion to the page, however deep its tags are nested. One a thread.
/// </summary>
internal sealed class PageOutline
{
    /// <summary>Deeper elements are read as if they were not there.</summary>
    public const int DeepestElement = 512;

    private readonly List<PageElement> _elements = [];
    private readonly List<PageBlock> _blocks = [];
    private readonly List<TextRun> _runs = [];
    private readonly List<int> _open = [];
    private readonly List<(string Name, string Value)> _meta = [];
    private PageBlock _block;
    private int _overflow;
    private int _skipDepth;
    private int _blocksInSkipped;
    private string _skipTag = "";
    private int _rawStart = -1; // of the tag of a script, style or title element that is open
    private string _rawTag = "";
    private bool _isLinkedData;
    private int _linkDepth = -1;
    private int _headingDepth = -1;

    /// <summary>The page.</summary>
    public string Source { get; private set; } = "";
    /// <summary>The elements in document order.</summary>
    public ReadOnlySpan<PageElement> Elements => CollectionsMarshal.AsSpan(_elements);
    /// <summary>The lines in document order; none is empty.</summary>
    public ReadOnlySpan<PageBlock> Blocks => CollectionsMarshal.AsSpan(_blocks);
    /// <summary>The stretches of text that the lines are made of.</summary>
    public ReadOnlySpan<TextRun> Runs => CollectionsMarshal.AsSpan(_runs);
    /// <summary>The meta elements: lower-case name or property, and content.</summary>
    public IReadOnlyList<(string Name, string Value)> Meta => _meta;
    /// <summary>Where the page's title element stands.</summary>
    public TextRun Title { get; private set; }
    /// <summary>Where the first block of JSON-LD stands.</summary>
    public TextRun LinkedData { get; private set; }
    /// <summary>Whether tags were nested too deep.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Reads a page; what was read before is forgotten.</summary>
    public void Read(string source)
    {
        Clear(source);
        var tokenizer = new HtmlTokenizer(new TextSource(new ReadOnlyMemoryTextSource(source)), HtmlEntityProvider.Resolver)
        {
            IsNotConsumingCharacterReferences = true,
            SkipComments = true,
            SkipRawText = true,
            SkipScriptText = true,
            SkipRCDataText = true,
        };
        int textStart = -1; // of a text token whose end is not known yet
        while (true)
        {
            ref StructHtmlToken token = ref tokenizer.GetStructToken();
            int at = Math.Clamp(token.Position.Position - 1, 0, source.Length);
            if (textStart >= 0)
            {
                if (_skipDepth == 0) AddText(textStart, Math.Max(textStart, at));
                textStart = -1;
            }
            switch (token.Type)
            {
                case HtmlTokenType.EndOfFile:
                    CloseBlock();
                    while (_open.Count > 0) Pop();
                    return;
                case HtmlTokenType.Character:
                    if (_rawStart < 0) textStart = at;
                    break;
                case HtmlTokenType.StartTag:
                    ReadOnlySpan<char> name = token.Name;
                    TagTraits traits = PageTags.Of(name);
                    if ((traits & TagTraits.Raw) != 0) tokenizer.State = StartRaw(ref token, at);
                    else Start(ref token, traits, name);
                    break;
                case HtmlTokenType.EndTag:
                    if (_rawStart >= 0) EndRaw(at);
                    else End(token.Name);
                    break;
            }
        }
    }

    private HtmlParseMode StartRaw(ref StructHtmlToken token, int at)
    {
        _rawTag = PageTags.Name(token.Name);
        _rawStart = at;
        _isLinkedData = _rawTag == "script" && ((ReadOnlySpan<char>)token.GetAttribute("type")).Equals("application/ld+json", StringComparison.OrdinalIgnoreCase);
        return _rawTag switch { "script" => HtmlParseMode.Script, "title" or "textarea" => HtmlParseMode.RCData, _ => HtmlParseMode.Rawtext };
    }

    private void EndRaw(int at)
    {
        var content = new TextRun(Math.Min(Source.IndexOf('>', _rawStart) + 1, at), at);
        if (_rawTag == "title" && Title.End == 0) Title = content;
        if (_isLinkedData && LinkedData.End == 0) LinkedData = content;
        _rawStart = -1;
    }

    private void Clear(string source)
    {
        Source = source;
        _elements.Clear();
        _blocks.Clear();
        _runs.Clear();
        _open.Clear();
        _meta.Clear();
        _overflow = _skipDepth = 0;
        _rawStart = _linkDepth = _headingDepth = -1;
        Title = LinkedData = default;
        IsCutOff = false;
        _elements.Add(new PageElement { Parent = -1, Tag = "", FirstBlock = 0 });
        _open.Add(0);
        _block = default;
    }

    private void Start(ref StructHtmlToken token, TagTraits traits, ReadOnlySpan<char> name)
    {
        if (_skipDepth > 0)
        {
            if (name.SequenceEqual(_skipTag)) _skipDepth++;
            else if ((traits & (TagTraits.Block | TagTraits.Void)) == TagTraits.Block) _blocksInSkipped++;
            return;
        }
        if ((traits & TagTraits.Skipped) != 0)
        {
            if (token.IsSelfClosing) return;
            _skipTag = PageTags.Name(name);
            _skipDepth = 1;
            _blocksInSkipped = 0;
            return;
        }
        if ((traits & TagTraits.Void) != 0)
        {
            if (name is "meta") AddMeta(ref token);
            else if (name is "br" or "hr") CloseBlock();
            return;
        }
        if ((traits & TagTraits.Link) != 0)
        {
            _linkDepth = token.GetAttribute("href").IsNullOrEmpty && !InRow() ? -1 : _open.Count;
            return;
        }
        if ((traits & TagTraits.Block) == 0) return;
        CloseBlock();
        string tag = PageTags.Name(name);
        if ((traits & TagTraits.ClosesParagraph) != 0) CloseNearest("p", 1);
        if ((traits & TagTraits.ClosesSame) != 0) CloseImplied(tag);
        if (tag is "html" or "body" or "head" && _open.Count > 3) return;
        if (_open.Count >= DeepestElement)
        {
            IsCutOff = true;
            _overflow++;
            return;
        }
        OutsideHint hint = (traits & TagTraits.Outside) != 0 ? OutsideHint.Strong : OutsideHint.None;
        for (int i = 0; i < token.Attributes.Count && hint != OutsideHint.Strong; i++)
        {
            MemoryHtmlAttributeToken attribute = token.Attributes[i];
            ReadOnlySpan<char> attributeName = attribute.Name;
            if (attributeName is not ("class" or "id")) continue;
            OutsideHint found = PageWords.Hint(attribute.Value);
            if (found > hint) hint = found;
        }
        if ((traits & TagTraits.Heading) != 0 && _headingDepth < 0) _headingDepth = _open.Count;
        _open.Add(_elements.Count);
        _elements.Add(new PageElement { Parent = _open[^2], Tag = tag, Hint = hint, FirstBlock = _blocks.Count });
    }

    // Buttons of share bars are links without an address.
    private bool InRow() => _open.Count > 0 && _elements[_open[^1]].Hint == OutsideHint.Strong;

    private void End(ReadOnlySpan<char> name)
    {
        TagTraits traits = PageTags.Of(name);
        if (_skipDepth > 0)
        {
            if (name.SequenceEqual(_skipTag))
            {
                _skipDepth--;
                return;
            }
            if ((traits & TagTraits.Block) == 0) return;
            if (--_blocksInSkipped >= 0) return;
            _skipDepth = 0; // the button or list was never closed, but what is around it is
        }
        if ((traits & TagTraits.Link) != 0) _linkDepth = -1;
        if (name is "br")
        {
            CloseBlock();
            return;
        }
        if ((traits & TagTraits.Block) == 0 || (traits & TagTraits.Void) != 0) return;
        CloseBlock();
        if (_overflow > 0)
        {
            _overflow--;
            return;
        }
        if (name is "html" or "body") return;
        CloseNearest(PageTags.Name(name), _open.Count);
    }

    // Closes the nearest open element of that name, unless a table's cell stands in between.
    private void CloseNearest(string tag, int within)
    {
        bool isTablePart = tag is "table" or "tr" or "td" or "th" or "tbody" or "thead" or "tfoot" or "caption";
        for (int i = _open.Count - 1; i > 0 && _open.Count - i <= within; i--)
        {
            string open = _elements[_open[i]].Tag;
            if (open == tag)
            {
                while (_open.Count > i) Pop();
                return;
            }
            if (open == "table" || (!isTablePart && open is "td" or "th" or "caption")) return;
        }
    }

    private void CloseImplied(string tag)
    {
        for (int i = _open.Count - 1; i > 0; i--)
        {
            string open = _elements[_open[i]].Tag;
            bool closes = tag switch
            {
                "li" => open == "li",
                "dt" or "dd" => open is "dt" or "dd",
                "tr" => open == "tr",
                _ => open is "td" or "th",
            };
            if (closes)
            {
                while (_open.Count > i) Pop();
                return;
            }
            bool isFence = tag switch
            {
                "li" => open is "ul" or "ol" or "td" or "th" or "table",
                "dt" or "dd" => open is "dl" or "td" or "th" or "table",
                _ => open is "table",
            };
            if (isFence) return;
        }
    }

    private void Pop()
    {
        ref PageElement element = ref CollectionsMarshal.AsSpan(_elements)[_open[^1]];
        element.EndBlock = _blocks.Count;
        _open.RemoveAt(_open.Count - 1);
        if (_open.Count < _linkDepth) _linkDepth = -1;
        if (_open.Count <= _headingDepth) _headingDepth = -1;
    }

    private void AddText(int start, int end)
    {
        int length = 0, marks = 0, stops = 0;
        ReadOnlySpan<char> text = Source.AsSpan(start, end - start);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c <= ' ' || c is '\u3000' or '\u00A0') continue;
            if (c == '&')
            {
                // A reference is one character, or a space.
                int semicolon = text.Slice(i, Math.Min(10, text.Length - i)).IndexOf(';');
                bool isSpace = IsSpaceReference(text[(i + 1)..]);
                if (semicolon > 0) i += semicolon;
                if (isSpace) continue;
            }
            length++;
            if (c is '。' or '！' or '？' or '；') stops++;
            else if (c is '，' or '：' or '、' or '”' or '」') marks++;
        }
        if (_block.EndRun == _block.FirstRun)
        {
            if (length == 0) return;
            _block = new PageBlock { FirstRun = _runs.Count, Element = _open[^1], IsHeading = _headingDepth >= 0 };
        }
        _runs.Add(new TextRun(start, end));
        _block.EndRun = _runs.Count;
        _block.Length += length;
        _block.Marks += marks + stops;
        _block.Stops += stops;
        if (_linkDepth >= 0) _block.LinkLength += length;
    }

    private static bool IsSpaceReference(ReadOnlySpan<char> name) => name.StartsWith("nbsp") || name.StartsWith("#160;") || name.StartsWith("#12288;") || name.StartsWith("emsp;")
        || name.StartsWith("ensp;") || name.StartsWith("thinsp;") || name.StartsWith("#xa0;", StringComparison.OrdinalIgnoreCase) || name.StartsWith("#x3000;", StringComparison.OrdinalIgnoreCase);

    private void CloseBlock()
    {
        if (_block.EndRun > _block.FirstRun) _blocks.Add(_block);
        _block = default;
    }

    private void AddMeta(ref StructHtmlToken token)
    {
        if (_meta.Count >= 200) return;
        StringOrMemory name = token.GetAttribute("name");
        if (name.IsNullOrEmpty) name = token.GetAttribute("property");
        if (name.IsNullOrEmpty) name = token.GetAttribute("itemprop");
        StringOrMemory content = token.GetAttribute("content");
        if (name.IsNullOrEmpty || content.IsNullOrEmpty) return;
        _meta.Add((name.ToString().ToLowerInvariant(), content.ToString()));
    }
}
