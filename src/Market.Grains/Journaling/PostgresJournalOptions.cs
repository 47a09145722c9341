using Market.Domain;

namespace Market.Grains.Journaling;

/// <summary>Which PostgreSQL database a journal is in and how it writes.</summary>
public sealed record PostgresJournalOptions
{
    /// <summary>The database; see <see cref="StoreAddress.Parse"/>.</summary>
    public required StoreAddress Address { get; init; }

    /// <summary>
    /// What the process serves. From its opening on it has a permit to append until another process ends that, and then
    /// appends nothing more; see <see cref="PostgresJournal.Ended"/>. Null for tools, which others cannot end so.
    /// </summary>
    public StoreUse? Use { get; init; }

    /// <summary>
    /// Most rows in one transaction: more of them are hardly faster, and hold the first one's answer back.
    /// </summary>
    public int BatchRowsMax { get; init; } = 5_000;

    /// <summary>Most connections for reads, snapshots and projections; two more write and listen.</summary>
    public int ReadersMax { get; init; } = 8;

    /// <summary>
    /// Longest that the server may work on one statement; above it the statement is refused. It ends a transaction of
    /// a silo that was frozen, too.
    /// </summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest wait for another session's lock; above it the rows fail.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for a connection to be made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long rows and reads wait for a server that went away; a restart within it is only slow, after it they fail.
    /// </summary>
    public TimeSpan ReconnectWait { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How often the journal looks for other silos' rows where no notification comes; those mostly come at once.
    /// </summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Whether a server is taken that does not sync its disk (`fsync = off`); only for data that may be lost.
    /// </summary>
    public bool AllowsUnsyncedServer { get; init; }

    /// <summary>Whether nobody else may have it open, and only a copy goes into it or out of it.</summary>
    internal bool IsForCopying { get; init; }

    /// <summary>Whether a database without a market is refused.</summary>
    internal bool MustExist { get; init; }

    /// <summary>Gives a new store its market; a random one by default.</summary>
    public Func<MarketId> NewMarketId { get; init; } = () => new MarketId(Guid.CreateVersion7());
}
