using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Finds names of bodies and companies. Proposed are: national bodies; what ends like a body, read leftwards, with every
/// word border where its name may begin; what the sequence model takes for one, with and without the places in front; and the
/// short forms of companies after their full name (<c>神泰煤化工</c> after <c>神泰煤化工集团有限责任公司</c>). The judge says how likely each is, and
/// of those that overlap the likeliest stays. What is unlikely to be a name (<c>县政府</c>, <c>该校</c>) stays as a candidate for
/// the records, with its low score, where nothing better overlaps it.
/// </summary>
internal sealed class OrganizationTagger(KnowledgeBase knowledge, IMentionJudge judge)
{
    private const int MaxStarts = 8, MaxGap = 8;

    private static readonly TermSet Suffixes = TermSet.Of(TermClass.OrgSuffix, TermClass.CompanySuffix, TermClass.SchoolSuffix,
        TermClass.HospitalSuffix, TermClass.Bureau, TermClass.CongressBody, TermClass.ConsultativeBody, TermClass.GovernmentBody, TermClass.PartyBody);
    private static readonly TermSet Facility = TermSet.Of(TermClass.FacilitySuffix, TermClass.ZoneSuffix);
    private static readonly TermSet Others = Facility | TermSet.Of(TermClass.OutletSuffix);
    private static readonly TermSet Whole = TermSet.Of(TermClass.NationalBody);
    private static readonly TermSet Outlet = TermSet.Of(TermClass.OutletSuffix);
    private static readonly TermSet Ends = Suffixes | Whole;
    private static readonly TermSet CompanyLike = TermSet.Of(TermClass.CompanySuffix, TermClass.OrgSuffix, TermClass.SchoolSuffix, TermClass.HospitalSuffix);
    private readonly Lexicon _lexicon = knowledge.Lexicon;
    private readonly LeftReader _left = new(knowledge.Lexicon);
    private readonly BodyFeatures _features = new(knowledge);
    private readonly MentionFeatures _judged = new();
    private readonly List<Mention> _proposed = [];
    private readonly List<Mention> _kept = [];
    private readonly List<Mention> _nationals = [];
    private readonly AgreeingScores _agreeing = new();

    // The numbers by which the weights know the rules: new ones go behind.
    private enum Rule { National, Suffix, Border, Model, ModelWithPlace, ShortForm, Facility, Part, Outlet, Echo, Alias }

    internal static readonly string[] RuleNames = ["org-national", "org-suffix", "org-border", "org-model", "org-model-place", "org-short", "org-facility", "org-part", "org-outlet", "org-echo", "org-alias"];

    public void Tag(TaggingScratch scratch)
    {
        _proposed.Clear();
        _kept.Clear();
        ProposeBySuffix(scratch);
        ProposeByModel(scratch);
        if (scratch.Layout.OutletSpan is { } outlet && outlet.End <= scratch.Text.Length) Propose(scratch, outlet.Start, outlet.End, Rule.Outlet);
        Choose(scratch);
        AddAliases(scratch);
        AddShortForms(scratch);
        AddEchoes(scratch);
        AddFacilities(scratch);
    }

    private void ProposeBySuffix(TaggingScratch scratch)
    {
        TermIndex index = scratch.Index;
        for (int at = 2; index.TryNextEnd(at, Ends | Others, out LexiconHit hit); at = hit.End + 1)
        {
            int end = hit.End;
            if (index.TryEnd(end, Whole, out LexiconHit body) && !Crosses(scratch, body))
            {
                Propose(scratch, body.Start, end, Rule.National);
                Keep(body.Start, end, MentionOrigin.Lexicon, Rule.National);
            }
            if (!scratch.Tagged.Borders[end])
            {
                ProposeParts(scratch, hit);
                continue;
            }
            if (!index.TryEnd(end, Suffixes, out LexiconHit suffix))
            {
                if (index.TryEnd(end, Others, out suffix)) ProposeBorders(scratch, _left.Begin(scratch, suffix.Start, 0, nouns: true), suffix, Rule.Facility);
                continue;
            }
            if (LongerFollows(scratch, suffix)) continue;
            int start = _left.Begin(scratch, suffix.Start, 0, nouns: true);
            ProposeBorders(scratch, start, suffix, Rule.Suffix);
            if (start == suffix.Start && !StandsAlone(scratch, suffix)) continue;
            if ((start < suffix.Start || suffix.Length >= 3) && !EndsInPost(scratch, new TextSpan(start, end))) Keep(start, end, MentionOrigin.Rule, Rule.Suffix);
        }
    }

    /// <summary>国家医科大学|校长: the last character is a post's first, and without it the name ends as one does. 公安局|长 is short for 公安局局长.</summary>
    private static bool EndsInPost(TaggingScratch scratch, TextSpan span) => span.Length > 2 && scratch.Index.TryStart(span.End - 1, TermSet.Of(TermClass.TitleHead), out LexiconHit head)
        && head.End > span.End && scratch.Index.TryEnd(span.End - 1, Suffixes, out LexiconHit suffix) && suffix.Start > span.Start;

    /// <summary>The name may begin where the leftward reading ends and at every word up to its last part.</summary>
    private void ProposeBorders(TaggingScratch scratch, int start, LexiconHit suffix, Rule rule)
    {
        if (start < suffix.Start || suffix.Length >= 3) Propose(scratch, start, suffix.End, rule);
        int limit = suffix.Length >= 3 ? suffix.Start : suffix.Start - 1;
        for (int at = start + 1, count = 0; at <= limit && count < MaxStarts; at++)
        {
            if (!scratch.Tagged.Borders[at] || !char.IsLetterOrDigit(scratch.Text[at])) continue;
            Propose(scratch, at, suffix.End, Rule.Border);
            count++;
        }
        ProposePlaces(scratch, start, suffix.End);
    }

    /// <summary>A place a few characters in front of where the leftward reading ended: <c>小榄镇|生产力促进中心</c>.</summary>
    private void ProposePlaces(TaggingScratch scratch, int start, int end)
    {
        for (int i = TaggedText.CountBefore(scratch.Places, start) - 1; i >= 0; i--)
        {
            TextSpan place = scratch.Places[i].Span;
            if (place.Start < start - MaxGap) return;
            for (int at = place.End; at < start; at++)
                if (!char.IsLetterOrDigit(scratch.Text[at])) return;
            if (place.End <= start) Propose(scratch, place.Start, end, Rule.Border);
        }
    }

    /// <summary>A name that ends within what the sequence model took for one: <c>宁城县中心医院|远程诊疗室</c>, <c>安庆石化|与荷兰公司</c>.</summary>
    private void ProposeParts(TaggingScratch scratch, LexiconHit suffix)
    {
        int covering = scratch.TokenAt[suffix.End - 1];
        if (suffix.Length < 2 || covering < 0 || scratch.Tokens[covering] is not { Tag: PartOfSpeech.Nt } token || suffix.Start < token.Start || suffix.End >= token.End - 1) return;
        if (suffix.End - token.Start >= 3) Propose(scratch, token.Start, suffix.End, Rule.Part);
        for (int i = TaggedText.CountBefore(scratch.Places, token.Start + 1); i < scratch.Places.Count && scratch.Places[i].Span is var place && place.Start < suffix.End; i++)
            if (place.End < suffix.End) Propose(scratch, place.Start, suffix.End, Rule.Part);
        if (token.End - suffix.End >= 3) Propose(scratch, suffix.End, token.End, Rule.Part);
    }

    private void ProposeByModel(TaggingScratch scratch)
    {
        for (int i = 0; i < scratch.TokenCount; i++)
        {
            Token token = scratch.Tokens[i];
            if (token.Tag != PartOfSpeech.Nt || token.Length < 3) continue;
            Propose(scratch, token.Start, token.End, Rule.Model);
            for (int start = token.Start, count = 0; count < 3 && PlaceBefore(scratch, start, out int placed); count++) Propose(scratch, start = placed, token.End, Rule.ModelWithPlace);
            for (int p = TaggedText.CountBefore(scratch.Places, token.Start); p < scratch.Places.Count && scratch.Places[p].Span is var place && place.Start < token.End; p++)
            {
                if (place.Start == token.Start && place.End < token.End - 1) Propose(scratch, place.End, token.End, Rule.Border);
                if (place.Start > token.Start && place.End < token.End) Propose(scratch, place.Start, token.End, Rule.Part);
            }
            if (WithoutOutlet(scratch, token) is var bodyEnd && bodyEnd < token.End) Propose(scratch, token.Start, bodyEnd, Rule.Part);
            int joint = scratch.Text.AsSpan(token.Start, token.Length).IndexOfAny('与', '和', '及');
            if (joint < 2 || joint > token.Length - 3) continue;
            Propose(scratch, token.Start, token.Start + joint, Rule.Part);
            Propose(scratch, token.Start + joint + 1, token.End, Rule.Part);
        }
    }

    /// <summary>黑河学院 of 黑河学院|网讯 and 桂林漓江学院|新闻网: where the body's own name ends.</summary>
    private static int WithoutOutlet(TaggingScratch scratch, Token token)
    {
        int end = token.End - (scratch.Text[token.End - 1] == '讯' ? 1 : 0);
        return scratch.Index.TryEnd(end, Outlet, out LexiconHit outlet) && outlet.Start > token.Start + 2 && scratch.Index.TryEnd(outlet.Start, Suffixes, out _) ? outlet.Start : token.End;
    }

    private static bool PlaceBefore(TaggingScratch scratch, int end, out int start)
    {
        start = -1;
        // The last of those that end there.
        for (int i = scratch.FirstPlaceTo[end] - 1; i >= 0 && i < scratch.Places.Count && scratch.Places[i].Span.Start < end; i++)
            if (scratch.Places[i].Span.End == end) start = scratch.Places[i].Span.Start;
        return start >= 0;
    }

    private void Propose(TaggingScratch scratch, int start, int end, Rule rule)
    {
        var span = new TextSpan(start, end);
        // 远帆|（深圳）科技有限公司 may begin in front of the bracket or behind it, not within.
        ReadOnlySpan<char> name = scratch.Text.AsSpan(start, end - start);
        if (name.Count('（') != name.Count('）') || EndsInPost(scratch, span)) return;
        for (int i = _proposed.Count - 1, seen = 0; i >= 0 && seen < 24; i--, seen++)
            if (_proposed[i].Span == span) return;
        _proposed.Add(Judged(scratch, span, rule));
    }

    private Mention Judged(TaggingScratch scratch, TextSpan span, Rule rule)
    {
        _features.Fill(scratch, span, (int)rule, rule is Rule.Suffix, _judged);
        float score = (float)judge.Judge(MentionKind.Organization, span, _judged);
        MentionOrigin origin = rule switch { Rule.National => MentionOrigin.Lexicon, Rule.Model or Rule.ModelWithPlace => MentionOrigin.Model, Rule.ShortForm or Rule.Echo => MentionOrigin.Echo, _ => MentionOrigin.Rule };
        return new Mention(span, MentionKind.Organization, origin, score, RuleNames[(int)rule]);
    }

    /// <summary>Of what overlaps the likeliest stays; behind it the candidates that only the records look at.</summary>
    private void Choose(TaggingScratch scratch)
    {
        List<Mention> found = scratch.Organizations;
        _agreeing.Agree(scratch.Text, _proposed);
        PreferLongerNational();
        _proposed.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : b.Span.End.CompareTo(a.Span.End));
        bool[] covered = scratch.Embodied;
        Array.Clear(covered, 0, scratch.Text.Length);
        foreach (Mention mention in _proposed)
        {
            if (mention.Score < Mention.Reported) break;
            if (Cover(covered, mention.Span)) found.Add(mention);
        }
        foreach (Mention mention in _kept)
            if (Cover(covered, mention.Span)) found.Add(mention with { Score = Score(mention.Span) });
        ByStart(found);
    }

    /// <summary>Covers a stretch; false where a part of it is covered already.</summary>
    private static bool Cover(bool[] covered, TextSpan span)
    {
        Span<bool> own = covered.AsSpan(span.Start, span.Length);
        if (own.Contains(true)) return false;
        own.Fill(true);
        return true;
    }

    /// <summary>中国科学院|地理研究所: an institute of a national body is at least as likely as the body alone.</summary>
    private void PreferLongerNational()
    {
        _nationals.Clear();
        foreach (Mention mention in _proposed)
            if (ReferenceEquals(mention.Rule, RuleNames[(int)Rule.National])) _nationals.Add(mention);
        for (int i = 0; i < _proposed.Count && _nationals.Count > 0; i++)
        {
            if (!ReferenceEquals(_proposed[i].Rule, RuleNames[(int)Rule.Suffix])) continue;
            foreach (Mention national in _nationals)
            {
                if (national.Span.Start != _proposed[i].Span.Start || national.Span.End >= _proposed[i].Span.End) continue;
                // Of equal scores the longer comes first.
                _proposed[i] = _proposed[i] with { Score = Math.Max(_proposed[i].Score, national.Score) };
                break;
            }
        }
    }

    private float Score(TextSpan span)
    {
        foreach (Mention mention in _proposed)
            if (mention.Span == span) return mention.Score;
        return 0;
    }

    /// <summary>A candidate that ends behind all kept so far: the later, longer reading takes in the parts that were found on the way.</summary>
    private void Keep(int start, int end, MentionOrigin origin, Rule rule)
    {
        while (_kept.Count > 0 && _kept[^1].Span.Start >= start) _kept.RemoveAt(_kept.Count - 1);
        if (_kept.Count > 0 && _kept[^1].Span.End > start) return;
        _kept.Add(new Mention(new TextSpan(start, end), MentionKind.Organization, origin, 0, RuleNames[(int)rule]));
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
    private static bool StandsAlone(TaggingScratch scratch, LexiconHit suffix) =>
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

    private static bool Overlaps(List<Mention> mentions, int start, int end)
    {
        foreach (Mention mention in mentions)
            if (mention.Span.Start < end && start < mention.Span.End) return true;
        return false;
    }

    private static void ByStart(List<Mention> mentions) =>
        mentions.Sort(static (a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : b.Span.End.CompareTo(a.Span.End));

    /// <summary>What the text itself gives as a body's short form, wherever it stands: 以下简称“赣盐集团”.</summary>
    private void AddAliases(TaggingScratch scratch)
    {
        if (!scratch.Text.Contains("简称", StringComparison.Ordinal)) return;
        bool[] covered = scratch.Embodied;
        Array.Clear(covered, 0, scratch.Text.Length);
        foreach (Mention body in scratch.Organizations) covered.AsSpan(body.Span.Start, body.Span.Length).Fill(true);
        int count = scratch.Organizations.Count;
        for (int i = 0; i < count; i++)
        {
            if (!AliasBracket.TryRead(scratch.Text, scratch.Organizations[i].Span.End, out TextSpan alias, out _)) continue;
            string name = scratch.Text.Substring(alias.Start, alias.Length);
            for (int at = scratch.Text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = scratch.Text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
            {
                var span = new TextSpan(at, at + name.Length);
                if (Cover(covered, span)) scratch.Organizations.Add(Judged(scratch, span, Rule.Alias) with { Score = Mention.Reported });
            }
        }
        ByStart(scratch.Organizations);
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
            if (!scratch.Index.TryEnd(full.End, CompanyLike, out LexiconHit suffix) || suffix.Start <= full.Start) continue;
            int start = full.Start;
            for (int p = TaggedText.CountBefore(scratch.Places, start); p < scratch.Places.Count && scratch.Places[p].Span.Start <= start; p++)
                if (scratch.Places[p].Span.Start == start && scratch.Places[p].Span.End < suffix.Start) start = scratch.Places[p].Span.End;
            // What has been looked for is found.
            if (suffix.Start - start < 2 || !scratch.Met.Add(text, start, full.End - start)) continue;
            ReadOnlySpan<char> core = text.AsSpan(start, full.End - start);
            for (int at = 0; at + 2 <= text.Length; at++)
            {
                at = scratch.Index.Stretches.Find(start, 2, at);
                if (at < 0) break;
                if (covered[at] || covered[at + 1]) continue;
                int length = 2;
                while (length < core.Length && at + length < text.Length && text[at + length] == core[length]) length++;
                int entry = _lexicon.Find(text.AsSpan(at, length));
                bool common = entry >= 0 && (length == 2 || !_lexicon.Places(entry).IsEmpty) && (_lexicon.Frequency(entry) > 50 || !_lexicon.Places(entry).IsEmpty);
                int token = scratch.TokenAt[at];
                bool aligned = token >= 0 && scratch.Tokens[token].Start == at;
                if (common || !aligned || scratch.Tokens[token].Tag == PartOfSpeech.Nr && length < 4 || Overlaps(scratch.Places, at, at + length)) continue;
                scratch.Organizations.Add(Judged(scratch, new TextSpan(at, at + length), Rule.ShortForm));
                covered.AsSpan(at, length).Fill(true);
                at += length - 1;
            }
        }
        ByStart(scratch.Organizations);
    }

    /// <summary>A body's name where nothing there proposed it: <c>在|十三中|礼堂</c> after <c>塘沽十三中</c> is read as the model reads the words around it.</summary>
    private void AddEchoes(TaggingScratch scratch)
    {
        string text = scratch.Text;
        int count = scratch.Organizations.Count;
        bool[] covered = scratch.Embodied;
        scratch.Met.Clear();
        for (int i = 0; i < count; i++)
        {
            TextSpan body = scratch.Organizations[i].Span;
            if (body.Length < 3 || !scratch.Met.Add(text, body.Start, body.Length)) continue;
            for (int at = 0; (at = scratch.Index.Stretches.Find(body.Start, body.Length, at)) >= 0; at += body.Length)
            {
                if (!scratch.Tagged.Borders[at] || covered.AsSpan(at, body.Length).Contains(true)) continue;
                Mention echo = Judged(scratch, new TextSpan(at, at + body.Length), Rule.Echo);
                if (echo.Score < Mention.Reported) continue;
                scratch.Organizations.Add(echo);
                covered.AsSpan(at, body.Length).Fill(true);
            }
        }
        if (scratch.Organizations.Count > count) ByStart(scratch.Organizations);
    }
}
