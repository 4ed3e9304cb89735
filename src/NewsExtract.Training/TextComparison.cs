namespace NewsExtract.Training;

/// <summary>Which characters of one text stand, in order, in another (Myers 1986, greedy forward search).</summary>
internal static class TextComparison
{
    /// <summary>What stands in an actual text in place of a stretch of the expected one.</summary>
    /// <param name="Start">Offset of the first unit that is missing.</param>
    /// <param name="Expected">The units that are missing.</param>
    /// <param name="Actual">The units in their place.</param>
    public readonly record struct Difference(int Start, string Expected, string Actual);

    /// <summary>The stretches of <paramref name="expected"/> that <paramref name="matched"/> does not have, with what stands there instead.</summary>
    public static IEnumerable<Difference> Differences(string expected, string actual, bool[] matched)
    {
        int at = 0; // in the actual text
        for (int i = 0; i < expected.Length; i++)
        {
            if (matched[i])
            {
                at = actual.IndexOf(expected[i], at) + 1;
                continue;
            }
            int end = i;
            while (end < expected.Length && !matched[end]) end++;
            // The units behind the stretch show where it ends.
            int anchor = Math.Min(8, expected.Length - end);
            while (anchor > 0 && matched.AsSpan(end, anchor).Contains(false)) anchor--;
            int next = anchor == 0 ? actual.Length : actual.IndexOf(expected.Substring(end, anchor), at, StringComparison.Ordinal);
            if (next < 0) next = at;
            yield return new Difference(i, expected[i..end], actual[at..next]);
            at = next;
            i = end - 1;
        }
    }

    /// <summary>For each UTF-16 unit of <paramref name="expected"/> whether <paramref name="actual"/> has it.</summary>
    /// <param name="expected">The text as it should be.</param>
    /// <param name="actual">The text as it is.</param>
    /// <param name="limit">Differences after which the rest counts as wrong.</param>
    public static bool[] Match(string expected, string actual, int limit = 2000)
    {
        var matched = new bool[expected.Length];
        int n = expected.Length, m = actual.Length;
        limit = Math.Min(limit, n + m);
        var trace = new List<int[]>();
        int[] furthest = new int[2 * limit + 3];
        int middle = limit + 1;
        for (int d = 0; d <= limit; d++)
        {
            trace.Add(furthest[(middle - d)..(middle + d + 1)]);
            for (int k = -d; k <= d; k += 2)
            {
                int x = k == -d || (k != d && furthest[middle + k - 1] < furthest[middle + k + 1]) ? furthest[middle + k + 1] : furthest[middle + k - 1] + 1;
                while (x < n && x - k < m && x - k >= 0 && expected[x] == actual[x - k]) x++;
                furthest[middle + k] = x;
                if (x < n || x - k < m) continue;
                Trace(trace, d, matched, n, m);
                return matched;
            }
        }
        for (int i = 0; i < Math.Min(n, m) && expected[i] == actual[i]; i++) matched[i] = true;
        return matched;
    }

    private static void Trace(List<int[]> trace, int d, bool[] matched, int x, int y)
    {
        for (; d > 0; d--)
        {
            int[] row = trace[d]; // the state after d-1 rounds, diagonals -d..d
            int k = x - y;
            int left = k - 1 + d, right = k + 1 + d;
            bool down = k == -d || (k != d && row[left] < row[right]);
            int previousX = down ? row[right] : row[left];
            int previousY = previousX - (down ? k + 1 : k - 1);
            int startX = down ? previousX : previousX + 1;
            while (x > startX) matched[--x] = true;
            (x, y) = (previousX, previousY);
        }
        while (x > 0) matched[--x] = true;
    }
}
