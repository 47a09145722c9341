using Market.Domain;

namespace Market.Grains.Journaling;

/// <summary>
/// The journal in one PostgreSQL database, which several silos write at once.
/// </summary>
public sealed class PostgresJournal
{
    /// <summary>The market whose store it is; given when the store was made.</summary>
    public MarketId MarketId { get; }

    /// <summary>Opens a store, making or migrating it where that is due.</summary>
    public static Task<PostgresJournal> OpenAsync(
        PostgresJournalOptions options, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
