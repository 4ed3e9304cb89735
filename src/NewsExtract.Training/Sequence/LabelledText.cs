using NewsExtract.Segmentation;

namespace NewsExtract.Training.Sequence;

/// <summary>
/// A text with what is known of its labels, a code a character: a label (0 to 15), or one of the codes for what is open.
/// </summary>
/// <param name="Text">The text.</param>
/// <param name="Codes">A code for each UTF-16 unit.</param>
internal sealed record LabelledText(string Text, byte[] Codes)
{
    /// <summary>Whether it is of the corpus that is to be fitted best, where others help only.</summary>
    public bool IsTuning { get; init; }

    /// <summary>Part of ordinary words whose borders are not known.</summary>
    public const byte Ordinary = 16;

    /// <summary>Nothing is known.</summary>
    public const byte Open = 17;

    /// <summary>Added to the label of an ordinary word: as well a name of the kind.</summary>
    private const byte Either = 32;

    /// <summary>The labels that a code allows, as a bit set.</summary>
    public static ushort Allowed(byte code) => code switch
    {
        Ordinary => 0x0303,
        Open => 0xFFFF,
        >= Either => (ushort)((1 << (code & 9)) | (1 << (code & 15))),
        _ => (ushort)(1 << code),
    };

    /// <summary>Writes the codes of a word that may be ordinary or a name of the kind.</summary>
    public static void MarkEither(Span<byte> codes, WordKind kind)
    {
        Mark(codes, kind);
        foreach (ref byte code in codes) code |= Either;
    }

    /// <summary>Writes one word's codes.</summary>
    public static void Mark(Span<byte> codes, WordKind kind)
    {
        if (codes.Length == 1)
        {
            codes[0] = (byte)SequenceLabels.Single(kind);
            return;
        }
        codes.Fill((byte)SequenceLabels.Middle(kind));
        codes[0] = (byte)SequenceLabels.Begin(kind);
        codes[^1] = (byte)SequenceLabels.End(kind);
    }
}

/// <summary>A word or name of a reference text.</summary>
/// <param name="Start">UTF-16 offset.</param>
/// <param name="End">Offset behind it.</param>
/// <param name="Kind">What it names.</param>
internal readonly record struct GoldWord(int Start, int End, WordKind Kind);
