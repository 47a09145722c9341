using Market.Domain;

namespace Market.Grains.Journaling;

/// <summary>Where a SQLite journal is and how it writes.</summary>
public sealed record SqliteJournalOptions
{
    /// <summary>Name of the store in the data folder.</summary>
    public const string FileName = "market.sqlite";

    /// <summary>The folder of the store and of its lock; made when it is missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// Most rows in one transaction: more of them are hardly faster, and hold the first one's answer back.
    /// </summary>
    public int BatchRowsMax { get; init; } = 5_000;

    /// <summary>
    /// Pages of 4 KiB written to the write-ahead log before it is moved into the tables. A longer log is moved more
    /// cheaply, since a page that was written often is moved once; a shorter one is read faster after a kill.
    /// </summary>
    public int CheckpointPages { get; init; } = 16_384;

    /// <summary>How long a write waits for another connection's lock on the file before it is refused.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gives a new store its market; a random one by default.</summary>
    public Func<MarketId> NewMarketId { get; init; } = () => new MarketId(Guid.CreateVersion7());

    /// <summary>Path of the store.</summary>
    public string Path => System.IO.Path.Combine(DataFolder, FileName);
}
