namespace NewsExtract.Tests.Specs;

/// <summary>
/// The readable spec files: <c>text => what is expected</c> a line, remarks behind <c>#</c>. ⏎ in a text stands for a line
/// break. A year in brackets in front of the text is the year of publication: <c>[2009] 宣武区 => …</c>.
/// </summary>
internal sealed record SpecLine(string File, int Line, string Text, string Expected, DateOnly? Published)
{
    // A headline of its own keeps a one-line text from being taken for one.
    private const string Headline = "某地要闻一则\n";

    /// <summary>The text behind a headline, as an article has it.</summary>
    public string Article => Headline + Text.Replace('⏎', '\n');

    public static IEnumerable<SpecLine> Read(string stage, string file)
    {
        int line = 0;
        foreach (string row in System.IO.File.ReadLines(Repository.Path("tests", "NewsExtract.Tests", "Specs", stage, file)))
        {
            line++;
            if (row.Length == 0 || row[0] == '#') continue;
            int arrow = row.IndexOf(" => ", StringComparison.Ordinal);
            if (arrow < 0) throw new InvalidDataException($"{file}:{line}: no « => » between text and expectation");
            string text = row[..arrow];
            DateOnly? published = null;
            if (text.StartsWith('[') && text.IndexOf("] ", StringComparison.Ordinal) == 5)
            {
                published = new DateOnly(int.Parse(text.AsSpan(1, 4)), 6, 30);
                text = text[7..];
            }
            yield return new SpecLine(file, line, text, row[(arrow + 4)..].Trim(), published);
        }
    }

    /// <summary>Holds every line of a file against what <paramref name="actual"/> makes of it, and lists all that differ.</summary>
    public static void Check(string stage, string file, Func<SpecLine, string> actual)
    {
        var wrong = new List<string>();
        int lines = 0;
        foreach (SpecLine line in Read(stage, file))
        {
            lines++;
            string got = actual(line);
            if (got != line.Expected) wrong.Add($"{file}:{line.Line}: {line.Text}\n    expected {line.Expected}\n    got      {got}");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {lines} lines\n" + string.Join("\n", wrong));
        Assert.True(lines > 5, $"{file} has hardly any lines");
    }

    /// <summary>Items joined by « ; »; a hyphen for none.</summary>
    public static string Join(IEnumerable<string> items) => string.Join("; ", items) is { Length: > 0 } joined ? joined : "-";
}
