using NewsExtract.Tagging;
using NewsExtract.Text;

namespace NewsExtract.Tests.Specs.Tagging;

public class AgreeingScoresSpecs
{
    private const string Text = "兰亭笔墨东渡，兰亭书会，西宫书会";

    [Fact]
    public void A_string_that_stands_once_keeps_its_score()
    {
        List<Mention> mentions = [At(0, 2, 0.2f), At(12, 2, 0.7f)];

        new AgreeingScores().Agree(Text, mentions);

        Assert.Equal([0.2f, 0.7f], mentions.Select(m => m.Score));
    }

    [Fact]
    public void Equal_strings_come_half_way_to_the_mean_of_their_odds()
    {
        // Odds of 0.2 and 0.8 are logarithms of equal size, so that the mean is even and each goes half the way to it.
        List<Mention> mentions = [At(0, 2, 0.2f), At(7, 2, 0.8f), At(12, 2, 0.9f)];

        new AgreeingScores().Agree(Text, mentions);

        Assert.Equal([1 / 3f, 2 / 3f, 0.9f], mentions.Select(m => m.Score), (a, b) => MathF.Abs(a - b) < 1e-4f);
    }

    [Fact]
    public void What_is_sure_can_still_be_outvoted()
    {
        List<Mention> mentions = [At(0, 2, 1), At(7, 2, 0)];

        new AgreeingScores().Agree(Text, mentions);

        Assert.All(mentions, m => Assert.InRange(m.Score, 0.001f, 0.999f));
    }

    private static Mention At(int start, int length, float score) => new(new TextSpan(start, start + length), MentionKind.Place, MentionOrigin.Rule, score);
}
