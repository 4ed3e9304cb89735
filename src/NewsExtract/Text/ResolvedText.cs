namespace NewsExtract.Text;

/// <summary>Which level of place or body a post speaks of without naming it: <c>副县长</c> is of a county.</summary>
public enum BodyLevel : byte
{
    /// <summary>The post names its body, or has no level.</summary>
    None,
    /// <summary>State and national bodies.</summary>
    Nation,
    /// <summary>省, 自治区, 直辖市.</summary>
    Province,
    /// <summary>市, 州, 盟.</summary>
    City,
    /// <summary>县, 区, 旗.</summary>
    County,
    /// <summary>镇, 乡, 街道.</summary>
    Town,
    /// <summary>村, 社区.</summary>
    Village,
    /// <summary>校, 院, 公司, 集团 and the like.</summary>
    Organization,
}

/// <summary>A post as understood.</summary>
/// <param name="Text">As written, without spaces.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Place">The place entity that it names, or -1.</param>
/// <param name="Organization">The organisation entity that it names, or -1.</param>
/// <param name="Body">The words between place and head that name a body of its own (<c>商务局</c>); empty where the post is the place's.</param>
/// <param name="Level">Of which level the place is that it leaves out.</param>
/// <param name="Shared">Whether it is taken over from the name before.</param>
public sealed record Post(string Text, TextSpan Span, int Place, int Organization, string Body, BodyLevel Level, bool Shared);

/// <summary>A person: all that is said of one name.</summary>
public sealed class PersonEntity
{
    /// <summary>Index in <see cref="ResolvedText.People"/>.</summary>
    public required int Id { get; init; }
    /// <summary>The full name.</summary>
    public required string Name { get; init; }
    /// <summary>Where the name stands; ascending.</summary>
    public List<TextSpan> Spans { get; } = [];
    /// <summary>Each post once, in order of first mention.</summary>
    public List<Post> Posts { get; } = [];
    /// <summary>References by surname and post or by a part of a long name; ascending.</summary>
    public List<TextSpan> References { get; } = [];
    /// <summary>The full name's mentions, then the references.</summary>
    public IEnumerable<TextSpan> AllSpans => References.Count == 0 ? Spans : Spans.Concat(References);
    /// <summary>Whether the name stands among the article's makers.</summary>
    public bool IsCredit { get; set; }
}

/// <summary>A place: all mentions that mean it.</summary>
public sealed class PlaceEntity
{
    /// <summary>Index in <see cref="ResolvedText.Places"/>.</summary>
    public required int Id { get; init; }
    /// <summary>Identifier in the gazetteer, or -1 for a zone or place that it does not have.</summary>
    public required int GazetteerId { get; init; }
    /// <summary>The place entity above it that the text gives (for places without identifier), or -1.</summary>
    public int Parent { get; set; } = -1;
    /// <summary>The form in the text that tells its level, the most frequent of several: <c>松桃县</c>.</summary>
    public string Written { get; set; } = "";
    /// <summary>Full chain: <c>贵州省铜仁市松桃苗族自治县</c>.</summary>
    public string Chain { get; set; } = "";
    /// <summary>Administrative code, or null.</summary>
    public string? Code { get; set; }
    /// <summary>ISO 3166 alpha-2, or null.</summary>
    public string? Country { get; set; }
    /// <summary>Of which level it is.</summary>
    public BodyLevel Level { get; set; }
    /// <summary>Whether it lies abroad.</summary>
    public bool IsForeign => Country is not (null or "CN" or "HK" or "MO" or "TW");
    /// <summary>Where it stands; ascending.</summary>
    public List<TextSpan> Spans { get; } = [];
}

/// <summary>An organisation: all mentions that mean it.</summary>
public sealed class OrganizationEntity
{
    /// <summary>Index in <see cref="ResolvedText.Organizations"/>.</summary>
    public required int Id { get; init; }
    /// <summary>The fullest form in the text.</summary>
    public string Name { get; set; } = "";
    /// <summary>The place in front of or inside the name, or -1.</summary>
    public int Place { get; set; } = -1;
    /// <summary>Whether it is a company.</summary>
    public bool IsCompany { get; set; }
    /// <summary>Where it stands; ascending.</summary>
    public List<TextSpan> Spans { get; } = [];
}

/// <summary>
/// Whose story it is: what the later questions (whose county, whose side, who are 双方) are answered from.
/// </summary>
public sealed class StoryFrame
{
    /// <summary>The place entity that the outlet speaks for (我县), or -1.</summary>
    public int Home { get; set; } = -1;
    /// <summary>The organisation entity that the outlet speaks for (我校), or -1.</summary>
    public int HomeOrganization { get; set; } = -1;
    /// <summary>The level of bare posts (县委书记) in the article.</summary>
    public BodyLevel BareLevel { get; set; }
}

/// <summary>An article with its mentions resolved to entities. Spans are UTF-16 offsets into the repaired text, half-open.</summary>
public sealed class ResolvedText
{
    /// <summary>The article as read.</summary>
    public required Article Article { get; init; }
    /// <summary>The repaired text with its alignment.</summary>
    public required CleanText Clean { get; init; }
    /// <summary>What was tagged.</summary>
    public required TaggedText Tagged { get; init; }
    /// <summary>The article's parts.</summary>
    public Layout Layout => Tagged.Layout;
    /// <summary>The repaired text.</summary>
    public string Text => Clean.Text;
    /// <summary>The people, by first mention.</summary>
    public List<PersonEntity> People { get; } = [];
    /// <summary>For each of <see cref="TaggedText.Names"/> its person.</summary>
    public int[] PersonOfName { get; set; } = [];
    /// <summary>The places, by first mention.</summary>
    public List<PlaceEntity> Places { get; } = [];
    /// <summary>For each of <see cref="TaggedText.Places"/> its place.</summary>
    public int[] PlaceOfMention { get; set; } = [];
    /// <summary>The organisations, by first mention.</summary>
    public List<OrganizationEntity> Organizations { get; } = [];
    /// <summary>For each of <see cref="TaggedText.Organizations"/> its organisation.</summary>
    public int[] OrganizationOfMention { get; set; } = [];
    /// <summary>The date expressions, by start.</summary>
    public ResolvedDates Dates { get; } = new();
    /// <summary>Whose story it is.</summary>
    public StoryFrame Frame { get; } = new();
}
