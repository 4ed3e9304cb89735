using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>One of the two sides of a pair: a party by its name, or the person who signed for it.</summary>
internal readonly record struct PairSide(string? Party, PersonEntity? Signatory);

/// <summary>
/// Reads several pairs that signed the same text: <c>宜昌市与万州区、恩施州与黔江区分别签订…</c>, <c>首农集团、京能集团分别与锡林郭勒盟签订…</c>,
/// <c>灌口镇、后溪镇分别与达板镇、唐汪镇签订…</c> (the first with the first, the second with the second), <c>安惟善分别与院长韦国超、院长罗锦帆签署…</c>,
/// <c>我县与金东区、兰溪市分别签订…</c>.
/// </summary>
internal sealed class PartyPairs(TextContext context, Relations relations)
{
    private const int LongestName = 24, LongestPerson = 40, FarthestVerb = 30;
    private static readonly TermSet Signs = TermSet.Of(TermClass.SignVerb);
    private static readonly TermSet Home = TermSet.Of(TermClass.HomePlaceWord);
    private static readonly TermSet Represents = TermSet.Of(TermClass.Represent);
    private static readonly string[] Each = ["分别", "各自", "先后", "依次", "各"];
    private readonly List<TextSpan> _left = [];
    private readonly List<TextSpan> _right = [];
    // The left side where another clause names it.
    private PairSide? _opening;

    /// <summary>
    /// The pairs that signed <paramref name="agreement"/>; empty where the text does not tell of several. Where as many agreements as pairs are named
    /// (<c>甲、乙分别与丙签订《…合同》《…合同》</c>), the one pair that it is the turn of.
    /// </summary>
    public List<(PairSide First, PairSide Second)> Read(TextSpan agreement)
    {
        List<(PairSide, PairSide)> pairs = ReadAll(agreement, out int end);
        if (pairs.Count < 2) return [];
        int number = 0, turn = -1;
        TextSpan clause = context.Clause(agreement.Start);
        foreach (Mention named in context.Resolved.Tagged.Agreements)
        {
            if (named.Span.Start < end || named.Span.Start >= clause.End) continue;
            if (named.Span.End == agreement.End) turn = number;
            number++;
        }
        return number == pairs.Count && turn >= 0 ? [pairs[turn]] : pairs;
    }

    private List<(PairSide First, PairSide Second)> ReadAll(TextSpan agreement, out int end)
    {
        _opening = null;
        var pairs = new List<(PairSide, PairSide)>();
        TextSpan clause = context.Clause(agreement.Start);
        int start = clause.Start;
        end = agreement.Start;
        // …在《…》上签字, …签订《…》: the parties stand in front of whichever comes first.
        if (context.TryVerbBefore(start, agreement.Start, Signs, out LexiconHit verb)) end = verb.Start;
        else if (!context.TryVerbAfter(agreement.End, Math.Min(clause.End, agreement.End + FarthestVerb), Signs, out _)) return pairs;
        // 甲与乙、丙与丁，就…分别签订: the parties stand in a clause of their own.
        if (context.Text[start] is '就' or '围' && start > 0 && context.Text[start - 1] == '，') (end, start) = (start - 1, context.Clause(start - 1).Start);
        int each = FindEach(start, end, out int length);
        if (each >= 0 && each + length < end && IsWith(each + length))
        {
            Split(_left, start, each);
            Split(_right, each + length + 1, EndOfParties(each + length + 1, end));
            // 甲代表县医院，分别与…: who signs opens the clause in front.
            if (each == start && start > 0 && context.Text[start - 1] == '，') Opening(context.Clause(start - 1));
            Join(pairs);
            return pairs;
        }
        int last = EndOfParties(start, each >= 0 ? each : end);
        Split(_left, start, last);
        if (_left.Count < 2) return pairs;
        foreach (TextSpan item in _left)
        {
            if (!TryWith(item, out int with) || !TrySide(new TextSpan(item.Start, with), out PairSide first) || !TrySide(new TextSpan(with + 1, item.End), out PairSide second))
            {
                pairs.Clear();
                break;
            }
            pairs.Add((first, second));
        }
        // 甲与乙、丙分别签订, 甲、乙与丙分别签订.
        if (pairs.Count == 0 && each >= 0 && TryWithAlone(start, last, out int between))
        {
            Split(_left, start, between);
            Split(_right, between + 1, last);
            Join(pairs);
        }
        return pairs;
    }

    /// <summary>One with each of several, or the first with the first and so on.</summary>
    private void Join(List<(PairSide First, PairSide Second)> pairs)
    {
        int left = _opening == null ? _left.Count : 1;
        if (left == 0 || _right.Count == 0 || left < 2 && _right.Count < 2 || left > 1 && _right.Count > 1 && left != _right.Count) return;
        for (int i = 0; i < Math.Max(left, _right.Count); i++)
        {
            PairSide first = _opening ?? default;
            if (_opening == null && !TrySide(_left[left == 1 ? 0 : i], out first) || !TrySide(_right[_right.Count == 1 ? 0 : i], out PairSide second))
            {
                pairs.Clear();
                return;
            }
            pairs.Add((first, second));
        }
    }

    private int FindEach(int start, int end, out int length)
    {
        foreach (string word in Each)
        {
            length = word.Length;
            int at = context.Text.IndexOf(word, start, end - start, StringComparison.Ordinal);
            if (at >= 0 && (length > 1 || at + 1 < end && IsWith(at + 1))) return at;
        }
        length = 0;
        return -1;
    }

    private bool IsWith(int at) => context.Text[at] is '与' or '和' or '同';

    private bool TryWith(TextSpan item, out int with)
    {
        for (with = item.Start + 1; with < item.End - 1; with++)
            if (IsWith(with) && context.IsBorder(with) && context.IsBorder(with + 1)) return true;
        return false;
    }

    /// <summary>The only 与 of the stretch.</summary>
    private bool TryWithAlone(int start, int end, out int with) => TryWith(new TextSpan(start, end), out with) && !TryWith(new TextSpan(with, end), out _);

    /// <summary>Takes the first person or party of a clause as the left side, and whom he represents.</summary>
    private void Opening(TextSpan clause)
    {
        for (int at = clause.Start + 2; at <= Math.Min(clause.End, clause.Start + LongestPerson) && _opening == null; at++)
        {
            if (!TrySide(new TextSpan(clause.Start, at), out PairSide side)) continue;
            _opening = side;
            if (context.Index.TryStart(at, Represents, out LexiconHit verb) && TrySide(new TextSpan(verb.End, clause.End), out PairSide body)) _opening = side with { Party = body.Party };
        }
    }

    /// <summary>The items between enumeration commas; none where one is no party and holds no pair either.</summary>
    private void Split(List<TextSpan> items, int start, int end)
    {
        items.Clear();
        for (int at = start; at < end;)
        {
            int comma = context.Text.IndexOf('、', at, end - at);
            int stop = comma < 0 ? end : comma;
            var item = new TextSpan(at, stop);
            if (!TrySide(item, out _) && !HoldsPair(item))
            {
                // 甲乡党委书记、乡长某某: the posts of one person.
                if (comma >= 0 && relations.Posts.Any(at, stop))
                {
                    comma = context.Text.IndexOf('、', stop + 1, end - stop - 1);
                    stop = comma < 0 ? end : comma;
                    item = new TextSpan(at, stop);
                }
                if (!TrySide(item, out _) && !HoldsPair(item))
                {
                    items.Clear();
                    return;
                }
            }
            items.Add(item);
            at = stop + 1;
        }
    }

    private bool HoldsPair(TextSpan item) => item.Length <= 2 * LongestPerson && TryWith(item, out int with)
        && TrySide(new TextSpan(item.Start, with), out _) && TrySide(new TextSpan(with + 1, item.End), out _);

    /// <summary>Behind the last place, body or person before the verb.</summary>
    private int EndOfParties(int start, int end)
    {
        for (int at = end; at > start; at--)
            if (relations.Organizations.EndingAt(at) >= 0 || relations.Places.EndingAt(at) >= 0 || relations.Names.EndingAt(at) >= 0) return at;
        return start;
    }

    /// <summary>A place or body, with what may stand in front of it, or a person behind a post.</summary>
    private bool TrySide(TextSpan span, out PairSide side)
    {
        side = default;
        if (span.Length < 2) return false;
        if (relations.Names.EndingAt(span.End) is >= 0 and int name)
        {
            TextSpan person = context.Resolved.Tagged.Names[name].Span;
            if (span.Length > LongestPerson || person.Start < span.Start || relations.Names.Any(span.Start, person.Start)) return false;
            side = new PairSide(null, context.Resolved.People.Find(p => p.Spans.Contains(person) || p.References.Contains(person)));
            return side.Signatory != null;
        }
        if (context.Index.TryStart(span.Start, Home, out LexiconHit own) && own.End == span.End && context.Resolved.Frame.Home is >= 0 and int home)
        {
            side = new PairSide(context.Resolved.Places[home].Written, null);
            return true;
        }
        if (span.Length > LongestName || relations.Names.Any(span.Start, span.End)) return false;
        if (relations.Organizations.EndingAt(span.End) < 0 && relations.Places.EndingAt(span.End) < 0 && relations.Facilities.EndingAt(span.End) < 0) return false;
        side = new PairSide(context.Text[span.Start..span.End], null);
        return true;
    }
}
