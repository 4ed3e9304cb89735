using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using NewsExtract.Evaluation;
using NewsExtract.Reading;
using NewsExtract.Writing;

namespace NewsExtract.Tests.Oracles.Evaluation;

/// <summary>
/// The evaluator and <c>score.py</c> beside this file, which was written apart from it, count the same: every field of every
/// article of the whole corpus, on records that the shipped models extract and on records that are wrong on purpose.
/// </summary>
public sealed class ScorerOracleTests : IDisposable
{
    private static readonly string[] Splits = ["train", "dev", "test"];
    private readonly string _folder = Directory.CreateTempSubdirectory("newsextract-scorer").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [PythonFact]
    public void Records_with_every_kind_of_error_are_scored_the_same()
    {
        foreach (int seed in (int[])[1, 2, 3])
        {
            var wrong = new WrongRecords(seed);
            Compare(path => wrong.Make(Path.GetFileNameWithoutExtension(path), (JsonObject)JsonNode.Parse(File.ReadAllText(path))!), least: 0.3, most: 0.8);
        }
    }

    [PythonFact]
    public void What_the_shipped_models_extract_is_scored_the_same()
    {
        if (!File.Exists(Path.Combine(ExtractionModel.DefaultFolder, "links.bin"))) return;
        using var pipeline = new Pipeline(ExtractionModel.LoadDefault());
        var articles = new ArticleReader(new ReadingOptions());
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        Workspace workspace = pipeline.NewWorkspace();
        Compare(path =>
        {
            string? line = null;
            new InputReader([Path.ChangeExtension(path, ".txt")], new ReadingOptions()).Read(raw =>
            {
                line = System.Text.Encoding.UTF8.GetString(RecordJson.Line(pipeline.Extract(articles.Read(raw, new ReadingScratch()), workspace), buffer)).TrimEnd('\n');
                return true;
            });
            return line;
        }, least: 0.5, most: 1);
    }

    private void Compare(Func<string, string?> record, double least, double most)
    {
        int compared = 0;
        foreach (string split in Splits)
        {
            string gold = Repository.Path("corpus", "gold", split), predictions = Path.Combine(_folder, $"{split}.jsonl");
            List<string> files = GoldReader.Files(gold);
            File.WriteAllLines(predictions, files.Select(record).OfType<string>());
            using JsonDocument theirs = JsonDocument.Parse(RunScorer(gold, predictions));
            Dictionary<string, NewsExtract.Text.ArticleRecord> records = RecordReader.ReadFile(predictions);
            EvaluationResult ours = Evaluator.Evaluate([.. files.Select(GoldReader.Read).Select(labels => new EvaluatedArticle(labels, records.GetValueOrDefault(labels.Name), null))]);
            var differences = new List<string>();
            foreach (ArticleScore article in ours.Articles) compared += Compare(article, theirs.RootElement.GetProperty("articles").GetProperty(article.Name), differences);
            Assert.True(differences.Count == 0, string.Join('\n', differences));
            Assert.Equal(theirs.RootElement.GetProperty("macro").GetDouble(), ours.Macro, 9);
            Assert.Equal(theirs.RootElement.GetProperty("missing").GetInt32(), ours.Missing);
            Assert.Equal(theirs.RootElement.GetProperty("false_records").GetInt32(), ours.FalseRecords);
            Assert.InRange(ours.Macro, least, most); // neither all right nor all wrong: there was something to judge
        }
        Assert.True(compared > 5000);
    }

    // A field that their scorer does not mention has nothing to count.
    private static int Compare(ArticleScore article, JsonElement theirs, List<string> differences)
    {
        int compared = 0;
        foreach (FieldInfo field in FieldTable.All)
        {
            // Nothing of these is in their scorer.
            if (field.IsMention || field.Field is Field.MeetingKind or Field.AgreementSignatories or Field.AgreementPlace or Field.AgreementAmount or Field.CreditName or Field.ArticleTitle or Field.ArticlePublished) continue;
            int[] counts = theirs.TryGetProperty(field.Name, out JsonElement given) ? [.. given.EnumerateArray().Select(x => x.GetInt32())] : [0, 0, 0];
            Counts ours = article.Fields[(int)field.Field];
            compared++;
            if (ours != new Counts(counts[0], counts[1], counts[2])) differences.Add($"{article.Name} {field.Name}: {ours}, theirs {string.Join(' ', counts)}");
        }
        return compared;
    }

    private static string RunScorer(string gold, string predictions)
    {
        using Process process = Process.Start(new ProcessStartInfo("python3", [Repository.Path("tests", "NewsExtract.Tests", "Oracles", "Evaluation", "score.py"), gold, predictions])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output;
    }
}
