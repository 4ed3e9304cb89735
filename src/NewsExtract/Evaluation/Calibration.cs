namespace NewsExtract.Evaluation;

/// <summary>A tenth of the scale of confidence.</summary>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends (the last one includes 1).</param>
/// <param name="Count">How many records have a confidence in it.</param>
/// <param name="MeanConfidence">Their mean confidence; 0 for none.</param>
/// <param name="Accuracy">The part of them that is right; 0 for none.</param>
public sealed record CalibrationBin(double Low, double High, int Count, double MeanConfidence, double Accuracy);

/// <summary>
/// How far confidences mean what they say. The expected calibration error (Naeini, Cooper and Hauskrecht 2015) is the mean
/// distance of confidence and accuracy over ten bins of equal width, weighted by their counts.
/// </summary>
public sealed class Calibration
{
    /// <summary>How many bins there are.</summary>
    public const int BinCount = 10;

    /// <summary>Measures <paramref name="observations"/>.</summary>
    public Calibration(IEnumerable<ConfidenceObservation> observations)
    {
        var counts = new int[BinCount];
        var right = new int[BinCount];
        var sums = new double[BinCount];
        foreach (ConfidenceObservation x in observations)
        {
            int bin = Math.Clamp((int)(x.Confidence * BinCount), 0, BinCount - 1);
            counts[bin]++;
            sums[bin] += x.Confidence;
            if (x.IsRight) right[bin]++;
        }
        Count = counts.Sum();
        var bins = new CalibrationBin[BinCount];
        for (int i = 0; i < BinCount; i++)
        {
            bins[i] = new CalibrationBin((double)i / BinCount, (double)(i + 1) / BinCount, counts[i],
                counts[i] == 0 ? 0 : sums[i] / counts[i], counts[i] == 0 ? 0 : (double)right[i] / counts[i]);
            if (Count > 0) ExpectedError += Math.Abs(sums[i] - right[i]) / Count;
        }
        Bins = bins;
    }

    /// <summary>The bins, from 0 to 1.</summary>
    public IReadOnlyList<CalibrationBin> Bins { get; }

    /// <summary>How many records were measured.</summary>
    public int Count { get; }

    /// <summary>The expected calibration error, in [0,1]; 0 without records.</summary>
    public double ExpectedError { get; }
}
