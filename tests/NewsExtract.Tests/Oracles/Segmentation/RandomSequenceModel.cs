using NewsExtract.Modeling;
using NewsExtract.Segmentation;
using NewsExtract.Training.Sequence;

namespace NewsExtract.Tests.Oracles.Segmentation;

/// <summary>A sequence model of random weights over a small alphabet, and random texts for it.</summary>
internal static class RandomSequenceModel
{
    private const string Alphabet = "王国强张明李华的县长市委书记率团考察在了与和公司大学北京上海（）·";
    private const string Signs = "，。、！—… \n　0123456789年月AbcＸ９𠮷é";

    public static SequenceModel Make(Random random)
    {
        int units = UnitReader.FirstCharacter + Alphabet.Length;
        const int L = SequenceLabels.Count;
        var transitions = new short[L * L];
        for (int i = 0; i < transitions.Length; i++) transitions[i] = (short)random.Next(-300, 300);
        var sections = new Dictionary<string, byte[]>
        {
            ["sequence.characters"] = ModelFile.Bytes<char>(Alphabet),
            ["sequence.unigrams"] = Weights(random, UnitReader.MaxUnits * SequenceModel.UnigramBytes),
            ["sequence.lexicon"] = Weights(random, LexiconFeatures.PerUnit * LexiconFeatures.Rows * L),
            ["sequence.transitions"] = ModelFile.Bytes<short>(transitions),
            ["sequence.calibration"] = ModelFile.Bytes<float>([1, 0, 1 / 256f, 0.5f, 1 / 300f, -1, 1 / 100f, 0]),
        };
        AddTable(random, sections, "sequence.pair", SequenceModel.PairBytes, 400, () => FeatureTable.Key(random.Next(units), random.Next(units)));
        AddTable(random, sections, "sequence.skip", L, 300, () => FeatureTable.Key(random.Next(units), random.Next(units)));
        AddTable(random, sections, "sequence.triple", SequenceModel.TripleBytes, 3000, () => FeatureTable.Key(random.Next(units), random.Next(units), random.Next(units)));
        return new SequenceModel(ModelFile.Parse("random", ModelFile.Write(sections)));
    }

    public static string Text(Random random, int length)
    {
        var text = new char[length];
        int signs = random.Next(0, 30);
        for (int i = 0; i < length; i++)
        {
            string from = random.Next(100) < signs ? Signs : Alphabet;
            text[i] = random.Next(200) == 0 ? (char)random.Next(1, 0xFFFF) : from[random.Next(from.Length)];
        }
        return new string(text);
    }

    private static void AddTable(Random random, Dictionary<string, byte[]> sections, string name, int rowBytes, int count, Func<ulong> key)
    {
        var keys = new HashSet<ulong>();
        while (keys.Count < count) keys.Add(key());
        FeatureTable table = FeatureTableBuilder.Build(keys);
        sections[name + ".displacements"] = ModelFile.Bytes<ushort>(table.Displacements);
        sections[name + ".checks"] = ModelFile.Bytes<ushort>(table.Checks);
        byte[] weights = Weights(random, table.Rows * rowBytes);
        weights.AsSpan(0, rowBytes).Clear();
        sections[name + ".weights"] = weights;
    }

    private static byte[] Weights(Random random, int count)
    {
        var weights = new byte[count];
        random.NextBytes(weights);
        return weights;
    }
}
