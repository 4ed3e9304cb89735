using NewsExtract.Modeling;
using NewsExtract.Segmentation;
using NewsExtract.Text;

namespace NewsExtract.Training.Sequence;

/// <summary>Counts tags of words and of neighbours, and makes the <c>tagger</c> sections of <c>sequence.bin</c> (see <see cref="WordTagger"/>).</summary>
internal sealed class TaggerTraining
{
    private readonly int _tags = WordTagger.Tags;
    private readonly Lexicon? _lexicon;
    private readonly UnitReader _units;
    private readonly Dictionary<string, int[]> _words = new(StringComparer.Ordinal);
    private readonly int[,] _pairs;
    private readonly int[] _single;

    // Equal sets are kept once.
    private readonly Dictionary<string, ushort> _setNumbers = new(StringComparer.Ordinal);
    private readonly List<short> _setValues = [];

    public TaggerTraining(Lexicon? lexicon, UnitReader units)
    {
        _lexicon = lexicon;
        _units = units;
        _pairs = new int[_tags, _tags];
        _single = new int[_tags];
    }

    /// <summary>Counts a paragraph.</summary>
    public void Add(PfrParagraph paragraph)
    {
        int previous = (int)PartOfSpeech.W;
        for (int i = 0; i < paragraph.Words.Length; i++)
        {
            GoldWord word = paragraph.Words[i];
            int tag = (int)TagOf(word, paragraph.Tags[i]);
            _pairs[previous, tag]++;
            _single[tag]++;
            previous = tag;
            if (word.Kind != WordKind.Ordinary) continue;
            string text = paragraph.Text[word.Start..word.End];
            if (!_words.TryGetValue(text, out int[]? counts)) _words.Add(text, counts = new int[_tags]);
            counts[tag]++;
        }
    }

    /// <summary>The tag of a reference word: a name's is its kind's.</summary>
    public static PartOfSpeech TagOf(GoldWord word, string tag) => word.Kind switch
    {
        WordKind.Person => PartOfSpeech.Nr,
        WordKind.Place => PartOfSpeech.Ns,
        WordKind.Organization => PartOfSpeech.Nt,
        _ => PfrReader.Tag(tag),
    };

    /// <summary>Adds the sections.</summary>
    public void AddSections(SortedDictionary<string, byte[]> sections)
    {
        int all = _single.Sum();
        var transitions = new short[_tags * _tags];
        for (int a = 0; a < _tags; a++)
        {
            int from = Enumerable.Range(0, _tags).Sum(b => _pairs[a, b]);
            for (int b = 0; b < _tags; b++)
            {
                double share = (_single[b] + 0.5) / (all + 0.5 * _tags);
                double chance = (_pairs[a, b] + 5 * share) / (from + 5);
                transitions[a * _tags + b] = (short)Math.Round(100 * Math.Log(chance / share));
            }
        }
        var byLast = new int[UnitReader.MaxUnits][];
        var byLexiconTag = new int[_tags][];
        for (int i = 0; i < byLast.Length; i++) byLast[i] = new int[_tags];
        for (int i = 0; i < byLexiconTag.Length; i++) byLexiconTag[i] = new int[_tags];
        int[] rare = new int[_tags];
        var ambiguous = new SortedDictionary<string, ushort>(StringComparer.Ordinal);
        foreach ((string word, int[] counts) in _words)
        {
            int total = counts.Sum();
            int entry = _lexicon?.Find(word) ?? -1;
            if (total <= 3 && char.IsLetter(word[^1]))
            {
                for (int t = 0; t < _tags; t++)
                {
                    byLast[_units.Number(word[^1])][t] += counts[t];
                    rare[t] += counts[t];
                    if (entry >= 0) byLexiconTag[(int)_lexicon!.Tag(entry)][t] += counts[t];
                }
            }
        }
        foreach ((string word, int[] counts) in _words)
        {
            int entry = _lexicon?.Find(word) ?? -1;
            if (entry < 0) continue;
            int main = (int)_lexicon!.Tag(entry);
            if (counts.Sum() >= 2 && (counts.Count(c => c > 0) > 1 || counts[main] == 0)) ambiguous.Add(word, Set(counts, 0.3, byLexiconTag[main]));
        }
        sections["tagger.transitions"] = ModelFile.Bytes<short>(transitions);
        sections["tagger.last"] = ModelFile.Bytes<ushort>([.. byLast.Select(counts => Set(counts, 3, rare))]);
        sections["tagger.defaults"] = ModelFile.Bytes<ushort>([.. byLexiconTag.Select((counts, tag) => Set(WithMain(counts, tag), 1, rare))]);
        sections["tagger.words"] = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', ambiguous.Keys));
        sections["tagger.word.sets"] = ModelFile.Bytes<ushort>([.. ambiguous.Values]);
        sections["tagger.sets"] = ModelFile.Bytes<short>([.. _setValues]);
    }

    // A word of the lexicon that the corpus lacks most likely has the lexicon's tag.
    private static int[] WithMain(int[] counts, int tag)
    {
        int[] with = [.. counts];
        with[tag] += 5;
        return with;
    }

    // The likeliest tags with their logarithms; weight uses of the background are mixed in.
    private ushort Set(int[] counts, double weight, int[] background)
    {
        double total = counts.Sum(), backgroundTotal = Math.Max(1, background.Sum());
        var set = Enumerable.Range(1, _tags - 1)
            .Select(t => (Tag: t, Chance: (counts[t] + weight * (background[t] + 1e-6) / backgroundTotal) / (total + weight)))
            .OrderByDescending(t => t.Chance).ThenBy(t => t.Tag).Take(WordTagger.MaxCandidates);
        double top = set.First().Chance;
        short[] values = [.. set.Where(t => t.Chance >= top / 100).SelectMany(t => new[] { (short)t.Tag, (short)Math.Round(100 * Math.Log(t.Chance)) }), (short)PartOfSpeech.None, 0];
        string key = string.Join(' ', values);
        if (_setNumbers.TryGetValue(key, out ushort number)) return number;
        number = checked((ushort)_setNumbers.Count);
        _setNumbers.Add(key, number);
        _setValues.AddRange(values);
        return number;
    }
}
