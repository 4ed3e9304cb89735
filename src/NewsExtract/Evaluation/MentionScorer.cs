using NewsExtract.Text;

namespace NewsExtract.Evaluation;

/// <summary>Compares mentions: the same kind at exactly the same stretch of the source is a hit.</summary>
internal static class MentionScorer
{
    private static readonly (string Type, Field Field)[] Types =
    [
        ("person", Field.MentionPerson), ("title", Field.MentionTitle), ("place", Field.MentionPlace),
        ("organization", Field.MentionOrganization), ("date", Field.MentionDate),
    ];

    /// <summary>
    /// Counts, lists errors and fills <paramref name="kinds"/> with a pair for each gold mention that must be found and each extracted one that
    /// gold does not have. A gold mention that is not there with its own kind counts under the kind that has the same stretch,
    /// else as <c>other extent</c> where its own kind overlaps it, else as <c>missed</c>.
    /// </summary>
    public static void Score(GoldMentions gold, IReadOnlyList<MentionRecord> records, Tally tally, List<(string, string)> kinds)
    {
        tally.Scope = Scope.None;
        foreach (MentionKind kind in gold.Kinds)
        {
            (string type, Field field) = Types[(int)kind];
            List<GoldMention> wanted = [.. gold.All.Where(m => m.Kind == kind)];
            List<MentionRecord> found = [.. records.Where(m => m.Type == type).DistinctBy(m => (m.Start, m.End))];
            int hits = 0, missing = 0;
            foreach (GoldMention mention in wanted)
            {
                int at = found.FindIndex(m => m.Start == mention.Span.Start && m.End == mention.Span.End);
                MentionRecord? hit = at < 0 ? null : found[at];
                if (hit is not null) found.RemoveAt(at);
                if (mention.IsOptional) continue;
                if (hit is not null) hits++;
                else missing++;
                kinds.Add((type, hit is not null ? type : Miss(mention, type, records)));
                if (hit is not null) continue;
                MentionRecord? overlapping = records.FirstOrDefault(m => m.Type == type && Overlaps(m, mention.Span));
                tally.Scope = Scope.None with { Subject = overlapping is null ? "" : $"overlaps {overlapping.Text}" };
                tally.Fault(field, mention.Value, null, false, [[mention.Span.Start, mention.Span.End]]);
            }
            // The body in a title, the place in a company's name: labelled or not, it may be reported.
            found.RemoveAll(m => gold.All.Any(outer => outer.Kind != kind && IsWithin(m, outer.Span)));
            tally.Add(field, hits, found.Count, missing);
            foreach (MentionRecord extra in found)
            {
                if (!wanted.Exists(m => Overlaps(extra, m.Span))) kinds.Add(("nothing", type));
                tally.Scope = Scope.None with { Confidence = extra.Score };
                tally.Fault(field, null, extra.Text, false, [[extra.Start, extra.End]]);
            }
        }
        tally.Scope = Scope.None;
    }

    private static string Miss(GoldMention mention, string type, IReadOnlyList<MentionRecord> records)
    {
        MentionRecord? other = records.FirstOrDefault(m => m.Start == mention.Span.Start && m.End == mention.Span.End);
        if (other is not null) return other.Type;
        return records.Any(m => m.Type == type && Overlaps(m, mention.Span)) ? "other extent" : "missed";
    }

    private static bool IsWithin(MentionRecord record, SourceSpan span) =>
        span.Start <= record.Start && record.End <= span.End && record.End - record.Start < span.Length;

    private static bool Overlaps(MentionRecord record, SourceSpan span) => record.Start < span.End && span.Start < record.End;
}
