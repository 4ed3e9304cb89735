namespace NewsExtract.Text;

/// <summary>What kind of change an <see cref="Edit"/> made.</summary>
public enum EditKind : byte
{
    /// <summary>Markup that is no text: tags, scripts, page furniture.</summary>
    Markup,
    /// <summary>A character reference (<c>&amp;nbsp;</c>) read as the character it names.</summary>
    Entity,
    /// <summary>A pinyin gloss taken out.</summary>
    Gloss,
    /// <summary>A stretch of GBK bytes that had fallen out of step.</summary>
    MisalignedBytes,
    /// <summary>UTF-8 that had been read as GBK, or the reverse.</summary>
    Mojibake,
    /// <summary>White space inside names, dates and numbers, or padding.</summary>
    Spacing,
    /// <summary>Zero-width characters, soft hyphens, control characters.</summary>
    Invisible,
    /// <summary>Full-width and half-width forms.</summary>
    Width,
    /// <summary>Kangxi radicals and compatibility ideographs.</summary>
    Compatibility,
    /// <summary>Traditional to Simplified.</summary>
    Script,
    /// <summary>A character that had been dropped and could be told from its neighbours.</summary>
    Restored,
}

/// <summary>
/// One stretch of the source that reads differently in the text. Where both lengths are equal the
/// characters correspond one to one, unless <see cref="IsWhole"/> is set; otherwise the whole text stretch stands for the whole source stretch.
/// </summary>
/// <param name="SourceStart">UTF-16 offset in the source.</param>
/// <param name="SourceLength">UTF-16 units in the source; 0 for an insertion.</param>
/// <param name="TextStart">UTF-16 offset in the text.</param>
/// <param name="TextLength">UTF-16 units in the text; 0 for a deletion.</param>
/// <param name="Kind">What was done.</param>
public readonly record struct Edit(int SourceStart, int SourceLength, int TextStart, int TextLength, EditKind Kind)
{
    /// <summary>Offset behind the stretch in the source.</summary>
    public int SourceEnd => SourceStart + SourceLength;

    /// <summary>Offset behind the stretch in the text.</summary>
    public int TextEnd => TextStart + TextLength;

    /// <summary>
    /// Whether the text stretch stands for the whole source stretch although the lengths are equal: what came of several edits
    /// that could not be told apart. Example: <c>b)c</c> lost its bracket, and the <c>bc</c> that was left became <c>xyz</c>.
    /// </summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether the characters correspond one to one.</summary>
    internal bool IsOneToOne => SourceLength == TextLength && !IsWhole;
}

/// <summary>
/// Text together with its alignment to the source that it came from. Immutable; made by
/// <see cref="CleanTextBuilder"/>. Only the edits are stored: between two edits the text is the source.
/// </summary>
public sealed class CleanText
{
    private readonly Edit[] _edits;

    internal CleanText(string source, string text, Edit[] edits)
    {
        Source = source;
        Text = text;
        _edits = edits;
    }

    /// <summary>The text as decoded, never changed.</summary>
    public string Source { get; }

    /// <summary>The text to work on.</summary>
    public string Text { get; }

    /// <summary>The edits, ascending and without overlap in both coordinates.</summary>
    public ReadOnlySpan<Edit> Edits => _edits;

    /// <summary>A text that is its own source.</summary>
    public static CleanText Identity(string source) => new(source, source, []);

    /// <summary>
    /// The smallest stretch of the source that holds all that <paramref name="span"/> came from.
    /// Monotone: a later span never maps before an earlier one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The span does not lie inside <see cref="Text"/>.</exception>
    public SourceSpan ToSource(TextSpan span)
    {
        if (span.Start < 0 || span.End < span.Start || span.End > Text.Length)
            throw new ArgumentOutOfRangeException(nameof(span), span, "The span does not lie inside the text.");
        int start = StartInSource(span.Start);
        int end = span.Length == 0 ? start : EndInSource(span.End);
        return new SourceSpan(start, Math.Max(start, end));
    }

    /// <summary>The characters of the source that <paramref name="span"/> came from.</summary>
    public ReadOnlySpan<char> SourceSlice(TextSpan span)
    {
        SourceSpan source = ToSource(span);
        return Source.AsSpan(source.Start, source.Length);
    }

    /// <summary>
    /// This text's source seen from <paramref name="later"/>, whose source is this text: two steps as one map.
    /// Where edits of both overlap, those that keep the length are cut at the others' borders, so that each
    /// character keeps the closest stretch; what can't be cut becomes one edit, of the kind that comes first in <see cref="EditKind"/>,
    /// whose text stands for its source as a whole even where it happens to keep the length.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="later"/> was not made from this text.</exception>
    public CleanText Then(CleanText later)
    {
        if (!ReferenceEquals(later.Source, Text) && later.Source != Text)
            throw new ArgumentException("The later text was not made from this one.", nameof(later));
        if (later._edits.Length == 0) return this;
        if (_edits.Length == 0) return new CleanText(Source, later.Text, later._edits);
        return new CleanText(Source, later.Text, EditComposition.Compose(_edits, later._edits));
    }

    private int StartInSource(int offset)
    {
        int index = LastEditAtOrBefore(offset);
        // Deletions that stand right before the offset do not belong to it.
        if (index < 0) return offset;
        Edit edit = _edits[index];
        if (offset >= edit.TextEnd) return edit.SourceEnd + (offset - edit.TextEnd);
        return edit.IsOneToOne ? edit.SourceStart + (offset - edit.TextStart) : edit.SourceStart;
    }

    private int EndInSource(int end)
    {
        int index = LastEditAtOrBefore(end - 1);
        if (index < 0) return end;
        Edit edit = _edits[index];
        if (end > edit.TextEnd) return edit.SourceEnd + (end - edit.TextEnd);
        return edit.IsOneToOne ? edit.SourceStart + (end - edit.TextStart) : edit.SourceEnd;
    }

    private int LastEditAtOrBefore(int offset)
    {
        int low = 0, high = _edits.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_edits[middle].TextStart <= offset) low = middle + 1;
            else high = middle - 1;
        }
        return high;
    }
}
