using NewsExtract.Tests.Specs;
using NewsExtract.Text;

namespace NewsExtract.Tests.Readme;

/// <summary>The example under "As a library" in README.md: the lines between the marks stand there word for word, and run here.</summary>
[Collection(ModelTests.Name)]
public sealed class LibraryExample
{
    private const string Begin = "// README begins", End = "// README ends";

    [ModelFact]
    public void It_prints_what_the_readme_says()
    {
        Console.Lines.Clear();
        // README begins
        using var pipeline = new Pipeline(ExtractionModel.LoadDefault()); // load once
        ArticleRecord record = pipeline.Extract("2021年4月8日，松桃县委书记吴启川率党政代表团赴广东省东莞市虎门镇考察。"); // from any thread
        foreach (Visit visit in record.Visits)
            Console.WriteLine($"{visit.Start} {visit.Leader}, {visit.From?.Name} → {string.Join('、', visit.To.Select(place => place.Name))}");
        // README ends
        Assert.NotEmpty(Console.Lines);
        Assert.Contains("```\n" + string.Join('\n', Console.Lines) + "\n```\n", Readme(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_quotes_it_word_for_word()
    {
        string[] lines = File.ReadAllLines(Repository.Path("tests", "NewsExtract.Tests", "Readme", "LibraryExample.cs"));
        int first = Array.FindIndex(lines, static l => l.Trim() == Begin) + 1, last = Array.FindIndex(lines, static l => l.Trim() == End);
        string indent = lines[first][..lines[first].IndexOf("using", StringComparison.Ordinal)];
        string example = string.Concat(lines[first..last].Select(l => l[indent.Length..] + "\n"));
        Assert.Contains("```csharp\nusing NewsExtract;\nusing NewsExtract.Text;\n\n" + example + "```\n", Readme(), StringComparison.Ordinal);
    }

    private static string Readme() => File.ReadAllText(Repository.Path("README.md"));

    /// <summary>Stands in for the console, so that the example can be run as it is.</summary>
    private static class Console
    {
        public static List<string> Lines { get; } = [];

        public static void WriteLine(string line) => Lines.Add(line);
    }
}
