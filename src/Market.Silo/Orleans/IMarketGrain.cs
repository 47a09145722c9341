using Orleans;

namespace Market.Silo.Orleans;

/// <summary>
/// A grain of the market as other silos see it: bytes in, bytes out, by <see cref="Grains.Hosting.GrainMessageCodec"/>.
/// One interface a kind follows from it, named after it, so that the engine's tools show grains by name.
/// </summary>
internal interface IMarketGrain : IGrainWithGuidKey
{
    /// <summary>Asks the grain.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up; what was asked for may have been done.</param>
    /// <returns>How far the grain's silo has read the journal (8 bytes, big-endian), then the reply.</returns>
    Task<byte[]> AskAsync([Immutable] byte[] message, CancellationToken cancellationToken);

    /// <summary>
    /// Tells the grain. The empty answer says only that its silo has queued the message, which frees the sender's
    /// place: the engine bounds nothing of calls without an answer.
    /// </summary>
    /// <param name="message">The message.</param>
    Task TellAsync([Immutable] byte[] message);
}

/// <summary>A buyer agent.</summary>
[Alias("market.buyer")]
internal interface IBuyerAgentGrain : IMarketGrain;

/// <summary>A seller agent.</summary>
[Alias("market.seller")]
internal interface ISellerAgentGrain : IMarketGrain;

/// <summary>A negotiation.</summary>
[Alias("market.negotiation")]
internal interface INegotiationGrain : IMarketGrain;

/// <summary>A tender.</summary>
[Alias("market.tender")]
internal interface ITenderGrain : IMarketGrain;

/// <summary>The approvals of a principal.</summary>
[Alias("market.approvals")]
internal interface IApprovalsGrain : IMarketGrain;

/// <summary>The book.</summary>
[Alias("market.ledger")]
internal interface ILedgerGrain : IMarketGrain;

/// <summary>The directory.</summary>
[Alias("market.directory")]
internal interface IDirectoryGrain : IMarketGrain;
