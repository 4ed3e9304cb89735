using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>Whether a stretch between separators can be the name of somebody who made the article.</summary>
internal static class CreditNames
{
    private const int LongestPlain = 6;
    private const int LongestDotted = 16;
    /// <summary>Odds that a common word or a place must pass to be taken for a name: 杨柳, but not 安徽.</summary>
    private const int CommonWord = 150;

    /// <summary>The last character of offices, outlets and the like, hardly ever of a name.</summary>
    private const string OfficeEnds = "处科局办部室组台网报社厅院委司厂校所站会系";
    private static readonly TermSet Outlets = TermSet.Of(TermClass.OutletSuffix);
    private static readonly TermSet Words = TermSet.Of(TermClass.CreditRole, TermClass.MetaLabel, TermClass.FurnitureMarker, TermClass.RelatedMarker, TermClass.OutletSuffix);

    /// <summary>Whether a role in front of the token, or an office beside it, makes it a name: any short run of Chinese characters will do.</summary>
    internal static bool IsNameInRole(ReadOnlySpan<char> text, TermIndex terms, int start, int end)
    {
        ReadOnlySpan<char> token = text[start..end];
        if (!IsHan(token, out bool isDotted)) return false;
        if (isDotted) return token.Length is >= 3 and <= LongestDotted;
        if (token.Length is < 2 or > LongestPlain || IsOffice(token)) return false;
        if (token.StartsWith("本报") || (terms.TryEnd(end, Outlets, out LexiconHit outlet) && outlet.Start > start && outlet.Length > 1)) return false;
        if (token.EndsWith("报道") || token.EndsWith("报导") || token.EndsWith("提供") || token.EndsWith("单位")) return false;
        return !(terms.TryStart(start, Words, out LexiconHit hit) && hit.End >= end);
    }

    /// <summary>Whether the token looks like a name by itself: surname and one or two characters, and no common word or place
    /// unless it is very much like a name.</summary>
    internal static bool IsNameAlone(ReadOnlySpan<char> text, TermIndex terms, NameStatistics names, int start, int end)
    {
        if (!IsNameInRole(text, terms, start, end)) return false;
        ReadOnlySpan<char> token = text[start..end];
        if (token.Contains('·')) return true;
        Lexicon lexicon = terms.Lexicon;
        int entry = lexicon.Find(token);
        if (token.Length <= 3) return Weight(token, names) > (entry < 0 ? 0 : CommonWord);
        return token.Length <= 5 && entry < 0 && LooksForeign(token, names);
    }

    /// <summary>
    /// Whether four characters are two names whose space was lost (<c>韦庆嵇凯</c>): each pair a surname and a given name of its own.
    /// </summary>
    internal static bool AreTwoNames(ReadOnlySpan<char> token, NameStatistics names) =>
        token.Length == 4 && names.Surname(token[0]) > CommonWord && names.Surname(token[2]) > CommonWord && names.Surname(token[1]) < CommonWord
        && Weight(token[..2], names) > 0 && Weight(token[2..], names) > 0;

    // Odds of surname and given name, in hundredths; one character without statistics does not decide.
    private static int Weight(ReadOnlySpan<char> token, NameStatistics names)
    {
        int surname = Math.Max(names.Surname(token[0]), -300);
        return token.Length == 2 ? surname + Math.Max(names.Single(token[1]), -200) : surname + Math.Max(names.First(token[1]), -200) + Math.Max(names.Second(token[2]), -200);
    }

    /// <summary>Whether the token names an office or outlet (<c>市外侨办欧非科</c>, <c>龙南市融媒体中心</c>).</summary>
    internal static bool IsOffice(ReadOnlySpan<char> token) => token.Length >= 3 && (OfficeEnds.Contains(token[^1]) || token.EndsWith("中心") || token.EndsWith("大学") || token.EndsWith("工商联"));

    // Names of other peoples are written with characters of transliteration: 其木格, 格桑梅朵.
    private static bool LooksForeign(ReadOnlySpan<char> token, NameStatistics names)
    {
        int weight = 0;
        foreach (char c in token) weight += names.Transliteration(c);
        return weight > 0;
    }

    private static bool IsHan(ReadOnlySpan<char> token, out bool isDotted)
    {
        isDotted = false;
        foreach (char c in token)
        {
            if (c == '·') isDotted = true;
            else if (!(c >= '\u4e00' && c <= '\u9fff') && !char.IsSurrogate(c) && !(c >= '\u3400' && c <= '\u4dbf') && c != '〇') return false;
        }
        return token.Length > 0 && token[0] != '·' && token[^1] != '·';
    }
}
