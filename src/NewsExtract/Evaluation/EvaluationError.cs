namespace NewsExtract.Evaluation;

/// <summary>How a value went wrong.</summary>
public enum ErrorKind : byte
{
    /// <summary>Gold has it, extraction does not.</summary>
    Missing,
    /// <summary>Extraction has it, gold does not.</summary>
    Extra,
    /// <summary>Both have a value, but not the same.</summary>
    Different,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Article">The article's name.</param>
/// <param name="Genre">Its genre.</param>
/// <param name="Field">What is wrong.</param>
/// <param name="Kind">How it is wrong.</param>
/// <param name="Subject">The record it belongs to, for a reader: a participant's name, <c>visit of 李某</c>.</param>
/// <param name="Gold">What it should be; null for <see cref="ErrorKind.Extra"/>.</param>
/// <param name="Extracted">What came out; null for <see cref="ErrorKind.Missing"/>.</param>
/// <param name="IsConsequence">
/// Whether it follows from a greater error: the title of a participant who is missing altogether, the date of a visit that
/// should not be there. It counts like any other.
/// </param>
/// <param name="Evidence">Source offsets that the extracted record gives, or for a mention where it stands.</param>
/// <param name="Confidence">The extracted record's confidence, where there is one.</param>
public sealed record EvaluationError(string Article, string Genre, Field Field, ErrorKind Kind, string Subject, string? Gold, string? Extracted,
    bool IsConsequence, IReadOnlyList<int[]> Evidence, double? Confidence)
{
    /// <summary>What tells two errors apart between two runs: all but where and how sure.</summary>
    internal (string, Field, ErrorKind, string, string?, string?) Key => (Article, Field, Kind, Subject, Gold, Extracted);
}

/// <summary>What kind of record a confidence belongs to.</summary>
public enum RecordKind : byte
{
#pragma warning disable CS1591 // Their names say it.
    Participant, Visit, Meeting, Agreement,
#pragma warning restore CS1591
}

/// <summary>An extracted record's confidence, and whether the record is right (see <see cref="ArticleScorer"/>).</summary>
/// <param name="Kind">The kind of record.</param>
/// <param name="Confidence">In [0,1].</param>
/// <param name="IsRight">Whether gold has this record.</param>
public readonly record struct ConfidenceObservation(RecordKind Kind, double Confidence, bool IsRight);

/// <summary>What scoring one article gives.</summary>
/// <param name="Name">The article's name.</param>
/// <param name="Genre">Its genre.</param>
/// <param name="HasOutput">Whether there was a record for it at all.</param>
/// <param name="Fields">Counts, indexed by <see cref="Field"/>.</param>
/// <param name="Errors">Everything that is wrong, by field of the table's order within records.</param>
/// <param name="Confidences">Every extracted record's confidence.</param>
/// <param name="FalseRecords">In a negative article, visits and agreements beyond those of gold; else 0.</param>
/// <param name="Sides">Pairs of gold and extracted side.</param>
/// <param name="Statuses">Pairs of gold and extracted status of an agreement.</param>
/// <param name="Kinds">Pairs of gold and extracted kind of mention.</param>
public sealed record ArticleScore(string Name, string Genre, bool HasOutput, IReadOnlyList<Counts> Fields, IReadOnlyList<EvaluationError> Errors,
    IReadOnlyList<ConfidenceObservation> Confidences, int FalseRecords, IReadOnlyList<(string Gold, string Extracted)> Sides,
    IReadOnlyList<(string Gold, string Extracted)> Statuses, IReadOnlyList<(string Gold, string Extracted)> Kinds);
