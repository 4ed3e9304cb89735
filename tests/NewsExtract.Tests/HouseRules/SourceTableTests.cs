using NewsExtract.Tests.Specs;
using NewsExtract.Training;
using NewsExtract.Training.Jieba;
using NewsExtract.Training.Knowledge;
using NewsExtract.Training.Links;
using NewsExtract.Training.Mentions;

namespace NewsExtract.Tests.HouseRules;

/// <summary>Rules for the tables under <c>models/sources</c> and what is made of them.</summary>
public sealed class SourceTableTests
{
    [Fact]
    public void The_example_of_a_term_holds_the_term()
    {
        var wrong = new List<string>();
        int examples = 0;
        foreach (string path in Directory.EnumerateFiles(Repository.Path("models", "sources", "terms"), "*.tsv"))
        {
            int number = 0;
            foreach (string line in File.ReadLines(path))
            {
                number++;
                if (line.Length == 0 || line[0] == '#') continue;
                string[] columns = line.Split('\t');
                if (columns.Length < 3 || columns[2].Length == 0) continue;
                examples++;
                if (!columns[2].Contains(columns[0], StringComparison.Ordinal)) wrong.Add($"{Path.GetFileName(path)}:{number}: {columns[0]} is not in {columns[2]}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(examples > 100, $"only {examples} examples");
    }

    [Theory]
    [InlineData("jieba.bin")]
    [InlineData("knowledge.bin")]
    [InlineData("links.bin")]
    [InlineData("mentions.bin")]
    [InlineData("repair.bin")]
    public void The_compiled_models_are_those_of_the_sources(string file)
    {
        var faults = new Faults();
        string sources = Repository.Path("models", "sources");
        byte[] made = file switch
        {
            "jieba.bin" => JiebaCompiler.Compile(sources, faults),
            "knowledge.bin" => KnowledgeCompiler.Compile(sources, faults),
            "links.bin" => LinkTables.Compile(sources, faults),
            "mentions.bin" => MentionTables.Compile(sources, faults),
            _ => RepairCompiler.Compile(sources, faults),
        };
        faults.ThrowIfAny();
        Assert.True(made.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(CompiledModels.Folder, file))),
            $"models/compiled/{file} is not what models/sources make; compile again: dotnet run --project src/NewsExtract.Training -c Release -- compile");
    }
}
