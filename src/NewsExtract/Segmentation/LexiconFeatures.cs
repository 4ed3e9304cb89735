using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Segmentation;

/// <summary>
/// What the lexicon says about each unit: twelve bits for each of the model's three tables, which are indexed with
/// them as they are. Table 0: the longest general word that begins, goes on and ends here, each as four bits in unary (at
/// least 2, 3, 4, 5 units). Table 1: gazetteer names (begins as short form, as full name; goes on; ends as short form,
/// as full name), suffix of an organisation (begins, ends), title (ends right before, begins right behind, begins
/// here), surname, compound surname. Table 2: words tagged nr, nt and ns and bodies (begins, goes on, ends of each).
/// </summary>
internal sealed class LexiconFeatures
{
    /// <summary>Tables, and rows a unit.</summary>
    public const int PerUnit = 3;

    /// <summary>Rows of each table.</summary>
    public const int Rows = 4096;

    private const ulong WordBegin = 1, WordMiddle = 1 << 4, WordEnd = 1 << 8;
    private const ulong PlaceBeginShort = 1UL << 12, PlaceBeginFull = 1UL << 13, PlaceMiddle = 1UL << 14, PlaceEndShort = 1UL << 15, PlaceEndFull = 1UL << 16,
        SuffixBegin = 1UL << 17, SuffixEnd = 1UL << 18, TitleBefore = 1UL << 19, TitleBehind = 1UL << 20, TitleBegin = 1UL << 21, Surname = 1UL << 22, CompoundSurname = 1UL << 23;
    private const ulong PersonBegin = 1UL << 24, BodyBegin = 1UL << 33;

    private static readonly TermSet Suffixes = TermSet.Of(TermClass.OrgSuffix, TermClass.CompanySuffix, TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.Bureau);
    private static readonly TermSet Bodies = TermSet.Of(TermClass.PartyBody, TermClass.GovernmentBody, TermClass.CongressBody, TermClass.ConsultativeBody, TermClass.NationalBody);
    private static readonly TermSet Titles = TermSet.Of(TermClass.TitleHead, TermClass.TitleRank, TermClass.CollectiveTitle, TermClass.Honorific, TermClass.CreditRole);
    private static readonly TermSet Surnames = TermSet.Of(TermClass.Surname);
    private static readonly TermSet Compounds = TermSet.Of(TermClass.CompoundSurname);

    private readonly record struct Marks(ulong Before, ulong Begin, ulong Middle, ulong End, ulong Behind);

    private readonly Lexicon _lexicon;
    private readonly ushort[] _kinds;
    private readonly Marks[] _marks;

    public LexiconFeatures(Lexicon lexicon)
    {
        _lexicon = lexicon;
        _kinds = new ushort[lexicon.Count];
        var numbers = new Dictionary<Marks, ushort>();
        for (int entry = 0; entry < _kinds.Length; entry++)
        {
            Marks marks = MarksOf(entry, lexicon.Characters(entry).Length);
            if (!numbers.TryGetValue(marks, out ushort number)) numbers.Add(marks, number = (ushort)numbers.Count);
            _kinds[entry] = number;
        }
        _marks = new Marks[numbers.Count];
        foreach ((Marks marks, ushort number) in numbers) _marks[number] = marks;
    }

    /// <summary>Writes the bits of all units; table k has bits 12k to 12k + 11.</summary>
    public void Fill(ReadOnlySpan<char> text, UnitBuffer units, ulong[] bits)
    {
        bits.AsSpan(0, units.End + UnitBuffer.Margin).Clear();
        Span<LexiconHit> hits = stackalloc LexiconHit[32];
        int[] starts = units.Starts;
        for (int i = UnitBuffer.First; i < units.End; i++)
        {
            if (units.Codes[i] >= 0x1000) continue;
            int count = _lexicon.MatchAll(text, starts[i], hits);
            for (int k = 0; k < count; k++)
            {
                LexiconHit hit = hits[k];
                ref Marks marks = ref _marks[_kinds[hit.Entry]];
                int end = i + hit.Length;
                // A word with digits or letters in it has fewer units than characters.
                if (end > units.End || starts[end] != hit.End) continue;
                bits[i - 1] |= marks.Before;
                bits[i] |= marks.Begin;
                for (int j = i + 1; j < end - 1; j++) bits[j] |= marks.Middle;
                bits[end - 1] |= marks.End;
                bits[end] |= marks.Behind;
            }
        }
    }

    private Marks MarksOf(int entry, int length)
    {
        ulong before = 0, begin = 0, middle = 0, end = 0, behind = 0;
        TermSet terms = _lexicon.Terms(entry);
        if (length == 1)
        {
            if (terms.Overlaps(Surnames)) begin |= Surname;
            return new Marks(0, begin, 0, 0, 0);
        }
        bool general = _lexicon.IsGeneralWord(entry) || _lexicon.IsUserWord(entry);
        if (general)
        {
            ulong unary = (1UL << Math.Min(length - 1, 4)) - 1;
            begin |= unary * WordBegin;
            middle |= unary * WordMiddle;
            end |= unary * WordEnd;
            int shift = _lexicon.Tag(entry) switch { PartOfSpeech.Nr => 0, PartOfSpeech.Nt => 3, PartOfSpeech.Ns => 6, _ => -1 };
            if (shift >= 0) Three(PersonBegin << shift, ref begin, ref middle, ref end);
        }
        if (_lexicon.IsFullName(entry) || _lexicon.IsShortForm(entry))
        {
            bool full = _lexicon.IsFullName(entry);
            begin |= full ? PlaceBeginFull : PlaceBeginShort;
            middle |= PlaceMiddle;
            end |= full ? PlaceEndFull : PlaceEndShort;
        }
        if (terms.Overlaps(Suffixes))
        {
            begin |= SuffixBegin;
            end |= SuffixEnd;
        }
        if (terms.Overlaps(Bodies)) Three(BodyBegin, ref begin, ref middle, ref end);
        if (terms.Overlaps(Titles))
        {
            before |= TitleBehind;
            begin |= TitleBegin;
            behind |= TitleBefore;
        }
        if (terms.Overlaps(Compounds)) begin |= CompoundSurname;
        return new Marks(before, begin, middle, end, behind);
    }

    private static void Three(ulong first, ref ulong begin, ref ulong middle, ref ulong end)
    {
        begin |= first;
        middle |= first << 1;
        end |= first << 2;
    }
}
