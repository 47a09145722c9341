using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Silo.Operations;

namespace Market.Silo.Clustering;

/// <summary>
/// What one silo of many has beside a market of one process: its place among the others, and perhaps the duty.
/// </summary>
internal sealed class ClusterPart : IAsyncDisposable
{
    // That the garbage collector is not a server's, which is a choice; that a watchdog looked before its start; and
    // that the others have declared this silo dead, which it says with its last line.
    private static readonly int[] EngineNoise = [100405, 100150, 100617, 100627];

    private readonly ClusterMember _member;
    private readonly ILogger _log;
    private readonly SiloFence _fence;
    private PostgresSoleDuty? _duty;

    private ClusterPart(
        ClusterMember member, MarketSiloOptions options, MarketId market, PostgresJournal journal, ILogger log)
    {
        (_member, _log, _fence) = (member, log, new SiloFence(journal, member, log));
        Silo = new SiloCluster(
            journal, ClusterEngines.Create(member, market, new OneLogger(log, EngineNoise), _fence.JoinAsync));
        Pauses = new KeyPauses(Silo, journal, options.TimeProvider, _fence.RequireAsync);
        Sessions = new LiveSessions(
            Silo.CountSessionsAsync, options.Limits.ConnectionsPerAgent, options.TimeProvider);
    }

    /// <summary>The grains of all silos.</summary>
    public SiloCluster Silo { get; }

    /// <summary>Whether this silo does what one does for all; nobody does before <see cref="StartAsync"/>.</summary>
    public ISoleDuty Duty => _duty ?? throw new InvalidOperationException("The silo has not joined yet.");

    /// <summary>Closes keys on all silos.</summary>
    public KeyPauses Pauses { get; }

    /// <summary>Counts agents' sessions on all silos.</summary>
    public LiveSessions Sessions { get; }

    /// <summary>The part of a server that is a silo; null for one that is a market alone.</summary>
    /// <exception cref="MarketStartException">The engine of many silos is not in this program.</exception>
    public static ClusterPart? Of(MarketSiloOptions options, MarketId market, IJournal journal, ILogger log) =>
        options.Cluster is { } member
            ? new ClusterPart(member, options, market, (PostgresJournal)journal, log) // as its options require
            : null;

    /// <summary>Joins, and begins to ask for the duty.</summary>
    /// <exception cref="MarketStartException">It cannot join.</exception>
    /// <exception cref="ClusterStoreException">The cluster's tables cannot be used.</exception>
    public async Task StartAsync(EmbeddedCluster here, CancellationToken cancellationToken)
    {
        RequireFree(_member.Silo, "--silo-port");
        if (_member.GatewayPort != 0)
        {
            RequireFree(new IPEndPoint(_member.Silo.Address, _member.GatewayPort), "--gateway-port");
        }

        try
        {
            await Silo.StartAsync(here, cancellationToken).ConfigureAwait(false);

            _duty = PostgresSoleDuty.Start(
                _member.ConnectionString, LockOf(_member.Cluster),
                (what, error) => _log.LogError(error, "{What}", what), _fence.Own);

            // What was revoked before this silo was one of those that are asked, it has read before it serves.
            await Pauses.JoinAsync(cancellationToken).ConfigureAwait(false);
            var head = await _fence.ReadHeadAsync(cancellationToken).ConfigureAwait(false);
            while (!await Silo.ReachAsync(head).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Gives the duty and the grains to others, and leaves.</summary>
    public async ValueTask DisposeAsync()
    {
        Sessions.Dispose();
        if (_duty is not null)
        {
            await _duty.DisposeAsync().ConfigureAwait(false);
        }

        await Silo.DisposeAsync().ConfigureAwait(false);
    }

    // The engine takes a port from whoever has it, and has the silo there declared dead.
    private static void RequireFree(IPEndPoint endpoint, string option)
    {
        try
        {
            using var probe = new TcpListener(endpoint);
            probe.Start();
        }
        catch (SocketException error)
        {
            throw new MarketStartException(
                $"This silo cannot listen on {endpoint}: {error.Message}; choose another {option}.");
        }
    }

    // A number for each cluster's name, so that two clusters on one server do not wait for each other.
    private static long LockOf(string cluster) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes("market duty " + cluster)));
}
