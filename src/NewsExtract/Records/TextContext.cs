using System.Numerics;
using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// What stands around a stretch of one article: its clause and sentence, the verbs before and behind it, the kinds of
/// words in its sentence. All offsets are UTF-16 units of the repaired text, half-open.
/// </summary>
internal sealed class TextContext
{
    /// <summary>The classes that count as verbs of an event; a class's place in the list is its value in features.</summary>
    public static readonly TermClass[] VerbClasses =
    [
        TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitInspect, TermClass.VisitReceive, TermClass.VisitLead, TermClass.VisitStop,
        TermClass.Accompany, TermClass.Attend, TermClass.SignVerb, TermClass.Chair, TermClass.Witness, TermClass.Represent,
        TermClass.MeetingHold, TermClass.SpeechVerb, TermClass.Donation,
    ];

    /// <summary>The classes that colour a whole sentence; a class's place in the list is its value in features.</summary>
    public static readonly TermClass[] SentenceClasses =
    [
        TermClass.Planned, TermClass.Hypothetical, TermClass.Retold, TermClass.Quoted, TermClass.NoEvent, TermClass.Background, TermClass.Donation,
        TermClass.MeetingKind, TermClass.AgreementKind, TermClass.GroupNoun, TermClass.PartiesAnaphor, TermClass.HomePlaceWord, TermClass.VisitLead,
        TermClass.Accompany, TermClass.Attend, TermClass.VisitReceive, TermClass.VisitGo, TermClass.VisitCome, TermClass.SignVerb, TermClass.Witness,
        TermClass.Chair, TermClass.VisitInspect, TermClass.VisitStop,
    ];

    /// <summary>All of <see cref="VerbClasses"/>.</summary>
    public static readonly TermSet Verbs = TermSet.Of(VerbClasses);
    private static readonly ClassPlaces VerbPlaces = new(VerbClasses);
    private static readonly ClassPlaces SentencePlaces = new(SentenceClasses);
    // By offset: where its clause begins and ends, and how many clause ends and open quotations lie before it.
    private int[] _clauseStarts = [];
    private int[] _clauseEnds = [];
    private int[] _clauseMarks = [];
    private int[] _quotes = [];
    // By paragraph: how many of the running text lie before it.
    private int[] _bodiesBefore = [];
    private TermSet?[] _paragraphTerms = [];
    private TermSet[] _sentenceTerms = [];
    // By sentence: a bit for each of SentenceClasses that it has, and its number within its paragraph.
    private uint[] _sentenceClasses = [];
    private int[] _sentenceOrders = [];
    private bool[] _borders = [];
    private byte[] _travel = [];
    private int _travelled;

    /// <summary>Takes up an article in place of the one before.</summary>
    public void Start(ResolvedText resolved, TermIndex index)
    {
        Resolved = resolved;
        _travelled = 0;
        Leads.Clear();
        Index = index;
        _borders = resolved.Tagged.Borders;
        IndexClauses(resolved.Text);
        List<Sentence> sentences = resolved.Layout.SentenceList;
        if (_sentenceTerms.Length < sentences.Count)
        {
            _sentenceTerms = new TermSet[sentences.Count * 2];
            _sentenceClasses = new uint[_sentenceTerms.Length];
            _sentenceOrders = new int[_sentenceTerms.Length];
        }
        for (int i = 0; i < sentences.Count; i++)
        {
            _sentenceTerms[i] = TermsIn(sentences[i].Span);
            _sentenceClasses[i] = SentencePlaces.Of(_sentenceTerms[i]);
            _sentenceOrders[i] = i > 0 && sentences[i - 1].Paragraph == sentences[i].Paragraph ? _sentenceOrders[i - 1] + 1 : 0;
        }
        List<Paragraph> paragraphs = resolved.Layout.ParagraphList;
        if (_bodiesBefore.Length < paragraphs.Count + 1)
        {
            _bodiesBefore = new int[(paragraphs.Count + 1) * 2];
            _paragraphTerms = new TermSet?[_bodiesBefore.Length];
        }
        Array.Clear(_paragraphTerms, 0, paragraphs.Count);
        for (int i = 0; i < paragraphs.Count; i++) _bodiesBefore[i + 1] = _bodiesBefore[i] + (paragraphs[i].Role == TextRole.Body ? 1 : 0);
    }

    private void IndexClauses(string text)
    {
        if (_clauseStarts.Length < text.Length + 1)
        {
            _clauseStarts = new int[text.Length * 9 / 8 + 16];
            _clauseEnds = new int[_clauseStarts.Length];
            _clauseMarks = new int[_clauseStarts.Length];
            _quotes = new int[_clauseStarts.Length];
        }
        int start = 0, marks = 0, quotes = 0;
        for (int i = 0; i < text.Length; i++)
        {
            _clauseStarts[i] = start;
            _clauseMarks[i] = marks;
            _quotes[i] = quotes;
            char c = text[i];
            if (EndsClause(c))
            {
                Array.Fill(_clauseEnds, i, start, i + 1 - start);
                start = i + 1;
                marks++;
            }
            else if (c == '“') quotes++;
            else if (c == '”') quotes--;
        }
        Array.Fill(_clauseEnds, text.Length, start, text.Length + 1 - start);
        _clauseStarts[text.Length] = start;
        _clauseMarks[text.Length] = marks;
        _quotes[text.Length] = quotes;
    }

    public ResolvedText Resolved { get; private set; } = null!;

    public TermIndex Index { get; private set; } = null!;

    public string Text => Resolved.Text;

    public Layout Layout => Resolved.Layout;

    /// <summary>For each sentence the classes of all its words.</summary>
    public ReadOnlySpan<TermSet> SentenceTerms => _sentenceTerms;

    /// <summary>The classes of all words of a paragraph.</summary>
    public TermSet ParagraphTerms(int paragraph) => _paragraphTerms[paragraph] ??= TermsIn(Layout.ParagraphList[paragraph].Span);

    /// <summary>The classes of all words that lie in the stretch.</summary>
    public TermSet TermsIn(TextSpan span)
    {
        TermSet terms = default;
        foreach (LexiconHit hit in Index.StartingIn(span.Start, span.End))
            if (hit.End <= span.End && Sits(hit)) terms |= Index.Terms(hit);
        return terms;
    }

    /// <summary>One-character words count only where the segmenter made them words.</summary>
    public bool Sits(LexiconHit hit) => hit.Length > 1 || (_borders[hit.Start] && _borders[hit.End]);

    public bool IsBorder(int offset) => _borders[offset];

    /// <summary>The lexicon's part of speech of the word that begins there; none where none does or the lexicon does not have it.</summary>
    public PartOfSpeech TagAt(int offset)
    {
        if (!_borders[offset]) return PartOfSpeech.None;
        int end = offset + 1;
        while (end < Text.Length && !_borders[end]) end++;
        int entry = Index.Lexicon.Find(Text.AsSpan(offset, Math.Min(end, Text.Length) - offset));
        return entry < 0 ? PartOfSpeech.None : Index.Lexicon.Tag(entry);
    }

    /// <summary>The clause around an offset: up to the next <c>，。；：！？</c> or line break on either side.</summary>
    public TextSpan Clause(int offset) => new(_clauseStarts[offset], _clauseEnds[offset]);

    public static bool EndsClause(char c) => c is '，' or '。' or '；' or '：' or '！' or '？' or '\n';

    public TextSpan SentenceSpan(int offset)
    {
        int sentence = Layout.SentenceAt(offset);
        return sentence < 0 ? new TextSpan(0, Text.Length) : Layout.SentenceList[sentence].Span;
    }

    public bool TryVerbBefore(int from, int to, TermSet classes, out LexiconHit hit)
    {
        int end = to;
        while (Index.TryPrevious(from, end, classes, out hit))
        {
            if (Sits(hit)) return true;
            end = hit.End - 1;
        }
        return false;
    }

    public bool TryVerbAfter(int from, int to, TermSet classes, out LexiconHit hit)
    {
        int start = from;
        while (Index.TryNext(start, to, classes, out hit))
        {
            if (Sits(hit)) return true;
            start = hit.Start + 1;
        }
        return false;
    }

    /// <summary>Adds where a stretch stands and which words stand around it; and, unless it may be news without a trip, how much its sentence tells of one.</summary>
    public void Describe(FeatureList features, TextSpan span, Story story, bool travel = true)
    {
        int paragraph = Layout.ParagraphAt(span.Start), sentence = Layout.SentenceAt(span.Start);
        if (paragraph < 0 || sentence < 0) return;
        TextRole role = Layout.RoleAt(span.Start);
        features.Add(Feature.Role, (int)role);
        features.Add(Feature.ParagraphOrder, FeatureList.Bucket(BodyOrder(paragraph, story)));
        features.Add(Feature.SentenceOrder, FeatureList.Bucket(_sentenceOrders[sentence]));
        TextSpan whole = Layout.SentenceList[sentence].Span;
        TextSpan clause = Clause(span.Start);
        bool near = AddVerbBefore(features, clause.Start, span.Start, out LexiconHit far);
        AddVerbAfter(features, span.End, _clauseEnds[span.End]);
        // The last verb of the clause is the last one of the sentence.
        if (near && far.Start >= whole.Start || TryVerbBefore(whole.Start, span.Start, Verbs, out far)) AddClasses(features, Feature.VerbInSentenceBefore, far, VerbClasses);
        AddPlaces(features, Feature.SentenceHas, _sentenceClasses[sentence]);
        features.Add(Feature.CharBefore, CharClass(span.Start > 0 ? Text[span.Start - 1] : '\n'));
        features.Add(Feature.CharAfter, CharClass(span.End < Text.Length ? Text[span.End] : '\n'));
        features.AddIf(InQuote(span.Start, whole), Feature.InQuote);
        if (travel) AddTravel(features, sentence);
        features.Add(CharacterSeat.Before, At(span.Start - 1));
        features.Add(CharacterSeat.SecondBefore, At(span.Start - 2));
        features.Add(CharacterSeat.After, At(span.End));
        features.Add(CharacterSeat.SecondAfter, At(span.End + 1));
        features.Add(CharacterSeat.Last, At(span.End - 1));
        features.Add(CharacterSeat.SecondLast, At(span.End - 2));
        features.Add(Feature.ClauseOrder, FeatureList.Bucket(_clauseMarks[span.Start] - _clauseMarks[whole.Start]));
    }

    /// <summary>The number of a sentence within its paragraph, from 0.</summary>
    public int SentenceOrder(int sentence) => _sentenceOrders[sentence];

    /// <summary>Adds which of <see cref="SentenceClasses"/> a sentence has.</summary>
    public void AddSentenceClasses(FeatureList features, Feature feature, int sentence) => AddPlaces(features, feature, _sentenceClasses[sentence]);

    /// <summary>Adds which of <see cref="SentenceClasses"/> are among the terms.</summary>
    public static void AddSentenceClasses(FeatureList features, Feature feature, TermSet terms) => AddPlaces(features, feature, SentencePlaces.Of(terms));

    /// <summary>A bit for each of <see cref="VerbClasses"/> that the terms have.</summary>
    public static uint VerbClassesOf(TermSet terms) => VerbPlaces.Of(terms);

    /// <summary>How likely each sentence tells of a trip, in tenths; empty until it is read.</summary>
    public ReadOnlySpan<byte> Travel => _travel.AsSpan(0, _travelled);

    /// <summary>Takes up how likely each sentence tells of a trip, in tenths.</summary>
    public void SetTravel(ReadOnlySpan<byte> tenths)
    {
        _travelled = tenths.Length;
        if (_travel.Length < tenths.Length) _travel = new byte[tenths.Length * 2];
        tenths.CopyTo(_travel);
    }

    /// <summary>Where the text may begin to tell of a trip, in its order, by who leads it; empty until it is read.</summary>
    public List<LeadMention> Leads { get; } = [];

    /// <summary>The likeliest to begin a trip among the mentions of a stretch, the first of equals; of nobody and level 0 where there is none.</summary>
    /// <param name="start">Where the stretch starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="except">A person who does not count, or -1.</param>
    public LeadMention Likeliest(int start, int end, int except = -1)
    {
        var best = new LeadMention(-1, -1, 0);
        for (int i = FirstLead(start); i < Leads.Count && Leads[i].Start < end; i++)
            if (Leads[i].Person != except && Leads[i].Level > best.Level) best = Leads[i];
        return best;
    }

    /// <summary>How likely a person begins a trip in a stretch, from 0 to 9.</summary>
    public int LevelOf(PersonEntity person, TextSpan span)
    {
        int level = 0;
        for (int i = FirstLead(span.Start); i < Leads.Count && Leads[i].Start < span.End; i++)
            if (Leads[i].Person == person.Id) level = Math.Max(level, Leads[i].Level);
        return level;
    }

    /// <summary>The first of the mentions from an offset on.</summary>
    private int FirstLead(int offset)
    {
        int low = 0, high = Leads.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Leads[middle].Start < offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private void AddTravel(FeatureList features, int sentence)
    {
        if (sentence >= Travel.Length) return;
        features.Add(Feature.TravelHere, Travel[sentence]);
        if (sentence > 0) features.Add(Feature.TravelBefore, Travel[sentence - 1] / 2);
        if (sentence + 1 < Travel.Length) features.Add(Feature.TravelAfter, Travel[sentence + 1] / 2);
    }

    /// <summary>The most that a sentence with one of the stretches tells of a trip, in tenths.</summary>
    public int MostTravel(List<TextSpan> spans, Story story)
    {
        int most = 0;
        foreach (TextSpan span in spans)
            if (story.Contains(span.Start) && Layout.SentenceAt(span.Start) is >= 0 and int sentence && sentence < Travel.Length) most = Math.Max(most, Travel[sentence]);
        return most;
    }

    /// <summary>The number of a body paragraph in the article, from 0.</summary>
    public int BodyOrder(int paragraph) => _bodiesBefore[paragraph];

    /// <summary>The number of a body paragraph within its story, from 0; the title is 0 too.</summary>
    public int BodyOrder(int paragraph, Story story) => paragraph <= story.FirstParagraph ? 0 : _bodiesBefore[paragraph] - _bodiesBefore[story.FirstParagraph];

    private bool AddVerbBefore(FeatureList features, int from, int to, out LexiconHit hit)
    {
        if (!TryVerbBefore(from, to, Verbs, out hit)) return false;
        uint classes = VerbPlaces.Of(Index.Terms(hit));
        AddPlaces(features, Feature.VerbBefore, classes);
        int gap = to - hit.End;
        if (gap == 0 || (gap == 1 && Text[hit.End] is '了' or '到' or '在' or '过')) AddPlaces(features, Feature.VerbRightBefore, classes);
        return true;
    }

    private void AddVerbAfter(FeatureList features, int from, int to)
    {
        if (!TryVerbAfter(from, to, Verbs, out LexiconHit hit)) return;
        uint classes = VerbPlaces.Of(Index.Terms(hit));
        AddPlaces(features, Feature.VerbAfter, classes);
        if (hit.Start - from <= 2) AddPlaces(features, Feature.VerbRightAfter, classes);
    }

    /// <summary>Adds which of the classes a word has, by their places in the list.</summary>
    public void AddClasses(FeatureList features, Feature feature, LexiconHit hit, TermClass[] classes)
    {
        TermSet terms = Index.Terms(hit);
        if (classes == VerbClasses) AddPlaces(features, feature, VerbPlaces.Of(terms));
        else
        {
            for (int i = 0; i < classes.Length; i++) features.AddIf(terms.Has(classes[i]), feature, i);
        }
    }

    private static void AddPlaces(FeatureList features, Feature feature, uint places)
    {
        for (; places != 0; places &= places - 1) features.Add(feature, BitOperations.TrailingZeroCount(places));
    }

    /// <summary>Whether the offset stands inside quotation marks of its sentence.</summary>
    public bool InQuote(int offset, TextSpan sentence) => offset > sentence.Start && _quotes[offset] > _quotes[sentence.Start];

    // The characters next to a name that tell most; a group's place in the list, from 1, is its value in features.
    private static readonly string[] CharGroups =
    [
        "、", "，", "。；", "：", "（", "）", "“”", "\n", "在", "到", "与和同", "对向", "由", "的", "等", "一", "受", "率", "《》", "县市区省", "上中内", "来", "赴", "了", " ", "委", "及", "·",
    ];

    private static readonly byte[] CharClasses = ClassCharacters();

    private static byte[] ClassCharacters()
    {
        var classes = new byte[char.MaxValue + 1];
        for (char c = '0'; c <= '9'; c++) classes[c] = (byte)(CharGroups.Length + 1);
        for (char c = 'A'; c <= 'Z'; c++) classes[c] = classes[c | 0x20] = (byte)(CharGroups.Length + 2);
        for (int i = CharGroups.Length - 1; i >= 0; i--)
            foreach (char c in CharGroups[i]) classes[c] = (byte)(i + 1);
        return classes;
    }

    private char At(int offset) => (uint)offset < (uint)Text.Length ? Text[offset] : '\n';

    private static int CharClass(char c) => CharClasses[c];
}
