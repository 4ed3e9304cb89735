namespace NewsExtract.Segmentation;

/// <summary>What jieba's patterns say about a character, one bit each.</summary>
[Flags]
internal enum JiebaClass : byte
{
    None = 0,
    /// <summary>Belongs to a stretch that the dictionary cuts: Han, ASCII letters and digits, <c>+#&amp;._%-</c>.</summary>
    Word = 1,
    /// <summary>Belongs to a stretch that full mode cuts: Han.</summary>
    Han = 2,
    /// <summary>The hidden Markov model labels it: U+4E00 to U+9FD5.</summary>
    Labelled = 4,
    /// <summary>ASCII letter or digit.</summary>
    Alphanumeric = 8,
    /// <summary>ASCII letter, digit, <c>+</c>, <c>#</c> or line feed: such a run is one word of full mode.</summary>
    FullModeRun = 16,
}

/// <summary>Classes of characters and of surrogate pairs.</summary>
internal static class JiebaCharacters
{
    private static readonly JiebaClass[] Classes = MakeClasses();

    /// <summary>The class of the character at <paramref name="at"/>, and how many UTF-16 units it takes.</summary>
    public static JiebaClass At(ReadOnlySpan<char> text, int at, out int length)
    {
        char c = text[at];
        length = 1;
        if (!char.IsHighSurrogate(c) || at + 1 >= text.Length || !char.IsLowSurrogate(text[at + 1])) return Classes[c];
        length = 2;
        int point = char.ConvertToUtf32(c, text[at + 1]);
        bool han = point is >= 0x20000 and <= 0x2A6DF or >= 0x2A700 and <= 0x2EBEF or >= 0x2F800 and <= 0x2FA1F;
        return han ? JiebaClass.Word | JiebaClass.Han : JiebaClass.None;
    }

    /// <summary>The class of a character that is no surrogate.</summary>
    public static JiebaClass Of(char c) => Classes[c];

    private static JiebaClass[] MakeClasses()
    {
        var classes = new JiebaClass[char.MaxValue + 1];
        for (int c = 0; c < classes.Length; c++)
        {
            if (c is >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF) classes[c] |= JiebaClass.Word | JiebaClass.Han;
            if (c is >= 0x4E00 and <= 0x9FD5) classes[c] |= JiebaClass.Labelled;
            if (char.IsAsciiLetterOrDigit((char)c)) classes[c] |= JiebaClass.Word | JiebaClass.Alphanumeric | JiebaClass.FullModeRun;
            if ((char)c is '+' or '#' or '&' or '.' or '_' or '%' or '-') classes[c] |= JiebaClass.Word;
            if ((char)c is '+' or '#' or '\n') classes[c] |= JiebaClass.FullModeRun;
        }
        return classes;
    }
}
