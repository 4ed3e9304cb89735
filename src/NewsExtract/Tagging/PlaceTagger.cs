using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Finds names of places: the gazetteer's full names, its short forms where words or the rest of the article
/// support them, zones by their suffix, and what the sequence model takes for a place.
/// </summary>
internal sealed class PlaceTagger(KnowledgeBase knowledge)
{
    private static readonly TermSet Zones = TermSet.Of(TermClass.ZoneWord);
    private readonly Lexicon _lexicon = knowledge.Lexicon;
    private readonly LeftReader _left = new(knowledge.Lexicon);

    public void Tag(TaggingScratch scratch)
    {
        string text = scratch.Text;
        TermIndex index = scratch.Index;
        int at = 0;
        while (at < text.Length)
        {
            ReadOnlySpan<LexiconHit> hits = index.StartingAt(at);
            LexiconHit best = default;
            string? rule = null;
            for (int i = hits.Length - 1; i >= 0; i--)
            {
                if (_lexicon.Places(hits[i].Entry).IsEmpty) continue;
                rule = Accept(scratch, hits[i]);
                if (rule == null) continue;
                best = hits[i];
                break;
            }
            if (rule == null)
            {
                at++;
                continue;
            }
            scratch.Places.Add(new Mention(new TextSpan(best.Start, best.End), MentionKind.Place, MentionOrigin.Lexicon, rule == "place-full" ? 0.98f : 0.85f, rule));
            at = best.End;
        }
        AddZones(scratch);
        AddModelPlaces(scratch);
        scratch.Places.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
    }

    private string? Accept(TaggingScratch scratch, LexiconHit hit)
    {
        int first = scratch.TokenAt[hit.Start], last = scratch.TokenAt[hit.End - 1];
        if (first < 0 || last < 0) return null;
        Token token = scratch.Tokens[first], end = scratch.Tokens[last];
        if (token.Tag == PartOfSpeech.Nr || end.Tag == PartOfSpeech.Nr) return null;
        // 口东街道: the model's longer name, of which the gazetteer knows only the end.
        if (token.Tag == PartOfSpeech.Ns && first == last && hit.Start > token.Start && hit.End == token.End && !PlaceEndsAt(scratch, hit.Start)) return null;
        bool bounded = token.Start == hit.Start && (end.End == hit.End || "省市县区州盟旗镇乡村籍方委".Contains(scratch.Text[hit.End]));
        if (_lexicon.IsAbbreviation(hit.Entry)) return null; // 粤, 莞: read where a rule asks for them
        if (_lexicon.IsFullName(hit.Entry))
            return bounded || hit.Length >= 3 || token.Tag is PartOfSpeech.Ns or PartOfSpeech.Nt ? "place-full" : null;
        if (hit.Length < 2) return null;
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

    private static bool PlaceEndsAt(TaggingScratch scratch, int end) => scratch.Index.TryPlaceEnd(end, out _);

    private bool IsTownOnly(LexiconHit hit)
    {
        foreach (int place in _lexicon.Places(hit.Entry))
            if (knowledge.Gazetteer.Level(place) != PlaceLevel.Town) return false;
        return true;
    }

    private bool HasFullForm(TaggingScratch scratch, LexiconHit hit)
    {
        ReadOnlySpan<char> name = scratch.Text.AsSpan(hit.Start, hit.Length);
        Gazetteer gazetteer = knowledge.Gazetteer;
        ReadOnlySpan<char> text = scratch.Text;
        foreach (int place in _lexicon.Places(hit.Entry))
        {
            string full = gazetteer.Name(place);
            if (full.Length <= name.Length) continue;
            if (text.IndexOf(full, StringComparison.Ordinal) >= 0) return true;
            if (full.Length > name.Length + 1 && HasWithLevel(text, name, full[^1])) return true;
        }
        return false;
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
        for (int end = 2; end <= scratch.Text.Length; end++)
        {
            if (!index.TryEnd(end, Zones, out LexiconHit suffix) || suffix.Length < 2 || Covered(scratch.Places, suffix.Start, end)) continue;
            int start = suffix.Start;
            if (scratch.TokenEndsAt(end, out Token token) && token.Start < suffix.Start && token.Tag is PartOfSpeech.Ns or PartOfSpeech.Nt && token.End == end)
                start = InnerStart(scratch, token.Start, suffix.Start);
            else
                start = NounStart(scratch, suffix.Start);
            if (start == suffix.Start) continue;
            scratch.Places.RemoveAll(m => m.Span.Start >= start && m.Span.End <= end);
            scratch.Places.Add(new Mention(new TextSpan(start, end), MentionKind.Place, MentionOrigin.Rule, 0.85f, "place-zone"));
        }
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
            Mention? place = scratch.Places.FindLast(m => m.Span.End == at);
            if (place is { } found && found.Span.End == at && at > 0)
            {
                // A place right in front of the suffix names the zone; one in front of a name is its parent.
                return at == suffixStart ? found.Span.Start : at;
            }
            if (!scratch.TokenEndsAt(at, out Token token) || token.Length < 2 || !_left.IsNoun(scratch, token)) break;
            at = token.Start;
        }
        return at;
    }

    private void AddModelPlaces(TaggingScratch scratch)
    {
        for (int i = 0; i < scratch.TokenCount; i++)
        {
            Token token = scratch.Tokens[i];
            if (token.Tag != PartOfSpeech.Ns || token.Length < 2 || Covered(scratch.Places, token.Start, token.End)) continue;
            scratch.Places.Add(new Mention(new TextSpan(token.Start, token.End), MentionKind.Place, MentionOrigin.Model, 0.7f));
        }
    }

    private static bool Covered(List<Mention> mentions, int start, int end)
    {
        foreach (Mention mention in mentions)
            if (mention.Span.Start < end && start < mention.Span.End && mention.Span.End >= end - 1) return true;
        return false;
    }
}
