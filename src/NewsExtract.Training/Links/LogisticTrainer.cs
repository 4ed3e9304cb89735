using NewsExtract.Records;

namespace NewsExtract.Training.Links;

/// <summary>
/// Fits the weights by AdaGrad on the regularised likelihood (J. Duchi, E. Hazan, Y. Singer: Adaptive Subgradient Methods, 2011).
/// Deterministic: the examples are visited in an order drawn from a fixed seed.
/// </summary>
internal sealed class LogisticTrainer(double penalty, int epochs, int seed)
{
    private const double Rate = 0.2;

    public Dictionary<int, float> Fit(List<BinaryExample> examples)
    {
        var weights = new Dictionary<int, double>();
        var squares = new Dictionary<int, double>();
        var random = new Random(seed);
        int[] order = [.. Enumerable.Range(0, examples.Count)];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (int i in order)
            {
                BinaryExample example = examples[i];
                double score = weights.GetValueOrDefault(LinkModel.Bias);
                foreach (int key in example.Keys) score += weights.GetValueOrDefault(key);
                double error = (example.Label ? 1 : 0) - (1 / (1 + Math.Exp(-score)));
                Step(weights, squares, LinkModel.Bias, error, examples.Count, regularise: false);
                foreach (int key in example.Keys) Step(weights, squares, key, error, examples.Count, regularise: true);
            }
        }
        return Round(weights);
    }

    public Dictionary<int, float> Fit(List<ChoiceExample> examples)
    {
        var weights = new Dictionary<int, double>();
        var squares = new Dictionary<int, double>();
        var random = new Random(seed);
        int[] order = [.. Enumerable.Range(0, examples.Count)];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (int i in order) Step(weights, squares, examples[i], examples.Count);
        }
        return Round(weights);
    }

    private void Step(Dictionary<int, double> weights, Dictionary<int, double> squares, ChoiceExample example, int count)
    {
        int n = example.Candidates.Length;
        var probability = new double[n + 1];
        double sum = 0, rightSum = 0;
        bool any = Array.Exists(example.Right, static r => r);
        for (int i = 0; i <= n; i++)
        {
            double score = 0;
            if (i == n) score = weights.GetValueOrDefault(LinkModel.Bias);
            else foreach (int key in example.Candidates[i]) score += weights.GetValueOrDefault(key);
            probability[i] = Math.Exp(Math.Clamp(score, -30, 30));
            sum += probability[i];
            if (i == n ? !any : example.Right[i]) rightSum += probability[i];
        }
        for (int i = 0; i <= n; i++)
        {
            bool right = i == n ? !any : example.Right[i];
            double error = (right ? probability[i] / rightSum : 0) - (probability[i] / sum);
            if (i == n) Step(weights, squares, LinkModel.Bias, error, count, regularise: false);
            else foreach (int key in example.Candidates[i]) Step(weights, squares, key, error, count, regularise: true);
        }
    }

    private void Step(Dictionary<int, double> weights, Dictionary<int, double> squares, int key, double error, int count, bool regularise)
    {
        double weight = weights.GetValueOrDefault(key);
        double gradient = error - (regularise ? penalty * weight / count : 0);
        double square = squares.GetValueOrDefault(key) + (gradient * gradient);
        squares[key] = square;
        weights[key] = weight + (Rate * gradient / (Math.Sqrt(square) + 1e-6));
    }

    private static Dictionary<int, float> Round(Dictionary<int, double> weights)
    {
        var result = new Dictionary<int, float>();
        foreach ((int key, double weight) in weights)
        {
            float rounded = (float)Math.Round(weight, 3);
            if (rounded != 0) result[key] = rounded;
        }
        return result;
    }
}
