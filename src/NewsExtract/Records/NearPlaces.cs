using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// The places of the article that somebody's post can be of without naming them. Those are all places of an ordinary article; of the hundreds that a
/// very long one names only the nearest, as else the work would grow with the product of people and places. Used again for the next article.
/// </summary>
internal sealed class NearPlaces(TextContext context)
{
    private const int Most = 64;

    // By place: the last call of Mark that it was near to; calls are counted.
    private int[] _calls = [];
    private int _call;

    private ResolvedText Resolved => context.Resolved;

    /// <summary>Takes up the context's article in place of the one before.</summary>
    public void Start()
    {
        _call = 0;
        if (_calls.Length < Resolved.Places.Count) _calls = new int[Resolved.Places.Count * 2];
        Array.Clear(_calls, 0, Resolved.Places.Count);
    }

    /// <summary>Marks the places that are named nearest to the offset.</summary>
    public void Mark(int offset)
    {
        _call++;
        if (Resolved.Places.Count <= Most) return;
        List<Mention> places = Resolved.Tagged.Places;
        int ahead = TaggedText.CountBefore(places, offset), back = ahead - 1;
        for (int found = 0; found < Most && (back >= 0 || ahead < places.Count);)
        {
            bool isBehind = ahead == places.Count || (back >= 0 && offset - places[back].Span.Start <= places[ahead].Span.Start - offset);
            ref int last = ref _calls[Resolved.PlaceOfMention[isBehind ? back-- : ahead++]];
            if (last != _call) found++;
            last = _call;
        }
    }

    /// <summary>Whether the place is one of those.</summary>
    public bool Has(int place) => Resolved.Places.Count <= Most || _calls[place] == _call;
}
