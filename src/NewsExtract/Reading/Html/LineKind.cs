namespace NewsExtract.Reading.Html;

/// <summary>What a line of a page is taken for.</summary>
internal enum LineKind : byte
{
    /// <summary>Text that may belong to the article.</summary>
    Text,
    /// <summary>Mostly a link.</summary>
    Link,
    /// <summary>A page control.</summary>
    Furniture,
    /// <summary>The page's footer.</summary>
    Footer,
    /// <summary>Inside navigation, comments, related links and the like.</summary>
    Outside,
}
