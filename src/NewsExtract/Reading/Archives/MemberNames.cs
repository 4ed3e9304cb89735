using System.Text;

namespace NewsExtract.Reading.Archives;

/// <summary>The names of archive members.</summary>
internal static class MemberNames
{
    /// <summary>Bytes to text: UTF-8 where they are, else GB18030, as Chinese systems write them. Control characters become U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> name)
    {
        string text = System.Text.Unicode.Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : CharsetDetector.ByLabel("gb18030")!.Value.Encoding.GetString(name);
        return text.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0 ? text : new string([.. text.Select(c => c < ' ' ? '\uFFFD' : c)]);
    }

    /// <summary>Whether the member only belongs to a file system's own housekeeping.</summary>
    public static bool IsHousekeeping(string name) => name.StartsWith("__MACOSX/", StringComparison.Ordinal) || name.AsSpan(name.LastIndexOf('/') + 1).StartsWith("._");
}
