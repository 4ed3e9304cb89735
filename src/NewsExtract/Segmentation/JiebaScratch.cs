using NewsExtract.Text;

namespace NewsExtract.Segmentation;

/// <summary>One thread's buffers for <see cref="JiebaSegmenter"/>, and the words of its last call.</summary>
public sealed class JiebaScratch
{
    private Token[] _tokens = new Token[1024];

    /// <summary>The words, in the order in which jieba gives them. Offsets are UTF-16 units of the text.</summary>
    public ReadOnlySpan<Token> Tokens => _tokens.AsSpan(0, Count);

    /// <summary>The number of words.</summary>
    public int Count { get; private set; }

    internal double[] Scores = [];
    internal int[] Ends = [];
    internal byte[] Labels = [];
    internal byte[] Origins = [];

    internal void Reset(int length)
    {
        Count = 0;
        if (Scores.Length > length) return;
        length = length * 3 / 2 + 64;
        Scores = new double[length];
        Ends = new int[length];
        Labels = new byte[length];
        Origins = new byte[length];
    }

    internal void Add(int start, int end)
    {
        if (Count == _tokens.Length) Array.Resize(ref _tokens, _tokens.Length * 2);
        _tokens[Count++] = new Token(start, end - start, PartOfSpeech.None);
    }
}
