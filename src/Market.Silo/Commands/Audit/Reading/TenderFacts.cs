namespace Market.Silo.Commands.Audit.Reading;

/// <summary>An event of a tender, as docs/wire.md gives its form; what the audit has no rule for is left out.</summary>
internal abstract record TenderFact(Moment At, Guid Tender);

internal sealed record TenderOpened(
    Moment At,
    Guid Tender,
    AgentNumber By,
    StoredCall Call,
    Participant Buyer,
    Items<AgentNumber> Invited,
    Hash32 Nonce) : TenderFact(At, Tender);

internal sealed record SellerInvited(Moment At, Guid Tender, AgentNumber Seller) : TenderFact(At, Tender);

internal sealed record BidSubmitted(Moment At, Guid Tender, AgentNumber By, StoredBid Bid) : TenderFact(At, Tender);

internal sealed record BidWithdrawn(Moment At, Guid Tender, AgentNumber By) : TenderFact(At, Tender);

internal sealed record TenderRevealed(
    Moment At, Guid Tender, Hash32 Nonce, Hash32 Seed, Items<AgentNumber> Bidders, int Count) : TenderFact(At, Tender);

internal sealed record BidsChosen(Moment At, Guid Tender, AgentNumber By, Items<Hash32> Bids)
    : TenderFact(At, Tender);

internal sealed record BidNegotiationAnswered(Moment At, Guid Tender, Hash32 Bid) : TenderFact(At, Tender);

/// <summary>Closed, or cancelled before the reveal.</summary>
internal sealed record TenderEnded(Moment At, Guid Tender, bool IsCancelled) : TenderFact(At, Tender);

/// <summary>What a tender asks for.</summary>
internal sealed record StoredCall(
    Guid Tender, Guid Request, Moment EndsAt, Hash32 Commitment, bool IsByInvitation);

/// <summary>A sealed bid; its offer as the bytes that its hash covers.</summary>
internal sealed record StoredBid(Hash32 Hash, Participant Seller, Subject Subject, byte[] Offer, Hash32 Blinding);
