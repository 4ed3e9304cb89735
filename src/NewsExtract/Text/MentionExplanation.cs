namespace NewsExtract.Text;

/// <summary>One property of a stretch and what it counted for.</summary>
/// <param name="Feature">The property's name.</param>
/// <param name="Value">What it is in this place, readable: a word, a character, a class.</param>
/// <param name="Weight">What it adds to the logarithm of the odds; negative where it speaks against the mention.</param>
public readonly record struct FeatureWeight(string Feature, string Value, double Weight);

/// <summary>A rule that makes mentions; a row of <c>models/sources/rules/mentions.tsv</c>.</summary>
/// <param name="Name">The rule's name.</param>
/// <param name="Kind">What its mentions name.</param>
/// <param name="Says">What it says, in a few words.</param>
/// <param name="Example">A sentence in which it makes the mention that stands in 【】.</param>
public sealed record MentionRule(string Name, MentionKind Kind, string Says, string Example);

/// <summary>Why a stretch is a mention.</summary>
/// <param name="Mention">The mention as the record has it.</param>
/// <param name="Rule">The rule that proposed it; null where the models have no such rule.</param>
/// <param name="Properties">The properties that the mention weights judged it by, the heaviest first; empty for dates and agreements, which rules alone decide.</param>
/// <param name="Characters">Where the sequence model has the same stretch for a name: what it saw, against an ordinary word, the heaviest first.</param>
public sealed record MentionExplanation(MentionRecord Mention, MentionRule? Rule, IReadOnlyList<FeatureWeight> Properties, IReadOnlyList<FeatureWeight> Characters);

/// <summary>An article's record with the reasons for its mentions.</summary>
/// <param name="Record">The record, the same as without reasons.</param>
/// <param name="Mentions">A reason for each of the record's mentions, in their order.</param>
public sealed record ArticleExplanation(ArticleRecord Record, IReadOnlyList<MentionExplanation> Mentions);
