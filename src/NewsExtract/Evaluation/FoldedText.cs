using System.Text;
using NewsExtract.Text;

namespace NewsExtract.Evaluation;

/// <summary>
/// A text as <see cref="Matching.Normalize"/> sees it, with the place of every character, so that labels can be found whatever the
/// width of their letters and the spaces within them. A line's end stays, so that nothing is found across it.
/// </summary>
internal sealed class FoldedText
{
    private readonly string _text;
    private readonly string _folded;
    private readonly List<int> _places = [];

    public FoldedText(string text)
    {
        _text = text;
        var builder = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '\n')
            {
                builder.Append(c);
                _places.Add(i);
                continue;
            }
            // Code point by code point: marks that would compose across two are not to be found in news.
            string form = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
                ? Matching.Normalize(text.Substring(i, 2)) : Matching.Normalize(c.ToString());
            foreach (char unit in form)
            {
                builder.Append(unit);
                _places.Add(i);
            }
            if (char.IsHighSurrogate(c) && form.Length > 0 && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
        }
        _folded = builder.ToString();
    }

    /// <summary>Every occurrence of <paramref name="value"/>, from the left, without overlap; the span's units are the text's.</summary>
    public IEnumerable<TextSpan> FindAll(string value)
    {
        string wanted = Matching.Normalize(value);
        if (wanted.Length == 0) yield break;
        for (int at = _folded.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = _folded.IndexOf(wanted, at + wanted.Length, StringComparison.Ordinal))
        {
            int last = _places[at + wanted.Length - 1];
            int end = last + (char.IsHighSurrogate(_text[last]) && last + 1 < _text.Length ? 2 : 1);
            yield return new TextSpan(_places[at], end);
        }
    }

    /// <summary>Whether <paramref name="value"/> occurs.</summary>
    public bool Contains(string value) => _folded.Contains(Matching.Normalize(value), StringComparison.Ordinal);

    /// <summary>Whether a digit within the span continues in one outside it.</summary>
    public bool CutsNumber(TextSpan span) => IsNumberAt(span.Start) && IsNumberAt(span.Start - 1) || IsNumberAt(span.End - 1) && IsNumberAt(span.End);

    private bool IsNumberAt(int offset)
    {
        if (offset < 0 || offset >= _text.Length) return false;
        char c = _text[offset];
        return c is (>= '0' and <= '9') or (>= '０' and <= '９') or '十' || Numeral.HanDigit(c) >= 0;
    }
}
