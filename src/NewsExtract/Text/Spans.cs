namespace NewsExtract.Text;

/// <summary>A stretch of the source text as decoded: UTF-16 offsets, half-open, <c>0 ≤ Start ≤ End</c>.</summary>
/// <param name="Start">Offset of the first UTF-16 unit.</param>
/// <param name="End">Offset behind the last UTF-16 unit.</param>
public readonly record struct SourceSpan(int Start, int End)
{
    /// <summary>The number of UTF-16 units.</summary>
    public int Length => End - Start;
}

/// <summary>
/// A stretch of the repaired text: UTF-16 offsets, half-open. A type of its own, so that the two
/// coordinate systems can't be mixed up; <see cref="CleanText.ToSource"/> is the only way across.
/// </summary>
/// <param name="Start">Offset of the first UTF-16 unit.</param>
/// <param name="End">Offset behind the last UTF-16 unit.</param>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>The number of UTF-16 units.</summary>
    public int Length => End - Start;

    /// <summary>Whether <paramref name="offset"/> lies inside.</summary>
    public bool Contains(int offset) => offset >= Start && offset < End;

    /// <summary>Whether <paramref name="other"/> lies wholly inside.</summary>
    public bool Contains(TextSpan other) => other.Start >= Start && other.End <= End;

    /// <summary>Whether the two share at least one unit.</summary>
    public bool Overlaps(TextSpan other) => Start < other.End && other.Start < End;
}
