using NewsExtract.Modeling;

namespace NewsExtract.Records;

/// <summary>
/// For each decision the sum of up to three models over readable features: logistic weights, small regression trees that ask for one
/// feature a node and, where there is enough to learn from, hidden units. A choice among candidates is a soft maximum with one more candidate of weight
/// <see cref="Bias"/>, «none of them». Immutable.
/// </summary>
public sealed class LinkModel : ILinkDecider
{
    /// <summary>The key of the constant feature: the leaning to yes, or (in choices) to «none».</summary>
    public const int Bias = 0;

    /// <summary>In a model file a key has the number of its decision from this bit on.</summary>
    internal const int DecisionShift = 24, KeyMask = (1 << DecisionShift) - 1;

    private const int KnownLists = 32, ManyLists = 16, MostOnStack = 256;

    // How far behind the best a candidate hardly wins any more, and how far from the threshold an answer hardly changes any more; in parts of one. What extract
    // makes of the 3104 texts that corpus/gold had at commit 527fccc differs in 3 of them, but for confidences, between that commit, which asks all trees, and 12bb884.
    private const int Hopeless = 4 * DecisionScorer.PartsOfOne, Settled = 5 * DecisionScorer.PartsOfOne;

    private readonly DecisionWeights[] _weights;
    private readonly float[] _thresholds;
    private readonly DecisionScorer[] _scorers;
    private readonly float[] _biases;

    internal LinkModel(DecisionWeights[] weights, float[] thresholds)
    {
        _weights = weights;
        _thresholds = thresholds;
        _scorers = Array.ConvertAll(weights, static own => new DecisionScorer(own));
        _biases = Array.ConvertAll(weights, static own => own.Weights.GetValueOrDefault(Bias));
    }

    /// <summary>A model without weights.</summary>
    internal static LinkModel Empty { get; } = new([.. Enum.GetValues<Decision>().Select(static _ => new DecisionWeights([], []))], new float[Enum.GetValues<Decision>().Length]);

    /// <summary>What one decision has learned.</summary>
    internal DecisionWeights this[Decision decision] => _weights[(int)decision];

    /// <summary>
    /// Loads the sections <c>links.keys</c>, <c>links.weights</c>, <c>links.trees</c>, <c>links.treecounts</c>, <c>links.unitkeys</c>, <c>links.unitrows</c>, <c>links.unitstarts</c>,
    /// <c>links.unitfactors</c> and <c>links.thresholds</c>.
    /// </summary>
    /// <exception cref="ModelException">A section is missing or they do not fit each other.</exception>
    public static LinkModel Load(ModelFile file)
    {
        int[] keys = file.Array<int>("links.keys");
        float[] values = file.Array<float>("links.weights");
        float[] thresholds = file.Array<float>("links.thresholds");
        if (keys.Length != values.Length) throw new ModelException($"{file.Name}: section links.weights doesn't fit links.keys");
        var weights = new Dictionary<int, float>[Enum.GetValues<Decision>().Length];
        for (int i = 0; i < weights.Length; i++) weights[i] = [];
        for (int i = 0; i < keys.Length; i++)
        {
            int decision = keys[i] >>> DecisionShift;
            if (decision < weights.Length) weights[decision][keys[i] & KeyMask] = values[i];
        }
        TreeNode[] nodes = PackedTrees.Unpack(file.Array<int>("links.trees"), file.Name);
        int[] counts = file.Array<int>("links.treecounts");
        HiddenUnits?[] units = HiddenUnits.Load(file, weights.Length);
        var own = new DecisionWeights[weights.Length];
        for (int i = 0, at = 0; i < own.Length; i++)
        {
            int count = i < counts.Length ? counts[i] : 0;
            if (at + count > nodes.Length) throw new ModelException($"{file.Name}: section links.treecounts doesn't fit links.trees");
            own[i] = new DecisionWeights(weights[i], nodes[at..(at + count)], units[i]);
            at += count;
        }
        if (thresholds.Length < weights.Length) Array.Resize(ref thresholds, weights.Length);
        return new LinkModel(own, thresholds);
    }

    /// <inheritdoc/>
    public void Begin(Story story)
    {
    }

    /// <inheritdoc/>
    public bool Decide(Decision decision, FeatureList features, Candidate candidate, out double probability)
    {
        DecisionScorer scorer = _scorers[(int)decision];
        // An answer that is all but certain after a block of trees is not changed by later ones.
        int parts = scorer.Begin(features), centre = (int)((_thresholds[(int)decision] - _biases[(int)decision]) * DecisionScorer.PartsOfOne);
        for (int block = 1; block < scorer.Blocks && Math.Abs(parts - centre) < Settled; block++) parts += scorer.More(features, block);
        double score = (parts / (double)DecisionScorer.PartsOfOne) + _biases[(int)decision];
        probability = 1 / (1 + Math.Exp(-score));
        return score > _thresholds[(int)decision];
    }

    /// <inheritdoc/>
    public int Choose(Decision decision, List<FeatureList> features, List<Candidate> candidates, string? about, out double probability)
    {
        double none = _biases[(int)decision] + _thresholds[(int)decision], best = none, sum = Math.Exp(none);
        int choice = -1, count = candidates.Count;
        Span<int> scores = count <= MostOnStack ? stackalloc int[count] : new int[count];
        Score(_scorers[(int)decision], features, scores);
        for (int i = 0; i < count; i++)
        {
            double score = scores[i] / (double)DecisionScorer.PartsOfOne;
            sum += Math.Exp(score);
            if (score <= best) continue;
            best = score;
            choice = i;
        }
        probability = Math.Exp(best) / sum;
        return choice;
    }

    /// <summary>
    /// The scores of all candidates, a block of trees after the other. Whoever lies <see cref="Hopeless"/> behind the best one after a block is asked for no
    /// more trees: later ones move the scores by far less.
    /// </summary>
    private static void Score(DecisionScorer scorer, List<FeatureList> features, Span<int> scores)
    {
        // Many places of a long article differ in nothing that is asked for; those are summed once. Of a few candidates hardly two are alike.
        bool many = scores.Length > ManyLists;
        Span<int> known = stackalloc int[KnownLists], same = scores.Length <= MostOnStack ? stackalloc int[scores.Length] : new int[scores.Length];
        known.Fill(-1);
        int best = int.MinValue;
        for (int i = 0; i < scores.Length; i++)
        {
            same[i] = i;
            if (many)
            {
                int slot = (int)(features[i].Hash >> 16) % KnownLists;
                if (known[slot] >= 0 && FeatureList.AreSame(features[i], features[known[slot]]))
                {
                    (same[i], scores[i]) = (known[slot], scores[known[slot]]);
                    continue;
                }
                known[slot] = i;
            }
            scores[i] = scorer.Begin(features[i]);
            best = Math.Max(best, scores[i]);
        }
        for (int block = 1; block < scorer.Blocks; block++)
        {
            int least = best - Hopeless;
            best = int.MinValue;
            for (int i = 0; i < scores.Length; i++)
            {
                if (same[i] != i) scores[i] = scores[same[i]];
                else if (scores[i] >= least) scores[i] += scorer.More(features[i], block);
                best = Math.Max(best, scores[i]);
            }
        }
    }

    /// <summary>The sum of the weights of the features and of what the trees say.</summary>
    public double Score(Decision decision, FeatureList features) => _scorers[(int)decision].Score(features);
}

/// <summary>What one decision has learned.</summary>
/// <param name="Weights">Weights by feature.</param>
/// <param name="Trees">The nodes of all trees.</param>
/// <param name="Units">The hidden units; null where there are none.</param>
internal sealed record DecisionWeights(Dictionary<int, float> Weights, TreeNode[] Trees, HiddenUnits? Units = null);

/// <summary>
/// A node of a regression tree. The nodes of a tree stand together, its root first; offsets count from the root.
/// </summary>
/// <param name="Key">The feature that is asked for; -1 in a leaf.</param>
/// <param name="Yes">Offset of the node for «has it».</param>
/// <param name="No">Offset of the node for «has it not».</param>
/// <param name="Size">In a root the number of the tree's nodes; else 0.</param>
/// <param name="Value">In a leaf what is added to the score.</param>
internal readonly record struct TreeNode(int Key, int Yes, int No, int Size, float Value)
{
    public bool IsLeaf => Key < 0;
}
