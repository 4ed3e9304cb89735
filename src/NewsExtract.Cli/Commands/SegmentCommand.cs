using System.CommandLine;
using System.Text;
using NewsExtract.Reading;

namespace NewsExtract.Cli.Commands;

/// <summary><c>segment</c>: the words of each article with their parts of speech.</summary>
internal sealed class SegmentCommand
{
    private readonly InputOptions _input = new();

    public static Command Create()
    {
        var segment = new SegmentCommand();
        var command = new Command("segment", "Prints the words of each article with their parts of speech, as word/tag.");
        segment._input.AddTo(command);
        command.SetAction(segment.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string[] inputs = _input.Existing(parsed);
        ReadingOptions options = _input.Read(parsed);
        using var pipeline = new Pipeline(_input.Load(parsed));
        Workspace workspace = pipeline.NewWorkspace();
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
        return SingleRun.ForEach(inputs, options, article =>
        {
            pipeline.Segment(article, workspace, (word, tag) =>
            {
                if (word is "\n" or "\r\n") output.Write('\n');
                else if (!word.IsWhiteSpace())
                {
                    output.Write(word);
                    output.Write('/');
                    output.Write(tag);
                    output.Write(' ');
                }
            });
            output.Write('\n');
        });
    }
}
