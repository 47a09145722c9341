using System.Globalization;

namespace Market.Grains.Tests.Journaling;

/// <summary>The disk below a folder, as Linux counts what it was asked to do.</summary>
internal sealed class BlockDevice(string statistics)
{
    // Documentation/admin-guide/iostats.rst: field 16 of 17 counts completed flush requests.
    private const int FlushesField = 15;

    /// <summary>Flushes that the device has completed since it was attached.</summary>
    public long Flushes => long.Parse(Fields(statistics)[FlushesField], CultureInfo.InvariantCulture);

    /// <summary>The device that holds a folder; null where the system counts no flushes of it.</summary>
    public static BlockDevice? Of(string folder)
    {
        if (!File.Exists("/proc/self/mountinfo"))
        {
            return null;
        }

        var mount = File.ReadLines("/proc/self/mountinfo")
            .Select(line => line.Split(' '))
            .Where(parts => (folder + '/').StartsWith(parts[4].TrimEnd('/') + '/', StringComparison.Ordinal))
            .MaxBy(parts => parts[4].Length);
        if (mount is null)
        {
            return null;
        }

        // The flushes of a partition are counted by the disk that it is on.
        var device = new DirectoryInfo($"/sys/dev/block/{mount[2]}");
        var target = device.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? device.FullName;
        var disk = File.Exists(Path.Combine(target, "partition")) ? Path.GetDirectoryName(target)! : target;
        var statistics = Path.Combine(disk, "stat");
        return File.Exists(statistics) && Fields(statistics).Length > FlushesField ? new BlockDevice(statistics) : null;
    }

    private static string[] Fields(string statistics) =>
        File.ReadAllText(statistics).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>
/// A fact about what reaches the disk; skipped, with the reason, where the system does not count that.
/// </summary>
internal sealed class FactOnCountedDiskAttribute : FactAttribute
{
    public FactOnCountedDiskAttribute()
    {
        if (BlockDevice.Of(Path.GetTempPath()) is null)
        {
            Skip = $"The system counts no flushes of the disk below {Path.GetTempPath()}.";
        }
    }
}
