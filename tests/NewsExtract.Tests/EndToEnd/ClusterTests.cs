using System.Diagnostics;

namespace NewsExtract.Tests.EndToEnd;

/// <summary>
/// A fact about a program that distributes work: skipped, with its reason, where one of the programs it needs is missing or the
/// rights to start them are.
/// </summary>
public sealed class ClusterFactAttribute : FactAttribute
{
    private static readonly string[] Folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"];

    /// <param name="packages">What to install, for the reason.</param>
    /// <param name="programs">What must be there.</param>
    public ClusterFactAttribute(string packages, params string[] programs)
    {
        string[] missing = [.. programs.Where(program => !Array.Exists(Folders, folder => File.Exists(Path.Combine(folder, program))))];
        if (!OperatingSystem.IsLinux()) Skip = "The little cluster takes Linux.";
        else if (missing.Length > 0) Skip = $"Not installed: {string.Join(", ", missing)} (Debian: apt-get install {packages}).";
        else if (!Environment.IsPrivilegedProcess) Skip = "The daemons of the little cluster take the rights of root.";
    }
}

/// <summary>The scripts under <c>docs/cluster</c>, run on a cluster that is brought up for it.</summary>
public class ClusterTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    [ClusterFact("slurm-wlm munge", "munged", "slurmctld", "slurmd", "sbatch")]
    public void SlurmLosesANodeAndTheMergedOutputIsThatOfASingleRun() => Run("slurm.sh");

    [ClusterFact("parallel openssh-server", "parallel", "sshd", "ssh")]
    public void ParallelLosesAProcessAndTheMergedOutputIsThatOfASingleRun() => Run("parallel.sh");

    private static void Run(string script)
    {
        using Process process = Process.Start(new ProcessStartInfo("bash", [Repository.Path("tests", "cluster", script), "dotnet", Path.Combine(AppContext.BaseDirectory, "NewsExtract.Cli.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        bool hasEnded = process.WaitForExit(Longest);
        if (!hasEnded) process.Kill(entireProcessTree: true);
        string said = output.Result + errors.Result;
        Assert.True(hasEnded && process.ExitCode == 0, said);
        Assert.Contains("the single run's", said, StringComparison.Ordinal);
    }
}
