using Market.Domain.Approvals;
using Market.Domain.Wire;

namespace Market.Domain.Negotiating;

/// <summary>
/// A fact of a negotiation, as it is journalled and, with what is private to one side taken out, as the parties get it
/// (<see cref="NegotiationViews"/>).
/// </summary>
/// <param name="At">When, by the market's clock.</param>
/// <param name="Negotiation">Where.</param>
public abstract record NegotiationEvent(LedgerTime At, NegotiationId Negotiation);

/// <summary>The act that an event records, so that a retry gets the same answer.</summary>
/// <param name="Message">The agent's id of the act.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <param name="By">Who acted.</param>
public sealed record ActReference(MessageId Message, ActDigest Digest, Party By);

/// <summary>A negotiation has been opened.</summary>
/// <param name="Act">The opener's act; null to the other side.</param>
/// <param name="OpenedBy">Who opened.</param>
/// <param name="Buyer">The side that pays.</param>
/// <param name="Seller">The side that delivers.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Rules">The rules.</param>
/// <param name="FirstOffer">The opener's first offer, or null for an invitation.</param>
/// <param name="Evidence">The opener's signature where the first offer is firm and signatures are required.</param>
/// <param name="Approval">The approval by the acting side's principal, if one was needed; null to the other.</param>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(400)]
public sealed record NegotiationOpened(
    LedgerTime At,
    NegotiationId Negotiation,
    ActReference? Act,
    Party OpenedBy,
    Participant Buyer,
    Participant Seller,
    Subject Subject,
    NegotiationRules Rules,
    Offer? FirstOffer,
    Evidence? Evidence,
    GrantedApproval? Approval = null) : NegotiationEvent(At, Negotiation);

/// <summary>The invited side has joined.</summary>
/// <param name="Act">The act; null to the other side.</param>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(401)]
public sealed record NegotiationJoined(LedgerTime At, NegotiationId Negotiation, ActReference? Act)
    : NegotiationEvent(At, Negotiation);

/// <summary>An offer has been made; it supersedes the one that stood.</summary>
/// <param name="Act">The act; null to the other side.</param>
/// <param name="Offer">The offer.</param>
/// <param name="Evidence">
/// Its maker's signature where it is firm and signatures are required; null to the other side.
/// </param>
/// <param name="Approval">The approval by the acting side's principal, if one was needed; null to the other.</param>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(402)]
public sealed record OfferMade(
    LedgerTime At,
    NegotiationId Negotiation,
    ActReference? Act,
    Offer Offer,
    Evidence? Evidence,
    GrantedApproval? Approval = null) : NegotiationEvent(At, Negotiation);

/// <summary>An offer has been withdrawn by its maker, whose turn it is again.</summary>
/// <param name="Act">The act; null to the other side.</param>
/// <param name="OfferNumber">Which offer.</param>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(403)]
public sealed record OfferWithdrawn(LedgerTime At, NegotiationId Negotiation, ActReference? Act, long OfferNumber)
    : NegotiationEvent(At, Negotiation);

/// <summary>The standing offer's validity has ended; the turn stays where it was.</summary>
/// <param name="OfferNumber">Which offer.</param>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(404)]
public sealed record OfferExpired(LedgerTime At, NegotiationId Negotiation, long OfferNumber)
    : NegotiationEvent(At, Negotiation);

/// <summary>An offer has been accepted: there is a deal, and both sides are bound.</summary>
/// <param name="Act">The act; null to the other side.</param>
/// <param name="OfferNumber">Which offer.</param>
/// <param name="OfferHash">Its hash.</param>
/// <param name="Deal">The deal.</param>
/// <param name="TermsHash">The hash of the exact terms.</param>
/// <param name="Evidence">The accepting side's signature where signatures are required; null to the other side.</param>
/// <param name="Quantity">How many of the units offered were taken; null for all of them.</param>
/// <param name="Approval">The approval by the acting side's principal, if one was needed; null to the other.</param>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(405)]
public sealed record OfferAccepted(
    LedgerTime At,
    NegotiationId Negotiation,
    ActReference? Act,
    long OfferNumber,
    Hash256 OfferHash,
    DealId Deal,
    Hash256 TermsHash,
    Evidence? Evidence,
    long? Quantity = null,
    GrantedApproval? Approval = null) : NegotiationEvent(At, Negotiation);

/// <summary>The buyer has bought at the posted price: opened and agreed in one step.</summary>
/// <param name="Act">The buyer's act; null to the other side.</param>
/// <param name="Buyer">The side that pays.</param>
/// <param name="Seller">The side that delivers.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Rules">The rules.</param>
/// <param name="Offer">The posted offer.</param>
/// <param name="Deal">The deal.</param>
/// <param name="TermsHash">The hash of the exact terms.</param>
/// <param name="Evidence">The buyer's signature where signatures are required; null to the other side.</param>
/// <param name="Approval">The approval by the acting side's principal, if one was needed; null to the other.</param>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(406)]
public sealed record PostedPriceTaken(
    LedgerTime At,
    NegotiationId Negotiation,
    ActReference? Act,
    Participant Buyer,
    Participant Seller,
    Subject Subject,
    NegotiationRules Rules,
    Offer Offer,
    DealId Deal,
    Hash256 TermsHash,
    Evidence? Evidence,
    GrantedApproval? Approval = null) : NegotiationEvent(At, Negotiation);

/// <summary>A side has turned the standing offer down; the negotiation is over.</summary>
/// <param name="Act">The act; null to the other side.</param>
/// <param name="By">Who.</param>
/// <param name="OfferNumber">Which offer.</param>
/// <param name="Reason">Why.</param>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(407)]
public sealed record NegotiationRejected(
    LedgerTime At, NegotiationId Negotiation, ActReference? Act, Party By, long OfferNumber, ReasonCode Reason)
    : NegotiationEvent(At, Negotiation);

/// <summary>A side has left; the negotiation is over.</summary>
/// <param name="Act">The act; null to the other side.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(408)]
public sealed record NegotiationLeft(
    LedgerTime At, NegotiationId Negotiation, ActReference? Act, Party By, ReasonCode Reason)
    : NegotiationEvent(At, Negotiation);

/// <summary>The negotiation's time is up; it is over.</summary>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(409)]
public sealed record NegotiationExpired(LedgerTime At, NegotiationId Negotiation) : NegotiationEvent(At, Negotiation);

/// <summary>The deal is settled in the ledger.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Receipt">The market's signed receipt.</param>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(410)]
public sealed record DealSettled(LedgerTime At, NegotiationId Negotiation, DealId Deal, SignedReceipt Receipt)
    : NegotiationEvent(At, Negotiation);

/// <summary>The ledger has refused the deal for good; nothing moved.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Failure">Why, as far as the reader may know.</param>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(411)]
public sealed record DealNotSettled(LedgerTime At, NegotiationId Negotiation, DealId Deal, SettlementFailure Failure)
    : NegotiationEvent(At, Negotiation);

/// <summary>Why the market has ended a negotiation: the same words to both sides, whatever was behind it.</summary>
public enum CancelReason : byte
{
    /// <summary>Neither side has moved in as many rounds as the rules give them.</summary>
    Impasse = 1,

    /// <summary>The request's need is filled, or the listing's stock is gone.</summary>
    SubjectGone = 2,

    /// <summary>The tender that it belonged to is over.</summary>
    TenderClosed = 3,

    /// <summary>The market's operator has ended it.</summary>
    ByMarket = 4,
}

/// <summary>The market has ended the negotiation without a deal.</summary>
/// <param name="Act">The act that led to it, an offer that completed an impasse; null to the other side.</param>
/// <param name="Reason">Why.</param>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(412)]
public sealed record NegotiationCancelled(
    LedgerTime At, NegotiationId Negotiation, ActReference? Act, CancelReason Reason)
    : NegotiationEvent(At, Negotiation);
