using System.Globalization;
using NewsExtract.Modeling;
using NewsExtract.Records;


namespace NewsExtract.Training.Links;

/// <summary>The weights as text: a file a decision, a row a feature with value and weight, the heaviest first.</summary>
internal static class LinkTables
{
    public static void Write(string folder, LinkModel model)
    {
        Directory.CreateDirectory(folder);
        foreach (Decision decision in Enum.GetValues<Decision>())
        {
            using var file = new StreamWriter(Path.Combine(folder, $"{decision}.tsv")) { NewLine = "\n" };
            file.WriteLine($"# Weights of the decision {decision}, trained on the corpus. Columns: feature, value, weight.");
            DecisionWeights own = model[decision];
            foreach ((int key, float weight) in own.Weights.OrderByDescending(static w => Math.Abs(w.Value)).ThenBy(static w => w.Key))
                file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Columns(key)}\t{weight}"));
            WriteTrees(PathOf(folder, decision, Trees), decision, own.Trees);
            if (own.Units != null) UnitTable.Write(PathOf(folder, decision, UnitTable.Kind), decision, own.Units);
            else File.Delete(PathOf(folder, decision, UnitTable.Kind));
        }
    }

    private const string Trees = "trees";

    private static string PathOf(string folder, Decision decision, string kind) => Path.Combine(folder, $"{decision}.{kind}.tsv");

    private static void WriteTrees(string path, Decision decision, ReadOnlySpan<TreeNode> nodes)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine($"# Trees of the decision {decision}, trained on the corpus. A node a row, a tree's root with the number of its nodes. Columns: feature, value, yes, no, size; a leaf: =, what it adds.");
        foreach (TreeNode node in nodes)
            file.WriteLine(node.IsLeaf ? string.Create(CultureInfo.InvariantCulture, $"=\t{node.Value}")
                : string.Create(CultureInfo.InvariantCulture, $"{Columns(node.Key)}\t{node.Yes}\t{node.No}\t{node.Size}"));
    }

    /// <summary>A feature and its value, as two columns.</summary>
    public static string Columns(int key)
    {
        (string name, string value) = FeatureList.Write(key);
        return $"{name}\t{value}";
    }

    private static void ReadTrees(string path, List<TreeNode> nodes, Faults faults)
    {
        int number = 0;
        foreach (string line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            string[] columns = line.Split('\t');
            if (columns.Length == 2 && columns[0] == "=" && float.TryParse(columns[1], NumberStyles.Float, CultureInfo.InvariantCulture, out float value)) nodes.Add(new TreeNode(-1, 0, 0, 0, value));
            else if (columns.Length == 5 && FeatureList.TryRead(columns[0], columns[1], out int own) && int.TryParse(columns[2], out int yes)
                && int.TryParse(columns[3], out int no) && int.TryParse(columns[4], out int size)) nodes.Add(new TreeNode(own, yes, no, size, 0));
            else faults.Add(path, number, "expected a node of a tree");
        }
    }

    /// <summary>Compiles the tables in <c>links/</c> below the folder of sources.</summary>
    public static byte[] Compile(string sources, Faults faults)
    {
        var keys = new List<int>();
        var weights = new List<float>();
        var trees = new List<int>();
        var counts = new List<int>();
        var units = new List<HiddenUnits?>();
        foreach (Decision decision in Enum.GetValues<Decision>())
        {
            string path = Path.Combine(sources, "links", $"{decision}.tsv");
            int before = trees.Count;
            string treePath = PathOf(Path.Combine(sources, "links"), decision, Trees), unitPath = PathOf(Path.Combine(sources, "links"), decision, UnitTable.Kind);
            var nodes = new List<TreeNode>();
            ReadTrees(treePath, nodes, faults);
            if (!PackedTrees.TryPack(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(nodes), trees)) faults.Add(treePath, 1, "a tree's size is wrong, a node for «yes» does not follow the one that asks, or a leaf adds more than 3.2767");
            counts.Add(trees.Count - before);
            units.Add(File.Exists(unitPath) ? UnitTable.Read(unitPath, faults) : null);
            if (!File.Exists(path)) continue;
            int number = 0;
            foreach (string line in File.ReadLines(path))
            {
                number++;
                if (line.Length == 0 || line[0] == '#') continue;
                string[] columns = line.Split('\t');
                if (columns.Length != 3 || !FeatureList.TryRead(columns[0], columns[1], out int key)
                    || !float.TryParse(columns[2], NumberStyles.Float, CultureInfo.InvariantCulture, out float weight))
                {
                    faults.Add(path, number, "expected a feature, its value and a weight");
                    continue;
                }
                keys.Add(((int)decision << LinkModel.DecisionShift) | key);
                weights.Add(weight);
            }
        }
        return ModelFile.Write(new Dictionary<string, byte[]>(HiddenUnits.Sections(units))
        {
            ["links.keys"] = ModelFile.Bytes<int>([.. keys]),
            ["links.weights"] = ModelFile.Bytes<float>([.. weights]),
            ["links.trees"] = ModelFile.Bytes<int>([.. trees]),
            ["links.treecounts"] = ModelFile.Bytes<int>([.. counts]),
            ["links.thresholds"] = ModelFile.Bytes<float>(Thresholds(Path.Combine(sources, "links"), faults)),
        });
    }

    /// <summary>
    /// How far a score must lie above 0 for yes (in choices, above «none of them»), from <c>thresholds.tsv</c>: lists that are scored
    /// for completeness say yes a little below an even chance.
    /// </summary>
    public static float[] Thresholds(string folder, Faults faults)
    {
        var thresholds = new float[Enum.GetValues<Decision>().Length];
        string path = Path.Combine(folder, "thresholds.tsv");
        int number = 0;
        foreach (string line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            string[] columns = line.Split('\t');
            if (columns.Length == 2 && Enum.TryParse(columns[0], out Decision decision) && float.TryParse(columns[1], NumberStyles.Float, CultureInfo.InvariantCulture, out float value)) thresholds[(int)decision] = value;
            else faults.Add(path, number, "expected a decision and a number");
        }
        return thresholds;
    }
}
