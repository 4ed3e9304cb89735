using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>Of what kind an article's bodies are: institutions, their parts, words for a kind only. Used again for the next article.</summary>
internal sealed class BodyKinds(TextContext context)
{
    private static readonly TermSet InstitutionEnds = TermSet.Of(TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.CompanySuffix, TermClass.Institute);
    private static readonly TermSet Parts = TermSet.Of(TermClass.SubUnit);
    private static readonly TermSet Colleges = TermSet.Of(TermClass.SchoolSuffix);
    private static readonly TermSet Outlets = TermSet.Of(TermClass.OutletSuffix);
    private static readonly TermSet Transparent = TermSet.Of(TermClass.TransparentUnit);

    // What a school of its own has in its name and a part of one has not.
    private static readonly string[] Regions = ["东北", "西北", "华北", "华东", "华中", "华南", "西南", "中南", "东南"];
    private static readonly string[] SchoolWords = ["职业", "师范", "高等"];

    // What faculties begin with: 化学化工学院, 旅游与管理学院.
    private static readonly string[] Subjects = ["数学", "物理", "化学", "化工", "生命", "生物", "地理", "地质", "地球", "心理", "统计", "机械", "材料", "能源", "动力", "电气", "电子", "信息", "自动化", "计算机",
        "软件", "网络", "人工智能", "通信", "光电", "微电子", "土木", "建筑", "水利", "测绘", "矿业", "冶金", "石油", "纺织", "轻工", "食品", "环境", "资源", "交通", "船舶", "航空", "航天", "植物", "动物", "园艺", "园林", "农学",
        "林学", "水产", "海洋", "基础医学", "临床", "药学", "护理", "口腔", "公共", "经济", "金融", "财政", "会计", "工商", "管理", "旅游", "法学", "政治", "社会", "民族学", "马克思", "教师教育", "国际", "人文", "文学", "文化", "新闻", "传媒", "外国语",
        "外语", "历史", "哲学", "艺术", "音乐", "美术", "设计", "体育", "创新", "创业", "继续教育", "远程", "研究生"];

    private const int LongestDepartment = 12;
    // Of places and councils, however they end.
    private static readonly string[] Offices = ["办事处", "管理处", "代表处", "府", "省", "市", "县", "部", "局", "委"];

    // By organisation: 0 until it is asked for, 1 no, 2 yes.
    private byte[] _areInstitutions = [];
    private byte[] _areParts = [];
    private byte[] _areGeneric = [];

    private ResolvedText Resolved => context.Resolved;

    /// <summary>Takes up the context's article in place of the one before.</summary>
    public void Start()
    {
        int count = Resolved.Organizations.Count;
        _areInstitutions = Relations.Cleared(_areInstitutions, count);
        _areParts = Relations.Cleared(_areParts, count);
        _areGeneric = Relations.Cleared(_areGeneric, count);
    }

    public bool IsInstitution(OrganizationEntity organization)
    {
        ref byte known = ref _areInstitutions[organization.Id];
        if (known == 0) known = (byte)(FindInstitution(organization) ? 2 : 1);
        return known == 2;
    }

    /// <summary>A mention by the full name; where none is, the first: 集团公司 in a headline may stand in front of it.</summary>
    private static TextSpan NameSpan(OrganizationEntity organization)
    {
        foreach (TextSpan span in organization.Spans)
            if (span.Length == organization.Name.Length) return span;
        return organization.Spans[0];
    }

    private bool FindInstitution(OrganizationEntity organization)
    {
        TextSpan span = NameSpan(organization);
        return context.Index.TryEnd(span.End, InstitutionEnds, out LexiconHit end) && end.Start > span.Start && !IsPart(organization);
    }

    /// <summary>Whether the post is of a part of an institution, which counts for the institution: 教务处, 植物保护学院.</summary>
    public bool IsPart(Post post) => post.Organization >= 0 && !IsGeneric(post) && IsPart(Resolved.Organizations[post.Organization]);

    /// <summary>客户服务部, 研究室, 二分厂: a body that the post names, that is no organisation of its own in the text, and that ends as a part does.</summary>
    public bool IsUnnamedPart(Post post)
    {
        if (post is not { Organization: < 0, Place: < 0, Body.Length: > 1, Level: BodyLevel.None or BodyLevel.Organization }) return false;
        int at = context.Text.AsSpan(post.Span.Start, post.Span.Length).IndexOf(post.Body, StringComparison.Ordinal);
        return at >= 0 && EndsAsPart(post.Span.Start + at + post.Body.Length);
    }

    /// <summary>教务处; and 植物保护学院, not 三明学院: a college without a place in its name.</summary>
    public bool IsPart(OrganizationEntity organization)
    {
        ref byte known = ref _areParts[organization.Id];
        if (known == 0) known = (byte)(FindPart(organization) ? 2 : 1);
        return known == 2;
    }

    /// <summary>医院|副院长, 校党委|书记, 集团公司|总经理: the post says of what kind its body is, and no more.</summary>
    public bool IsGeneric(Post post) => post.Organization >= 0 && post.Place < 0 && IsGeneric(Resolved.Organizations[post.Organization]);

    public bool IsGeneric(OrganizationEntity organization)
    {
        ref byte known = ref _areGeneric[organization.Id];
        if (known == 0) known = (byte)(FindGeneric(organization) ? 2 : 1);
        return known == 2;
    }

    private bool FindGeneric(OrganizationEntity organization)
    {
        TextSpan span = organization.Spans[0];
        if (organization.Place >= 0 || span.Length != organization.Name.Length) return false;
        int end = context.Index.TryEnd(span.End, Transparent, out LexiconHit unit) && unit.Start >= span.Start ? unit.Start : span.End;
        if (end <= span.Start + 1) return end == span.Start || "校院所厂社馆行".Contains(context.Text[span.Start], StringComparison.Ordinal);
        return !"省市县区州镇乡旗".Contains(context.Text[span.Start], StringComparison.Ordinal)
            && context.Index.TryEnd(end, InstitutionEnds, out LexiconHit whole) && whole.Start == span.Start;
    }

    private bool FindPart(OrganizationEntity organization)
    {
        if (organization.Place >= 0 || IsNamedAsSchool(organization.Name)) return false;
        TextSpan span = NameSpan(organization);
        return context.Index.TryEnd(span.End, Parts, out _) || IsFaculty(organization.Name) || (context.Index.TryEnd(span.End, Colleges, out LexiconHit suffix) && context.Index.Terms(suffix).Has(TermClass.LevelWord) && suffix.Start > span.Start);
    }

    /// <summary>A paper or site, which only its own people are of.</summary>
    public bool IsOutlet(OrganizationEntity organization) => context.Index.TryEnd(organization.Spans[0].End, Outlets, out _);

    /// <summary>皖西卫生健康学院: a college that may be a school of its own, which its name does not tell.</summary>
    public bool IsCollege(OrganizationEntity organization) => IsPart(organization) && organization.Spans.Count > 1 && context.Index.TryEnd(NameSpan(organization).End, Colleges, out _);

    /// <summary>Whether a name that ends there is that of a part: 教务处, 林学院.</summary>
    public bool EndsAsPart(int end) => context.Index.TryEnd(end, Parts, out _) || (context.Index.TryEnd(end, Colleges, out LexiconHit suffix) && context.Index.Terms(suffix).Has(TermClass.LevelWord));

    /// <summary>俄语系, 急诊科, 教务处, 林学院: what by its name alone can only be a part of a school, hospital or institute.</summary>
    public bool IsDepartment(OrganizationEntity organization)
    {
        string name = organization.Name;
        if (!IsPart(organization) || name.Length > LongestDepartment) return false;
        if (IsFaculty(name) || name[^1] is '系' or '科' || name.EndsWith("研究室", StringComparison.Ordinal) || name.EndsWith("教研室", StringComparison.Ordinal) || name.EndsWith("护理部", StringComparison.Ordinal) || name.EndsWith("研究生院", StringComparison.Ordinal)) return true;
        if (name[^1] == '处') return !Array.Exists(Offices, office => name.Contains(office, StringComparison.Ordinal));
        return context.Index.TryEnd(organization.Spans[0].End, Colleges, out LexiconHit suffix) && context.Index.Terms(suffix).Has(TermClass.LevelWord);
    }

    /// <summary>旅游与管理学院, 材料科学与工程学院: a college that is called by its subject alone.</summary>
    private static bool IsFaculty(string name) =>
        name.EndsWith("学院", StringComparison.Ordinal) && (name.Contains('与', StringComparison.Ordinal) || Array.Exists(Subjects, s => name.StartsWith(s, StringComparison.Ordinal)));

    private static bool IsNamedAsSchool(string name) =>
        Array.Exists(Regions, r => name.StartsWith(r, StringComparison.Ordinal)) || Array.Exists(SchoolWords, w => name.Contains(w, StringComparison.Ordinal));
}
