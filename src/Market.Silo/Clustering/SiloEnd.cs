using Market.Silo.Commands;

namespace Market.Silo.Clustering;

/// <summary>
/// The end of a process without which the others have gone on. The engine and the journal each find out by themselves;
/// who comes first says so in one line, and whoever runs servers starts it again.
/// </summary>
internal static class SiloEnd
{
    private static int _hasBegun;

    /// <summary>Says why, and ends the process; does nothing when that is under way.</summary>
    /// <param name="reason">Why, as a sentence or two.</param>
    public static void Now(string reason)
    {
        if (Interlocked.Exchange(ref _hasBegun, 1) == 0)
        {
            CommandLine.Say($"This server must end: {reason}");
            Environment.Exit(ExitCodes.Failure);
        }
    }
}
