using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Grains;

/// <summary>Asks the directory for the agent of a key. Answer: <see cref="AgentFound"/>.</summary>
/// <param name="KeyThumbprint">SHA-256 of the key's SubjectPublicKeyInfo.</param>
[WireType(820)]
public sealed record FindAgentByKey(Hash256 KeyThumbprint);

/// <summary>Asks the directory for an agent by its number. Answer: <see cref="AgentFound"/>.</summary>
/// <param name="Number">The number.</param>
[WireType(821)]
public sealed record FindAgent(AgentNumber Number);

/// <summary>Asks the directory for a principal's own key. Answer: <see cref="AgentFound"/>.</summary>
/// <param name="Number">The principal.</param>
[WireType(829)]
public sealed record FindPrincipal(PrincipalNumber Number);

/// <summary>An agent, or null where there is none.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Principal">The principal whose own key was asked for, or null.</param>
/// <param name="Key">The agent's key that was asked for, good or ended; or null.</param>
[WireType(822)]
public sealed record AgentFound(Agent? Agent, EnrolledPrincipal? Principal = null, EnrolledAgentKey? Key = null);

/// <summary>
/// Asks a negotiation for its standing offer with the evidence to verify. Answer: <see cref="StandingOffer"/>; to a
/// stranger the refusal that it would get for any negotiation that does not exist.
/// </summary>
/// <param name="Asker">The agent on whose behalf the gateway asks.</param>
[WireType(823)]
public sealed record GetStandingOffer(AgentNumber Asker);

/// <summary>
/// Asks a negotiation for the answer to the act that may have opened it. Answer: that of the act, or a refusal.
/// </summary>
/// <param name="Message">The opener's id of the act, from which the negotiation's id is derived.</param>
/// <param name="Digest">Digest of the opener's exact bytes.</param>
[WireType(814)]
public sealed record FindOpening(MessageId Message, ActDigest Digest);

/// <summary>The standing offer, or nulls where none stands.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Evidence">Its maker's signature.</param>
[WireType(824)]
public sealed record StandingOffer(Offer? Offer, Evidence? Evidence);

/// <summary>Asks the ledger for a principal's accounts. Answer: <see cref="Domain.Wire.Messages.Balances"/>.</summary>
/// <param name="Principal">Whose.</param>
[WireType(825)]
public sealed record GetBalancesOf(PrincipalNumber Principal);

/// <summary>
/// Asks the ledger for one of a principal's mandates. Answer: <see cref="Domain.Wire.Messages.MandateState"/>, or a
/// refusal.
/// </summary>
/// <param name="Mandate">Which.</param>
/// <param name="Principal">Whose; a mandate of another principal is not told apart from none.</param>
[WireType(828)]
public sealed record GetMandateOf(MandateId Mandate, PrincipalNumber Principal);

/// <summary>Asks a buyer's grain for one of its requests. Answer: <see cref="RequestFound"/>.</summary>
/// <param name="Id">Which.</param>
[WireType(826)]
public sealed record FindRequest(RequestId Id);

/// <summary>A request, or null where there is none.</summary>
/// <param name="Request">The request.</param>
[WireType(827)]
public sealed record RequestFound(Domain.Listings.Request? Request);

/// <summary>
/// Asks a negotiation for the asker's part in it. Answer: <see cref="OwnPart"/>; to a stranger the refusal that it
/// would get for any negotiation that does not exist.
/// </summary>
/// <param name="Asker">The agent on whose behalf the gateway asks.</param>
[WireType(868)]
public sealed record GetOwnPart(AgentNumber Asker);

/// <summary>An agent's part in a negotiation.</summary>
/// <param name="Own">The side that it is on.</param>
/// <param name="Mandate">The mandate that it acts under, or null.</param>
/// <param name="Subject">What the negotiation is about.</param>
/// <param name="Counterparty">The agent on the other side.</param>
[WireType(869)]
public sealed record OwnPart(Party Own, MandateId? Mandate, Subject Subject, AgentNumber Counterparty = default);
