using NewsExtract.Segmentation;

namespace NewsExtract.Training.Sequence;

/// <summary>
/// Turns margins into probabilities: for each kind of name a logistic function fitted by Newton's method to margins of
/// names that the model found in texts it was not trained on, and whether they were right (J. Platt, 1999).
/// </summary>
internal static class Calibration
{
    /// <summary>Steps of a margin that are one unit of log-likelihood: 32 a unit of weight, times 8 for the origin's bits.</summary>
    private const float StepsPerUnit = 256;

    /// <summary>What a model has before it is fitted: margins as they are.</summary>
    public static float[] None() => [.. Enumerable.Range(0, SequenceLabels.Kinds).SelectMany(_ => new[] { 1 / StepsPerUnit, 0f })];

    /// <summary>Fits slope and offset of each kind to a model that has <see cref="None"/>.</summary>
    public static float[] Fit(Segmenter segmenter, IEnumerable<(string Text, GoldWord[] Names)> texts)
    {
        var samples = new List<(double Margin, bool Right)>[SequenceLabels.Kinds];
        for (int k = 0; k < samples.Length; k++) samples[k] = [];
        var scratch = new SegmentationScratch();
        foreach ((string text, GoldWord[] names) in texts)
        {
            var gold = names.ToHashSet();
            List<GoldWord> found = SequenceEvaluation.Words(segmenter, scratch, text);
            for (int i = 0; i < found.Count; i++)
            {
                if (found[i].Kind == WordKind.Ordinary) continue;
                double p = Math.Clamp(scratch.Scores[i], 1e-5, 1 - 1e-5);
                samples[(int)found[i].Kind].Add((Math.Log(p / (1 - p)), gold.Contains(found[i])));
            }
        }
        float[] fitted = None();
        for (int k = 1; k < SequenceLabels.Kinds; k++)
        {
            (double slope, double offset) = Newton(samples[k]);
            fitted[2 * k] = (float)slope / StepsPerUnit;
            fitted[2 * k + 1] = (float)offset;
        }
        return fitted;
    }

    private static (double Slope, double Offset) Newton(List<(double Margin, bool Right)> samples)
    {
        double slope = 1, offset = 0;
        for (int round = 0; round < 20; round++)
        {
            // A weak pull towards slope 1, offset 0 keeps small samples in bounds.
            double gs = slope - 1, go = offset, hss = 1, hso = 0, hoo = 1;
            foreach ((double margin, bool right) in samples)
            {
                double p = 1 / (1 + Math.Exp(-(slope * margin + offset)));
                double error = p - (right ? 1 : 0), weight = p * (1 - p);
                gs += error * margin;
                go += error;
                hss += weight * margin * margin;
                hso += weight * margin;
                hoo += weight;
            }
            double determinant = hss * hoo - hso * hso;
            double slopeStep = (hoo * gs - hso * go) / determinant, offsetStep = (hss * go - hso * gs) / determinant;
            double before = Loss(samples, slope, offset);
            double length = 1;
            while (length > 1e-3 && !(Loss(samples, slope - length * slopeStep, offset - length * offsetStep) <= before)) length /= 2;
            slope -= length * slopeStep;
            offset -= length * offsetStep;
        }
        return (slope, offset);
    }

    private static double Loss(List<(double Margin, bool Right)> samples, double slope, double offset)
    {
        double loss = ((slope - 1) * (slope - 1) + offset * offset) / 2;
        foreach ((double margin, bool right) in samples)
        {
            double logit = (slope * margin + offset) * (right ? 1 : -1);
            loss += Math.Max(0, -logit) + Math.Log(1 + Math.Exp(-Math.Abs(logit)));
        }
        return loss;
    }
}
