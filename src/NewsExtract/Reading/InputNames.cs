namespace NewsExtract.Reading;

/// <summary>What a file's name and first bytes say about its form.</summary>
internal static class InputNames
{
    private static readonly (string End, InputFormat Format)[] Known =
    [
        (".tar.gz", InputFormat.Tar), (".tgz", InputFormat.Tar), (".warc.gz", InputFormat.Warc),
        (".txt", InputFormat.Text), (".html", InputFormat.Html), (".htm", InputFormat.Html), (".shtml", InputFormat.Html), (".xhtml", InputFormat.Html),
        (".jsonl", InputFormat.JsonLines), (".ndjson", InputFormat.JsonLines), (".csv", InputFormat.Csv), (".tsv", InputFormat.Csv), (".zip", InputFormat.Zip),
        (".tar", InputFormat.Tar), (".gz", InputFormat.Gzip), (".warc", InputFormat.Warc),
    ];

    /// <summary>The form that the name's end tells, or null.</summary>
    public static InputFormat? Format(ReadOnlySpan<char> name)
    {
        foreach ((string end, InputFormat format) in Known)
            if (name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) return format;
        return null;
    }

    /// <summary>Whether the file is packed with gzip on top of its form.</summary>
    public static bool IsGzipped(ReadOnlySpan<char> name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the form holds other files.</summary>
    public static bool IsArchive(InputFormat format) => format is InputFormat.Zip or InputFormat.Tar or InputFormat.Gzip or InputFormat.Warc;

    /// <summary>The form that the first bytes look like; plain text where they look like nothing else.</summary>
    public static InputFormat Sniff(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return InputFormat.Gzip;
        if (head.StartsWith("PK\u0003\u0004"u8)) return InputFormat.Zip;
        if (head.StartsWith("WARC/"u8)) return InputFormat.Warc;
        if (head.Length > 262 && head.Slice(257, 5).SequenceEqual("ustar"u8)) return InputFormat.Tar;
        head = head[CharsetDetector.MarkLength(head)..].TrimStart(" \t\r\n\0"u8);
        if (head.StartsWith("{"u8)) return InputFormat.JsonLines;
        if (head.StartsWith("<"u8)) return InputFormat.Html;
        return InputFormat.Text;
    }

    /// <summary>Whether a member's name would lead out of the folder it is unpacked to.</summary>
    public static bool LeadsOut(ReadOnlySpan<char> name)
    {
        if (name.StartsWith("/") || name.StartsWith("\\") || (name.Length > 1 && name[1] == ':')) return true;
        foreach (Range part in name.SplitAny('/', '\\'))
            if (name[part] is "..") return true;
        return false;
    }
}
