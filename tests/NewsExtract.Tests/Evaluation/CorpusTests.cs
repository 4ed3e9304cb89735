using System.Text.Json.Nodes;
using NewsExtract.Evaluation;
using NewsExtract.Evaluation.Corpus;
using NewsExtract.Modeling;
using NewsExtract.Repair;
using NewsExtract.Text;
using NewsExtract.Training;

namespace NewsExtract.Tests.Evaluation;

public sealed class CorpusTests
{
    private static readonly Lazy<Repairer> Repair = new(LoadRepairer);

    [Fact]
    public void The_labelled_corpus_has_no_fault()
    {
        string folder = Repository.Path("corpus", "gold");
        Assert.True(!Directory.Exists(folder) || Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Length > 0);
        if (!Directory.Exists(folder)) return;
        RepairScratch scratch = Repair.Value.CreateScratch();
        var faults = new List<string>();
        List<CorpusArticle> articles = CorpusReader.Read(folder, text => Repair.Value.Repair(CleanText.Identity(text), scratch).Text, faults);
        CorpusChecker.Check(articles, faults);
        Assert.Empty(faults);
        Assert.Equal(["dev", "test", "train"], articles.Select(a => a.Split).Distinct().Order());
    }

    [Fact]
    public void The_checker_finds_what_is_wrong_and_nothing_else()
    {
        var wrong = new List<string>();
        string labels = File.ReadAllText(Spec("corpus-article.json"));
        Assert.Empty(FaultsOf(labels));
        foreach ((int line, string[] row) in Repository.SpecRows("Evaluation", "corpus-faults.tsv"))
        {
            JsonNode root = JsonNode.Parse(labels)!;
            Set(root, row[0], JsonNode.Parse(row[1]));
            List<string> faults = FaultsOf(root.ToJsonString());
            string[] expected = row[2].Split('|', StringSplitOptions.RemoveEmptyEntries);
            if (expected.Length == 0 ? faults.Count > 0 : !expected.All(e => faults.Exists(f => f.StartsWith($"spec/corpus-article: {e}", StringComparison.Ordinal))))
                wrong.Add($"line {line}: {string.Join(" | ", faults)}");
            // A change can have more than one consequence in what is derived from it (entities), but not in other records.
            else if (faults.Count > expected.Length + 1) wrong.Add($"line {line}, too much: {string.Join(" | ", faults)}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Traditional_and_spaced_text_satisfies_simplified_labels()
    {
        GoldArticle gold = GoldReader.Read(Spec("corpus-article.json"));
        string source = File.ReadAllText(Spec("corpus-article.txt")).Replace("应笑天", "應 笑天", StringComparison.Ordinal).Replace("县", "縣", StringComparison.Ordinal)
            .Replace("召开", "召開", StringComparison.Ordinal).Replace("9月19日至", "９月１９日至", StringComparison.Ordinal);
        var faults = new List<string>();
        CorpusChecker.Check([new CorpusArticle("spec", gold, source, Repair.Value.Repair(CleanText.Identity(source), Repair.Value.CreateScratch()).Text, false)], faults);
        Assert.Empty(faults);
    }

    [Fact]
    public void Near_duplicates_are_found_and_other_articles_are_not()
    {
        string text = File.ReadAllText(Spec("corpus-article.txt"));
        CorpusArticle first = Article("a", text);
        CorpusArticle changed = Article("b", text.Replace("桑杰", "扎西", StringComparison.Ordinal).Replace("仙居", "天台", StringComparison.Ordinal));
        CorpusArticle other = Article("c", SampleEvaluation.Text);
        NearDuplicate pair = Assert.Single(NearDuplicates.Find([first, other, changed], NearDuplicates.Limit));
        Assert.Equal(("a", "b"), (pair.First.Gold.Name, pair.Second.Gold.Name));
        Assert.InRange(pair.Similarity, 0.3, 0.9);
        Assert.Equal(1, Assert.Single(NearDuplicates.Find([first, first], 0.99)).Similarity);
        var faults = new List<string>();
        CorpusChecker.Check([first, changed, other], faults);
        Assert.Contains(faults, f => f.StartsWith("spec/a, spec/b: the texts are", StringComparison.Ordinal));
    }

    [Fact]
    public void Statistics_count_by_split()
    {
        CorpusArticle article = Article("a", File.ReadAllText(Spec("corpus-article.txt")));
        using var output = new StringWriter();
        CorpusStatistics.Write(output, [article, article with { Split = "test", HasHtml = true }]);
        string table = output.ToString();
        Assert.Contains("|  | spec | test | all |", table);
        Assert.Contains("| participants | 3 | 3 | 6 |", table);
        Assert.Contains("| genre outgoing | 1 | 1 | 2 |", table);
        Assert.Contains("| with a page of HTML | 0 | 1 | 1 |", table);
        Assert.Contains("| published 2015–2019 | 1 | 1 | 2 |", table);
        Assert.Contains("| of 34 provinces visited | 1 | 1 | 1 |", table);
    }

    [Fact]
    public void Files_that_are_no_articles_become_faults()
    {
        string folder = Directory.CreateTempSubdirectory("newsextract-corpus").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "alone.json"), "{}");
            File.WriteAllText(Path.Combine(folder, "broken.json"), "{\"participants\": 3}");
            File.WriteAllText(Path.Combine(folder, "broken.txt"), "x");
            File.WriteAllText(Path.Combine(folder, "bytes.json"), "{}");
            File.WriteAllBytes(Path.Combine(folder, "bytes.txt"), [0xB1, 0xB1, 0xBE, 0xA9]);
            var faults = new List<string>();
            Assert.Empty(CorpusReader.Read(folder, text => text, faults));
            Assert.Equal(3, faults.Count);
            Assert.Contains("no text beside", faults[0]);
            Assert.Contains("\"participants\" is not a list", faults[1]);
            Assert.Contains("not UTF-8", faults[2]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Spec(string name) => Repository.Path("tests", "NewsExtract.Tests", "Specs", "Evaluation", name);

    private static CorpusArticle Article(string name, string text)
    {
        GoldArticle gold = GoldReader.Read(Spec("corpus-article.json"));
        return new CorpusArticle("spec", new GoldArticle
        {
            Name = name,
            Id = name,
            Genre = gold.Genre,
            Published = gold.Published,
            Participants = gold.Participants,
            Visits = gold.Visits,
        }, text, text, false);
    }

    private static List<string> FaultsOf(string labels)
    {
        using var document = System.Text.Json.JsonDocument.Parse(labels);
        string text = File.ReadAllText(Spec("corpus-article.txt"));
        var faults = new List<string>();
        CorpusChecker.Check([new CorpusArticle("spec", GoldReader.Read("corpus-article", document.RootElement), text, text, false)], faults);
        return faults;
    }

    // A path such as visits.0.to.
    private static void Set(JsonNode root, string path, JsonNode? value)
    {
        string[] steps = path.Split('.');
        JsonNode node = root;
        foreach (string step in steps[..^1]) node = int.TryParse(step, out int index) ? node[index]! : node[step]!;
        if (int.TryParse(steps[^1], out int last)) node[last] = value;
        else node[steps[^1]] = value;
    }

    // The compiled model where it lies beside the tests, else the sources.
    private static Repairer LoadRepairer()
    {
        string compiled = Path.Combine(ExtractionModel.DefaultFolder, "repair.bin");
        if (File.Exists(compiled)) return new Repairer(ModelFile.Load(compiled));
        var faults = new Faults();
        byte[] bytes = RepairCompiler.Compile(Repository.Path("models", "sources"), faults);
        faults.ThrowIfAny();
        return new Repairer(ModelFile.Parse("repair", bytes));
    }
}
