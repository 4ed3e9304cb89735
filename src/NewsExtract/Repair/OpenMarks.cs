namespace NewsExtract.Repair;

/// <summary>
/// The quotation marks, brackets and title marks of a line that are still open, the last two of them: what can be closed next.
/// An n-gram model does not see that far back. Example: behind <c>他说：“好。</c> a mark that was lost is rather <c>”</c> than <c>’</c>.
/// </summary>
/// <param name="Stack">Kinds of marks, the last one in the lowest three bits.</param>
internal readonly record struct OpenMarks(byte Stack)
{
    private const int MismatchCost = 4 * CharacterModel.Scale; // closing another than the last one
    private const int NestedCost = 3 * CharacterModel.Scale;   // opening the same again
    private const int UnopenedCost = 4 * CharacterModel.Scale; // closing what the line did not open
    private const int KindMask = 7;

    /// <summary>The characters that open or close, and what ends a line.</summary>
    public const string Marks = "\n“”‘’「」『』《》（）()";

    /// <summary>The marks that are open behind a character.</summary>
    public OpenMarks Behind(char c)
    {
        int kind = Kind(c, out bool closes);
        if (kind == 0) return c == '\n' ? default : this;
        if (!closes) return new OpenMarks((byte)(((Stack << 3) | kind) & 63));
        if ((Stack & KindMask) == kind) return new OpenMarks((byte)(Stack >> 3));
        return Stack >> 3 == kind ? default : this;
    }

    /// <summary>What a character costs that does not suit the open marks.</summary>
    public int Cost(char c)
    {
        int kind = Kind(c, out bool closes);
        if (kind == 0) return 0;
        int last = Stack & KindMask;
        if (!closes) return last == kind ? NestedCost : 0;
        return last == kind ? 0 : last == 0 ? UnopenedCost : MismatchCost;
    }

    private static int Kind(char c, out bool closes)
    {
        closes = false;
        // Most are Chinese characters.
        if (c is >= '\u4E00' and <= '\u9FFF') return 0;
        closes = c is '”' or '’' or '」' or '』' or '》' or '）' or ')';
        return c switch
        {
            '“' or '”' => 1,
            '‘' or '’' => 2,
            '「' or '」' => 3,
            '『' or '』' => 4,
            '《' or '》' => 5,
            '（' or '）' or '(' or ')' => 6,
            _ => 0,
        };
    }
}
