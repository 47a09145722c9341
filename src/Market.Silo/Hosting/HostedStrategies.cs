using Market.Silo.Gateway;
using Market.Silo.Keys;

namespace Market.Silo.Hosting;

/// <summary>Puts together what hosted strategies need, and starts them.</summary>
internal static class HostedStrategies
{
    /// <summary>The dispatcher of a market that hosts strategies, and those that run already.</summary>
    public static async Task<(Dispatcher Dispatcher, HostedTrader Trader)> StartAsync(
        MarketEngine engine,
        ActVerifier verifier,
        GatewayOptions options,
        string? dataFolder,
        ILogger log,
        CancellationToken cancellationToken)
    {
        var (cluster, table) = (engine.Cluster, engine.Private);
        var files = new SessionKeyFiles(dataFolder, engine.Keys);
        var leases = new SessionKeyLeases { Elsewhere = engine.Part?.Pauses };
        var closer = new HostingCloser(cluster, table);
        var keys = new SessionKeyDesk(cluster, files, leases, closer, options);
        var agentKeys = new AgentKeyLeases { Elsewhere = engine.Part?.Pauses };
        engine.Part?.Pauses.Serve(leases, agentKeys);
        var dispatcher = new Dispatcher(
            cluster, engine.Catalog, engine.Tenders, engine.Listings, verifier, options, engine.Mandates)
        {
            SessionKeys = keys,
            AgentKeys = agentKeys,
            Directory = engine.Directory,
            Identities = new IdentityDesk(cluster, verifier, agentKeys, keys),
            Openings = engine.Openings,
            Hostings = new HostingDesk(cluster, engine.Catalog, keys, table, closer, options),
        };
        var worker = new HostedWorker(cluster, dispatcher, keys, leases, closer, options, log);
        var services = new HostedTraderServices(
            options.Market, cluster, engine.Journal, engine.Feed, table, files, closer, engine.Duty, log);
        var trader = await HostedTrader.StartAsync(services, worker, cancellationToken).ConfigureAwait(false);
        return (dispatcher, trader);
    }
}
