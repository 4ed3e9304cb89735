using System.CommandLine;
using NewsExtract.Cli.Commands;

namespace NewsExtract.Cli;

/// <summary>The exit status of all commands.</summary>
internal static class ExitStatus
{
    public const int Done = 0;
    public const int BelowFloor = 1;
    public const int BadUsage = 2;
    public const int SomeFailed = 3;
    public const int Interrupted = 130;
}

/// <summary>The table of commands; each stands in a file of its own.</summary>
internal static class CommandLine
{
    public static int Run(string[] args)
    {
        var root = new RootCommand("Facts out of Chinese news: who visited whom, when, where, and what was signed.")
        {
            ExtractCommand.Create(),
            EvaluateCommand.Create(),
            TrainCommand.Create(),
            MergeCommand.Create(),
            ShowCommand.Create(),
            SegmentCommand.Create(),
            CorpusCommand.Create(),
        };
        ParseResult parsed = root.Parse(args);
        // --help and --version answer whatever else is missing on the line.
        if (parsed.Errors.Count > 0 && !args.Any(arg => arg is "--help" or "-h" or "-?" or "--version"))
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors) Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine($"See newsextract {(parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name + " ")}--help.");
            return ExitStatus.BadUsage;
        }
        try
        {
            // Signals are handled by the run itself: it finishes what is in flight.
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception e) when (e is UsageException or Modeling.ModelException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitStatus.BadUsage;
        }
    }
}

/// <summary>A call that can't be carried out as asked; the message says why.</summary>
internal sealed class UsageException(string message) : Exception(message);
