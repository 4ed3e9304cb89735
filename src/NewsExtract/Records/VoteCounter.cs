using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Counts, for one person at a time, what those of the same story were found to be of: how many were found to be of a candidate, and how many of
/// something else. The others are gone over once a person, not once a candidate. Used again for the next article.
/// </summary>
internal sealed class VoteCounter
{
    // The values of affiliations as numbers, from 0.
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    // By draft: the number of its affiliation.
    private int[] _numberOf = [];
    // By place or by number: how many with such a post, and how many of the same side, were found to be of it.
    private int[] _alike = [];
    private int[] _beside = [];
    private int _allAlike;
    private int _allBeside;
    private bool _ofPlace;
    private int _places;

    /// <summary>Takes up an article in place of the one before.</summary>
    public void Start(ResolvedText resolved)
    {
        _numbers.Clear();
        _places = resolved.Places.Count;
    }

    /// <summary>Notes what the draft was found to be of.</summary>
    public void Note(ParticipantDraft draft, int index)
    {
        if (_numberOf.Length <= index) Array.Resize(ref _numberOf, (index + 8) * 2);
        if (draft.Affiliation == null) return;
        if (!_numbers.TryGetValue(draft.Affiliation, out int number)) _numbers[draft.Affiliation] = number = _numbers.Count;
        _numberOf[index] = number;
    }

    /// <summary>Counts the others for one draft.</summary>
    /// <param name="drafts">All participants, in the order of the text.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="ofPlace">Whether his post leaves the place open, so that others count by their places.</param>
    /// <param name="again">Whether all have been decided on once; else those before count.</param>
    public void Count(List<ParticipantDraft> drafts, int index, bool ofPlace, bool again)
    {
        _ofPlace = ofPlace;
        _allAlike = _allBeside = 0;
        int keys = ofPlace ? _places : _numbers.Count;
        if (_alike.Length < keys)
        {
            _alike = new int[keys * 2];
            _beside = new int[keys * 2];
        }
        Array.Clear(_alike, 0, keys);
        Array.Clear(_beside, 0, keys);
        ParticipantDraft draft = drafts[index];
        int level = Level(draft);
        for (int j = 0; j < (again ? drafts.Count : index); j++)
        {
            ParticipantDraft other = drafts[j];
            if (j == index || other.Story.Index != draft.Story.Index || other.Affiliation == null) continue;
            int key = ofPlace ? other.Body.Place : _numberOf[j];
            bool alike = ofPlace ? AffiliationReader.LeavesPlace(other.Need) && Level(other) == level : AffiliationReader.LeavesBody(other.Need);
            if (alike)
            {
                _allAlike++;
                if (key >= 0) _alike[key]++;
            }
            if (!again || other.Side != draft.Side) continue;
            _allBeside++;
            if (key >= 0) _beside[key]++;
        }
    }

    /// <summary>How many with such a post, and how many of the same side, were found to be of the candidate and of something else.</summary>
    public (int Agreeing, int Against, int SideFor, int SideAgainst) For(Party party, string text)
    {
        int key = _ofPlace ? party.Place : _numbers.TryGetValue(text, out int number) ? number : -1;
        return key < 0 ? (0, _allAlike, 0, _allBeside) : (_alike[key], _allAlike - _alike[key], _beside[key], _allBeside - _beside[key]);
    }

    private static int Level(ParticipantDraft draft) => draft.Person.Posts.Count > 0 ? (int)draft.Person.Posts[0].Level : 9;
}
