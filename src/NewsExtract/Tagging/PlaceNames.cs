using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>Tells what looks like a person's name and is a place, or a short form of one that the text names.</summary>
internal sealed class PlaceNames(Lexicon lexicon)
{
    private static readonly TermSet Surnames = TermSet.Of(TermClass.Surname, TermClass.CompoundSurname);

    /// <summary>望奎 where the text has 望奎县, which the place tagger has decided; 阿州 where it has 阿姆哈拉州, 韩企 where it has 韩国; 访湘.</summary>
    public bool IsPlace(TaggingScratch scratch, Token token)
    {
        List<Mention> places = scratch.Places;
        for (int i = TaggedText.CountBefore(places, token.Start); i < places.Count && places[i].Span.Start == token.Start; i++)
            if (places[i].Span.End == token.End) return true;
        if (token.Length != 2) return false;
        return IsShortForm(scratch, token.Start) || "企方商侨媒".Contains(scratch.Text[token.Start + 1]) && BeginsAndEnds(scratch, scratch.Text[token.Start], '国', 2)
            || !scratch.Index.TryStart(token.Start, Surnames, out _) && lexicon.Find(scratch.Text.AsSpan(token.Start + 1, 1)) is >= 0 and int entry && lexicon.IsAbbreviation(entry);
    }

    /// <summary>Whether the two characters are the first and last of a longer place that the text names: 阿州 of 阿姆哈拉州.</summary>
    public static bool IsShortForm(TaggingScratch scratch, int start) => BeginsAndEnds(scratch, scratch.Text[start], scratch.Text[start + 1], 3);

    private static bool BeginsAndEnds(TaggingScratch scratch, char first, char last, int length)
    {
        foreach (Mention place in scratch.Places)
            if (place.Span.Length >= length && scratch.Text[place.Span.Start] == first && scratch.Text[place.Span.End - 1] == last) return true;
        return false;
    }
}
