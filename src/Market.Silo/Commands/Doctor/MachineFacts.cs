using System.Globalization;
using System.Runtime.InteropServices;

namespace Market.Silo.Commands.Doctor;

/// <summary>What this machine lets the program have, and what it runs on.</summary>
/// <param name="OpenFilesMax">Files and sockets open at once; null where the system does not say.</param>
/// <param name="ThreadsMax">Threads of this user; null where the system does not say, or sets none.</param>
/// <param name="MemoryBytes">Memory that the program may use: the machine's, or its container's.</param>
/// <param name="Processors">Processors that it may use.</param>
/// <param name="Runtime">The runtime's version.</param>
/// <param name="System">The operating system and the processor's kind.</param>
internal sealed record MachineFacts(
    long? OpenFilesMax, long? ThreadsMax, long MemoryBytes, int Processors, Version Runtime, string System)
{
    private const string LimitsFile = "/proc/self/limits";

    /// <summary>Asks this machine.</summary>
    public static MachineFacts Read()
    {
        var limits = File.Exists(LimitsFile) ? File.ReadAllLines(LimitsFile) : [];
        return new MachineFacts(
            SoftLimitIn(limits, "Max open files"),
            SoftLimitIn(limits, "Max processes"),
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            Environment.ProcessorCount,
            Environment.Version,
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
    }

    /// <summary>The soft limit of a name in the lines of Linux's file of limits; null for none.</summary>
    public static long? SoftLimitIn(IEnumerable<string> lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
        && long.TryParse(
            line[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], NumberStyles.None,
            CultureInfo.InvariantCulture, out var limit)
            ? limit
            : null;
}
