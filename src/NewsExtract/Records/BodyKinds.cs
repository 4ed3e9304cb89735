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
        return context.Index.TryEnd(span.End, Parts, out _) || (context.Index.TryEnd(span.End, Colleges, out LexiconHit suffix) && context.Index.Terms(suffix).Has(TermClass.LevelWord) && suffix.Start > span.Start);
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
        if (name[^1] is '系' or '科' || name.EndsWith("教研室", StringComparison.Ordinal) || name.EndsWith("护理部", StringComparison.Ordinal) || name.EndsWith("研究生院", StringComparison.Ordinal)) return true;
        if (name[^1] == '处') return !Array.Exists(Offices, office => name.Contains(office, StringComparison.Ordinal));
        return context.Index.TryEnd(organization.Spans[0].End, Colleges, out LexiconHit suffix) && context.Index.Terms(suffix).Has(TermClass.LevelWord);
    }

    private static bool IsNamedAsSchool(string name) =>
        Array.Exists(Regions, r => name.StartsWith(r, StringComparison.Ordinal)) || Array.Exists(SchoolWords, w => name.Contains(w, StringComparison.Ordinal));
}
