using Market.Domain.Negotiating;

namespace Market.Domain.Listings;

/// <summary>Publishes a listing for a seller's agent.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Principal">Whom it acts for.</param>
/// <param name="Message">The agent's id of the act.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <param name="Id">The id that the market derived from agent and message.</param>
/// <param name="Draft">The listing.</param>
[Wire.WireType(810)]
public sealed record AddListing(
    AgentNumber Agent,
    PrincipalNumber Principal,
    MessageId Message,
    ActDigest Digest,
    ListingId Id,
    ListingDraft Draft);

/// <summary>Publishes a request for a buyer's agent.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Principal">Whom it acts for.</param>
/// <param name="Message">The agent's id of the act.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <param name="Id">The id that the market derived from agent and message.</param>
/// <param name="Draft">The request.</param>
[Wire.WireType(811)]
public sealed record AddRequest(
    AgentNumber Agent,
    PrincipalNumber Principal,
    MessageId Message,
    ActDigest Digest,
    RequestId Id,
    RequestDraft Draft);
