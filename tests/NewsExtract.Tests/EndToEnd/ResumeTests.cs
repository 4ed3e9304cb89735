using System.Text;
using NewsExtract.Cli;
using NewsExtract.Cli.Running;
using NewsExtract.Tests.Oracles.Reading;
using NewsExtract.Text;
using NewsExtract.Writing;

namespace NewsExtract.Tests.EndToEnd;

/// <summary>Output, errors and journal after crashes at any point, with torn ends: the output becomes the same, byte for byte.</summary>
public class ResumeTests
{
    private const int Count = 60;

    [Theory]
    [InlineData("out.jsonl", 0)]
    [InlineData("out", 1)]
    [InlineData("out.db", 2)]
    public void ARunThatCrashesAnywhereEndsTheSame(string name, int format)
    {
        using var folder = new Inputs.Folder();
        string whole = Path.Combine(folder.Path, "whole", name);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        while (!Write(whole, (OutputFormat)format, int.MaxValue, new Random(1))) { }
        string expected = Content(whole);
        Assert.Contains("failed", File.ReadAllText(whole + ".errors"), StringComparison.Ordinal);
        var random = new Random(2024);
        for (int round = 0; round < (format == 0 ? 12 : 3); round++)
        {
            string path = Path.Combine(folder.Path, $"{round}", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            int crashes = 0;
            while (!Write(path, (OutputFormat)format, random.Next(1, 25), random)) crashes++;
            Assert.True(crashes > 1);
            Assert.Equal(expected, Content(path));
            Assert.Equal(File.ReadAllText(whole + ".errors"), File.ReadAllText(path + ".errors"));
            Assert.False(File.Exists(RunJournal.PathFor(path)));
            Assert.Equal(2, Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!).Length);
        }
    }

    [Fact]
    public void AJournalOfAnotherRunIsRefused()
    {
        using var folder = new Inputs.Folder();
        string path = Path.Combine(folder.Path, "out.jsonl");
        using (RunOutput output = RunOutput.ToFiles(path, OutputFormat.JsonLines, null, "one", false, TimeSpan.Zero)) output.Checkpoint(false);
        Assert.Contains("another run", Assert.Throws<UsageException>(() => RunOutput.ToFiles(path, OutputFormat.JsonLines, null, "two", true, TimeSpan.Zero)).Message);
    }

    /// <summary>Everything is written and vouched for; the crash comes while the output gets its name.</summary>
    [Theory]
    [InlineData("out.jsonl", 0)]
    [InlineData("out", 1)]
    [InlineData("out.db", 2)]
    public void ACrashOnTheLastStepsLosesNothing(string name, int format)
    {
        using var folder = new Inputs.Folder();
        string whole = Path.Combine(folder.Path, "whole", name), path = Path.Combine(folder.Path, "crashed", name);
        foreach (string each in (string[])[whole, path]) Directory.CreateDirectory(Path.GetDirectoryName(each)!);
        while (!Write(whole, (OutputFormat)format, int.MaxValue, new Random(1))) { }
        for (int moved = 0; moved <= (format == 1 ? RecordTables.All.Count + 1 : 2); moved++)
        {
            foreach (string leftover in Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!))
                if (Directory.Exists(leftover)) Directory.Delete(leftover, recursive: true);
                else File.Delete(leftover);
            using (RunOutput output = RunOutput.ToFiles(path, (OutputFormat)format, path + ".errors", "run", resume: true, TimeSpan.FromDays(1)))
            {
                for (long i = 0; i < Count; i++) output.Write(Outcome(i));
                output.Checkpoint(isComplete: true);
            }
            Move(path, whole, (OutputFormat)format, moved);
            using (RunOutput output = RunOutput.ToFiles(path, (OutputFormat)format, path + ".errors", "run", resume: true, TimeSpan.FromDays(1)))
            {
                Assert.True(output.WasComplete);
                output.Complete();
            }
            Assert.Equal(Content(whole), Content(path));
            Assert.Equal(File.ReadAllText(whole + ".errors"), File.ReadAllText(path + ".errors"));
            Assert.Equal(2, Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!).Length);
        }
    }

    /// <summary>What the journal vouches for was taken away, or a disk lost it: nothing may be made up in its place.</summary>
    [Theory]
    [InlineData("out.jsonl", 0, ".partial")]
    [InlineData("out", 1, ".partial/visits.csv")]
    [InlineData("out.db", 2, ".partial")]
    [InlineData("out.jsonl", 0, ".errors")]
    public void ARunStartsAnewWhereFilesWereTakenAway(string name, int format, string taken)
    {
        using var folder = new Inputs.Folder();
        string path = Path.Combine(folder.Path, name);
        using (RunOutput output = RunOutput.ToFiles(path, (OutputFormat)format, path + ".errors", "run", resume: true, TimeSpan.FromDays(1)))
        {
            for (long i = 0; i < Count / 2; i++) output.Write(Outcome(i));
            output.Checkpoint(isComplete: false);
        }
        using (RunOutput output = RunOutput.ToFiles(path, (OutputFormat)format, path + ".errors", "run", resume: true, TimeSpan.FromDays(1))) Assert.Equal(Count / 2, output.Next);
        File.Delete(path + taken);
        using (RunOutput output = RunOutput.ToFiles(path, (OutputFormat)format, path + ".errors", "run", resume: true, TimeSpan.FromDays(1))) Assert.Equal(0, output.Next);
    }

    // The steps that were done before the crash: files that have their name already.
    private static void Move(string path, string whole, OutputFormat format, int moved)
    {
        if (moved == 0) return;
        if (format == OutputFormat.Csv)
        {
            Directory.CreateDirectory(path);
            foreach (RecordTable table in RecordTables.All.Take(moved)) File.Move(Path.Combine(path + ".partial", table.Name + ".csv"), Path.Combine(path, table.Name + ".csv"));
            if (moved > RecordTables.All.Count) Directory.Delete(path + ".partial");
            return;
        }
        if (format == OutputFormat.Sqlite) File.Copy(whole, path);
        if (format == OutputFormat.JsonLines) File.Move(path + ".partial", path);
        else if (moved == 2) File.Delete(path + ".partial");
    }

    // Goes on for some articles, then "crashes": nothing is closed properly, and files may have more or less behind the last checkpoint.
    private static bool Write(string path, OutputFormat format, int articles, Random random)
    {
        RunOutput output = RunOutput.ToFiles(path, format, path + ".errors", "run", resume: true, TimeSpan.FromDays(1));
        bool isSoundEnd = output.Next + articles > Count;
        if (!output.WasComplete)
        {
            for (long i = output.Next; i < Count && articles-- > 0; i++)
            {
                output.Write(Outcome(i));
                if (random.Next(5) == 0) output.Checkpoint(isComplete: false);
            }
        }
        if (!isSoundEnd)
        {
            output.Dispose();
            if (random.Next(2) == 0) Tear(RunJournal.PathFor(path), random);
            if (format == OutputFormat.JsonLines && random.Next(2) == 0) File.AppendAllText(path + ".partial", "{\"torn");
            if (random.Next(2) == 0) File.AppendAllText(path + ".errors", "{\"torn");
            return false;
        }
        output.Complete();
        output.Dispose();
        return true;
    }

    // A line that was being written when the power went.
    private static void Tear(string journal, Random random)
    {
        byte[] bytes = File.ReadAllBytes(journal);
        if (random.Next(2) == 0) File.AppendAllText(journal, "99 99 0 0 0 99999 deadbeef");
        else File.WriteAllBytes(journal, bytes[..^random.Next(1, 12)]);
    }

    private static ArticleOutcome Outcome(long i)
    {
        if (i % 9 == 4) return new ArticleOutcome { Ordinal = i, Source = $"x#{i}", Fault = new Diagnostic("NX9001", "failed", IsFailure: true) };
        var record = new ArticleRecord
        {
            Source = $"x#{i}",
            Id = $"{i}",
            Ordinal = i,
            Title = "标题，\"引号\"\n换行",
            Dates = [new DateRecord("4月8日", "2021-04-08", "2021-04-08", "day")],
            Participants = [new Participant("李 想", ["县委书记", "县长"], null, "visitor", null, 0.9, [[1, 2], [3, 4]])],
        };
        return new ArticleOutcome { Ordinal = i, Source = record.Source, Record = record, Line = RecordJson.Line(record, new System.Buffers.ArrayBufferWriter<byte>()) };
    }

    internal static string Content(string path) => Directory.Exists(path)
        ? string.Concat(Directory.GetFiles(path).Order(StringComparer.Ordinal).Select(file => Path.GetFileName(file) + "\n" + File.ReadAllText(file)))
        : Convert.ToBase64String(File.ReadAllBytes(path));
}
