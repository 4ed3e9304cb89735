using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>Posts that are a country's or a council's by their own words.</summary>
internal sealed partial class AffiliationCandidates
{
    private static readonly TermSet NationHeads = TermSet.Of(TermClass.NationHead);

    /// <summary>驻埃塞俄比亚大使, 韩国驻青岛总领事馆总领事: those who stand for a country are its own; one with a Han name and no country in front is China's.</summary>
    private void OfferCountryOfEnvoy(ParticipantDraft draft, Post post)
    {
        if (!post.Text.EndsWith("大使", StringComparison.Ordinal) && !post.Text.EndsWith("总领事", StringComparison.Ordinal)) return;
        int at = post.Text.IndexOf('驻', StringComparison.Ordinal);
        if (at > 0) OfferText(AffiliationSource.PlainPlace, Party.None, post.Text[..at]);
        else if (at == 0 && relations.Origins.Of(draft.Person) == 1) OfferText(AffiliationSource.PlainPlace, Party.None, "中国");
    }

    /// <summary>市议员, 议长, 众议长, 立法会议员: the council that they are of; null for other posts, and for places that have congresses.</summary>
    private static string? ChamberOf(Post post, PlaceEntity place) =>
        place.Country == "CN" || !(post.Text.EndsWith("议员", StringComparison.Ordinal) || post.Text.EndsWith("议长", StringComparison.Ordinal)) ? null
        : post.Text.Contains("立法会", StringComparison.Ordinal) ? "立法会" : post.Text[^Math.Min(3, post.Text.Length)] switch { '众' => "众议院", '参' => "参议院", _ => "议会" };

    /// <summary>总统, 首相: of one of the countries named; 乌总统: of one that begins so.</summary>
    private void CollectNations(Post post)
    {
        foreach (PlaceEntity place in Resolved.Places)
        {
            if (place.Level != BodyLevel.Nation || !_near.Has(place.Id)) continue;
            bool begins = context.Text[post.Span.Start] == place.Written[0];
            OfferText(begins ? AffiliationSource.OwnPlace : AffiliationSource.ArticlePlace, new Party(place.Id, -1), place.Written);
        }
    }
}
