using System.Diagnostics;
using System.Text;

namespace NewsExtract.Training;

/// <summary>A clean text, and the same in Traditional characters.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="File">Its full path; empty for an article of the PFR corpus.</param>
/// <param name="Number">Its number in its source, by which it belongs to a fold.</param>
/// <param name="Simplified">The text.</param>
/// <param name="Traditional">The text in Traditional characters.</param>
internal sealed record RepairPage(string Name, string File, int Number, string Simplified, string Traditional)
{
    /// <summary>
    /// The texts that a command line names: files and folders, the PFR corpus with <c>--pfr</c> (each <c>--every</c>th article). Traditional
    /// characters are made by the program <c>opencc</c> with <c>--opencc s2t.json</c>, which goes by phrases, otherwise by the table <c>traditional.tsv</c>.
    /// </summary>
    public static List<RepairPage> Read(Arguments arguments)
    {
        List<RepairPage> pages = [];
        foreach (string path in arguments.Words.SelectMany(CharacterTraining.TextFiles))
            pages.Add(new RepairPage(Path.GetFileName(path), Path.GetFullPath(path), pages.Count, System.IO.File.ReadAllText(path), ""));
        if (arguments.Option("pfr") is { } pfr)
        {
            int every = arguments.Number("every", 1);
            foreach (var article in TrainingText.ReadPfr(pfr).GroupBy(p => p.Article).Where(g => g.Key % every == 0))
                pages.Add(new RepairPage($"pfr {article.Key}", "", article.Key, string.Join('\n', article.Select(p => p.Text)), ""));
        }
        string[] traditional = arguments.Option("opencc") is { } conversion ? Convert(pages, conversion) : [.. pages.Select(Table(arguments))];
        return [.. pages.Select((page, i) => page with { Traditional = traditional[i] })];
    }

    private static Func<RepairPage, string> Table(Arguments arguments)
    {
        string path = Path.Combine(arguments.Option("sources", "models/sources"), "repair", "traditional.tsv");
        Dictionary<char, char> table = SourceTable.Read(path, "repair/traditional.tsv", 2, 2, new Faults()).ToDictionary(r => r[0][0], r => r[1][0]);
        return page => string.Create(page.Simplified.Length, page.Simplified, (to, from) =>
        {
            for (int i = 0; i < to.Length; i++) to[i] = table.GetValueOrDefault(from[i], from[i]);
        });
    }

    /// <summary>Runs the converter once over all texts, with a character between them that none of them has.</summary>
    private static string[] Convert(List<RepairPage> pages, string conversion)
    {
        const string between = "\f\n";
        string folder = Directory.CreateTempSubdirectory().FullName, input = Path.Combine(folder, "simplified"), result = Path.Combine(folder, "traditional");
        try
        {
            System.IO.File.WriteAllText(input, string.Concat(pages.Select(p => p.Simplified + between)), new UTF8Encoding(false));
            using Process process = Process.Start("opencc", ["-c", conversion, "-i", input, "-o", result]);
            process.WaitForExit();
            string[] texts = process.ExitCode == 0 ? System.IO.File.ReadAllText(result).Split(between) : [];
            return texts.Length == pages.Count + 1 ? texts[..^1] : throw new IOException($"opencc -c {conversion} did not convert the texts.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
