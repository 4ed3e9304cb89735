using System.Buffers;

namespace NewsExtract.Reading;

/// <summary>Halves of surrogate pairs that stand alone: no UTF-8 can carry them.</summary>
internal static class LoneSurrogates
{
    private static readonly SearchValues<char> Surrogates = SearchValues.Create(Enumerable.Range(0xD800, 0x800).Select(code => (char)code).ToArray());

    /// <summary>The text with U+FFFD for each lone half, unit for unit; the text itself where there is none.</summary>
    public static string Replace(string text, out int first)
    {
        first = -1;
        char[]? changed = null;
        for (int at = 0; at < text.Length; at++)
        {
            int next = text.AsSpan(at).IndexOfAny(Surrogates);
            if (next < 0) break;
            at += next;
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                at++;
                continue;
            }
            if (first < 0) first = at;
            changed ??= text.ToCharArray();
            changed[at] = '\uFFFD';
        }
        return changed is null ? text : new string(changed);
    }
}
