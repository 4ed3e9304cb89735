using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Reads the name of a body or post from its last word leftwards: <c>深圳市龙华区|统战部|部长</c>. What may stand inside
/// comes from the term tables; a run of plain nouns is taken only in front of a suffix (<c>产业发展|部</c>), and
/// what stands in front of the last sure part is given back.
/// </summary>
internal sealed class LeftReader(Lexicon lexicon)
{
    private const int MaxLength = 45;

    private static readonly TermSet Suffixes = TermSet.Of(TermClass.OrgSuffix, TermClass.CompanySuffix, TermClass.SchoolSuffix,
        TermClass.HospitalSuffix, TermClass.ZoneSuffix, TermClass.ZoneWord, TermClass.FacilitySuffix, TermClass.SubUnit, TermClass.TitleUnit, TermClass.Bureau);

    private static readonly TermSet SureParts = TermSet.Of(TermClass.PartyBody, TermClass.GovernmentBody, TermClass.CongressBody,
        TermClass.ConsultativeBody, TermClass.NationalBody, TermClass.LevelWord, TermClass.TitlePrefix, TermClass.TitleRank) | Suffixes;

    private static readonly TermSet Stops = TermSet.Of(TermClass.NamePartStop, TermClass.FunctionWord, TermClass.MeetingKind, TermClass.AgreementKind,
        TermClass.Accompany, TermClass.Attend, TermClass.SpeechVerb, TermClass.VisitReceive, TermClass.VisitLead, TermClass.GroupNoun,
        TermClass.CreditRole, TermClass.MetaLabel, TermClass.DateWord, TermClass.VagueDate, TermClass.SignVerb, TermClass.Honorific);

    /// <summary>
    /// Where the name that ends with the part <c>[suffixStart, …)</c> begins; <paramref name="suffixStart"/> itself if nothing belongs to it.
    /// </summary>
    /// <param name="scratch">The tagged text; its places and organisations may be partly filled.</param>
    /// <param name="suffixStart">Where the part that is known begins.</param>
    /// <param name="limit">Offset that the name does not reach behind.</param>
    /// <param name="nouns">Whether plain nouns may stand right in front of the part (true for suffixes, false for heads of posts).</param>
    public int Begin(TaggingScratch scratch, int suffixStart, int limit, bool nouns)
    {
        TermIndex index = scratch.Index;
        int at = suffixStart, sure = suffixStart;
        limit = Math.Max(limit, suffixStart - MaxLength);
        int nounCount = 0;
        bool sawPlace = false;
        while (at > limit)
        {
            char c = scratch.Text[at - 1];
            if (c == '）' && TryBracket(scratch, at, limit, out int open))
            {
                at = open;
                continue;
            }
            if (c == '（' && scratch.Text.IndexOf('）', at, suffixStart - at) is >= 0 and int close && scratch.Text.IndexOf('（', at, close - at) < 0 && at - 1 > limit && char.IsLetter(scratch.Text[at - 2]))
            {
                // The name reached into a bracket from behind: 远帆（深圳|）科技有限公司.
                at--;
                sawPlace = false;
                nouns = true;
                continue;
            }
            if (TryInside(scratch, at, limit, out int tokenStart, out bool place))
            {
                // The sequence model saw a name that reaches over this border.
                at = sure = tokenStart;
                sawPlace |= place;
                nouns = !place;
                nounCount = 0;
                continue;
            }
            if (TryConnector(scratch, at, limit, out int behind, out bool reopens))
            {
                at = sure = behind;
                if (reopens) sawPlace = false;
                continue;
            }
            if (TryName(scratch, at, limit, out int nameStart, out bool isPlace))
            {
                if (isPlace && sawPlace && nounCount > 0) break;
                at = sure = nameStart;
                sawPlace |= isPlace;
                nounCount = 0;
                // In front of a place only a higher place belongs to the name.
                nouns = !isPlace;
                continue;
            }
            if (index.TryEnd(at, SureParts, out LexiconHit part) && part.Start >= limit && Sits(scratch, part) && !(sawPlace && !index.Terms(part).Has(TermClass.LevelWord)))
            {
                if (sawPlace && at == sure && part.Length == 1 && !IsNounBefore(scratch, part.Start)) break;
                TermSet terms = index.Terms(part);
                at = part.Start;
                // 农会|理事长: a part that is the end of a word takes the word with it.
                int covering = scratch.TokenAt[at];
                if (covering >= 0 && scratch.Tokens[covering].Start < at && scratch.Tokens[covering].Start >= limit && scratch.Tokens[covering].Tag != PartOfSpeech.Nr) at = scratch.Tokens[covering].Start;
                sure = at;
                if (terms.Overlaps(Suffixes)) nouns = true;
                nounCount = 0;
                continue;
            }
            if (sawPlace || !nouns && nounCount >= 1 || nounCount >= 5) break;
            if (!scratch.TokenEndsAt(at, out Token token) || token.Start < limit || !IsNoun(scratch, token)) break;
            at = token.Start;
            nounCount++;
            if (nouns) sure = at;
        }
        return sure;
    }

    /// <summary>Whether the token can stand inside a name of a body: noun-like and no stop.</summary>
    public bool IsNoun(TaggingScratch scratch, Token token)
    {
        if (token.Tag is PartOfSpeech.Nr) return false;
        ReadOnlySpan<char> word = scratch.Text.AsSpan(token.Start, token.Length);
        if (!char.IsLetterOrDigit(word[0]) && word[0] is not ('·' or '-' or '&')) return false;
        if (char.IsAsciiDigit(word[0])) return token.Length <= 4 && token.End < scratch.Text.Length && scratch.Text[token.End] is not ('日' or '月' or '年' or '时');
        int entry = lexicon.Find(word);
        if (entry < 0) return token.Length <= 5;
        if (IsStop(entry)) return false;
        return lexicon.Tag(entry) switch
        {
            PartOfSpeech.V => token.Length >= 2 && IsInsideOrganization(scratch, token),
            PartOfSpeech.C or PartOfSpeech.D or PartOfSpeech.E or PartOfSpeech.O or PartOfSpeech.P or PartOfSpeech.R or PartOfSpeech.T or PartOfSpeech.Tg
                or PartOfSpeech.U or PartOfSpeech.W or PartOfSpeech.Y or PartOfSpeech.F or PartOfSpeech.Vd => IsInsideOrganization(scratch, token),
            _ => true,
        };
    }

    /// <summary>Whether a word never stands inside a name of a body.</summary>
    public bool IsStop(int entry) => lexicon.Terms(entry).Overlaps(Stops);

    private static bool TryInside(TaggingScratch scratch, int at, int limit, out int start, out bool isPlace)
    {
        start = -1;
        isPlace = false;
        int covering = scratch.TokenAt[at - 1];
        if (covering < 0) return false;
        Token token = scratch.Tokens[covering];
        if (token.Tag is not (PartOfSpeech.Nt or PartOfSpeech.Ns) || token.Start < limit || token.End == at && token.Tag == PartOfSpeech.Ns) return false;
        start = token.Start;
        isPlace = token.Tag == PartOfSpeech.Ns;
        return start < at;
    }

    /// <summary>驻 between two places, and 与, 及, 和 between two nouns of one name: 俄罗斯|驻|沈阳总领事馆, 商务|及|经济发展局.</summary>
    private bool TryConnector(TaggingScratch scratch, int at, int limit, out int behind, out bool reopens)
    {
        behind = at - 1;
        reopens = scratch.Text[at - 1] == '驻';
        if (reopens) return true;
        if (scratch.Text[at - 1] is not ('与' or '及' or '和') || !scratch.TokenEndsAt(at, out Token connector) || connector.Length != 1) return false;
        if (!scratch.TokenEndsAt(behind, out Token word) || word.Start < limit || word.Length < 2 || word.Tag != PartOfSpeech.None || !IsNoun(scratch, word)) return false;
        if (scratch.Index.TryEnd(behind, TermSet.Of(TermClass.TitleHead) | Suffixes, out _)) return false;
        if (word.Start > 0 && char.IsLetter(scratch.Text[word.Start - 1]) && !(scratch.TokenEndsAt(word.Start, out Token before) && before.Tag is PartOfSpeech.Ns)) return false;
        behind = word.Start;
        return true;
    }

    private bool IsNounBefore(TaggingScratch scratch, int at) => scratch.TokenEndsAt(at, out Token token) && IsNoun(scratch, token);

    private static bool IsInsideOrganization(TaggingScratch scratch, Token token) => token.Tag == PartOfSpeech.Nt;

    /// <summary>A one-character part counts only where the words agree that it is one.</summary>
    private static bool Sits(TaggingScratch scratch, LexiconHit part)
    {
        if (part.Length > 1) return true;
        // 。|校|党委书记: a level at the beginning of a clause.
        if (scratch.Index.Terms(part).Has(TermClass.LevelWord) && (part.Start == 0 || !char.IsLetterOrDigit(scratch.Text[part.Start - 1]))) return true;
        return scratch.TokenEndsAt(part.End, out Token token) && (token.Length <= 3 || token.Tag is PartOfSpeech.Nt or PartOfSpeech.Ns);
    }

    private static bool TryName(TaggingScratch scratch, int end, int limit, out int start, out bool isPlace)
    {
        start = -1;
        isPlace = false;
        // Both lists are by start: what ends here starts before it.
        for (int i = TaggedText.CountBefore(scratch.Places, end) - 1; i >= 0 && scratch.Places[i].Span.Start >= limit; i--)
        {
            TextSpan span = scratch.Places[i].Span;
            // 涵江区|委书记: the level word may belong to both the place and the body.
            bool ends = span.End == end || (span.End == end + 1 && span.Length > 1 && "省市县区州盟旗镇乡村".Contains(scratch.Text[end]));
            if (ends && (start < 0 || span.Start < start)) (start, isPlace) = (span.Start, true);
        }
        for (int i = TaggedText.CountBefore(scratch.Organizations, end) - 1; i >= 0 && scratch.Organizations[i].Span.Start >= limit; i--)
        {
            TextSpan span = scratch.Organizations[i].Span;
            if (span.End == end && (start < 0 || span.Start < start)) (start, isPlace) = (span.Start, false);
        }
        if (start < 0 && scratch.TokenEndsAt(end, out Token token) && token.Start >= limit && token.Tag is PartOfSpeech.Nt)
            (start, isPlace) = (token.Start, false);
        return start >= 0;
    }

    private static bool TryBracket(TaggingScratch scratch, int end, int limit, out int open)
    {
        open = -1;
        for (int at = end - 2; at > limit && end - at < 14; at--)
        {
            char c = scratch.Text[at];
            if (c is '，' or '。' or '；' or '）') return false;
            if (c != '（') continue;
            open = at;
            return at > limit && char.IsLetter(scratch.Text[at - 1]);
        }
        return false;
    }
}
