using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NewsExtract.Segmentation;

namespace NewsExtract.Training.Sequence;

/// <summary>The numbers that steer training.</summary>
internal sealed record TrainingOptions
{
    public int Epochs { get; init; } = 8;
    public float Rate { get; init; } = 0.15f;
    public float Dropout { get; init; } = 0.15f;
    public float LexiconDropout { get; init; } = 0.05f;
    public float L2 { get; init; }
    public int Seed { get; init; } = 1998;

    /// <summary>Epochs after the others over the texts alone that are to be fitted best.</summary>
    public int TuningEpochs { get; init; }

    /// <summary>The rate in these epochs.</summary>
    public float TuningRate { get; init; } = 0.02f;
}

/// <summary>
/// A linear-chain conditional random field over the sixteen labels, trained by stochastic gradient ascent with a rate
/// for each weight that falls with its past gradients (J. Duchi et al., AdaGrad, 2011). Of a stretch with open labels
/// the likelihood of all that are allowed is raised. Features are dropped at random while training, so that no weight
/// relies on another's presence. The result is the mean of the weights after each of the later epochs.
/// </summary>
internal sealed class CrfTrainer
{
    private const int L = SequenceLabels.Count;
    private readonly TrainingSet _set;
    private readonly FeatureRows _rows;
    private readonly TrainingOptions _options;
    private readonly float[] _weights, _squares, _sum;
    private readonly float[] _transitions = new float[L * L], _transitionSquares = new float[L * L], _transitionSum = new float[L * L];
    private readonly Vector512<float>[] _forwardRows = new Vector512<float>[L], _backwardRows = new Vector512<float>[L];
    private Vector512<float>[] _emission = [], _alpha = [], _beta = [], _marginal = [];
    private readonly Vector512<float>[] _pairs = new Vector512<float>[L];
    private float[] _norm = [];
    private int[] _vectors = [];
    private int[] _vectorCounts = [];
    private ulong _random;
    private int _averaged;
    private float _rate;

    public CrfTrainer(TrainingSet set, FeatureRows rows, int vectors, TrainingOptions options)
    {
        _set = set;
        _rows = rows;
        _options = options;
        _weights = new float[vectors * L];
        _squares = new float[vectors * L];
        _sum = new float[vectors * L];
        _random = (ulong)options.Seed * 0x9E3779B97F4A7C15 + 1;
    }

    /// <summary>Weight vectors of sixteen, after <see cref="Train"/>.</summary>
    public float[] Weights => _weights;

    /// <summary>Transition weights, from label times sixteen plus to label.</summary>
    public float[] Transitions => _transitions;

    public void Train(Action<string> log)
    {
        Run([.. _set.Chains], _options.Epochs, _options.Rate, log);
        if (_options.TuningEpochs == 0) return;
        // Gradients of the other texts say nothing about how far these weights may go.
        Array.Clear(_squares);
        Array.Clear(_transitionSquares);
        Run([.. _set.Chains.Where(static c => c.IsTuning)], _options.TuningEpochs, _options.TuningRate, log);
    }

    private void Run(Chain[] chains, int epochs, float rate, Action<string> log)
    {
        _rate = rate;
        _averaged = 0;
        Array.Clear(_sum);
        Array.Clear(_transitionSum);
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            Shuffle(chains);
            double likelihood = 0;
            long units = 0;
            var clock = System.Diagnostics.Stopwatch.StartNew();
            foreach (Chain chain in chains)
            {
                likelihood += Step(chain);
                units += chain.Count;
            }
            if (epoch > epochs / 2) AddToMean();
            log($"epoch {epoch}: mean log-likelihood a unit {likelihood / units:F5}, {clock.Elapsed.TotalSeconds:F0} s");
        }
        for (int i = 0; i < _weights.Length; i++) _weights[i] = _sum[i] / _averaged;
        for (int i = 0; i < L * L; i++) _transitions[i] = _transitionSum[i] / _averaged;
    }

    private void AddToMean()
    {
        _averaged++;
        for (int i = 0; i < _weights.Length; i++) _sum[i] += _weights[i];
        for (int i = 0; i < L * L; i++) _transitionSum[i] += _transitions[i];
    }

    // One stretch: returns its log-likelihood.
    private double Step(Chain chain)
    {
        int n = chain.Count;
        if (_emission.Length < n) Grow(n);
        RefreshTransitions();
        Span<Vector512<float>> weights = MemoryMarshal.Cast<float, Vector512<float>>(_weights.AsSpan());
        for (int i = 0; i < n; i++)
        {
            Span<int> vectors = _vectors.AsSpan(i * FeatureRows.MaxVectors, FeatureRows.MaxVectors);
            int count = Drop(vectors, _rows.Gather(chain.Start + i, vectors));
            _vectorCounts[i] = count;
            Vector512<float> sum = default;
            for (int k = 0; k < count; k++) sum += weights[vectors[k]];
            float top = Max(sum);
            _emission[i] = Vector512.Exp(sum - Vector512.Create(top));
        }
        double free = ForwardBackward(n, ReadOnlySpan<ushort>.Empty, 1f);
        double held;
        ReadOnlySpan<ushort> allowed = CollectionsMarshal.AsSpan(_set.Allowed).Slice(chain.Start, n);
        held = ForwardBackward(n, allowed, -1f);
        if (double.IsNaN(held) || double.IsInfinity(held)) return 0;
        Update(n, weights);
        return held - free;
    }

    // Adds the marginals, times sign, to the gradient. Positive sign is the first call and clears it.
    private double ForwardBackward(int n, ReadOnlySpan<ushort> allowed, float sign)
    {
        double log = 0;
        Vector512<float> alpha = default;
        for (int i = 0; i < n; i++)
        {
            Vector512<float> next = i == 0 ? _forwardRows[SequenceLabels.OrdinarySingle] : Times(alpha, _forwardRows);
            next *= _emission[i];
            if (!allowed.IsEmpty) next &= Mask(allowed[i]);
            float sum = Vector512.Sum(next);
            log += Math.Log(sum);
            alpha = next * (1f / sum);
            _alpha[i] = alpha;
            _norm[i] = 1f / sum;
        }
        Vector512<float> beta = _backwardRows[SequenceLabels.OrdinarySingle];
        float last = Vector512.Sum(alpha * beta);
        log += Math.Log(last);
        if (!double.IsFinite(log)) return log;
        if (sign > 0)
        {
            Array.Clear(_pairs);
            for (int i = 0; i < n; i++) _marginal[i] = default;
        }
        beta *= 1f / last;
        Vector512<float> factor = Vector512.Create(sign);
        for (int i = n - 1; i >= 0; i--)
        {
            _marginal[i] += _alpha[i] * beta * factor;
            if (i == 0) break;
            Vector512<float> inner = beta * _emission[i] * _norm[i];
            if (!allowed.IsEmpty) inner &= Mask(allowed[i]);
            Vector512<float> signed = inner * factor;
            Vector512<float> before = _alpha[i - 1];
            for (int k = 0; k < L; k++) _pairs[k] += signed * before[k];
            beta = Times(inner, _backwardRows);
        }
        // The first and the last transition, from and to a fixed single.
        return log;
    }

    private static Vector512<float> Times(Vector512<float> v, Vector512<float>[] rows)
    {
        Vector512<float> a = default, b = default;
        for (int k = 0; k < L; k += 2)
        {
            a += rows[k] * v[k];
            b += rows[k + 1] * v[k + 1];
        }
        return a + b;
    }

    private void Update(int n, Span<Vector512<float>> weights)
    {
        Span<Vector512<float>> squares = MemoryMarshal.Cast<float, Vector512<float>>(_squares.AsSpan());
        Vector512<float> rate = Vector512.Create(_rate), small = Vector512.Create(1e-2f), decay = Vector512.Create(_options.L2);
        for (int i = 0; i < n; i++)
        {
            Vector512<float> gradient = _marginal[i];
            if (Max(Vector512.Abs(gradient)) < 1e-3f) continue;
            Span<int> vectors = _vectors.AsSpan(i * FeatureRows.MaxVectors, _vectorCounts[i]);
            foreach (int v in vectors)
            {
                Vector512<float> g = gradient + weights[v] * decay;
                Vector512<float> square = squares[v] + g * g;
                squares[v] = square;
                weights[v] -= rate * g / (Vector512.Sqrt(square) + small);
            }
        }
        Span<Vector512<float>> transitions = MemoryMarshal.Cast<float, Vector512<float>>(_transitions.AsSpan());
        Span<Vector512<float>> transitionSquares = MemoryMarshal.Cast<float, Vector512<float>>(_transitionSquares.AsSpan());
        for (int k = 0; k < L; k++)
        {
            Vector512<float> gradient = _pairs[k] * _forwardRows[k];
            if (k == SequenceLabels.OrdinarySingle) gradient += _marginal[0] * FirstMask;
            if (SequenceLabels.Ends(k)) gradient = gradient.WithElement(SequenceLabels.OrdinarySingle, gradient[SequenceLabels.OrdinarySingle] + _marginal[n - 1][k]);
            Vector512<float> square = transitionSquares[k] + gradient * gradient;
            transitionSquares[k] = square;
            transitions[k] -= rate * gradient / (Vector512.Sqrt(square) + small);
        }
    }

    private static readonly Vector512<float> FirstMask = Vector512.Create(1f, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0);

    private void RefreshTransitions()
    {
        Span<Vector512<float>> transitions = MemoryMarshal.Cast<float, Vector512<float>>(_transitions.AsSpan());
        Span<float> backward = stackalloc float[L * L];
        for (int k = 0; k < L; k++)
        {
            _forwardRows[k] = Vector512.Exp(transitions[k]) & Mask(FollowMasks[k]);
            for (int j = 0; j < L; j++) backward[j * L + k] = _forwardRows[k][j];
        }
        for (int k = 0; k < L; k++) _backwardRows[k] = Vector512.Create<float>(backward.Slice(k * L, L));
    }

    private static readonly ushort[] FollowMasks = MakeFollowMasks();

    private static ushort[] MakeFollowMasks()
    {
        var masks = new ushort[L];
        for (int a = 0; a < L; a++)
        {
            for (int b = 0; b < L; b++)
            {
                if (SequenceLabels.Follows(a, b)) masks[a] |= (ushort)(1 << b);
            }
        }
        return masks;
    }

    private static readonly Vector512<int> Bits = Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);

    private static Vector512<float> Mask(ushort allowed) =>
        (~Vector512.Equals(Bits & Vector512.Create((int)allowed), Vector512<int>.Zero)).AsSingle();

    private static float Max(Vector512<float> v)
    {
        Vector256<float> a = Vector256.Max(v.GetLower(), v.GetUpper());
        Vector128<float> b = Vector128.Max(a.GetLower(), a.GetUpper());
        b = Vector128.Max(b, Vector128.Shuffle(b, Vector128.Create(2, 3, 0, 1)));
        return Math.Max(b[0], b[1]);
    }

    // Leaves out each feature but the units' with the chance that the options give.
    private int Drop(Span<int> vectors, int count)
    {
        uint drop = (uint)(_options.Dropout * 65536), lexiconDrop = (uint)(_options.LexiconDropout * 65536);
        int lexicon = _lexiconBase;
        int kept = 0;
        for (int k = 0; k < count; k++)
        {
            uint chance = k == FeatureSpace.UnigramSlots / 2 ? 0 : vectors[k] >= lexicon ? lexiconDrop : drop;
            if (chance > 0 && (Next() & 0xFFFF) < chance) continue;
            vectors[kept++] = vectors[k];
        }
        return kept;
    }

    private int _lexiconBase = int.MaxValue;

    /// <summary>Index of the first vector of the lexicon's features.</summary>
    public int LexiconBase { set => _lexiconBase = value; }

    private uint Next()
    {
        _random ^= _random << 13;
        _random ^= _random >> 7;
        _random ^= _random << 17;
        return (uint)(_random >> 32);
    }

    private void Shuffle(Chain[] chains)
    {
        for (int i = chains.Length - 1; i > 0; i--)
        {
            int j = (int)((ulong)Next() * (ulong)(i + 1) >> 32);
            (chains[i], chains[j]) = (chains[j], chains[i]);
        }
    }

    private void Grow(int n)
    {
        n = n * 3 / 2 + 16;
        _emission = new Vector512<float>[n];
        _alpha = new Vector512<float>[n];
        _beta = new Vector512<float>[n];
        _marginal = new Vector512<float>[n];
        _norm = new float[n];
        _vectors = new int[n * FeatureRows.MaxVectors];
        _vectorCounts = new int[n];
    }
}
