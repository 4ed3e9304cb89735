using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>One thing that visitors may have gone to see: everything in the story that can be its name, and where it is named best.</summary>
internal sealed class StopCandidate
{
    /// <summary>Its names, those that stand at <see cref="Whole"/> first.</summary>
    public List<TextSpan> Names { get; } = [];

    /// <summary>The longest name where a verb or a list names it; else its first mention.</summary>
    public TextSpan Whole { get; set; }

    /// <summary>How it was found there; values of <see cref="StopSource"/>, the higher the more likely.</summary>
    public int Source { get; set; }

    /// <summary>At how many ends of a name it was found.</summary>
    public int Mentions { get; set; }
}

/// <summary>What proposed a name for a stop.</summary>
internal static class StopSource
{
    public const int Outlet = 1, Mention = 2, ClauseStart = 3, In = 4, Verb = 5;
}

/// <summary>
/// Gathers what visitors may have gone to see: items behind verbs of going and seeing, behind 在 and at the start of a clause; organisations; facilities.
/// Names that end at the same place are names of the same thing (冗渡镇的油茶基地, 油茶基地); so are equal shortest names.
/// </summary>
internal sealed class StopCandidates(TextContext context, Relations relations)
{
    private const int MaxItems = 16, MaxLength = 40, MaxNames = 8, LongestQuotedName = 10;
    public static readonly TermSet SeeVerbs = TermSet.Of(TermClass.VisitStop, TermClass.VisitGo, TermClass.VisitInspect, TermClass.VisitCome);
    public static readonly TermSet Suffix = TermSet.Of(TermClass.FacilitySuffix, TermClass.CompanySuffix, TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.OrgSuffix, TermClass.ZoneSuffix, TermClass.ZoneWord, TermClass.Bureau);
    private static readonly TermSet EndVerbs = TermSet.Of(TermClass.VisitStop, TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitInspect, TermClass.Attend, TermClass.SpeechVerb, TermClass.MeetingHold, TermClass.SignVerb, TermClass.Accompany, TermClass.MeetingKind);
    private static readonly TermSet Skipped = TermSet.Of(TermClass.FunctionWord, TermClass.NamePartStop);
    private static readonly System.Buffers.SearchValues<char> NoName = System.Buffers.SearchValues.Create("，。；：！？、\n");
    private readonly Dictionary<TextSpan, int> _offered = [];
    private readonly List<(TextSpan Span, int Source)> _spans = [];
    private readonly Dictionary<string, StopCandidate> _byName = new(StringComparer.Ordinal);

    /// <summary>What was found, in the order of where it is named best.</summary>
    public List<StopCandidate> All { get; } = [];

    public void Collect(Story story)
    {
        _offered.Clear();
        _spans.Clear();
        foreach (Sentence sentence in context.Layout.Sentences)
        {
            if (!story.Contains(sentence.Span.Start) || sentence.Role is not (TextRole.Body or TextRole.Caption or TextRole.Title or TextRole.Heading)) continue;
            ProposeOf(sentence.Span);
        }
        foreach (Mention organization in context.Resolved.Tagged.Organizations) ProposeMention(story, organization.Span);
        foreach (Mention facility in context.Resolved.Tagged.Facilities) ProposeMention(story, facility.Span);
        ProposeOutlet();
        _spans.Sort(static (a, b) => a.Span.End != b.Span.End ? a.Span.End.CompareTo(b.Span.End) : a.Span.Start.CompareTo(b.Span.Start));
        Join();
    }

    /// <summary>来我校: the outlet's own institution, which perhaps only the page's head names.</summary>
    private void ProposeOutlet()
    {
        if (context.Resolved.Frame.HomeOrganization is not (>= 0 and int home)) return;
        string name = relations.InstitutionOf(context.Resolved.Organizations[home]);
        int at = context.Text.IndexOf(name, StringComparison.Ordinal);
        if (at >= 0 && name.Length is > 2 and <= MaxLength && _offered.TryAdd(new TextSpan(at, at + name.Length), _spans.Count)) _spans.Add((new TextSpan(at, at + name.Length), StopSource.Outlet));
    }

    private void ProposeOf(TextSpan sentence)
    {
        string text = context.Text;
        for (int at = sentence.Start; at < sentence.End; at++)
        {
            if (at == sentence.Start || TextContext.EndsClause(text[at - 1])) ProposeList(at, sentence.End, StopSource.ClauseStart);
            if (text[at] == '在' && context.IsBorder(at) && context.IsBorder(at + 1))
            {
                ProposeList(at + 1, sentence.End, StopSource.In);
                continue;
            }
            if (!context.Index.TryStart(at, SeeVerbs, out LexiconHit verb) || !context.Sits(verb) || !context.IsBorder(verb.End) || verb.End > sentence.End) continue;
            ProposeList(verb.End, sentence.End, StopSource.Verb);
            at = verb.End - 1;
        }
    }

    private void ProposeMention(Story story, TextSpan raw)
    {
        // A verb in front moves the beginning within the stretch.
        if (raw.End < story.Span.Start || raw.Start >= story.Span.End) return;
        TextSpan span = WithoutVerb(BehindShortVerb(raw));
        if (story.Contains(span.Start) && context.Layout.RoleAt(span.Start) is TextRole.Body or TextRole.Caption or TextRole.Title or TextRole.Heading) Propose(span, StopSource.Mention);
    }

    /// <summary>The items of an enumeration that begins at <paramref name="at"/>.</summary>
    private void ProposeList(int at, int end, int source)
    {
        string text = context.Text;
        for (int items = 0; items < MaxItems && at < end; items++)
        {
            while (at < end && IsLeftOut(at)) at++;
            int stop = at, firstDe = -1, lastDe = -1;
            while (stop < end && !EndsItem(at, stop))
            {
                if (text[stop] == '的')
                {
                    lastDe = stop;
                    if (firstDe < 0) firstDe = stop;
                }
                stop++;
            }
            if (stop > at)
            {
                TextSpan whole = WithoutVerb(Bare(new TextSpan(at, stop)));
                // At the start of a clause anything can stand; what ends like a site is looked at.
                if (source == StopSource.ClauseStart && !context.Index.TryEnd(whole.End, Suffix, out _) && !EndsWithVillage(whole)) return;
                Propose(whole, source);
                // 永平村蔬菜直供基地|的冷库: what one has been shown of the thing.
                if (lastDe > whole.Start + 2 && lastDe < whole.End) Propose(new TextSpan(whole.Start, lastDe), source);
                if (firstDe > whole.Start + 2 && firstDe != lastDe) Propose(new TextSpan(whole.Start, firstDe), source);
            }
            if (stop >= end || text[stop] is not ('、' or '和' or '及' or '以')) return;
            at = stop + (text[stop] == '以' ? 2 : 1);
        }
    }

    private bool IsLeftOut(int at) => context.Text[at] is '了' or '到' or '在' or '过' or '至' or '的' or '是' or ' ' or '：' or '往'
        || (context.Index.TryStart(at, Skipped, out LexiconHit skip) && context.Sits(skip) && skip.Length == 2);

    private bool EndsWithVillage(TextSpan span) => span.Length > 2 && (EndsWithSmallPlace(span.End) || relations.Facilities.EndingAt(span.End) >= 0);

    /// <summary>柬埔寨 ends like a village and is a country.</summary>
    private bool EndsWithSmallPlace(int end) =>
        relations.Places.EndingAt(end) is >= 0 and int place && context.Resolved.Places[context.Resolved.PlaceOfMention[place]] is { IsForeign: false, Level: not BodyLevel.Nation };

    private bool EndsItem(int start, int at)
    {
        char c = context.Text[at];
        if (c is '、' or '，' or '。' or '；' or '：' or '！' or '？' or '\n' || (c == '“' && at > start && !IsQuotedName(at))) return true;
        if (c is '和' or '及' && context.IsBorder(at) && context.IsBorder(at + 1)) return true;
        if (c == '以' && context.Text.AsSpan(at).StartsWith("以及", StringComparison.Ordinal)) return true;
        if (c is '等' or '并' && context.IsBorder(at) && (c == '等' || context.IsBorder(at + 1))) return true;
        if (at - start < 2) return false;
        if (context.IsBorder(at) && context.IsBorder(at + 1) && context.Index.TryStart(at, SeeVerbs, out LexiconHit see) && see.Length == 1) return true;
        return context.Index.TryStart(at, EndVerbs, out LexiconHit verb) && verb.Length >= 2 && context.IsBorder(verb.Start) && context.IsBorder(verb.End)
            && (context.Text[verb.End - 1] is '了' or '过' || !(EndsName(verb.End, 1) || EndsName(verb.End, 2) || EndsName(verb.End, 3)));
    }

    /// <summary>侨乡社区|“红枫义警”工作站: a few characters in quotation marks are part of a name.</summary>
    private bool IsQuotedName(int at)
    {
        ReadOnlySpan<char> behind = context.Text.AsSpan(at + 1, Math.Min(LongestQuotedName + 1, context.Text.Length - at - 1));
        int close = behind.IndexOf('”');
        return close > 0 && !behind[..close].ContainsAny(NoName);
    }

    /// <summary>考察|中心、: whether what stands so far behind the verb makes a name of both, and the item ends there.</summary>
    private bool EndsName(int verbEnd, int length)
    {
        int end = verbEnd + length;
        if (end >= context.Text.Length || !context.IsBorder(end) || !context.Index.TryEnd(end, Suffix, out _)) return false;
        if (char.IsLetterOrDigit(context.Text[end]) && context.Text[end] is not ('和' or '及' or '与' or '等')) return false;
        for (int at = verbEnd; at < end; at++)
            if (!char.IsLetterOrDigit(context.Text[at])) return false;
        return true;
    }

    /// <summary>Marks and words of position behind are no part of a name: 滑坡治理工地|上.</summary>
    private TextSpan Bare(TextSpan span)
    {
        int start = span.Start, end = span.End;
        while (end > start && !char.IsLetterOrDigit(context.Text[end - 1]) && context.Text[end - 1] is not ('）' or '”')) end--;
        while (start < end && !char.IsLetterOrDigit(context.Text[start]) && context.Text[start] is not ('“' or '《')) start++;
        if (end - start > 2 && context.Text[end - 1] is '里' or '上' or '中' or '内' or '边' or '前' or '后' or '时' or '旁' or '外' && context.IsBorder(end - 1)) end--;
        return new TextSpan(start, end);
    }

    /// <summary>Verbs in front are no part of what was seen.</summary>
    private TextSpan WithoutVerb(TextSpan span)
    {
        int start = span.Start, end = span.End;
        while (context.Index.TryStart(start, SeeVerbs, out LexiconHit verb) && verb.Length >= 2 && verb.End < end - 1 && context.IsBorder(verb.End))
        {
            start = verb.End;
            if (context.Text[start] is '了' or '过') start++;
        }
        return new TextSpan(start, end);
    }

    /// <summary>白蕉镇看|海鲈养殖基地: a verb of one character within what was taken for a name.</summary>
    private TextSpan BehindShortVerb(TextSpan span)
    {
        for (int at = span.End - 3; at > span.Start; at--)
            if (context.IsBorder(at) && context.IsBorder(at + 1) && context.Index.TryStart(at, SeeVerbs, out LexiconHit verb) && verb.Length == 1) return new TextSpan(at + 1, span.End);
        return span;
    }

    /// <summary>The phrase, and what is left of it without what may stand in front: 江阴市|华西村, 冗渡镇的|油茶基地, 三家|灯具企业.</summary>
    private void Propose(TextSpan span, int source)
    {
        while (span.Length is >= 2 and <= MaxLength)
        {
            if (!_offered.TryGetValue(span, out int known))
            {
                _offered[span] = _spans.Count;
                _spans.Add((span, source));
            }
            else if (_spans[known].Source < source) _spans[known] = (span, source);
            int front = EndOfFront(span);
            if (front <= span.Start) return;
            span = new TextSpan(front, span.End);
        }
    }

    private int EndOfFront(TextSpan span)
    {
        string text = context.Text;
        int end = span.Start;
        for (int i = relations.Places.StartingAt(span.Start); i >= 0; i = relations.Places.Next(i))
            if (context.Resolved.Tagged.Places[i].Span.End is var place && place < span.End - 1) end = Math.Max(end, place);
        if (end == span.Start) end = EndOfCounter(text, span);
        if (end > span.Start) return end < span.End && text[end] == '的' ? end + 1 : end;
        int de = text.IndexOf('的', span.Start, span.Length);
        return de > span.Start && de < span.End - 2 ? de + 1 : span.Start;
    }

    /// <summary>The end of a counter that the phrase begins with, 三家|灯具企业; its start where it begins with none.</summary>
    public static int EndOfCounter(string text, TextSpan span) =>
        Numeral.TryRead(text.AsSpan(span.Start, span.Length), 0, out Numeral number) && text[span.Start + Math.Min(number.Length, span.Length - 1)] is '个' or '家' or '处' or '座' or '所' or '条' or '间' or '户' or '片' or '块'
            ? span.Start + number.Length + 1 : span.Start;

    private void Join()
    {
        All.Clear();
        _byName.Clear();
        for (int first = 0; first < _spans.Count;)
        {
            int last = first;
            while (last + 1 < _spans.Count && _spans[last + 1].Span.End == _spans[first].Span.End) last++;
            TextSpan shortest = _spans[last].Span;
            string name = context.Text[shortest.Start..shortest.End];
            if (!_byName.TryGetValue(name, out StopCandidate? candidate))
            {
                _byName[name] = candidate = new StopCandidate();
                All.Add(candidate);
            }
            candidate.Mentions++;
            int source = 0;
            TextSpan whole = default;
            for (int i = first; i <= last; i++)
            {
                if (_spans[i].Source <= source) continue;
                (whole, source) = _spans[i];
            }
            bool better = source > candidate.Source;
            if (better) (candidate.Whole, candidate.Source) = (whole, source);
            for (int i = first; i <= last && candidate.Names.Count < MaxNames; i++)
                if (better) candidate.Names.Insert(i - first, _spans[i].Span);
                else candidate.Names.Add(_spans[i].Span);
            first = last + 1;
        }
        All.Sort(static (a, b) => a.Whole.Start != b.Whole.Start ? a.Whole.Start.CompareTo(b.Whole.Start) : b.Whole.End.CompareTo(a.Whole.End));
    }
}
