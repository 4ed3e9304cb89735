using System.Globalization;
using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Training.Knowledge;

/// <summary>Reads <c>lexicon/*.tsv</c>: word, frequency, tag, and the percentage of uses that are no proper name, where it is neither 0 nor 100.</summary>
internal static class LexiconSource
{
    public static void Read(string sources, WordTable words, Faults faults)
    {
        string folder = Path.Combine(sources, "lexicon");
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.tsv") : [];
        Array.Sort(files, StringComparer.Ordinal);
        foreach (string file in files)
        {
            foreach (SourceRow row in SourceTable.Read(file, "lexicon/" + Path.GetFileName(file), 3, 4, faults)) Read(row, words, faults);
        }
    }

    private static void Read(in SourceRow row, WordTable words, Faults faults)
    {
        byte share = 0;
        if (!int.TryParse(row[1], NumberStyles.None, CultureInfo.InvariantCulture, out int frequency) || frequency < 1) faults.Add(row, $"{row[1]} is no frequency");
        else if (!PartsOfSpeech.TryParse(row[2], out PartOfSpeech tag)) faults.Add(row, $"{row[2]} is no part-of-speech tag");
        else if (row[3].Length > 0 && (!byte.TryParse(row[3], NumberStyles.None, CultureInfo.InvariantCulture, out share) || share is < 1 or > 99)) faults.Add(row, $"{row[3]} is no percentage from 1 to 99");
        else
        {
            WordTable.Word word = words[row[0]];
            if (word.Frequency > 0) faults.Add(row, $"{row[0]} has a frequency already");
            word.Frequency = frequency;
            word.Tag = tag;
            word.CommonShare = share > 0 ? share : IsName(tag) ? (byte)0 : (byte)100;
            word.Marks |= Lexicon.Marks.GeneralWord;
        }
    }

    /// <summary>Whether the tag is one of proper names.</summary>
    public static bool IsName(PartOfSpeech tag) => tag is PartOfSpeech.Nr or PartOfSpeech.Ns or PartOfSpeech.Nt or PartOfSpeech.Nz;
}
