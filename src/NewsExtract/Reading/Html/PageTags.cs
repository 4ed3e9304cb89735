using System.Collections.Frozen;

namespace NewsExtract.Reading.Html;

/// <summary>What a tag means for the outline of a page.</summary>
[Flags]
internal enum TagTraits : ushort
{
    None = 0,
    /// <summary>Begins and ends a block of text.</summary>
    Block = 1,
    /// <summary>Has no end tag.</summary>
    Void = 2,
    /// <summary>Its content is no text at all.</summary>
    Skipped = 4,
    /// <summary>Its content is not markup: the tokenizer must be told.</summary>
    Raw = 8,
    /// <summary>Navigation, asides, forms: text, but not the article's.</summary>
    Outside = 16,
    /// <summary>A headline.</summary>
    Heading = 32,
    /// <summary>A list item, a cell, …: closes an open one of its kind.</summary>
    ClosesSame = 64,
    /// <summary>An end tag inside does not close anything outside.</summary>
    Scope = 128,
    /// <summary>An open paragraph ends where it begins.</summary>
    ClosesParagraph = 256,
    /// <summary>A link.</summary>
    Link = 512,
}

/// <summary>The tags that matter; all others are inline and leave no trace.</summary>
internal static class PageTags
{
    private const TagTraits Flow = TagTraits.Block | TagTraits.ClosesParagraph;

    private static readonly FrozenDictionary<string, TagTraits> All = new Dictionary<string, TagTraits>
    {
        ["html"] = TagTraits.Block,
        ["body"] = TagTraits.Block,
        ["head"] = TagTraits.Block,
        ["div"] = Flow,
        ["p"] = Flow,
        ["section"] = Flow,
        ["article"] = Flow,
        ["main"] = Flow,
        ["center"] = Flow,
        ["blockquote"] = Flow,
        ["pre"] = Flow,
        ["figure"] = Flow,
        ["figcaption"] = Flow,
        ["address"] = Flow,
        ["details"] = Flow,
        ["summary"] = Flow,
        ["fieldset"] = Flow,
        ["hgroup"] = Flow,
        ["header"] = Flow,
        ["nav"] = Flow | TagTraits.Outside,
        ["aside"] = Flow | TagTraits.Outside,
        ["footer"] = Flow | TagTraits.Outside,
        ["form"] = Flow,
        ["menu"] = Flow | TagTraits.Outside,
        ["h1"] = Flow | TagTraits.Heading,
        ["h2"] = Flow | TagTraits.Heading,
        ["h3"] = Flow | TagTraits.Heading,
        ["h4"] = Flow | TagTraits.Heading,
        ["h5"] = Flow | TagTraits.Heading,
        ["h6"] = Flow | TagTraits.Heading,
        ["ul"] = Flow,
        ["ol"] = Flow,
        ["dl"] = Flow,
        ["li"] = Flow | TagTraits.ClosesSame,
        ["dt"] = Flow | TagTraits.ClosesSame,
        ["dd"] = Flow | TagTraits.ClosesSame,
        ["table"] = TagTraits.Block | TagTraits.Scope,
        ["caption"] = TagTraits.Block | TagTraits.Scope,
        ["thead"] = TagTraits.Block,
        ["tbody"] = TagTraits.Block,
        ["tfoot"] = TagTraits.Block,
        ["tr"] = TagTraits.Block | TagTraits.ClosesSame,
        ["td"] = TagTraits.Block | TagTraits.ClosesSame | TagTraits.Scope,
        ["th"] = TagTraits.Block | TagTraits.ClosesSame | TagTraits.Scope,
        ["br"] = TagTraits.Void,
        ["hr"] = TagTraits.Void | TagTraits.Block | TagTraits.ClosesParagraph,
        ["img"] = TagTraits.Void,
        ["input"] = TagTraits.Void,
        ["meta"] = TagTraits.Void,
        ["link"] = TagTraits.Void,
        ["base"] = TagTraits.Void,
        ["col"] = TagTraits.Void,
        ["embed"] = TagTraits.Void,
        ["source"] = TagTraits.Void,
        ["track"] = TagTraits.Void,
        ["wbr"] = TagTraits.Void,
        ["area"] = TagTraits.Void,
        ["param"] = TagTraits.Void,
        ["a"] = TagTraits.Link,
        ["title"] = TagTraits.Raw | TagTraits.Skipped,
        ["textarea"] = TagTraits.Raw | TagTraits.Skipped,
        ["script"] = TagTraits.Raw | TagTraits.Skipped,
        ["style"] = TagTraits.Raw | TagTraits.Skipped,
        ["xmp"] = TagTraits.Raw | TagTraits.Skipped,
        ["iframe"] = TagTraits.Raw | TagTraits.Skipped,
        ["noembed"] = TagTraits.Raw | TagTraits.Skipped,
        ["noframes"] = TagTraits.Raw | TagTraits.Skipped,
        ["noscript"] = TagTraits.Skipped,
        ["template"] = TagTraits.Skipped,
        ["select"] = TagTraits.Skipped,
        ["button"] = TagTraits.Skipped,
        ["svg"] = TagTraits.Skipped,
        ["math"] = TagTraits.Skipped,
        ["object"] = TagTraits.Skipped,
        ["audio"] = TagTraits.Skipped,
        ["video"] = TagTraits.Skipped,
        ["canvas"] = TagTraits.Skipped,
        ["rt"] = TagTraits.Skipped,
        ["rp"] = TagTraits.Skipped,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, TagTraits>.AlternateLookup<ReadOnlySpan<char>> Lookup = All.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, string> Names = All.Keys.ToFrozenDictionary(name => name, name => name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> NameLookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The traits of a tag by its lower-case name.</summary>
    public static TagTraits Of(ReadOnlySpan<char> name) => Lookup.TryGetValue(name, out TagTraits traits) ? traits : TagTraits.None;

    /// <summary>The one instance of a known tag's name, or "" for others.</summary>
    public static string Name(ReadOnlySpan<char> name) => NameLookup.TryGetValue(name, out string? known) ? known : "";
}
