using NewsExtract.Modeling;

namespace NewsExtract.Repair;

/// <summary>Which script a text is in.</summary>
public enum ScriptKind : byte
{
    /// <summary>Simplified (<c>hans</c>), also where nothing tells.</summary>
    Simplified,
    /// <summary>Traditional (<c>hant</c>).</summary>
    Traditional,
    /// <summary>Stretches of both (<c>mixed</c>).</summary>
    Mixed,
}

/// <summary>Traditional to Simplified: single characters, phrases, and the characters that leave a choice. Immutable.</summary>
internal sealed class ScriptTable
{
    private readonly char[] _simplified = new char[65536];
    private readonly char[]?[] _choices = new char[]?[65536];
    private readonly Dictionary<char, List<(string Phrase, string Form, int At)>> _phrases = [];
    private readonly bool[] _standard = new bool[65536];
    private readonly bool[] _simplifiedOnly = new bool[65536];

    /// <summary>Reads the sections <c>script.*</c>.</summary>
    public ScriptTable(ModelFile file)
    {
        for (int i = 0; i < 65536; i++) _simplified[i] = (char)i;
        foreach (char c in file.Array<char>("script.standard")) _standard[c] = true;
        foreach (char c in file.Array<char>("script.simplified-only")) _simplifiedOnly[c] = true;
        char[] pairs = file.Array<char>("script.characters");
        var seen = new bool[65536];
        for (int i = 0; i + 1 < pairs.Length; i += 2)
        {
            char from = pairs[i], to = pairs[i + 1];
            if (!seen[from])
            {
                seen[from] = true;
                _simplified[from] = to;
                // What the standard knows as a character of its own stays where the line is Simplified.
                continue;
            }
            _choices[from] = [.. _choices[from] ?? [_simplified[from]], to];
        }
        string[] phrases = file.Text("script.phrases").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var open = new HashSet<char>();
        for (int c = 0; c < 65536; c++) if (_choices[c] is not null) open.Add((char)c);
        foreach (string both in phrases)
            for (int i = 0, half = both.Length / 2; i < half; i++)
                if (_simplified[both[i]] != both[half + i]) open.Add(both[i]);
        foreach (string both in phrases)
            for (int i = 0, half = both.Length / 2; i < half; i++)
                if (open.Contains(both[i]))
                    (_phrases.TryGetValue(both[i], out var list) ? list : _phrases[both[i]] = []).Add((both[..half], both[half..], i));
        foreach (var list in _phrases.Values) list.Sort((a, b) => b.Phrase.Length.CompareTo(a.Phrase.Length));
    }

    /// <summary>For each UTF-16 unit its Simplified form where nothing around it says otherwise.</summary>
    public ReadOnlySpan<char> Simplified => _simplified;

    /// <summary>For each UTF-16 unit the character that models count it as: the Simplified form of what only Traditional text holds, else itself.</summary>
    public char[] Folding()
    {
        char[] folding = [.. _simplified];
        for (int c = 0; c < folding.Length; c++)
            if (!IsTraditionalOnly((char)c)) folding[c] = (char)c;
        return folding;
    }

    /// <summary>Whether only Simplified text holds the character.</summary>
    public bool IsSimplifiedOnly(char c) => _simplifiedOnly[c];

    /// <summary>Whether only Traditional text holds the character.</summary>
    public bool IsTraditionalOnly(char c) => _simplified[c] != c && !_standard[c];

    /// <summary>Whether what becomes of the character depends on what stands around it, or on the line's script.</summary>
    public bool NeedsContext(char c) => _choices[c] is not null || _phrases.ContainsKey(c) || (_simplified[c] != c && _standard[c]);

    /// <summary>Whether Simplified text may hold the character as well.</summary>
    public bool IsStandard(char c) => _standard[c];

    /// <summary>The forms of a character that has several, likeliest first; else null.</summary>
    public char[]? Choices(char c) => _choices[c];

    /// <summary>The form that the longest phrase around <paramref name="at"/> gives the character there, or NUL.</summary>
    public char ByPhrase(ReadOnlySpan<char> text, int at)
    {
        if (!_phrases.TryGetValue(text[at], out var phrases)) return '\0';
        foreach ((string phrase, string form, int offset) in phrases)
        {
            int start = at - offset;
            if (start >= 0 && start + phrase.Length <= text.Length && text.Slice(start, phrase.Length).SequenceEqual(phrase)) return form[offset];
        }
        return '\0';
    }
}
