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
    /// <param name="say">Writes the line.</param>
    public static void Now(Action say)
    {
        if (Interlocked.Exchange(ref _hasBegun, 1) == 0)
        {
            say();
            Environment.Exit(ExitCodes.Failure);
        }
    }
}
