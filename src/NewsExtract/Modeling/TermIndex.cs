namespace NewsExtract.Modeling;

/// <summary>
/// All words of one text that rules care about (terms and place names), by where they start and where they end.
/// One walk of the trie fills it; the tables are used again for the next text. Not thread-safe.
/// Offsets are UTF-16 units of the repaired text, half-open.
/// </summary>
public sealed class TermIndex
{
    private readonly Lexicon _lexicon;
    private readonly LexiconHit[] _found = new LexiconHit[64];
    private LexiconHit[] _hits = new LexiconHit[256];
    private TermSet[] _terms = new TermSet[256];
    private int[] _firstAt = [];
    private int[] _byEnd = new int[256];
    private int[] _firstEndingAt = [];
    private int _count;

    /// <summary>An empty index over <paramref name="lexicon"/>.</summary>
    public TermIndex(Lexicon lexicon)
    {
        _lexicon = lexicon;
    }

    /// <summary>The lexicon that the hits' entries refer to.</summary>
    public Lexicon Lexicon => _lexicon;

    /// <summary>The text that is indexed.</summary>
    public string Text { get; private set; } = "";

    /// <summary>All hits, by start, then by length.</summary>
    public ReadOnlySpan<LexiconHit> Hits => _hits.AsSpan(0, _count);

    /// <summary>Indexes <paramref name="text"/> in place of what was indexed before.</summary>
    public void Build(string text)
    {
        Text = text;
        _count = 0;
        if (_firstAt.Length < text.Length + 2)
        {
            _firstAt = new int[text.Length * 3 / 2 + 64];
            _firstEndingAt = new int[_firstAt.Length];
        }
        for (int i = 0; i < text.Length; i++)
        {
            _firstAt[i] = _count;
            int found = _lexicon.MatchAll(text, i, _found);
            for (int j = 0; j < found; j++)
            {
                LexiconHit hit = _found[j];
                TermSet terms = _lexicon.Terms(hit.Entry);
                if (terms.IsEmpty && _lexicon.Places(hit.Entry).IsEmpty) continue;
                if (_count == _hits.Length) Grow();
                _hits[_count] = hit;
                _terms[_count++] = terms;
            }
        }
        _firstAt[text.Length] = _firstAt[text.Length + 1] = _count;
        IndexEnds(text.Length);
    }

    /// <summary>The hits that start at <paramref name="start"/>, shortest first.</summary>
    public ReadOnlySpan<LexiconHit> StartingAt(int start) =>
        start < 0 || start >= Text.Length ? [] : _hits.AsSpan(_firstAt[start], _firstAt[start + 1] - _firstAt[start]);

    /// <summary>The longest hit that starts at <paramref name="start"/> and has one of <paramref name="classes"/>.</summary>
    public bool TryStart(int start, TermSet classes, out LexiconHit hit)
    {
        hit = default;
        if (start < 0 || start >= Text.Length) return false;
        for (int i = _firstAt[start + 1] - 1; i >= _firstAt[start]; i--)
        {
            if (!_terms[i].Overlaps(classes)) continue;
            hit = _hits[i];
            return true;
        }
        return false;
    }

    /// <summary>The longest hit that ends at <paramref name="end"/> and has one of <paramref name="classes"/>.</summary>
    public bool TryEnd(int end, TermSet classes, out LexiconHit hit)
    {
        hit = default;
        if (end <= 0 || end > Text.Length) return false;
        for (int i = _firstEndingAt[end]; i < _firstEndingAt[end + 1]; i++)
        {
            if (!_terms[_byEnd[i]].Overlaps(classes)) continue;
            hit = _hits[_byEnd[i]];
            return true; // by start, so the first is the longest
        }
        return false;
    }

    /// <summary>The longest place name that ends at <paramref name="end"/>.</summary>
    public bool TryPlaceEnd(int end, out LexiconHit hit)
    {
        hit = default;
        if (end <= 0 || end > Text.Length) return false;
        for (int i = _firstEndingAt[end]; i < _firstEndingAt[end + 1]; i++)
        {
            hit = _hits[_byEnd[i]];
            if (!_lexicon.Places(hit.Entry).IsEmpty) return true;
        }
        return false;
    }

    /// <summary>The first hit at or after <paramref name="start"/> that lies before <paramref name="end"/> and has one of <paramref name="classes"/>.</summary>
    public bool TryNext(int start, int end, TermSet classes, out LexiconHit hit)
    {
        for (int at = Math.Max(0, start); at < end && at < Text.Length; at++)
            if (TryStart(at, classes, out hit) && hit.End <= end) return true;
        hit = default;
        return false;
    }

    /// <summary>The last hit that ends at or before <paramref name="end"/>, starts at or after <paramref name="start"/> and has one of <paramref name="classes"/>.</summary>
    public bool TryPrevious(int start, int end, TermSet classes, out LexiconHit hit)
    {
        for (int at = Math.Min(end, Text.Length); at > start; at--)
            if (TryEnd(at, classes, out hit) && hit.Start >= start) return true;
        hit = default;
        return false;
    }

    /// <summary>Whether a hit with one of <paramref name="classes"/> lies within the stretch.</summary>
    public bool Any(int start, int end, TermSet classes) => TryNext(start, end, classes, out _);

    /// <summary>The terms of a hit.</summary>
    public TermSet Terms(LexiconHit hit) => _lexicon.Terms(hit.Entry);

    private void IndexEnds(int length)
    {
        Array.Clear(_firstEndingAt, 0, length + 2);
        for (int i = 0; i < _count; i++) _firstEndingAt[_hits[i].End + 1]++;
        for (int i = 0; i <= length; i++) _firstEndingAt[i + 1] += _firstEndingAt[i];
        if (_byEnd.Length < _count) _byEnd = new int[_hits.Length];
        // Counting sort; hits come by start, so those of one end stay longest first.
        for (int i = 0; i < _count; i++) _byEnd[_firstEndingAt[_hits[i].End]++] = i;
        for (int i = length + 1; i > 0; i--) _firstEndingAt[i] = _firstEndingAt[i - 1];
        _firstEndingAt[0] = 0;
    }

    private void Grow()
    {
        Array.Resize(ref _hits, _hits.Length * 2);
        Array.Resize(ref _terms, _terms.Length * 2);
    }
}
