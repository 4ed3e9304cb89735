using NewsExtract.Modeling;

namespace NewsExtract.Segmentation;

/// <summary>The dictionary and the hidden Markov model of <see cref="JiebaSegmenter"/>, read from <c>jieba.bin</c>. Immutable.</summary>
internal sealed class JiebaDictionary
{
    /// <summary>The weight of a character that the model has not seen, and of what can't follow.</summary>
    public const double Never = -3.14e100;

    private readonly double[] _weights;
    private readonly byte[] _tags;
    private readonly string[] _tagNames;
    private readonly ushort[] _emissionRows = new ushort[char.MaxValue + 1];
    private readonly double[] _emissions;

    public JiebaDictionary(ModelFile file)
    {
        Trie = new WordTrie(file.UnpackedArray<ulong>("jieba.trie"), file.Array<char>("jieba.alphabet"));
        int[] frequencies = file.Array<int>("jieba.frequency");
        _tags = file.Array<byte>("jieba.tag");
        _tagNames = file.Text("jieba.tags").Split('\n');
        Start = file.Array<double>("jieba.start");
        Transitions = file.Array<double>("jieba.transitions");
        char[] characters = file.Array<char>("jieba.emission.characters");
        _emissions = file.Array<double>("jieba.emission.weights");
        if (_tags.Length != frequencies.Length) throw new ModelException($"{file.Name}: section jieba.tag doesn't fit jieba.frequency");
        if (Start.Length != 4) throw new ModelException($"{file.Name}: section jieba.start has not four values");
        if (Transitions.Length != 16) throw new ModelException($"{file.Name}: section jieba.transitions has not sixteen values");
        if (_emissions.Length != 4 * (characters.Length + 1)) throw new ModelException($"{file.Name}: section jieba.emission.weights doesn't fit jieba.emission.characters");
        for (int i = 0; i < characters.Length; i++) _emissionRows[characters[i]] = (ushort)(i + 1);

        long total = 0;
        foreach (int frequency in frequencies) total += frequency;
        double logTotal = Math.Log(total);
        _weights = new double[frequencies.Length];
        for (int i = 0; i < frequencies.Length; i++) _weights[i] = Math.Log(frequencies[i]) - logTotal;
        UnknownWeight = Math.Log(1) - logTotal;
    }

    /// <summary>All words.</summary>
    public WordTrie Trie { get; }

    /// <summary>Logarithm of each word's share of all uses, by the word's number.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The weight of a character that is no word.</summary>
    public double UnknownWeight { get; }

    /// <summary>Logarithms of the chances to start in B, E, M and S.</summary>
    public double[] Start { get; }

    /// <summary>Logarithms of the chances to go from one of B, E, M, S to another: from times four plus to.</summary>
    public double[] Transitions { get; }

    /// <summary>Logarithms of the character's chances in B, E, M and S.</summary>
    public ReadOnlySpan<double> Emissions(char c) => _emissions.AsSpan(4 * _emissionRows[c], 4);

    /// <summary>The word's tag as the dictionary writes it, or null for no word of it.</summary>
    public string? Tag(ReadOnlySpan<char> word) => Trie.Find(word) is >= 0 and var entry ? _tagNames[_tags[entry]] : null;
}
