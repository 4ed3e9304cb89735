using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Finds names of bodies and companies: by suffix, read leftwards; what the sequence model takes for one; and the
/// short forms of companies after their full name (<c>神泰煤化工</c> after <c>神泰煤化工集团有限责任公司</c>).
/// </summary>
internal sealed class OrganizationTagger(KnowledgeBase knowledge)
{
    private static readonly TermSet Suffixes = TermSet.Of(TermClass.OrgSuffix, TermClass.CompanySuffix, TermClass.SchoolSuffix,
        TermClass.HospitalSuffix, TermClass.Bureau, TermClass.CongressBody, TermClass.ConsultativeBody, TermClass.GovernmentBody, TermClass.PartyBody);
    private static readonly TermSet Facility = TermSet.Of(TermClass.FacilitySuffix, TermClass.ZoneSuffix);
    private static readonly TermSet Whole = TermSet.Of(TermClass.NationalBody);
    private static readonly TermSet Outlet = TermSet.Of(TermClass.OutletSuffix);
    private static readonly TermSet Ends = Suffixes | Whole;
    private readonly Lexicon _lexicon = knowledge.Lexicon;
    private readonly LeftReader _left = new(knowledge.Lexicon);

    public void Tag(TaggingScratch scratch)
    {
        TermIndex index = scratch.Index;
        for (int at = 2; index.TryNextEnd(at, Ends, out LexiconHit hit); at = hit.End + 1)
        {
            int end = hit.End;
            if (index.TryEnd(end, Whole, out LexiconHit body) && !Crosses(scratch, body))
            {
                Add(scratch, body.Start, end, MentionOrigin.Lexicon, 0.9f, "org-national");
                continue;
            }
            if (!scratch.Tagged.Borders[end] || !index.TryEnd(end, Suffixes, out LexiconHit suffix) || LongerFollows(scratch, suffix)) continue;
            int start = _left.Begin(scratch, suffix.Start, 0, nouns: true);
            if (start == suffix.Start && !StandsAlone(scratch, suffix)) continue;
            if (start < suffix.Start || suffix.Length >= 3) Add(scratch, start, end, MentionOrigin.Rule, 0.85f, "org-suffix");
        }
        AddModelBodies(scratch);
        scratch.Organizations.Sort(static (a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : b.Span.End.CompareTo(a.Span.End));
        AddShortForms(scratch);
        AddFacilities(scratch);
    }

    /// <summary>What the sequence model takes for a body, where no rule found one.</summary>
    private static void AddModelBodies(TaggingScratch scratch)
    {
        List<Mention> found = scratch.Organizations;
        int count = found.Count, next = 0;
        for (int i = 0; i < scratch.TokenCount; i++)
        {
            Token token = scratch.Tokens[i];
            if (token.Tag != PartOfSpeech.Nt || token.Length < 3) continue;
            while (next < count && found[next].Span.End <= token.Start) next++;
            if (next == count || found[next].Span.Start >= token.End)
                found.Add(new Mention(new TextSpan(token.Start, WithoutOutlet(scratch, token)), MentionKind.Organization, MentionOrigin.Model, 0.75f));
        }
    }

    /// <summary>黑河学院 of 黑河学院|网讯 and 桂林漓江学院|新闻网: where the body's own name ends.</summary>
    private static int WithoutOutlet(TaggingScratch scratch, Token token)
    {
        int end = token.End - (scratch.Text[token.End - 1] == '讯' ? 1 : 0);
        return scratch.Index.TryEnd(end, Outlet, out LexiconHit outlet) && outlet.Start > token.Start + 2 && scratch.Index.TryEnd(outlet.Start, Suffixes, out _) ? outlet.Start : token.End;
    }

    private void AddFacilities(TaggingScratch scratch)
    {
        List<Mention> found = scratch.Tagged.Facilities;
        for (int at = 2; scratch.Index.TryNextEnd(at, Facility, out LexiconHit suffix); at = suffix.End + 1)
        {
            int start = _left.Begin(scratch, suffix.Start, 0, nouns: true);
            if (start == suffix.Start) continue;
            for (int i = found.Count - 1; i >= 0 && found[i].Span.End > start; i--)
                if (found[i].Span.Start >= start) found.RemoveAt(i);
            found.Add(new Mention(new TextSpan(start, suffix.End), MentionKind.Organization, MentionOrigin.Rule, 0.5f, "facility-suffix"));
        }
    }

    /// <summary>县政府 or 市商务局 without a place: a body all the same.</summary>
    private bool StandsAlone(TaggingScratch scratch, LexiconHit suffix) =>
        suffix.Length >= 3 && !scratch.Index.Terms(suffix).Overlaps(TermSet.Of(TermClass.CompanySuffix, TermClass.SchoolSuffix, TermClass.HospitalSuffix));

    /// <summary>The suffix goes on (集团|有限公司, 委员会|主任): the longer one decides; a post's head is no body.</summary>
    private static bool LongerFollows(TaggingScratch scratch, LexiconHit suffix)
    {
        foreach (LexiconHit hit in scratch.Index.StartingAt(suffix.Start))
            if (hit.Length > suffix.Length && scratch.Index.Terms(hit).Overlaps(Suffixes)) return true;
        // 局长, 院长: the suffix is the beginning of a post.
        if (scratch.Index.TryStart(suffix.Start, TermSet.Of(TermClass.TitleHead), out LexiconHit head) && head.Length > suffix.Length) return true;
        if (scratch.Index.TryStart(suffix.End, TermSet.Of(TermClass.CompanySuffix), out _)) return true;
        return false;
    }

    private static bool Crosses(TaggingScratch scratch, LexiconHit hit)
    {
        int first = scratch.TokenAt[hit.Start];
        return first >= 0 && scratch.Tokens[first].Start < hit.Start && scratch.Tokens[first].Tag == PartOfSpeech.Nr;
    }

    /// <summary>Adds a body that ends behind all found so far; these are by start and do not overlap.</summary>
    private static void Add(TaggingScratch scratch, int start, int end, MentionOrigin origin, float score, string? rule)
    {
        List<Mention> found = scratch.Organizations;
        // The later, longer reading takes in the parts that were found on the way.
        while (found.Count > 0 && found[^1].Span.Start >= start) found.RemoveAt(found.Count - 1);
        if (found.Count > 0 && found[^1].Span.End > start) return;
        found.Add(new Mention(new TextSpan(start, end), MentionKind.Organization, origin, score, rule));
    }

    private static bool Overlaps(List<Mention> mentions, int start, int end)
    {
        foreach (Mention mention in mentions)
            if (mention.Span.Start < end && start < mention.Span.End) return true;
        return false;
    }

    private void AddShortForms(TaggingScratch scratch)
    {
        string text = scratch.Text;
        int count = scratch.Organizations.Count;
        bool[] covered = scratch.Embodied;
        Array.Clear(covered, 0, text.Length);
        foreach (Mention body in scratch.Organizations) covered.AsSpan(body.Span.Start, body.Span.Length).Fill(true);
        scratch.Met.Clear();
        for (int i = 0; i < count; i++)
        {
            TextSpan full = scratch.Organizations[i].Span;
            if (!scratch.Index.TryEnd(full.End, TermSet.Of(TermClass.CompanySuffix, TermClass.OrgSuffix, TermClass.SchoolSuffix, TermClass.HospitalSuffix), out LexiconHit suffix) || suffix.Start <= full.Start) continue;
            int start = full.Start;
            for (int p = TaggedText.CountBefore(scratch.Places, start); p < scratch.Places.Count && scratch.Places[p].Span.Start <= start; p++)
                if (scratch.Places[p].Span.Start == start && scratch.Places[p].Span.End < suffix.Start) start = scratch.Places[p].Span.End;
            // What has been looked for is found.
            if (suffix.Start - start < 2 || !scratch.Met.Add(text, start, full.End - start)) continue;
            ReadOnlySpan<char> core = text.AsSpan(start, full.End - start);
            for (int at = 0; at + 2 <= text.Length; at++)
            {
                int found = text.AsSpan(at).IndexOf(core[..2]);
                if (found < 0) break;
                at += found;
                if (covered[at] || covered[at + 1]) continue;
                int length = 2;
                while (length < core.Length && at + length < text.Length && text[at + length] == core[length]) length++;
                int entry = _lexicon.Find(text.AsSpan(at, length));
                bool common = entry >= 0 && (length == 2 || !_lexicon.Places(entry).IsEmpty) && (_lexicon.Frequency(entry) > 50 || !_lexicon.Places(entry).IsEmpty);
                int token = scratch.TokenAt[at];
                bool aligned = token >= 0 && scratch.Tokens[token].Start == at;
                if (common || !aligned || Overlaps(scratch.Places, at, at + length)) continue;
                scratch.Organizations.Add(new Mention(new TextSpan(at, at + length), MentionKind.Organization, MentionOrigin.Echo, 0.8f, "org-short"));
                covered.AsSpan(at, length).Fill(true);
                at += length - 1;
            }
        }
        scratch.Organizations.Sort(static (a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : b.Span.End.CompareTo(a.Span.End));
    }
}
