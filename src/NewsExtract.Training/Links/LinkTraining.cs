using System.Text.Encodings.Web;
using System.Text.Json;
using NewsExtract.Modeling;
using NewsExtract.Records;
using NewsExtract.Segmentation;
using NewsExtract.Text;

namespace NewsExtract.Training.Links;

/// <summary>
/// Trains the weights that link entities to records, from labelled articles; with <c>--folds</c> it also writes what each
/// article gets from weights that have not seen it, for an honest score.
/// </summary>
internal static class LinkTraining
{
    private const double Penalty = 1;
    private const int Epochs = 20, Seed = 20261129;

    private const int EnoughForUnits = 20_000, EpochsOfUnits = 10, TreesBesideUnits = 256;

    private const int Trees = 512, Depth = 4, MinimumLeaf = 4, Parts = 4, LeastCharacters = 25;
    // For questions of which a whole article hangs: whose it is, where its trips begin.
    private const int TreesOfFrame = 1024;
    private const double RateOfFrame = 0.02;
    private const double Rate = 0.04, RowPart = 0.6, FeaturePart = 0.3, TreePenalty = 2, LinearPart = 0.5;

    private sealed record Lesson(GoldArticle Gold, Article Article, ExtractionModel Model, List<(Decision Decision, BinaryExample Example)> Binary, List<(Decision Decision, ChoiceExample Example)> Choices,
        ArticleRecord Taught, string Repaired, Dictionary<(Decision, int), GoldCandidate> Assigned);

    public static void Run(Arguments arguments, TextWriter output)
    {
        string[] folders = arguments.Required("articles").Split(',');
        string models = arguments.Option("models", "models/compiled");
        string links = arguments.Option("links", "models/sources/links");
        int folds = arguments.Number("folds", 0);
        string? predictions = arguments.Option("predictions");
        string only = arguments.Option("only", "");
        var faults = new Faults();
        float[] thresholds = LinkTables.Thresholds(links, faults);
        faults.ThrowIfAny();
        ExtractionModel model = ExtractionModel.LoadWithoutLinks(models);
        string sequences = arguments.Option("sequences", "");
        // Article i is read by sequence i mod k, which has not seen it: what a model finds in its own training data is better than what it will find.
        ExtractionModel[] readers = sequences.Length == 0 ? [model] : [.. sequences.Split(',').Select(path => model.With(new Segmenter(ModelFile.Load(path), model.Knowledge)))];
        List<Lesson> lessons = Teach(readers, folders, only);
        output.WriteLine($"{lessons.Count} articles, {lessons.Sum(static l => l.Binary.Count)} yes-or-no examples, {lessons.Sum(static l => l.Choices.Count)} choices");
        foreach (Decision decision in Enum.GetValues<Decision>())
        {
            int asked = lessons.Sum(l => l.Binary.Count(e => e.Decision == decision)), yes = lessons.Sum(l => l.Binary.Count(e => e.Decision == decision && e.Example.Label));
            int choices = lessons.Sum(l => l.Choices.Count(e => e.Decision == decision));
            output.WriteLine(asked > 0 ? $"  {decision}: {asked} asked, {yes} yes" : $"  {decision}: {choices} choices");
        }
        if (folds == 1 && predictions != null)
        {
            // What the labels themselves would make of the candidates: the ceiling that proposing candidates sets.
            using var ceiling = new StreamWriter(predictions);
            foreach (Lesson lesson in lessons) ceiling.WriteLine(JsonSerializer.Serialize(lesson.Taught, Json));
            return;
        }
        if (folds > 1 && predictions != null)
        {
            using var file = new StreamWriter(predictions);
            var right = new int[Enum.GetValues<Decision>().Length];
            var asked = new int[right.Length];
            for (int fold = 0; fold < folds; fold++)
            {
                int held = fold;
                LinkModel trained = FitTwice([.. lessons.Where((_, i) => i % folds != held)], thresholds);
                foreach (Lesson lesson in lessons.Where((_, i) => i % folds == held)) Count(trained, lesson, right, asked, arguments.Option("errors", ""), output);
                foreach (Lesson lesson in lessons.Where((_, i) => i % folds == held))
                    file.WriteLine(JsonSerializer.Serialize(Extract(lesson.Model, lesson.Article, trained), Json));
            }
            foreach (Decision decision in Enum.GetValues<Decision>())
                output.WriteLine(System.FormattableString.Invariant($"  {decision}: {right[(int)decision]} of {asked[(int)decision]} held-out questions right"));
            output.WriteLine($"predictions of {folds} folds in {predictions}");
        }
        if (folds > 1) return;
        LinkTables.Write(links, FitTwice(lessons, thresholds));
        output.WriteLine($"weights in {links}");
    }

    /// <summary>
    /// A first fit on right earlier answers; then each part is gone through with a fit of the other parts, and the last fit
    /// learns from both kinds of examples.
    /// </summary>
    private static LinkModel FitTwice(List<Lesson> lessons, float[] thresholds)
    {
        // What is asked a second time is met after answers that are not all right: after right ones it would only repeat them.
        List<Lesson> all = [.. lessons.Select(static l => l with { Binary = [.. l.Binary.Where(static e => !IsSecond(e.Decision))], Choices = [.. l.Choices.Where(static e => !IsSecond(e.Decision))] })];
        for (int part = 0; part < Parts; part++)
        {
            int own = part;
            LinkModel other = Fit([.. lessons.Where((_, i) => i % Parts != own)], thresholds, quick: true);
            foreach (Lesson lesson in lessons.Where((_, i) => i % Parts == own))
            {
                var teacher = new GoldTeacher(lesson.Gold, lesson.Repaired, lesson.Assigned, null, other);
                Extract(lesson.Model, lesson.Article, teacher);
                all.Add(lesson with { Binary = [.. teacher.Binary.Where(static e => IsLater(e.Decision))], Choices = [.. teacher.Choices.Where(static e => IsLater(e.Decision))] });
            }
        }
        return Fit(all, thresholds);
    }

    /// <summary>Counts how many of an article's questions the weights answer as the labels do.</summary>
    private static void Count(LinkModel model, Lesson lesson, int[] right, int[] asked, string errors, TextWriter output)
    {
        var features = new List<FeatureList>();
        var candidates = new List<Candidate>();
        foreach ((Decision decision, BinaryExample example) in lesson.Binary)
        {
            Fill(features, 0, example.Keys);
            asked[(int)decision]++;
            if (model.Decide(decision, features[0], default, out double probability) == example.Label) right[(int)decision]++;
            else if (decision.ToString() == errors)
                output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{lesson.Gold.Name}: {(example.Label ? "missing" : "extra")} {example.Text} {probability:0.00} {string.Join(' ', example.Keys.Select(static k => { (string name, string value) = FeatureList.Write(k); return name + '=' + value; }))}"));
        }
        foreach ((Decision decision, ChoiceExample example) in lesson.Choices)
        {
            candidates.Clear();
            for (int i = 0; i < example.Candidates.Length; i++)
            {
                Fill(features, i, example.Candidates[i]);
                candidates.Add(default);
            }
            asked[(int)decision]++;
            int choice = model.Choose(decision, features, candidates, null, out _);
            if (choice < 0 ? !Array.Exists(example.Right, static r => r) : example.Right[choice]) right[(int)decision]++;
            else if (decision.ToString() == errors)
                output.WriteLine($"{lesson.Gold.Name}: {(choice < 0 ? "none" : example.Texts[choice])} for {string.Join('|', example.Texts.Where((_, i) => example.Right[i]).DefaultIfEmpty("none"))}");
        }
    }

    private static void Fill(List<FeatureList> features, int index, int[] keys)
    {
        while (features.Count <= index) features.Add(new FeatureList());
        features[index].Clear();
        foreach (int key in keys) features[index].Add(key);
    }

    /// <summary>Asked once or a few times in an article, so that more and smaller trees cost little.</summary>
    private static bool IsOfFrame(Decision decision) => decision is Decision.Home or Decision.HomeOrganization or Decision.NewStory or Decision.Visit or Decision.Leader or Decision.VisitFrom;

    /// <summary>Asked so often that hidden units learn from it what trees do not. Participants and signatories are asked as often, but come out worse with units.</summary>
    private static bool LearnsUnits(Decision decision) => decision is Decision.Stop or Decision.Affiliation or Decision.AffiliationAgain or Decision.Visitor or Decision.VisitorAgain or Decision.Host
        or Decision.HostAgain or Decision.VisitTo or Decision.Purpose or Decision.Party or Decision.PartyAgain or Decision.Travel or Decision.Arrival;

    /// <summary>Half of what each of two says.</summary>
    private static DecisionWeights Mean(DecisionWeights trees, DecisionWeights units)
    {
        const float Half = 0.5f;
        var weights = trees.Weights.Keys.Union(units.Weights.Keys).ToDictionary(static key => key,
            key => MathF.Round((trees.Weights.GetValueOrDefault(key) + units.Weights.GetValueOrDefault(key)) * Half, 4));
        return new DecisionWeights(weights, Array.ConvertAll(trees.Trees, static node => node with { Value = MathF.Round(node.Value * Half, 4) }),
            units.Units! with { Factors = Array.ConvertAll(units.Units.Factors, static factor => factor * Half) });
    }

    /// <summary>Questions whose properties hold answers to themselves. Affiliations, taught so, came out worse in cross-validation.</summary>
    private static bool IsSecond(Decision decision) => decision is Decision.PartyAgain;

    /// <summary>Questions whose properties hold answers to earlier ones.</summary>
    private static bool IsLater(Decision decision) => !GoldTeacher.IsEarly(decision) && decision is not (Decision.Home or Decision.HomeOrganization or Decision.NewStory);

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static List<Lesson> Teach(ExtractionModel[] readers, string[] folders, string only)
    {
        string[] paths = [.. folders.SelectMany(static folder => Directory.EnumerateFiles(folder, "*.json")).Order(StringComparer.Ordinal)
            .Where(path => File.Exists(Path.ChangeExtension(path, ".txt")) && (only.Length == 0 || System.Text.RegularExpressions.Regex.IsMatch(Path.GetFileNameWithoutExtension(path), only)))];
        var first = new List<Lesson>();
        foreach (string path in paths)
        {
            ExtractionModel model = readers[first.Count % readers.Length];
            GoldArticle gold = GoldArticle.Read(path);
            string text = Path.ChangeExtension(path, ".txt");
            var article = new Article { Source = text, Body = CleanText.Identity(File.ReadAllText(text)) };
            string repaired = model.Repairer.Repair(article.Body, model.Repairer.CreateScratch()).Text;
            var collector = new CandidateCollector(gold, repaired);
            Extract(model, article, collector);
            first.Add(Teach(model, gold, article, repaired, collector.Assign(), null));
        }
        var lessons = new Lesson[first.Count];
        for (int part = 0; part < Parts; part++)
        {
            int own = part;
            LinkModel early = Fit([.. first.Where((_, i) => i % Parts != own)], new float[Enum.GetValues<Decision>().Length], GoldTeacher.IsEarly, quick: true);
            for (int i = part; i < first.Count; i += Parts) lessons[i] = Teach(first[i].Model, first[i].Gold, first[i].Article, first[i].Repaired, first[i].Assigned, early);
        }
        return [.. lessons];
    }

    private static Lesson Teach(ExtractionModel model, GoldArticle gold, Article article, string repaired, Dictionary<(Decision, int), GoldCandidate> assigned, LinkModel? early)
    {
        var teacher = new GoldTeacher(gold, repaired, assigned, early);
        ArticleRecord taught = Extract(model, article, teacher);
        return new Lesson(gold, article, model, teacher.Binary, teacher.Choices, taught, repaired, assigned);
    }

    private static ArticleRecord Extract(ExtractionModel model, Article article, ILinkDecider links)
    {
        using var pipeline = new Pipeline(model, links);
        return pipeline.Extract(article, pipeline.NewWorkspace());
    }

    /// <param name="lessons">The lessons.</param>
    /// <param name="thresholds">The thresholds of all decisions.</param>
    /// <param name="wanted">Which decisions; all where it is left out.</param>
    /// <param name="quick">Whether hidden units will do without trees beside them: for fits that only go first.</param>
    private static LinkModel Fit(List<Lesson> lessons, float[] thresholds, Func<Decision, bool>? wanted = null, bool quick = false)
    {
        Decision[] decisions = Enum.GetValues<Decision>();
        var weights = new DecisionWeights[decisions.Length];
        // No decision's weights depend on another's.
        Parallel.ForEach(decisions, decision =>
        {
            weights[(int)decision] = new DecisionWeights([], []);
            if (wanted?.Invoke(decision) == false) return;
            List<BinaryExample> binary = [.. lessons.SelectMany(l => l.Binary.Where(e => e.Decision == decision).Select(static e => e.Example))];
            List<ChoiceExample> choices = [.. lessons.SelectMany(l => l.Choices.Where(e => e.Decision == decision).Select(static e => e.Example))];
            Prune(binary, choices);
            bool units = LearnsUnits(decision) && binary.Count + choices.Count >= EnoughForUnits;
            var network = new NetworkTrainer(EpochsOfUnits, Seed);
            DecisionWeights? withUnits = !units ? null : choices.Count > 0 ? network.Fit(choices) : network.Fit(binary);
            DecisionWeights? withTrees = units && quick ? null : choices.Count > 0 ? WithTrees(decision, choices, units) : WithTrees(decision, binary, units);
            weights[(int)decision] = withUnits == null ? withTrees! : withTrees == null ? withUnits : Mean(withTrees, withUnits);
        });
        return new LinkModel(weights, thresholds);
    }

    private static DecisionWeights WithTrees(Decision decision, List<ChoiceExample> choices, bool beside)
    {
        Dictionary<int, float> own = Scaled(new LogisticTrainer(Penalty, Epochs, Seed).Fit(choices), LinearPart);
        return new DecisionWeights(own, Boosting(decision, beside).Fit(choices, keys => Linear(own, keys), own.GetValueOrDefault(LinkModel.Bias)));
    }

    private static DecisionWeights WithTrees(Decision decision, List<BinaryExample> examples, bool beside)
    {
        Dictionary<int, float> own = Scaled(new LogisticTrainer(Penalty, Epochs, Seed).Fit(examples), LinearPart);
        double leaning = own.GetValueOrDefault(LinkModel.Bias);
        return new DecisionWeights(own, Boosting(decision, beside).Fit(examples, keys => Linear(own, keys) + leaning));
    }

    /// <param name="decision">The question.</param>
    /// <param name="besideUnits">Whether there are hidden units too.</param>
    private static TreeTrainer Boosting(Decision decision, bool besideUnits) =>
        new(IsOfFrame(decision) ? TreesOfFrame : besideUnits ? TreesBesideUnits : Trees, Depth, IsOfFrame(decision) ? RateOfFrame : Rate, TreePenalty, MinimumLeaf, RowPart, FeaturePart, Seed);

    /// <summary>Strikes characters that are too rare to learn from.</summary>
    private static void Prune(List<BinaryExample> binary, List<ChoiceExample> choices)
    {
        var counts = new Dictionary<int, int>();
        foreach (int key in binary.SelectMany(static e => e.Keys).Concat(choices.SelectMany(static e => e.Candidates.SelectMany(static c => c))))
            if (key >= FeatureList.FirstCharacterKey) counts[key] = counts.GetValueOrDefault(key) + 1;
        int[] Kept(int[] keys) => [.. keys.Where(k => k < FeatureList.FirstCharacterKey || counts[k] >= LeastCharacters)];
        for (int i = 0; i < binary.Count; i++) binary[i] = binary[i] with { Keys = Kept(binary[i].Keys) };
        for (int i = 0; i < choices.Count; i++) choices[i] = choices[i] with { Candidates = [.. choices[i].Candidates.Select(Kept)] };
    }

    private static double Linear(Dictionary<int, float> weights, int[] keys)
    {
        double score = 0;
        foreach (int key in keys) score += weights.GetValueOrDefault(key);
        return score;
    }

    /// <summary>The linear weights are taken in part, so that the trees have something left to explain.</summary>
    private static Dictionary<int, float> Scaled(Dictionary<int, float> weights, double part)
    {
        var scaled = new Dictionary<int, float>(weights.Count);
        foreach ((int key, float weight) in weights) scaled[key] = (float)Math.Round(weight * part, 3);
        return scaled;
    }
}
