using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Domain.Approvals;

/// <summary>A fact of an approval. Only its agent, and its principal by asking, ever see it.</summary>
/// <param name="At">When, by the market's clock.</param>
/// <param name="Id">The approval.</param>
public abstract record ApprovalEvent(LedgerTime At, ApprovalId Id) : AgentEvent(At);

/// <summary>An agent has asked its principal to approve exact terms.</summary>
/// <param name="Message">The agent's id of the act.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <param name="EndsAt">When the request ends without an answer.</param>
/// <param name="Matter">What is to be approved.</param>
/// <param name="Names">What it is called, for people.</param>
/// <inheritdoc cref="ApprovalEvent"/>
[WireType(420)]
public sealed record ApprovalRequested(
    LedgerTime At,
    ApprovalId Id,
    MessageId Message,
    ActDigest Digest,
    LedgerTime EndsAt,
    ApprovalMatter Matter,
    ApprovalNames Names) : ApprovalEvent(At, Id);

/// <summary>The principal has approved exactly these terms, for a time.</summary>
/// <param name="Message">The principal's id of the act.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <param name="ExpiresAt">From this moment on it approves nothing.</param>
/// <param name="Approval">The signed document.</param>
/// <inheritdoc cref="ApprovalEvent"/>
[WireType(421)]
public sealed record ApprovalGranted(
    LedgerTime At,
    ApprovalId Id,
    MessageId Message,
    ActDigest Digest,
    LedgerTime ExpiresAt,
    GrantedApproval Approval) : ApprovalEvent(At, Id);

/// <summary>The principal has denied the approval.</summary>
/// <param name="Message">The principal's id of the act.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <inheritdoc cref="ApprovalEvent"/>
[WireType(422)]
public sealed record ApprovalDenied(LedgerTime At, ApprovalId Id, MessageId Message, ActDigest Digest)
    : ApprovalEvent(At, Id);

/// <summary>The time of a request, or of an approval, is up.</summary>
/// <param name="WasGranted">Whether it had been approved.</param>
/// <inheritdoc cref="ApprovalEvent"/>
[WireType(423)]
public sealed record ApprovalExpired(LedgerTime At, ApprovalId Id, bool WasGranted) : ApprovalEvent(At, Id);
