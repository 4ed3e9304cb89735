namespace NewsExtract.Evaluation;

/// <summary>A figure's value with its interval.</summary>
/// <param name="Counts">The raw counts.</param>
/// <param name="Interval">Of F1.</param>
public sealed record FieldScore(Counts Counts, Interval Interval);

/// <summary>The figures of one genre.</summary>
/// <param name="Genre">Its name.</param>
/// <param name="Articles">How many articles it has.</param>
/// <param name="Macro">Mean F1 of the record fields.</param>
/// <param name="Micro">The record fields' counts added up.</param>
/// <param name="Fields">Counts, indexed by <see cref="Field"/>.</param>
public sealed record GenreScore(string Genre, int Articles, double Macro, Counts Micro, IReadOnlyList<Counts> Fields);

/// <summary>What evaluating a set of articles gives. Every figure is made from the articles' raw counts.</summary>
public sealed class EvaluationResult
{
    private static readonly string[] SideLabels = ["visitor", "host", "none"];
    private static readonly string[] KindLabels = ["person", "title", "place", "organization", "date"];
    private static readonly string[] StatusLabels = ["signed", "planned"];

    /// <summary>Sums up <paramref name="articles"/>.</summary>
    public EvaluationResult(IReadOnlyList<ArticleScore> articles)
    {
        Articles = articles;
        Counts[] totals = Sum(articles);
        Draws = new Bootstrap(articles.Count);
        Fields = [.. FieldTable.All.Select(f => new FieldScore(totals[(int)f.Field], Draws.Of(w => Weighted(f.Field, w).F1)))];
        Macro = MacroOf(totals);
        MacroInterval = Draws.Of(WeightedMacro);
        Micro = new FieldScore(MicroOf(totals, FieldTable.Macro), Draws.Of(w => WeightedMicro(w, FieldTable.Macro).F1));
        MentionMicro = new FieldScore(MicroOf(totals, FieldTable.Mentions), Draws.Of(w => WeightedMicro(w, FieldTable.Mentions).F1));
        MentionMacro = FieldTable.Mentions.Average(f => totals[(int)f.Field].F1);
        Genres = [.. articles.GroupBy(a => a.Genre).OrderBy(g => g.Key, StringComparer.Ordinal).Select(ScoreGenre)];
        Calibration = new Calibration(articles.SelectMany(a => a.Confidences));
        CalibrationByKind = Enum.GetValues<RecordKind>().ToDictionary(kind => kind,
            kind => new Calibration(articles.SelectMany(a => a.Confidences).Where(x => x.Kind == kind)));
        Sides = new Confusion(articles.SelectMany(a => a.Sides), [.. SideLabels, "nobody"], [.. SideLabels, "missing"]);
        Statuses = new Confusion(articles.SelectMany(a => a.Statuses), [.. StatusLabels, "nothing"], [.. StatusLabels, "missing"]);
        Kinds = new Confusion(articles.SelectMany(a => a.Kinds), [.. KindLabels, "nothing"], [.. KindLabels, "other extent", "missed"]);
    }

    /// <summary>The articles, in gold's order.</summary>
    public IReadOnlyList<ArticleScore> Articles { get; }

    /// <summary>Indexed by <see cref="Field"/>.</summary>
    public IReadOnlyList<FieldScore> Fields { get; }

    /// <summary>Mean F1 of the record fields (<see cref="FieldTable.Macro"/>).</summary>
    public double Macro { get; }

    /// <summary>Its interval.</summary>
    public Interval MacroInterval { get; }

    /// <summary>The record fields' counts added up.</summary>
    public FieldScore Micro { get; }

    /// <summary>The counts of all kinds of mention added up.</summary>
    public FieldScore MentionMicro { get; }

    /// <summary>Mean F1 of the kinds of mention.</summary>
    public double MentionMacro { get; }

    /// <summary>By genre, in ordinal order.</summary>
    public IReadOnlyList<GenreScore> Genres { get; }

    /// <summary>Of all records' confidences.</summary>
    public Calibration Calibration { get; }

    /// <summary>Of one kind of record's.</summary>
    public IReadOnlyDictionary<RecordKind, Calibration> CalibrationByKind { get; }

    /// <summary>Sides of participants; gold's <c>nobody</c> is an extra participant.</summary>
    public Confusion Sides { get; }

    /// <summary>Statuses of agreements; gold's <c>nothing</c> is an extra agreement.</summary>
    public Confusion Statuses { get; }

    /// <summary>Kinds of mention; gold's <c>nothing</c> is a stretch that is no mention.</summary>
    public Confusion Kinds { get; }

    /// <summary>Articles without output.</summary>
    public int Missing => Articles.Count(a => !a.HasOutput);

    /// <summary>Visits and agreements that came out of negative articles beyond gold's.</summary>
    public int FalseRecords => Articles.Sum(a => a.FalseRecords);

    /// <summary>All errors, article by article.</summary>
    public IEnumerable<EvaluationError> Errors => Articles.SelectMany(a => a.Errors);

    internal Bootstrap Draws { get; }

    /// <summary>F1 of a field by its name, or of <c>macro</c>, <c>micro</c>, <c>mention</c>; null where there is no such figure.</summary>
    public double? Figure(string name) => name switch
    {
        "macro" => Macro,
        "micro" => Micro.Counts.F1,
        "mention" => MentionMicro.Counts.F1,
        _ => FieldTable.Find(name) is { } field ? Fields[(int)field].Counts.F1 : null,
    };

    internal Counts Weighted(Field field, IReadOnlyList<int> weights)
    {
        int hits = 0, extra = 0, missing = 0;
        for (int i = 0; i < weights.Count; i++)
        {
            Counts counts = Articles[i].Fields[(int)field];
            hits += counts.Hits * weights[i];
            extra += counts.Extra * weights[i];
            missing += counts.Missing * weights[i];
        }
        return new Counts(hits, extra, missing);
    }

    internal double WeightedMacro(IReadOnlyList<int> weights) => FieldTable.Macro.Average(f => Weighted(f.Field, weights).F1);

    private Counts WeightedMicro(IReadOnlyList<int> weights, IReadOnlyList<FieldInfo> fields) =>
        fields.Aggregate(default(Counts), (sum, f) => sum + Weighted(f.Field, weights));

    private static GenreScore ScoreGenre(IGrouping<string, ArticleScore> genre)
    {
        Counts[] totals = Sum([.. genre]);
        return new GenreScore(genre.Key, genre.Count(), MacroOf(totals), MicroOf(totals, FieldTable.Macro), totals);
    }

    private static Counts[] Sum(IReadOnlyList<ArticleScore> articles)
    {
        var totals = new Counts[FieldTable.Count];
        foreach (ArticleScore article in articles)
            for (int i = 0; i < totals.Length; i++) totals[i] += article.Fields[i];
        return totals;
    }

    private static double MacroOf(Counts[] totals) => FieldTable.Macro.Sum(f => totals[(int)f.Field].F1) / FieldTable.Macro.Count;

    private static Counts MicroOf(Counts[] totals, IReadOnlyList<FieldInfo> fields) =>
        fields.Aggregate(default(Counts), (sum, f) => sum + totals[(int)f.Field]);
}
