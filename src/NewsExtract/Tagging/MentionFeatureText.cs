using System.Globalization;
using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>Values of <see cref="MentionFeature"/> in words. The numbers are those that <see cref="BodyFeatures"/> writes.</summary>
internal static class MentionFeatureText
{
    // By what BodyFeatures.ClassOf gives; 0 is no ending.
    private static readonly string[] EndingClasses =
        ["no ending", "national-body", "company-suffix", "school-suffix", "hospital-suffix", "bureau", "government-body", "party-body", "congress-body",
         "consultative-body", "facility-suffix", "zone-suffix", "org-suffix", "outlet-suffix"];

    // By what BodyFeatures.AddModel gives.
    private static readonly string[] Relations =
        ["", "is a body", "is a place", "is a person", "is a word", "begins inside a body", "begins inside a word", "ends inside a body", "ends inside a word",
         "words, the last a body", "words, the first a body", "words, the last a place", "words, the first a place", "words", "", "white space"];

    // By what BodyFeatures.AddCore gives.
    private static readonly string[] Cores = ["nothing", "unknown words", "common words", "common and rare words", "rare words"];

    /// <summary>The value of a key of a kind's weights.</summary>
    public static string Value(MentionKind kind, int key, Lexicon lexicon)
    {
        MentionFeature feature = MentionFeatures.FeatureOf(key);
        int value = MentionFeatures.ValueOf(key);
        if (MentionFeatures.IsWord(feature)) return lexicon.Text(value);
        if (MentionFeatures.IsCharacter(feature)) return value == '\n' ? "line break" : ((char)value).ToString();
        return feature switch
        {
            MentionFeature.None => "",
            MentionFeature.Rule => RuleName(kind, value),
            MentionFeature.RuleAndBefore or MentionFeature.RuleAndAfter => $"{RuleName(kind, value / 128)}, {Tag(value % 128)}",
            MentionFeature.RuleAndModel => $"{RuleName(kind, value / 16)}, {At(Relations, value % 16)}",
            MentionFeature.SuffixClass or MentionFeature.SuffixIsAll => At(EndingClasses, value),
            MentionFeature.ModelAndSuffixClass => $"{At(Relations, value / 16)}, {At(EndingClasses, value % 16)}",
            MentionFeature.CoreAndSuffixClass => $"{At(Cores, value / 32)}, {At(EndingClasses, value / 2 % 16)}{(value % 2 == 1 ? ", several words" : "")}",
            MentionFeature.FirstTag or MentionFeature.BeforeTag or MentionFeature.AfterTag or MentionFeature.LexiconTag or MentionFeature.LastTag => Tag(value),
            MentionFeature.FirstClass or MentionFeature.BeforeClass or MentionFeature.AfterClass => TermClasses.Name((TermClass)value),
            MentionFeature.Model => At(Relations, value),
            MentionFeature.ModelScore => string.Create(CultureInfo.InvariantCulture, $"{At(Relations, value / 10)}, {value % 10 / 10.0:F1} and more"),
            MentionFeature.CoreKind => At(Cores, value),
            MentionFeature.PlaceLevel => ((PlaceLevel)value).ToString(),
            MentionFeature.PlaceBefore => Before(value),
            MentionFeature.LeadAndBefore => $"{value / 16} places, {Before(value % 16)} in front",
            MentionFeature.Role => ((TextRole)value).ToString(),
            MentionFeature.IsPlaceName => value switch { 1 => "full name", 2 => "short form", _ => "other" },
            MentionFeature.InQuotes => value == 2 ? "both sides" : "begins",
            MentionFeature.IsRuleStart or MentionFeature.PersonInside or MentionFeature.FunctionWordInside or MentionFeature.PartOfLonger => "yes",
            _ => value.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static string RuleName(MentionKind kind, int number) =>
        At(kind == MentionKind.Organization ? OrganizationTagger.RuleNames : MentionCollector.Rules, number);

    private static string Before(int value) => value == 0 ? "no place" : ((PlaceLevel)(value - 1)).ToString();

    // 63 is a stretch that is no word of the lexicon, 64 and above a name's tag; 0 is a mark or none.
    private static string Tag(int value) => value switch
    {
        0 => "no word",
        63 => "unknown",
        > 63 => value == 64 ? "unknown word" : "name " + PartsOfSpeech.Name((PartOfSpeech)(value - 64)),
        _ => PartsOfSpeech.Name((PartOfSpeech)value),
    };

    private static string At(string[] names, int number) => number < names.Length ? names[number] : number.ToString(CultureInfo.InvariantCulture);
}
