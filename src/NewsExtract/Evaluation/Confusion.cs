namespace NewsExtract.Evaluation;

/// <summary>How often a value of gold came out as each value.</summary>
public sealed class Confusion
{
    private readonly int[,] _counts;

    /// <summary>Counts pairs; labels stand in the order given, others behind them in ordinal order.</summary>
    public Confusion(IEnumerable<(string Gold, string Extracted)> pairs, IReadOnlyList<string> goldOrder, IReadOnlyList<string> extractedOrder)
    {
        List<(string Gold, string Extracted)> all = [.. pairs];
        Gold = Labels(all.Select(p => p.Gold), goldOrder);
        Extracted = Labels(all.Select(p => p.Extracted), extractedOrder);
        _counts = new int[Gold.Count, Extracted.Count];
        foreach ((string gold, string extracted) in all) _counts[IndexOf(Gold, gold), IndexOf(Extracted, extracted)]++;
    }

    /// <summary>The values of gold: the rows.</summary>
    public IReadOnlyList<string> Gold { get; }

    /// <summary>The values that came out: the columns.</summary>
    public IReadOnlyList<string> Extracted { get; }

    /// <summary>The count of one cell.</summary>
    public int this[int row, int column] => _counts[row, column];

    private static List<string> Labels(IEnumerable<string> found, IReadOnlyList<string> order) =>
        [.. order, .. found.Distinct(StringComparer.Ordinal).Except(order, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static int IndexOf(IReadOnlyList<string> labels, string label)
    {
        for (int i = 0; i < labels.Count; i++)
            if (labels[i] == label) return i;
        throw new ArgumentException($"There is no label {label}.", nameof(label));
    }
}
