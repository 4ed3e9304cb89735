using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NewsExtract.Evaluation;

namespace NewsExtract.Tests.Evaluation;

public sealed class MatchingTests
{
    [Fact]
    public void Rules_decide_as_the_table_says()
    {
        var wrong = new List<string>();
        int rows = 0;
        foreach ((_, string[] row) in Repository.SpecRows("Evaluation", "matching.tsv"))
        {
            rows++;
            string a = Unescape(row[0]), b = Unescape(row[1]);
            bool[] decided = [Matching.Same(a, b), Matching.SameEnding(a, b), Matching.SamePlace(a, b), Matching.SamePhrase(a, b)];
            bool[] expected = [.. row[2..6].Select(x => x == "yes")];
            if (!decided.SequenceEqual(expected)) wrong.Add($"{row[0]} / {row[1]}: {string.Join(' ', decided)}");
        }
        Assert.True(rows > 100);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Normal_forms_are_those_of_the_table()
    {
        var wrong = new List<string>();
        foreach ((_, string[] row) in Repository.SpecRows("Evaluation", "normal-forms.tsv"))
        {
            string form = CompatibilityForm.Instance.Of(FromHex(row[0]));
            if (form != FromHex(row[1])) wrong.Add($"{row[0]} gives {string.Join(' ', form.EnumerateRunes().Select(r => r.Value.ToString("X4", CultureInfo.InvariantCulture)))}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_normal_form_is_its_own_normal_form()
    {
        var random = new Random(11);
        var builder = new StringBuilder();
        for (int round = 0; round < 3000; round++)
        {
            builder.Clear();
            int length = random.Next(1, 8);
            for (int i = 0; i < length; i++)
            {
                int point = random.Next(4) == 0 ? random.Next(0x300, 0x370) : random.Next(0x20, 0x1FFFF);
                if (point is < 0xD800 or > 0xDFFF) builder.Append(char.ConvertFromUtf32(point));
                else builder.Append((char)point);
            }
            string form = CompatibilityForm.Instance.Of(builder.ToString());
            Assert.Equal(form, CompatibilityForm.Instance.Of(form));
        }
    }

    [Fact]
    public void Null_matches_null_only()
    {
        Assert.Null(Matching.Normalize(null));
        Assert.True(Matching.Same(null, null) && Matching.SamePlace(null, null) && Matching.SameEnding(null, null) && Matching.SamePhrase(null, null));
        Assert.False(Matching.Same(null, "") || Matching.SamePlace(null, "") || Matching.SameEnding("", null) || Matching.SamePhrase("", null));
    }

    [Fact]
    public void Rules_are_symmetric_and_an_exact_match_matches_by_every_rule()
    {
        string[] values = [.. Repository.SpecRows("Evaluation", "matching.tsv").SelectMany(row => row.Fields[..2]).Select(Unescape).Distinct()];
        foreach (string a in values)
        {
            foreach (string b in values)
            {
                // Of two names equally long the first is the one that may lack its unit.
                if (Matching.Normalize(a).Length != Matching.Normalize(b).Length) Assert.Equal(Matching.SamePlace(a, b), Matching.SamePlace(b, a));
                Assert.Equal(Matching.SamePhrase(a, b), Matching.SamePhrase(b, a));
                if (Matching.Same(a, b)) Assert.True(Matching.SameEnding(a, b) && Matching.SamePlace(a, b) && Matching.SamePhrase(a, b));
                if (Matching.SameEnding(a, b)) Assert.True(Matching.SamePlace(a, b));
            }
        }
    }

    private static string Unescape(string field) => field == "-" ? ""
        : Regex.Replace(field, "<U\\+([0-9A-F]+)>", m => char.ConvertFromUtf32(int.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));

    private static string FromHex(string field) =>
        string.Concat(field.Split(' ').Select(x => char.ConvertFromUtf32(int.Parse(x, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
}
