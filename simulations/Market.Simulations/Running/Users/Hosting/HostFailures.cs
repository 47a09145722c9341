namespace Market.Simulations.Running.Users.Hosting;

/// <summary>How failures begin that the host of a strategy finds, and not the strategy's own code.</summary>
internal static class HostFailures
{
    /// <summary>An act took too long.</summary>
    public const string TooLong = "took longer than";

    /// <summary>The memory was used up.</summary>
    public const string Memory = "used more than";

    /// <summary>The process ended.</summary>
    public const string Ended = "ended its process";

    /// <summary>In this process: an earlier act of the strategy has still not ended.</summary>
    public const string StillRunning = "an earlier act of it has not ended, so it plays no more";

    /// <summary>
    /// Whether the machine had a part in a failure, so that playing again may come to something else.
    /// </summary>
    public static bool AreOfTheMachine(string failure) =>
        failure.Contains($": {TooLong} ", StringComparison.Ordinal)
        || failure.Contains($": {Memory} ", StringComparison.Ordinal)
        || failure.Contains(StillRunning, StringComparison.Ordinal);
}
