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
/// <param name="Doubtful">Words that the corpus doesn't tag as names but others count as names of this kind; ordinary in <paramref name="Words"/>.</param>
internal sealed record PfrParagraph(string Article, string Text, GoldWord[] Words, string[] Tags, GoldWord[] Parts, GoldWord[] Doubtful)
{
    /// <summary>The paragraph as training data.</summary>
    public LabelledText ToLabelled()
    {
        var codes = new byte[Text.Length];
        foreach (GoldWord word in Words) LabelledText.Mark(codes.AsSpan(word.Start, word.End - word.Start), word.Kind);
        foreach (GoldWord word in Doubtful) LabelledText.MarkEither(codes.AsSpan(word.Start, word.End - word.Start), word.Kind);
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

    // Bodies that the corpus tags j, nz or n.
    private static readonly HashSet<string> Bodies = new(("政协 欧盟 东盟 北约 中共 体委 安理会 妇联 独联体 纪委 特委会 科委 省人大 国家教委 省政协 计委 中宣部 科协 奥委会 工商联 农科院 经贸委 军委 中科院 "
        + "外经贸部 足协 泳联 社科院 总政 广电部 剧协 文联 北大 清华 农行 工行 建行 人民日报 新民晚报 国务院 民革 民盟 民建 民进 农工党 致公党 台盟 总参 总后 总装 统战部 组织部 团中央 共青团 "
        + "人民银行 红十字会 最高法院 最高检 全国人大 全国政协 党中央 中组部 中纪委").Split(' '), StringComparer.Ordinal);

    // Words that one guide counts as names and another doesn't.
    private static readonly HashSet<string> DoubtfulBodies = new(("省委 市委 县委 区委 州委 地委 镇委 乡委 党委 省政府 市政府 县政府 区政府 州政府 镇政府 乡政府 人大 常委会 村委会 解放军 空军 海军 武警 以军 塔利班 "
        + "人民政府 人代会 共产党 国民党 委员会 筹委会 组委会 书记处 居委会 党组 法院 检察院 公安局 财政局 教委 参议院 众议院 议会 国会 国资委 人事局 工商局 税务局").Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> DoubtfulPlaces = new("两岸 中华 大陆 内地 亚太 亚太地区 海峡 拉美 北爱 青藏 江淮 黄淮 晋察冀 祖国 特区 京郊 波海 珠江 驻华 访华 在华 对华 来华 南昆线 火星 月球 地球".Split(' '), StringComparer.Ordinal);

    private static WordKind OtherKind(ReadOnlySpan<char> word) =>
        DoubtfulBodies.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) ? WordKind.Organization
            : DoubtfulPlaces.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) ? WordKind.Place : WordKind.Ordinary;

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
        string whole = text.ToString();
        GoldWord[] doubtful = [.. words.Where(w => w.Kind == WordKind.Ordinary).Select(w => w with { Kind = OtherKind(whole.AsSpan(w.Start, w.End - w.Start)) }).Where(w => w.Kind != WordKind.Ordinary)];
        return new PfrParagraph(pieces[0][..15], whole, [.. words], [.. tags], [.. parts], doubtful);
    }

    private static void Add(List<Piece> compound, string? tag, StringBuilder text, List<GoldWord> words, List<string> tags, List<GoldWord> parts)
    {
        int first = text.Length, from = 0;
        if (tag == "ns")
        {
            // 河北省 张家口 地区: the province is a place of its own.
            while (from < compound.Count - 1 && compound[from].Tag == "ns" && (IsDivision(compound[from].Word) || compound[from + 1].Tag == "ns")) from++;
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

    // A province, city, county or country in front of what lies in it.
    private static bool IsDivision(string word) => word.Length > 2 && word[^1] is '省' or '市' or '县' or '区' or '州' or '国';

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
        "ns" or "j" or "nz" or "n" when Bodies.Contains(piece.Word) => WordKind.Organization,
        "ns" => WordKind.Place,
        "nt" => WordKind.Organization,
        "j" when piece.Word.Length == 1 && PlaceAbbreviations.Contains(piece.Word[0], StringComparison.Ordinal) => WordKind.Place,
        _ => WordKind.Ordinary,
    };

    /// <summary>The tag as the library knows it.</summary>
    public static PartOfSpeech Tag(string tag) => Enum.TryParse(tag, ignoreCase: true, out PartOfSpeech value) ? value : PartOfSpeech.N;
}
