using NewsExtract.Tests.Specs;
using NewsExtract.Text;

namespace NewsExtract.Tests.Properties;

/// <summary>Whatever text comes in: no exception, and every span of the record is a span of the source.</summary>
[Collection(ModelTests.Name)]
public sealed class SourceSpanProperties(CompiledModels models)
{
    private const int Texts = 10_000, Seed = 20210408;

    [ModelFact]
    public void Mentions_are_slices_of_ten_thousand_damaged_texts()
    {
        var texts = new DamagedTexts(Seed);
        int mentions = 0;
        for (int i = 0; i < Texts; i++)
        {
            string text = texts.Next();
            ArticleRecord record;
            try
            {
                record = models.Extract(text);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"text {i}: {Quoted(text)}", e);
            }
            mentions += record.Mentions.Count;
            AssertSpans(text, record, i);
        }
        // The texts are damaged, not noise: much is found in them.
        Assert.True(mentions > 3 * Texts, $"only {mentions} mentions");
    }

    [ModelFact]
    public void Mentions_are_slices_of_the_markup_where_the_text_was_taken_out_of_it()
    {
        var texts = new DamagedTexts(Seed + 1);
        var builder = new CleanTextBuilder();
        Workspace workspace = models.Pipeline.NewWorkspace();
        for (int i = 0; i < Texts / 20; i++)
        {
            string text = texts.Next(), page = "<p>" + text.Replace("。", "。</p>\n<p class=\"t\">", StringComparison.Ordinal) + "</p>";
            builder.Start(page);
            for (int tag = page.IndexOf('<'); tag >= 0; tag = page.IndexOf('<', builder.Position))
            {
                int end = page.IndexOf('>', tag);
                if (end < 0) break;
                builder.CopyTo(tag);
                builder.Replace(end + 1, "", EditKind.Markup);
            }
            AssertSpans(page, models.Pipeline.Extract(new Article { Source = "page", Body = builder.Finish() }, workspace), i);
        }
    }

    private static void AssertSpans(string text, ArticleRecord record, int number)
    {
        int before = 0;
        foreach (MentionRecord mention in record.Mentions)
        {
            bool isSlice = mention.Start >= 0 && mention.Start < mention.End && mention.End <= text.Length
                && text.AsSpan(mention.Start, mention.End - mention.Start).SequenceEqual(mention.Text);
            if (!isSlice || mention.Start < before || mention.Score is not (>= 0 and <= 1)) Assert.Fail($"{(isSlice ? "order" : "slice")} in text {number}: {mention} of {Quoted(text)}");
            before = mention.Start;
        }
        foreach (DateRecord date in record.Dates) Assert.Contains(date.Text, text, StringComparison.Ordinal);
        foreach (int[] span in record.Participants.SelectMany(static p => p.Evidence).Concat(record.Visits.SelectMany(static v => v.Evidence))
            .Concat(record.Meetings.SelectMany(static m => m.Evidence)).Concat(record.Agreements.SelectMany(static a => a.Evidence)))
            if (span.Length != 2 || span[0] < 0 || span[0] > span[1] || span[1] > text.Length) Assert.Fail($"evidence of text {number}: {Quoted(text)}");
        foreach (double confidence in record.Participants.Select(static p => p.Confidence).Concat(record.Visits.Select(static v => v.Confidence))
            .Concat(record.Meetings.Select(static m => m.Confidence)).Concat(record.Agreements.Select(static a => a.Confidence))) Assert.InRange(confidence, 0, 1);
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
