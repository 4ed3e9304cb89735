using System.Globalization;
using System.Text;
using NewsExtract.Text;

namespace NewsExtract.Modeling;

/// <summary>A word of a user dictionary.</summary>
/// <param name="Text">The word.</param>
/// <param name="Frequency">On the scale of the general lexicon, at least 1.</param>
/// <param name="Tag">Part of speech, or <see cref="PartOfSpeech.None"/>.</param>
public readonly record struct UserWord(string Text, int Frequency, PartOfSpeech Tag);

/// <summary>
/// Reads dictionaries in jieba's format: one word a line, then, each after a space and each optional, its frequency
/// and its tag (<c>云计算 5 n</c>, <c>韩玉鉴赏 nz</c>, <c>石墨烯</c>). UTF-8, with or without BOM; empty lines are skipped.
/// </summary>
public static class UserDictionary
{
    /// <summary>The frequency of a word that comes without one: enough to be preferred to its parts.</summary>
    public const int DefaultFrequency = 1000;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelException">The file can't be read, or a line is no entry: the message names each as <c>file:line</c>.</exception>
    public static IReadOnlyList<UserWord> Read(string path)
    {
        try
        {
            return Parse(path, File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new ModelException($"{path}: the user dictionary can't be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a dictionary's text.</summary>
    /// <param name="name">The name that faults are reported under.</param>
    /// <param name="text">The lines.</param>
    /// <exception cref="ModelException">A line is no entry: the message names each as <c>name:line</c>.</exception>
    public static IReadOnlyList<UserWord> Parse(string name, string text)
    {
        var words = new List<UserWord>();
        var faults = new List<string>();
        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0) continue;
            string[] fields = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            string? fault = Parse(fields, words);
            if (fault != null) faults.Add($"{name}:{i + 1}: {fault}");
        }
        return faults.Count == 0 ? words : throw new ModelException(string.Join('\n', faults));
    }

    private static string? Parse(string[] fields, List<UserWord> words)
    {
        int frequency = DefaultFrequency;
        var tag = PartOfSpeech.None;
        int at = 1;
        if (fields[0].Contains('\0')) return "the word holds U+0000";
        if (at < fields.Length && char.IsAsciiDigit(fields[at][0]))
        {
            if (!int.TryParse(fields[at], NumberStyles.None, CultureInfo.InvariantCulture, out frequency) || frequency < 1)
                return $"{fields[at]} is no frequency: a whole number from 1 is expected";
            at++;
        }
        if (at < fields.Length && !PartsOfSpeech.TryParse(fields[at++], out tag)) return $"{fields[at - 1]} is no part-of-speech tag";
        if (at < fields.Length) return $"{fields[at]} is too much: a line is a word, its frequency and its tag";
        words.Add(new UserWord(fields[0], frequency, tag));
        return null;
    }
}
