using System.Globalization;
using System.Net;
using Market.Domain;
using Market.Grains.Hosting;
using Market.Silo.Clustering;
using Market.Silo.Operations;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Metadata;
using GrainId = Market.Grains.Hosting.GrainId;
using GrainInterfaceType = Orleans.Runtime.GrainInterfaceType;
using GrainKey = Orleans.Runtime.GrainIdKeyExtensions;
using GrainType = Orleans.Runtime.GrainType;
using OrleansId = Orleans.Runtime.GrainId;
using ILocalSiloDetails = Orleans.Runtime.ILocalSiloDetails;

namespace Market.Silo.Orleans;

/// <summary>
/// The engine: one silo in a host of its own beside the web server, with the engine's limits set, since many are off by
/// default. Its ports are on the address that the operator named, loopback by default.
/// </summary>
/// <param name="member">The cluster and the ports.</param>
/// <param name="market">The market's id: grains of two markets never meet.</param>
/// <param name="logging">Where the operator looks.</param>
internal sealed class OrleansSilo(ClusterMember member, Guid market, ILoggerFactory logging) : ISiloTransport
{
    /// <summary>The name of the storage that is no truth.</summary>
    public const string SessionStorage = "sessions";

    private const string Invariant = "Npgsql";
    private const int MessageBytesMax = 16 * 1024 * 1024; // a part of the grain directory that moves; ours have KiB
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(15);

    /// <summary>For tests of the engine alone: a membership that needs no database.</summary>
    internal Action<ISiloBuilder>? MembershipInMemory { get; init; }

    /// <summary>Told of this silo's name among the others, before it joins.</summary>
    internal Func<string, Task>? Joining { get; init; }

    private IHost? _host;
    private IGrainFactory _grains = null!;
    private Dictionary<GrainKind, GrainInterfaceType> _faces = [];
    private Dictionary<GrainKind, GrainType> _types = [];

    public async Task StartAsync(SiloCluster silo, CancellationToken cancellationToken)
    {
        if (MembershipInMemory is null)
        {
            await ClusterSchema.MigrateAsync(member.ConnectionString, cancellationToken).ConfigureAwait(false);
        }

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = "market", DisableDefaults = true,
        });
        builder.Services.AddSingleton(logging).AddSingleton(silo).AddSingleton<OtherSilos>();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        builder.UseOrleans(orleans => Configure(orleans.AddGrainService<SiloService>()));
        builder.Services.Replace(ServiceDescriptor.Singleton<global::Orleans.Runtime.IFatalErrorHandler, FatalEnd>());
        _host = builder.Build();
        _grains = _host.Services.GetRequiredService<IGrainFactory>();
        var faces = _host.Services.GetRequiredService<GrainInterfaceTypeResolver>();
        var types = _host.Services.GetRequiredService<GrainInterfaceTypeToGrainTypeResolver>();
        _faces = Enum.GetValues<GrainKind>().ToDictionary(kind => kind, kind => faces.GetGrainInterfaceType(
            typeof(IMarketGrain).Assembly.GetType($"{typeof(IMarketGrain).Namespace}.I{kind}Grain", true)!));
        _types = _faces.ToDictionary(face => face.Key, face => types.GetGrainType(face.Value));
        var name = _host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString();
        try
        {
            await (Joining?.Invoke(name) ?? Task.CompletedTask).ConfigureAwait(false);
            await _host.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            _host.Dispose();
            _host = null;
            throw new MarketStartException(
                $"This silo could not join cluster '{member.Cluster}' from {member.Silo}: "
                + error.GetBaseException().Message);
        }
    }

    public Task<byte[]> AskAsync(GrainId grain, byte[] message, CancellationToken cancellationToken) =>
        ReachAsync(Find(grain).AskAsync(message, cancellationToken), cancellationToken);

    public Task TellAsync(GrainId grain, byte[] message) => ReachAsync(AnsweredAsync(Find(grain).TellAsync(message)));

    public Task<IReadOnlyCollection<string>> TellSilosAsync(byte[] message) =>
        ReachAsync(_host!.Services.GetRequiredService<OtherSilos>().TellAsync(message));

    public Task<int> CountSessionsAsync(AgentNumber agent, int here) => ReachAsync(
        _grains.GetGrain<IAgentSessionsGrain>(string.Create(CultureInfo.InvariantCulture, $"sessions-{agent.Value}"))
            .RenewAsync($"{member.Silo}", here));

    /// <summary>Moves all grains to other silos and leaves the cluster.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            using var soon = new CancellationTokenSource(LeaveWithin);
            await _host.StopAsync(soon.Token).ConfigureAwait(false);
            _host.Dispose();
        }
    }

    // What is called never throws by itself, so whatever it throws says that nobody knows what was done.
    private static async Task<T> ReachAsync<T>(Task<T> call, CancellationToken cancellationToken = default)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SiloUnreachableException(error);
        }
    }

    private static async Task<bool> AnsweredAsync(Task call)
    {
        await call.ConfigureAwait(false);
        return true;
    }

    // By its generic call the factory would look for attributes, by reflection, at every message.
    private IMarketGrain Find(GrainId grain) => (IMarketGrain)_grains.GetGrain(
        OrleansId.Create(_types[grain.Kind], GrainKey.CreateGuidKey(grain.Key)), _faces[grain.Kind]);

    private void Configure(ISiloBuilder silo)
    {
        silo.Configure<ClusterOptions>(cluster =>
            (cluster.ClusterId, cluster.ServiceId) = (member.Cluster, market.ToString("n")));
        silo.Configure<SiloOptions>(options => options.SiloName = $"{member.Cluster}-{member.Silo.Port}");
        silo.Configure<EndpointOptions>(ports =>
        {
            (ports.AdvertisedIPAddress, ports.SiloPort) = (member.Silo.Address, member.Silo.Port);
            (ports.SiloListeningEndpoint, ports.GatewayPort) = (member.Silo, member.GatewayPort);
            ports.GatewayListeningEndpoint =
                member.GatewayPort == 0 ? null : new IPEndPoint(member.Silo.Address, member.GatewayPort);
        });
        if (MembershipInMemory is { } inMemory)
        {
            inMemory(silo);
        }
        else
        {
            silo.UseAdoNetClustering(table =>
                (table.Invariant, table.ConnectionString) = (Invariant, member.ConnectionString));
            silo.AddAdoNetGrainStorage(SessionStorage, table =>
                (table.Invariant, table.ConnectionString) = (Invariant, member.ConnectionString));
        }

        silo.Configure<SiloMessagingOptions>(messages =>
        {
            messages.MaxMessageBodySize = MessageBytesMax;
            messages.MaxMessageHeaderSize = 64 * 1024;
            messages.ResponseTimeout = messages.SystemResponseTimeout = TimeSpan.FromSeconds(10);
            messages.MaxRequestProcessingTime = TimeSpan.FromMinutes(1);
            (messages.MaxEnqueuedRequestsSoftLimit, messages.MaxEnqueuedRequestsHardLimit) = (10_000, 20_000);
            messages.DropExpiredMessages = true;
        });
        silo.Configure<LoadSheddingOptions>(shedding => shedding.LoadSheddingEnabled = true);
        // A silo that does not answer for three probes is dead; one that started is in at once.
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
            membership.NumMissedProbesLimit = 3;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
            membership.MaxJoinAttemptTime = TimeSpan.FromSeconds(60);
        });
        // Mailboxes unload what is idle, and their places go with them.
        silo.Configure<GrainCollectionOptions>(places =>
        {
            places.CollectionAge = TimeSpan.FromHours(1);
            places.ActivationTimeout = places.DeactivationTimeout = TimeSpan.FromSeconds(10);
        });
    }
}
