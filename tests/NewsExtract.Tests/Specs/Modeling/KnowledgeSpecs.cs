using NewsExtract.Modeling;

namespace NewsExtract.Tests.Specs.Modeling;

/// <summary>What the compiled knowledge says: places.tsv, words.tsv.</summary>
[Collection(KnowledgeTests.Name)]
public sealed class KnowledgeSpecs(CompiledKnowledge compiled)
{
    private readonly KnowledgeBase _knowledge = compiled.Knowledge;

    [Fact]
    public void Names_mean_the_places_that_the_spec_says()
    {
        var wrong = new List<string>();
        int rows = 0;
        foreach ((int line, string[] fields) in Repository.SpecRows("Modeling", "places.tsv"))
        {
            rows++;
            int id = _knowledge.FindPlace(fields[0], int.Parse(fields[1]));
            string actual = id < 0 ? "nothing" : $"{_knowledge.Gazetteer.Chain(id)}\t{_knowledge.Gazetteer.Code(id) ?? "-"}\t{_knowledge.Gazetteer.Country(id)}";
            string expected = string.Join('\t', fields[2..]);
            if (actual != expected) wrong.Add($"places.tsv:{line}: {fields[0]} in {fields[1]} is {expected}, not {actual}");
        }
        Assert.Empty(wrong);
        Assert.True(rows >= 60);
    }

    [Fact]
    public void Words_have_the_properties_that_the_spec_says()
    {
        Lexicon lexicon = _knowledge.Lexicon;
        var wrong = new List<string>();
        foreach ((int line, string[] fields) in Repository.SpecRows("Modeling", "words.tsv"))
        {
            int entry = lexicon.Find(fields[0]);
            foreach (string property in fields[1].Split(','))
            {
                bool negated = property.StartsWith("not ", StringComparison.Ordinal);
                string name = negated ? property[4..] : property;
                bool has = entry >= 0 && name switch
                {
                    "full-name" => lexicon.IsFullName(entry),
                    "short-form" => lexicon.IsShortForm(entry),
                    "abbreviation" => lexicon.IsAbbreviation(entry),
                    "general" => lexicon.IsGeneralWord(entry),
                    "common" => lexicon.CommonFrequency(entry) >= 100,
                    _ when name.StartsWith("tag ", StringComparison.Ordinal) => PartsOfSpeech.Name(lexicon.Tag(entry)) == name[4..],
                    _ => TermClasses.TryParse(name, out TermClass c) ? lexicon.Terms(entry).Has(c) : throw new InvalidDataException($"words.tsv:{line}: {name}"),
                };
                if (has == negated) wrong.Add($"words.tsv:{line}: {fields[0]} is {(negated ? "" : "not ")}{name}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void Past_places_lead_to_their_successors()
    {
        Gazetteer gazetteer = _knowledge.Gazetteer;
        int old = _knowledge.FindPlace("遵义县", 2010);
        Assert.Equal("贵州省遵义市遵义县", gazetteer.Chain(old));
        Assert.Equal(2016, gazetteer.LastYear(old));
        Assert.Equal("贵州省遵义市播州区", gazetteer.Chain(gazetteer.Successor(old)));
    }

    [Fact]
    public void Successors_parents_and_years_hang_together()
    {
        Gazetteer gazetteer = _knowledge.Gazetteer;
        for (int id = 0; id < gazetteer.Count; id++)
        {
            Assert.True(gazetteer.Parent(id) < id, gazetteer.Name(id));
            Assert.Equal(gazetteer.Level(id) == PlaceLevel.Country, gazetteer.Parent(id) < 0);
            Assert.NotEqual(id, gazetteer.Successor(id));
            Assert.True(gazetteer.LastYear(id) == 0 || gazetteer.LastYear(id) >= gazetteer.FirstYear(id), gazetteer.Name(id));
            Assert.True(gazetteer.IsWithin(id, id));
            Assert.Contains(id, _knowledge.Lexicon.Places(gazetteer.NameEntry(id)).ToArray());
            if (gazetteer.Parent(id) >= 0) Assert.EndsWith(gazetteer.Name(id), gazetteer.Chain(id), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Places_of_a_name_come_most_prominent_first()
    {
        for (int entry = 0; entry < _knowledge.Lexicon.Count; entry++)
        {
            ReadOnlySpan<int> places = _knowledge.Lexicon.Places(entry);
            for (int i = 1; i < places.Length; i++) Assert.True(_knowledge.Gazetteer.Prominence(places[i - 1]) >= _knowledge.Gazetteer.Prominence(places[i]), _knowledge.Lexicon.Text(entry));
        }
    }

    [Fact]
    public void Names_of_people_outweigh_words_that_look_alike()
    {
        NameStatistics names = _knowledge.Names;
        int Score(string name) => names.Surname(name[0]) + (name.Length == 2 ? names.Single(name[1]) : names.First(name[1]) + names.Second(name[2]));
        string[] people = ["邱伟雄", "罗锦添", "覃克勤", "韦晓燕", "黎振邦", "王国庆"];
        string[] words = ["于是", "方面", "单位", "常务副", "时候", "周边县", "石油", "杨表示"];
        Assert.All(people, p => Assert.True(Score(p) > 300, p));
        Assert.All(words, w => Assert.True(Score(w) < 0, w));
        Assert.True(names.IsJapaneseSurname("佐藤"));
        Assert.True(names.IsJapaneseSurname("渡边"));
        Assert.False(names.IsJapaneseSurname("书记"));
    }

    [Fact]
    public void The_same_sources_give_the_same_bytes() => Assert.Equal(compiled.Bytes, CompiledKnowledge.Compile());

    [Fact]
    public void The_file_stays_small() => Assert.True(compiled.Bytes.Length <= 14 * 1024 * 1024, compiled.Bytes.Length.ToString());
}
