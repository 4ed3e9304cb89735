using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tests.Specs.Modeling;

public sealed class UserDictionarySpecs
{
    [Fact]
    public void Frequency_and_tag_may_be_left_out()
    {
        IReadOnlyList<UserWord> words = UserDictionary.Parse("user.txt", "\uFEFF云计算 5\n\n李小福 2 nr\r\n创新办 3 i\neasy_install 3 eng\n好用\t300\n韩玉赏鉴 3 nz\n八一双鹿 nz\n台中\n");
        Assert.Equal(
        [
            new("云计算", 5, PartOfSpeech.None), new("李小福", 2, PartOfSpeech.Nr), new("创新办", 3, PartOfSpeech.I), new("easy_install", 3, PartOfSpeech.Nx),
            new("好用", 300, PartOfSpeech.None), new("韩玉赏鉴", 3, PartOfSpeech.Nz), new("八一双鹿", UserDictionary.DefaultFrequency, PartOfSpeech.Nz),
            new("台中", UserDictionary.DefaultFrequency, PartOfSpeech.None),
        ], words);
    }

    [Fact]
    public void Every_fault_is_reported_with_its_line()
    {
        var error = Assert.Throws<ModelException>(() => UserDictionary.Parse("user.txt", "云计算 5 n\n云计算 0 n\n云计算 5x n\n云计算 5 ?\n云计算 5 n 9\n"));
        Assert.Equal(
            """
            user.txt:2: 0 is no frequency: a whole number from 1 is expected
            user.txt:3: 5x is no frequency: a whole number from 1 is expected
            user.txt:4: ? is no part-of-speech tag
            user.txt:5: 9 is too much: a line is a word, its frequency and its tag
            """.ReplaceLineEndings("\n"), error.Message);
    }

    [Fact]
    public void A_file_that_is_missing_or_not_UTF8_is_named()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [0xD4, 0xC6, 0xBC, 0xC6]);
            Assert.StartsWith($"{path}: the user dictionary can't be read", Assert.Throws<ModelException>(() => UserDictionary.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
        Assert.StartsWith($"{path}: the user dictionary can't be read", Assert.Throws<ModelException>(() => UserDictionary.Read(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nr", PartOfSpeech.Nr)]
    [InlineData("nrfg", PartOfSpeech.Nr)]
    [InlineData("ns", PartOfSpeech.Ns)]
    [InlineData("nnt", PartOfSpeech.N)]
    [InlineData("vn", PartOfSpeech.Vn)]
    [InlineData("vshi", PartOfSpeech.V)]
    [InlineData("uj", PartOfSpeech.U)]
    [InlineData("ude1", PartOfSpeech.U)]
    [InlineData("eng", PartOfSpeech.Nx)]
    [InlineData("gb", PartOfSpeech.N)]
    public void Finer_tags_count_as_the_tag_that_begins_them(string written, PartOfSpeech expected)
    {
        Assert.True(PartsOfSpeech.TryParse(written, out PartOfSpeech tag));
        Assert.Equal(expected, tag);
    }
}
