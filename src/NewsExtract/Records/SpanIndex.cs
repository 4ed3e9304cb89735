using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// The stretches of one kind in one article, by where they stand: answers which start or end at an offset and whether one
/// covers or overlaps another stretch, without going over them. Used again for the next article.
/// </summary>
internal sealed class SpanIndex
{
    private readonly List<TextSpan> _spans = [];
    // The stretches' numbers by start, then by number; for each of these places the farthest end up to there.
    private long[] _order = [];
    private int[] _farthest = [];
    // By offset: how many stretches start before it.
    private int[] _before = [];
    // By offset: the first stretch that ends there, or -1; made when it is first asked for.
    private int[] _ending = [];
    private bool _hasEnds;
    private int _length;

    /// <summary>Takes up a text of so many UTF-16 units in place of the one before.</summary>
    public void Start(int length)
    {
        _spans.Clear();
        _hasEnds = false;
        _length = length;
    }

    /// <summary>Adds a stretch; it gets the next number, from 0.</summary>
    public void Add(TextSpan span) => _spans.Add(span);

    /// <summary>Ends adding; only now the questions can be asked.</summary>
    public void Finish()
    {
        int count = _spans.Count;
        if (_order.Length < count)
        {
            _order = new long[count * 2];
            _farthest = new int[count * 2];
        }
        bool isSorted = true;
        for (int i = 0; i < count; i++)
        {
            _order[i] = ((long)_spans[i].Start << 32) | (uint)i;
            isSorted &= i == 0 || _order[i] > _order[i - 1];
        }
        if (!isSorted) Array.Sort(_order, 0, count);
        if (_before.Length < _length + 2) _before = new int[_length + (_length / 8) + 16];
        int from = 0, farthest = 0;
        for (int i = 0; i < count; i++)
        {
            TextSpan span = _spans[Number(i)];
            if (span.Start >= from)
            {
                _before.AsSpan(from, span.Start + 1 - from).Fill(i);
                from = span.Start + 1;
            }
            farthest = Math.Max(farthest, span.End);
            _farthest[i] = farthest;
        }
        _before.AsSpan(from, _length + 2 - from).Fill(count);
    }

    /// <summary>The first stretch that starts at the offset, or -1.</summary>
    public int StartingAt(int offset) => _before[offset] < _before[offset + 1] ? Number(_before[offset]) : -1;

    /// <summary>The next stretch that starts where this one does, or -1.</summary>
    public int Next(int index)
    {
        int start = _spans[index].Start;
        for (int i = _before[start]; i + 1 < _before[start + 1]; i++)
            if (Number(i) == index) return Number(i + 1);
        return -1;
    }

    /// <summary>The first stretch that ends at the offset, or -1.</summary>
    public int EndingAt(int offset)
    {
        if (_spans.Count == 0) return -1;
        if (!_hasEnds) FindEnds();
        return _ending[offset];
    }

    /// <summary>Whether just this stretch is there.</summary>
    public bool Has(TextSpan span)
    {
        for (int i = _before[span.Start]; i < _before[span.Start + 1]; i++)
            if (_spans[Number(i)].End == span.End) return true;
        return false;
    }

    /// <summary>Whether a stretch holds this one.</summary>
    public bool Covers(TextSpan span) => FarthestUpTo(span.Start) >= span.End;

    /// <summary>Whether a longer stretch holds this one.</summary>
    public bool CoversMore(TextSpan span) => FarthestUpTo(span.Start) > span.End || (span.Start > 0 && FarthestUpTo(span.Start - 1) >= span.End);

    /// <summary>Whether a stretch shares a character with this one, which must not be empty.</summary>
    public bool Overlaps(TextSpan span) => FarthestUpTo(span.End - 1) > span.Start;

    /// <summary>How many stretches start in <c>[start, end)</c>.</summary>
    public int Count(int start, int end) => end > start ? _before[end] - _before[start] : 0;

    /// <summary>Whether a stretch starts in <c>[start, end)</c>.</summary>
    public bool Any(int start, int end) => Count(start, end) > 0;

    private int Number(int place) => (int)_order[place];

    /// <summary>The farthest end of the stretches that start at or before the offset.</summary>
    private int FarthestUpTo(int offset) => _before[offset + 1] is > 0 and int count ? _farthest[count - 1] : 0;

    private void FindEnds()
    {
        _hasEnds = true;
        if (_ending.Length < _length + 1) _ending = new int[_length + (_length / 8) + 16];
        _ending.AsSpan(0, _length + 1).Fill(-1);
        for (int i = _spans.Count - 1; i >= 0; i--) _ending[_spans[i].End] = i;
    }
}
