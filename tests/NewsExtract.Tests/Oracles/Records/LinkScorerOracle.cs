using NewsExtract.Modeling;
using NewsExtract.Records;

namespace NewsExtract.Tests.Oracles.Records;

/// <summary>Summing by sets of leaves against walking each tree from its root; hidden units side by side against one after the other.</summary>
public sealed class LinkScorerOracle
{
    [Fact]
    public void Gives_the_sums_of_walking_the_trees()
    {
        var random = new Random(4);
        Feature[] features = Enum.GetValues<Feature>();
        foreach (int trees in (int[])[0, 1, 5, 63, 64, 65, 150])
        {
            int[] keys = [.. Enumerable.Range(0, 50).Select(_ => Key(features, random))];
            var weights = new Dictionary<int, float>();
            foreach (int key in keys.Take(30)) weights[key] = MathF.Round((random.NextSingle() * 4) - 2, 3);
            var nodes = new List<TreeNode>();
            for (int i = 0; i < trees; i++)
            {
                var tree = new List<TreeNode>();
                Grow(tree, keys, random, 4, 1);
                tree[0] = tree[0] with { Size = tree.Count };
                nodes.AddRange(tree);
            }
            var scorer = new DecisionScorer(new DecisionWeights(weights, [.. nodes]));
            for (int round = 0; round < 200; round++)
            {
                var list = new FeatureList();
                for (int i = random.Next(60); i > 0; i--)
                {
                    list.Add(random.Next(4) == 0 ? Key(features, random) : keys[random.Next(keys.Length)]);
                }
                Assert.Equal(list.Count, list.Keys.ToArray().Distinct().Count());
                Assert.Equal(Walk(weights, nodes, list), scorer.Score(list), 5);
            }
        }
    }

    /// <summary>
    /// Trees that are no more asked where the answer is all but certain, against asking all. The leaves are so small that all trees behind the first block move no
    /// score by more than 1, so that what is certain is.
    /// </summary>
    [Fact]
    public void Answers_as_if_all_trees_were_asked()
    {
        const int Trees = 300;
        var random = new Random(5);
        Feature[] features = Enum.GetValues<Feature>();
        int[] keys = [.. Enumerable.Range(0, 50).Select(_ => Key(features, random))];
        var weights = new Dictionary<int, float> { [LinkModel.Bias] = 0.5f };
        foreach (int key in keys.Take(30)) weights[key] = MathF.Round((random.NextSingle() * 6) - 3, 3);
        var nodes = new List<TreeNode>();
        for (int i = 0; i < Trees; i++)
        {
            var tree = new List<TreeNode>();
            Grow(tree, keys, random, 4, 1f / Trees);
            tree[0] = tree[0] with { Size = tree.Count };
            nodes.AddRange(tree);
        }
        Decision[] decisions = Enum.GetValues<Decision>();
        var model = new LinkModel([.. decisions.Select(_ => new DecisionWeights(weights, [.. nodes]))], [.. decisions.Select(_ => -0.3f)]);
        for (int round = 0; round < 300; round++)
        {
            var lists = new List<FeatureList>();
            for (int i = random.Next(1, 40); i > 0; i--)
            {
                var list = new FeatureList();
                for (int k = random.Next(20); k > 0; k--) list.Add(keys[random.Next(keys.Length)]);
                lists.Add(list);
            }
            double[] scores = [.. lists.Select(list => Walk(weights, nodes, list))];
            Assert.Equal(scores[0] + 0.5 > -0.3, model.Decide(Decision.Stop, lists[0], default, out double yes));
            Assert.Equal(1 / (1 + Math.Exp(-scores[0] - 0.5)), yes, 0.01);
            int choice = model.Choose(Decision.Leader, lists, [.. lists.Select(_ => default(Candidate))], null, out double probability);
            double best = Math.Max(scores.Max(), 0.2), sum = Math.Exp(0.2) + scores.Sum(Math.Exp);
            Assert.Equal(best, choice < 0 ? 0.2 : scores[choice], 5);
            Assert.Equal(Math.Exp(best) / sum, probability, 0.05);
        }
    }

    [Fact]
    public void Gives_the_sums_of_the_hidden_units()
    {
        var random = new Random(6);
        Feature[] features = Enum.GetValues<Feature>();
        for (int model = 0; model < 10; model++)
        {
            int[] keys = [.. Enumerable.Range(0, 50).Select(_ => Key(features, random)).Distinct()];
            var weights = new Dictionary<int, float>();
            foreach (int key in keys.Take(30)) weights[key] = MathF.Round((random.NextSingle() * 4) - 2, 3);
            HiddenUnits units = Units([.. keys.Skip(10).Order()], random);
            var scorer = new DecisionScorer(new DecisionWeights(weights, [], units));
            for (int round = 0; round < 200; round++)
            {
                var list = new FeatureList();
                for (int i = random.Next(60); i > 0; i--) list.Add(random.Next(4) == 0 ? Key(features, random) : keys[random.Next(keys.Length)]);
                Assert.Equal(Walk(weights, [], list) + units.Score(list), scorer.Score(list), 0.001);
            }
        }
    }

    [Fact]
    public void Hidden_units_come_back_and_broken_ones_are_named()
    {
        var random = new Random(7);
        HiddenUnits?[] units = [null, Units([5, 300, FeatureList.FirstCharacterKey + 7], random), null, Units([1], random)];
        Dictionary<string, byte[]> sections = HiddenUnits.Sections(units);
        HiddenUnits?[] read = HiddenUnits.Load(ModelFile.Parse("links.bin", ModelFile.Write(sections)), units.Length);
        for (int i = 0; i < units.Length; i++)
        {
            Assert.Equal(units[i]?.Keys, read[i]?.Keys);
            Assert.Equal(units[i]?.Rows, read[i]?.Rows);
            Assert.Equal(units[i]?.Start, read[i]?.Start);
            Assert.Equal(units[i]?.Factors, read[i]?.Factors);
        }
        foreach (string section in sections.Keys)
        {
            var cut = new Dictionary<string, byte[]>(sections) { [section] = sections[section][..^8] };
            Assert.Contains("links.unit", Assert.Throws<ModelException>(() => HiddenUnits.Load(ModelFile.Parse("links.bin", ModelFile.Write(cut)), units.Length)).Message);
        }
    }

    private static HiddenUnits Units(int[] keys, Random random)
    {
        var rows = new sbyte[keys.Length * HiddenUnits.Count];
        for (int i = 0; i < rows.Length; i++) rows[i] = (sbyte)random.Next(-127, 128);
        return new HiddenUnits(keys, rows, [.. Enumerable.Range(0, HiddenUnits.Count).Select(_ => (short)random.Next(-HiddenUnits.FurthestStart, HiddenUnits.FurthestStart))],
            [.. Enumerable.Range(0, HiddenUnits.Count).Select(_ => (random.NextSingle() - 0.5f) / 1000)]);
    }

    [Fact]
    public void Packed_trees_come_back_and_broken_ones_are_named()
    {
        var random = new Random(4);
        Feature[] features = Enum.GetValues<Feature>();
        int[] keys = [.. Enumerable.Range(0, 50).Select(_ => Key(features, random))];
        var nodes = new List<TreeNode>();
        for (int i = 0; i < 200; i++)
        {
            var tree = new List<TreeNode>();
            Grow(tree, keys, random, 4, 3.2f);
            tree[0] = tree[0] with { Size = tree.Count };
            nodes.AddRange(tree);
        }
        TreeNode[] all = [.. nodes];
        var packed = new List<int>();
        Assert.True(PackedTrees.TryPack(all, packed));
        Assert.Equal(all, PackedTrees.Unpack([.. packed], "links.bin"));
        Assert.Contains("links.trees", Assert.Throws<ModelException>(() => PackedTrees.Unpack([.. packed, 0x02000005], "links.bin")).Message);
        Assert.Contains("links.trees", Assert.Throws<ModelException>(() => PackedTrees.Unpack([0x09000005, 0, 0], "links.bin")).Message);
        Assert.False(PackedTrees.TryPack([new TreeNode(5, 2, 1, 3, 0), new TreeNode(-1, 0, 0, 0, 0), new TreeNode(-1, 0, 0, 0, 0)], []));
        Assert.False(PackedTrees.TryPack([new TreeNode(-1, 0, 0, 1, 4)], []));
    }

    private static int Key(Feature[] features, Random random) => random.Next(4) == 0
        ? FeatureList.Key((CharacterSeat)random.Next(6), (char)random.Next(0x4E00, 0x4E08))
        : FeatureList.Key(features[random.Next(features.Length)], random.Next(256));

    private static double Walk(Dictionary<int, float> weights, List<TreeNode> nodes, FeatureList list)
    {
        double score = 0, sum = 0;
        foreach (int key in list.Keys) score += weights.GetValueOrDefault(key);
        for (int root = 0; root < nodes.Count; root += nodes[root].Size)
        {
            int at = root;
            while (!nodes[at].IsLeaf) at = root + (list.Keys.Contains(nodes[at].Key) ? nodes[at].Yes : nodes[at].No);
            sum += nodes[at].Value;
        }
        return score + sum;
    }

    private static void Grow(List<TreeNode> tree, int[] keys, Random random, int levels, float size)
    {
        int at = tree.Count;
        tree.Add(default);
        if (levels == 0 || random.Next(5) == 0)
        {
            tree[at] = new TreeNode(-1, 0, 0, 0, MathF.Round(((random.NextSingle() * 2) - 1) * size, 4));
            return;
        }
        int yes = tree.Count;
        Grow(tree, keys, random, levels - 1, size);
        int no = tree.Count;
        Grow(tree, keys, random, levels - 1, size);
        tree[at] = new TreeNode(keys[random.Next(keys.Length)], yes, no, 0, 0);
    }
}
