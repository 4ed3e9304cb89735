using System.Text;
using NewsExtract.Reading;
using NewsExtract.Repair;
using NewsExtract.Tests.Specs.Repair;
using NewsExtract.Text;

namespace NewsExtract.Tests.Oracles.Reading;

/// <summary>The articles of the corpus in every encoding, in snippets of two kilobytes; and what UTF-8 read as GBK becomes.</summary>
[Collection(RepairTests.Name)]
public sealed class CorpusCharsetTests(CompiledRepair compiled)
{
    private const int Snippet = 2000; // bytes
    private const double Floor = 0.995;

    private static readonly string[] Articles = [.. new[] { "train", "dev" }
        .SelectMany(part => Directory.EnumerateFiles(Repository.Path("corpus", "gold", part), "*.txt")).Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    [Theory]
    [InlineData("utf-8", 65001)]
    [InlineData("utf-16le", 1200)]
    [InlineData("utf-16be", 1201)]
    [InlineData("gb18030", 54936)]
    [InlineData("big5", 950)]
    public void SnippetsOfTwoKilobytesAreTold(string name, int codePage)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        var wrong = new List<string>();
        int count = 0;
        foreach (string article in Articles)
        {
            byte[] bytes = encoding.GetBytes(name == "big5" ? Traditional(article) : article);
            for (int start = 0; start == 0 || start + Snippet / 2 <= bytes.Length; start += Snippet)
            {
                byte[] snippet = bytes[start..Math.Min(bytes.Length, start + Snippet)];
                count++;
                DetectedCharset found = CharsetDetector.Detect(snippet);
                if (found.Name != name) wrong.Add($"{found.Name}: {encoding.GetString(snippet)[..12]}");
            }
        }
        Assert.True(count > 200);
        Assert.True(wrong.Count <= count * (1 - Floor), $"{wrong.Count} of {count}: {string.Join(" | ", wrong.Take(5))}");
    }

    [Fact]
    public void Utf8ThatWasReadAsGbkIsRecognised()
    {
        Encoding gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;
        RepairScratch scratch = compiled.Repairer.CreateScratch();
        var missed = new List<string>();
        foreach (string article in Articles)
        {
            string text = article[..Math.Min(article.Length, Snippet / 3)];
            if (Repairer.Count(Misread(text))[(int)EditKind.Mojibake] == 0) missed.Add(text[..12]);
        }
        Assert.True(missed.Count <= Articles.Length * (1 - Floor), $"{missed.Count} of {Articles.Length}: {string.Join(" | ", missed.Take(5))}");
        long right = 0, characters = 0;
        // Whole snippets: what is shorter has more ends, and each end loses a character.
        foreach (char[] snippet in string.Concat(Articles).Chunk(Snippet / 3))
        {
            string text = new(snippet);
            CleanText repaired = Misread(text);
            bool[] matched = Training.TextComparison.Match(compiled.Repairer.Repair(CleanText.Identity(text), scratch).Text, repaired.Text);
            right += matched.Count(m => m);
            characters += matched.Length;
        }
        // Bytes that GBK can't read are gone, and a stretch ends there.
        Assert.True(right > characters * 0.95, $"{right} of {characters}");

        CleanText Misread(string text) => compiled.Repairer.Repair(CleanText.Identity(gbk.GetString(Encoding.UTF8.GetBytes(text))), scratch);
    }

    private static readonly Dictionary<char, char> Forms = File.ReadLines(Repository.Path("models", "sources", "repair", "traditional.tsv"))
        .Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')).ToDictionary(row => row[0][0], row => row[1][0]);

    private static string Traditional(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (int i = 0; i < to.Length; i++) to[i] = Forms.GetValueOrDefault(from[i], from[i]);
    });
}
