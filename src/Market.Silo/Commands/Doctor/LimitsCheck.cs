using System.Globalization;

namespace Market.Silo.Commands.Doctor;

/// <summary>Whether the machine lets a market have what its own limits promise to agents.</summary>
internal static class LimitsCheck
{
    private const string Check = "limits";
    private const long MegaByte = 1024 * 1024;
    private const long MemoryMin = 256 * MegaByte;
    private const long MemoryGood = 1024 * MegaByte;
    private const long FilesMin = 256;
    private const long ThreadsMin = 64;

    // Beside a connection each: the store, its logs, the catalogue, the listening sockets, and some room.
    private const long FilesGood = OperatorLimits.DefaultConnections + 500;

    /// <summary>Judges what is known.</summary>
    public static IEnumerable<DoctorFinding> Run(MachineFacts facts)
    {
        yield return OfFiles(facts.OpenFilesMax);
        yield return facts.MemoryBytes switch
        {
            < MemoryMin => DoctorFinding.Problem(
                Check, MemoryText(facts), "Give the program 1 GiB or more; with less it may be killed under load."),
            < MemoryGood => DoctorFinding.Warning(
                Check, MemoryText(facts), "Give the program 1 GiB or more before many agents connect."),
            _ => DoctorFinding.Ok(Check, MemoryText(facts)),
        };
        yield return facts.ThreadsMax switch
        {
            < ThreadsMin => DoctorFinding.Problem(
                Check,
                Text($"{facts.ThreadsMax:N0} threads."),
                "Raise it: ulimit -u 4096, or TasksMax of the service."),
            null => DoctorFinding.Ok(Check, "Threads are not limited."),
            _ => DoctorFinding.Ok(Check, Text($"{facts.ThreadsMax:N0} threads.")),
        };
        yield return facts.Processors == 1
            ? DoctorFinding.Warning(
                Check, "One processor.", "Give it two: writing to the store and serving agents then do not wait.")
            : DoctorFinding.Ok(Check, Text($"{facts.Processors} processors."));
    }

    private static DoctorFinding OfFiles(long? max) => max switch
    {
        null => DoctorFinding.Ok(Check, "The system does not say how many files may be open."),
        < FilesMin => DoctorFinding.Problem(
            Check, Text($"{max:N0} files may be open."), RaiseFiles),
        < FilesGood => DoctorFinding.Warning(
            Check,
            Text($"{max:N0} files may be open; {OperatorLimits.DefaultConnections:N0} agents need {FilesGood:N0}."),
            RaiseFiles),
        _ => DoctorFinding.Ok(Check, Text($"{max:N0} files may be open.")),
    };

    private static string RaiseFiles => Text($"Raise it: ulimit -n {FilesGood}, or LimitNOFILE of the service.");

    private static string MemoryText(MachineFacts facts) => Text($"{facts.MemoryBytes / MegaByte:N0} MiB of memory.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
