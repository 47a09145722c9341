using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading.Channels;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Listings;
using Market.Grains.Searching;
using Market.Silo.Gateway;
using Market.Silo.Keys;
using Microsoft.Extensions.Logging.Abstractions;

namespace Market.Silo.Tests.Support;

/// <summary>
/// A gateway before grains that answer when, and as, the test says. The directory alone answers at once: every key is a
/// registered buyer's.
/// </summary>
internal sealed class HeldCluster : IGrainCluster, IAsyncDisposable
{
    private readonly Channel<TaskCompletionSource<object>> _asked =
        Channel.CreateUnbounded<TaskCompletionSource<object>>();
    private readonly MarketKeys _keys = MarketKeys.InMemory();
    private readonly MemoryJournal _journal = new();
    private readonly AgentKeyCache _agentKeys;
    private readonly CursorCodec _cursors;
    private readonly WebServer _server;

    private HeldCluster()
    {
        _agentKeys = new AgentKeyCache(this);
        _cursors = new CursorCodec(_keys);
        _server = new WebServer(
            new MarketSiloOptions { Endpoints = MarketSiloOptions.AnyLoopbackPort }, NullLoggerFactory.Instance);
    }

    public Uri Uri => new UriBuilder(_server.Uris[0]) { Scheme = "ws", Path = "/ws" }.Uri;

    public static async Task<HeldCluster> StartAsync()
    {
        var cluster = new HeldCluster();
        await cluster.OpenAsync();
        return cluster;
    }

    /// <summary>The next question that waits for its answer.</summary>
    public async Task<TaskCompletionSource<object>> NextAsync()
    {
        using var timeout = new CancellationTokenSource(TestAgent.Patience);
        return await _asked.Reader.ReadAsync(timeout.Token);
    }

    public ValueTask<object> AskAsync(GrainId grain, object message, CancellationToken cancellationToken = default)
    {
        if (message is FindAgentByKey)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return ValueTask.FromResult<object>(new AgentFound(new Agent(
                new AgentNumber(1),
                new PrincipalNumber(1),
                default,
                key.ExportSubjectPublicKeyInfo(),
                Some.Profile())));
        }

        var answer = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked.Writer.TryWrite(answer);
        return new ValueTask<object>(answer.Task);
    }

    public void Tell(GrainId grain, object message)
    {
    }

    public async IAsyncEnumerable<JournalRow> SubscribeAsync(
        AgentNumber agent,
        long afterPosition,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        yield break;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(TimeSpan.Zero);
        _agentKeys.Dispose();
        _cursors.Dispose();
        _keys.Dispose();
        await _journal.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        await _server.StartAsync(CancellationToken.None);
        var options = new GatewayOptions(
            new MarketId(Guid.CreateVersion7()), "held", 100, true, default, TimeProvider.System);
        var verifier = new ActVerifier(this, _agentKeys, options.Market);
        var dispatcher = new Dispatcher(
            this,
            new SqliteCatalog(_journal),
            new OpenTenders(_journal),
            new ListingVersions(_journal),
            verifier,
            options);
        _server.Serve(
            new AgentGateway(new GatewayServices(
                options, this, dispatcher, _cursors, NullLogger.Instance)),
            options.Market);
    }
}
