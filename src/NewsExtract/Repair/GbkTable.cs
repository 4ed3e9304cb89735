using System.Text;

namespace NewsExtract.Repair;

/// <summary>
/// GBK's two-byte characters, both ways. A pair is written as one number, first byte high:
/// <c>門</c> is 0xE954. User-defined places of the code page count as unassigned. Immutable.
/// </summary>
internal sealed class GbkTable
{
    private const char FirstPrivate = '\uE000', LastPrivate = '\uF8FF';

    private readonly char[] _characters = new char[65536];
    private readonly ushort[] _pairs = new ushort[65536];
    private readonly ushort[] _userDefined = new ushort[LastPrivate - FirstPrivate + 1];

    /// <summary>Takes the table from the platform's code page 936.</summary>
    public GbkTable()
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(936, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))!;
        Span<byte> bytes = stackalloc byte[2];
        Span<char> decoded = stackalloc char[4];
        for (int lead = 0x81; lead <= 0xFE; lead++)
            for (int trail = 0x40; trail <= 0xFE; trail++)
            {
                bytes[0] = (byte)lead;
                bytes[1] = (byte)trail;
                if (trail == 0x7F || encoding.GetChars(bytes, decoded) != 1) continue;
                char c = decoded[0];
                int pair = (lead << 8) | trail;
                if (c is >= FirstPrivate and <= LastPrivate) _userDefined[c - FirstPrivate] = (ushort)pair;
                if (c is '\uFFFD' or >= FirstPrivate and <= LastPrivate) continue;
                _characters[pair] = c;
                if (_pairs[c] == 0) _pairs[c] = (ushort)pair;
            }
    }

    /// <summary>The two bytes of a character, or 0 where it is no two-byte character of GBK.</summary>
    public int Pair(char c) => _pairs[c];

    /// <summary>The same, also for the private characters that decoders put in user-defined places.</summary>
    public int PairOrUserDefined(char c) => c is >= FirstPrivate and <= LastPrivate ? _userDefined[c - FirstPrivate] : _pairs[c];

    /// <summary>The second byte of the full-width character of row A3 that a unit stands for, or 0.</summary>
    public short SplitByte(char c)
    {
        if (c is ';' or '?' or '!' or ',' or ':' or '(' or ')') return (short)(c + 0x80);
        int pair = _pairs[c];
        return (short)(pair >> 8 == 0xA3 ? pair & 0xFF : 0);
    }

    /// <summary>The character of two bytes, or NUL where there is none.</summary>
    public char Character(int lead, int trail) => _characters[(lead << 8) | trail];
}
