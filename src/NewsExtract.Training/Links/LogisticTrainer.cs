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
        var index = new FeatureIndex(examples.Select(static e => e.Keys));
        int[][] rows = [.. examples.Select(e => index.Numbers(e.Keys))];
        var steps = new Steps(index.Count, penalty / examples.Count);
        foreach (int i in Order(examples.Count))
        {
            double error = (examples[i].Label ? 1 : 0) - (1 / (1 + Math.Exp(-(steps.Bias + steps.Sum(rows[i])))));
            steps.MoveBias(error);
            steps.Move(rows[i], error);
        }
        return steps.Round(index);
    }

    public Dictionary<int, float> Fit(List<ChoiceExample> examples)
    {
        var index = new FeatureIndex(examples.SelectMany(static e => e.Candidates));
        int[][][] rows = [.. examples.Select(e => Array.ConvertAll(e.Candidates, index.Numbers))];
        var steps = new Steps(index.Count, penalty / examples.Count);
        foreach (int i in Order(examples.Count)) Step(steps, rows[i], examples[i].Right);
        return steps.Round(index);
    }

    /// <summary>The examples of all epochs, each epoch in an order of its own.</summary>
    private IEnumerable<int> Order(int count)
    {
        var random = new Random(seed);
        int[] order = [.. Enumerable.Range(0, count)];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (int i in order) yield return i;
        }
    }

    private static void Step(Steps steps, int[][] candidates, bool[] right)
    {
        int n = candidates.Length;
        var probability = new double[n + 1];
        double sum = 0, rightSum = 0;
        bool any = Array.Exists(right, static r => r);
        for (int i = 0; i <= n; i++)
        {
            probability[i] = Math.Exp(Math.Clamp(i == n ? steps.Bias : steps.Sum(candidates[i]), -30, 30));
            sum += probability[i];
            if (i == n ? !any : right[i]) rightSum += probability[i];
        }
        for (int i = 0; i <= n; i++)
        {
            double error = ((i == n ? !any : right[i]) ? probability[i] / rightSum : 0) - (probability[i] / sum);
            if (i == n) steps.MoveBias(error);
            else steps.Move(candidates[i], error);
        }
    }

    /// <summary>The weights while they are fitted.</summary>
    private sealed class Steps(int count, double pull)
    {
        private readonly double[] _weights = new double[count];
        private readonly double[] _squares = new double[count];
        private double _biasSquare;

        public double Bias { get; private set; }

        public double Sum(int[] features)
        {
            double sum = 0;
            foreach (int feature in features) sum += _weights[feature];
            return sum;
        }

        public void MoveBias(double error)
        {
            _biasSquare += error * error;
            Bias += Rate * error / (Math.Sqrt(_biasSquare) + 1e-6);
        }

        public void Move(int[] features, double error)
        {
            foreach (int feature in features)
            {
                double gradient = error - (pull * _weights[feature]);
                _squares[feature] += gradient * gradient;
                _weights[feature] += Rate * gradient / (Math.Sqrt(_squares[feature]) + 1e-6);
            }
        }

        public Dictionary<int, float> Round(FeatureIndex index)
        {
            var result = new Dictionary<int, float>();
            void Set(int key, double weight)
            {
                float rounded = (float)Math.Round(weight, 3);
                if (rounded != 0) result[key] = rounded;
            }
            Set(LinkModel.Bias, Bias);
            for (int i = 0; i < count; i++) Set(index.Key(i), _weights[i]);
            return result;
        }
    }
}
