using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Resolution;

/// <summary>
/// Decides which place each name means, from its neighbours: the chain it stands in (<c>深圳市龙华区</c>), the
/// enumeration, the rest of the article, and last the more prominent one; then makes one entity of all names that mean one place.
/// </summary>
internal sealed partial class PlaceResolver(KnowledgeBase knowledge)
{
    private const int Adjacent = 20, AboveNext = 14, SameSentence = 5, SamePrefecture = 3, SameProvince = 2, MostSupport = 12, ForeignAlone = 8, BareTown = 12, LongestOutletPlace = 8;
    private readonly Lexicon _lexicon = knowledge.Lexicon;
    private readonly Gazetteer _gazetteer = knowledge.Gazetteer;

    public void Resolve(ResolvedText resolved)
    {
        List<Mention> mentions = resolved.Tagged.Places;
        var chosen = new int[mentions.Count];
        int year = resolved.Layout.Published?.Year ?? YearInText(resolved);
        var support = new Dictionary<int, int>();
        // Names that can mean one place only speak for its surroundings.
        bool ambiguous = false;
        for (int i = 0; i < mentions.Count; i++)
        {
            ReadOnlySpan<int> candidates = Candidates(resolved, mentions[i]);
            if (candidates.IsEmpty) continue;
            if (!IsOnePlace(candidates)) ambiguous = true;
            else if (_gazetteer.Level(candidates[0]) != PlaceLevel.Town) Support(support, InForce(candidates, year));
        }
        SupportOutlet(resolved.Layout.Outlet, support, year);
        Choose(resolved, chosen, support, year, fresh: true);
        if (ambiguous)
        {
            // What came before the words that make it clear is looked at once more.
            support.Clear();
            SupportOutlet(resolved.Layout.Outlet, support, year);
            foreach (int place in chosen)
                if (place >= 0) Support(support, place);
            Choose(resolved, chosen, support, year, fresh: false);
        }
        MakeEntities(resolved, chosen, EraYear(chosen, year));
    }

    private void Choose(ResolvedText resolved, int[] chosen, Dictionary<int, int> support, int year, bool fresh)
    {
        List<Mention> mentions = resolved.Tagged.Places;
        if (fresh) Array.Fill(chosen, -1);
        bool anyCounty = AnyCounty(support);
        int lastInSentence = -1, sentence = -1;
        for (int i = 0; i < mentions.Count; i++)
        {
            int s = resolved.Layout.SentenceAt(mentions[i].Span.Start);
            if (s != sentence) (sentence, lastInSentence) = (s, -1);
            ReadOnlySpan<int> candidates = Candidates(resolved, mentions[i]);
            if (candidates.IsEmpty) continue;
            int before = chosen[i];
            chosen[i] = -1;
            int best = -1, bestScore = int.MinValue;
            bool supported = false, named = false;
            int inFront = i > 0 && mentions[i - 1].Span.End == mentions[i].Span.Start ? chosen[i - 1] : -1;
            ReadOnlySpan<int> behind = i + 1 < mentions.Count && mentions[i + 1].Span.Start == mentions[i].Span.End ? Candidates(resolved, mentions[i + 1]) : [];
            bool town = IsTownName(resolved.Text, mentions[i].Span), aboveTowns = !town && AnyAboveTowns(candidates);
            foreach (int candidate in candidates)
            {
                // An only candidate need not be compared with any.
                bool backed = false;
                int score = candidates.Length == 1 ? 0 : Score(candidate, inFront, behind, lastInSentence, support, year, out backed);
                if (IsForeign(candidate) && !named) named = inFront >= 0 || IsCountryNamed(candidate, support);
                if (aboveTowns && candidates.Length > 1 && _gazetteer.Level(candidate) == PlaceLevel.Town && (inFront < 0 || !_gazetteer.IsWithin(candidate, inFront))) score -= BareTown;
                // 勐满镇 of 勐腊县, where other counties of the prefecture have one too.
                if (town && support.ContainsKey(_gazetteer.Parent(candidate))) score += SameProvince;
                if (_gazetteer.Level(candidate) is PlaceLevel.ForeignCity or PlaceLevel.ForeignRegion && !backed && candidates.Length > 1) score -= ForeignAlone;
                if (score > bestScore) (best, bestScore, supported) = (candidate, score, backed);
            }
            // A place named right behind another lies in it; one that the gazetteer does not have there gets that parent.
            if (inFront >= 0 && !AnyWithin(candidates, inFront) && (_gazetteer.Level(best) is PlaceLevel.Town or PlaceLevel.Zone || IsNamesake(best, inFront))) continue;
            // 圣地亚哥 in several countries, none of which the article names.
            if (!named && IsForeign(best) && AreOfSeveralCountries(candidates)) continue;
            // One of many towns of that name, and nothing in the article speaks for it: better no parents than wrong ones.
            if (!supported && IsOneOfMany(candidates, best, year)) continue;
            // A town of a county far from all that the article names: the one that is meant is not among those known.
            if (inFront < 0 && anyCounty && _gazetteer.Level(best) == PlaceLevel.Town && !IsNear(best, support)) continue;
            chosen[i] = best;
            if (fresh ? !IsOnePlace(candidates) : before != best) Support(support, best);
            lastInSentence = best;
        }
    }

    /// <summary>Whether all are one place under its names and codes of different years.</summary>
    private bool IsOnePlace(ReadOnlySpan<int> candidates)
    {
        for (int i = 1; i < candidates.Length; i++)
            if (_gazetteer.Latest(candidates[i]) != _gazetteer.Latest(candidates[0])) return false;
        return true;
    }

    private int InForce(ReadOnlySpan<int> candidates, int year)
    {
        foreach (int candidate in candidates)
            if (_gazetteer.IsInForce(candidate, year)) return candidate;
        return candidates[0];
    }

    /// <summary>德化报: the place that an outlet's name begins with.</summary>
    private void SupportOutlet(string? outlet, Dictionary<int, int> support, int year)
    {
        for (int length = Math.Min(outlet?.Length ?? 0, LongestOutletPlace); length >= 2; length--)
        {
            int entry = _lexicon.Find(outlet.AsSpan(0, length));
            if (entry < 0 || _lexicon.Places(entry) is not { IsEmpty: false } places) continue;
            if (IsOnePlace(places)) Support(support, InForce(places, year));
            return;
        }
    }

    /// <summary>The year by whose names the places above towns go: that of publication, or, where the text names a place that was renamed in it by its old name, the one before.</summary>
    private int EraYear(int[] chosen, int year)
    {
        foreach (int place in chosen)
            if (place >= 0 && year > 0 && _gazetteer.LastYear(place) == year) return year - 1;
        return year;
    }

    private ReadOnlySpan<int> Candidates(ResolvedText resolved, Mention mention)
    {
        int entry = _lexicon.Find(resolved.Text.AsSpan(mention.Span.Start, mention.Span.Length));
        return entry < 0 ? [] : _lexicon.Places(entry);
    }

    private int Score(int candidate, int inFront, ReadOnlySpan<int> behind, int lastInSentence, Dictionary<int, int> support, int year, out bool backed)
    {
        int score = Math.Min(_gazetteer.Prominence(candidate) / 64, 6);
        if (_gazetteer.IsInForce(candidate, year)) score += 4;
        if (inFront >= 0) score += _gazetteer.IsWithin(candidate, inFront) && candidate != inFront ? Adjacent : -2;
        foreach (int next in behind)
            if (next != candidate && _gazetteer.IsWithin(next, candidate))
            {
                score += AboveNext;
                break;
            }
        int prefecture = _gazetteer.Prefecture(candidate), province = _gazetteer.Province(candidate);
        if (lastInSentence >= 0)
        {
            if (_gazetteer.Parent(candidate) == _gazetteer.Parent(lastInSentence) || _gazetteer.IsWithin(candidate, lastInSentence)) score += SameSentence;
            else if (prefecture >= 0 && prefecture == _gazetteer.Prefecture(lastInSentence)) score += SameSentence - 1;
        }
        int own = 0;
        foreach ((int place, int count) in support)
        {
            if (place == candidate) own += 2;
            else if (_gazetteer.IsWithin(candidate, place) || _gazetteer.IsWithin(place, candidate)) own += SamePrefecture * Math.Min(count, 2);
            else if (prefecture >= 0 && prefecture == _gazetteer.Prefecture(place)) own += SamePrefecture;
            else if (province >= 0 && province == _gazetteer.Province(place)) own += SameProvince;
            if (own >= MostSupport) break;
        }
        backed = own > 0 || score >= SameSentence + 4;
        return score + Math.Min(own, MostSupport);
    }

    private bool AnyCounty(Dictionary<int, int> support)
    {
        foreach (int place in support.Keys)
            if (_gazetteer.Level(place) == PlaceLevel.County) return true;
        return false;
    }

    /// <summary>Whether the article names the town's county or prefecture.</summary>
    private bool IsNear(int town, Dictionary<int, int> support)
    {
        foreach (int place in support.Keys)
            if (_gazetteer.Level(place) is PlaceLevel.County or PlaceLevel.Prefecture && _gazetteer.IsWithin(town, place)) return true;
        return false;
    }

    /// <summary>Whether other places in force of the same level have the name: 鼓楼区, 太平镇.</summary>
    private bool IsOneOfMany(ReadOnlySpan<int> candidates, int best, int year)
    {
        PlaceLevel level = _gazetteer.Level(best);
        if (level is not (PlaceLevel.Town or PlaceLevel.County)) return false;
        if (level == PlaceLevel.Town) return candidates.Length > 1;
        int same = 0;
        foreach (int candidate in candidates)
            if (_gazetteer.Level(candidate) == level && _gazetteer.IsInForce(candidate, year)) same++;
        return same > 1;
    }

    private bool IsForeign(int place) => _gazetteer.Level(place) is PlaceLevel.ForeignCity or PlaceLevel.ForeignRegion;

    /// <summary>佛罗里达省 right behind 乌拉圭: a place of that name which lies elsewhere.</summary>
    private bool IsNamesake(int place, int inFront) =>
        (IsForeign(inFront) || _gazetteer.Level(inFront) == PlaceLevel.Country && _gazetteer.Country(inFront) != "CN")
        && (IsForeign(place) || _gazetteer.Level(place) == PlaceLevel.County) && _gazetteer.Country(place) != _gazetteer.Country(inFront);

    private bool AreOfSeveralCountries(ReadOnlySpan<int> candidates)
    {
        foreach (int candidate in candidates)
            if (_gazetteer.Country(candidate) != _gazetteer.Country(candidates[0])) return true;
        return false;
    }

    private bool IsCountryNamed(int city, Dictionary<int, int> support)
    {
        foreach (int place in support.Keys)
            if (place != city && _gazetteer.Country(place) == _gazetteer.Country(city)) return true;
        return false;
    }

    private bool AnyAboveTowns(ReadOnlySpan<int> candidates)
    {
        foreach (int candidate in candidates)
            if (_gazetteer.Level(candidate) is PlaceLevel.Prefecture or PlaceLevel.County) return true;
        return false;
    }

    private bool AnyWithin(ReadOnlySpan<int> candidates, int outer)
    {
        foreach (int candidate in candidates)
            if (_gazetteer.IsWithin(candidate, outer)) return true;
        return false;
    }

    private static void Support(Dictionary<int, int> support, int place) => support[place] = support.GetValueOrDefault(place) + 1;

    private static int YearInText(ResolvedText resolved)
    {
        foreach (ResolvedDate date in resolved.Dates.All)
            if (date.Start.HasValue && date.Start.Year > 0) return date.Start.Year;
        return 0;
    }

    private void MakeEntities(ResolvedText resolved, int[] chosen, int year)
    {
        List<Mention> mentions = resolved.Tagged.Places;
        resolved.PlaceOfMention = new int[mentions.Count];
        var byId = new Dictionary<int, PlaceEntity>();
        var byName = new Dictionary<string, PlaceEntity>(StringComparer.Ordinal);
        var unknown = byName.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int i = 0; i < mentions.Count; i++)
        {
            TextSpan span = mentions[i].Span;
            ReadOnlySpan<char> written = resolved.Text.AsSpan(span.Start, span.Length);
            PlaceEntity? place;
            if (chosen[i] >= 0)
            {
                if (!byId.TryGetValue(chosen[i], out place)) byId[chosen[i]] = place = Known(resolved, chosen[i], year);
                if (i > 0 && chosen[i - 1] >= 0 && mentions[i - 1].Span.End == span.Start) PutBehindRegion(place, chosen[i - 1]);
            }
            else if (!unknown.TryGetValue(written, out place))
            {
                int above = Above(resolved, mentions, i, Candidates(resolved, mentions[i]).IsEmpty);
                string name = written.ToString();
                byName[name] = place = Unknown(resolved, name, above);
            }
            place.Spans.Add(span);
            resolved.PlaceOfMention[i] = place.Id;
        }
        foreach (PlaceEntity place in resolved.Places)
        {
            place.Written = WrittenForm(resolved.Text, place);
            // 乌拉圭 and not 乌拉圭东岸共和国, where the text has both.
            if (place is { Level: BodyLevel.Nation, GazetteerId: >= 0 } && _gazetteer.Name(place.GazetteerId) is { } country && place.Written != country
                && place.Spans.Exists(span => resolved.Text.AsSpan(span.Start, span.Length).SequenceEqual(country))) place.Written = country;
            Complete(place);
        }
    }

    /// <summary>The form that the text has most often of those that tell the level, the longer of two: 琼中县 rather than 琼中黎族苗族自治县; the longest where none tells it, or of a zone.</summary>
    private string WrittenForm(string text, PlaceEntity place)
    {
        bool longest = place.GazetteerId < 0 || _gazetteer.Level(place.GazetteerId) == PlaceLevel.Zone;
        TextSpan best = default;
        int bestCount = -1;
        foreach (TextSpan span in place.Spans)
        {
            var form = new TextSpan(span.Start, LevelEnd(text, span, place));
            ReadOnlySpan<char> name = text.AsSpan(form.Start, form.Length);
            int count = 0;
            if (!longest && (name.Length > 2 ? LevelOfName(name) != BodyLevel.None : LevelOfName(name) == place.Level))
                foreach (TextSpan other in place.Spans)
                    if (text.AsSpan(other.Start, LevelEnd(text, other, place) - other.Start).SequenceEqual(name)) count++;
            if (count < bestCount || (count == bestCount && form.Length <= best.Length)) continue;
            best = form;
            bestCount = count;
        }
        return text[best.Start..best.End];
    }

    /// <summary>韩国全罗南道丽水: a foreign city stands behind its region where the text has it so.</summary>
    private void PutBehindRegion(PlaceEntity city, int region)
    {
        if (_gazetteer.Level(city.GazetteerId) != PlaceLevel.ForeignCity || _gazetteer.Level(region) != PlaceLevel.ForeignRegion || city.Country != _gazetteer.Country(region)) return;
        city.Chain = _gazetteer.Chain(region) + _gazetteer.Name(city.GazetteerId);
    }

    /// <summary>A name that the text has only without its level gets it: 大连 is 大连市, 黔西南 is 黔西南州.</summary>
    private void Complete(PlaceEntity place)
    {
        // 札幌市, 仁川广域市 where the text has them so.
        if (place.GazetteerId >= 0 && _gazetteer.Level(place.GazetteerId) == PlaceLevel.ForeignCity && place.Written.EndsWith('市') && !place.Chain.EndsWith('市'))
        {
            string name = _gazetteer.Name(place.GazetteerId);
            if (place.Written.StartsWith(name, StringComparison.Ordinal) && place.Chain.EndsWith(name, StringComparison.Ordinal)) place.Chain += place.Written[name.Length..];
        }
        // 南昌高新技术产业开发区 and not 南昌高新区: zones have no one official name, the text's longest counts.
        if (place.GazetteerId >= 0 && _gazetteer.Level(place.GazetteerId) == PlaceLevel.Zone && _gazetteer.Name(place.GazetteerId) is { } zone
            && place.Written.Length > zone.Length && place.Written[0] == zone[0] && place.Chain.EndsWith(zone, StringComparison.Ordinal)) place.Chain = place.Chain[..^zone.Length] + place.Written;
        if (place.GazetteerId < 0 || place.Level is not (BodyLevel.City or BodyLevel.County) || place.IsForeign || LevelOfName(place.Written) != BodyLevel.None) return;
        string full = _gazetteer.Name(place.GazetteerId);
        if (full.StartsWith(place.Written, StringComparison.Ordinal) && LevelOfName(full) != BodyLevel.None) place.Written += full.EndsWith("地区", StringComparison.Ordinal) ? "地区" : full[^1];
    }

    private PlaceEntity Known(ResolvedText resolved, int id, int year)
    {
        var place = new PlaceEntity
        {
            Id = resolved.Places.Count,
            GazetteerId = id,
            // 香港, 澳门: records name the regions without their suffix.
            Chain = _gazetteer.Chain(id, year).Replace("特别行政区", "", StringComparison.Ordinal),
            Code = _gazetteer.Code(id),
            Country = _gazetteer.Country(id),
            Level = LevelOf(_gazetteer.Level(id)),
        };
        resolved.Places.Add(place);
        return place;
    }

    private PlaceEntity Unknown(ResolvedText resolved, string written, int above)
    {
        PlaceEntity? parent = above < 0 ? null : resolved.Places[above];
        var place = new PlaceEntity
        {
            Id = resolved.Places.Count,
            GazetteerId = -1,
            Parent = above,
            Chain = parent == null ? written : parent.Chain + written,
            Country = parent?.Country,
            Level = LevelOfName(written),
        };
        resolved.Places.Add(place);
        return place;
    }

    /// <summary>Where the name ends with the level behind it: 松桃 in front of 县委 was written as 松桃县.</summary>
    private static int LevelEnd(string text, TextSpan span, PlaceEntity place)
    {
        if (span.End >= text.Length || span.Length > 4) return span.End;
        char level = text[span.End];
        bool fits = place.Level switch
        {
            BodyLevel.Province => level is '省',
            BodyLevel.City => level is '市' or '州' or '盟',
            BodyLevel.County => level is '县' or '区' or '旗' or '市',
            BodyLevel.Town => level is '镇' or '乡',
            _ => false,
        };
        return fits && text[span.End - 1] != level ? span.End + 1 : span.End;
    }

    private static BodyLevel LevelOf(PlaceLevel level) => level switch
    {
        PlaceLevel.Country => BodyLevel.Nation,
        PlaceLevel.Province => BodyLevel.Province,
        PlaceLevel.Prefecture or PlaceLevel.ForeignCity or PlaceLevel.ForeignRegion => BodyLevel.City,
        PlaceLevel.County => BodyLevel.County,
        PlaceLevel.Zone => BodyLevel.County,
        _ => BodyLevel.Town,
    };

    internal static BodyLevel LevelOfName(ReadOnlySpan<char> name) => name[^1] switch
    {
        '省' => BodyLevel.Province,
        '市' or '州' or '盟' => BodyLevel.City,
        '县' or '旗' or '区' => BodyLevel.County,
        '镇' or '乡' or '道' => BodyLevel.Town,
        '村' => BodyLevel.Village,
        _ => BodyLevel.None,
    };
}
