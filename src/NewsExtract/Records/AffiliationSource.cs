namespace NewsExtract.Records;

/// <summary>Where a candidate for an affiliation comes from. The numbers are values of features.</summary>
internal enum AffiliationSource : byte
{
    /// <summary>The full name of the organisation in the post, where the post has a short one.</summary>
    FullName,
    /// <summary>The place in the post, with the post's body where it has one.</summary>
    OwnPlace,
    /// <summary>The organisation in the post.</summary>
    OwnBody,
    /// <summary>The place of somebody named before in the sentence.</summary>
    BeforeInSentence,
    /// <summary>The outlet's place.</summary>
    Home,
    /// <summary>The outlet's organisation.</summary>
    HomeBody,
    /// <summary>The body of the trip's leader.</summary>
    Leader,
    /// <summary>A visited place.</summary>
    To,
    /// <summary>Where the visitors belong.</summary>
    From,
    /// <summary>An organisation named shortly before.</summary>
    BodyBefore,
    /// <summary>The institution whose department the post names.</summary>
    Institution,
    /// <summary>A place named before in the sentence.</summary>
    NearPlace,
    /// <summary>The place in the post alone.</summary>
    PlainPlace,
    /// <summary>The place of the post's level above the outlet's.</summary>
    AboveHome,
    /// <summary>The place of the post's level above a visited one.</summary>
    AboveTo,
    /// <summary>The place of the post's level above the visitors'.</summary>
    AboveFrom,
    /// <summary>The affiliation of somebody named before in the sentence, as it was given to him.</summary>
    Mate,
    /// <summary>Any place of the story that has the post's level.</summary>
    ArticlePlace,
    /// <summary>Any school, hospital or company of the story.</summary>
    ArticleInstitution,
    /// <summary>The village or site named before in the sentence.</summary>
    Site,
    /// <summary>The body in the post with 管委会, 办事处 and the like at its end, or a body without a place.</summary>
    OwnText,
    /// <summary>The council of a place, for its members.</summary>
    Council,
    /// <summary>The front of the post, up to a word that can end a body.</summary>
    Front,
}
