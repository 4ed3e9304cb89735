using System.Diagnostics;

namespace NewsExtract.Tests.EndToEnd;

/// <summary>A theory that needs a disk of its own, small or read-only: skipped, with its reason, where none can be mounted.</summary>
public sealed class MountTheoryAttribute : TheoryAttribute
{
    public MountTheoryAttribute()
    {
        if (!SmallDisk.CanMount) Skip = "No file system can be mounted here: that takes Linux and the rights of root.";
    }
}

/// <summary>A file system in memory of a given size.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly bool _isMounted;

    public SmallDisk(string size)
    {
        Path = Directory.CreateTempSubdirectory("newsextract-disk").FullName;
        _isMounted = Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Path);
    }

    public static bool CanMount { get; } = TryMount();

    public string Path { get; }

    public bool Remount(string options) => Run("mount", "-o", $"remount,{options}", Path);

    public void Dispose()
    {
        if (_isMounted) Run("umount", Path);
        Directory.Delete(Path);
    }

    private static bool TryMount()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return false;
        using var disk = new SmallDisk("64k");
        return disk._isMounted;
    }

    private static bool Run(string program, params string[] args)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
