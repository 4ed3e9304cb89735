using NewsExtract.Segmentation;
using NewsExtract.Text;

namespace NewsExtract.Tests.Oracles.Segmentation;

/// <summary>The fast segmenter against its plain twin.</summary>
public class SegmenterOracleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Fast_and_plain_agree_on_random_text(int seed)
    {
        var random = new Random(seed);
        SequenceModel model = RandomSequenceModel.Make(random);
        var fast = new Segmenter(model, null);
        var plain = new PlainSegmenter(model);
        var scratch = new SegmentationScratch();
        int names = 0;
        for (int round = 0; round < 60; round++)
        {
            string text = RandomSequenceModel.Text(random, round < 2 ? 2500 : random.Next(0, 120));
            fast.Segment(text, scratch);
            List<PlainWord> expected = plain.Segment(text, new ulong[text.Length + 64]);
            Assert.Equal(expected.Select(w => (w.Start, w.End, Tag(w.Kind))), scratch.Tokens.ToArray().Select(t => (t.Start, t.End, t.Tag)));
            for (int i = 0; i < expected.Count; i++)
            {
                if (expected[i].Kind == WordKind.Ordinary)
                {
                    Assert.Equal(1f, scratch.Scores[i]);
                    continue;
                }
                names++;
                int kind = (int)expected[i].Kind;
                float logit = model.Calibration[2 * kind] * expected[i].Margin + model.Calibration[2 * kind + 1];
                Assert.Equal(1f / (1f + MathF.Exp(-logit)), scratch.Scores[i]);
                Assert.Equal(plain.OverOrdinary(text, new ulong[text.Length + 64], expected[i]) / 32.0, fast.Explain(text, scratch, scratch.Tokens[i]).Sum(static f => f.Weight));
            }
        }
        Assert.True(names > 300);
    }

    [Fact]
    public void Words_cover_all_but_white_space_in_order()
    {
        var random = new Random(7);
        var segmenter = new Segmenter(RandomSequenceModel.Make(random), null);
        var scratch = new SegmentationScratch();
        for (int round = 0; round < 300; round++)
        {
            string text = RandomSequenceModel.Text(random, random.Next(0, 200));
            segmenter.Segment(text, scratch);
            int at = 0;
            foreach (Token token in scratch.Tokens)
            {
                Assert.True(token.Start >= at && token.Length > 0);
                Assert.All(text[at..token.Start], c => Assert.True(char.IsWhiteSpace(c) || char.IsControl(c)));
                at = token.End;
            }
            Assert.All(text[at..], c => Assert.True(char.IsWhiteSpace(c) || char.IsControl(c)));
        }
    }

    [Fact]
    public void A_warm_segmenter_allocates_nothing()
    {
        var random = new Random(11);
        var segmenter = new Segmenter(RandomSequenceModel.Make(random), null);
        var scratch = new SegmentationScratch();
        string[] texts = [.. Enumerable.Range(0, 50).Select(_ => RandomSequenceModel.Text(random, 2000))];
        foreach (string text in texts) segmenter.Segment(text, scratch);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (string text in texts) segmenter.Segment(text, scratch);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Tables_know_their_keys_and_hardly_any_other()
    {
        var random = new Random(5);
        var keys = new HashSet<ulong>();
        while (keys.Count < 20_000) keys.Add((ulong)random.NextInt64(1L << 36));
        FeatureTable table = Training.Sequence.FeatureTableBuilder.Build(keys);
        Assert.Equal(keys.Count, keys.Select(table.Row).Where(r => r > 0).Distinct().Count());
        Assert.InRange(table.Rows, keys.Count, keys.Count * 1.05);
        int strays = 0;
        for (int i = 0; i < 200_000; i++)
        {
            ulong key = (ulong)random.NextInt64(1L << 36);
            if (!keys.Contains(key) && table.Row(key) != 0) strays++;
        }
        Assert.InRange(strays, 0, 20);
    }

    private static PartOfSpeech Tag(WordKind kind) => kind switch
    {
        WordKind.Person => PartOfSpeech.Nr,
        WordKind.Place => PartOfSpeech.Ns,
        WordKind.Organization => PartOfSpeech.Nt,
        _ => PartOfSpeech.None,
    };
}
