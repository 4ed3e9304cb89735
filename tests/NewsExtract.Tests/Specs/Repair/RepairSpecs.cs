using System.Globalization;
using System.Text;
using NewsExtract.Repair;
using NewsExtract.Text;

namespace NewsExtract.Tests.Specs.Repair;

/// <summary>What repair makes of a text: repair.tsv.</summary>
[Collection(RepairTests.Name)]
public sealed class RepairSpecs(CompiledRepair compiled)
{
    private readonly Repairer _repairer = compiled.Repairer;

    [Fact]
    public void Texts_come_out_as_the_spec_says()
    {
        RepairScratch scratch = _repairer.CreateScratch();
        var wrong = new List<string>();
        int rows = 0;
        foreach ((int line, string[] fields) in Repository.SpecRows("Repair", "repair.tsv"))
        {
            rows++;
            string source = Read(fields[0]), expected = Read(fields[1]);
            CleanText actual = _repairer.Repair(CleanText.Identity(source), scratch);
            if (actual.Text != expected) wrong.Add($"repair.tsv:{line}: {fields[0]} became {actual.Text}, not {fields[1]}");
            string counts = Counts(actual);
            if (fields[2] != "-" && fields[2].Split(' ').Except(counts.Split(' ')).Any()) wrong.Add($"repair.tsv:{line}: {fields[0]}: {counts}, not {fields[2]}");
            // What is repaired needs no repair.
            string again = _repairer.Repair(CleanText.Identity(actual.Text), scratch).Text;
            if (again != actual.Text) wrong.Add($"repair.tsv:{line}: {actual.Text} became {again} the second time");
        }
        Assert.Empty(wrong);
        Assert.True(rows >= 45);
    }

    [Fact]
    public void A_text_with_nothing_to_repair_is_returned_as_it_is()
    {
        CleanText body = CleanText.Identity("县委书记李俊宏率队赴广东省东莞市考察学习，对接工作并召开座谈会。\n会上，他说：“很好！”");
        Assert.Same(body, _repairer.Repair(body, _repairer.CreateScratch()));
    }

    [Theory]
    [InlineData("县委书记率队考察，发展经济", ScriptKind.Simplified)]
    [InlineData("縣委書記率隊考察，發展經濟", ScriptKind.Traditional)]
    [InlineData("縣委書記率隊考察\n县委书记率队考察", ScriptKind.Mixed)]
    [InlineData("2021-05-31 news", ScriptKind.Simplified)]
    public void The_script_is_that_of_the_text_as_it_came(string source, ScriptKind expected)
    {
        RepairScratch scratch = _repairer.CreateScratch();
        _repairer.Repair(CleanText.Identity(source), scratch);
        Assert.Equal(expected, scratch.Script);
    }

    [Fact]
    public void Repaired_characters_lead_back_to_where_they_came_from()
    {
        const string source = "縣(xiàn)委書(shū)記赴當?shù)氐膶氋F";
        CleanText text = _repairer.Repair(CleanText.Identity(source), _repairer.CreateScratch());
        Assert.Equal("县委书记赴当地的宝贵", text.Text);
        Assert.Equal("書", text.SourceSlice(new TextSpan(2, 3)).ToString());
        Assert.Equal("書(shū)記", text.SourceSlice(new TextSpan(2, 4)).ToString());
        Assert.Equal("?shù)氐", text.SourceSlice(new TextSpan(6, 7)).ToString());
        Assert.Equal("氋F", text.SourceSlice(new TextSpan(8, 10)).ToString());
    }

    [Fact]
    public void A_body_that_was_cut_out_of_markup_keeps_its_source()
    {
        const string html = "<p>縣委&nbsp;書記</p>";
        var builder = new CleanTextBuilder();
        builder.Start(html);
        builder.Replace(3, "", EditKind.Markup);
        builder.CopyTo(5);
        builder.Replace(11, "\u00A0", EditKind.Entity);
        builder.CopyTo(13);
        builder.Replace(html.Length, "", EditKind.Markup);
        CleanText text = _repairer.Repair(builder.Finish(), _repairer.CreateScratch());
        Assert.Same(html, text.Source);
        Assert.Equal("县委 书记", text.Text);
        Assert.Equal("書記", text.SourceSlice(new TextSpan(3, 5)).ToString());
        Assert.Equal("&nbsp;", text.SourceSlice(new TextSpan(2, 3)).ToString());
    }

    private static string Counts(CleanText text)
    {
        int[] counts = Repairer.Count(text);
        var written = new StringBuilder();
        for (int kind = 0; kind < counts.Length; kind++)
        {
            string name = ((EditKind)kind).ToString();
            if (counts[kind] > 0) written.Append(' ').Append(char.ToLowerInvariant(name[0])).Append(name, 1, name.Length - 1).Append('=').Append(counts[kind]);
        }
        return written.ToString().Trim();
    }

    private static string Read(string field)
    {
        var text = new StringBuilder();
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] != '\\')
            {
                text.Append(field[i]);
                continue;
            }
            char code = field[++i];
            text.Append(code switch { 'n' => '\n', 'r' => '\r', 't' => '\t', '0' => '\0', _ => (char)int.Parse(field.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) });
            if (code == 'u') i += 4;
        }
        return text.ToString();
    }
}
