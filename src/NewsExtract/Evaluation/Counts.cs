namespace NewsExtract.Evaluation;

/// <summary>Raw counts of one field. They add up; every figure is made from them.</summary>
/// <param name="Hits">Values that gold and extraction share (true positives).</param>
/// <param name="Extra">Extracted values that gold does not have (false positives).</param>
/// <param name="Missing">Gold values that were not extracted (false negatives).</param>
public readonly record struct Counts(int Hits, int Extra, int Missing)
{
    /// <summary>Of what was extracted, the part that is right; 1 where nothing was extracted.</summary>
    public double Precision => Hits + Extra == 0 ? 1 : (double)Hits / (Hits + Extra);

    /// <summary>Of what gold has, the part that was found; 1 where gold has nothing.</summary>
    public double Recall => Hits + Missing == 0 ? 1 : (double)Hits / (Hits + Missing);

    /// <summary>The harmonic mean of the two.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    /// <summary>The number of gold values.</summary>
    public int Gold => Hits + Missing;

    /// <summary>Whether anything was counted.</summary>
    public bool IsEmpty => Hits + Extra + Missing == 0;

    /// <summary>Both together.</summary>
    public static Counts operator +(Counts a, Counts b) => new(a.Hits + b.Hits, a.Extra + b.Extra, a.Missing + b.Missing);

    /// <summary>Both together.</summary>
    public static Counts Add(Counts left, Counts right) => left + right;
}
