using System.CommandLine;
using NewsExtract.Evaluation.Corpus;
using NewsExtract.Modeling;
using NewsExtract.Repair;
using NewsExtract.Text;

namespace NewsExtract.Cli.Commands;

/// <summary><c>corpus check</c> and <c>corpus stats</c>: for those who label articles.</summary>
internal sealed class CorpusCommand
{
    private readonly Argument<string> _folder = new("DIR") { Description = "Folder of label files NAME.json with NAME.txt beside them, in any depth." };
    private readonly Option<string?> _models = new("--models") { Description = "Folder of compiled models; those that came with the program otherwise." };

    public static Command Create()
    {
        var corpus = new CorpusCommand();
        var command = new Command("corpus", "Checks and counts labelled articles.");
        command.Subcommands.Add(corpus.Create("check", "Says what is wrong with labels, a line a fault; exit status 1 where there is any.", corpus.Check));
        command.Subcommands.Add(corpus.Create("stats", "Prints what is in a corpus, as a table of Markdown.", corpus.Count));
        return command;
    }

    private Command Create(string name, string description, Func<ParseResult, int> action)
    {
        var command = new Command(name, description);
        command.Arguments.Add(_folder);
        command.Options.Add(_models);
        command.SetAction(action);
        return command;
    }

    private int Check(ParseResult parsed)
    {
        var faults = new List<string>();
        List<CorpusArticle> articles = Read(parsed, faults);
        CorpusChecker.Check(articles, faults);
        foreach (string fault in faults) Console.Out.WriteLine(fault);
        Console.Error.WriteLine($"{articles.Count} articles, {faults.Count} faults");
        return faults.Count == 0 ? ExitStatus.Done : ExitStatus.BelowFloor;
    }

    private int Count(ParseResult parsed)
    {
        var faults = new List<string>();
        CorpusStatistics.Write(Console.Out, Read(parsed, faults));
        foreach (string fault in faults) Console.Error.WriteLine(fault);
        return faults.Count == 0 ? ExitStatus.Done : ExitStatus.SomeFailed;
    }

    private List<CorpusArticle> Read(ParseResult parsed, List<string> faults)
    {
        string folder = parsed.GetValue(_folder)!;
        if (!Directory.Exists(folder)) throw new UsageException($"{folder}: there is no such folder");
        string models = parsed.GetValue(_models) ?? ExtractionModel.DefaultFolder;
        var repairer = new Repairer(ModelFile.Load(Path.Combine(models, "repair.bin")));
        RepairScratch scratch = repairer.CreateScratch();
        return CorpusReader.Read(folder, text => repairer.Repair(CleanText.Identity(text), scratch).Text, faults);
    }
}
