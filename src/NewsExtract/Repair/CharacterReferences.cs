using System.Globalization;

namespace NewsExtract.Repair;

/// <summary>HTML character references that were left in a text.</summary>
internal static class CharacterReferences
{
    private const int Longest = 12;

    private static readonly Dictionary<string, string> Named = new[]
    {
        "nbsp \u00A0", "amp &", "lt <", "gt >", "quot \"", "apos '", "ldquo “", "rdquo ”", "lsquo ‘", "rsquo ’", "laquo «", "raquo »",
        "hellip …", "mdash —", "ndash –", "middot ·", "bull •", "times ×", "copy ©", "reg ®", "trade ™", "deg °", "permil ‰", "yen ¥", "sect §",
        "ensp \u2002", "emsp \u2003", "thinsp \u2009", "zwnj ", "zwj ", "shy ",
    }.Select(row => row.Split(' ')).ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal);

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Named.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads a reference at <paramref name="at"/>; returns the offset behind its semicolon, or <paramref name="at"/> where there is none.</summary>
    public static int Read(ReadOnlySpan<char> text, int at, out string value)
    {
        value = "";
        ReadOnlySpan<char> rest = text.Slice(at + 1, Math.Min(Longest, text.Length - at - 1));
        int length = rest.IndexOf(';');
        if (length < 2) return at;
        ReadOnlySpan<char> name = rest[..length];
        int end = at + length + 2;
        if (name[0] != '#')
        {
            if (Lookup.TryGetValue(name, out string? found))
            {
                value = found;
                // &amp;nbsp; was escaped twice.
                if (value == "&" && !rest[(length + 1)..].IsEmpty)
                {
                    int again = ReadEscaped(text, end, out string inner);
                    if (again > end) (end, value) = (again, inner);
                }
                return end;
            }
            return at;
        }
        bool hexadecimal = name[1] is 'x' or 'X';
        if (!int.TryParse(name[(hexadecimal ? 2 : 1)..], hexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out int code)
            || code is < 0x20 or > 0x10FFFF or >= 0xD800 and <= 0xDFFF)
            return at;
        value = code is 0x200B or 0xFEFF or 0xAD ? "" : char.ConvertFromUtf32(code);
        return end;
    }

    private static int ReadEscaped(ReadOnlySpan<char> text, int at, out string value)
    {
        value = "";
        int length = text.Slice(at, Math.Min(Longest, text.Length - at)).IndexOf(';');
        if (length < 2 || !Lookup.TryGetValue(text.Slice(at, length), out string? found)) return at;
        value = found;
        return at + length + 1;
    }
}
