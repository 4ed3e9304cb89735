using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// A string mostly means the same throughout an article: what is judged at several places gets, half and half, its own score and the mean of
/// all, as logarithms of odds.
/// </summary>
internal sealed class AgreeingScores
{
    private const float Surest = 0.9999f;
    private readonly StretchSet _strings = new();
    private int[] _numbers = new int[64];
    private (float Sum, int Count)[] _sums = new (float, int)[64];

    /// <summary>Brings the scores of equal strings nearer to each other. All mentions are of one kind.</summary>
    public void Agree(string text, List<Mention> mentions)
    {
        int count = mentions.Count;
        if (_numbers.Length < count)
        {
            _numbers = new int[count * 9 / 8];
            _sums = new (float, int)[_numbers.Length];
        }
        _strings.Clear();
        Array.Clear(_sums, 0, count);
        for (int i = 0; i < count; i++)
        {
            TextSpan span = mentions[i].Span;
            int number = _numbers[i] = _strings.Number(text, span.Start, span.Length);
            _sums[number].Count++;
        }
        if (_strings.Count == count) return;
        for (int i = 0; i < count; i++)
            if (_sums[_numbers[i]].Count > 1) _sums[_numbers[i]].Sum += Odds(mentions[i].Score);
        for (int i = 0; i < count; i++)
        {
            (float sum, int of) = _sums[_numbers[i]];
            if (of > 1) mentions[i] = mentions[i] with { Score = 1 / (1 + MathF.Exp(-(Odds(mentions[i].Score) + (sum / of)) / 2)) };
        }
    }

    /// <summary>The logarithm of the odds of a score.</summary>
    internal static float Odds(float score)
    {
        float p = Math.Clamp(score, 1 - Surest, Surest);
        return MathF.Log(p / (1 - p));
    }
}
