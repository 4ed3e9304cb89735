using System.Reflection;
using System.Text.RegularExpressions;

namespace NewsExtract.Tests.HouseRules;

/// <summary>The arrow of use: Text ← Modeling ← each stage ← Pipeline. Stages do not know each other.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] Stages = ["Reading", "Repair", "Segmentation", "Tagging", "Resolution", "Records", "Writing", "Evaluation"];
    private static readonly Assembly Library = typeof(Pipeline).Assembly;

    [Fact]
    public void Compiled_code_follows_the_arrow_of_use()
    {
        var wrong = new List<string>();
        var seen = new HashSet<string>();
        foreach (Type type in Library.GetTypes())
        {
            if (Part(type) is not { } part) continue;
            seen.Add(part);
            foreach (Type used in IntermediateCode.TypesUsedBy(type))
                if (IsOurs(used) && !MayUse(part, Part(used) ?? "")) wrong.Add($"{type.FullName} uses {used.FullName}");
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong.Order(StringComparer.Ordinal)));
        Assert.Equal(Stages.Append("Text").Append("Modeling").Order(), seen.Order());
    }

    /// <summary>What leaves no trace in compiled code: names in comments, constants, <c>nameof</c>.</summary>
    [Fact]
    public void Source_text_follows_the_arrow_of_use()
    {
        var wrong = new List<string>();
        foreach (string part in Stages.Append("Text").Append("Modeling"))
            foreach (string path in Directory.EnumerateFiles(Repository.Path("src", "NewsExtract", part), "*.cs", SearchOption.AllDirectories))
                foreach (Match match in Regex.Matches(File.ReadAllText(path), @"\bNewsExtract\.([A-Z]\w+)"))
                    if (IsPart(match.Groups[1].Value) && !MayUse(part, match.Groups[1].Value)) wrong.Add($"{Path.GetRelativePath(Repository.Path(), path)} names {match.Value}");
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Every_folder_of_the_library_is_a_part_and_its_namespace()
    {
        string[] folders = [.. Directory.EnumerateDirectories(Repository.Path("src", "NewsExtract")).Select(Path.GetFileName).Where(static f => f is not ("bin" or "obj"))!];
        Assert.Equal(Stages.Append("Text").Append("Modeling").Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
        foreach (string folder in folders)
            foreach (string path in Directory.EnumerateFiles(Repository.Path("src", "NewsExtract", folder), "*.cs", SearchOption.AllDirectories))
                Assert.Matches(@"(?m)^namespace NewsExtract\." + folder + @"(\.\w+)*;", File.ReadAllText(path));
    }

    /// <summary>The rule itself, on pairs whose answer is plain.</summary>
    [Theory]
    [InlineData("Text", "Modeling", false)]
    [InlineData("Modeling", "Text", true)]
    [InlineData("Modeling", "Tagging", false)]
    [InlineData("Tagging", "Modeling", true)]
    [InlineData("Tagging", "Segmentation", false)]
    [InlineData("Records", "Records", true)]
    [InlineData("Records", "", false)]
    public void The_arrow(string part, string used, bool allowed) => Assert.Equal(allowed, MayUse(part, used));

    [Fact]
    public void A_use_inside_a_method_is_seen()
    {
        HashSet<Type> used = IntermediateCode.TypesUsedBy(typeof(Pipeline));
        Assert.Contains(typeof(NewsExtract.Resolution.Resolver), used);
        Assert.Contains(typeof(NewsExtract.Text.Token), used);
        Assert.DoesNotContain(typeof(NewsExtract.Evaluation.Counts), used);
    }

    private static bool MayUse(string part, string used) => used == part || part switch
    {
        "Text" => false,
        "Modeling" => used == "Text",
        _ => used is "Text" or "Modeling",
    };

    /// <summary>What the compiler makes for collection expressions and constants has no namespace of ours.</summary>
    private static bool IsOurs(Type type) => type.Assembly == Library && type.FullName!.StartsWith("NewsExtract.", StringComparison.Ordinal);

    private static bool IsPart(string name) => name is "Text" or "Modeling" || Stages.Contains(name);

    /// <summary>The folder that a type belongs to; null for the root and for what the compiler puts beside.</summary>
    private static string? Part(Type type)
    {
        string[] names = type.Namespace?.Split('.') ?? [];
        return names.Length > 1 && names[0] == "NewsExtract" && IsPart(names[1]) ? names[1] : null;
    }
}
