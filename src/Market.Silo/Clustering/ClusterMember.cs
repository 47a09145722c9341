using System.Net;

namespace Market.Silo.Clustering;

/// <summary>How a server takes part in a cluster. Silos that name the same cluster and store find each other.</summary>
/// <param name="Cluster">
/// The cluster's name. Of two names on one database only one may run: the store's lock sees to that.
/// </param>
/// <param name="ConnectionString">The database, in Npgsql's form; its password is never printed.</param>
public sealed record ClusterMember(string Cluster, string ConnectionString)
{
    /// <summary>Where silos talk to each other by default.</summary>
    public const int DefaultSiloPort = 11111;

    /// <summary>Where the engine's own tools connect by default.</summary>
    public const int DefaultGatewayPort = 30000;

    /// <summary>
    /// Where other silos reach this one. Whoever reaches it speaks for the market: loopback, or a private network.
    /// </summary>
    public IPEndPoint Silo { get; init; } = new(IPAddress.Loopback, DefaultSiloPort);

    /// <summary>
    /// The port for the engine's own tools, on the same address; 0 for none. Agents never use it: it trusts everybody.
    /// </summary>
    public int GatewayPort { get; init; } = DefaultGatewayPort;
}
