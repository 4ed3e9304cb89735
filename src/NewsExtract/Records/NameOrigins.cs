using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// What people's names tell of where they are from, and what a place's or body's people tell of where it lies: a bare 校长 with a Han name in a story
/// of 玛希隆大学, whose people have Thai ones, is of another school. Used again for the next article.
/// </summary>
internal sealed class NameOrigins(TextContext context, NameStatistics names)
{
    /// <summary>How many origins a person can have: 1 a Han name, 2 a transliterated one, 3 a Japanese one; 0 for nobody.</summary>
    public const int Origins = 4;

    // A transliterated name of Han length has such an odd surname.
    private const int OddSurname = -150;

    private byte[] _people = [];
    // By place and by organisation: how many people with a Han name, and with another, have it in their first post.
    private (int Han, int Other)[] _ofPlaces = [];
    private (int Han, int Other)[] _ofOrganizations = [];

    private ResolvedText Resolved => context.Resolved;

    /// <summary>Takes up the context's article in place of the one before.</summary>
    public void Start()
    {
        _people = Relations.Cleared(_people, Resolved.People.Count);
        _ofPlaces = Relations.Cleared(_ofPlaces, Resolved.Places.Count);
        _ofOrganizations = Relations.Cleared(_ofOrganizations, Resolved.Organizations.Count);
        foreach (PersonEntity person in Resolved.People)
        {
            byte origin = _people[person.Id] = (byte)OriginOf(person.Name);
            if (person.Posts.Count == 0) continue;
            Post post = person.Posts[0];
            if (post.Organization >= 0) Count(ref _ofOrganizations[post.Organization], origin, 1);
            else if (post.Place >= 0) Count(ref _ofPlaces[post.Place], origin, 1);
        }
    }

    /// <summary>The origin of a person's name; 0 for nobody.</summary>
    public int Of(PersonEntity? person) => person == null ? 0 : _people[person.Id];

    /// <summary>0 where nothing tells, 1 at home (Hong Kong, Macau and Taiwan too), 2 abroad.</summary>
    public int Lies(Party party)
    {
        int place = party.Place >= 0 ? party.Place : party.Organization >= 0 ? Resolved.Organizations[party.Organization].Place : -1;
        return place < 0 || Resolved.Places[place].Country == null ? 0 : Resolved.Places[place].IsForeign ? 2 : 1;
    }

    /// <summary>Whose names those have who state the party as theirs, <paramref name="apart"/> apart: 0 nobody, 1 Han, 2 others, 3 both.</summary>
    public int Holders(Party party, PersonEntity? apart)
    {
        if (party.IsNone) return 0;
        (int han, int other) = party.Place >= 0 ? _ofPlaces[party.Place] : _ofOrganizations[party.Organization];
        if (apart is { Posts.Count: > 0 } && (party.Organization >= 0 ? apart.Posts[0].Organization == party.Organization : apart.Posts[0].Organization < 0 && apart.Posts[0].Place == party.Place))
        {
            if (Of(apart) == 1) han--;
            else other--;
        }
        return (han > 0 ? 1 : 0) + (other > 0 ? 2 : 0);
    }

    private static void Count(ref (int Han, int Other) counts, int origin, int by)
    {
        if (origin == 1) counts.Han += by;
        else counts.Other += by;
    }

    private int OriginOf(string name)
    {
        if (name.Contains('·', StringComparison.Ordinal)) return 2;
        for (int length = 3; length >= 2; length--)
            if (name.Length > length && name.Length <= length + 3 && names.IsJapaneseSurname(name.AsSpan(0, length)) && (name.Length > 3 || names.Surname(name[0]) < OddSurname)) return 3;
        if (name.Length > 4) return 2;
        int transliteration = 0;
        foreach (char c in name) transliteration += names.Transliteration(c);
        return names.Surname(name[0]) < OddSurname && transliteration > 0 ? 2 : 1;
    }
}
