using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Runs of people: names of one sentence between which no verb of an event stands, so that what governs one governs all
/// (<c>副市长甲，秘书长乙，局长丙|陪同考察</c>).
/// </summary>
internal sealed class NameRuns
{
    private static readonly TermSet Breaks = TermSet.Of(TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitInspect, TermClass.VisitReceive, TermClass.VisitLead,
        TermClass.Accompany, TermClass.Attend, TermClass.SignVerb, TermClass.Chair, TermClass.SpeechVerb, TermClass.Witness, TermClass.Represent, TermClass.MeetingHold);

    private readonly TextContext _context;
    private int[] _firsts = [];
    private int[] _lasts = [];

    public NameRuns(TextContext context) => _context = context;

    /// <summary>Finds the runs of the context's article.</summary>
    public void Start()
    {
        List<NameSpan> names = _context.Resolved.Tagged.Names;
        if (_firsts.Length < names.Count)
        {
            _firsts = new int[names.Count * 2];
            _lasts = new int[_firsts.Length];
        }
        int first = 0;
        for (int i = 0; i < names.Count; i++)
        {
            if (i > 0 && !Joins(names, i)) first = i;
            _firsts[i] = first;
        }
        for (int i = names.Count - 1, last = i; i >= 0; i--)
        {
            if (_firsts[i] != _firsts[last]) last = i;
            _lasts[i] = last;
        }
    }

    /// <summary>The index of the name that stands there; -1 if none does.</summary>
    public int At(TextSpan span)
    {
        List<NameSpan> names = _context.Resolved.Tagged.Names;
        int low = _context.Resolved.Tagged.NamesBefore(span.Start);
        for (; low < names.Count && names[low].Span.Start == span.Start; low++)
            if (names[low].Span == span) return low;
        return -1;
    }

    public bool AreTogether(int a, int b) => a >= 0 && b >= 0 && _firsts[a] == _firsts[b];

    /// <summary>The last of the drafts before this one whose name is in the run of the name; -1 if there is none.</summary>
    /// <param name="drafts">People by where they are introduced.</param>
    /// <param name="index">The draft.</param>
    /// <param name="name">The index of its name.</param>
    public int MateBefore(List<ParticipantDraft> drafts, int index, int name)
    {
        if (name < 0) return -1;
        int first = _context.Resolved.Tagged.Names[_firsts[name]].Span.Start;
        for (int i = index - 1; i >= 0 && drafts[i].Span.Start >= first; i--)
            if (AreTogether(name, drafts[i].Name)) return i;
        return -1;
    }

    /// <summary>How many names the run of this one has.</summary>
    public int Length(int index) => index < 0 ? 0 : _lasts[index] - _firsts[index] + 1;

    /// <summary>The first verb behind the run, within its sentence.</summary>
    public bool TryVerbBehind(int index, out LexiconHit verb)
    {
        verb = default;
        if (index < 0) return false;
        int end = _context.Resolved.Tagged.Names[_lasts[index]].Span.End;
        return _context.TryVerbAfter(end, _context.SentenceSpan(end - 1).End, Breaks, out verb);
    }

    /// <summary>The last verb in front of the run's first post, within its sentence.</summary>
    public bool TryVerbInFront(int index, out LexiconHit verb)
    {
        verb = default;
        if (index < 0) return false;
        int start = Start(_firsts[index]);
        return _context.TryVerbBefore(_context.SentenceSpan(start).Start, start, Breaks, out verb);
    }

    private int Start(int index)
    {
        NameSpan name = _context.Resolved.Tagged.Names[index];
        int start = name.Span.Start;
        for (int p = name.FirstPost; p < name.FirstPost + name.PostCount; p++)
        {
            PostSpan post = _context.Resolved.Tagged.Posts[p];
            if (!post.Shared && post.Span.Start < start) start = post.Span.Start;
        }
        return start;
    }

    private bool Joins(List<NameSpan> names, int index)
    {
        int from = names[index - 1].Span.End, to = Start(index);
        if (_context.Layout.SentenceAt(from - 1) != _context.Layout.SentenceAt(names[index].Span.Start)) return false;
        return to <= from || !_context.TryVerbAfter(from, to, Breaks, out _);
    }
}
