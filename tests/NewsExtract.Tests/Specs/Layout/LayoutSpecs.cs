using NewsExtract.Modeling;
using NewsExtract.Tagging;
using NewsExtract.Tests.Specs.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tests.Specs.Pages;

/// <summary>
/// pages.txt: pages with the role of each line. A case starts with <c>== name</c>; a line is ROLE, tab, text; a role with + in front is
/// glued to the line before it with a space. Lines with = state title, published, outlet or dateline places.
/// sentences.txt: a paragraph a line, its sentences separated by ¦.
/// </summary>
[Collection(KnowledgeTests.Name)]
public sealed class LayoutSpecs(CompiledKnowledge compiled)
{
    [Fact]
    public void Lines_get_their_roles()
    {
        var wrong = new List<string>();
        int cases = 0;
        foreach (Page page in Pages())
        {
            cases++;
            Layout layout = Read(page.Text, out _);
            var actual = new List<string>();
            foreach (Paragraph p in layout.Paragraphs) actual.Add(p.Role + "\t" + page.Text[p.Span.Start..p.Span.End]);
            if (!actual.SequenceEqual(page.Lines))
                wrong.Add($"{page.Name}: {string.Join(" / ", actual.Except(page.Lines).Select(l => l.Replace('\t', ' ')))} — expected {string.Join(" / ", page.Lines.Except(actual).Select(l => l.Replace('\t', ' ')))}");
            foreach ((string key, string value) in page.Facts)
            {
                string? got = key switch
                {
                    "title" => layout.Title,
                    "published" => layout.Published?.ToString("yyyy-MM-dd"),
                    "outlet" => layout.Outlet,
                    "places" => string.Join('、', layout.Datelines.Select(d => page.Text[d.Place.Start..d.Place.End])),
                    _ => throw new InvalidOperationException($"pages.txt: unknown fact {key}"),
                };
                if ((got ?? "-") != value) wrong.Add($"{page.Name}: {key} expected {value}, got {got ?? "-"}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(cases > 10);
    }

    [Fact]
    public void Sentences_end_where_the_spec_says()
    {
        var wrong = new List<string>();
        foreach ((int line, string[] fields) in Repository.SpecRows("Layout", "sentences.txt"))
        {
            string text = "某地要闻一则\n" + fields[0].Replace("¦", "", StringComparison.Ordinal);
            Layout layout = Read(text, out _);
            string actual = string.Join('¦', layout.Sentences.Where(s => s.Role == TextRole.Body).Select(s => text[s.Span.Start..s.Span.End]));
            if (actual != fields[0]) wrong.Add($"sentences.txt:{line}: got {actual}");
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Paragraphs_and_sentences_lie_in_order_without_overlap_in_any_text()
    {
        // Pages torn apart at random places and put together again: nothing may throw, overlap or leave the text.
        string[] pages = [.. Pages().Select(p => p.Text)];
        var random = new Random(20210531);
        for (int round = 0; round < 400; round++)
        {
            string a = pages[random.Next(pages.Length)], b = pages[random.Next(pages.Length)];
            string text = a[..random.Next(a.Length + 1)] + b[random.Next(b.Length)..];
            Layout layout = Read(text, out TermIndex terms);
            int end = 0;
            foreach (Paragraph p in layout.Paragraphs)
            {
                Assert.InRange(p.Span.Start, end, text.Length);
                Assert.True(p.Span.Length > 0);
                end = p.Span.End;
                Assert.InRange(end, 1, text.Length);
            }
            int last = 0;
            foreach (Sentence s in layout.Sentences)
            {
                Assert.InRange(s.Span.Start, last, text.Length);
                Assert.True(layout.Paragraphs[s.Paragraph].Span.Contains(s.Span));
                last = s.Span.End;
            }
            var dates = new List<DateExpression>();
            DateTagger.Tag(layout, terms, dates);
            last = 0;
            foreach (DateExpression date in dates)
            {
                Assert.True(date.Span.Start >= last && date.Span.Length > 0);
                last = date.Span.End;
            }
        }
    }

    private Layout Read(string text, out TermIndex terms)
    {
        terms = new TermIndex(compiled.Knowledge.Lexicon);
        terms.Build(text);
        var layout = new Layout();
        LayoutReader.Read(text, terms, layout);
        return layout;
    }

    private static IEnumerable<Page> Pages()
    {
        Page? page = null;
        foreach (string row in File.ReadLines(Repository.Path("tests", "NewsExtract.Tests", "Specs", "Layout", "pages.txt")))
        {
            if (row.Length == 0 || row[0] == '#') continue;
            if (row.StartsWith("== ", StringComparison.Ordinal))
            {
                if (page is not null) yield return page;
                page = new Page(row[3..]);
            }
            else if (row.StartsWith("= ", StringComparison.Ordinal))
            {
                string[] fact = row[2..].Split(": ", 2);
                page!.Facts.Add((fact[0], fact[1]));
            }
            else page!.Add(row);
        }
        if (page is not null) yield return page;
    }

    private sealed class Page(string name)
    {
        public string Name { get; } = name;
        public string Text { get; private set; } = "";
        public List<string> Lines { get; } = [];
        public List<(string Key, string Value)> Facts { get; } = [];

        public void Add(string row)
        {
            bool isGlued = row[0] == '+';
            string[] fields = row.TrimStart('+').Split('\t');
            Text += (Text.Length == 0 ? "" : isGlued ? " " : "\n") + fields[1];
            Lines.Add(fields[0] + "\t" + fields[1]);
        }
    }
}
