using System.Diagnostics;
using System.Text;

namespace NewsExtract.Tests.EndToEnd;

/// <summary>The real command in a process of its own.</summary>
internal static class Cli
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static Process Start(params string[] args)
    {
        // Under a shell's background job the interrupt is ignored, and whoever is started there inherits that.
        bool isLinux = OperatingSystem.IsLinux();
        var start = new ProcessStartInfo(isLinux ? "env" : "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, StandardOutputEncoding = new UTF8Encoding(false), StandardErrorEncoding = new UTF8Encoding(false) };
        if (isLinux)
        {
            start.ArgumentList.Add("--default-signal=INT,TERM");
            start.ArgumentList.Add("dotnet");
        }
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "NewsExtract.Cli.dll"));
        foreach (string arg in args) start.ArgumentList.Add(arg);
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }

    public static (int Status, string Output, string Errors) Run(params string[] args) => RunWith(null, args);

    public static (int Status, string Output, string Errors) RunWith(byte[]? input, params string[] args)
    {
        using Process process = Start(args);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (input is not null) process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(Longest))
        {
            process.Kill();
            throw new TimeoutException(string.Join(' ', args));
        }
        return (process.ExitCode, output.Result, errors.Result);
    }

    public static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }
}
