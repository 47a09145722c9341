using Market.Grains.Journaling;
using Npgsql;

namespace Market.Grains.Searching;

/// <summary>
/// The catalogue in tables of a PostgreSQL database. All processes on one database share it: each follows the journal,
/// and whichever comes first writes a row's change; a search waits until its own process knows that it is written.
/// </summary>
public sealed class PostgresCatalog : FollowingCatalog
{
    private readonly NpgsqlDataSource _database;
    private long? _generation; // of the tables as they were opened last

    /// <summary>Makes it; <see cref="FollowingCatalog.StartAsync"/> opens it and brings it up to date.</summary>
    /// <param name="journal">The journal that it follows.</param>
    /// <param name="options">Where it is.</param>
    public PostgresCatalog(IJournal journal, PostgresCatalogOptions options)
        : base(journal, options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = new NpgsqlConnectionStringBuilder(options.Address.ConnectionString)
        {
            ApplicationName = "market catalogue",
            MaxPoolSize = options.ConnectionsMax,
            MaxAutoPrepare = 40,
            AutoPrepareMinUsages = 2,
        };
        _database = NpgsqlDataSource.Create(builder);
    }

    private protected override async ValueTask<ICatalogStore> OpenAsync(
        bool isFresh, CancellationToken cancellationToken)
    {
        try
        {
            var (generation, isNew) = await PostgresCatalogSchema
                .OpenAsync(_database, isFresh, _generation, cancellationToken).ConfigureAwait(false);
            _generation = generation;
            return new PostgresCatalogStore(_database, generation) { IsNew = isNew };
        }
        catch (Exception error) when (PostgresCatalogStore.ToStoreException(error, "Opening the catalogue") is { } why)
        {
            throw why;
        }
    }

    private protected override ValueTask CloseAsync() => _database.DisposeAsync();
}
