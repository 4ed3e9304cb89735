using NewsExtract.Modeling;
using NewsExtract.Segmentation;
using NewsExtract.Text;
using NewsExtract.Training;
using NewsExtract.Training.Jieba;

namespace NewsExtract.Tests.Oracles.Segmentation;

/// <summary>The jieba-compatible mode against jieba's own output, which <c>tests/oracles/jieba.mjs</c> wrote down.</summary>
public class JiebaTests
{
    private static readonly Lazy<JiebaSegmenter> Compiled = new(() =>
    {
        var faults = new Faults();
        byte[] bytes = JiebaCompiler.Compile(Repository.Path("models", "sources"), faults);
        return new JiebaSegmenter(ModelFile.Parse("jieba.bin", bytes));
    });

    [Fact]
    public void Words_are_jiebas_in_every_mode()
    {
        var scratch = new JiebaScratch();
        int texts = 0;
        foreach (string line in File.ReadLines(Repository.Path("tests", "NewsExtract.Tests", "Specs", "Segmentation", "jieba.jsonl")))
        {
            (string mode, string text, string[] words) = JiebaComparison.Read(line);
            Assert.Equal($"{mode}: {string.Join('|', words)}", $"{mode}: {string.Join('|', JiebaComparison.Cut(Compiled.Value, scratch, mode, text))}");
            texts++;
        }
        Assert.Equal(500, texts);
    }

    [Fact]
    public void Accurate_words_cover_the_text()
    {
        var random = new Random(3);
        var scratch = new JiebaScratch();
        for (int round = 0; round < 300; round++)
        {
            string text = RandomSequenceModel.Text(random, random.Next(0, 80));
            Compiled.Value.Cut(text, JiebaMode.Accurate, round % 2 == 0, scratch);
            int at = 0;
            foreach (Token token in scratch.Tokens)
            {
                Assert.Equal(at, token.Start);
                Assert.True(token.Length > 0);
                at = token.End;
            }
            Assert.Equal(text.Length, at);
        }
    }

    [Fact]
    public void A_warm_segmenter_allocates_nothing()
    {
        var random = new Random(4);
        var scratch = new JiebaScratch();
        string[] texts = [.. Enumerable.Range(0, 20).Select(_ => RandomSequenceModel.Text(random, 1000))];
        foreach (string text in texts) CutInAllModes(text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (string text in texts) CutInAllModes(text);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void CutInAllModes(string text)
        {
            Compiled.Value.Cut(text, JiebaMode.Accurate, false, scratch);
            Compiled.Value.Cut(text, JiebaMode.Search, true, scratch);
            Compiled.Value.Cut(text, JiebaMode.Full, false, scratch);
        }
    }

    [Fact]
    public void A_missing_section_is_named()
    {
        byte[] bytes = ModelFile.Write(new Dictionary<string, byte[]> { ["jieba.alphabet"] = [] });
        var error = Assert.Throws<ModelException>(() => new JiebaSegmenter(ModelFile.Parse("broken.bin", bytes)));
        Assert.Contains("jieba.trie", error.Message, StringComparison.Ordinal);
    }
}
