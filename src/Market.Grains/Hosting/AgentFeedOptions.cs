namespace Market.Grains.Hosting;

/// <summary>How much of the journal a feed keeps at hand.</summary>
public sealed record AgentFeedOptions
{
    /// <summary>
    /// Latest rows kept in memory, a power of two: an agent that was away for less than this needs no disk.
    /// </summary>
    public int RecentRowsMax { get; init; } = 8_192;

    /// <summary>Rows that wait for one subscriber; a slower one reads the journal until it has caught up.</summary>
    public int QueuedRowsMax { get; init; } = 256;

    /// <summary>
    /// Members of groups kept in memory, of all groups together; the members of any other group are read from its
    /// stream.
    /// </summary>
    public int GroupMembersMax { get; init; } = 65_536;
}
