using NewsExtract.Modeling;
using NewsExtract.Segmentation;

namespace NewsExtract.Training.Sequence;

/// <summary>The command <c>train-sequence</c>.</summary>
internal static class SequenceTraining
{
    public static void Run(Arguments args, TextWriter output)
    {
        var data = SequenceData.Read(args);
        string path = data.Option("out");
        var options = new TrainingOptions
        {
            Epochs = data.Number("epochs", 8),
            Dropout = data.Number("dropout", 15) / 100f,
            LexiconDropout = data.Number("lexicon-dropout", 5) / 100f,
            Rate = data.Number("rate", 5) / 100f,
            TuningEpochs = data.Option("tune").Length > 0 ? data.Number("tuning-epochs", 8) : 0,
            TuningRate = data.Number("tuning-rate", 20) / 1000f,
        };
        List<LabelledText> texts = data.Training();
        char[] characters = Characters(texts, 5);
        var reader = new UnitReader(characters);
        var set = new TrainingSet(reader, data.Features);
        foreach (LabelledText text in texts) set.Add(text);
        var space = new FeatureSpace(set, data.Number("bigram-cut", 2), data.Number("skip-cut", 3), data.Number("trigram-cut", 3));
        CrfTrainer trainer = Train(set, space, options, output);
        if (data.Number("pairs", 20_000) > 0)
        {
            Prune(set, space, trainer, data.Number("pairs", 20_000), data.Number("skips", 10_000), data.Number("triples", 10_000));
            trainer = Train(set, space, options, output);
        }
        var compiler = new SequenceCompiler(space, trainer.Weights, trainer.Transitions, SequenceModel.StepsPerUnit);
        var tagger = new TaggerTraining(data.Lexicon, reader);
        foreach (PfrParagraph paragraph in data.PfrTrain) tagger.Add(paragraph);
        var taggerSections = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        tagger.AddSections(taggerSections);
        byte[] Write(float[] calibration)
        {
            SortedDictionary<string, byte[]> sections = compiler.Compile(characters, calibration);
            foreach ((string name, byte[] section) in taggerSections) sections[name] = section;
            return ModelFile.Write(sections);
        }
        var uncalibrated = new Segmenter(new SequenceModel(ModelFile.Parse("trained", Write(Calibration.None()))), data.Features);
        byte[] bytes = Write(Calibration.Fit(uncalibrated, data.HeldOut()));
        output.WriteLine($"{bytes.Length} bytes");
        SortedDictionary<string, double> scores = SequenceEvaluation.Print(data, ModelFile.Parse("trained", bytes), output);
        if (path.Length == 0) return;
        File.WriteAllBytes(path, bytes);
        File.WriteAllText(Path.ChangeExtension(path, ".json"), SequenceManifest.Write(Path.GetFileName(path), bytes, data, options, scores));
    }

    private static CrfTrainer Train(TrainingSet set, FeatureSpace space, TrainingOptions options, TextWriter output)
    {
        output.WriteLine($"{set.Units.Count} units, {set.Chains.Count} stretches; rows: {space.Bigrams.Count} pairs, {space.Skips.Count} skips, {space.Trigrams.Count} triples; {space.Vectors} vectors");
        var trainer = new CrfTrainer(set, new FeatureRows(set, space), space.Vectors, options) { LexiconBase = space.LexiconBase };
        trainer.Train(output.WriteLine);
        return trainer;
    }

    // Keeps the rows that change most scores: the spread of a row's weights times the root of its uses.
    private static void Prune(TrainingSet set, FeatureSpace space, CrfTrainer trainer, int pairs, int skips, int triples)
    {
        var pairCounts = new Dictionary<int, int>();
        var skipCounts = new Dictionary<int, int>();
        var tripleCounts = new Dictionary<long, int>();
        for (int i = 1; i + 1 < set.Units.Count; i++)
        {
            (int a, int b, int c) = (set.Units[i - 1], set.Units[i], set.Units[i + 1]);
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(pairCounts, FeatureSpace.BigramKey(b, c), out _)++;
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(skipCounts, FeatureSpace.BigramKey(a, c), out _)++;
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(tripleCounts, FeatureSpace.TrigramKey(a, b, c), out _)++;
        }
        HashSet<int> keptPairs = Best(space.Bigrams, pairCounts, space.BigramBase, FeatureSpace.BigramSlots, trainer.Weights, pairs);
        HashSet<int> keptSkips = Best(space.Skips, skipCounts, space.SkipBase, FeatureSpace.SkipSlots, trainer.Weights, skips);
        var reachable = space.Trigrams.Where(t => keptPairs.Contains((int)(t.Key >> 12))).ToDictionary();
        HashSet<long> keptTriples = Best(reachable, tripleCounts, space.TrigramBase, FeatureSpace.TrigramSlots, trainer.Weights, triples);
        space.Restrict(keptPairs, keptSkips, keptTriples);
    }

    private static HashSet<T> Best<T>(IReadOnlyDictionary<T, int> rows, Dictionary<T, int> counts, int first, int slots, float[] weights, int keep) where T : notnull
    {
        const int L = SequenceLabels.Count;
        return [.. rows.Select(r => (r.Key, Worth: Worth(r.Value) * MathF.Sqrt(counts[r.Key])))
            .OrderByDescending(r => r.Worth).ThenBy(r => r.Key).Take(keep).Select(r => r.Key)];

        float Worth(int row)
        {
            float worth = 0;
            for (int k = 0; k < slots; k++)
            {
                ReadOnlySpan<float> vector = weights.AsSpan((first + row * slots + k) * L, L);
                float mean = 0, square = 0;
                foreach (float w in vector) mean += w / L;
                foreach (float w in vector) square += (w - mean) * (w - mean);
                worth += square;
            }
            return MathF.Sqrt(worth);
        }
    }

    private static char[] Characters(List<LabelledText> texts, int cut)
    {
        var counts = new int[char.MaxValue + 1];
        foreach (LabelledText text in texts)
        {
            foreach (char c in text.Text) counts[UnitReader.Fold(c)]++;
        }
        return [.. Enumerable.Range(0, counts.Length)
            .Where(c => counts[c] >= cut && UnitReader.Classify((char)c) is UnitClass.Character or UnitClass.Stop)
            .OrderByDescending(c => counts[c]).ThenBy(c => c).Take(UnitReader.MaxUnits - UnitReader.FirstCharacter).Select(c => (char)c)];
    }
}
