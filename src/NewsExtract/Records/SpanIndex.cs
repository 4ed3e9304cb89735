using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// The stretches of one kind in one article, by where they stand: answers which start or end at an offset and whether one
/// covers or overlaps another stretch, without going over them. Used again for the next article.
/// </summary>
internal sealed class SpanIndex
{
    private readonly List<TextSpan> _spans = [];
    private int[] _next = []; // by stretch: the next one that starts at the same offset
    // By offset: the first stretch that starts and the first that ends there, and the farthest end of those that start at or before it.
    private int[] _starting = [];
    private int[] _ending = [];
    private int[] _farthest = [];

    /// <summary>Makes room for the stretches of a text of so many UTF-16 units.</summary>
    public void Start(int length)
    {
        _spans.Clear();
        if (_starting.Length < length + 1)
        {
            _starting = new int[length * 3 / 2 + 16];
            _ending = new int[_starting.Length];
            _farthest = new int[_starting.Length];
        }
        _starting.AsSpan(0, length + 1).Fill(-1);
        _ending.AsSpan(0, length + 1).Fill(-1);
        _farthest.AsSpan(0, length + 1).Clear();
    }

    /// <summary>Adds a stretch; it gets the next number, from 0.</summary>
    public void Add(TextSpan span)
    {
        if (_ending[span.End] < 0) _ending[span.End] = _spans.Count;
        if (_farthest[span.Start] < span.End) _farthest[span.Start] = span.End;
        _spans.Add(span);
    }

    /// <summary>Ends adding; only now the questions can be asked.</summary>
    public void Finish(int length)
    {
        if (_next.Length < _spans.Count) _next = new int[_spans.Count * 2];
        for (int i = _spans.Count - 1; i >= 0; i--)
        {
            ref int first = ref _starting[_spans[i].Start];
            _next[i] = first;
            first = i;
        }
        if (_spans.Count == 0) return;
        for (int i = 1; i <= length; i++)
            if (_farthest[i] < _farthest[i - 1]) _farthest[i] = _farthest[i - 1];
    }

    /// <summary>The first stretch that starts at the offset, or -1.</summary>
    public int StartingAt(int offset) => _starting[offset];

    /// <summary>The next stretch that starts where this one does, or -1.</summary>
    public int Next(int index) => _next[index];

    /// <summary>The first stretch that ends at the offset, or -1.</summary>
    public int EndingAt(int offset) => _ending[offset];

    /// <summary>Whether just this stretch is there.</summary>
    public bool Has(TextSpan span)
    {
        for (int i = _starting[span.Start]; i >= 0; i = _next[i])
            if (_spans[i].End == span.End) return true;
        return false;
    }

    /// <summary>Whether a stretch holds this one.</summary>
    public bool Covers(TextSpan span) => _farthest[span.Start] >= span.End;

    /// <summary>Whether a longer stretch holds this one.</summary>
    public bool CoversMore(TextSpan span) => _farthest[span.Start] > span.End || (span.Start > 0 && _farthest[span.Start - 1] >= span.End);

    /// <summary>Whether a stretch shares a character with this one, which must not be empty.</summary>
    public bool Overlaps(TextSpan span) => _farthest[span.End - 1] > span.Start;

    /// <summary>How many stretches start in <c>[start, end)</c>.</summary>
    public int Count(int start, int end)
    {
        int count = 0;
        for (int at = start; at < end; at++)
            for (int i = _starting[at]; i >= 0; i = _next[i]) count++;
        return count;
    }

    /// <summary>Whether a stretch starts in <c>[start, end)</c>.</summary>
    public bool Any(int start, int end) => end > start && _starting.AsSpan(start, end - start).ContainsAnyInRange(0, int.MaxValue);
}
