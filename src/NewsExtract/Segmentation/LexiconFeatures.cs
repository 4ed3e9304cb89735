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
    private const ulong PersonBegin = 1UL << 24, OrganizationBegin = 1UL << 27, PlaceBegin = 1UL << 30, BodyBegin = 1UL << 33;

    private static readonly TermSet Suffixes = TermSet.Of(TermClass.OrgSuffix, TermClass.CompanySuffix, TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.Bureau);
    private static readonly TermSet Bodies = TermSet.Of(TermClass.PartyBody, TermClass.GovernmentBody, TermClass.CongressBody, TermClass.ConsultativeBody, TermClass.NationalBody);
    private static readonly TermSet Titles = TermSet.Of(TermClass.TitleHead, TermClass.TitleRank, TermClass.CollectiveTitle, TermClass.Honorific, TermClass.CreditRole);
    private static readonly TermSet Surnames = TermSet.Of(TermClass.Surname);
    private static readonly TermSet Compounds = TermSet.Of(TermClass.CompoundSurname);

    // What the marks depend on, as a number of 14 bits: length up to 5, then one bit a fact.
    private const int FactBits = 14;
    private const int General = 1 << 3, Full = 1 << 4, Short = 1 << 5, Person = 1 << 6, Organization = 1 << 7, Place = 1 << 8,
        Suffix = 1 << 9, Body = 1 << 10, Title = 1 << 11, SurnameFact = 1 << 12, CompoundFact = 1 << 13;

    private readonly record struct Marks(ulong Before, ulong Begin, ulong Middle, ulong End, ulong Behind);

    private readonly Lexicon _lexicon;
    private readonly byte[] _marksOfEntry;
    private readonly Marks[] _marks;

    public LexiconFeatures(Lexicon lexicon)
    {
        _lexicon = lexicon;
        _marksOfEntry = new byte[lexicon.Count];
        var numbers = new byte[1 << FactBits];
        // A few dozen combinations of facts occur.
        var marks = new List<Marks> { default };
        for (int entry = 0; entry < _marksOfEntry.Length; entry++)
        {
            int facts = FactsOf(lexicon, entry);
            if (numbers[facts] == 0)
            {
                numbers[facts] = checked((byte)marks.Count);
                marks.Add(MarksOf(facts));
            }
            _marksOfEntry[entry] = numbers[facts];
        }
        _marks = [.. marks];
    }

    /// <summary>Writes the bits of all units of a text that is not searched yet.</summary>
    public void Fill(string text, UnitBuffer units, ulong[] bits)
    {
        var words = new LexiconMatches(_lexicon);
        words.Find(text);
        Fill(words, units, bits);
    }

    /// <summary>Writes the bits of all units; table k has bits 12k to 12k + 11.</summary>
    /// <exception cref="ArgumentException">The words are another lexicon's.</exception>
    public void Fill(LexiconMatches words, UnitBuffer units, ulong[] bits)
    {
        if (words.Lexicon != _lexicon) throw new ArgumentException("The words are another lexicon's.", nameof(words));
        bits.AsSpan(0, units.End + UnitBuffer.Margin).Clear();
        ReadOnlySpan<LexiconHit> hits = words.Hits;
        ReadOnlySpan<int> firstAt = words.FirstAt;
        int[] starts = units.Starts;
        for (int i = UnitBuffer.First; i < units.End; i++)
        {
            if (units.Codes[i] >= 0x1000) continue;
            int behind = firstAt[starts[i] + 1];
            for (int k = firstAt[starts[i]]; k < behind; k++)
            {
                LexiconHit hit = hits[k];
                ref Marks marks = ref _marks[_marksOfEntry[hit.Entry]];
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

    private static int FactsOf(Lexicon lexicon, int entry)
    {
        int length = lexicon.Characters(entry).Length;
        int facts = Math.Min(length, 5);
        TermSet terms = lexicon.Terms(entry);
        if (length == 1) return facts | (terms.Overlaps(Surnames) ? SurnameFact : 0);
        if (lexicon.IsGeneralWord(entry))
        {
            facts |= General | lexicon.Tag(entry) switch { PartOfSpeech.Nr => Person, PartOfSpeech.Nt => Organization, PartOfSpeech.Ns => Place, _ => 0 };
        }
        if (lexicon.IsFullName(entry)) facts |= Full;
        if (lexicon.IsShortForm(entry)) facts |= Short;
        if (terms.IsEmpty) return facts;
        if (terms.Overlaps(Suffixes)) facts |= Suffix;
        if (terms.Overlaps(Bodies)) facts |= Body;
        if (terms.Overlaps(Titles)) facts |= Title;
        if (terms.Overlaps(Compounds)) facts |= CompoundFact;
        return facts;
    }

    private static Marks MarksOf(int facts)
    {
        ulong before = 0, begin = 0, middle = 0, end = 0, behind = 0;
        if ((facts & SurnameFact) != 0) begin |= Surname;
        if ((facts & General) != 0)
        {
            ulong unary = (1UL << ((facts & 7) - 1)) - 1;
            begin |= unary * WordBegin;
            middle |= unary * WordMiddle;
            end |= unary * WordEnd;
        }
        if ((facts & Person) != 0) Three(PersonBegin, ref begin, ref middle, ref end);
        if ((facts & Organization) != 0) Three(OrganizationBegin, ref begin, ref middle, ref end);
        if ((facts & Place) != 0) Three(PlaceBegin, ref begin, ref middle, ref end);
        if ((facts & (Full | Short)) != 0)
        {
            begin |= (facts & Full) != 0 ? PlaceBeginFull : PlaceBeginShort;
            middle |= PlaceMiddle;
            end |= (facts & Full) != 0 ? PlaceEndFull : PlaceEndShort;
        }
        if ((facts & Suffix) != 0)
        {
            begin |= SuffixBegin;
            end |= SuffixEnd;
        }
        if ((facts & Body) != 0) Three(BodyBegin, ref begin, ref middle, ref end);
        if ((facts & Title) != 0)
        {
            before |= TitleBehind;
            begin |= TitleBegin;
            behind |= TitleBefore;
        }
        if ((facts & CompoundFact) != 0) begin |= CompoundSurname;
        return new Marks(before, begin, middle, end, behind);
    }

    private static void Three(ulong first, ref ulong begin, ref ulong middle, ref ulong end)
    {
        begin |= first;
        middle |= first << 1;
        end |= first << 2;
    }
}
