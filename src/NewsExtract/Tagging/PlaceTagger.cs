using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Finds names of places: the gazetteer's full names, its short forms where words or the rest of the article
/// support them, zones by their suffix, and what the sequence model takes for a place.
/// </summary>
internal sealed class PlaceTagger(KnowledgeBase knowledge)
{
    private static readonly TermSet Polite = TermSet.Of(TermClass.Honorific);
    private static readonly TermSet Zones = TermSet.Of(TermClass.ZoneWord);
    private const int MostInChain = 4;
    private readonly Lexicon _lexicon = knowledge.Lexicon;
    private readonly LeftReader _left = new(knowledge.Lexicon);

    public void Tag(TaggingScratch scratch)
    {
        TermIndex index = scratch.Index;
        int at = 0;
        while (index.TryNextPlaces(at, out int first, out int behind))
        {
            at = index.Hits[first].Start + 1;
            for (int i = behind - 1; i >= first; i--)
            {
                LexiconHit hit = index.Hits[i];
                if (!_lexicon.IsPlace(hit.Entry) || Accept(scratch, hit) is not { } rule) continue;
                scratch.Places.Add(new Mention(new TextSpan(hit.Start, hit.End), MentionKind.Place, MentionOrigin.Lexicon, rule == "place-full" ? 0.98f : 0.85f, rule));
                at = hit.End;
                break;
            }
        }
        AddZones(scratch);
        AddModelPlaces(scratch);
        scratch.Places.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        scratch.IndexPlaces();
    }

    private string? Accept(TaggingScratch scratch, LexiconHit hit)
    {
        int first = scratch.TokenAt[hit.Start], last = scratch.TokenAt[hit.End - 1];
        if (first < 0 || last < 0) return null;
        Token token = scratch.Tokens[first], end = scratch.Tokens[last];
        if (token.Tag == PartOfSpeech.Nr || end.Tag == PartOfSpeech.Nr)
        {
            // 望奎 in a text that has 望奎县 is no person.
            bool whole = first == last && token.Start == hit.Start && token.End == hit.End && hit.Length >= 2;
            return whole && _lexicon.IsShortForm(hit.Entry) && HasFullForm(scratch, hit) ? "place-short-echo" : null;
        }
        // 口东街道: the model's longer name, of which the gazetteer knows only the end.
        if (token.Tag == PartOfSpeech.Ns && first == last && hit.Start > token.Start && hit.End == token.End && !PlaceEndsAt(scratch, hit.Start)) return null;
        // 谈伟|和|县经委: a connector that is the beginning of a place's name by chance.
        if (scratch.Text[hit.Start] == '和' && scratch.TokenEndsAt(hit.Start, out Token before) && IsNounOrName(scratch, before) && !PlaceEndsAt(scratch, hit.Start)) return null;
        bool bounded = token.Start == hit.Start && (end.End == hit.End || "省市县区州盟旗镇乡村籍方委".Contains(scratch.Text[hit.End]));
        if (_lexicon.IsAbbreviation(hit.Entry)) return null; // 粤, 莞: read where a rule asks for them
        if (_lexicon.IsFullName(hit.Entry))
            return bounded || hit.Length >= 3 || token.Tag is PartOfSpeech.Ns or PartOfSpeech.Nt ? "place-full" : null;
        if (hit.Length < 2) return null;
        if (IsAddressed(scratch, hit.End)) return null;
        // Towns' names without 镇 or 街道 (太平, 发展, 淮海) mean a town only where the text has the full form.
        if (IsTownOnly(hit)) return bounded && HasFullForm(scratch, hit) ? "place-short-echo" : null;
        bool inName = token.Tag is PartOfSpeech.Ns or PartOfSpeech.Nt;
        if (token.Tag == PartOfSpeech.Ns && bounded) return "place-short-model";
        if (!bounded && !inName) return null;
        if (HasFullForm(scratch, hit)) return "place-short-echo";
        if (inName && token.Start == hit.Start) return "place-short-inside";
        // A short form that is a common word (和平, 新华) needs more than the lexicon.
        return bounded && _lexicon.Tag(hit.Entry) == PartOfSpeech.Ns && hit.Length >= 2 ? "place-short-lexicon" : null;
    }

    /// <summary>黄山同志: who is spoken of politely is no place.</summary>
    private static bool IsAddressed(TaggingScratch scratch, int end) => scratch.Index.TryStart(end, Polite, out LexiconHit address) && address.Length >= 2;

    private bool IsNounOrName(TaggingScratch scratch, Token token)
    {
        if (token.Tag is PartOfSpeech.Nr or PartOfSpeech.Nt) return true;
        int entry = _lexicon.Find(scratch.Text.AsSpan(token.Start, token.Length));
        return entry >= 0 && _lexicon.Tag(entry) is PartOfSpeech.N or PartOfSpeech.Nr or PartOfSpeech.Nt or PartOfSpeech.Nz;
    }

    private static bool PlaceEndsAt(TaggingScratch scratch, int end) => scratch.Index.TryPlaceEnd(end, out _);

    private bool IsTownOnly(LexiconHit hit)
    {
        foreach (int place in _lexicon.Places(hit.Entry))
            if (knowledge.Gazetteer.Level(place) != PlaceLevel.Town) return false;
        return true;
    }

    private bool HasFullForm(TaggingScratch scratch, LexiconHit hit)
    {
        if (scratch.HasFullForm.TryGetValue(hit.Entry, out bool known)) return known;
        return scratch.HasFullForm[hit.Entry] = LookForFullForm(scratch, hit);
    }

    private bool LookForFullForm(TaggingScratch scratch, LexiconHit hit)
    {
        ReadOnlySpan<char> name = scratch.Text.AsSpan(hit.Start, hit.Length);
        Gazetteer gazetteer = knowledge.Gazetteer;
        ReadOnlySpan<char> text = scratch.Text;
        foreach (int place in _lexicon.Places(hit.Entry))
        {
            string full = gazetteer.Name(place);
            if (full.Length <= name.Length) continue;
            if (PlaceNames(scratch).Contains(gazetteer.NameEntry(place))) return true;
            if (full.Length > name.Length + 1 && HasWithLevel(text, name, full[^1])) return true;
        }
        return false;
    }

    /// <summary>The lexicon's entries of all places' names in the text, collected when they are first asked for.</summary>
    private HashSet<int> PlaceNames(TaggingScratch scratch)
    {
        HashSet<int> names = scratch.PlaceNames;
        if (names.Count > 0) return names;
        foreach (LexiconHit hit in scratch.Index.Hits)
            if (_lexicon.IsPlace(hit.Entry)) names.Add(hit.Entry);
        return names;
    }

    /// <summary>松桃县 stands for 松桃苗族自治县.</summary>
    private static bool HasWithLevel(ReadOnlySpan<char> text, ReadOnlySpan<char> name, char level)
    {
        int at = 0;
        while (true)
        {
            int found = text[at..].IndexOf(name);
            if (found < 0) return false;
            at += found + name.Length;
            if (at < text.Length && text[at] == level) return true;
        }
    }

    private void AddZones(TaggingScratch scratch)
    {
        TermIndex index = scratch.Index;
        for (int at = 2; index.TryNextEnd(at, Zones, out LexiconHit suffix); at = suffix.End + 1)
        {
            int start = suffix.Start, end = suffix.End;
            if (suffix.Length < 2 || Covered(scratch.Places, start, end)) continue;
            if (scratch.TokenEndsAt(end, out Token token) && token.Start < suffix.Start && token.Tag is PartOfSpeech.Ns or PartOfSpeech.Nt && token.End == end)
                start = InnerStart(scratch, token.Start, suffix.Start);
            else
                start = NounStart(scratch, suffix.Start);
            if (start == suffix.Start) continue;
            RemoveInside(scratch.Places, new TextSpan(start, end));
            scratch.Places.Add(new Mention(new TextSpan(start, end), MentionKind.Place, MentionOrigin.Rule, 0.85f, "place-zone"));
        }
    }

    private static void RemoveInside(List<Mention> mentions, TextSpan span)
    {
        for (int i = mentions.Count - 1; i >= 0; i--)
            if (span.Contains(mentions[i].Span)) mentions.RemoveAt(i);
    }

    /// <summary>
    /// The zone's own name begins behind the last higher place in it: 东莞市|滨海湾新区; but a short form
    /// right in front of the suffix is the name (通山经济开发区).
    /// </summary>
    private static int InnerStart(TaggingScratch scratch, int start, int suffixStart)
    {
        foreach (Mention place in scratch.Places)
            if (place.Span.Start >= start && place.Span.End < suffixStart) start = place.Span.End;
        return start;
    }

    private int NounStart(TaggingScratch scratch, int suffixStart)
    {
        int at = suffixStart;
        for (int count = 0; count < 3; count++)
        {
            if (at > 0 && TryPlaceBefore(scratch.Places, at, out int start))
            {
                // A place right in front of the suffix names the zone; one in front of a name is its parent.
                return at == suffixStart ? start : at;
            }
            if (!scratch.TokenEndsAt(at, out Token token) || token.Length < 2 || !_left.IsNoun(scratch, token)) break;
            at = token.Start;
        }
        return at;
    }

    private static bool TryPlaceBefore(List<Mention> places, int end, out int start)
    {
        for (int i = places.Count - 1; i >= 0; i--)
        {
            start = places[i].Span.Start;
            if (places[i].Span.End == end) return true;
        }
        start = -1;
        return false;
    }

    private void AddModelPlaces(TaggingScratch scratch)
    {
        for (int i = 0; i < scratch.TokenCount; i++)
        {
            Token token = scratch.Tokens[i];
            if (token.Tag != PartOfSpeech.Ns || token.Length < 2 || Covered(scratch.Places, token.Start, token.End) || IsAddressed(scratch, token.End) || IsPair(scratch, token)) continue;
            if (!AddChain(scratch, token)) scratch.Places.Add(new Mention(new TextSpan(token.Start, token.End), MentionKind.Place, MentionOrigin.Model, 0.7f));
        }
    }

    /// <summary>山东|曲阜: names of the gazetteer one behind the other are as many places; false where the token is no such chain.</summary>
    private bool AddChain(TaggingScratch scratch, Token token)
    {
        Span<int> ends = stackalloc int[MostInChain];
        int count = 0;
        for (int at = token.Start; at < token.End; at = ends[count++])
        {
            int end = 0;
            foreach (LexiconHit hit in scratch.Index.StartingAt(at))
                if (hit.Length >= 2 && hit.End <= token.End && hit.End > end && hit.Length < token.Length && IsOfCounties(hit)) end = hit.End;
            if (end == 0 || count == MostInChain) return false;
            ends[count] = end;
        }
        for (int i = 0, start = token.Start; i < count; start = ends[i++])
        {
            var span = new TextSpan(start, ends[i]);
            if (!scratch.Places.Exists(place => place.Span == span)) scratch.Places.Add(new Mention(span, MentionKind.Place, MentionOrigin.Lexicon, 0.85f, "place-short-model"));
        }
        return true;
    }

    /// <summary>Whether the name is that of a place above the towns.</summary>
    private bool IsOfCounties(LexiconHit hit) => _lexicon.IsPlace(hit.Entry) && !IsTownOnly(hit);

    /// <summary>沪苏, 京津: two places by a character each, which are read one by one.</summary>
    private bool IsPair(TaggingScratch scratch, Token token) =>
        token.Length == 2 && scratch.EntryOfToken(scratch.TokenAt[token.Start]) is var whole && (whole < 0 || !_lexicon.IsPlace(whole))
            && IsAbbreviation(scratch.Text.AsSpan(token.Start, 1)) && IsAbbreviation(scratch.Text.AsSpan(token.Start + 1, 1));

    private bool IsAbbreviation(ReadOnlySpan<char> character) => _lexicon.Find(character) is >= 0 and var entry && _lexicon.IsAbbreviation(entry);

    private static bool Covered(List<Mention> mentions, int start, int end)
    {
        foreach (Mention mention in mentions)
            if (mention.Span.Start < end && start < mention.Span.End && mention.Span.End >= end - 1) return true;
        return false;
    }
}
