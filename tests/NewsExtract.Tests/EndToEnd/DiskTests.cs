using System.Diagnostics;
using System.Text.Json;
using NewsExtract.Tests.Oracles.Reading;

namespace NewsExtract.Tests.EndToEnd;

/// <summary>The real process on disks that are full or can't be written.</summary>
public sealed class DiskTests : IDisposable
{
    private const int Articles = 400;
    private readonly Inputs.Folder _folder = new();
    private readonly string _input;

    public DiskTests() => _input = _folder.Add("in.jsonl", string.Concat(Enumerable.Range(0, Articles).Select(i => i % 40 == 7 ? "broken\n"
        : $"{{\"text\":\"{i}月简报。4月8日，某县县委书记李想率党政代表团赴广东省东莞市虎门镇考察学习，双方签订《协作协议》。\"}}\n")));

    public void Dispose() => _folder.Dispose();

    [MountTheory]
    [InlineData("out.jsonl")]
    [InlineData("out")]
    [InlineData("out.db")]
    public void ARunOnADiskThatFillsUpGoesOnWhenThereIsRoom(string name)
    {
        string whole = Path.Combine(_folder.Path, "whole", name);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        Assert.Equal(3, Cli.Run("extract", _input, "--out", whole, "--errors", whole + ".errors", "--quiet").Status);
        using var disk = new SmallDisk("300k");
        string path = Path.Combine(disk.Path, name);
        string[] command = ["extract", _input, "--out", path, "--errors", path + ".errors", "--metrics", path + ".metrics", "--resume", "--checkpoint", "0", "--quiet"];
        (int status, string output, string errors) = Cli.Run(command);
        Assert.Equal((130, ""), (status, output));
        Assert.Contains("can't be written", errors, StringComparison.Ordinal);
        Assert.Contains("--resume", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(" at NewsExtract", errors, StringComparison.Ordinal);
        Assert.False(Path.Exists(path));

        Assert.True(disk.Remount("size=64m"));
        Assert.Equal(3, Cli.Run(command).Status);
        using JsonDocument figures = JsonDocument.Parse(File.ReadAllText(path + ".metrics"));
        Assert.InRange(figures.RootElement.GetProperty("resumedRecords").GetInt32(), 1, Articles - 1);
        Assert.Equal(ResumeTests.Content(whole), ResumeTests.Content(path));
        Assert.Equal(File.ReadAllText(whole + ".errors"), File.ReadAllText(path + ".errors"));
        Assert.False(File.Exists(path + ".journal"));
    }

    [MountTheory]
    [InlineData("out.jsonl")]
    [InlineData("out")]
    [InlineData("out.db")]
    public void ADiskThatCantBeWrittenIsSaidBeforeAnythingIsRead(string name)
    {
        using var disk = new SmallDisk("64k");
        Assert.True(disk.Remount("ro"));
        (int status, string output, string errors) = Cli.Run("extract", _input, "--out", Path.Combine(disk.Path, name));
        Assert.Equal((2, ""), (status, output));
        Assert.StartsWith("The output can't be opened: ", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public void StandardOutputThatCantBeWrittenIsSaid()
    {
        if (!File.Exists("/dev/full")) return;
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", $"dotnet \"$0\" extract \"$1\" --quiet > /dev/full", Path.Combine(AppContext.BaseDirectory, "NewsExtract.Cli.dll"), _input]) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("can't be written", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void NobodyIsReadToWhoHasStoppedListening()
    {
        string metrics = Path.Combine(_folder.Path, "metrics.json"), many = Path.Combine(_folder.Path, "many.jsonl");
        string[] lines = File.ReadAllLines(_input);
        File.WriteAllLines(many, Enumerable.Range(0, 100).SelectMany(_ => lines));
        using Process process = Cli.Start("extract", many, "--metrics", metrics);
        Assert.Equal('{', process.StandardOutput.Read());
        process.StandardOutput.Close();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(130, process.ExitCode);
        Assert.DoesNotContain("can't be written", errors, StringComparison.Ordinal);
        using JsonDocument figures = JsonDocument.Parse(File.ReadAllText(metrics));
        Assert.False(figures.RootElement.GetProperty("complete").GetBoolean());
        Assert.InRange(figures.RootElement.GetProperty("records").GetInt32(), 1, 100 * Articles / 2);
    }

    [Fact]
    public void AnotherRunWithTheSameOutputIsRefused()
    {
        string many = Path.Combine(_folder.Path, "many.jsonl"), path = Path.Combine(_folder.Path, "out.jsonl");
        string[] lines = File.ReadAllLines(_input);
        File.WriteAllLines(many, Enumerable.Range(0, 200).SelectMany(_ => lines));
        using Process process = Cli.Start("extract", many, "--out", path, "--quiet", "--checkpoint", "0");
        while (!process.HasExited && !(File.Exists(path + ".partial") && new FileInfo(path + ".partial").Length > 0)) Thread.Sleep(5);
        (int status, _, string errors) = Cli.Run("extract", many, "--out", path, "--resume");
        process.Kill();
        process.WaitForExit();
        Assert.Equal(2, status);
        Assert.StartsWith("The output can't be opened: ", errors, StringComparison.Ordinal);
    }
}
