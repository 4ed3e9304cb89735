using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Resolution;

/// <summary>
/// Finds whose story it is: the place or organisation that the outlet speaks for, from the outlet's name, datelines,
/// 我县 and 我校, posts without a place, and who acts for which county.
/// </summary>
internal sealed class FrameReader
{
    private const int OutletPoints = 12, DatelinePoints = 8, RepresentPoints = 6, LevelPoints = 4, BodyPoints = 3, GoPoints = -4, FrequencyPoints = 1;
    private static readonly TermSet Go = TermSet.Of(TermClass.VisitGo, TermClass.VisitStop);
    private static readonly TermSet Represent = TermSet.Of(TermClass.Represent);
    private static readonly TermSet Bodies = TermSet.Of(TermClass.PartyBody, TermClass.GovernmentBody);

    public void Read(ResolvedText resolved, TermIndex index)
    {
        StoryFrame frame = resolved.Frame;
        frame.BareLevel = BareLevel(resolved, out int bare);
        BodyLevel mine = HomeWordLevel(resolved);
        var points = new int[resolved.Places.Count];
        foreach (PlaceEntity place in resolved.Places)
        {
            if (place.IsForeign || place.Level is BodyLevel.Nation) continue;
            foreach (TextSpan span in place.Spans) points[place.Id] += Points(resolved, index, span);
            if (mine != BodyLevel.None && place.Level == mine) points[place.Id] += LevelPoints;
            if (bare > 0 && place.Level == frame.BareLevel) points[place.Id] += LevelPoints;
            points[place.Id] += Math.Min(place.Spans.Count, 4) * FrequencyPoints;
        }
        int best = -1;
        for (int i = 0; i < points.Length; i++)
            if (points[i] > 0 && (best < 0 || points[i] > points[best])) best = i;
        if (best >= 0 && (mine != BodyLevel.None || bare > 0 || points[best] >= DatelinePoints))
        {
            frame.Home = best;
            frame.HomeEvidence = points[best];
        }
        frame.HomeOrganization = HomeOrganization(resolved);
    }

    private int Points(ResolvedText resolved, TermIndex index, TextSpan span)
    {
        int points = 0;
        Layout layout = resolved.Layout;
        if (layout.OutletSpan is { } outlet && outlet.Overlaps(span)) points += OutletPoints;
        foreach (Dateline line in layout.Datelines)
            if (line.Place.Overlaps(span)) points += DatelinePoints;
        TextRole role = layout.RoleAt(span.Start);
        if (role is TextRole.Meta or TextRole.Related) points += BodyPoints;
        if (role is TextRole.Title) points += 1;
        if (index.TryPrevious(Math.Max(0, span.Start - 4), span.Start, Represent, out _)) points += RepresentPoints;
        if (index.TryStart(span.End, Bodies, out _) || index.TryStart(span.End - 1, Bodies, out _)) points += 1;
        if (index.TryPrevious(Math.Max(0, span.Start - 3), span.Start, Go, out LexiconHit go) && go.End == span.Start) points += GoPoints;
        return points;
    }

    private static BodyLevel BareLevel(ResolvedText resolved, out int count)
    {
        Span<int> levels = stackalloc int[8];
        levels.Clear();
        foreach (PersonEntity person in resolved.People)
            foreach (Post post in person.Posts)
                if (post.Place < 0 && post.Level is >= BodyLevel.Province and <= BodyLevel.Town && post.Organization < 0) levels[(int)post.Level]++;
        int best = 0;
        for (int i = 1; i < levels.Length; i++)
            if (levels[i] > levels[best]) best = i;
        count = levels[best];
        return count > 0 ? (BodyLevel)best : BodyLevel.None;
    }

    /// <summary>The level of 我县, 全市 and the like; the first that the text uses.</summary>
    private static BodyLevel HomeWordLevel(ResolvedText resolved)
    {
        string text = resolved.Text;
        for (int i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] is not ('我' or '全' or '本')) continue;
            BodyLevel level = PlaceResolver.LevelOfName(text.Substring(i, 2));
            if (level == BodyLevel.None || (text[i] == '我' && i > 0 && text[i - 1] == '自') || text[i] == '全' && i + 2 < text.Length && text[i + 2] == '域') continue;
            return level;
        }
        return BodyLevel.None;
    }

    private static int HomeOrganization(ResolvedText resolved)
    {
        Layout layout = resolved.Layout;
        bool ours = resolved.Text.Contains("我校", StringComparison.Ordinal) || resolved.Text.Contains("我院", StringComparison.Ordinal)
            || resolved.Text.Contains("我司", StringComparison.Ordinal) || resolved.Text.Contains("本公司", StringComparison.Ordinal)
            || resolved.Text.Contains("我会", StringComparison.Ordinal) || resolved.Text.Contains("我所", StringComparison.Ordinal);
        int best = -1, bestPoints = 0;
        foreach (OrganizationEntity organization in resolved.Organizations)
        {
            int points = Math.Min(organization.Spans.Count, 3);
            foreach (TextSpan span in organization.Spans)
            {
                if (layout.OutletSpan is { } outlet && outlet.Overlaps(span)) points += OutletPoints;
                if (layout.RoleAt(span.Start) is TextRole.Meta) points += BodyPoints;
                if (layout.RoleAt(span.Start) is TextRole.Title) points += 1;
            }
            if ((ours || points >= OutletPoints) && points > bestPoints) (best, bestPoints) = (organization.Id, points);
        }
        return best;
    }
}
