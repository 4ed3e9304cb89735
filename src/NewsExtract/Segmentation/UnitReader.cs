using System.Runtime.CompilerServices;

namespace NewsExtract.Segmentation;

/// <summary>What the sequence model does with a character.</summary>
internal enum UnitClass : byte
{
    /// <summary>A unit of its own, labelled by the model.</summary>
    Character,
    /// <summary>Part of a run of digits, which is one unit.</summary>
    Digit,
    /// <summary>Part of a run of letters of an alphabet, which is one unit.</summary>
    Letter,
    /// <summary>Part of a run of one such sign (<c>——</c>, <c>……</c>), which is a unit and always a word.</summary>
    Rule,
    /// <summary>Always a word of its own.</summary>
    Stop,
    /// <summary>Part of a run of white space, which is a unit but no word.</summary>
    Space,
}

/// <summary>
/// Cuts a text into units, the positions that the sequence model labels, and gives each its number. Most units are
/// one character. Runs of digits and letters are one unit; punctuation and white space split the text into stretches
/// that can be labelled apart from each other. Full-width forms count as their ASCII counterparts.
/// Example: <c>2021年5月，A股</c> is the units 2021 · 年 · 5 · 月 · ， · A · 股.
/// </summary>
internal sealed class UnitReader
{
    /// <summary>Numbers of units that are no single character of the model's table.</summary>
    public const int Rare = 0, Edge = 1, Digits1 = 2, Digits2 = 3, Digits3 = 4, Digits4 = 5, DigitsMore = 6, DigitsYear = 7,
        LetterUpper = 8, LettersUpper = 9, Letters = 10, RuleSign = 11, Symbol = 12;

    /// <summary>The number of the first character of the table.</summary>
    public const int FirstCharacter = 16;

    /// <summary>Unit numbers have 12 bits.</summary>
    public const int MaxUnits = 4096;

    // One table for both: the unit's number in the low 12 bits, the class in the next 4.
    private readonly ushort[] _table = new ushort[char.MaxValue + 1];

    /// <param name="characters">The characters that have a number of their own, in the order of their numbers.</param>
    public UnitReader(ReadOnlySpan<char> characters)
    {
        for (int c = 0; c <= char.MaxValue; c++) _table[c] = (ushort)(Default((char)c) | ((int)Classify((char)c) << 12));
        for (int i = 0; i < characters.Length; i++) SetNumber(characters[i], FirstCharacter + i);
        for (int c = 0xFF01; c <= 0xFF5E; c++) // full-width ASCII
        {
            ushort narrow = _table[c - 0xFEE0], wide = _table[c];
            bool narrowHasNumber = (narrow & 0xFFF) >= FirstCharacter, wideHasNumber = (wide & 0xFFF) >= FirstCharacter;
            if (narrowHasNumber && !wideHasNumber) SetNumber((char)c, narrow & 0xFFF);
            else if (wideHasNumber && !narrowHasNumber) SetNumber((char)(c - 0xFEE0), wide & 0xFFF);
        }
    }

    /// <summary>The class of a character.</summary>
    public static UnitClass Classify(char c)
    {
        if (char.IsAsciiDigit(c) || c is >= '０' and <= '９') return UnitClass.Digit;
        if (char.IsWhiteSpace(c) || char.IsControl(c)) return UnitClass.Space;
        if (c is '，' or '。' or '！' or '？' or '；' or '：' or '、' or '《' or '》' or '〈' or '〉' or '!' or '?' or ';' or ':'
            or '【' or '】' or '|' or '｜' or '▲' or '△' or '●' or '■' or '◆' or '○') return UnitClass.Stop;
        if (c is '—' or '…' or '─' or '―' or '=' or '_' or '*') return UnitClass.Rule;
        if ((c < 0x2000 && char.IsLetter(c)) || c is >= 'Ａ' and <= 'Ｚ' || c is >= 'ａ' and <= 'ｚ') return UnitClass.Letter;
        return UnitClass.Character;
    }

    /// <summary>The form under which the table knows a character.</summary>
    public static char Fold(char c) => c is >= '！' and <= '～' ? (char)(c - 0xFEE0) : c;

    /// <summary>The number of a character as a unit.</summary>
    public int Number(char c) => _table[c] & 0xFFF;

    /// <summary>Reads <paramref name="text"/> into <paramref name="units"/>.</summary>
    public void Read(ReadOnlySpan<char> text, UnitBuffer units)
    {
        units.Reset(text.Length);
        int[] starts = units.Starts;
        ushort[] codes = units.Codes;
        ushort[] table = _table;
        int count = UnitBuffer.Margin, i = 0;
        while (i < text.Length)
        {
            ushort code = table[text[i]];
            starts[count] = i++;
            if (code >= 0x1000) code = ReadRun(text, ref i, code);
            codes[count++] = code;
        }
        units.Finish(count, text.Length);
    }

    // A unit that is no single character: reads on to its end.
    private ushort ReadRun(ReadOnlySpan<char> text, ref int i, ushort code)
    {
        ushort[] table = _table;
        int first = i - 1, kind = code >> 12;
        switch ((UnitClass)kind)
        {
            case UnitClass.Stop:
                return code;
            case UnitClass.Rule:
                while (i < text.Length && text[i] == text[first]) i++;
                return code;
            case UnitClass.Space:
                while (i < text.Length && table[text[i]] >> 12 == kind) i++;
                return code;
            case UnitClass.Digit:
                while (i < text.Length && table[text[i]] >> 12 == kind) i++;
                return (ushort)(DigitRun(text[first..i]) | (kind << 12));
            default:
                bool upper = IsUpper(text[first]);
                for (; i < text.Length && table[text[i]] >> 12 == kind; i++) upper &= IsUpper(text[i]);
                return (ushort)((upper ? i - first == 1 ? LetterUpper : LettersUpper : Letters) | (kind << 12));
        }
    }

    private static bool IsUpper(char c) => c is >= 'A' and <= 'Z' or >= 'Ａ' and <= 'Ｚ';

    private static int DigitRun(ReadOnlySpan<char> run) => run.Length switch
    {
        1 => Digits1,
        2 => Digits2,
        3 => Digits3,
        4 => (Fold(run[0]), Fold(run[1])) is ('1', '9') or ('2', '0') ? DigitsYear : Digits4,
        _ => DigitsMore,
    };

    private static int Default(char c) => Classify(c) switch
    {
        UnitClass.Space => Edge,
        UnitClass.Rule => RuleSign,
        _ => c is >= '\u3400' and <= '\u9FFF' ? Rare : Symbol,
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SetNumber(char c, int number)
    {
        if (number >= MaxUnits) throw new ArgumentOutOfRangeException(nameof(number), "The table of characters is full.");
        if (_table[c] >> 12 is (int)UnitClass.Character or (int)UnitClass.Stop) _table[c] = (ushort)((_table[c] & 0xF000) | number);
    }
}

/// <summary>
/// The units of a text, with <see cref="Margin"/> edge units in front and behind, so that a window around any unit
/// lies within the buffer. Used again for the next text.
/// </summary>
internal sealed class UnitBuffer
{
    /// <summary>The number of edge units on either side.</summary>
    public const int Margin = 8;

    private const ushort EdgeCode = UnitReader.Edge | ((int)UnitClass.Space << 12);

    /// <summary>UTF-16 offset of each unit; one unit's end is the next one's start.</summary>
    public int[] Starts { get; private set; } = [];

    /// <summary>Each unit's number in the low 12 bits, its class above.</summary>
    public ushort[] Codes { get; private set; } = [];

    /// <summary>Index of the first unit.</summary>
    public static int First => Margin;

    /// <summary>Index behind the last unit.</summary>
    public int End { get; private set; }

    /// <summary>Whether the unit is a word (or white space) by itself whatever stands around it.</summary>
    public static bool IsFixed(ushort code) => code >= (int)UnitClass.Rule << 12;

    /// <summary>Whether the unit is white space.</summary>
    public static bool IsSpace(ushort code) => code >> 12 == (int)UnitClass.Space;

    internal void Reset(int length)
    {
        if (Starts.Length >= length + 2 * Margin + 1) return;
        Starts = new int[length * 9 / 8 + 64 + 2 * Margin];
        Codes = new ushort[Starts.Length];
    }

    internal void Finish(int count, int length)
    {
        End = count;
        Starts.AsSpan(0, Margin).Clear();
        Codes.AsSpan(0, Margin).Fill(EdgeCode);
        Starts.AsSpan(count, Margin).Fill(length);
        Codes.AsSpan(count, Margin).Fill(EdgeCode);
    }
}
