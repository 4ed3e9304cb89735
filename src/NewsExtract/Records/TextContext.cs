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

    private static readonly TermSet Verbs = TermSet.Of(VerbClasses);
    private readonly bool[] _borders;

    public TextContext(ResolvedText resolved, TermIndex index)
    {
        Resolved = resolved;
        Index = index;
        _borders = resolved.Tagged.Borders;
        SentenceTerms = new TermSet[resolved.Layout.Sentences.Count];
        for (int i = 0; i < SentenceTerms.Length; i++) SentenceTerms[i] = TermsIn(resolved.Layout.Sentences[i].Span);
    }

    public ResolvedText Resolved { get; }

    public TermIndex Index { get; }

    public string Text => Resolved.Text;

    public Layout Layout => Resolved.Layout;

    /// <summary>For each sentence the classes of all its words.</summary>
    public TermSet[] SentenceTerms { get; }

    public TermSet TermsIn(TextSpan span)
    {
        TermSet terms = default;
        for (int at = span.Start; at < span.End; at++)
            foreach (LexiconHit hit in Index.StartingAt(at))
                if (hit.End <= span.End && Sits(hit)) terms |= Index.Terms(hit);
        return terms;
    }

    /// <summary>One-character words count only where the segmenter made them words.</summary>
    public bool Sits(LexiconHit hit) => hit.Length > 1 || (_borders[hit.Start] && _borders[hit.End]);

    public bool IsBorder(int offset) => _borders[offset];

    /// <summary>The clause around an offset: up to the next <c>，。；：！？</c> or line break on either side.</summary>
    public TextSpan Clause(int offset)
    {
        int start = offset, end = offset;
        while (start > 0 && !EndsClause(Text[start - 1])) start--;
        while (end < Text.Length && !EndsClause(Text[end])) end++;
        return new TextSpan(start, end);
    }

    public static bool EndsClause(char c) => c is '，' or '。' or '；' or '：' or '！' or '？' or '\n';

    public TextSpan SentenceSpan(int offset)
    {
        int sentence = Layout.SentenceAt(offset);
        return sentence < 0 ? new TextSpan(0, Text.Length) : Layout.Sentences[sentence].Span;
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

    /// <summary>Adds where a stretch stands and which words stand around it.</summary>
    public void Describe(FeatureList features, TextSpan span, Story story)
    {
        int paragraph = Layout.ParagraphAt(span.Start), sentence = Layout.SentenceAt(span.Start);
        if (paragraph < 0 || sentence < 0) return;
        TextRole role = Layout.RoleAt(span.Start);
        features.Add(Feature.Role, (int)role);
        features.Add(Feature.ParagraphOrder, FeatureList.Bucket(BodyOrder(paragraph, story)));
        int first = sentence;
        while (first > 0 && Layout.Sentences[first - 1].Paragraph == Layout.Sentences[sentence].Paragraph) first--;
        features.Add(Feature.SentenceOrder, FeatureList.Bucket(sentence - first));
        TextSpan whole = Layout.Sentences[sentence].Span;
        TextSpan clause = Clause(span.Start);
        AddVerbs(features, Feature.VerbBefore, clause.Start, span.Start, before: true, Feature.VerbRightBefore);
        AddVerbs(features, Feature.VerbAfter, span.End, Math.Max(span.End, ClauseEnd(span.End)), before: false, Feature.VerbRightAfter);
        if (TryVerbBefore(whole.Start, span.Start, Verbs, out LexiconHit far)) AddClasses(features, Feature.VerbInSentenceBefore, far, VerbClasses);
        TermSet terms = SentenceTerms[sentence];
        for (int i = 0; i < SentenceClasses.Length; i++) features.AddIf(terms.Has(SentenceClasses[i]), Feature.SentenceHas, i);
        features.Add(Feature.CharBefore, CharClass(span.Start > 0 ? Text[span.Start - 1] : '\n'));
        features.Add(Feature.CharAfter, CharClass(span.End < Text.Length ? Text[span.End] : '\n'));
        features.AddIf(InQuote(span.Start, whole), Feature.InQuote);
        int commas = 0;
        for (int i = whole.Start; i < span.Start; i++) if (EndsClause(Text[i])) commas++;
        features.Add(Feature.ClauseOrder, FeatureList.Bucket(commas));
    }

    /// <summary>The number of a body paragraph within its story, from 0; the title is 0 too.</summary>
    public int BodyOrder(int paragraph, Story story)
    {
        int order = 0;
        for (int i = story.FirstParagraph; i < paragraph && i < Layout.Paragraphs.Count; i++)
            if (Layout.Paragraphs[i].Role == TextRole.Body) order++;
        return order;
    }

    private int ClauseEnd(int offset)
    {
        int end = offset;
        while (end < Text.Length && !EndsClause(Text[end])) end++;
        return end;
    }

    private void AddVerbs(FeatureList features, Feature feature, int from, int to, bool before, Feature right)
    {
        if (before)
        {
            if (!TryVerbBefore(from, to, Verbs, out LexiconHit hit)) return;
            AddClasses(features, feature, hit, VerbClasses);
            int gap = to - hit.End;
            if (gap == 0 || (gap == 1 && Text[hit.End] is '了' or '到' or '在' or '过')) AddClasses(features, right, hit, VerbClasses);
        }
        else
        {
            if (!TryVerbAfter(from, to, Verbs, out LexiconHit hit)) return;
            AddClasses(features, feature, hit, VerbClasses);
            if (hit.Start - from <= 2) AddClasses(features, right, hit, VerbClasses);
        }
    }

    public void AddClasses(FeatureList features, Feature feature, LexiconHit hit, TermClass[] classes)
    {
        TermSet terms = Index.Terms(hit);
        for (int i = 0; i < classes.Length; i++) features.AddIf(terms.Has(classes[i]), feature, i);
    }

    /// <summary>Whether the offset stands inside quotation marks of its sentence.</summary>
    public bool InQuote(int offset, TextSpan sentence)
    {
        int depth = 0;
        for (int i = sentence.Start; i < offset; i++)
        {
            if (Text[i] == '“') depth++;
            else if (Text[i] == '”') depth--;
        }
        return depth > 0;
    }

    // The characters next to a name that tell most; a group's place in the list, from 1, is its value in features.
    private static readonly string[] CharGroups =
    [
        "、", "，", "。；", "：", "（", "）", "“”", "\n", "在", "到", "与和同", "对向", "由", "的", "等", "一", "受", "率", "《》", "县市区省", "上中内", "来", "赴", "了", " ", "委", "及", "·",
    ];

    private static int CharClass(char c)
    {
        for (int i = 0; i < CharGroups.Length; i++)
            if (CharGroups[i].Contains(c)) return i + 1;
        return char.IsAsciiDigit(c) ? CharGroups.Length + 1 : char.IsAsciiLetter(c) ? CharGroups.Length + 2 : 0;
    }
}
