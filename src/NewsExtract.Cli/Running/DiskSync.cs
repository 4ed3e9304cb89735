using System.Runtime.InteropServices;

namespace NewsExtract.Cli.Running;

/// <summary>
/// Brings names to the disk. Flushing a file makes its content safe, not the entry in its folder: after a power cut a
/// new file may be gone, or a renamed one have its old name, until the folder itself was flushed (POSIX <c>fsync</c>).
/// </summary>
internal static class DiskSync
{
    /// <summary>Flushes the folder that <paramref name="path"/> stands in. Does nothing on Windows, whose file systems log names themselves, or where a folder can't be flushed.</summary>
    public static void FolderOf(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        int folder = Open(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/", 0);
        if (folder < 0) return;
        _ = Sync(folder);
        _ = Close(folder);
    }

    /// <summary>Flushes the content of a file that somebody else has written.</summary>
    public static void File(string path)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
