using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Grains;

/// <summary>
/// Asks whether an approval was asked for by an act already. Answer: <see cref="ApprovalAsked"/>, or a refusal:
/// unknown, or asked for by another act.
/// </summary>
/// <param name="Id">The id that the market derived from the act.</param>
/// <param name="Digest">Digest of the act's exact bytes.</param>
[WireType(842)]
public sealed record FindApprovalRequest(ApprovalId Id, ActDigest Digest);

/// <summary>
/// Asks for the signed approval of exact terms that holds now. Answer: <see cref="GrantedApproval"/>, or a refusal.
/// </summary>
/// <param name="Agent">Whose act it is for.</param>
/// <param name="TermsHash">Hash of the terms.</param>
[WireType(843)]
public sealed record FindGrantedApproval(AgentNumber Agent, Hash256 TermsHash);

/// <summary>Asks for approvals. Answer: <see cref="ApprovalsListed"/>.</summary>
/// <param name="Query">Which.</param>
/// <param name="Asker">The agent that asks for its own; null where the principal asks.</param>
[WireType(845)]
public sealed record QueryApprovals(ListApprovals Query, AgentNumber? Asker);

/// <summary>Asks for one approval. Answer: <see cref="ApprovalState"/>, or a refusal.</summary>
/// <param name="Id">Which.</param>
/// <param name="Asker">The agent that asks, which sees its own only; null where the principal asks.</param>
[WireType(846)]
public sealed record QueryApproval(ApprovalId Id, AgentNumber? Asker);

/// <summary>What in a negotiation needs, or may need, an approval.</summary>
/// <param name="Matter">What it is.</param>
/// <param name="Refused">What the mandate says of the act without an approval; null where nobody asked it.</param>
[WireType(847)]
public sealed record ApprovalDue(ApprovalMatter Matter, LedgerRefused? Refused = null);

/// <summary>
/// Asks a negotiation what an agent of it may have approved. Answer: <see cref="ApprovalDue"/>, or a refusal.
/// </summary>
/// <param name="Asker">The agent on whose behalf the gateway asks.</param>
/// <param name="OfferNumber">The offer to accept, or null.</param>
/// <param name="Terms">The terms; null for those of the offer.</param>
[WireType(849)]
public sealed record GetApprovalMatter(AgentNumber Asker, long? OfferNumber, Terms? Terms);
