using System.Text.Json;
using NewsExtract.Modeling;
using NewsExtract.Segmentation;
using NewsExtract.Text;

namespace NewsExtract.Training.Jieba;

/// <summary>
/// The command <c>compare-jieba</c>: cuts texts as jieba did and counts the texts for which all words are the same. The
/// file has an object a line: <c>mode</c>, <c>text</c>, <c>words</c> (in mode <c>tag-hmm</c> as word/tag); <c>tests/oracles/jieba.mjs</c> makes it.
/// </summary>
internal static class JiebaComparison
{
    public static void Run(Arguments arguments, TextWriter output)
    {
        var segmenter = new JiebaSegmenter(ModelFile.Load(arguments.Option("model", "models/compiled/jieba.bin")));
        int shown = arguments.Number("errors", 10);
        var scratch = new JiebaScratch();
        var counts = new SortedDictionary<string, (int Same, int All)>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(arguments.Words.Count == 1 ? arguments.Words[0] : throw new UsageException("Give one file.")))
        {
            (string mode, string text, string[] expected) = Read(line);
            string[] words = Cut(segmenter, scratch, mode, text);
            bool same = words.AsSpan().SequenceEqual(expected);
            (int right, int all) = counts.GetValueOrDefault(mode);
            counts[mode] = (right + (same ? 1 : 0), all + 1);
            if (!same && shown-- > 0) output.WriteLine($"{mode}: {text}\n  jieba {string.Join('|', expected)}\n  here  {string.Join('|', words)}");
        }
        foreach ((string mode, (int same, int all)) in counts) output.WriteLine(FormattableString.Invariant($"{mode}\t{same} of {all} texts the same\t{100.0 * same / all:F4} %"));
    }

    /// <summary>Reads a line of the file.</summary>
    public static (string Mode, string Text, string[] Words) Read(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        JsonElement root = json.RootElement;
        return (root.GetProperty("mode").GetString()!, root.GetProperty("text").GetString()!, [.. root.GetProperty("words").EnumerateArray().Select(w => w.GetString()!)]);
    }

    /// <summary>Cuts a text in a mode of the file.</summary>
    public static string[] Cut(JiebaSegmenter segmenter, JiebaScratch scratch, string mode, string text)
    {
        JiebaMode jiebaMode = mode switch
        {
            "full" => JiebaMode.Full,
            "search-hmm" => JiebaMode.Search,
            _ => JiebaMode.Accurate,
        };
        segmenter.Cut(text, jiebaMode, mode.EndsWith("-hmm", StringComparison.Ordinal), scratch);
        var words = new List<string>(scratch.Count);
        foreach (Token token in scratch.Tokens)
        {
            string word = text.Substring(token.Start, token.Length);
            words.Add(mode == "tag-hmm" ? $"{word}/{segmenter.Tag(word)}" : word);
        }
        return [.. words];
    }
}
