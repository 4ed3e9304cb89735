namespace NewsExtract.Benchmarks;

/// <summary>Where the project's articles are, seen from the folder that the program runs in.</summary>
internal static class CorpusFolders
{
    /// <summary>The samples and the part of the labelled corpus that is there to train on and to look at.</summary>
    /// <exception cref="InvalidOperationException">The program doesn't run inside the repository.</exception>
    public static IEnumerable<string> Default()
    {
        foreach (string name in (string[])["corpus/samples", "corpus/gold/train"])
        {
            string path = Path.Combine(Root(), name);
            if (Directory.Exists(path)) yield return path;
        }
    }

    /// <summary>The repository's folder.</summary>
    /// <exception cref="InvalidOperationException">The program doesn't run inside the repository.</exception>
    public static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder != null && !File.Exists(Path.Combine(folder.FullName, "NewsExtract.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The program doesn't run inside the repository: name the folders with articles.");
    }
}
