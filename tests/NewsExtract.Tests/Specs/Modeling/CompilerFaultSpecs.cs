using NewsExtract.Modeling;
using NewsExtract.Training;
using NewsExtract.Training.Knowledge;

namespace NewsExtract.Tests.Specs.Modeling;

/// <summary>faults.tsv: rows that are wrong, and what the compiler says of them.</summary>
public sealed class CompilerFaultSpecs : IDisposable
{
    private static readonly string[] GazetteerFiles =
        ["ethnic-groups", "divisions", "towns", "islands", "zones", "statistical-zones", "world", "forms", "prominence", "ordinary-words"];

    private readonly string _folder = Directory.CreateTempSubdirectory("newsextract-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sound_tables_compile()
    {
        WriteSoundTables();
        var faults = new Faults();
        KnowledgeBase knowledge = KnowledgeBase.Load(ModelFile.Parse("small", KnowledgeCompiler.Compile(_folder, faults)));
        Assert.Empty(faults.Messages);
        Assert.Equal("秘鲁", knowledge.Gazetteer.Chain(knowledge.FindPlace("秘鲁共和国")));
        Assert.True(knowledge.Lexicon.Terms(knowledge.Lexicon.Find("书记")).Has(TermClass.TitleHead));
    }

    [Fact]
    public void Faults_are_reported_with_file_and_line()
    {
        var wrong = new List<string>();
        foreach ((int line, string[] fields) in Repository.SpecRows("Modeling", "faults.tsv"))
        {
            (string file, string row, string expected) = (fields[0], fields[1].Replace("⇥", "\t"), fields[2]);
            WriteSoundTables();
            string path = Path.Combine(_folder, file);
            File.AppendAllText(path, row + "\n");
            int at = File.ReadAllLines(path).Length;
            var faults = new Faults();
            KnowledgeCompiler.Compile(_folder, faults);
            string actual = string.Join(" | ", faults.Messages);
            if (actual != $"{file}:{at}: {expected}") wrong.Add($"faults.tsv:{line}: expected {file}:{at}: {expected}, got {actual}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_a_fault()
    {
        WriteSoundTables();
        File.WriteAllBytes(Path.Combine(_folder, "terms", "titles.tsv"), [0xCA, 0xE9, 0xBC, 0xC7]);
        var faults = new Faults();
        KnowledgeCompiler.Compile(_folder, faults);
        Assert.Equal(["terms/titles.tsv:1: the file is not UTF-8"], faults.Messages);
    }

    [Fact]
    public void A_missing_table_is_a_fault()
    {
        WriteSoundTables();
        File.Delete(Path.Combine(_folder, "gazetteer", "zones.tsv"));
        var faults = new Faults();
        KnowledgeCompiler.Compile(_folder, faults);
        Assert.Equal(["gazetteer/zones.tsv:1: the file is missing"], faults.Messages);
    }

    [Theory]
    [InlineData("lexicon.trie")]
    [InlineData("gazetteer.parent")]
    [InlineData("names.weights")]
    public void A_missing_section_is_named(string section)
    {
        WriteSoundTables();
        ModelFile whole = ModelFile.Parse("whole", KnowledgeCompiler.Compile(_folder, new Faults()));
        var sections = whole.Sections.Where(s => s != section).ToDictionary(s => s, s => whole.Section(s).ToArray());
        var error = Assert.Throws<ModelException>(() => KnowledgeBase.Load(ModelFile.Parse("half.bin", ModelFile.Write(sections))));
        Assert.Equal($"half.bin: section {section} is missing", error.Message);
    }

    private void WriteSoundTables()
    {
        foreach (string folder in (string[])["terms", "lexicon", "gazetteer", "names"]) Directory.CreateDirectory(Path.Combine(_folder, folder));
        Write("terms/titles.tsv", "# Titles\n书记\ttitle-head\t县委书记到了。\n");
        Write("lexicon/words.tsv", "和平\t800\tn\t90\n");
        Write("gazetteer/countries.tsv", "CN\t中国\nPE\t秘鲁\t秘鲁共和国\n");
        foreach (string file in GazetteerFiles) Write($"gazetteer/{file}.tsv", "# empty\n");
        Write("gazetteer/divisions.tsv", "520000\t贵州省\tprovince\tCN\n");
        Write("names/characters.tsv", "王\t419\t-91\t-35\t27\t-277\t-\n");
        Write("names/japanese-surnames.tsv", "佐藤\n");
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);
}
