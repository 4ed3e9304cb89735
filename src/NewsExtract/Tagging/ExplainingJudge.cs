using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>Judges as the trained weights do and keeps what each stretch was judged by. For looking inside, not for runs: it allocates.</summary>
internal sealed class ExplainingJudge(MentionModel model, Lexicon lexicon) : IMentionJudge
{
    private readonly List<(MentionKind Kind, TextSpan Span, double Score, int[] Keys)> _judged = [];

    public double Judge(MentionKind kind, TextSpan span, MentionFeatures features)
    {
        double score = model.Judge(kind, span, features);
        _judged.Add((kind, span, score, features.Keys.ToArray()));
        return score;
    }

    public double JudgeBorders(TextSpan span, MentionFeatures features) => model.JudgeBorders(span, features);

    /// <summary>Whether the rule proposed the stretch, however the weights judged it.</summary>
    public bool WasProposed(MentionKind kind, TextSpan span, string rule)
    {
        int number = Array.IndexOf(kind == MentionKind.Organization ? OrganizationTagger.RuleNames : MentionCollector.Rules, rule);
        return _judged.Exists(j => j.Kind == kind && j.Span == span && Array.IndexOf(j.Keys, MentionFeatures.Key(MentionFeature.Rule, number)) >= 0);
    }

    /// <summary>What the mention was judged by, the heaviest first, the constant among it; empty where it was not judged.</summary>
    public List<FeatureWeight> Reasons(Mention mention)
    {
        var reasons = new List<FeatureWeight>();
        int at = _judged.FindLastIndex(j => j.Kind == mention.Kind && j.Span == mention.Span && (float)j.Score == mention.Score);
        // Equal strings move each other's scores, and an institute takes over the score of the national body that it begins with.
        if (at < 0) at = _judged.FindLastIndex(j => j.Kind == mention.Kind && j.Span == mention.Span);
        if (at < 0) return reasons;
        Add(0);
        foreach (int key in _judged[at].Keys) Add(key);
        double moved = AgreeingScores.Odds(mention.Score) - reasons.Sum(static r => r.Weight);
        if (mention.Score != (float)_judged[at].Score) reasons.Add(new FeatureWeight("Agreement", "with equal strings", moved));
        reasons.Sort(static (a, b) => Math.Abs(a.Weight) != Math.Abs(b.Weight) ? Math.Abs(b.Weight).CompareTo(Math.Abs(a.Weight))
            : string.CompareOrdinal(a.Feature, b.Feature) is not 0 and int order ? order : string.CompareOrdinal(a.Value, b.Value));
        return reasons;

        void Add(int key)
        {
            float weight = model.Weight(mention.Kind, key);
            if (weight != 0) reasons.Add(new FeatureWeight(key == 0 ? "Always" : MentionFeatures.FeatureOf(key).ToString(), MentionFeatureText.Value(mention.Kind, key, lexicon), weight));
        }
    }
}
