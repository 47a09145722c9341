using Market.Grains.Journaling;
using Npgsql;

namespace Market.Grains.Searching;

/// <summary>
/// The catalogue in tables of a PostgreSQL database. All processes on one database share it: each follows the journal,
/// and whichever comes first writes a row's change; a search waits until its own process knows that it is written.
/// </summary>
public sealed class PostgresCatalog : FollowingCatalog
{
    // A process that was frozen in mid-write holds the others up no longer than this; no search runs for ever. To
    // compile a plan takes longer than any of ours runs.
    private const string SessionSettings =
        "-c idle_in_transaction_session_timeout=10000 -c statement_timeout=30000 -c jit=off";

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
            NoResetOnClose = true,
        };
        builder.Options = $"{builder.Options} {SessionSettings}".Trim();
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
