namespace NewsExtract.Text;

/// <summary>
/// The stable codes of diagnostics, in one place. 1xxx come from reading, 9xxx from the run itself. A code never
/// changes its meaning; README lists them.
/// </summary>
public static class DiagnosticCodes
{
    /// <summary>The encoding was told from the bytes alone, and not with certainty.</summary>
    public const string EncodingGuessed = "NX1001";
    /// <summary>Some bytes stand for no character of the encoding; U+FFFD stands in their place.</summary>
    public const string UndecodableBytes = "NX1002";
    /// <summary>The declared encoding does not fit the bytes, and another one was used.</summary>
    public const string CharsetContradicted = "NX1003";
    /// <summary>Half of a surrogate pair stood alone; U+FFFD stands in its place.</summary>
    public const string LoneSurrogate = "NX1004";

    /// <summary>A file or folder can't be opened or read. A failure.</summary>
    public const string Unreadable = "NX1101";
    /// <summary>An article is larger than the limit. A failure.</summary>
    public const string TooLarge = "NX1102";
    /// <summary>An archive or one of its members is damaged. A failure.</summary>
    public const string ArchiveDamaged = "NX1103";
    /// <summary>An archive or compressed file ends too early. A failure.</summary>
    public const string ArchiveTruncated = "NX1104";
    /// <summary>Data expands to suspiciously much, or members overlap. A failure.</summary>
    public const string CompressionBomb = "NX1105";
    /// <summary>An archive inside an archive is not opened. A remark.</summary>
    public const string NestedArchive = "NX1106";
    /// <summary>A member's name leads out of its archive; it is only a name here. A remark.</summary>
    public const string UnsafeName = "NX1107";
    /// <summary>A linked folder is not followed. A remark.</summary>
    public const string LinkNotFollowed = "NX1108";
    /// <summary>A member is encrypted or packed in an unknown way. A failure.</summary>
    public const string Unsupported = "NX1109";

    /// <summary>A page holds no article text: a list of links, a form. A remark; the record is empty.</summary>
    public const string NoArticleText = "NX1201";
    /// <summary>There is no text at all. A remark; the record is empty.</summary>
    public const string Empty = "NX1202";
    /// <summary>Tags are nested deeper than is followed. A remark.</summary>
    public const string TooDeep = "NX1203";

    /// <summary>A line is no JSON object. A failure.</summary>
    public const string JsonInvalid = "NX1301";
    /// <summary>A line or row has neither text nor HTML. A failure.</summary>
    public const string TextMissing = "NX1302";
    /// <summary>A field could not be understood, e.g. the day of publication. A remark.</summary>
    public const string FieldIgnored = "NX1303";
    /// <summary>A CSV file can't be read on from here. A failure.</summary>
    public const string CsvInvalid = "NX1401";
    /// <summary>A CSV file has no column for the text. A failure.</summary>
    public const string CsvColumnMissing = "NX1402";
    /// <summary>A WARC file can't be read on from here. A failure.</summary>
    public const string WarcInvalid = "NX1501";

    /// <summary>An article made the program fail. A failure.</summary>
    public const string InternalError = "NX9001";
    /// <summary>An article took longer than the limit. A failure.</summary>
    public const string TimeLimit = "NX9002";
}
