using NewsExtract.Text;

namespace NewsExtract.Modeling;

/// <summary>The tags of the dictionaries in use, brought to <see cref="PartOfSpeech"/>.</summary>
public static class PartsOfSpeech
{
    private static readonly PartOfSpeech[] All = Enum.GetValues<PartOfSpeech>();
    private static readonly string[] Names = [.. All.Select(tag => tag == PartOfSpeech.None ? "" : tag.ToString().ToLowerInvariant())];

    /// <summary>The tag as written: <c>nr</c>, <c>v</c>; empty for <see cref="PartOfSpeech.None"/>.</summary>
    public static string Name(PartOfSpeech tag) => Names[(int)tag];

    /// <summary>
    /// Reads a tag. One with finer letters counts as the longest tag that begins it: <c>nrfg</c> is <c>nr</c>, <c>uj</c> is <c>u</c>;
    /// <c>eng</c> and HanLP's <c>gb</c>, <c>gi</c> … (terms of a field) are <c>nx</c> and <c>n</c>.
    /// </summary>
    /// <returns>False for what no dictionary calls a tag.</returns>
    public static bool TryParse(ReadOnlySpan<char> name, out PartOfSpeech tag)
    {
        tag = PartOfSpeech.None;
        if (name.IsEmpty || name.Length > 5) return false;
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c)) return false;
        }
        if (name.SequenceEqual("eng"))
        {
            tag = PartOfSpeech.Nx;
            return true;
        }
        if (name[0] == 'g' && name.Length > 1)
        {
            tag = PartOfSpeech.N;
            return true;
        }
        for (int length = Math.Min(2, name.Length); length > 0; length--)
        {
            int at = Array.IndexOf(Names, name[..length].ToString());
            if (at <= 0) continue;
            tag = All[at];
            return true;
        }
        return false;
    }
}
