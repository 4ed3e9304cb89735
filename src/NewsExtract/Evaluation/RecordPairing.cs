namespace NewsExtract.Evaluation;

/// <summary>Which extracted record is meant to be which gold record.</summary>
internal static class RecordPairing
{
    /// <summary>
    /// One-to-one pairs, greedily from the most alike down; of two pairs equally alike, the one later in gold, then later in the
    /// output, goes first. Records that are not alike at all (score 0) meet null; pairs come first, then unpaired gold, then unpaired output.
    /// </summary>
    public static List<(TGold? Gold, TRecord? Record)> Pair<TGold, TRecord>(IReadOnlyList<TGold> gold, IReadOnlyList<TRecord> records,
        Func<TGold, TRecord, double> alike)
        where TGold : class
        where TRecord : class
    {
        var candidates = new List<(double Score, int Gold, int Record)>();
        for (int i = 0; i < gold.Count; i++)
            for (int j = 0; j < records.Count; j++)
                candidates.Add((alike(gold[i], records[j]), i, j));
        candidates.Sort((a, b) => b.CompareTo(a));
        bool[] goldTaken = new bool[gold.Count], recordTaken = new bool[records.Count];
        var pairs = new List<(TGold?, TRecord?)>();
        foreach ((double score, int i, int j) in candidates)
        {
            if (score <= 0 || goldTaken[i] || recordTaken[j]) continue;
            goldTaken[i] = recordTaken[j] = true;
            pairs.Add((gold[i], records[j]));
        }
        for (int i = 0; i < gold.Count; i++)
            if (!goldTaken[i]) pairs.Add((gold[i], null));
        for (int j = 0; j < records.Count; j++)
            if (!recordTaken[j]) pairs.Add((null, records[j]));
        return pairs;
    }

    /// <summary>
    /// How alike two visits are: the leader counts 2, a common first day, origin and each pair of matching destinations 1. Never 0: an article's
    /// visit is compared with whatever visit came out.
    /// </summary>
    public static double Alike(GoldVisit gold, NewsExtract.Text.Visit record)
    {
        double score = 0;
        if (!string.IsNullOrEmpty(gold.Leader) && Matching.Same(gold.Leader, record.Leader)) score += 2;
        foreach (string a in gold.To)
            foreach (NewsExtract.Text.PlaceRecord b in record.To)
                if (Matching.SamePlace(a, b.Name)) score += 1;
        if (!string.IsNullOrEmpty(gold.Start) && gold.Start == record.Start) score += 1;
        if (!string.IsNullOrEmpty(gold.From) && Matching.SameEnding(gold.From, record.From?.Name)) score += 1;
        return score + 0.01;
    }

    /// <summary>How alike two meetings are: the kind counts 2, date and chair 1 each.</summary>
    public static double Alike(GoldMeeting gold, NewsExtract.Text.Meeting record) =>
        (Matching.SamePhrase(gold.Kind, record.Kind) ? 2 : 0)
        + (!string.IsNullOrEmpty(gold.Date) && gold.Date == record.Date ? 1 : 0)
        + (!string.IsNullOrEmpty(gold.Chair) && Matching.Same(gold.Chair, record.Chair) ? 1 : 0);

    /// <summary>How alike two agreements are: the name counts 3, each pair of matching parties 1.</summary>
    public static double Alike(GoldAgreement gold, NewsExtract.Text.Agreement record)
    {
        double score = Matching.SamePhrase(gold.Name, record.Name) ? 3 : 0;
        foreach (string a in gold.Parties)
            foreach (string b in record.Parties)
                if (Matching.SamePlace(a, b)) score += 1;
        return score;
    }
}
