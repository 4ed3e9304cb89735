namespace NewsExtract.Evaluation;

/// <summary>How one figure changed.</summary>
/// <param name="Name">A field's name, or <c>macro</c>.</param>
/// <param name="Before">F1 of the baseline.</param>
/// <param name="After">F1 now.</param>
/// <param name="Interval">Of the difference, paired over articles.</param>
public sealed record FigureChange(string Name, double Before, double After, Interval Interval)
{
    /// <summary>By how much it rose.</summary>
    public double Difference => After - Before;

    /// <summary>Whether the interval of the difference leaves out 0.</summary>
    public bool IsClear => Interval.Low > 0 || Interval.High < 0;
}

/// <summary>What got better and worse since a baseline, on the same articles.</summary>
public sealed class Comparison
{
    /// <summary>Compares two results over the same labels.</summary>
    /// <exception cref="ArgumentException">The results are not of the same articles.</exception>
    public Comparison(EvaluationResult before, EvaluationResult after)
    {
        if (!before.Articles.Select(a => a.Name).SequenceEqual(after.Articles.Select(a => a.Name)))
            throw new ArgumentException("The baseline is not of the same articles.", nameof(before));
        var changes = new List<FigureChange>
        {
            new("macro", before.Macro, after.Macro, after.Draws.Of(w => after.WeightedMacro(w) - before.WeightedMacro(w))),
        };
        foreach (FieldInfo field in FieldTable.All)
        {
            Counts old = before.Fields[(int)field.Field].Counts, now = after.Fields[(int)field.Field].Counts;
            if (old != now)
                changes.Add(new FigureChange(field.Name, old.F1, now.F1, after.Draws.Of(w => after.Weighted(field.Field, w).F1 - before.Weighted(field.Field, w).F1)));
        }
        Changes = changes;
        Mended = Without(before.Errors, after.Errors);
        Broken = Without(after.Errors, before.Errors);
    }

    /// <summary>The macro figure, then every field whose counts changed.</summary>
    public IReadOnlyList<FigureChange> Changes { get; }

    /// <summary>Errors of the baseline that are gone.</summary>
    public IReadOnlyList<EvaluationError> Mended { get; }

    /// <summary>Errors that the baseline did not have.</summary>
    public IReadOnlyList<EvaluationError> Broken { get; }

    private static List<EvaluationError> Without(IEnumerable<EvaluationError> errors, IEnumerable<EvaluationError> others)
    {
        Dictionary<object, int> left = others.GroupBy(e => (object)e.Key).ToDictionary(g => g.Key, g => g.Count());
        var rest = new List<EvaluationError>();
        foreach (EvaluationError error in errors)
        {
            if (left.TryGetValue(error.Key, out int count) && count > 0) left[error.Key] = count - 1;
            else rest.Add(error);
        }
        return rest;
    }
}
