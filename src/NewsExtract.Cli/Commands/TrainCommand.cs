using System.CommandLine;
using NewsExtract.Training;

namespace NewsExtract.Cli.Commands;

/// <summary><c>train</c>: compiles, trains, dumps and measures models; what stands behind it is handed on to the training program.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var words = new Argument<string[]>("arguments") { Description = "A command of the training program with its options; none lists them.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("train", "Trains a statistical component from labelled data, prints held-out scores and writes into models/.") { words };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed => Training.Commands.Run([.. parsed.GetValue(words) ?? [], .. parsed.UnmatchedTokens], Console.Out, Console.Error));
        return command;
    }
}
