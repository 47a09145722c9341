using Market.Grains.Hosting;
using Market.Silo.Keys;

namespace Market.Silo.Gateway;

/// <summary>What all sessions of one gateway share.</summary>
/// <param name="Options">The market, its rules and its clock.</param>
/// <param name="Cluster">The grains.</param>
/// <param name="Dispatcher">Routes requests.</param>
/// <param name="WrongSignatures">Who has signed wrongly of late.</param>
/// <param name="Cursors">Makes cursors.</param>
/// <param name="Log">Where an operator looks. No text of an agent's goes there.</param>
internal sealed record GatewayServices(
    GatewayOptions Options,
    IGrainCluster Cluster,
    Dispatcher Dispatcher,
    WrongSignatures WrongSignatures,
    CursorCodec Cursors,
    ILogger Log);
