using System.Text.Json;
using NewsExtract.Text;

namespace NewsExtract.Tests.Specs.Tagging;

/// <summary>What is said of a mention is what made it: the rule has a row, and the weights add up to the score.</summary>
[Collection(ModelTests.Name)]
public sealed class ExplanationSpecs(CompiledModels models)
{
    private static readonly string[] RulesAlone = ["date", "agreement"];

    [ModelFact]
    public void Every_mention_has_its_rule_and_its_weights_give_its_score()
    {
        var wrong = new List<string>();
        int judged = 0;
        foreach (string path in Directory.EnumerateFiles(Repository.Path("corpus", "gold", "dev"), "*.txt").Order(StringComparer.Ordinal).Take(12))
        {
            ArticleExplanation explanation = models.Explain(File.ReadAllText(path));
            foreach (MentionExplanation mention in explanation.Mentions)
            {
                if (mention.Rule is null || !string.Equals(mention.Rule.Kind.ToString(), mention.Mention.Type, StringComparison.OrdinalIgnoreCase)) wrong.Add($"{path}: {mention.Mention.Text} has the rule {mention.Rule?.Name}");
                if (RulesAlone.Contains(mention.Mention.Type))
                {
                    Assert.Empty(mention.Properties);
                    continue;
                }
                double score = 1 / (1 + Math.Exp(-mention.Properties.Sum(static p => p.Weight)));
                if (Math.Abs(score - mention.Mention.Score) > 0.0051) wrong.Add($"{path}: {mention.Mention.Text} has {mention.Mention.Score}, its weights give {score}");
                judged++;
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(judged > 200);
    }

    [ModelFact]
    public void The_record_is_the_one_without_reasons()
    {
        string text = File.ReadAllText(Directory.EnumerateFiles(Repository.Path("corpus", "gold", "dev"), "*.txt").Order(StringComparer.Ordinal).First());
        ArticleExplanation explanation = models.Explain(text);
        Assert.Equal(JsonSerializer.Serialize(models.Extract(text)), JsonSerializer.Serialize(explanation.Record));
        Assert.Equal(explanation.Record.Mentions, explanation.Mentions.Select(static m => m.Mention));
    }

    [ModelFact]
    public void A_name_of_the_sequence_model_tells_its_characters()
    {
        MentionExplanation name = Assert.Single(models.Explain("县委书记吴启川率队考察。").Mentions, static m => m.Mention.Text == "吴启川");
        Assert.Equal("name-model", name.Rule?.Name);
        Assert.Contains(name.Characters, static c => c is { Feature: "lexicon", Weight: > 0 } && c.Value.Contains("surname", StringComparison.Ordinal) && c.Value.EndsWith("→ 吴", StringComparison.Ordinal));
        Assert.Contains(name.Characters, static c => c is { Feature: "pair", Value: "书记 → 吴", Weight: > 0 });
        Assert.Contains(name.Properties, static p => p is { Feature: "WordAfter", Value: "率", Weight: > 0 });
    }
}
