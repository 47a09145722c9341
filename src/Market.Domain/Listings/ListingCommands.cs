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

/// <summary>Makes a new version of a listing for its seller's agent.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Principal">Whom it acts for.</param>
/// <param name="Message">The agent's id of the act.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <param name="Id">Which listing.</param>
/// <param name="ExpectedVersion">The version that the agent had seen; another one is refused.</param>
/// <param name="Draft">All of what it is to say.</param>
[Wire.WireType(812)]
public sealed record ChangeListing(
    AgentNumber Agent,
    PrincipalNumber Principal,
    MessageId Message,
    ActDigest Digest,
    ListingId Id,
    int ExpectedVersion,
    ListingDraft Draft);

/// <summary>Withdraws a listing for its seller's agent.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Principal">Whom it acts for.</param>
/// <param name="Message">The agent's id of the act.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <param name="Id">Which listing.</param>
/// <param name="ExpectedVersion">The version that the agent had seen; another one is refused.</param>
[Wire.WireType(813)]
public sealed record EndListing(
    AgentNumber Agent,
    PrincipalNumber Principal,
    MessageId Message,
    ActDigest Digest,
    ListingId Id,
    int ExpectedVersion);
