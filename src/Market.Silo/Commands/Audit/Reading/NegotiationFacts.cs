namespace Market.Silo.Commands.Audit.Reading;

/// <summary>An event of a negotiation, as docs/wire.md gives its form.</summary>
internal abstract record NegotiationFact(Moment At, NegotiationId Negotiation);

internal sealed record NegotiationOpened(
    Moment At,
    NegotiationId Negotiation,
    ActReference? Act,
    Party OpenedBy,
    Participant Buyer,
    Participant Seller,
    Subject Subject,
    NegotiationRules Rules,
    Offer? FirstOffer,
    Evidence? Evidence,
    GrantedApproval? Approval = null) : NegotiationFact(At, Negotiation);

internal sealed record NegotiationJoined(Moment At, NegotiationId Negotiation, ActReference? Act)
    : NegotiationFact(At, Negotiation);

internal sealed record OfferMade(
    Moment At,
    NegotiationId Negotiation,
    ActReference? Act,
    Offer Offer,
    Evidence? Evidence,
    GrantedApproval? Approval = null) : NegotiationFact(At, Negotiation);

internal sealed record OfferWithdrawn(Moment At, NegotiationId Negotiation, ActReference? Act, long OfferNumber)
    : NegotiationFact(At, Negotiation);

internal sealed record OfferExpired(Moment At, NegotiationId Negotiation, long OfferNumber)
    : NegotiationFact(At, Negotiation);

internal sealed record OfferAccepted(
    Moment At,
    NegotiationId Negotiation,
    ActReference? Act,
    long OfferNumber,
    Hash32 OfferHash,
    DealId Deal,
    Hash32 TermsHash,
    Evidence? Evidence,
    long? Quantity,
    GrantedApproval? Approval = null) : NegotiationFact(At, Negotiation);

internal sealed record PostedPriceTaken(
    Moment At,
    NegotiationId Negotiation,
    ActReference? Act,
    Participant Buyer,
    Participant Seller,
    Subject Subject,
    NegotiationRules Rules,
    Offer Offer,
    DealId Deal,
    Hash32 TermsHash,
    Evidence? Evidence,
    GrantedApproval? Approval = null) : NegotiationFact(At, Negotiation);

internal sealed record NegotiationRejected(
    Moment At, NegotiationId Negotiation, ActReference? Act, Party By, long OfferNumber)
    : NegotiationFact(At, Negotiation);

internal sealed record NegotiationLeft(Moment At, NegotiationId Negotiation, ActReference? Act, Party By)
    : NegotiationFact(At, Negotiation);

/// <summary>Why the market ended a negotiation.</summary>
internal enum CancelReason : byte
{
    Impasse = 1,
    SubjectGone = 2,
    TenderClosed = 3,
    ByMarket = 4,
}

internal sealed record NegotiationCancelled(
    Moment At, NegotiationId Negotiation, ActReference? Act, CancelReason Reason) : NegotiationFact(At, Negotiation);

internal sealed record InquiryMade(Moment At, NegotiationId Negotiation, ActReference? Act, Party By)
    : NegotiationFact(At, Negotiation);

internal sealed record InformationGiven(
    Moment At, NegotiationId Negotiation, ActReference? Act, Party By, long? InReplyTo)
    : NegotiationFact(At, Negotiation);

internal sealed record NegotiationExpired(Moment At, NegotiationId Negotiation) : NegotiationFact(At, Negotiation);

internal sealed record DealSettled(Moment At, NegotiationId Negotiation, DealId Deal, StoredReceipt Receipt)
    : NegotiationFact(At, Negotiation);

internal sealed record DealNotSettled(
    Moment At, NegotiationId Negotiation, DealId Deal, int BuyerCode, int SellerCode)
    : NegotiationFact(At, Negotiation);
