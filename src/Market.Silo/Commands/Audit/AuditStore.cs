using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// A market's store, opened for reading alone and by SQL of its own: nothing of the write side is asked. What it reads
/// is as of one moment.
/// </summary>
internal abstract class AuditStore : IDisposable
{
    /// <summary>Whether a server has it open.</summary>
    public abstract bool IsInUse { get; }

    /// <summary>What keeps it, as the subject of a sentence about damage.</summary>
    public abstract string Keeper { get; }

    /// <summary>Opens the store of a place.</summary>
    /// <exception cref="NotAuditableException">There is none, or none that this program reads.</exception>
    public static AuditStore Open(AuditPlace place) => place.Database is { } database
        ? PostgresAuditStore.Open(database)
        : SqliteAuditStore.Open(place.DataFolder);

    /// <summary>The market, or null where the store does not name one.</summary>
    public abstract MarketId? ReadMarket();

    /// <summary>Position of the last row; 0 where there is none.</summary>
    public abstract long ReadLastPosition();

    /// <summary>The furthest position that a projection has come to; 0 where there is none.</summary>
    public abstract long ReadLastProjected();

    /// <summary>Number, kind and key of every stream in the order of numbers; null for what cannot be read.</summary>
    public abstract IEnumerable<(object Number, StoredStream? Stream)> ReadStreams();

    /// <summary>Stream and version of every snapshot.</summary>
    public abstract IEnumerable<(long Stream, long Version)> ReadSnapshots();

    /// <summary>Every event row after a position, in order; each is the same instance, filled again.</summary>
    public abstract IEnumerable<StoredRow> ReadRows(long after = 0);

    /// <summary>The rows of one stream in order of position.</summary>
    public abstract IEnumerable<StoredRow> ReadStream(long stream);

    /// <summary>The row of a stream's version; none where it is not there.</summary>
    public abstract IEnumerable<StoredRow> ReadVersion(long stream, long version);

    /// <summary>The row at a position; none where it is not there.</summary>
    public abstract IEnumerable<StoredRow> ReadPosition(long position);

    /// <summary>
    /// The storage's own thorough check of its pages and indexes, which may run beside a read. Empty where all is well,
    /// or where the storage has no such check.
    /// </summary>
    public abstract IReadOnlyList<string> CheckIntegrity();

    /// <summary>The first damage of the storage's own quick look; null where it finds none.</summary>
    public abstract string? FindDamage();

    /// <inheritdoc/>
    public abstract void Dispose();
}
