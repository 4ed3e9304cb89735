namespace NewsExtract.Training.Knowledge;

/// <summary>Compiles <c>names/*.tsv</c> into the sections that <see cref="Modeling.NameStatistics"/> reads.</summary>
internal static class NameSource
{
    public static void Compile(string sources, Dictionary<string, byte[]> sections, Faults faults)
    {
        var characters = new List<char>();
        var weights = new List<short>();
        foreach (SourceRow row in SourceTable.Read(Path.Combine(sources, "names", "characters.tsv"), "names/characters.tsv", 7, 7, faults))
        {
            if (row[0].Length != 1)
            {
                faults.Add(row, $"{row[0]} is no single character");
                continue;
            }
            characters.Add(row[0][0]);
            for (int i = 1; i <= 6; i++)
            {
                short weight = Modeling.NameStatistics.Unseen;
                if (row[i] != "-" && !short.TryParse(row[i], System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out weight))
                    faults.Add(row, $"{row[i]} is no weight");
                weights.Add(weight);
            }
        }
        if (characters.Distinct().Count() != characters.Count) faults.Add("names/characters.tsv", 1, "a character stands twice");
        KnowledgeCompiler.Add<char>(sections, "names.characters", characters.ToArray());
        KnowledgeCompiler.Add<short>(sections, "names.weights", weights.ToArray());
        var surnames = SourceTable.Read(Path.Combine(sources, "names", "japanese-surnames.tsv"), "names/japanese-surnames.tsv", 1, 1, faults);
        KnowledgeCompiler.Add(sections, "names.japanese", string.Join('\n', surnames.Select(r => r[0])));
    }
}
