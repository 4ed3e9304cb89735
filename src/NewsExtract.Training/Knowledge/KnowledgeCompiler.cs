using System.Runtime.InteropServices;
using System.Text;
using NewsExtract.Modeling;

namespace NewsExtract.Training.Knowledge;

/// <summary>Makes <c>knowledge.bin</c> of the tables. The sections are those that <see cref="KnowledgeBase"/> reads.</summary>
internal static class KnowledgeCompiler
{
    public static byte[] Compile(string sources, Faults faults)
    {
        var words = new WordTable();
        LexiconSource.Read(sources, words, faults);
        TermSource.Read(sources, words, faults);
        PlaceTable places = GazetteerSource.Read(sources, faults);
        places.AddNames(words);

        var sections = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        (string[] texts, WordTable.Word[] entries) = words.InOrder();
        AddWords(sections, texts, entries);
        AddPlaces(sections, texts, places);
        NameSource.Compile(sources, sections, faults);
        return ModelFile.Write(sections);
    }

    private static void AddWords(Dictionary<string, byte[]> sections, string[] texts, WordTable.Word[] entries)
    {
        int[] order = [.. Enumerable.Range(0, texts.Length).OrderBy(i => texts[i], StringComparer.Ordinal)];
        (ulong[] nodes, char[] alphabet) = WordTrieBuilder.Build(Array.ConvertAll(order, i => texts[i]), order);
        Add<ulong>(sections, "lexicon.trie", nodes);
        Add<char>(sections, "lexicon.alphabet", alphabet);
        Add<char>(sections, "lexicon.text", string.Concat(texts).AsSpan());
        Add<int>(sections, "lexicon.lengths", [.. texts.GroupBy(t => t.Length).SelectMany(g => new[] { g.Key, g.Count() })]);
        Add<int>(sections, "lexicon.frequency", Array.ConvertAll(entries, e => e.Frequency));
        Add<byte>(sections, "lexicon.common", Array.ConvertAll(entries, e => e.CommonShare));
        Add<byte>(sections, "lexicon.tag", Array.ConvertAll(entries, e => (byte)e.Tag));
        Add<byte>(sections, "lexicon.marks", Array.ConvertAll(entries, e => (byte)e.Marks));

        var sets = new List<TermSet> { default };
        var numbers = new Dictionary<TermSet, ushort> { [default] = 0 };
        var terms = new ushort[entries.Length];
        var single = new int[entries.Length];
        var lists = new List<int>();
        for (int i = 0; i < entries.Length; i++)
        {
            TermSet set = entries[i].Terms;
            if (!numbers.TryGetValue(set, out terms[i]))
            {
                numbers.Add(set, terms[i] = (ushort)sets.Count);
                sets.Add(set);
            }
            List<int> places = entries[i].Places;
            single[i] = places.Count switch { 0 => -1, 1 => places[0], _ => -2 - lists.Count };
            if (places.Count < 2) continue;
            lists.Add(places.Count);
            lists.AddRange(places);
        }
        Add<ushort>(sections, "lexicon.terms", terms);
        Add<ulong>(sections, "lexicon.termsets", [.. sets.SelectMany(s => new[] { s.Low, s.High })]);
        Add<int>(sections, "lexicon.place", single);
        Add<int>(sections, "lexicon.places", CollectionsMarshal.AsSpan(lists));
    }

    private static void AddPlaces(Dictionary<string, byte[]> sections, string[] texts, PlaceTable table)
    {
        var entryOf = new Dictionary<string, int>(texts.Length, StringComparer.Ordinal);
        for (int i = 0; i < texts.Length; i++) entryOf.Add(texts[i], i);
        Place[] places = [.. table.Places];
        Add<int>(sections, "gazetteer.name", Array.ConvertAll(places, p => entryOf[p.Name]));
        Add<int>(sections, "gazetteer.code", Array.ConvertAll(places, p => p.Code));
        Add<int>(sections, "gazetteer.parent", Array.ConvertAll(places, p => p.Parent));
        Add<byte>(sections, "gazetteer.level", Array.ConvertAll(places, p => (byte)p.Level));
        Add<ushort>(sections, "gazetteer.country", Array.ConvertAll(places, p => (ushort)((p.Country[0] << 8) | p.Country[1])));
        Add<ushort>(sections, "gazetteer.firstyear", Array.ConvertAll(places, p => (ushort)p.FirstYear));
        Add<ushort>(sections, "gazetteer.lastyear", Array.ConvertAll(places, p => (ushort)p.LastYear));
        Add<int>(sections, "gazetteer.successor", Array.ConvertAll(places, p => p.Successor));
        Add<ushort>(sections, "gazetteer.prominence", Array.ConvertAll(places, p => (ushort)p.Prominence));
    }

    internal static void Add<T>(Dictionary<string, byte[]> sections, string name, ReadOnlySpan<T> values) where T : unmanaged =>
        sections.Add(name, ModelFile.Bytes(values));

    internal static void Add(Dictionary<string, byte[]> sections, string name, string text) => sections.Add(name, Encoding.UTF8.GetBytes(text));
}
