namespace NewsExtract.Text;

/// <summary>What somebody did for an article.</summary>
public enum CreditKind : byte
{
    /// <summary>Wrote it, without a nearer word.</summary>
    Author,
    /// <summary>记者.</summary>
    Reporter,
    /// <summary>通讯员.</summary>
    Correspondent,
    /// <summary>摄影, 图.</summary>
    Photographer,
    /// <summary>编辑, 责编.</summary>
    Editor,
    /// <summary>校对, 审核, 签发.</summary>
    Reviewer,
}

/// <summary>The name of somebody who made the article.</summary>
/// <param name="Span">Where the name stands in the repaired text; it may still hold a space (<c>段青 云</c>).</param>
/// <param name="Kind">What he or she did.</param>
public readonly record struct CreditMention(TextSpan Span, CreditKind Kind)
{
    /// <summary>The role as the record has it: <c>reporter</c>, <c>editor</c>, ….</summary>
    public string Role => Kind switch
    {
        CreditKind.Reporter => "reporter",
        CreditKind.Correspondent => "correspondent",
        CreditKind.Photographer => "photographer",
        CreditKind.Editor => "editor",
        CreditKind.Reviewer => "reviewer",
        _ => "author",
    };

    /// <summary>The record of each name, once a name and role, in order.</summary>
    public static List<Credit> ToRecords(ReadOnlySpan<char> text, IReadOnlyList<CreditMention> mentions)
    {
        var records = new List<Credit>(mentions.Count);
        foreach (CreditMention mention in mentions)
        {
            string name = new string(text[mention.Span.Start..mention.Span.End]).Replace(" ", "", StringComparison.Ordinal).Replace("\u3000", "", StringComparison.Ordinal);
            var record = new Credit(name, mention.Role);
            if (!records.Contains(record)) records.Add(record);
        }
        return records;
    }
}
