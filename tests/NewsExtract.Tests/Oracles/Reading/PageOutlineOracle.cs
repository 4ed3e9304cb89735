using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using NewsExtract.Reading.Html;
using NewsExtract.Tests.Specs.Reading;

namespace NewsExtract.Tests.Oracles.Reading;

/// <summary>The outline's runs hold exactly the text that AngleSharp's own document holds, in the same order.</summary>
public class PageOutlineOracle
{
    private static readonly HashSet<string> Skipped = ["title", "textarea", "script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "template", "select", "button", "svg", "math", "object", "audio", "video", "canvas", "rt", "rp"];

    [Fact]
    public void SoundPagesHaveTheSameText()
    {
        foreach (string name in PageFiles.Names())
            if (name != "broken-tags") // an open button swallows what a browser would show behind it
                AssertSame(PageFiles.Html(name));
    }

    [Fact]
    public void SoDoPagesPutTogetherAtRandom()
    {
        var random = new Random(20240607);
        string[] pieces = ["<div class=a>", "</div>", "<p>", "</p>", "<br>", "<b>", "</b>", "<a href='x>y'>", "</a>", "<ul><li>", "<li>", "</ul>", "文字，", "空 格", "&amp;", "&#20013;", "<!-- 注 -->", "<script>if (a<b) 脚本</script>", "<style>p{}</style>",
            "\r\n", "<span title=\"a>b\">", "</span>", "<h2>", "</h2>", "<img src=1 alt='图'>", "𠀀", "<hr/>", "<o:p></o:p>", "<section>", "</section>", "<em", " x=1>", "<?xml version=1?>", "<![if !vml]>", "<!DOCTYPE html>"];
        for (int round = 0; round < 400; round++)
        {
            var page = new StringBuilder("<html><body>");
            for (int i = random.Next(60); i > 0; i--) page.Append(pieces[random.Next(pieces.Length)]);
            AssertSame(page.ToString());
        }
    }

    private static void AssertSame(string html)
    {
        var outline = new PageOutline();
        outline.Read(html);
        var found = new StringBuilder();
        int last = 0;
        foreach (TextRun run in outline.Runs)
        {
            Assert.InRange(run.Start, last, html.Length);
            last = run.End;
            found.Append(System.Net.WebUtility.HtmlDecode(html[run.Start..run.End]));
        }
        var expected = new StringBuilder();
        using IDocument document = new HtmlParser().ParseDocument(html);
        Collect(document.Body!, expected);
        Assert.Equal(Letters(expected), Letters(found));
    }

    private static void Collect(INode node, StringBuilder text)
    {
        if (node is IText leaf) text.Append(leaf.Data);
        if (node is IElement element && Skipped.Contains(element.LocalName)) return;
        foreach (INode child in node.ChildNodes) Collect(child, text);
    }

    private static string Letters(StringBuilder text) => new([.. text.ToString().Where(c => !char.IsWhiteSpace(c))]);
}
