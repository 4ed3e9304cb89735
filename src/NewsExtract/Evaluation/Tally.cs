namespace NewsExtract.Evaluation;

/// <summary>The counts and errors of one article while it is scored.</summary>
internal sealed class Tally(string article, string genre)
{
    private readonly Counts[] _counts = new Counts[FieldTable.Count];
    private readonly List<EvaluationError> _errors = [];

    public Counts[] Counts => _counts;

    public List<EvaluationError> Errors => _errors;

    /// <summary>What the values being compared belong to; errors carry it.</summary>
    public Scope Scope { get; set; } = Scope.None;

    public void Add(Field field, int hits, int extra, int missing) => _counts[(int)field] += new Counts(hits, extra, missing);

    /// <summary>A record as a whole: there on both sides, or on one.</summary>
    public void Record(Field field, string? gold, string? extracted)
    {
        Add(field, gold is not null && extracted is not null ? 1 : 0, gold is null ? 1 : 0, extracted is null ? 1 : 0);
        if (gold is null || extracted is null) Fault(field, gold, extracted, isConsequence: false);
    }

    /// <summary>One value or none on each side. A wrong value is both an extra and a missing one.</summary>
    public void Slot(Field field, string? gold, string? extracted, Func<string?, string?, bool> same)
    {
        bool hit = gold is not null && extracted is not null && same(gold, extracted);
        Add(field, hit ? 1 : 0, extracted is not null && !hit ? 1 : 0, gold is not null && !hit ? 1 : 0);
        if (!hit && (gold ?? extracted) is not null) Fault(field, gold, extracted, Scope.IsOneSided);
    }

    /// <summary>A list on each side: every gold value takes the first extracted value left that is the same.</summary>
    public void Sets<T>(Field field, IReadOnlyList<T> gold, IReadOnlyList<T> extracted, Func<T, T, bool> same, Func<T, string> show)
    {
        var left = new List<T>(extracted);
        var missing = new List<T>();
        foreach (T wanted in gold)
        {
            int found = left.FindIndex(value => same(wanted, value));
            if (found >= 0) left.RemoveAt(found);
            else missing.Add(wanted);
        }
        Add(field, gold.Count - missing.Count, left.Count, missing.Count);
        if (missing.Count == 1 && left.Count == 1)
        {
            Fault(field, show(missing[0]), show(left[0]), Scope.IsOneSided);
            return;
        }
        foreach (T value in missing) Fault(field, show(value), null, Scope.IsOneSided);
        foreach (T value in left) Fault(field, null, show(value), Scope.IsOneSided);
    }

    public void Sets(Field field, IReadOnlyList<string> gold, IReadOnlyList<string> extracted, Func<string, string, bool> same) =>
        Sets(field, gold, extracted, same, value => value);

    public void Fault(Field field, string? gold, string? extracted, bool isConsequence, IReadOnlyList<int[]>? evidence = null)
    {
        ErrorKind kind = extracted is null ? ErrorKind.Missing : gold is null ? ErrorKind.Extra : ErrorKind.Different;
        _errors.Add(new EvaluationError(article, genre, field, kind, Scope.Subject, gold, extracted, isConsequence, evidence ?? Scope.Evidence, Scope.Confidence));
    }
}

/// <summary>The record that values belong to while they are compared.</summary>
/// <param name="Subject">Its name for a reader.</param>
/// <param name="IsOneSided">Whether only one side has the record, so that errors in it are consequences.</param>
/// <param name="Evidence">The extracted record's.</param>
/// <param name="Confidence">The extracted record's.</param>
internal sealed record Scope(string Subject, bool IsOneSided, IReadOnlyList<int[]> Evidence, double? Confidence)
{
    public static Scope None { get; } = new("", false, [], null);
}
