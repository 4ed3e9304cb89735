using NewsExtract.Modeling;
using NewsExtract.Resolution;
using NewsExtract.Tagging;
using NewsExtract.Tests.Specs.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tests.Specs.Dates;

/// <summary>The tables of this folder: what is a date expression, and which days it means.</summary>
[Collection(KnowledgeTests.Name)]
public sealed class DateSpecs(CompiledKnowledge compiled)
{
    // A headline of its own keeps a one-line text from being taken for one.
    private const string Headline = "某地要闻一则\n";

    [Theory]
    [InlineData("days")]
    [InlineData("months-and-years")]
    [InlineData("relative")]
    [InlineData("limits")]
    [InlineData("vague")]
    [InlineData("stamps")]
    [InlineData("near-misses")]
    public void Expressions_and_their_days(string file)
    {
        var terms = new TermIndex(compiled.Knowledge.Lexicon);
        var wrong = new List<string>();
        int rows = 0;
        foreach ((int line, string[] fields) in Repository.SpecRows("Dates", file + ".tsv"))
        {
            rows++;
            string actual = Run(terms, fields[0], fields[1]);
            if (actual != fields[2]) wrong.Add($"{file}.tsv:{line}: {fields[1]}: expected {fields[2]}, got {actual}");
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(rows > 5, $"{file}.tsv has hardly any rows");
    }

    [Fact]
    public void The_day_in_force_is_the_last_event_day_before()
    {
        var terms = new TermIndex(compiled.Knowledge.Lexicon);
        var wrong = new List<string>();
        foreach ((int line, string[] fields) in Repository.SpecRows("Dates", "in-force.tsv"))
        {
            string marked = Headline + fields[1].Replace('⏎', '\n');
            ResolvedDates resolved = Resolve(terms, fields[0], marked.Replace("‖", "", StringComparison.Ordinal));
            string actual = resolved.DateInForce(marked.IndexOf('‖', StringComparison.Ordinal)) is { } date ? Days(date) : "-";
            if (actual != fields[2]) wrong.Add($"in-force.tsv:{line}: {fields[1]}: expected {fields[2]}, got {actual}");
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Every_date_word_of_the_terms_has_a_meaning_and_every_meaning_a_word()
    {
        var words = new List<string>();
        foreach (string row in File.ReadLines(Repository.Path("models", "sources", "terms", "dates.tsv")))
        {
            string[] fields = row.Split('\t');
            if (row.Length > 0 && row[0] != '#' && fields[1].Contains("date-word", StringComparison.Ordinal)) words.Add(fields[0]);
        }
        Assert.Equal(words.Order(StringComparer.Ordinal), RelativeDateWords.Words.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_date_term_starts_with_an_opening_character()
    {
        var missing = new List<string>();
        foreach (string row in File.ReadLines(Repository.Path("models", "sources", "terms", "dates.tsv")))
        {
            string[] fields = row.Split('\t');
            if (row.Length == 0 || row[0] == '#' || fields[1].Contains("day-part", StringComparison.Ordinal) || fields[1].Contains("future-mark", StringComparison.Ordinal)) continue;
            // Seasons only count behind a year or alone in their form with 天, which the table of openings has.
            if (fields[1] == "season" && !fields[0].EndsWith('天')) continue;
            if (!DateTagger.OpeningCharacters.Contains(fields[0][0])) missing.Add(fields[0]);
        }
        Assert.Empty(missing);
    }

    private static string Run(TermIndex terms, string published, string sentence)
    {
        string text = sentence.Replace('⏎', '\n');
        if (!text.Contains('\n') || !text.StartsWith('某')) text = Headline + text;
        ResolvedDates resolved = Resolve(terms, published, text);
        return resolved.All.Count == 0 ? "-" : string.Join("; ", resolved.All.Select(d => text[d.Span.Start..d.Span.End] + " = " + Days(d)));
    }

    private static ResolvedDates Resolve(TermIndex terms, string published, string text)
    {
        terms.Build(text);
        var layout = new Layout();
        LayoutReader.Read(text, terms, layout, published: published == "-" ? null : DateOnly.Parse(published));
        var found = new List<DateExpression>();
        DateTagger.Tag(layout, terms, found);
        var resolved = new ResolvedDates();
        DateResolver.Resolve(layout, terms, found, resolved);
        Assert.Equal(found.Count, resolved.All.Count);
        return resolved;
    }

    private static string Days(ResolvedDate date)
    {
        string start = date.Start.ToIso() ?? "?", end = date.End.ToIso() ?? "?";
        return date.IsDay ? start : $"{start}..{end}";
    }
}
