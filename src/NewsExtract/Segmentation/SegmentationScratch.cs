using System.Runtime.Intrinsics;
using NewsExtract.Text;

namespace NewsExtract.Segmentation;

/// <summary>
/// One thread's buffers for segmentation, and the result of the last call: words in text order, white space left out.
/// Used again for each text; grows to the longest.
/// </summary>
public sealed class SegmentationScratch
{
    private Token[] _tokens = new Token[1024];
    private float[] _scores = new float[1024];

    /// <summary>The words. Names of persons, places and organisations are tagged Nr, Ns and Nt.</summary>
    public ReadOnlySpan<Token> Tokens => _tokens.AsSpan(0, Count);

    /// <summary>For each token the probability in [0,1] that the name is one; 1 for ordinary words.</summary>
    public ReadOnlySpan<float> Scores => _scores.AsSpan(0, Count);

    /// <summary>The number of tokens.</summary>
    public int Count { get; private set; }

    internal UnitBuffer Units { get; } = new();
    internal ulong[] LexiconBits = [];
    internal int[] PairRows = [], SkipRows = [], TripleRows = [];
    internal Vector256<short>[] Emissions = [];
    internal SequenceDecoder.State[] States = [];
    internal byte[] Labels = [];
    internal byte[] TagOrigins = [], TagCandidates = [];

    internal void Reset(int units)
    {
        Count = 0;
        if (PairRows.Length >= units) return;
        units = units * 9 / 8;
        LexiconBits = new ulong[units];
        PairRows = new int[units];
        SkipRows = new int[units];
        TripleRows = new int[units];
        Labels = new byte[units];
        if (Emissions.Length > 0) return;
        Emissions = new Vector256<short>[SequenceDecoder.MaxWindow];
        States = new SequenceDecoder.State[SequenceDecoder.MaxWindow];
    }

    internal void ResetTags(int length)
    {
        if (TagOrigins.Length >= length) return;
        TagOrigins = new byte[length * 3 / 2];
        TagCandidates = new byte[length * 3 / 2];
    }

    internal void Add(int start, int end, PartOfSpeech tag, float score)
    {
        if (Count == _tokens.Length) Grow();
        _tokens[Count] = new Token(start, end - start, tag);
        _scores[Count++] = score;
    }

    /// <summary>Makes room for so many more tokens and gives the room behind the last; <see cref="Advance"/> takes of it.</summary>
    internal Span<Token> Room(int count)
    {
        while (Count + count > _tokens.Length) Grow();
        _scores.AsSpan(Count, count).Fill(1f);
        return _tokens.AsSpan(Count, count);
    }

    internal void Advance(int count) => Count += count;

    internal void SetScore(int index, float score) => _scores[index] = score;

    internal void SetTag(int index, PartOfSpeech tag) => _tokens[index] = _tokens[index] with { Tag = tag };

    private void Grow()
    {
        Array.Resize(ref _tokens, _tokens.Length * 2);
        Array.Resize(ref _scores, _scores.Length * 2);
    }
}
