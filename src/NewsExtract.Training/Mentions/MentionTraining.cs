using NewsExtract.Evaluation;
using NewsExtract.Modeling;
using NewsExtract.Segmentation;
using NewsExtract.Tagging;
using NewsExtract.Text;
using NewsExtract.Training.Links;

namespace NewsExtract.Training.Mentions;

/// <summary>
/// The command <c>train-mentions</c>: weights that say how likely a stretch is a mention. Article i of n is read with sequence model i mod k of
/// the k given, which must not have been trained on it (<c>train-sequence --leave-out i/k</c>): what a model says of its own training data is better than what
/// it will say of new texts.
/// </summary>
internal static class MentionTraining
{
    private const double Penalty = 10;
    private const int Epochs = 20, Seed = 20261129, LeastUses = 6;

    private static readonly MentionKind[] Kinds = [MentionKind.Person, MentionKind.Title, MentionKind.Place, MentionKind.Organization];

    /// <summary>Notes every stretch that it is asked about, and says no; of where names begin and end it says nothing.</summary>
    private sealed class Collector : IMentionJudge
    {
        public List<(MentionKind Kind, TextSpan Span, int[] Keys)> Asked { get; } = [];

        /// <summary>What was asked of where names begin and end.</summary>
        public List<(MentionKind Kind, TextSpan Span, int[] Keys)> Borders { get; } = [];

        public double Judge(MentionKind kind, TextSpan span, MentionFeatures features)
        {
            Asked.Add((kind, span, features.Keys.ToArray()));
            return 0;
        }

        public double JudgeBorders(TextSpan span, MentionFeatures features)
        {
            Borders.Add((MentionKind.Person, span, features.Keys.ToArray()));
            return 0.5; // neither moved nor struck
        }
    }

    public static void Run(Arguments arguments, TextWriter output)
    {
        string models = arguments.Option("models", "models/compiled");
        string[] sequences = arguments.Required("sequences").Split(',');
        ExtractionModel model = ExtractionModel.LoadForMentions(models);
        Segmenter[] segmenters = [.. sequences.Select(path => new Segmenter(ModelFile.Load(path), model.Knowledge))];
        string[] paths = [.. Paths(arguments.Required("articles"))];
        var examples = Kinds.ToDictionary(kind => kind, _ => new List<BinaryExample>());
        var borders = new List<BinaryExample>();
        (int Part, int Parts)? leftOut = arguments.Part("leave-out");
        for (int i = 0; i < paths.Length; i++)
            if (leftOut is not { } left || i % left.Parts != left.Part) Teach(model, segmenters[i % segmenters.Length], paths[i], examples, borders);
        string folder = arguments.Option("mentions", "models/sources/mentions");
        foreach (MentionKind kind in Kinds)
        {
            List<BinaryExample> all = WithoutRare(examples[kind]);
            Dictionary<int, float> weights = new LogisticTrainer(Penalty, Epochs, Seed).Fit(all);
            output.WriteLine($"{kind}: {all.Count} stretches, {all.Count(static e => e.Label)} mentions, {weights.Count} weights");
            MentionModel trained = MentionModel.Of(kind, weights);
            foreach (string path in Paths(arguments.Option("held-articles", ""))) Show(model, model.Segmenter, path, kind, trained, output);
            MentionTables.Write(folder, kind.ToString(), $"Weights that say how likely a stretch is a mention of the kind {kind}", weights, model.Knowledge.Lexicon);
        }
        borders = WithoutRare(borders);
        Dictionary<int, float> ends = new LogisticTrainer(Penalty, Epochs, Seed).Fit(borders);
        output.WriteLine($"{MentionModel.Borders}: {borders.Count} stretches, {borders.Count(static e => e.Label)} names, {ends.Count} weights");
        MentionTables.Write(folder, MentionModel.Borders, "Weights that say how likely a stretch at a person's name is the name from end to end", ends, model.Knowledge.Lexicon);
    }

    private static void Show(ExtractionModel model, Segmenter segmenter, string path, MentionKind kind, MentionModel trained, TextWriter output)
    {
        var examples = Kinds.ToDictionary(k => k, _ => new List<BinaryExample>());
        var spans = Kinds.ToDictionary(k => k, _ => new List<TextSpan>());
        string text = Teach(model, segmenter, path, examples, [], spans);
        for (int i = 0; i < spans[kind].Count; i++)
        {
            BinaryExample e = examples[kind][i];
            TextSpan span = spans[kind][i];
            double score = trained.Score(kind, e.Keys);
            string why = string.Join(' ', e.Keys.Select(k => (k, w: trained.Weight(kind, k))).OrderByDescending(x => Math.Abs(x.w)).Take(9).Select(x => $"{MentionFeatures.FeatureOf(x.k)}:{MentionTables.Value(x.k, model.Knowledge.Lexicon)}{x.w:+0.0;-0.0}"));
            output.WriteLine($"{kind}\t{Path.GetFileNameWithoutExtension(path)}\t{(e.Label ? "yes" : "no")}\t{score:F2}\t{text[span.Start..span.End]}\t{why}");
        }
    }

    private static IEnumerable<string> Paths(string folders) => folders.Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(folder => Directory.GetFiles(folder, "*.json")).Order(StringComparer.Ordinal);

    private static string Teach(ExtractionModel model, Segmenter segmenter, string path, Dictionary<MentionKind, List<BinaryExample>> examples, List<BinaryExample> borders, Dictionary<MentionKind, List<TextSpan>>? spans = null)
    {
        Evaluation.GoldArticle gold = GoldReader.Read(path);
        if (gold.Entities is null) return "";
        var article = new Article { Source = path, Body = CleanText.Identity(File.ReadAllText(Path.ChangeExtension(path, ".txt"))) };
        CleanText clean = model.Repairer.Repair(article.Body, model.Repairer.CreateScratch());
        var segmentation = new SegmentationScratch();
        segmenter.Segment(clean.Text, segmentation);
        var collector = new Collector();
        var words = new LexiconMatches(model.Knowledge.Lexicon);
        words.Find(clean.Text);
        new MentionTagger(model.Knowledge, collector).Tag(article, words, segmentation.Tokens, new TaggingScratch(model.Knowledge.Lexicon), segmentation.Scores, clean);
        GoldMentions mentions = GoldMentions.Derive(gold, clean);
        foreach ((MentionKind kind, TextSpan span, int[] keys) in collector.Asked)
        {
            if (IsRight(mentions, kind, span) is not { } right) continue;
            examples[kind].Add(new BinaryExample(keys, right, clean.Text[span.Start..span.End]));
            spans?[kind].Add(span);
        }
        foreach ((MentionKind kind, TextSpan span, int[] keys) in collector.Borders)
            if (IsRight(mentions, kind, span) is { } right) borders.Add(new BinaryExample(keys, right, clean.Text[span.Start..span.End]));
        return clean.Text;
    }

    /// <summary>Whether a stretch is a mention of a kind; nothing for what lies within a longer mention of another kind, which counts neither way.</summary>
    private static bool? IsRight(GoldMentions mentions, MentionKind kind, TextSpan span)
    {
        if (mentions.All.Any(m => m.Kind == kind && m.TextSpan == span)) return true;
        return mentions.All.Any(m => m.Kind != kind && m.TextSpan.Length > span.Length && m.TextSpan.Contains(span)) ? null : false;
    }

    private static List<BinaryExample> WithoutRare(List<BinaryExample> examples)
    {
        var uses = new Dictionary<int, int>();
        foreach (BinaryExample example in examples)
            foreach (int key in example.Keys) uses[key] = uses.GetValueOrDefault(key) + 1;
        return [.. examples.Select(e => e with { Keys = [.. e.Keys.Where(key => uses[key] >= LeastUses)] })];
    }
}
