namespace NewsExtract.Evaluation;

/// <summary>The interval that holds a figure with 95 % confidence.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct Interval(double Low, double High);

/// <summary>
/// Percentile bootstrap over articles (Efron 1979): articles are drawn with replacement, as many as there are, and the
/// figure is made anew; its 2.5th and 97.5th percentiles are the interval. The draws come from a fixed seed and are the same for every figure,
/// so that two runs agree and differences of two systems are paired.
/// </summary>
public sealed class Bootstrap
{
    /// <summary>How often the articles are drawn.</summary>
    public const int Rounds = 1000;

    private const int Seed = 20210408;

    // _weights[round][article]: how often the article was drawn.
    private readonly int[][] _weights;

    /// <summary>Draws for <paramref name="articles"/> articles.</summary>
    public Bootstrap(int articles)
    {
        var random = new Random(Seed);
        _weights = new int[articles == 0 ? 0 : Rounds][];
        for (int round = 0; round < _weights.Length; round++)
        {
            _weights[round] = new int[articles];
            for (int i = 0; i < articles; i++) _weights[round][random.Next(articles)]++;
        }
    }

    /// <summary>The interval of a figure that is made from how often each article counts.</summary>
    public Interval Of(Func<IReadOnlyList<int>, double> figure)
    {
        if (_weights.Length == 0) return default;
        double[] values = Array.ConvertAll(_weights, weights => figure(weights));
        Array.Sort(values);
        return new Interval(Percentile(values, 0.025), Percentile(values, 0.975));
    }

    // Linear between the two nearest values.
    private static double Percentile(double[] sorted, double part)
    {
        double at = part * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
    }
}
