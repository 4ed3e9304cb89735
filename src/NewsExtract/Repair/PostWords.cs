using NewsExtract.Modeling;

namespace NewsExtract.Repair;

/// <summary>The words that end a post, such as <c>副县长</c> or <c>书记</c>: a name follows them. Immutable.</summary>
internal sealed class PostWords
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly int _longest;
    private readonly ScriptTable _script;

    /// <summary>Reads the section <c>posts</c>.</summary>
    public PostWords(ModelFile file, ScriptTable script)
    {
        HashSet<string> words = [.. file.Text("posts").Split('\n')];
        (_words, _longest, _script) = (words.GetAlternateLookup<ReadOnlySpan<char>>(), words.Max(w => w.Length), script);
    }

    /// <summary>Whether a text ends with such a word, in either script.</summary>
    public bool EndsWithPost(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> end = text[Math.Max(0, text.Length - _longest)..];
        Span<char> simplified = stackalloc char[end.Length];
        for (int i = 0; i < end.Length; i++) simplified[i] = _script.Simplified[end[i]];
        for (int length = 2; length <= simplified.Length; length++)
            if (_words.Contains(simplified[^length..])) return true;
        return false;
    }
}
