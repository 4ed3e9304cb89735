using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Resolution;

/// <summary>
/// Makes one entity of all mentions of an organisation: a shorter form means the last longer one before it whose
/// characters hold it in order from a common beginning (<c>神泰煤化工集团</c>, <c>神泰煤化工集团有限责任公司</c>).
/// </summary>
internal sealed class OrganizationResolver(KnowledgeBase knowledge)
{
    private static readonly TermSet Company = TermSet.Of(TermClass.CompanySuffix);
    private static readonly string[] WholeEnds = ["大学", "学院", "中学", "小学", "学校", "医院"];
    private static readonly TermSet School = TermSet.Of(TermClass.SchoolSuffix);
    private static readonly TermSet Institutions = TermSet.Of(TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.CompanySuffix, TermClass.Institute);
    private static readonly TermSet Parts = TermSet.Of(TermClass.SubUnit);
    private static readonly TermSet Wholes = TermSet.Of(TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.Institute);
    private static readonly TermSet Outlets = TermSet.Of(TermClass.OutletSuffix);
    private const string WholeCompany = "公司";
    private const int LongestEnd = 8;
    private const char ThatOne = '该';
    private readonly Lexicon _lexicon = knowledge.Lexicon;

    public void Resolve(ResolvedText resolved, TermIndex index)
    {
        List<Mention> mentions = resolved.Tagged.Organizations;
        resolved.OrganizationOfMention = new int[mentions.Count];
        int longest = 0;
        foreach (Mention place in resolved.Tagged.Places) longest = Math.Max(longest, place.Span.Length);
        // By organisation: which characters its name has, and which its first two are.
        var known = new List<(ulong All, ulong Beginning)>();
        Dictionary<string, string>? aliases = Aliases(resolved);
        for (int i = 0; i < mentions.Count; i++)
        {
            TextSpan span = mentions[i].Span;
            string name = resolved.Text.Substring(span.Start, span.Length);
            if (aliases != null && aliases.TryGetValue(name, out string? full)) name = full;
            OrganizationEntity? match = name[0] == ThatOne ? Meant(resolved, index, i, name) : null;
            ulong own = Bits(name), beginning = Bits(name.AsSpan(0, Math.Min(2, name.Length)));
            for (int k = 0; k < known.Count && name[0] != ThatOne; k++)
            {
                // The shorter one's first two characters stand in the longer one.
                if ((beginning & ~known[k].All) != 0 && (known[k].Beginning & ~own) != 0) continue;
                if (Same(resolved.Organizations[k].Name, name)) match = resolved.Organizations[k];
            }
            if (match == null)
            {
                match = new OrganizationEntity { Id = resolved.Organizations.Count, Name = name };
                resolved.Organizations.Add(match);
                known.Add((own, beginning));
            }
            else if (name.Length > match.Name.Length)
            {
                match.Name = name;
                known[match.Id] = (own, beginning);
            }
            match.Spans.Add(span);
            match.IsCompany |= index.TryEnd(span.End, Company, out _);
            if (match.Place < 0) match.Place = PlaceInside(resolved, span, longest);
            resolved.OrganizationOfMention[i] = match.Id;
        }
    }

    /// <summary>What the text itself gives as short forms, each with its full one; null where there are none.</summary>
    private static Dictionary<string, string>? Aliases(ResolvedText resolved)
    {
        if (!resolved.Text.Contains("简称", StringComparison.Ordinal)) return null;
        Dictionary<string, string>? aliases = null;
        foreach (Mention mention in resolved.Tagged.Organizations)
            if (AliasBracket.TryRead(resolved.Text, mention.Span.End, out TextSpan alias, out _))
                (aliases ??= new(StringComparer.Ordinal)).TryAdd(resolved.Text[alias.Start..alias.End], resolved.Text[mention.Span.Start..mention.Span.End]);
        return aliases;
    }

    /// <summary>该校, 该公司, 该馆: the last body of that kind before it; null where there is none.</summary>
    private static OrganizationEntity? Meant(ResolvedText resolved, TermIndex index, int mention, string name)
    {
        string kind = name[1..];
        for (int i = mention - 1; i >= 0; i--)
        {
            TextSpan span = resolved.Tagged.Organizations[i].Span;
            OrganizationEntity organization = resolved.Organizations[resolved.OrganizationOfMention[i]];
            bool fits = kind switch
            {
                "校" => index.TryEnd(span.End, School, out _),
                "公司" or "集团" or "企业" => organization.IsCompany,
                _ => kind.Length > 0 && organization.Name.EndsWith(kind, StringComparison.Ordinal),
            };
            if (fits && organization.Name[0] != ThatOne) return organization;
        }
        return null;
    }

    /// <summary>A bit for each character; different ones may share a bit.</summary>
    private static ulong Bits(ReadOnlySpan<char> name)
    {
        ulong bits = 0;
        foreach (char c in name) bits |= 1UL << (int)((c * 0x9E3779B1u) >> 26);
        return bits;
    }

    private static int PlaceInside(ResolvedText resolved, TextSpan span, int longestPlace)
    {
        int found = -1;
        for (int i = TaggedText.CountBefore(resolved.Tagged.Places, span.Start - longestPlace); i < resolved.Tagged.Places.Count; i++)
        {
            TextSpan place = resolved.Tagged.Places[i].Span;
            if (place.End == span.Start || span.Contains(place)) found = resolved.PlaceOfMention[i];
            else if (place.Start >= span.End) break;
        }
        return found;
    }

    /// <summary>Whether one is a short form of the other: same beginning (places in front may be missing) and all characters in order.</summary>
    private bool Same(string a, string b)
    {
        if (a == b) return true;
        (string shorter, string longer) = a.Length < b.Length ? (a, b) : (b, a);
        if (shorter.Length < 2) return false;
        int start = longer.IndexOf(shorter.AsSpan(0, 2), StringComparison.Ordinal);
        if (start < 0) return false;
        // Only places may be left out in front.
        if (start > 0 && !IsOfPlaces(longer.AsSpan(0, start))) return false;
        // 湖南农业大学 is not 湖南大学, nor 市第二人民医院 the 市人民医院: in such names nothing is left out in the middle.
        foreach (string end in WholeEnds)
            if (shorter.EndsWith(end, StringComparison.Ordinal) && longer.EndsWith(end, StringComparison.Ordinal)) return longer.EndsWith(shorter, StringComparison.Ordinal);
        // 普洱学院国际合作与交流处 is an office of 普洱学院, 桂林理工大学深圳校友会 is a body of its own; 桂林理工大学新闻网 is the page of 桂林理工大学.
        if (longer.AsSpan(start).StartsWith(shorter, StringComparison.Ordinal) && (EndsWith(longer, Parts) ? EndsWith(shorter, Institutions) && !EndsWith(shorter, Parts) : IsWhole(shorter) && !EndsWith(longer, Outlets))) return false;
        // A body of another kind with the same beginning (乌海市人民政府, 乌海市教育局) is another body.
        int at = start;
        foreach (char c in shorter)
        {
            at = longer.IndexOf(c, at);
            if (at < 0) return false;
            at++;
        }
        return true;
    }

    /// <summary>Whether nothing can be left out at the name's end: schools, hospitals and institutes, and what ends with 公司.</summary>
    private bool IsWhole(string name) => EndsWith(name, Wholes) || name.EndsWith(WholeCompany, StringComparison.Ordinal);

    private bool EndsWith(string name, TermSet classes)
    {
        for (int length = Math.Min(LongestEnd, name.Length - 1); length >= 2; length--)
            if (_lexicon.Find(name.AsSpan(name.Length - length)) is >= 0 and int entry && _lexicon.Terms(entry).Overlaps(classes)) return true;
        return false;
    }

    /// <summary>湖南省, 广西苍梧: one place behind the other, from the left the longest that fits.</summary>
    private bool IsOfPlaces(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            int length = text.Length;
            while (length >= 2 && (_lexicon.Find(text[..length]) is not (>= 0 and int entry) || _lexicon.Places(entry).IsEmpty)) length--;
            if (length < 2) return false;
            text = text[length..];
        }
        return true;
    }
}
