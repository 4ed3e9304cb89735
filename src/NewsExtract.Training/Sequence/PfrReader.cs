using System.Text;
using NewsExtract.Segmentation;
using NewsExtract.Text;

namespace NewsExtract.Training.Sequence;

/// <summary>A paragraph of the PFR corpus.</summary>
/// <param name="Article">Date, page and number of its article: <c>19980101-01-001</c>.</param>
/// <param name="Text">The text.</param>
/// <param name="Words">Its words; a name is one word.</param>
/// <param name="Tags">The words' tags as written; a compound has its bracket's.</param>
/// <param name="Parts">The corpus's own words, names in parts, for the score of ordinary segmentation.</param>
internal sealed record PfrParagraph(string Article, string Text, GoldWord[] Words, string[] Tags, GoldWord[] Parts)
{
    /// <summary>The paragraph as training data.</summary>
    public LabelledText ToLabelled()
    {
        var codes = new byte[Text.Length];
        foreach (GoldWord word in Words) LabelledText.Mark(codes.AsSpan(word.Start, word.End - word.Start), word.Kind);
        return new LabelledText(Text, codes);
    }
}

/// <summary>
/// Reads the PFR People's Daily corpus (January 1998): a paragraph a line, <c>word/tag</c> apart by two spaces, compounds as
/// <c>[word/tag  word/tag]tag</c>. Surname and given name become one person; a bracketed nt one organisation; a
/// bracketed ns one place, but for the provinces, cities and counties in front of it, which are places of their own.
/// </summary>
internal static class PfrReader
{
    // Countries, provinces and cities by one character, which the corpus tags j.
    private const string PlaceAbbreviations = "中美俄京日以巴英伊阿欧法港哈华澳台亚泰德沪藏韩加越吉印黎意乌苏津奥菲波朝摩杭晋川贵孟粤桂浙闽皖鲁豫鄂湘赣冀辽陕甘宁青新琼滇黔渝葡墨蒙疆穗蓉昆淮塔土希瑞荷西马尼";

    private readonly record struct Piece(string Word, string Tag);

    /// <summary>Reads all paragraphs.</summary>
    public static List<PfrParagraph> Read(string path)
    {
        var paragraphs = new List<PfrParagraph>();
        foreach (string line in File.ReadLines(path, Encoding.UTF8))
        {
            string[] pieces = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (pieces.Length < 2) continue;
            paragraphs.Add(ReadParagraph(pieces));
        }
        return paragraphs;
    }

    private static PfrParagraph ReadParagraph(string[] pieces)
    {
        var text = new StringBuilder();
        var words = new List<GoldWord>();
        var tags = new List<string>();
        var parts = new List<GoldWord>();
        var compound = new List<Piece>();
        bool inCompound = false;
        for (int i = 1; i < pieces.Length; i++)
        {
            string piece = pieces[i];
            if (piece.Length > 1 && piece[0] == '[' && piece[1] != '/')
            {
                inCompound = true;
                compound.Clear();
                piece = piece[1..];
            }
            string? close = null;
            int bracket = piece.LastIndexOf(']');
            if (bracket > 0 && piece[bracket - 1] != '/' && piece.LastIndexOf('/') < bracket && piece.LastIndexOf('/') > 0)
            {
                close = piece[(bracket + 1)..];
                piece = piece[..bracket];
            }
            int slash = piece.LastIndexOf('/');
            var item = new Piece(piece[..slash], piece[(slash + 1)..]);
            compound.Add(item);
            if (inCompound && close is null) continue;
            Add(compound, close, text, words, tags, parts);
            compound.Clear();
            inCompound = false;
        }
        Add(compound, null, text, words, tags, parts);
        JoinNames(words, tags, text);
        return new PfrParagraph(pieces[0][..15], text.ToString(), [.. words], [.. tags], [.. parts]);
    }

    private static void Add(List<Piece> compound, string? tag, StringBuilder text, List<GoldWord> words, List<string> tags, List<GoldWord> parts)
    {
        int first = text.Length, from = 0;
        if (tag == "ns")
        {
            // 河北省 张家口 地区: the province is a place of its own.
            while (from < compound.Count - 1 && compound[from].Tag == "ns" && compound[from].Word.Length > 2 && compound[from].Word[^1] is '省' or '市' or '县' or '区' or '州')
                from++;
            if (from < compound.Count && compound.Skip(from).All(p => p.Tag is not ("ns" or "n" or "j" or "nz" or "s" or "f" or "b" or "nr"))) from = 0;
        }
        for (int i = 0; i < compound.Count; i++)
        {
            int start = text.Length;
            text.Append(compound[i].Word);
            WordKind kind = KindOf(compound[i]);
            parts.Add(new GoldWord(start, text.Length, kind));
            if (tag is "nt" or "ns" && i >= from) continue;
            words.Add(new GoldWord(start, text.Length, kind));
            tags.Add(compound[i].Tag);
        }
        if (tag is not ("nt" or "ns")) return;
        for (int i = 0; i < from; i++) first += compound[i].Word.Length;
        words.Add(new GoldWord(first, text.Length, tag == "nt" ? WordKind.Organization : WordKind.Place));
        tags.Add(tag);
    }

    // Surname and given name stand as two words tagged nr.
    private static void JoinNames(List<GoldWord> words, List<string> tags, StringBuilder text)
    {
        for (int i = 0; i + 1 < words.Count; i++)
        {
            if (tags[i] != "nr" || tags[i + 1] != "nr") continue;
            int first = words[i].End - words[i].Start, second = words[i + 1].End - words[i + 1].Start;
            if (first > 2 || second > 3 || text[words[i].Start] == '·') continue;
            words[i] = words[i] with { End = words[i + 1].End };
            words.RemoveAt(i + 1);
            tags.RemoveAt(i + 1);
        }
    }

    private static WordKind KindOf(Piece piece) => piece.Tag switch
    {
        "nr" => WordKind.Person,
        "ns" => WordKind.Place,
        "nt" => WordKind.Organization,
        "j" when piece.Word.Length == 1 && PlaceAbbreviations.Contains(piece.Word[0], StringComparison.Ordinal) => WordKind.Place,
        _ => WordKind.Ordinary,
    };

    /// <summary>The tag as the library knows it.</summary>
    public static PartOfSpeech Tag(string tag) => Enum.TryParse(tag, ignoreCase: true, out PartOfSpeech value) ? value : PartOfSpeech.N;
}
