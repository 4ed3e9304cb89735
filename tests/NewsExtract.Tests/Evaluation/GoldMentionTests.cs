using NewsExtract.Evaluation;
using NewsExtract.Text;

namespace NewsExtract.Tests.Evaluation;

public sealed class GoldMentionTests
{
    [Fact]
    public void Every_occurrence_is_a_mention_and_the_longest_string_wins()
    {
        GoldArticle gold = Labels(["李明"], ["县长", "副县长"], ["石泉县"], ["石泉县教育局"]);
        GoldMentions mentions = GoldMentions.Derive(gold, CleanText.Identity("副县长李明，县长，石泉县教育局，李明"));
        Assert.Equal(["Title 副县长", "Person 李明", "Title 县长", "Organization 石泉县教育局", "Place 石泉县?", "Person 李明"],
            mentions.All.Select(m => $"{m.Kind} {m.Value}{(m.IsOptional ? "?" : "")}"));
        Assert.Equal([0, 3, 6, 9, 9, 16], mentions.All.Select(m => m.Span.Start));
    }

    [Fact]
    public void Spans_lead_back_to_the_source_through_repair_and_spaces()
    {
        const string Source = "縣長吳 峰，１２月９日";
        CleanText text = Repaired(Source, ("縣", "县"), ("長", "长"), ("吳", "吴"), ("１", "1"), ("２", "2"), ("９", "9"));
        GoldArticle gold = Labels(["吴峰"], ["县长"], [], [], new GoldDate("１２月９日", null, null));
        GoldMentions mentions = GoldMentions.Derive(gold, text);
        Assert.Equal(["縣長", "吳 峰", "１２月９日"], mentions.All.Select(m => Source[m.Span.Start..m.Span.End]));
    }

    [Fact]
    public void A_date_is_not_found_within_another_number()
    {
        GoldArticle gold = Labels([], [], [], [], new GoldDate("1日", null, null), new GoldDate("11日", null, null));
        Assert.Equal(["11日", "1日"], GoldMentions.Derive(gold, CleanText.Identity("11日，21日，1日")).All.Select(m => m.Value));
    }

    [Fact]
    public void A_date_labelled_as_it_stands_in_a_damaged_source_is_found()
    {
        CleanText text = Repaired("當(dāng)天下午", ("當(dāng)", "当"));
        GoldArticle gold = Labels([], [], [], [], new GoldDate("當(dāng)天下午", null, null));
        Assert.Equal(new SourceSpan(0, 10), Assert.Single(GoldMentions.Derive(gold, text).All).Span);
    }

    [Fact]
    public void Nothing_is_found_across_the_end_of_a_line() =>
        Assert.Empty(GoldMentions.Derive(Labels(["李明"], [], [], []), CleanText.Identity("小李\n明天")).All);

    [Fact]
    public void Without_a_list_of_strings_only_persons_and_dates_are_complete()
    {
        var gold = new GoldArticle { Name = "x", MentionedOnly = ["李明"], Participants = [new GoldParticipant("王芳", ["县长"], null, "none")] };
        GoldMentions mentions = GoldMentions.Derive(gold, CleanText.Identity("县长王芳、李明"));
        Assert.Equal([MentionKind.Person, MentionKind.Date], mentions.Kinds);
        Assert.Equal(["王芳", "李明"], mentions.All.Select(m => m.Value));
    }

    private static GoldArticle Labels(string[] persons, string[] titles, string[] places, string[] organizations, params GoldDate[] dates) =>
        new() { Name = "x", Dates = dates, Entities = new GoldEntities(persons, titles, places, organizations) };

    // Replaces the first occurrences, in order.
    private static CleanText Repaired(string source, params (string From, string To)[] changes)
    {
        var edits = new List<Edit>();
        string text = "";
        int at = 0;
        foreach ((string from, string to) in changes)
        {
            int start = source.IndexOf(from, at, StringComparison.Ordinal);
            text += source[at..start];
            edits.Add(new Edit(start, from.Length, text.Length, to.Length, EditKind.Script));
            text += to;
            at = start + from.Length;
        }
        return new CleanText(source, text + source[at..], [.. edits]);
    }
}
