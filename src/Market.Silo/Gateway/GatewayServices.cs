using Market.Grains.Hosting;
using Market.Silo.Clustering;
using Market.Silo.Gateway.Limiting;
using Market.Silo.Keys;

namespace Market.Silo.Gateway;

/// <summary>What all sessions of one gateway share.</summary>
/// <param name="Options">The market, its rules and its clock.</param>
/// <param name="Cluster">The grains.</param>
/// <param name="Dispatcher">Routes requests.</param>
/// <param name="Cursors">Makes cursors.</param>
/// <param name="Log">Where an operator looks. No text of an agent's goes there.</param>
internal sealed record GatewayServices(
    GatewayOptions Options,
    IGrainCluster Cluster,
    Dispatcher Dispatcher,
    CursorCodec Cursors,
    ILogger Log)
{
    /// <summary>What all sessions use together.</summary>
    public GatewayLimiter Limiter { get; } = new(Options.Limits, Options.Time);

    /// <summary>What contents the operator allows.</summary>
    public ContentLimits Contents { get; } = new(Options.Limits);

    /// <summary>Who has signed wrongly of late.</summary>
    public WrongSignatures WrongSignatures { get; } = new(Options.Time);

    /// <summary>Counts agents' sessions on all silos; null for a market of one process.</summary>
    public LiveSessions? Sessions { get; init; }

    /// <summary>Its counts.</summary>
    public GatewayMetrics Metrics { get; } = new();
}
