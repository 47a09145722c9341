using System.Diagnostics;

namespace Market.TestSupport;

/// <summary>A test that mounts a file system in memory; skipped where this process may not mount one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithMountAttribute : FactAttribute
{
    private static readonly Lazy<bool> MayMount = new(TryMount);

    public FactWithMountAttribute()
    {
        if (!MayMount.Value)
        {
            Skip = "This process may not mount a tmpfs: run it as root on Linux.";
        }
    }

    /// <summary>Runs a program to its end; whether it succeeded.</summary>
    public static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static bool TryMount()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return false;
        }

        var folder = Directory.CreateTempSubdirectory("market-mount-").FullName;
        var isMounted = Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder) && Run("umount", folder);
        Directory.Delete(folder);
        return isMounted;
    }
}
