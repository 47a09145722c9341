using Market.Domain;

namespace Market.Grains.Journaling;

/// <summary>One side of a copy, which nobody else has open.</summary>
internal sealed class StoreSide : IAsyncDisposable
{
    /// <summary>The folder in the target folder in which a store grows until it is whole.</summary>
    private const string GrowingFolder = "market-copy";

    private readonly StoreAddress _address;
    private readonly StoreLock? _folderLock;

    private StoreSide(StoreAddress address, IJournal journal, MarketId market, StoreLock? folderLock = null)
    {
        _address = address;
        _folderLock = folderLock;
        Journal = journal;
        MarketId = market;
    }

    /// <summary>The journal.</summary>
    public IJournal Journal { get; }

    /// <summary>Whose it is.</summary>
    public MarketId MarketId { get; }

    /// <summary>Opens the store of a market.</summary>
    public static async Task<StoreSide> OpenSourceAsync(StoreAddress address, CancellationToken cancellationToken)
    {
        if (address.IsPostgres)
        {
            var database = await PostgresJournal.OpenAsync(
                new() { Address = address, IsForCopying = true, MustExist = true }, cancellationToken)
                .ConfigureAwait(false);
            return new StoreSide(address, database, database.MarketId);
        }

        var options = new SqliteJournalOptions { DataFolder = address.Folder };
        if (!File.Exists(options.Path))
        {
            throw new StoreFormatException(address.Folder, "no market is in it; name the folder of one");
        }

        var journal = await SqliteJournal.OpenAsync(options, cancellationToken).ConfigureAwait(false);
        return new StoreSide(address, journal, journal.MarketId);
    }

    /// <summary>Makes a store for a market, or takes an empty one.</summary>
    public static Task<StoreSide> OpenTargetAsync(
        StoreAddress address, MarketId market, CancellationToken cancellationToken) => address.IsPostgres
            ? OpenTargetDatabaseAsync(address, market, cancellationToken)
            : OpenTargetFolderAsync(address, market, cancellationToken);

    /// <summary>What was copied is whole: from now on it is a store like any other.</summary>
    /// <param name="lastStream">The highest number of a stream.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task FinishAsync(long lastStream, CancellationToken cancellationToken)
    {
        if (Journal is PostgresJournal database)
        {
            await database.SkipStreamsAsync(lastStream, cancellationToken).ConfigureAwait(false);
            await database.MarkCopyAsync(isFinished: true, cancellationToken).ConfigureAwait(false);
            return;
        }

        await Journal.DisposeAsync().ConfigureAwait(false);
        var grown = new SqliteJournalOptions { DataFolder = Growing(_address.Folder) };
        File.Move(grown.Path, Path.Combine(_address.Folder, SqliteJournalOptions.FileName));
        Directory.Delete(grown.DataFolder, recursive: true);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync().ConfigureAwait(false);
        _folderLock?.Dispose();
    }

    private static async Task<StoreSide> OpenTargetDatabaseAsync(
        StoreAddress address, MarketId market, CancellationToken cancellationToken)
    {
        var journal = await PostgresJournal.OpenAsync(
            new() { Address = address, IsForCopying = true, NewMarketId = () => market }, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            if (journal.Head > 0 || journal.MarketId != market)
            {
                throw new StoreInUseException(address, "it holds a market already; give an empty database");
            }

            await journal.MarkCopyAsync(isFinished: false, cancellationToken).ConfigureAwait(false);
            return new StoreSide(address, journal, market);
        }
        catch
        {
            await journal.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<StoreSide> OpenTargetFolderAsync(
        StoreAddress address, MarketId market, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(address.Folder);
        var folderLock = StoreLock.Take(address.Folder);
        try
        {
            if (File.Exists(Path.Combine(address.Folder, SqliteJournalOptions.FileName)))
            {
                throw new StoreInUseException(address, "it holds a market already; give an empty folder");
            }

            var growing = Growing(address.Folder);
            if (Directory.Exists(growing))
            {
                Directory.Delete(growing, recursive: true); // of a copy that was broken off
            }

            var journal = await SqliteJournal.OpenAsync(
                new SqliteJournalOptions { DataFolder = growing, NewMarketId = () => market }, cancellationToken)
                .ConfigureAwait(false);
            return new StoreSide(address, journal, market, folderLock);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    private static string Growing(string folder) => Path.Combine(folder, GrowingFolder);
}
