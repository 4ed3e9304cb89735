namespace NewsExtract.Tests.Evaluation;

/// <summary>Finds the repository's files from where the tests run.</summary>
internal static class EvaluationFiles
{
    public static string Root { get; } = FindRoot();

    public static string Corpus => Path.Combine(Root, "corpus", "gold");

    public static string Spec(string name) => Path.Combine(Root, "tests", "NewsExtract.Tests", "Specs", "Evaluation", name);

    /// <summary>The rows of a table of the specs: tabs between fields, remarks start with <c># </c>.</summary>
    public static IEnumerable<string[]> Rows(string name) =>
        File.ReadLines(Spec(name)).Where(line => line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal)).Select(line => line.Split('\t'));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NewsExtract.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
