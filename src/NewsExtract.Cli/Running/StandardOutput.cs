using Microsoft.Win32.SafeHandles;

namespace NewsExtract.Cli.Running;

/// <summary>Standard output as a stream that says when the reader at the other end has gone.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;
    private const int BrokenPipe = 32; // EPIPE on Linux and macOS

    /// <summary>
    /// Opens it. The console's own stream swallows what nobody reads any more, and <c>extract archive.zip | head</c> would go
    /// through the whole archive; a file's position, on the other hand, only the console's stream shares with other programs.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardOutput();
        try
        {
            var pipe = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!pipe.CanSeek) return pipe;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Closed, or of a kind that a file stream does not take.
        }
        return Console.OpenStandardOutput();
    }

    /// <summary>Whether a write failed because nobody reads any more.</summary>
    public static bool IsReaderGone(IOException e) => e.HResult == BrokenPipe;
}
