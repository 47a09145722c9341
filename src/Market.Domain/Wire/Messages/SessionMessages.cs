using Market.Domain.Enrolling;
using Market.Domain.Negotiating;

namespace Market.Domain.Wire.Messages;

/// <summary>The market's first frame on a connection: what the client must sign to prove its key.</summary>
/// <param name="Market">The market; part of everything that is signed.</param>
/// <param name="Name">What people call it.</param>
/// <param name="FormatVersion">Version of this protocol.</param>
/// <param name="Nonce">32 random bytes, used once.</param>
/// <param name="At">The market's clock.</param>
/// <param name="ReceiptKey">
/// SubjectPublicKeyInfo of the key that signs the market's receipts now, DER. Who has it from elsewhere compares it.
/// </param>
[WireType(1)]
public sealed record Hello(
    MarketId Market,
    string Name,
    int FormatVersion,
    ReadOnlyMemory<byte> Nonce,
    LedgerTime At,
    ReadOnlyMemory<byte> ReceiptKey = default);

/// <summary>The client's answer to <see cref="Hello"/>.</summary>
/// <param name="PublicKey">SubjectPublicKeyInfo of its P-256 key, DER.</param>
/// <param name="Signature">
/// ES256 by that key over <see cref="SignedPayload.ForSession"/> of the nonce; 64 bytes, r then s.
/// </param>
[WireType(2)]
public sealed record Authenticate(ReadOnlyMemory<byte> PublicKey, ReadOnlyMemory<byte> Signature);

/// <summary>The session is open.</summary>
/// <param name="Agent">The agent of the key; null where the key is no agent's.</param>
/// <param name="Principal">
/// The principal whose own key it is; null where it is none's. Both are null where the key is not registered yet.
/// </param>
[WireType(3)]
public sealed record Welcome(Agent? Agent, EnrolledPrincipal? Principal = null);

/// <summary>The answer to anything that is refused. The codes are those of the refusal enumerations.</summary>
/// <param name="Code">The refusal's number.</param>
/// <param name="Name">The refusal's name.</param>
/// <param name="Explanation">What was wrong and what would be right, in a sentence.</param>
/// <param name="RetryAfter">When trying again makes sense; null where it does not.</param>
/// <param name="Fields">
/// What is wrong field by field, or what differs from a version that was named; at most
/// <see cref="MarketLimits.FieldProblemsMax"/>, and empty where the code says it all.
/// </param>
/// <param name="Approval">With `ApprovalRequired`, what the principal has to approve; else null.</param>
[WireType(5)]
public sealed record Refused(
    int Code,
    string Name,
    string Explanation,
    TimeSpan? RetryAfter = null,
    ValueArray<FieldProblem> Fields = default,
    ApprovalNeeded? Approval = null);

/// <summary>What has to be approved before a binding act is taken.</summary>
/// <param name="Negotiation">Where; of an opening, the id that it will have.</param>
/// <param name="TermsHash">Hash of the exact terms, which the approval names.</param>
/// <param name="Terms">The terms.</param>
/// <param name="Total">What the buyer pays in all.</param>
/// <param name="OfferNumber">The offer to accept; null where the terms are the agent's own offer.</param>
public sealed record ApprovalNeeded(
    NegotiationId Negotiation, Hash256 TermsHash, Terms Terms, Money Total, long? OfferNumber = null);

/// <summary>An act with its agent's signature: firm offers, accepts, and openings with a firm offer.</summary>
/// <param name="Act">The wire form `[type number, payload]` of the act, as it was signed.</param>
/// <param name="Signature">ES256 over <see cref="SignedPayload.ForAct"/> of the act; 64 bytes, r then s.</param>
[WireType(6)]
public sealed record SignedAct(ReadOnlyMemory<byte> Act, ReadOnlyMemory<byte> Signature);
