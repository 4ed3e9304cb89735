using NewsExtract.Modeling;
using NewsExtract.Segmentation;
using NewsExtract.Text;

namespace NewsExtract.Training.Sequence;

/// <summary>Scores of a sequence model on data that it was not trained on.</summary>
internal static class SequenceEvaluation
{
    /// <summary>The command <c>evaluate-sequence</c>.</summary>
    public static void Run(Arguments args, TextWriter output) =>
        Print(SequenceData.Read(args), ModelFile.Load(args.Required("model")), output);

    /// <summary>Prints all scores and gives F1 by name.</summary>
    public static SortedDictionary<string, double> Print(SequenceData data, ModelFile model, TextWriter output)
    {
        Segmenter segmenter = data.Knowledge is null ? new Segmenter(new SequenceModel(model), null) : new Segmenter(model, data.Knowledge);
        var scratch = new SegmentationScratch();
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var vocabulary = data.PfrTrain.SelectMany(p => p.Words.Select(w => p.Text[w.Start..w.End])).ToHashSet(StringComparer.Ordinal);
        var scores = new Scores();
        foreach (PfrParagraph paragraph in data.PfrTest)
        {
            List<GoldWord> found = Words(segmenter, scratch, paragraph.Text);
            scores.AddNames(paragraph.Words, found, paragraph.Doubtful);
            scores.AddWords(paragraph.Text, paragraph.Words, found, vocabulary);
        }
        Report("pfr held out", scores);
        if (data.Knowledge != null && data.PfrTest.Count > 0) output.WriteLine(TagLine(segmenter, scratch, data.PfrTest));
        if (data.Option("msra") is { Length: > 0 } msra) PrintNames("msra", EntityReaders.ReadBio(msra, 0));
        if (data.Option("uner") is { Length: > 0 } uner)
        {
            List<NamedText> texts = EntityReaders.ReadBio(Path.Combine(uner, $"zh_gsdsimp-ud-{(data.Option("uner-part") is { Length: > 0 } part ? part : "test")}.iob2"), 1);
            PrintNames("uner", texts);
            PrintNames("uner, chains of places joined", texts, joined: true);
        }
        if (data.OwnTest.Count > 0) PrintNames("articles", data.OwnTest);

        foreach (string line in Reliability(segmenter, data)) output.WriteLine(line);

        return figures;

        void Report(string name, Scores found)
        {
            foreach (string line in found.Lines(name)) output.WriteLine(line);
            foreach ((string figure, double value) in found.Figures(name)) figures[figure] = Math.Round(value, 4);
        }

        void PrintNames(string name, List<NamedText> texts, bool joined = false)
        {
            var nameScores = new Scores();
            using StreamWriter? errors = data.Option("errors").Length > 0 ? new StreamWriter(Path.Combine(data.Option("errors"), name + ".txt")) : null;
            foreach (NamedText text in texts)
            {
                IReadOnlyList<GoldWord> found = Words(segmenter, scratch, text.Text);
                if (joined) found = SequenceData.JoinPlaces(found);
                nameScores.AddNames(text.Names, found);
                if (errors is null) continue;
                foreach (GoldWord word in text.Names.Except(found)) errors.WriteLine(Line("missed", text.Text, word));
                foreach (GoldWord word in found.Where(w => w.Kind != WordKind.Ordinary).Except(text.Names)) errors.WriteLine(Line("wrong", text.Text, word));
            }
            Report(name, nameScores);
        }
    }

    // Words with their tags: right if both are.
    private static string TagLine(Segmenter segmenter, SegmentationScratch scratch, List<PfrParagraph> paragraphs)
    {
        Tally both = default;
        foreach (PfrParagraph paragraph in paragraphs)
        {
            segmenter.SegmentTagged(paragraph.Text, scratch);
            var gold = new HashSet<(int, int, PartOfSpeech)>();
            for (int i = 0; i < paragraph.Words.Length; i++)
                gold.Add((paragraph.Words[i].Start, paragraph.Words[i].End, TaggerTraining.TagOf(paragraph.Words[i], paragraph.Tags[i])));
            int right = 0;
            foreach (Token token in scratch.Tokens)
            {
                if (gold.Contains((token.Start, token.End, token.Tag))) right++;
            }
            both.Add(right, scratch.Count, gold.Count);
        }
        return $"pfr held out: words with their tags {both}";
    }

    // Of the names with a score in each tenth: how many are right.
    private static IEnumerable<string> Reliability(Segmenter segmenter, SequenceData data)
    {
        var scratch = new SegmentationScratch();
        var found = new int[10];
        var right = new int[10];
        foreach ((string text, GoldWord[] names) in data.HeldOut())
        {
            var gold = names.ToHashSet();
            List<GoldWord> words = Words(segmenter, scratch, text);
            for (int i = 0; i < words.Count; i++)
            {
                if (words[i].Kind == WordKind.Ordinary) continue;
                int tenth = Math.Min(9, (int)(scratch.Scores[i] * 10));
                found[tenth]++;
                if (gold.Contains(words[i])) right[tenth]++;
            }
        }
        for (int tenth = 0; tenth < 10; tenth++)
        {
            if (found[tenth] > 0) yield return FormattableString.Invariant($"names with score {tenth / 10.0:F1} to {tenth / 10.0 + 0.1:F1}: {found[tenth]}, right {(double)right[tenth] / found[tenth]:F2}");
        }
    }

    private static string Line(string what, string text, GoldWord word) =>
        $"{what} {word.Kind} {text[word.Start..word.End]}\t{text[Math.Max(0, word.Start - 10)..word.Start]}[{text[word.Start..word.End]}]{text[word.End..Math.Min(text.Length, word.End + 10)]}".ReplaceLineEndings(" ");

    public static List<GoldWord> Words(Segmenter segmenter, SegmentationScratch scratch, string text)
    {
        segmenter.Segment(text, scratch);
        var words = new List<GoldWord>(scratch.Count);
        foreach (Token token in scratch.Tokens)
        {
            words.Add(new GoldWord(token.Start, token.End, token.Tag switch
            {
                PartOfSpeech.Nr => WordKind.Person,
                PartOfSpeech.Ns => WordKind.Place,
                PartOfSpeech.Nt => WordKind.Organization,
                _ => WordKind.Ordinary,
            }));
        }
        return words;
    }
}
