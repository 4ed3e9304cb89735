using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>What places and bodies are called in records.</summary>
internal sealed partial class Relations
{
    private const int LongestInvitation = 60;
    private static readonly TermSet Outlets = TermSet.Of(TermClass.OutletSuffix);
    private static readonly TermSet Goal = TermSet.Of(TermClass.VisitGo, TermClass.VisitStop, TermClass.VisitInspect);
    // Words and towns whose first character is no level: 市场监管局, 镇江市商务局.
    private static readonly string[] NoLevels = ["市场", "市民", "乡村", "区域", "区块", "县域", "省际", "旗舰", "镇江", "镇海", "镇远", "州际"];
    private static readonly TermSet Institutions = TermSet.Of(TermClass.SchoolSuffix, TermClass.HospitalSuffix, TermClass.CompanySuffix, TermClass.Institute);

    public string NameOf(Party party) => party.Place >= 0 ? Resolved.Places[party.Place].Written
        : party.Organization >= 0 ? FullName(Resolved.Organizations[party.Organization]) : "";

    /// <summary>市商务局 of the story's own city is 龙南市商务局.</summary>
    public string FullName(OrganizationEntity organization)
    {
        ForgetNamesOfOtherHome();
        return _fullNames[organization.Id] ??= OfHome(WithoutOutlet(organization));
    }

    /// <summary>河西学院|新闻网, 药业集团|网站: the page of an institution is the institution's.</summary>
    private string WithoutOutlet(OrganizationEntity organization)
    {
        TextSpan span = organization.Spans[0];
        return span.Length == organization.Name.Length && context.Index.TryEnd(span.End, Outlets, out LexiconHit outlet) && outlet.Start > span.Start + 2
            && context.Index.TryEnd(outlet.Start, Institutions, out LexiconHit end) && end.Start > span.Start ? Text[span.Start..outlet.Start] : organization.Name;
    }

    private void ForgetNamesOfOtherHome()
    {
        if (_homeOfNames == Resolved.Frame.Home) return;
        Array.Clear(_fullNames, 0, Resolved.Organizations.Count);
        Array.Clear(_institutions, 0, Resolved.Organizations.Count);
        _homeOfNames = Resolved.Frame.Home;
    }

    /// <summary>A body's name with the story's own place in front where it begins with a level: 市商务局 of 龙南市; 省水利厅 in 龙南市 of the province that the city lies in.</summary>
    public string OfHome(string name)
    {
        BodyLevel level = LeadingLevel(name);
        if (Resolved.Frame.Home < 0 || name.Length < 2 || level == BodyLevel.None) return name;
        PlaceEntity home = Resolved.Places[Resolved.Frame.Home];
        if (LeadFits(name, home)) return WithPlace(home.Written, name);
        return level <= home.Level && Above(home, level) is { Length: > 0 } above ? WithPlace(above, name) : name;
    }

    /// <summary>The level that a body begins with: 省水利厅, 县商务局; none for others.</summary>
    private static BodyLevel LeadingLevel(string body) => body.Length < 2 || BeginsWithWord(body) ? BodyLevel.None : body[0] switch
    {
        '省' => BodyLevel.Province,
        '市' or '州' or '盟' => BodyLevel.City,
        '县' or '区' or '旗' => BodyLevel.County,
        '镇' or '乡' => BodyLevel.Town,
        _ => BodyLevel.None,
    };

    private static bool BeginsWithWord(string body) => Array.Exists(NoLevels, word => body.StartsWith(word, StringComparison.Ordinal));

    /// <summary>Whether a body can be the place's by the level that it begins with: 市人民医院 of no prefecture that is a 州, 县医院 of no city.</summary>
    public static bool LeadFits(string body, PlaceEntity place)
    {
        BodyLevel level = LeadingLevel(body);
        if (level == BodyLevel.None || body.Length < 2 || place.Level == BodyLevel.None || place.IsForeign) return true;
        char end = place.Chain.Length > 0 ? place.Chain[^1] : place.Written[^1];
        if (end is '省' or '市' or '州' or '盟' or '县' or '区' or '旗' or '镇' or '乡' && end != body[0]) return false;
        return body[0] == '区' && place.Level == BodyLevel.Province || Fits(level, place);
    }

    /// <summary>
    /// Whether the words say that somebody went to the body or was asked there: <c>走访远帆公司</c>, <c>应岩手大学、弘前大学邀请</c>.
    /// </summary>
    public bool IsVisited(OrganizationEntity organization)
    {
        ref byte known = ref _visited[organization.Id];
        if (known == 0) known = (byte)(organization.Spans.Exists(s => IsAtGoal(s) || Invites(s)) ? 2 : 1);
        return known == 2;
    }

    private bool IsAtGoal(TextSpan span) => TryRightBefore(span.Start, Goal, out LexiconHit verb) && context.Layout.RoleAt(verb.Start) is TextRole.Body or TextRole.Title;

    private bool Invites(TextSpan span)
    {
        TextSpan sentence = context.SentenceSpan(span.Start);
        int start = Math.Max(sentence.Start, span.Start - LongestInvitation), end = Math.Max(span.End, Math.Min(sentence.End, span.End + LongestInvitation));
        int asked = Text.IndexOf("邀请", span.End, end - span.End, StringComparison.Ordinal);
        if (asked < 0 || Text.AsSpan(span.End, asked - span.End).ContainsAny('，', '；')) return false;
        int at = Text.LastIndexOf('应', span.Start, span.Start - start + 1);
        return at >= 0 && !Text.AsSpan(at, span.Start - at).ContainsAny('，', '；');
    }

    /// <summary>中山大学南方医院 of 中山大学南方医院宣传处: the name up to its last school, hospital or company, without what stands behind.</summary>
    public string InstitutionOf(OrganizationEntity organization)
    {
        ForgetNamesOfOtherHome();
        return _institutions[organization.Id] ??= FindInstitution(organization);
    }

    /// <summary>石河子大学|学校|办公室: the word for the kind once more.</summary>
    private bool IsSchoolAgain(LexiconHit suffix) => suffix.Length == 2 && Text[suffix.Start] == '学' && Text[suffix.End - 1] == '校' && context.Index.TryEnd(suffix.Start, Institutions, out _);

    private string FindInstitution(OrganizationEntity organization)
    {
        foreach (TextSpan span in organization.Spans)
        {
            if (span.Length != organization.Name.Length) continue;
            // The last one counts that is no college of another: 西南林业大学|林学院.
            int first = span.End;
            for (int end = span.End; end > span.Start + 3; end--)
            {
                if (!context.Index.TryEnd(end, Institutions, out LexiconHit suffix) || suffix.Start <= span.Start || suffix.Length <= 1 || IsSchoolAgain(suffix)) continue;
                first = end;
                if (!context.Index.Terms(suffix).Has(TermClass.LevelWord)) break;
            }
            return first == span.End ? FullName(organization) : Text[span.Start..first];
        }
        return FullName(organization);
    }

    /// <summary>A place and a body that begins with the place's level: 龙南市 + 市商务局.</summary>
    public static string WithPlace(string place, string body) => RepeatsLevel(place, body) ? string.Concat(place, body.AsSpan(1)) : place + body;

    /// <summary>Whether a body begins with its place's level.</summary>
    public static bool RepeatsLevel(string place, string body) => place.Length > 0 && body.Length > 0 && !BeginsWithWord(body)
        && (body[0] == place[^1] || (body[0] == '乡' ? body.Length > 2 : LeadingLevel(body) is not BodyLevel.None));

    /// <summary>A leader of the Party whose words are cited: 总书记…重要讲话.</summary>
    public bool IsCitedLeader(PersonEntity person)
    {
        if (!person.Posts.Exists(static post => post.Text.EndsWith("总书记", StringComparison.Ordinal))) return false;
        return person.Spans.Exists(span => Text.AsSpan(span.End, Math.Min(30, Text.Length - span.End)).IndexOfAny(CitedWords) >= 0);
    }

    /// <summary>Somebody whose posts are of a national body only.</summary>
    public bool IsNationalLeader(PersonEntity person)
    {
        ref byte known = ref _roles[person.Id].National;
        if (known == 0) known = (byte)(FindNationalLeader(person) ? 2 : 1);
        return known == 2;
    }

    private bool FindNationalLeader(PersonEntity person)
    {
        foreach (Post post in person.Posts)
        {
            if (post.Text.Contains("总书记", StringComparison.Ordinal) || post.Text.Contains("国家主席", StringComparison.Ordinal)) return true;
            if (context.Index.TryStart(post.Span.Start, National, out _)) return true;
        }
        return false;
    }
}
