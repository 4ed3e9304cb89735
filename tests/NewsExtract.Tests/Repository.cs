namespace NewsExtract.Tests;

/// <summary>Where the repository's files are, seen from the folder that the tests run in.</summary>
internal static class Repository
{
    /// <summary>The path of a file or folder, given from the repository's root.</summary>
    public static string Path(params string[] parts)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder != null && !File.Exists(System.IO.Path.Combine(folder.FullName, "NewsExtract.sln"))) folder = folder.Parent;
        if (folder is null) throw new InvalidOperationException("The tests don't run inside the repository.");
        return System.IO.Path.Combine([folder.FullName, .. parts]);
    }

    /// <summary>The rows of a spec: tabs between the fields, # before remarks. Each comes with its line number.</summary>
    public static IEnumerable<(int Line, string[] Fields)> SpecRows(params string[] parts)
    {
        int line = 0;
        foreach (string row in File.ReadLines(Path(["tests", "NewsExtract.Tests", "Specs", .. parts])))
        {
            line++;
            if (row.Length > 0 && row[0] != '#') yield return (line, row.Split('\t'));
        }
    }
}
