namespace NewsExtract.Modeling;

/// <summary>
/// All words of one text that rules care about (terms and place names), by where they start and where they end.
/// Filled from the words that were found in the text; the tables are used again for the next one. Not thread-safe.
/// Offsets are UTF-16 units of the repaired text, half-open.
/// </summary>
public sealed class TermIndex
{
    // Place names are marked in the index by a bit that no class has.
    private static readonly TermSet Place = new(0, 1UL << 63);

    private readonly Lexicon _lexicon;
    private LexiconHit[] _hits = new LexiconHit[256];
    private TermSet[] _terms = new TermSet[256];
    private int[] _firstAt = [];
    private int[] _byEnd = new int[256];
    private int[] _firstEndingAt = [];
    private int _count;
    private TermSet _all; // the classes of all hits together

    /// <summary>An empty index over <paramref name="lexicon"/>.</summary>
    public TermIndex(Lexicon lexicon)
    {
        _lexicon = lexicon;
    }

    /// <summary>The lexicon that the hits' entries refer to.</summary>
    public Lexicon Lexicon => _lexicon;

    /// <summary>The text that is indexed.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Where stretches of the text stand again.</summary>
    internal StretchFinder Stretches { get; } = new();

    /// <summary>All hits, by start, then by length.</summary>
    public ReadOnlySpan<LexiconHit> Hits => _hits.AsSpan(0, _count);

    /// <summary>Indexes <paramref name="text"/> in place of what was indexed before.</summary>
    public void Build(string text)
    {
        var words = new LexiconMatches(_lexicon);
        words.Find(text);
        Build(words);
    }

    /// <summary>Indexes a text whose words have been found, in place of what was indexed before.</summary>
    /// <exception cref="ArgumentException">The words are another lexicon's.</exception>
    public void Build(LexiconMatches words)
    {
        if (words.Lexicon != _lexicon) throw new ArgumentException("The words are another lexicon's.", nameof(words));
        string text = words.Text;
        Text = text;
        Stretches.Start(text);
        if (_firstAt.Length < text.Length + 2)
        {
            _firstAt = new int[text.Length * 9 / 8 + 64];
            _firstEndingAt = new int[_firstAt.Length];
        }
        ReadOnlySpan<LexiconHit> found = words.Hits;
        if (_hits.Length < found.Length)
        {
            _hits = new LexiconHit[found.Length * 9 / 8];
            _terms = new TermSet[_hits.Length];
        }
        TermSet all = default;
        int count = 0, behind = 0;
        foreach (LexiconHit hit in found)
        {
            if (!_lexicon.Matters(hit.Entry)) continue;
            TermSet terms = _lexicon.Terms(hit.Entry);
            if (_lexicon.IsPlace(hit.Entry)) terms |= Place;
            all |= terms;
            while (behind <= hit.Start) _firstAt[behind++] = count;
            _hits[count] = hit;
            _terms[count++] = terms;
        }
        _firstAt.AsSpan(behind, text.Length + 2 - behind).Fill(count);
        _count = count;
        _all = all;
        IndexEnds(text.Length);
    }

    /// <summary>The hits that start at <paramref name="start"/>, shortest first.</summary>
    public ReadOnlySpan<LexiconHit> StartingAt(int start) =>
        start < 0 || start >= Text.Length ? [] : _hits.AsSpan(_firstAt[start], _firstAt[start + 1] - _firstAt[start]);

    /// <summary>The hits that start at or after <paramref name="start"/> and before <paramref name="end"/>, by start, then by length.</summary>
    public ReadOnlySpan<LexiconHit> StartingIn(int start, int end)
    {
        start = Math.Max(0, start);
        end = Math.Min(end, Text.Length);
        return start >= end ? [] : _hits.AsSpan(_firstAt[start], _firstAt[end] - _firstAt[start]);
    }

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
    public bool TryPlaceEnd(int end, out LexiconHit hit) => TryEnd(end, Place, out hit);

    /// <summary>The numbers in <see cref="Hits"/> of the place names that start next at or after <paramref name="start"/>: from <paramref name="first"/> on, behind them <paramref name="behind"/>, other hits among them.</summary>
    public bool TryNextPlaces(int start, out int first, out int behind)
    {
        first = behind = _count;
        if (start >= Text.Length) return false;
        for (first = _firstAt[Math.Max(0, start)]; first < _count; first++)
        {
            if (!_terms[first].Overlaps(Place)) continue;
            behind = _firstAt[_hits[first].Start + 1];
            return true;
        }
        return false;
    }

    /// <summary>
    /// The first hit at or after <paramref name="start"/> that lies before <paramref name="end"/> and has one of <paramref name="classes"/>; of those
    /// that start at one offset only the longest counts.
    /// </summary>
    public bool TryNext(int start, int end, TermSet classes, out LexiconHit hit)
    {
        hit = default;
        start = Math.Max(0, start);
        int limit = Math.Min(end, Text.Length);
        if (start >= limit || !_all.Overlaps(classes)) return false;
        int stop = _firstAt[limit];
        for (int i = _firstAt[start]; i < stop; i++)
        {
            if (!_terms[i].Overlaps(classes)) continue;
            int behind = _firstAt[_hits[i].Start + 1], longest = behind - 1;
            while (!_terms[longest].Overlaps(classes)) longest--;
            hit = _hits[longest];
            if (hit.End <= end) return true;
            i = behind - 1;
        }
        hit = default;
        return false;
    }

    /// <summary>
    /// The last hit that ends at or before <paramref name="end"/>, starts at or after <paramref name="start"/> and has one of <paramref name="classes"/>; of
    /// those that end at one offset only the longest counts.
    /// </summary>
    public bool TryPrevious(int start, int end, TermSet classes, out LexiconHit hit)
    {
        hit = default;
        start = Math.Max(0, start);
        end = Math.Min(end, Text.Length);
        if (end <= start || !_all.Overlaps(classes)) return false;
        int stop = _firstEndingAt[start + 1];
        for (int i = _firstEndingAt[end + 1] - 1; i >= stop; i--)
        {
            if (!_terms[_byEnd[i]].Overlaps(classes)) continue;
            int first = _firstEndingAt[_hits[_byEnd[i]].End], longest = first;
            while (!_terms[_byEnd[longest]].Overlaps(classes)) longest++;
            hit = _hits[_byEnd[longest]];
            if (hit.Start >= start) return true;
            i = first;
        }
        hit = default;
        return false;
    }

    /// <summary>
    /// The hit with one of <paramref name="classes"/> that ends next at or after <paramref name="end"/>, of several the longest. To go over all
    /// of them: ask again from the offset behind its end.
    /// </summary>
    public bool TryNextEnd(int end, TermSet classes, out LexiconHit hit)
    {
        hit = default;
        if (end > Text.Length || !_all.Overlaps(classes)) return false;
        for (int i = _firstEndingAt[Math.Max(0, end)]; i < _count; i++)
        {
            if (!_terms[_byEnd[i]].Overlaps(classes)) continue;
            hit = _hits[_byEnd[i]];
            return true;
        }
        return false;
    }

    /// <summary>
    /// The hit with one of <paramref name="classes"/> that starts next at or after <paramref name="start"/>, of several the longest. To go over
    /// all of them: ask again from the offset behind its start.
    /// </summary>
    public bool TryNextStart(int start, TermSet classes, out LexiconHit hit) => TryNext(start, int.MaxValue, classes, out hit);

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
}
