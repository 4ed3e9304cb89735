using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Whether a post that names no body suits the name of one: <c>副馆长</c> is of a 馆, <c>局党组成员</c> of a 局, <c>总经理</c> of a company, so that neither
/// is of the chamber that somebody named in front of them presides over beside his own post.
/// </summary>
internal sealed class PostFit(TextContext context)
{
    /// <summary>How many values <see cref="Of"/> and <see cref="SeatOf"/> have.</summary>
    public const int Fits = 9, Seats = 4;

    private const string Units = "局厅委馆所院行校厂社台站会处科队部园店司署团办";
    private static readonly string[] CompanyHeads = ["经理", "董事长", "总裁", "总监", "总工程师", "总会计师"];
    private static readonly string[] CompanyEnds = ["公司", "集团", "厂", "行", "业", "社", "店", "股份"];
    private static readonly string[] SchoolEnds = ["大学", "学院", "中学", "小学", "学校", "校", "一中", "二中", "师范", "幼儿园"];

    // By offset: 1 within somebody's first post, 2 within a later one, 0 elsewhere.
    private byte[] _seats = [];

    /// <summary>Takes up the context's article in place of the one before.</summary>
    public void Start()
    {
        TaggedText tagged = context.Resolved.Tagged;
        if (_seats.Length < context.Text.Length) _seats = new byte[context.Text.Length * 2];
        Array.Clear(_seats, 0, context.Text.Length);
        foreach (NameSpan name in tagged.Names)
            for (int i = name.PostCount - 1; i >= 0; i--)
            {
                TextSpan post = tagged.Posts[name.FirstPost + i].Span;
                _seats.AsSpan(post.Start, post.Length).Fill((byte)(i == 0 ? 1 : 2));
            }
    }

    /// <summary>Where a mention stands: 1 within somebody's first post, 2 within a later one, 0 elsewhere, 3 nowhere.</summary>
    public int SeatOf(int offset) => offset < 0 ? 3 : _seats[offset];

    /// <summary>How the post's head and its beginning suit the body: each 0 where they name no unit, 1 where it is the body's, 2 where it is another; the head times three.</summary>
    public static int Of(Post? post, string body)
    {
        if (post == null || body.Length == 0) return 0;
        return (OfHead(post.Text, body) * 3) + OfBeginning(post.Text, body);
    }

    private static int OfHead(string post, string body)
    {
        foreach (string head in CompanyHeads)
            if (post.EndsWith(head, StringComparison.Ordinal)) return EndsWithAny(body, CompanyEnds) ? 1 : 2;
        if (post.Length < 2 || post[^1] != '长') return 0;
        char unit = post[^2];
        if (unit == '校') return EndsWithAny(body, SchoolEnds) ? 1 : 2;
        return !Units.Contains(unit) ? 0 : body[^1] == unit ? 1 : 2;
    }

    private static int OfBeginning(string post, string body)
    {
        if (post.StartsWith("公司", StringComparison.Ordinal) || post.StartsWith("集团", StringComparison.Ordinal)) return EndsWithAny(body, CompanyEnds) ? 1 : 2;
        // 局党组成员, 校纪委书记, 院科技处处长; not 委员, 行长, 社会学家.
        if (post.Length < 4 || post[1] == '长' || !Units.Contains(post[0]) || post.StartsWith("委员", StringComparison.Ordinal) || post.StartsWith("会计", StringComparison.Ordinal)) return 0;
        if (post[0] == '校') return EndsWithAny(body, SchoolEnds) ? 1 : 2;
        return body[^1] == post[0] || post[0] == '委' && body.EndsWith("委员会", StringComparison.Ordinal) ? 1 : 2;
    }

    private static bool EndsWithAny(string body, string[] ends)
    {
        foreach (string end in ends)
            if (body.EndsWith(end, StringComparison.Ordinal)) return true;
        return false;
    }
}
