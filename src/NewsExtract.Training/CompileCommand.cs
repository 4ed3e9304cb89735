using NewsExtract.Training.Jieba;
using NewsExtract.Training.Knowledge;
using NewsExtract.Training.Links;
using NewsExtract.Training.Mentions;

namespace NewsExtract.Training;

/// <summary>Compiles the tables under <c>models/sources</c> into the files under <c>models/compiled</c>.</summary>
internal static class CompileCommand
{
    /// <summary>What is compiled: the file's name, and how its bytes are made from the folder of sources.</summary>
    private static readonly (string File, Func<string, Faults, byte[]> Compile)[] Models =
    [
        ("jieba.bin", JiebaCompiler.Compile),
        ("knowledge.bin", KnowledgeCompiler.Compile),
        ("links.bin", LinkTables.Compile),
        ("mentions.bin", MentionTables.Compile),
        ("repair.bin", RepairCompiler.Compile),
    ];

    public static void Run(Arguments arguments, TextWriter output)
    {
        string sources = arguments.Option("sources", "models/sources");
        string folder = arguments.Option("out", "models/compiled");
        if (!Directory.Exists(sources)) throw new UsageException($"There is no folder {sources}: run from the repository's root or give --sources.");
        Directory.CreateDirectory(folder);
        foreach ((string file, Func<string, Faults, byte[]> compile) in Models)
        {
            var faults = new Faults();
            byte[] bytes = compile(sources, faults);
            faults.ThrowIfAny();
            File.WriteAllBytes(Path.Combine(folder, file), bytes);
            output.WriteLine($"{file}\t{bytes.Length} bytes");
        }
        if (!File.Exists(Path.Combine(folder, "sequence.bin")))
        {
            output.WriteLine($"rules\texamples not checked: there is no sequence.bin in {folder}");
            return;
        }
        var unmatched = new Faults();
        output.WriteLine($"rules\t{RuleExamples.Check(sources, folder, unmatched)} examples");
        unmatched.ThrowIfAny();
    }
}
