using System.Globalization;
using NewsExtract.Modeling;
using NewsExtract.Repair;

namespace NewsExtract.Training;

/// <summary>Trains the character model from text and lists of words.</summary>
internal static class CharacterTraining
{
    public static void Run(Arguments arguments, TextWriter output)
    {
        string sources = arguments.Option("sources", "models/sources");
        int holdOut = arguments.Number("hold-out", 0);
        CharacterCounts counts = Train(arguments, article => holdOut > 0 && article % holdOut == 0, static _ => false);
        byte[] file = Write(counts);
        string target = arguments.Option("out", Path.Combine(sources, "repair", "characters.bin"));
        File.WriteAllBytes(target, file);
        output.WriteLine($"{target}\t{file.Length} bytes\t{counts.Vocabulary.Length} characters\t{counts.Numbers.Length} sequences");
        List<string> heldOut = [.. Files(arguments, "held-out").SelectMany(path => Directory.EnumerateFiles(path, "*.txt")).SelectMany(File.ReadLines)];
        if (holdOut > 0) heldOut.AddRange(Files(arguments, "pfr").SelectMany(TrainingText.ReadPfr).Where(p => p.Article % holdOut == 0).Select(p => p.Text));
        if (heldOut.Count == 0) return;
        var model = new CharacterModel(counts, Folding(sources));
        output.WriteLine($"held out\t{heldOut.Sum(t => (long)t.Length)} characters\t{CharacterTrainer.CrossEntropy(model, heldOut):F3} nats a character");
    }

    /// <summary>The counts as a model file of their own.</summary>
    public static byte[] Write(CharacterCounts counts) => ModelFile.Write(new Dictionary<string, byte[]> { [CharacterCounts.Section] = counts.Pack() });

    /// <summary>Trains on what the options name.</summary>
    /// <param name="arguments">The options <c>pfr</c>, <c>conll</c>, <c>text</c>, <c>words</c>, <c>tables</c> and <c>names</c>, and the weights.</param>
    /// <param name="withoutArticle">Which articles of the PFR corpus the model must not see, by number.</param>
    /// <param name="withoutText">Which files of the folders of <c>text</c> it must not see.</param>
    public static CharacterCounts Train(Arguments arguments, Predicate<int> withoutArticle, Predicate<string> withoutText)
    {
        string sources = arguments.Option("sources", "models/sources");
        var trainer = new CharacterTrainer(Folding(sources)) { Discount = (float)Number(arguments, "discount", 0.92) };
        foreach (string path in Files(arguments, "pfr"))
            foreach ((int article, string text) in TrainingText.ReadPfr(path))
                if (!withoutArticle(article)) trainer.AddLine(text);
        foreach (string path in Files(arguments, "conll"))
            foreach (string line in TrainingText.ReadConll(path)) trainer.AddLine(line);
        foreach (string path in Files(arguments, "text").SelectMany(TextFiles).Where(f => !withoutText(f)))
            foreach (string line in File.ReadLines(path)) trainer.AddLine(line, (float)Number(arguments, "text-weight", 4));
        // A dictionary's counts come from a much larger text; the scale brings them to a part of the PFR corpus.
        foreach (string path in Files(arguments, "words"))
            foreach (string line in File.ReadLines(path))
            {
                string[] columns = line.Split(' ', '\t');
                double frequency = 0;
                foreach (string column in columns.Skip(1))
                    if (double.TryParse(column, CultureInfo.InvariantCulture, out double f)) frequency += f;
                if (!columns[0].Contains('#')) trainer.AddWord(columns[0], (float)Math.Max(0.5, frequency * Number(arguments, "word-weight", 0.005)));
            }
        foreach (string path in Files(arguments, "tables").SelectMany(f => Directory.EnumerateFiles(f, "*.tsv")).Order(StringComparer.Ordinal))
            foreach (string line in File.ReadLines(path))
                if (!line.StartsWith('#')) trainer.AddWord(line.Split('\t')[0], 0.5f);
        foreach (string path in Files(arguments, "names"))
            foreach (string line in File.ReadLines(path))
                trainer.AddWord(string.Concat(line.Where(c => c >= 0x4E00)), 0.5f);
        return trainer.Build(Number(arguments, "gain-floor", 1), RepairCompiler.ReadCharacters(Path.Combine(sources, "repair", "standard.txt")));
    }

    private static char[] Folding(string sources)
    {
        var faults = new Faults();
        char[] folding = RepairCompiler.Folding(sources, faults);
        faults.ThrowIfAny();
        return folding;
    }

    /// <summary>The text files of a folder, or a file itself.</summary>
    public static IEnumerable<string> TextFiles(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [path];

    private static string[] Files(Arguments arguments, string option) =>
        (arguments.Option(option) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static double Number(Arguments arguments, string name, double otherwise) =>
        arguments.Option(name) is not { } text ? otherwise
            : double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value
            : throw new UsageException($"--{name} {text} is no number.");
}
