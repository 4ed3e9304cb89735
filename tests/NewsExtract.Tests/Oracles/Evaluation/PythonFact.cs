using System.Diagnostics;

namespace NewsExtract.Tests.Oracles.Evaluation;

/// <summary>A fact that needs Python 3: skipped, with its reason, where there is none.</summary>
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        if (!IsThere) Skip = "There is no python3 on the path (Debian: apt-get install python3).";
    }

    private static bool IsThere { get; } = TryRun();

    private static bool TryRun()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("python3", ["-c", "import json, pathlib, unicodedata"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
