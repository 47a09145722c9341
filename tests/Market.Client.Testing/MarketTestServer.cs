using System.Net;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Silo;

namespace Market.Client.Testing;

/// <summary>
/// A market for one test: the real gateway and engine, in this process, on a loopback port of its own. Nothing of it
/// outlives it. Tests may run any number of them side by side. Safe for many threads, but for restarts.
/// </summary>
/// <example><code>
/// await using var server = await MarketTestServer.StartAsync();
/// await using var bob = await server.ConnectSellerAsync("bob");
/// await using var alice = await server.ConnectBuyerAsync("alice");
/// var listing = await bob.PublishListingAsync(wares);
/// var deal = await alice.BuyNowAsync(listing);
/// </code></example>
public sealed class MarketTestServer : IAsyncDisposable
{
    // Outside the range of outgoing connections: there a client that dials a stopped server can meet itself.
    private const int PortMin = 15_000;
    private const int PortMax = 31_000;
    private const int PortsTried = 50;

    private readonly Lock _gate = new();
    private readonly Dictionary<(AgentRole Role, string Name), AgentKey> _keys = [];
    private readonly MarketTestServerOptions _options;
    private string? _folder;
    private MarketHost _host = null!;

    private MarketTestServer(MarketTestServerOptions options) => _options = options;

    /// <summary>Where agents connect; the same after <see cref="RestartAsync"/> and <see cref="ResetAsync"/>.</summary>
    public Uri Uri { get; private set; } = null!;

    /// <summary>The clock, to jump ahead to what expires.</summary>
    public TestClock Clock => _options.Clock;

    /// <summary>The market's id; another one after <see cref="ResetAsync"/>.</summary>
    public MarketId Market => _host.MarketId;

    /// <summary>Starts a server; at the return it serves.</summary>
    /// <param name="options">What differs from the defaults, or null.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    public static async Task<MarketTestServer> StartAsync(
        MarketTestServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = new MarketTestServer(options ?? new MarketTestServerOptions());
        server.MakeFolder();
        try
        {
            await server.ListenAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            server.DeleteFolder();
            throw;
        }
    }

    /// <summary>A connected and registered buyer; the same name is the same agent again, with the same key.</summary>
    /// <param name="name">Its name and its principal's handle: a–z, 0–9, '-' and '_'.</param>
    /// <param name="options">What differs from the defaults; its clock is replaced by the server's. Or null.</param>
    /// <param name="cancellationToken">Stops connecting.</param>
    /// <returns>A client, which is the caller's to dispose of.</returns>
    public Task<MarketClient> ConnectBuyerAsync(
        string name = "alice", MarketClientOptions? options = null, CancellationToken cancellationToken = default) =>
        ConnectAsync(AgentRole.Buyer, name, options, cancellationToken);

    /// <summary>A connected and registered seller; the same name is the same agent again, with the same key.</summary>
    /// <inheritdoc cref="ConnectBuyerAsync"/>
    public Task<MarketClient> ConnectSellerAsync(
        string name = "bob", MarketClientOptions? options = null, CancellationToken cancellationToken = default) =>
        ConnectAsync(AgentRole.Seller, name, options, cancellationToken);

    /// <summary>
    /// Stops the server and starts it again, with all that it had; its clients connect again by themselves.
    /// </summary>
    /// <exception cref="InvalidOperationException">The market is in memory alone.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        if (_folder is null)
        {
            throw new InvalidOperationException(
                $"A market in memory ends with its server. Set {nameof(MarketTestServerOptions.IsDurable)}, or call "
                + $"{nameof(ResetAsync)}.");
        }

        await StartAgainAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Starts again with an empty market at the same address. Clients of the old one end: the market is another one.
    /// </summary>
    public async Task ResetAsync(CancellationToken cancellationToken = default)
    {
        await _host.StopAsync().ConfigureAwait(false);
        DeleteFolder();
        MakeFolder();
        _host = await ServeAsync(Uri.Port, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops the server and deletes what it kept. Dispose of its clients before.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync().ConfigureAwait(false);
        DeleteFolder();
        lock (_gate)
        {
            foreach (var key in _keys.Values)
            {
                key.Dispose();
            }

            _keys.Clear();
        }
    }

    private async Task<MarketClient> ConnectAsync(
        AgentRole role, string name, MarketClientOptions? options, CancellationToken cancellationToken)
    {
        options = (options ?? new MarketClientOptions()).Checked();
        options.TimeProvider = Clock;
        var client = await MarketClient.ConnectAsync(Uri, KeyOf(role, name), options, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            var disclosure = new Disclosure("a test", "scripted", "1");
            await client.RegisterAsync(new AgentProfile(name, name, role, disclosure), cancellationToken)
                .ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private AgentKey KeyOf(AgentRole role, string name)
    {
        lock (_gate)
        {
            return _keys.TryGetValue((role, name), out var key) ? key : _keys[(role, name)] = AgentKey.Create();
        }
    }

    private async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        await _host.StopAsync().ConfigureAwait(false);
        _host = await ServeAsync(Uri.Port, cancellationToken).ConfigureAwait(false);
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                _host = await ServeAsync(Random.Shared.Next(PortMin, PortMax), cancellationToken).ConfigureAwait(false);
                Uri = _host.Uri;
                return;
            }
            catch (MarketStartException) when (tried < PortsTried)
            {
                // Somebody's port; another one is tried.
            }
        }
    }

    private Task<MarketHost> ServeAsync(int port, CancellationToken cancellationToken) => MarketHost.StartAsync(
        new MarketSiloOptions
        {
            DataFolder = _folder,
            Endpoints = [new IPEndPoint(IPAddress.Loopback, port)],
            Name = "test",
            StartingBalance = _options.StartingBalance,
            FeeBasisPoints = _options.FeeBasisPoints,
            SignaturesRequired = _options.SignaturesRequired,
            TimeProvider = Clock,
        },
        cancellationToken);

    private void MakeFolder() =>
        _folder = _options.IsDurable ? Directory.CreateTempSubdirectory("market-test-server-").FullName : null;

    private void DeleteFolder()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
