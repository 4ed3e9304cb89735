using System.Globalization;
using AngleSharp.Html;

namespace NewsExtract.Reading.Html;

/// <summary>Character references of HTML.</summary>
internal static class CharacterReference
{
    private const int LongestName = 32;

    // Those that browsers read without a semicolon, and that pages write so.
    private static readonly string[] WithoutSemicolon = ["nbsp", "quot", "amp", "copy", "middot", "lt", "gt"];

    /// <summary>
    /// Reads the reference that starts at <paramref name="at"/>, before <paramref name="end"/>. Returns the offset behind it
    /// and what it stands for; <paramref name="at"/> itself where the ampersand is only an ampersand.
    /// </summary>
    public static int Read(string source, int at, int end, out string value)
    {
        value = "&";
        ReadOnlySpan<char> rest = source.AsSpan(at + 1, Math.Min(LongestName, end - at - 1));
        int length = 0;
        while (length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || (length == 0 && rest[0] == '#'))) length++;
        if (length < 2) return at;
        bool closed = length < rest.Length && rest[length] == ';';
        int behind = at + 1 + length + (closed ? 1 : 0);
        if (rest[0] == '#') return Number(rest[1..length], out value) ? behind : at;
        if (closed && HtmlEntityProvider.Resolver.GetSymbol(source.Substring(at + 1, length + 1)) is { Length: > 0 } symbol)
        {
            value = symbol;
            return behind;
        }
        foreach (string name in WithoutSemicolon)
        {
            if (!rest.StartsWith(name, StringComparison.Ordinal)) continue;
            value = HtmlEntityProvider.Resolver.GetSymbol(name + ";")!;
            return at + 1 + name.Length;
        }
        return at;
    }

    private static bool Number(ReadOnlySpan<char> digits, out string value)
    {
        value = "\uFFFD";
        bool isHex = digits.Length > 0 && digits[0] is 'x' or 'X';
        if (isHex) digits = digits[1..];
        if (digits.IsEmpty) return false;
        foreach (char c in digits)
            if (!(isHex ? char.IsAsciiHexDigit(c) : char.IsAsciiDigit(c))) return false;
        if (!int.TryParse(digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out int code)) return true;
        if (HtmlEntityProvider.IsInCharacterTable(code)) value = HtmlEntityProvider.GetSymbolFromTable(code) ?? "\uFFFD";
        else if (code is > 0 and < 0xD800 or > 0xDFFF and <= 0x10FFFF) value = char.ConvertFromUtf32(code);
        return true;
    }
}
