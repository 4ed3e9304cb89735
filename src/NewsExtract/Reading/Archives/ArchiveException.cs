namespace NewsExtract.Reading.Archives;

/// <summary>An archive that can't be read on; never leaves <see cref="InputReader"/>.</summary>
internal sealed class ArchiveException(string code, string message) : Exception(message)
{
    /// <summary>The diagnostic's code.</summary>
    public string Code => code;
}
