using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Reads several pairs that signed the same text: <c>宜昌市与万州区、恩施州与黔江区分别签订…</c>, <c>首农集团、京能集团分别与锡林郭勒盟签订…</c>,
/// <c>灌口镇、后溪镇分别与达板镇、唐汪镇签订…</c> (the first with the first, the second with the second).
/// </summary>
internal sealed class PartyPairs(TextContext context, Relations relations)
{
    private const int LongestName = 24;
    private static readonly TermSet Signs = TermSet.Of(TermClass.SignVerb);
    private readonly List<TextSpan> _left = [];
    private readonly List<TextSpan> _right = [];

    /// <summary>The pairs in front of the verb of signing that <paramref name="agreement"/> belongs to; empty where there are no two.</summary>
    public List<(string First, string Second)> Read(TextSpan agreement)
    {
        var pairs = new List<(string, string)>();
        TextSpan clause = context.Clause(agreement.Start);
        if (!context.TryVerbBefore(clause.Start, agreement.Start, Signs, out LexiconHit verb)) return pairs;
        int end = verb.Start;
        string text = context.Text;
        // 结为友好乡镇并互换…: what stands between the last party and the verb does not count.
        int respectively = text.IndexOf("分别", clause.Start, end - clause.Start, StringComparison.Ordinal);
        if (respectively >= 0 && respectively + 2 < end && IsWith(respectively + 2))
        {
            Split(_left, clause.Start, respectively);
            Split(_right, respectively + 3, EndOfParties(respectively + 3, end));
            if (_left.Count < 2 && _right.Count < 2 || _left.Count == 0) return pairs;
            if (_right.Count == 1 || _left.Count == _right.Count)
                for (int i = 0; i < _left.Count; i++) pairs.Add((Name(_left[i]), Name(_right[_right.Count == 1 ? 0 : i])));
            else if (_left.Count == 1)
                foreach (TextSpan right in _right) pairs.Add((Name(_left[0]), Name(right)));
            return pairs;
        }
        Split(_left, clause.Start, respectively >= 0 ? respectively : EndOfParties(clause.Start, end));
        if (_left.Count < 2) return pairs;
        foreach (TextSpan item in _left)
        {
            int with = item.Start;
            while (with < item.End && !(IsWith(with) && context.IsBorder(with))) with++;
            var first = new TextSpan(item.Start, with);
            var second = new TextSpan(Math.Min(with + 1, item.End), item.End);
            if (!IsParty(first) || !IsParty(second))
            {
                pairs.Clear();
                return pairs;
            }
            pairs.Add((Name(first), Name(second)));
        }
        return pairs;
    }

    private bool IsWith(int at) => context.Text[at] is '与' or '和' or '同';

    /// <summary>The items between enumeration commas; none where one is no party and holds no pair either.</summary>
    private void Split(List<TextSpan> items, int start, int end)
    {
        items.Clear();
        for (int at = start; at < end;)
        {
            int comma = context.Text.IndexOf('、', at, end - at);
            int stop = comma < 0 ? end : comma;
            var item = new TextSpan(at, stop);
            if (!IsParty(item) && !HoldsPair(item))
            {
                items.Clear();
                return;
            }
            items.Add(item);
            at = stop + 1;
        }
    }

    private bool HoldsPair(TextSpan item)
    {
        for (int at = item.Start + 2; at < item.End - 2; at++)
            if (IsWith(at) && context.IsBorder(at)) return item.Length <= 2 * LongestName;
        return false;
    }

    /// <summary>Behind the last place or body before the verb.</summary>
    private int EndOfParties(int start, int end)
    {
        for (int at = end; at > start; at--)
            if (relations.Organizations.EndingAt(at) >= 0 || relations.Places.EndingAt(at) >= 0) return at;
        return start;
    }

    /// <summary>A place or body, with what may stand in front of it.</summary>
    private bool IsParty(TextSpan span)
    {
        if (span.Length is < 2 or > LongestName) return false;
        return (relations.Organizations.EndingAt(span.End) >= 0 || relations.Places.EndingAt(span.End) >= 0 || relations.Facilities.EndingAt(span.End) >= 0)
            && !relations.Names.Any(span.Start, span.End);
    }

    private string Name(TextSpan span) => context.Text[span.Start..span.End];
}
