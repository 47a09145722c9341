using Market.Domain;
using Market.Silo.Commands.Audit;

namespace Market.Silo.Commands.Demo;

/// <summary>
/// The market of a demonstration: a real server on a free port of this machine, with its store in a folder that is
/// deleted afterwards unless it was named.
/// </summary>
internal sealed class DemoMarket : IAsyncDisposable
{
    private readonly string _folder;
    private readonly bool _isTemporary;
    private MarketHost? _host;

    private DemoMarket(string folder, bool isTemporary) => (_folder, _isTemporary) = (folder, isTemporary);

    /// <summary>Where agents connect.</summary>
    public Uri Address => Host.Uri;

    private MarketHost Host => _host ?? throw new InvalidOperationException("The market has not started.");

    /// <summary>Starts one. It takes no fee, so that prices are what both sides get and give.</summary>
    /// <param name="folder">Where to keep its data: a new or an empty folder; null for a temporary one.</param>
    /// <param name="startingBalance">What each buyer begins with.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <exception cref="MarketStartException">It cannot start.</exception>
    public static async Task<DemoMarket> StartAsync(
        string? folder, Money startingBalance, CancellationToken cancellationToken)
    {
        var isTemporary = folder is null;
        var market = new DemoMarket(folder ?? Directory.CreateTempSubdirectory("market-demo-").FullName, isTemporary);
        try
        {
            var options = new MarketSiloOptions
            {
                DataFolder = market._folder,
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

    /// <summary>Stops the market, and verifies from its files alone all that has happened in it.</summary>
    public async Task<AuditReport> StopAndAuditAsync(CancellationToken cancellationToken)
    {
        await Host.StopAsync().ConfigureAwait(false);
        return await Task.Run(
            () => OfflineAudit.Verify(_folder, cancellationToken: cancellationToken), cancellationToken)
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
