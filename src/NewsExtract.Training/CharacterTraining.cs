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
        var faults = new Faults();
        char[] folding = RepairCompiler.Folding(sources, faults);
        faults.ThrowIfAny();
        var trainer = new CharacterTrainer(folding) { Discount = (float)Number(arguments, "discount", 0.92) };
        int holdOut = arguments.Number("hold-out", 0);
        List<string> heldOut = [];
        foreach (string path in Files(arguments, "pfr"))
            foreach ((int article, string text) in TrainingText.ReadPfr(path))
            {
                if (holdOut > 0 && article % holdOut == 0) heldOut.Add(text);
                else trainer.AddLine(text);
            }
        foreach (string path in Files(arguments, "conll"))
            foreach (string line in TrainingText.ReadConll(path)) trainer.AddLine(line);
        foreach (string path in Files(arguments, "text"))
            foreach (string line in Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.txt").Order(StringComparer.Ordinal).SelectMany(File.ReadLines) : File.ReadLines(path)) trainer.AddLine(line, (float)Number(arguments, "text-weight", 4));
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

        string folder = Path.Combine(sources, "repair");
        string standard = RepairCompiler.ReadCharacters(Path.Combine(folder, "standard.txt"));
        CharacterCounts counts = trainer.Build(Number(arguments, "gain-floor", 1), standard);
        byte[] file = ModelFile.Write(new Dictionary<string, byte[]> { [CharacterCounts.Section] = counts.Pack() });
        string target = arguments.Option("out", Path.Combine(folder, "characters.bin"));
        File.WriteAllBytes(target, file);
        output.WriteLine($"{target}\t{file.Length} bytes\t{counts.Vocabulary.Length} characters\t{counts.Numbers.Length} sequences");
        foreach (string path in Files(arguments, "held-out")) heldOut.AddRange(Directory.EnumerateFiles(path, "*.txt").SelectMany(File.ReadLines));
        if (heldOut.Count == 0) return;
        var model = new CharacterModel(counts, folding);
        output.WriteLine($"held out\t{heldOut.Sum(t => (long)t.Length)} characters\t{CharacterTrainer.CrossEntropy(model, heldOut):F3} nats a character");
    }

    private static string[] Files(Arguments arguments, string option) =>
        (arguments.Option(option) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static double Number(Arguments arguments, string name, double otherwise) =>
        arguments.Option(name) is not { } text ? otherwise
            : double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value
            : throw new UsageException($"--{name} {text} is no number.");
}
