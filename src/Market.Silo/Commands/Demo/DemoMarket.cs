using Market.Domain;
using Market.Grains.Journaling;
using Market.Silo.Commands.Audit;

namespace Market.Silo.Commands.Demo;

/// <summary>
/// The market of a demonstration: a real server on a free port of this machine, with its data in a folder that is
/// deleted afterwards unless it was named, and its store there or in a database.
/// </summary>
internal sealed class DemoMarket : IAsyncDisposable
{
    private readonly string _folder;
    private readonly StoreAddress? _store;
    private readonly bool _isTemporary;
    private MarketHost? _host;

    private DemoMarket(string folder, StoreAddress? store, bool isTemporary) =>
        (_folder, _store, _isTemporary) = (folder, store, isTemporary);

    /// <summary>Where agents connect.</summary>
    public Uri Address => Host.Uri;

    private MarketHost Host => _host ?? throw new InvalidOperationException("The market has not started.");

    /// <summary>Starts one. It takes no fee, so that prices are what both sides get and give.</summary>
    /// <param name="place">Where to keep it; null for a temporary folder.</param>
    /// <param name="startingBalance">What each buyer begins with.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <exception cref="MarketStartException">It cannot start.</exception>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    public static async Task<DemoMarket> StartAsync(
        DemoPlace? place, Money startingBalance, CancellationToken cancellationToken)
    {
        var market = new DemoMarket(
            place?.Folder ?? Directory.CreateTempSubdirectory("market-demo-").FullName,
            place?.Store,
            isTemporary: place?.Folder is null);
        try
        {
            var options = new MarketSiloOptions
            {
                DataFolder = market._folder,
                Store = market._store,
                Endpoints = MarketSiloOptions.AnyLoopbackPort,
                Name = "demo",
                StartingBalance = startingBalance,
                FeeBasisPoints = 0,
            };
            market._host = await MarketHost.StartAsync(options, cancellationToken).ConfigureAwait(false);
            return market;
        }
        catch
        {
            await market.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops the market, and verifies from its stored form alone all that has happened in it.</summary>
    public async Task<AuditReport> StopAndAuditAsync(CancellationToken cancellationToken)
    {
        await Host.StopAsync().ConfigureAwait(false);
        var place = new AuditPlace(_folder, _store?.ConnectionString);
        return await Task.Run(
            () => OfflineAudit.Verify(place, cancellationToken: cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Stops the market, and deletes its folder where it is a temporary one.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_host is not null)
            {
                await _host.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            if (_isTemporary)
            {
                Directory.Delete(_folder, recursive: true);
            }
        }
    }
}
