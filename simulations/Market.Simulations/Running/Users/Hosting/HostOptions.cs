namespace Market.Simulations.Running.Users.Hosting;

/// <summary>What the process of users' strategies may take.</summary>
/// <param name="TimeLimitSeconds">Seconds for one act, by this program's clock.</param>
/// <param name="MemoryMegabytes">Megabytes of heap; of all memory, half as much again and 200.</param>
/// <param name="Output">Takes what strategies write to the console; null for nobody.</param>
internal sealed record HostOptions(double TimeLimitSeconds, int MemoryMegabytes, TextWriter? Output)
{
    /// <summary>How often is looked whether a limit has passed, while an act runs.</summary>
    public TimeSpan Patience => TimeSpan.FromMilliseconds(Math.Clamp(TimeLimitSeconds * 1000 / 8, 1, 50));

    /// <summary>The time limit.</summary>
    public TimeSpan TimeLimit => TimeSpan.FromSeconds(TimeLimitSeconds);

    /// <summary>Most memory that the process may hold, of any kind, in bytes.</summary>
    public long ResidentBytesMax => (((long)MemoryMegabytes * 3 / 2) + 200) << 20;
}
