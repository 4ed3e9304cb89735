using System.CommandLine;
using NewsExtract.Text;
using Spectre.Console;

namespace NewsExtract.Cli.Commands;

/// <summary><c>show</c>: an article in the terminal with its facts marked, records below.</summary>
internal sealed class ShowCommand
{
    private readonly InputOptions _input = new();
    private readonly Option<bool> _color = new("--color") { Description = "Colours even where the output is no terminal." };
    private readonly Option<bool> _explain = new("--explain") { Description = "Also says of each mention which rule and which features with which weights made it, and what was repaired." };

    public static Command Create()
    {
        var show = new ShowCommand();
        var command = new Command("show", "Shows an article with its facts marked, and its records.");
        show._input.AddTo(command);
        command.Options.Add(show._color);
        command.Options.Add(show._explain);
        command.SetAction(show.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string[] inputs = _input.Existing(parsed);
        bool color = parsed.GetValue(_color);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = color ? ColorSystemSupport.Standard : Console.IsOutputRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (Console.IsOutputRedirected) console.Profile.Width = 160;
        using var pipeline = new Pipeline(_input.Load(parsed));
        Workspace workspace = pipeline.NewWorkspace();
        bool explain = parsed.GetValue(_explain);
        return SingleRun.ForEach(inputs, _input.Read(parsed), article =>
        {
            ArticleExplanation? explanation = explain ? pipeline.Explain(article, workspace) : null;
            new ArticleView(console, article, explanation?.Record ?? pipeline.Extract(article, workspace), explanation?.Mentions).Write();
        });
    }
}
