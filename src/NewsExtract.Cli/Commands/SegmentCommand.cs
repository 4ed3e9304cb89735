using System.CommandLine;
using System.Text;
using NewsExtract.Reading;
using NewsExtract.Text;

namespace NewsExtract.Cli.Commands;

/// <summary><c>segment</c>: the words of each article with their parts of speech, then its mentions with what made them.</summary>
internal sealed class SegmentCommand
{
    private readonly InputOptions _input = new();
    private readonly Option<bool> _words = new("--words") { Description = "The words alone, without the mentions." };

    public static Command Create()
    {
        var segment = new SegmentCommand();
        var command = new Command("segment", "Prints the words of each article with their parts of speech, as word/tag, then a line with # for each mention: where it stands, what it names, its score, and the rule and the features that made it.");
        segment._input.AddTo(command);
        command.Options.Add(segment._words);
        command.SetAction(segment.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string[] inputs = _input.Existing(parsed);
        ReadingOptions options = _input.Read(parsed);
        using var pipeline = new Pipeline(_input.Load(parsed));
        Workspace workspace = pipeline.NewWorkspace();
        bool wordsAlone = parsed.GetValue(_words);
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
            if (wordsAlone) return;
            foreach (MentionExplanation mention in pipeline.Explain(article, workspace).Mentions)
                output.Write($"# {MentionReasons.Head(mention)} | {string.Join(" | ", MentionReasons.Because(mention))}\n");
        });
    }
}
