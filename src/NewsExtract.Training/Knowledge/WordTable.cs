using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Training.Knowledge;

/// <summary>Collects what the sources say about each word.</summary>
internal sealed class WordTable
{
    public sealed class Word
    {
        public int Frequency;
        public byte CommonShare;
        public PartOfSpeech Tag;
        public TermSet Terms;
        public Lexicon.Marks Marks;
        public readonly List<int> Places = [];
    }

    private readonly Dictionary<string, Word> _words = new(StringComparer.Ordinal);

    public int Count => _words.Count;

    public Word this[string text]
    {
        get
        {
            if (!_words.TryGetValue(text, out Word? word)) _words.Add(text, word = new Word());
            return word;
        }
    }

    public bool Contains(string text) => _words.ContainsKey(text);

    /// <summary>The words in the order of their entries: by length, then ordinally.</summary>
    public (string[] Texts, Word[] Words) InOrder()
    {
        string[] texts = [.. _words.Keys];
        Array.Sort(texts, static (a, b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b));
        return (texts, Array.ConvertAll(texts, t => _words[t]));
    }
}
