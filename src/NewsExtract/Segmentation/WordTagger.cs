using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Segmentation;

/// <summary>
/// Gives words their parts of speech: each word has a few tags that it can have, with weights, and the best sequence
/// is found over pairs of neighbouring tags (K. Church, A Stochastic Parts Program, 1988). Immutable.
/// All weights are natural logarithms in hundredths.
/// </summary>
internal sealed class WordTagger
{
    /// <summary>The most tags that are tried for one word.</summary>
    public const int MaxCandidates = 6;

    /// <summary>The number of tags.</summary>
    public static readonly int Tags = Enum.GetValues<PartOfSpeech>().Length;

    private readonly record struct Candidate(PartOfSpeech Tag, short Weight);

    private readonly Lexicon _lexicon;
    private readonly UnitReader _units;
    private readonly short[] _transitions;
    private readonly Candidate[][] _sets;
    private readonly ushort[] _entrySets;
    private readonly ushort[] _lastCharacterSets;
    private readonly Candidate[][] _certain;

    public WordTagger(ModelFile file, UnitReader units, Lexicon lexicon)
    {
        _lexicon = lexicon;
        _units = units;
        _transitions = file.Array<short>("tagger.transitions");
        _sets = ReadSets(file);
        _lastCharacterSets = file.Array<ushort>("tagger.last");
        ushort[] tagSets = file.Array<ushort>("tagger.defaults");
        ushort[] wordSets = file.Array<ushort>("tagger.word.sets");
        string[] words = file.Text("tagger.words").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (_transitions.Length != Tags * Tags) throw new ModelException($"{file.Name}: section tagger.transitions has not {Tags} rows and columns");
        if (_lastCharacterSets.Length != UnitReader.MaxUnits) throw new ModelException($"{file.Name}: section tagger.last has not {UnitReader.MaxUnits} values");
        if (tagSets.Length != Tags) throw new ModelException($"{file.Name}: section tagger.defaults has not {Tags} values");
        if (words.Length != wordSets.Length) throw new ModelException($"{file.Name}: section tagger.word.sets doesn't fit tagger.words");
        foreach (ushort set in (ReadOnlySpan<ushort>)[.. _lastCharacterSets, .. tagSets, .. wordSets])
        {
            if (set >= _sets.Length) throw new ModelException($"{file.Name}: section tagger.sets has no set {set}");
        }
        _entrySets = new ushort[lexicon.Count];
        for (int entry = 0; entry < _entrySets.Length; entry++) _entrySets[entry] = tagSets[(int)lexicon.Tag(entry)];
        for (int i = 0; i < words.Length; i++)
        {
            if (lexicon.Find(words[i]) is >= 0 and var entry && !lexicon.IsUserWord(entry)) _entrySets[entry] = wordSets[i];
        }
        _certain = new Candidate[Tags][];
        for (int tag = 0; tag < Tags; tag++) _certain[tag] = [new Candidate((PartOfSpeech)tag, 0)];
    }

    /// <summary>Tags the words of <paramref name="scratch"/>; names keep their tags.</summary>
    public void Tag(ReadOnlySpan<char> text, SegmentationScratch scratch)
    {
        int count = scratch.Count;
        if (count == 0) return;
        scratch.ResetTags(count * MaxCandidates);
        Span<byte> origins = scratch.TagOrigins.AsSpan(0, count * MaxCandidates);
        Span<byte> tags = scratch.TagCandidates.AsSpan(0, count * MaxCandidates);
        Span<int> scores = stackalloc int[MaxCandidates], before = stackalloc int[MaxCandidates];
        ReadOnlySpan<Token> tokens = scratch.Tokens;
        before[0] = 0;
        int previousCount = 1;
        ReadOnlySpan<byte> previous = [(byte)PartOfSpeech.W];
        for (int i = 0; i < count; i++)
        {
            Candidate[] candidates = Candidates(text, tokens[i]);
            Span<byte> row = tags.Slice(i * MaxCandidates, candidates.Length);
            for (int k = 0; k < candidates.Length; k++)
            {
                int best = int.MinValue, origin = 0;
                for (int p = 0; p < previousCount; p++)
                {
                    int score = before[p] + _transitions[previous[p] * Tags + (int)candidates[k].Tag];
                    if (score > best) (best, origin) = (score, p);
                }
                scores[k] = best + candidates[k].Weight;
                origins[i * MaxCandidates + k] = (byte)origin;
                row[k] = (byte)candidates[k].Tag;
            }
            scores[..candidates.Length].CopyTo(before);
            previous = row;
            previousCount = candidates.Length;
        }
        int at = 0;
        for (int k = 1; k < previousCount; k++)
        {
            if (before[k] > before[at]) at = k;
        }
        for (int i = count - 1; i >= 0; i--)
        {
            scratch.SetTag(i, (PartOfSpeech)tags[i * MaxCandidates + at]);
            at = origins[i * MaxCandidates + at];
        }
    }

    private Candidate[] Candidates(ReadOnlySpan<char> text, Token token)
    {
        if (token.Tag != PartOfSpeech.None) return _certain[(int)token.Tag];
        ReadOnlySpan<char> word = text.Slice(token.Start, token.Length);
        if (_lexicon.Find(word) is >= 0 and var entry) return _sets[_entrySets[entry]];
        char last = word[^1];
        switch (UnitReader.Classify(word[0]))
        {
            case UnitClass.Digit:
                return _certain[(int)(last is '年' or '月' or '日' or '时' or '点' or '分' ? PartOfSpeech.T : PartOfSpeech.M)];
            case UnitClass.Letter:
                return _certain[(int)PartOfSpeech.Nx];
            case UnitClass.Character when char.IsLetter(last):
                return _sets[_lastCharacterSets[_units.Number(last)]];
            default:
                return _certain[(int)PartOfSpeech.W];
        }
    }

    // Pairs of tag and weight; a set ends with a pair whose tag is None.
    private static Candidate[][] ReadSets(ModelFile file)
    {
        short[] pairs = file.Array<short>("tagger.sets");
        var sets = new List<Candidate[]>();
        var set = new List<Candidate>();
        for (int i = 0; i + 1 < pairs.Length; i += 2)
        {
            if (pairs[i] == (short)PartOfSpeech.None)
            {
                if (set.Count is 0 or > MaxCandidates) throw new ModelException($"{file.Name}: section tagger.sets has a set of {set.Count} tags");
                sets.Add([.. set]);
                set.Clear();
            }
            else
            {
                if (pairs[i] < 0 || pairs[i] >= Tags) throw new ModelException($"{file.Name}: section tagger.sets has a tag {pairs[i]}");
                set.Add(new Candidate((PartOfSpeech)pairs[i], pairs[i + 1]));
            }
        }
        return [.. sets];
    }
}
