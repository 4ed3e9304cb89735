namespace NewsExtract.Tests.Evaluation;

/// <summary>A fact that needs Chromium: skipped, with its reason, where there is none.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public ChromiumFactAttribute()
    {
        if (Executable is null) Skip = "There is no Chromium on the path; set CHROMIUM to its executable or install it (Debian: apt-get install chromium).";
    }

    /// <summary>Chromium's path: the variable CHROMIUM, else the first of its names on the path, else null.</summary>
    public static string? Executable { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given) return File.Exists(given) ? given : null;
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}
