using System.Globalization;

namespace NewsExtract.Training.Import;

/// <summary>
/// Makes <c>names/characters.tsv</c> and <c>names/japanese-surnames.tsv</c>: how much likelier a character is in a position of a
/// name than in running text. Counts come from HanLP's role table of names in news (<c>lex/hanlp1x/person</c>), the names in HanLP's
/// dictionary, transliterated names of HanLP and ansj, and the lists of surnames and Japanese names in <c>names/wainshine</c>;
/// running text is what jieba's dictionary says of words and their frequency.
/// </summary>
internal static class NameImport
{
    private const double Smoothing = 0.5;
    private const int LeastCount = 3;

    /// <summary>Counts of characters in one position.</summary>
    private sealed class Counts
    {
        private readonly double[] _counts = new double[char.MaxValue + 1];

        public double Total { get; private set; }
        public double this[char c] => _counts[c];

        public void Add(char c, double count)
        {
            _counts[c] += count;
            Total += count;
        }

        /// <summary>Logarithm of the odds against the background, in hundredths; null where there is too little to go by.</summary>
        public int? Weight(char c, Counts background)
        {
            if (_counts[c] < LeastCount) return null;
            double inside = (_counts[c] + Smoothing) / (Total + 5000 * Smoothing);
            double outside = (background[c] + 20) / (background.Total + 5000 * 20);
            return (int)Math.Round(100 * Math.Log(inside / outside), MidpointRounding.AwayFromZero);
        }
    }

    public static void Run(Arguments arguments, TextWriter output)
    {
        string data = arguments.Required("data");
        string folder = Path.Combine(arguments.Option("sources", "models/sources"), "names");
        var toSimplified = new Dictionary<char, char>();
        ReadPairs(Path.Combine(data, "tables", "opencc", "TSCharacters.txt"), toSimplified);
        var toTraditional = new Dictionary<char, char>();
        ReadPairs(Path.Combine(data, "tables", "opencc", "JPShinjitaiCharacters.txt"), toTraditional);

        Counts background = new(), surname = new(), first = new(), second = new(), single = new(), foreign = new(), japanese = new();
        ReadJieba(Path.Combine(data, "lex", "jieba", "dict.txt"), background);
        ReadSurnames(Path.Combine(data, "names", "wainshine", "Chinese_Family_Name（1k）.tsv"), surname);
        ReadRoles(Path.Combine(data, "lex", "hanlp1x", "person", "nr.txt"), surname, first, second, single);
        foreach (string name in FullNames(data)) CountName(name, surname, first, second, single);
        foreach (string name in File.ReadLines(Path.Combine(data, "lex", "hanlp1x", "person", "nrf.txt")).Concat(File.ReadLines(Path.Combine(data, "lex", "ansj", "person", "foreign.txt"))))
        {
            foreach (char c in name.Trim())
            {
                if (IsHan(c)) foreign.Add(c, 1);
            }
        }
        var surnames = new SortedSet<string>(StringComparer.Ordinal);
        ReadJapanese(Path.Combine(data, "names", "wainshine"), Simplify, japanese, surnames);

        var rows = new List<string>();
        for (char c = '\u4E00'; c <= '\u9FFF'; c++)
        {
            int?[] weights = [.. ((Counts[])[surname, first, second, single, foreign, japanese]).Select(counts => counts.Weight(c, background))];
            if (weights.Any(w => w != null)) rows.Add($"{c}\t{string.Join('\t', weights.Select(w => w?.ToString() ?? "-"))}");
        }
        SourceTable.Write(Path.Combine(folder, "characters.tsv"),
        [
            "Weights of characters in names: logarithms of odds against running text, in hundredths. Made by the command import-names.",
            "Origin: HanLP 1.x name tables (state of 2024-12-28, Apache-2.0), jieba 0.42 dictionary (MIT), ansj_seg (state of 2023-10-14, Apache-2.0), wainshine/Chinese-Names-Corpus (state of 2025-11-09, Apache-2.0).",
            "Columns: character; weights as surname, first and second of two given-name characters, single given name, in a transliterated name, in a Japanese given name; - where unseen.",
        ], rows);
        SourceTable.Write(Path.Combine(folder, "japanese-surnames.tsv"),
        [
            "Japanese surnames in Simplified characters. Made by the command import-names.",
            "Origin: wainshine/Chinese-Names-Corpus (state of 2025-11-09), Apache-2.0.",
            "Columns: surname.",
        ], surnames);
        output.WriteLine($"characters.tsv\t{rows.Count} rows\njapanese-surnames.tsv\t{surnames.Count} rows");

        string Simplify(string text) => string.Concat(text.Select(c =>
        {
            char traditional = toTraditional.GetValueOrDefault(c, c);
            return toSimplified.GetValueOrDefault(traditional, traditional);
        }));
    }

    private static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF';

    private static void ReadPairs(string path, Dictionary<char, char> pairs)
    {
        foreach (string line in File.ReadLines(path))
        {
            string[] fields = line.Split('\t');
            if (fields.Length == 2 && fields[0].Length == 1 && fields[1].Length > 0) pairs.TryAdd(fields[0][0], fields[1][0]);
        }
    }

    private static void ReadJieba(string path, Counts background)
    {
        foreach (string line in File.ReadLines(path))
        {
            string[] fields = line.Split(' ');
            if (fields.Length != 3) continue;
            double count = double.Parse(fields[1]);
            foreach (char c in fields[0]) background.Add(c, count);
        }
    }

    // The list counts per hundred thousand people or so; HanLP's table counts occurrences in news: both weigh alike.
    private static void ReadSurnames(string path, Counts surname)
    {
        foreach (string line in File.ReadLines(path))
        {
            string[] fields = line.Split('\t');
            if (fields.Length == 2 && fields[0].Length == 1 && double.TryParse(fields[1], CultureInfo.InvariantCulture, out double count) && count > 5) surname.Add(fields[0][0], count * 3);
        }
    }

    // Roles: B surname, C and D first and second given-name character, E single given name.
    private static void ReadRoles(string path, Counts surname, Counts first, Counts second, Counts single)
    {
        foreach (string line in File.ReadLines(path))
        {
            string[] fields = line.Split(' ');
            if (fields[0].Length != 1) continue;
            for (int i = 1; i + 1 < fields.Length; i += 2)
            {
                Counts? role = fields[i] switch { "B" => surname, "C" => first, "D" => second, "E" => single, _ => null };
                // Few people make most occurrences: the square root keeps them from hiding the others.
                role?.Add(fields[0][0], Math.Sqrt(double.Parse(fields[i + 1])) * (role == surname ? 0 : 4));
                if (role == surname) surname.Add(fields[0][0], double.Parse(fields[i + 1]));
            }
        }
    }

    private static IEnumerable<string> FullNames(string data) =>
        File.ReadLines(Path.Combine(data, "lex", "hanlp1x", "custom", "人名词典.txt"))
            .Select(l => l.Split(' ')).Where(f => f.Length > 1 && f[1] == "nr").Select(f => f[0])
            .Where(n => n.Length is 2 or 3 && n.All(IsHan)).Distinct(StringComparer.Ordinal);

    private static void CountName(string name, Counts surname, Counts first, Counts second, Counts single)
    {
        if (surname[name[0]] < 100) return; // not built like a Chinese name
        if (name.Length == 3)
        {
            first.Add(name[1], 1);
            second.Add(name[2], 1);
        }
        else
        {
            single.Add(name[1], 1);
        }
    }

    private static void ReadJapanese(string folder, Func<string, string> simplify, Counts given, SortedSet<string> surnames)
    {
        foreach (string line in File.ReadLines(Path.Combine(folder, "Japanese_Names_Corpus（1W）.0.tsv")).Skip(1))
        {
            string[] fields = line.Split('\t');
            if (fields.Length > 1 && fields[1].Length is > 0 and < 4 && fields[1].All(IsHan)) surnames.Add(simplify(fields[1]));
        }
        foreach (string line in File.ReadLines(Path.Combine(folder, "Japanese_Names_Corpus（1W）.1.tsv")).Skip(1))
        {
            string[] fields = line.Split('\t');
            if (fields.Length < 4) continue;
            foreach (char c in simplify(fields[3]))
            {
                if (IsHan(c)) given.Add(c, 1);
            }
        }
    }
}
