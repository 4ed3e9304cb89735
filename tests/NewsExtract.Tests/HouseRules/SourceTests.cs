using System.Reflection;
using System.Text.RegularExpressions;

namespace NewsExtract.Tests.HouseRules;

/// <summary>Rules for the source files: length and names.</summary>
public sealed partial class SourceTests
{
    private const int MostLines = 400;
    private static readonly Assembly[] Programs = [typeof(Pipeline).Assembly, typeof(Training.Faults).Assembly, typeof(Cli.CommandLine).Assembly, typeof(SourceTests).Assembly];

    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        string[] tooLong = [.. SourceFiles().Select(static path => (Path: path, Lines: File.ReadLines(path).Count()))
            .Where(static f => f.Lines > MostLines).Select(static f => $"{System.IO.Path.GetRelativePath(Repository.Path(), f.Path)}: {f.Lines} lines")];
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Nothing_is_called_a_manager_helper_util_or_processor()
    {
        var wrong = new List<string>();
        foreach (string path in SourceFiles())
            if (VagueName().IsMatch(Path.GetFileNameWithoutExtension(path))) wrong.Add(path);
        foreach (Assembly program in Programs)
            foreach (Type type in program.GetTypes())
            {
                // What the compiler makes itself has a name that no source can have.
                if (type.Name.Contains('<') || type.Namespace?.StartsWith("NewsExtract", StringComparison.Ordinal) != true) continue;
                if (VagueName().IsMatch(type.Namespace + "." + type.Name)) wrong.Add(type.FullName!);
                foreach (MemberInfo member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                    if (VagueName().IsMatch(member.Name)) wrong.Add($"{type.FullName}.{member.Name}");
            }
        wrong.RemoveAll(static name => name.Contains(nameof(Nothing_is_called_a_manager_helper_util_or_processor), StringComparison.Ordinal));
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [InlineData("TextHelper", true)]
    [InlineData("StringUtils", true)]
    [InlineData("SpanUtil", true)]
    [InlineData("ModelManager", true)]
    [InlineData("LineProcessor", true)]
    [InlineData("ProcessorCount", true)]
    [InlineData("ProcessLine", false)]
    [InlineData("Managed", false)]
    public void Vague_names_are_known(string name, bool vague) => Assert.Equal(vague, VagueName().IsMatch(name));

    private static IEnumerable<string> SourceFiles()
    {
        char slash = Path.DirectorySeparatorChar;
        foreach (string folder in (string[])["src", "tests", "benchmarks"])
            foreach (string path in Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories))
                if (!path.Contains($"{slash}obj{slash}", StringComparison.Ordinal) && !path.Contains($"{slash}bin{slash}", StringComparison.Ordinal)) yield return path;
    }

    [GeneratedRegex("Manager|Helper|Util|Processor")]
    private static partial Regex VagueName();
}
