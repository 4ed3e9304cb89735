using System.Text;

namespace NewsExtract.Reading.Html;

/// <summary>The charset that a page declares in its head.</summary>
internal static class DeclaredCharset
{
    /// <summary>The label behind the first <c>charset=</c> of the page's beginning, or null.</summary>
    public static string? Find(ReadOnlySpan<byte> head)
    {
        for (int at = 0; at + 8 < head.Length; at++)
        {
            int next = head[at..].IndexOfAny((byte)'c', (byte)'C');
            if (next < 0) return null;
            at += next;
            if (at + 8 >= head.Length || !Ascii.EqualsIgnoreCase(head.Slice(at, 7), "charset"u8)) continue;
            int value = at + 7;
            while (value < head.Length && head[value] is (byte)' ' or (byte)'\t') value++;
            if (value >= head.Length || head[value] != '=') continue;
            value++;
            while (value < head.Length && head[value] is (byte)' ' or (byte)'"' or (byte)'\'') value++;
            int end = value;
            while (end < head.Length && end - value < 24 && (char.IsAsciiLetterOrDigit((char)head[end]) || head[end] is (byte)'-' or (byte)'_')) end++;
            if (end > value) return Encoding.ASCII.GetString(head[value..end]);
        }
        return null;
    }
}
