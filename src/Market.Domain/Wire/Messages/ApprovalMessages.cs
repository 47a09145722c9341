using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;

namespace Market.Domain.Wire.Messages;

/// <summary>
/// Enrols the principal's own key, which answers approvals and is no agent's: the first one in a session of the agent
/// that brought the principal, a later one there or in a session of the principal's. Answer:
/// <see cref="PrincipalEnrolled"/>.
/// </summary>
/// <param name="PublicKey">SubjectPublicKeyInfo of the new P-256 key, DER.</param>
/// <param name="Revision">1 for the first key, then 2, 3, …</param>
/// <param name="Proof">
/// ES256 by the new key over <see cref="SignedPayload.ForPrincipalKey"/> of the wire form of the
/// <see cref="PrincipalKeyDocument"/>; 64 bytes, r then s.
/// </param>
/// <param name="Authorization">The same signed by the key before; empty for the first key.</param>
[WireType(130)]
public sealed record EnrolPrincipalKey(
    ReadOnlyMemory<byte> PublicKey,
    int Revision,
    ReadOnlyMemory<byte> Proof,
    ReadOnlyMemory<byte> Authorization = default);

/// <summary>
/// An agent asks its principal to approve exact terms: of an offer, of terms of its own, or of an opening. Answer:
/// <see cref="ApprovalAsked"/>.
/// </summary>
/// <param name="Message">The client's id of the act.</param>
/// <param name="Negotiation">Where; of an opening, the id that the refusal named.</param>
/// <param name="WaitsFor">How long the request waits for an answer, at most 24 hours.</param>
/// <param name="OfferNumber">The counterparty's standing offer, or null.</param>
/// <param name="Terms">The terms to offer or accept; null for exactly those of the offer or the opening.</param>
/// <param name="Opening">The opening, as it will be sent after the approval; null where one is open.</param>
[WireType(131)]
public sealed record RequestApproval(
    MessageId Message,
    NegotiationId Negotiation,
    TimeSpan WaitsFor,
    long? OfferNumber = null,
    Terms? Terms = null,
    OpenNegotiation? Opening = null);

/// <summary>
/// Asks for approvals, the newest first: in a principal's session all of its agents', in an agent's its own. Answer:
/// <see cref="ApprovalsListed"/>.
/// </summary>
/// <param name="OnlyPending">Whether only those that wait for an answer are wanted.</param>
/// <param name="After">The last one of the page before; null for the first page.</param>
/// <param name="CountMax">How many at most, 1 to 50.</param>
[WireType(132)]
public sealed record ListApprovals(bool OnlyPending = true, ApprovalId? After = null, int CountMax = 20);

/// <summary>Asks for one approval. Answer: <see cref="ApprovalState"/>.</summary>
/// <param name="Id">Which.</param>
[WireType(133)]
public sealed record GetApproval(ApprovalId Id);

/// <summary>
/// A principal's answer to one of its agents; only in a session of the principal's own key. Answer:
/// <see cref="ApprovalDecided"/>.
/// </summary>
/// <param name="Message">The client's id of the act.</param>
/// <param name="Id">Which approval.</param>
/// <param name="Answer">Approved or denied.</param>
/// <param name="Document">The wire form of the <see cref="ApprovalDocument"/>; empty to deny.</param>
/// <param name="Signature">
/// ES256 by the principal's key over <see cref="SignedPayload.ForApproval"/> of the document; empty to deny.
/// </param>
[WireType(134)]
public sealed record DecideApproval(
    MessageId Message,
    ApprovalId Id,
    ApprovalAnswer Answer,
    ReadOnlyMemory<byte> Document = default,
    ReadOnlyMemory<byte> Signature = default);

/// <summary>The principal has this key.</summary>
/// <param name="Principal">It.</param>
[WireType(230)]
public sealed record PrincipalEnrolled(EnrolledPrincipal Principal);

/// <summary>The principal has been asked.</summary>
/// <param name="Id">The approval; its events tell what becomes of it.</param>
/// <param name="EndsAt">When the request ends without an answer.</param>
[WireType(231)]
public sealed record ApprovalAsked(ApprovalId Id, LedgerTime EndsAt);

/// <summary>Approvals, the newest first.</summary>
/// <param name="Approvals">One page of them.</param>
/// <param name="HasMore">Whether there is another page after the last of these.</param>
[WireType(232)]
public sealed record ApprovalsListed(ValueArray<ApprovalRecord> Approvals, bool HasMore);

/// <summary>One approval.</summary>
/// <param name="Approval">It, and where it stands.</param>
[WireType(233)]
public sealed record ApprovalState(ApprovalRecord Approval);

/// <summary>The principal's answer is recorded.</summary>
/// <param name="Id">The approval.</param>
/// <param name="Status">Granted or denied.</param>
/// <param name="EndsAt">When the approval ends; of a denial, when it was denied.</param>
[WireType(234)]
public sealed record ApprovalDecided(ApprovalId Id, ApprovalStatus Status, LedgerTime EndsAt);
