namespace NewsExtract.Evaluation.Corpus;

/// <summary>Two articles that say much the same in the same words.</summary>
/// <param name="First">The one that comes first.</param>
/// <param name="Second">The other.</param>
/// <param name="Similarity">In [0,1]: see <see cref="NearDuplicates"/>.</param>
public sealed record NearDuplicate(CorpusArticle First, CorpusArticle Second, double Similarity);

/// <summary>
/// Finds articles that are copies or variations of each other by their shingles (Broder 1997): the sets of all stretches of five
/// characters without white space and punctuation; their likeness is the Jaccard index, intersection over union.
/// </summary>
public static class NearDuplicates
{
    /// <summary>The likeness from which two articles count as one. Two independent reports of this genre share a few set phrases only.</summary>
    public const double Limit = 0.2;

    private const int ShingleLength = 5;

    /// <summary>Every pair at least <paramref name="least"/> alike, most alike first.</summary>
    public static List<NearDuplicate> Find(IReadOnlyList<CorpusArticle> articles, double least)
    {
        int[][] shingles = [.. articles.Select(a => Shingles(a.Repaired))];
        var pairs = new List<NearDuplicate>();
        for (int i = 0; i < articles.Count; i++)
        {
            for (int j = i + 1; j < articles.Count; j++)
            {
                double similarity = Jaccard(shingles[i], shingles[j]);
                if (similarity >= least) pairs.Add(new NearDuplicate(articles[i], articles[j], similarity));
            }
        }
        pairs.Sort((a, b) => b.Similarity.CompareTo(a.Similarity));
        return pairs;
    }

    // Sorted, each once. A hash of 32 bits: chance meetings of two shingles are too rare to change the index.
    private static int[] Shingles(string text)
    {
        char[] letters = [.. text.Where(char.IsLetterOrDigit)];
        var hashes = new SortedSet<int>();
        for (int i = 0; i + ShingleLength <= letters.Length; i++)
        {
            uint hash = 2166136261;
            for (int k = i; k < i + ShingleLength; k++) hash = unchecked((hash ^ letters[k]) * 16777619);
            hashes.Add(unchecked((int)hash));
        }
        return [.. hashes];
    }

    private static double Jaccard(int[] a, int[] b)
    {
        int common = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            int order = a[i].CompareTo(b[j]);
            if (order == 0) common++;
            if (order <= 0) i++;
            if (order >= 0) j++;
        }
        int union = a.Length + b.Length - common;
        return union == 0 ? 0 : (double)common / union;
    }
}
