using NewsExtract.Evaluation;
using NewsExtract.Text;

namespace NewsExtract.Tests.Evaluation;

/// <summary>Two invented articles with labels and records that err in known ways, one of them with markup where text should be.</summary>
internal static class SampleEvaluation
{
    public const string Attack = "<script>window.attacked = true;</script><img src=x onerror=\"window.attacked = true\">";

    public const string Text = "石泉县考察团赴溧阳\n2022-03-08\n3月7日，石泉县委书记陶远山率队赴江苏省溧阳市考察学习，先后走进天目湖茶园、云台科技产业园。" + Attack
        + "\n溧阳市副市长柏青陪同。双方签订《茶旅合作协议》，金额300万元。\n（记者 苗小禾）";

    /// <summary>The offsets of <paramref name="value"/> in <see cref="Text"/>.</summary>
    public static int[] Span(string value)
    {
        int start = Text.IndexOf(value, StringComparison.Ordinal);
        return [start, start + value.Length];
    }

    public static MentionRecord Mention(string type, string value)
    {
        int[] span = Span(value);
        return new MentionRecord(type, value, span[0], span[1], value, "rule", 0.8);
    }

    public static GoldArticle Gold { get; } = new()
    {
        Name = "sample-1",
        Id = "sample-1",
        Genre = "outgoing",
        HasTitle = true,
        Title = "石泉县考察团赴溧阳" + "</h3><script>window.attacked = true;</script>",
        HasPublished = true,
        Published = "2022-03-08",
        Participants = [new GoldParticipant("陶远山", ["石泉县委书记"], "石泉县", "visitor"), new GoldParticipant("柏青", ["溧阳市副市长"], "溧阳市", "host")],
        Visits = [new GoldVisit("陶远山", "石泉县", ["江苏省常州市溧阳市"], ["天目湖茶园", "云台科技产业园"], "2022-03-07", "2022-03-07", ["考察学习"])],
        Agreements = [new GoldAgreement("茶旅合作协议", ["石泉县", "溧阳市"], [], "2022-03-07", false, null, true, "300万元", "signed")],
        Dates = [new GoldDate("2022-03-08", "2022-03-08", "2022-03-08"), new GoldDate("3月7日", "2022-03-07", "2022-03-07")],
        Credits = ["苗小禾"],
        Entities = new GoldEntities(["陶远山", "柏青", "苗小禾"], ["石泉县委书记", "溧阳市副市长"], ["石泉县", "溧阳", "江苏省", "溧阳市"], ["天目湖茶园", "云台科技产业园"]),
    };

    // These stand below the labels that they are made of.
    public static IReadOnlyList<EvaluatedArticle> Articles { get; } = [Visit(), Negative()];

    public static EvaluationResult Result { get; } = Evaluator.Evaluate(Articles);

    private static EvaluatedArticle Visit() => new(Gold, new ArticleRecord
    {
        Source = "sample-1.txt",
        Id = "1",
        Title = "石泉县考察团赴溧阳",
        Published = "2022-03-08",
        Credits = [new Credit("苗小禾", "reporter")],
        Mentions =
        [
            Mention("person", "陶远山"), Mention("title", "石泉县委书记"), Mention("place", "江苏省"), Mention("organization", "天目湖"), Mention("person", "云台科技产业园"), Mention("date", "3月7日"),
        ],
        Dates = [new DateRecord("2022-03-08", "2022-03-08", "2022-03-08", "day"), new DateRecord("3月7日", "2021-03-07", "2021-03-07", "day")],
        Participants =
        [
            new Participant("陶远山", ["县委书记"], "石泉县", "visitor", 0, 0.95, [Span("陶远山")]),
            new Participant("苗小禾", [], null, "host", 0, 0.35, [Span("苗小禾")]),
        ],
        Visits =
        [
            new Visit("陶远山", new PlaceRecord("陕西省安康市石泉县", null, "CN"), [new PlaceRecord("江苏省常州市溧阳市", null, "CN")], ["天目湖茶园"], "2022-03-07", null,
                [Attack], 0.9, [Span("陶远山率队赴江苏省溧阳市")]),
        ],
        Agreements =
        [
            new Agreement("《茶旅合作协议》", ["石泉县"], [], "2022-03-07", null, new Amount(3_000_000, "CNY"), "planned", 0, 0.6, [Span("《茶旅合作协议》")]),
        ],
    }, CleanText.Identity(Text));

    private static EvaluatedArticle Negative() => new(
        new GoldArticle { Name = "sample-2", Genre = "negative", Dates = [new GoldDate("近日", null, null)] },
        new ArticleRecord
        {
            Source = "sample-2.txt",
            Id = "2",
            Visits = [new Visit("某甲", null, [], [], null, null, [], 0.25, [[0, 2], [900, 901]])],
        },
        CleanText.Identity("近日，某村举办菜园采摘节。"));
}
