using System.CommandLine;
using NewsExtract.Cli.Running;

namespace NewsExtract.Cli.Commands;

/// <summary><c>merge</c>: puts the outputs of shards together in input order.</summary>
internal sealed class MergeCommand
{
    private readonly Argument<string[]> _parts = new("OUT.jsonl") { Description = "The outputs of all shards, in any order.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _out = new("--out") { Description = "Where the whole goes: a .jsonl or .db file or a folder for CSV tables.", Required = true };

    public static Command Create()
    {
        var merge = new MergeCommand();
        var command = new Command("merge", "Puts the outputs of shards together in input order.");
        command.Arguments.Add(merge._parts);
        command.Options.Add(merge._out);
        command.SetAction(merge.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string[] parts = parsed.GetValue(_parts)!;
        string path = parsed.GetValue(_out)!;
        OutputFormat format = ExtractCommand.Format(path, null);
        foreach (string part in parts)
        {
            if (!File.Exists(part)) throw new UsageException(File.Exists(JsonLinesSink.Partial(part)) ? $"{part}: the shard is not complete; run it again with --resume" : $"{part}: there is no such file");
            if (Path.GetFullPath(part) == Path.GetFullPath(path)) throw new UsageException($"{path} can't be merged into itself");
        }
        using IRecordSink sink = format switch
        {
            OutputFormat.Csv => new CsvSink(path, null),
            OutputFormat.Sqlite => new SqliteSink(path, null),
            _ => new JsonLinesSink(path, null),
        };
        ShardMerge.Run(parts, sink);
        sink.Checkpoint();
        sink.Complete();
        return ExitStatus.Done;
    }
}
