using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Resolution;

/// <summary>What stands above a name that the gazetteer does not have.</summary>
internal sealed partial class PlaceResolver
{
    /// <summary>The place above a name that the gazetteer does not have: the one right in front, else the last one above that level in the enumeration.</summary>
    private int Above(ResolvedText resolved, List<Mention> mentions, int index, bool isNew)
    {
        string text = resolved.Text;
        TextSpan span = mentions[index].Span;
        if (index > 0 && mentions[index - 1].Span.End == span.Start) return resolved.PlaceOfMention[index - 1];
        int sentence = resolved.Layout.SentenceAt(span.Start);
        for (int i = index - 1; i >= 0 && resolved.Layout.SentenceAt(mentions[i].Span.Start) == sentence; i--)
        {
            if (text[mentions[i].Span.End] is not ('、' or '和')) continue;
            PlaceEntity place = resolved.Places[resolved.PlaceOfMention[i]];
            // Items of one enumeration share what stands above the first: 广东省东莞市虎门镇、…、滨海湾新区.
            if (i > 0 && mentions[i - 1].Span.End == mentions[i].Span.Start) return resolved.PlaceOfMention[i - 1];
            if (place.Parent >= 0) return place.Parent;
            if (i > 0 && text[mentions[i - 1].Span.End] is '、') continue;
        }
        return IsTownName(text, span) ? CountyBefore(resolved, index) : isNew ? CountryBefore(resolved, mentions, index) : -1;
    }

    private static bool IsTownName(string text, TextSpan span) =>
        text[span.End - 1] is '镇' or '乡' || text.AsSpan(span.Start, span.Length).EndsWith("街道", StringComparison.Ordinal) || text.AsSpan(span.Start, span.Length).EndsWith("苏木", StringComparison.Ordinal);

    /// <summary>The county named last before a town that stands alone; a zone (中关村) has no towns.</summary>
    private int CountyBefore(ResolvedText resolved, int index)
    {
        for (int i = index - 1; i >= 0; i--)
            if (resolved.Places[resolved.PlaceOfMention[i]] is { GazetteerId: >= 0 and int id, IsForeign: false } place && _gazetteer.Level(id) == PlaceLevel.County) return place.Id;
        return -1;
    }

    /// <summary>盛冈市 in a paragraph of 日本: an unknown name takes the country or region abroad that was named last before it, unless a place at home stands between.</summary>
    private int CountryBefore(ResolvedText resolved, List<Mention> mentions, int index)
    {
        TextSpan span = mentions[index].Span;
        if (resolved.Text[span.End - 1] is '村' or '区' || resolved.Layout.RoleAt(span.Start) != TextRole.Body) return -1;
        int paragraph = resolved.Layout.ParagraphAt(span.Start);
        for (int i = index - 1; i >= 0 && resolved.Layout.ParagraphAt(mentions[i].Span.Start) >= paragraph - 1; i--)
        {
            PlaceEntity place = resolved.Places[resolved.PlaceOfMention[i]];
            if (place.Country == null || place.Chain == "中国") continue;
            if (!place.IsForeign) return -1;
            while (place.GazetteerId < 0 && place.Parent >= 0) place = resolved.Places[place.Parent];
            if (place.GazetteerId < 0) return -1;
            return Country(resolved, place);
        }
        return -1;
    }

    /// <summary>The article's entity of the country that a foreign place lies in; -1 where the article does not name it.</summary>
    private int Country(ResolvedText resolved, PlaceEntity place)
    {
        foreach (PlaceEntity other in resolved.Places)
            if (other.Country == place.Country && other.GazetteerId >= 0 && _gazetteer.Level(other.GazetteerId) == PlaceLevel.Country) return other.Id;
        return -1;
    }
}
