namespace NewsExtract.Modeling;

/// <summary>
/// The compiled knowledge, <c>models/compiled/knowledge.bin</c>: words, terms, places and name statistics.
/// Immutable, shared by all threads. Loading copies blocks; strings are made when asked for.
/// </summary>
public sealed class KnowledgeBase
{
    private KnowledgeBase(Lexicon lexicon, Gazetteer gazetteer, NameStatistics names)
    {
        Lexicon = lexicon;
        Gazetteer = gazetteer;
        Names = names;
    }

    /// <summary>All words, terms and names.</summary>
    public Lexicon Lexicon { get; }

    /// <summary>All places.</summary>
    public Gazetteer Gazetteer { get; }

    /// <summary>How people's names look.</summary>
    public NameStatistics Names { get; }

    /// <summary>Reads the compiled knowledge.</summary>
    /// <exception cref="ModelException">A section is missing or doesn't fit the others; the message names it.</exception>
    public static KnowledgeBase Load(ModelFile file)
    {
        var lexicon = new Lexicon(file);
        return new KnowledgeBase(lexicon, new Gazetteer(file, lexicon), new NameStatistics(file));
    }

    /// <summary>The same knowledge with another lexicon, one made by <see cref="Lexicon.WithUserDictionary"/> of this one's.</summary>
    public KnowledgeBase With(Lexicon lexicon) => new(lexicon, Gazetteer, Names);

    /// <summary>
    /// The place that a bare name means when nothing else is known: the most prominent of those in force in the year, else the most
    /// prominent that ever had the name; -1 if no place has it.
    /// </summary>
    /// <param name="name">Full name, short form or abbreviation.</param>
    /// <param name="year">The year of the text; 0 for what is in force now.</param>
    public int FindPlace(ReadOnlySpan<char> name, int year = 0)
    {
        int entry = Lexicon.Find(name);
        if (entry < 0) return -1;
        ReadOnlySpan<int> places = Lexicon.Places(entry);
        foreach (int place in places)
        {
            if (Gazetteer.IsInForce(place, year)) return place;
        }
        return places.IsEmpty ? -1 : places[0];
    }
}
