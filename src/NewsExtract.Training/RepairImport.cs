using System.Globalization;
using System.Text;

namespace NewsExtract.Training;

/// <summary>
/// Makes the tables under <c>models/sources/repair/</c> from published facts: OpenCC's dictionaries, the
/// readings of pinyin-data and a list of surnames. Run once for each new version of the facts; what it writes
/// is committed and can be edited by hand.
/// </summary>
internal static class RepairImport
{
    /// <summary>Reads the folder <c>--data</c> (with <c>tables/opencc</c>, <c>tables/pinyin</c>, <c>names/wainshine</c>) and writes the tables.</summary>
    public static void Run(Arguments arguments, TextWriter output)
    {
        string data = arguments.Required("data"), target = Path.Combine(arguments.Option("sources", "models/sources"), "repair");
        string opencc = Path.Combine(data, "tables", "opencc"), pinyin = Path.Combine(data, "tables", "pinyin");
        Directory.CreateDirectory(target);
        SortedDictionary<string, string[]> standardForms = StandardCharacters(opencc), characters = AllCharacters(opencc, standardForms);
        HashSet<string> standard = Standard(Path.Combine(pinyin, "kTGHZ2013.txt"));
        WriteTable(Path.Combine(target, "script-characters.tsv"),
            "Traditional character, tab, its Simplified forms, likeliest first. Variants of Taiwan and Hong Kong are resolved.\n"
            + "Facts: OpenCC 5249273 (TSCharacters, TWVariants, HKVariants), Apache-2.0.",
            characters.Select(c => $"{c.Key}\t{string.Join(' ', c.Value)}"));
        WriteTable(Path.Combine(target, "script-phrases.tsv"),
            "Traditional phrase, tab, its Simplified form; only phrases that read otherwise than their characters one by one\n"
            + "or that hold a character with several forms.\n"
            + "Facts: OpenCC 5249273 (TSPhrases, TWVariantsRevPhrases, HKVariantsRevPhrases), Apache-2.0.",
            Phrases(opencc, standardForms, characters));
        WriteTable(Path.Combine(target, "standard.txt"),
            "The characters of the Table of General Standard Chinese Characters (2013), 80 a line.\nFacts: pinyin-data 0.15.0 (kTGHZ2013), MIT.",
            standard.Order(StringComparer.Ordinal).Chunk(80).Select(c => string.Concat(c)));
        WriteTable(Path.Combine(target, "simplified-only.txt"),
            "Characters that no Traditional text holds: each is written otherwise there, 80 a line.\nFacts: OpenCC 5249273 (STCharacters), Apache-2.0.",
            SimplifiedOnly(opencc).Chunk(80).Select(c => string.Concat(c)));
        WriteTable(Path.Combine(target, "traditional.tsv"),
            "Simplified character, tab, its commonest Traditional form: to make damaged texts for measuring, not compiled.\nFacts: OpenCC 5249273 (STCharacters), Apache-2.0.",
            Rows(Path.Combine(opencc, "STCharacters.txt"))
                .Select(r => (Simplified: r[0], Traditional: r[1].Split(' ')[0]))
                .Where(r => IsBmpCharacter(r.Simplified) && IsBmpCharacter(r.Traditional) && r.Simplified != r.Traditional)
                .OrderBy(r => r.Simplified, StringComparer.Ordinal)
                .Select(r => $"{r.Simplified}\t{r.Traditional}"));
        WriteTable(Path.Combine(target, "readings.tsv"),
            "Character that differs from its Simplified form, tab, its readings.\nFacts: pinyin-data 0.15.0, MIT.",
            Readings(Path.Combine(pinyin, "pinyin.txt"), characters));
        WriteTable(Path.Combine(target, "compatibility.tsv"),
            "Kangxi radical, radical supplement or compatibility ideograph, tab, the character it stands for.\n"
            + "Facts: OpenCC 5249273 (CJK_Compatibility_Ideographs), Apache-2.0; Unicode Character Database.",
            Compatibility(Path.Combine(opencc, "CJK_Compatibility_Ideographs.txt")));
        WriteTable(Path.Combine(target, "surnames.txt"),
            "Family names of one character, commonest first, 80 a line.\nFacts: Chinese-Names-Corpus 47d4af8, Apache-2.0.",
            Surnames(Directory.GetFiles(Path.Combine(data, "names", "wainshine"), "Chinese_Family_Name*.tsv")[0]).Chunk(80).Select(c => string.Concat(c)));
    }

    private static IEnumerable<string[]> Rows(string path)
    {
        foreach (string line in File.ReadLines(path))
            if (line.Length > 0 && line[0] != '#')
                yield return line.Split('\t');
    }

    private static bool IsBmpCharacter(string s) => s.Length == 1 && !char.IsSurrogate(s[0]);

    private static SortedDictionary<string, string[]> StandardCharacters(string opencc)
    {
        var simplified = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        foreach (string[] row in Rows(Path.Combine(opencc, "TSCharacters.txt")))
        {
            string[] forms = [.. row[1].Split(' ').Where(IsBmpCharacter)];
            if (IsBmpCharacter(row[0]) && forms.Length > 0 && (forms.Length > 1 || forms[0] != row[0])) simplified[row[0]] = forms;
        }
        return simplified;
    }

    private static SortedDictionary<string, string[]> AllCharacters(string opencc, SortedDictionary<string, string[]> standard)
    {
        var simplified = new SortedDictionary<string, string[]>(standard, StringComparer.Ordinal);
        foreach (string file in new[] { "TWVariants.txt", "HKVariants.txt" })
        {
            var reverse = new Dictionary<string, List<string>>();
            foreach (string[] row in Rows(Path.Combine(opencc, file)))
                foreach (string variant in row[1].Split(' '))
                    if (variant != row[0] && IsBmpCharacter(variant) && IsBmpCharacter(row[0]))
                        (reverse.TryGetValue(variant, out List<string>? list) ? list : reverse[variant] = []).Add(row[0]);
            foreach ((string variant, List<string> bases) in reverse)
            {
                // A variant that is a character of its own (著 beside 着) keeps its own form as the second choice.
                IEnumerable<string> forms = bases.SelectMany(b => simplified.TryGetValue(b, out string[]? f) ? f : [b]);
                if (simplified.TryGetValue(variant, out string[]? own)) forms = own.Concat(forms);
                else if (variant == "著") forms = forms.Append(variant);
                else if (IsOwnCharacter(variant)) continue;
                simplified[variant] = [.. forms.Distinct()];
            }
        }
        return simplified;

        // Characters in everyday use in both scripts that variant tables list as another's variant.
        bool IsOwnCharacter(string variant) => "吃峰梁樑才群核稜棱污秘針參只粽痴衹唇煙".Contains(variant, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Phrases(string opencc, SortedDictionary<string, string[]> standardForms, SortedDictionary<string, string[]> characters)
    {
        string One(string text, SortedDictionary<string, string[]> table) => string.Concat(text.EnumerateRunes().Select(r =>
            table.TryGetValue(r.ToString(), out string[]? forms) ? forms[0] : r.ToString()));
        bool Open(string text) => text.EnumerateRunes().Any(r => characters.TryGetValue(r.ToString(), out string[]? forms) && forms.Length > 1);

        var phrases = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] row in Rows(Path.Combine(opencc, "TSPhrases.txt")))
            phrases[row[0]] = row[1].Split(' ')[0];
        var standard = new Dictionary<string, string>(phrases);
        foreach (string file in new[] { "TWVariantsRevPhrases.txt", "HKVariantsRevPhrases.txt" })
            foreach (string[] row in Rows(Path.Combine(opencc, file)))
            {
                string form = row[1].Split(' ')[0];
                phrases.TryAdd(row[0], standard.TryGetValue(form, out string? known) ? known : One(form, standardForms));
            }
        foreach ((string phrase, string form) in phrases)
            if (phrase.Length > 1 && phrase.Length == form.Length && (One(phrase, characters) != form || Open(phrase)))
                yield return $"{phrase}\t{form}";
    }

    private static HashSet<string> Standard(string path) =>
        [.. File.ReadLines(path).Where(l => l.StartsWith("U+", StringComparison.Ordinal)).Select(CodePoint).Where(IsBmpCharacter)];

    private static string CodePoint(string line) =>
        char.ConvertFromUtf32(int.Parse(line.AsSpan(2, line.IndexOf(':') - 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    private static IEnumerable<string> SimplifiedOnly(string opencc) =>
        Rows(Path.Combine(opencc, "STCharacters.txt"))
            .Where(r => IsBmpCharacter(r[0]) && !r[1].Split(' ').Contains(r[0]))
            .Select(r => r[0]).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Readings(string path, SortedDictionary<string, string[]> characters) =>
        File.ReadLines(path).Where(l => l.StartsWith("U+", StringComparison.Ordinal))
            .Select(l => (Character: CodePoint(l), Readings: l[(l.IndexOf(':') + 1)..l.IndexOf('#')].Trim()))
            .Where(r => characters.ContainsKey(r.Character))
            .OrderBy(r => r.Character, StringComparer.Ordinal)
            .Select(r => $"{r.Character}\t{r.Readings}");

    private static IEnumerable<string> Surnames(string path) =>
        File.ReadLines(path).Skip(1).Select(l => l.Split('\t')[0]).Where(IsBmpCharacter).Take(480);

    private static IEnumerable<string> Compatibility(string path)
    {
        const string Kangxi =
            "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨青非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
        const string Supplement = "⺁厂⺇几⺌小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺛旡⺝月⺟母⺠民⺡氵⺢氺⺣灬⺥爫⺧牛⺪疋⺫罒⺬示⺭礻⺮竹⺰纟⺲罒⺳网⺶羊⺸羊⺻聿⺼月⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻋车⻌辶⻍辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻰龙⻱龟⻲亀⻳龟";
        for (int i = 0; i < Supplement.Length; i += 2) yield return $"{Supplement[i]}\t{Supplement[i + 1]}";
        for (int i = 0; i < Kangxi.Length; i++) yield return $"{(char)(0x2F00 + i)}\t{Kangxi[i]}";
        foreach (string[] row in Rows(path))
            if (row.Length > 1 && IsBmpCharacter(row[0]) && IsBmpCharacter(row[1]) && row[0] != row[1])
                yield return $"{row[0]}\t{row[1]}";
    }

    private static void WriteTable(string path, string head, IEnumerable<string> rows)
    {
        var text = new StringBuilder();
        foreach (string line in head.Split('\n')) text.Append("# ").Append(line).Append('\n');
        foreach (string row in rows) text.Append(row).Append('\n');
        File.WriteAllText(path, text.ToString());
    }
}
