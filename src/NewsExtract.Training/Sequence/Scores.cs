using NewsExtract.Segmentation;

namespace NewsExtract.Training.Sequence;

/// <summary>Counts of right, found and expected that add up.</summary>
internal struct Tally
{
    public int Right, Found, Expected;

    public readonly double Precision => Found == 0 ? 1 : (double)Right / Found;
    public readonly double Recall => Expected == 0 ? 1 : (double)Right / Expected;
    public readonly double F1 => Right == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    public void Add(int right, int found, int expected)
    {
        Right += right;
        Found += found;
        Expected += expected;
    }

    public override readonly string ToString() => FormattableString.Invariant($"P {Precision:F4} R {Recall:F4} F1 {F1:F4}");
}

/// <summary>Exact-span scores of words and of each kind of name.</summary>
internal sealed class Scores
{
    private Tally _words;
    private Tally _known, _unknown;
    private readonly Tally[] _kinds = new Tally[SequenceLabels.Kinds];

    /// <summary>All names.</summary>
    public Tally Names
    {
        get
        {
            Tally all = default;
            for (int k = 1; k < _kinds.Length; k++) all.Add(_kinds[k].Right, _kinds[k].Found, _kinds[k].Expected);
            return all;
        }
    }

    public Tally Words => _words;
    public Tally Unknown => _unknown;
    public Tally Kind(WordKind kind) => _kinds[(int)kind];

    /// <summary>Compares names by span and kind; a find that is doubtful counts neither way.</summary>
    public void AddNames(IEnumerable<GoldWord> gold, IEnumerable<GoldWord> found, IReadOnlyCollection<GoldWord>? doubtful = null)
    {
        var expected = gold.Where(w => w.Kind != WordKind.Ordinary).ToHashSet();
        foreach (GoldWord word in expected) _kinds[(int)word.Kind].Add(0, 0, 1);
        foreach (GoldWord word in found)
        {
            if (word.Kind != WordKind.Ordinary && doubtful?.Contains(word) != true) _kinds[(int)word.Kind].Add(expected.Contains(word) ? 1 : 0, 1, 0);
        }
    }

    /// <summary>Compares words by span; those not in <paramref name="vocabulary"/> are counted apart too.</summary>
    public void AddWords(string text, IEnumerable<GoldWord> gold, IEnumerable<GoldWord> found, HashSet<string> vocabulary)
    {
        var spans = found.Select(w => (w.Start, w.End)).ToHashSet();
        _words.Add(0, spans.Count, 0);
        foreach (GoldWord word in gold)
        {
            int right = spans.Contains((word.Start, word.End)) ? 1 : 0;
            _words.Add(right, 0, 1);
            if (vocabulary.Contains(text[word.Start..word.End])) _known.Add(right, 0, 1);
            else _unknown.Add(right, 0, 1);
        }
    }

    /// <summary>The figures of a manifest.</summary>
    public IEnumerable<(string Name, double Value)> Figures(string name)
    {
        if (_words.Expected > 0)
        {
            yield return ($"{name}: words F1", _words.F1);
            yield return ($"{name}: unknown words recall", _unknown.Recall);
        }
        if (Names.Expected == 0) yield break;
        yield return ($"{name}: names F1", Names.F1);
        yield return ($"{name}: person F1", Kind(WordKind.Person).F1);
        yield return ($"{name}: place F1", Kind(WordKind.Place).F1);
        yield return ($"{name}: organization F1", Kind(WordKind.Organization).F1);
    }

    public IEnumerable<string> Lines(string name)
    {
        if (_words.Expected > 0)
            yield return FormattableString.Invariant($"{name}: words {_words} ({_words.Expected}); unknown words' recall {_unknown.Recall:F4} ({_unknown.Expected})");
        if (Names.Expected > 0)
            yield return $"{name}: names {Names} ({Names.Expected}); person {Kind(WordKind.Person)}; place {Kind(WordKind.Place)}; organization {Kind(WordKind.Organization)}";
    }
}
