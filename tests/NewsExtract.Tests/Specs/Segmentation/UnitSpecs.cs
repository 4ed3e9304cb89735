using NewsExtract.Segmentation;

namespace NewsExtract.Tests.Specs.Segmentation;

/// <summary>Units of a text, against <c>units.tsv</c>.</summary>
public class UnitSpecs
{
    public static TheoryData<int, string, string> Rows()
    {
        var data = new TheoryData<int, string, string>();
        foreach ((int line, string[] fields) in Repository.SpecRows("Segmentation", "units.tsv")) data.Add(line, fields[0], fields[1]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_text_is_cut_into_units(int line, string text, string expected)
    {
        text = text.Replace('␣', ' ');
        var units = new UnitBuffer();
        new UnitReader("年月股县委书记").Read(text, units);
        var found = new List<string>();
        for (int i = UnitBuffer.First; i < units.End; i++)
        {
            string unit = text[units.Starts[i]..units.Starts[i + 1]].Replace(' ', '␣');
            found.Add(UnitBuffer.IsFixed(units.Codes[i]) ? $"[{unit}]" : unit);
        }
        Assert.Equal($"line {line}: {expected}", $"line {line}: {string.Join('·', found)}");
    }

    [Fact]
    public void Full_width_and_ascii_forms_have_one_number()
    {
        var reader = new UnitReader("（%");
        Assert.Equal(reader.Number('('), reader.Number('（'));
        Assert.Equal(reader.Number('%'), reader.Number('％'));
        Assert.NotEqual(reader.Number('('), reader.Number('%'));
    }
}
