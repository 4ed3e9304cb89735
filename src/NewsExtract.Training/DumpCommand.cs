using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Training;

/// <summary>
/// Prints compiled models as text. Of the knowledge there are the views <c>words</c>, <c>terms</c>, <c>places</c> and
/// <c>names</c>; any other section is printed as hexadecimal bytes, 16 a line.
/// </summary>
internal static class DumpCommand
{
    private static readonly (string Name, Func<KnowledgeBase, IEnumerable<string>> Lines)[] Views =
    [
        ("words", Words),
        ("terms", Terms),
        ("places", Places),
        ("names", Names),
    ];

    public static void Run(Arguments arguments, TextWriter output)
    {
        ModelFile file = ModelFile.Load(arguments.Option("model", "models/compiled/knowledge.bin"));
        string? filter = arguments.Option("grep");
        if (arguments.Words.Count == 0)
        {
            foreach (string section in file.Sections) output.WriteLine($"{section}\t{file.Section(section).Length} bytes");
            if (file.Has("lexicon.trie")) output.WriteLine("views: " + string.Join(", ", Views.Select(v => v.Name)));
            return;
        }
        foreach (string section in arguments.Words)
        {
            var view = Array.Find(Views, v => v.Name == section);
            IEnumerable<string> lines = view.Lines is null ? Bytes(file.Section(section)) : view.Lines(KnowledgeBase.Load(file));
            foreach (string line in lines)
            {
                if (filter is null || line.Contains(filter, StringComparison.Ordinal)) output.WriteLine(line);
            }
        }
    }

    private static IEnumerable<string> Words(KnowledgeBase knowledge)
    {
        Lexicon lexicon = knowledge.Lexicon;
        for (int i = 0; i < lexicon.Count; i++)
        {
            if (lexicon.IsGeneralWord(i)) yield return $"{lexicon.Text(i)}\t{lexicon.Frequency(i)}\t{lexicon.CommonFrequency(i)}\t{PartsOfSpeech.Name(lexicon.Tag(i))}";
        }
    }

    private static IEnumerable<string> Terms(KnowledgeBase knowledge)
    {
        Lexicon lexicon = knowledge.Lexicon;
        for (int i = 0; i < lexicon.Count; i++)
        {
            if (!lexicon.Terms(i).IsEmpty) yield return $"{lexicon.Text(i)}\t{lexicon.Terms(i)}";
        }
    }

    private static IEnumerable<string> Places(KnowledgeBase knowledge)
    {
        Gazetteer gazetteer = knowledge.Gazetteer;
        var names = new List<string>[gazetteer.Count];
        for (int entry = 0; entry < knowledge.Lexicon.Count; entry++)
        {
            foreach (int id in knowledge.Lexicon.Places(entry)) (names[id] ??= []).Add(knowledge.Lexicon.Text(entry));
        }
        for (int id = 0; id < gazetteer.Count; id++)
        {
            string successor = gazetteer.Successor(id) < 0 ? "" : gazetteer.Chain(gazetteer.Successor(id));
            yield return $"{id}\t{gazetteer.Chain(id)}\t{gazetteer.Level(id)}\t{gazetteer.Code(id)}\t{gazetteer.Country(id)}\t{gazetteer.FirstYear(id)}-{gazetteer.LastYear(id)}\t{successor}\t{gazetteer.Prominence(id)}\t{string.Join('、', names[id] ?? [])}";
        }
    }

    private static IEnumerable<string> Names(KnowledgeBase knowledge)
    {
        NameStatistics names = knowledge.Names;
        for (char c = '\u4E00'; c <= '\u9FFF'; c++)
        {
            if (names.IsKnown(c)) yield return $"{c}\t{names.Surname(c)}\t{names.First(c)}\t{names.Second(c)}\t{names.Single(c)}\t{names.Transliteration(c)}\t{names.JapaneseGiven(c)}";
        }
    }

    private static IEnumerable<string> Bytes(ReadOnlyMemory<byte> section)
    {
        for (int i = 0; i < section.Length; i += 16) yield return $"{i:x8}  {Convert.ToHexStringLower(section.Span[i..Math.Min(i + 16, section.Length)])}";
    }
}
