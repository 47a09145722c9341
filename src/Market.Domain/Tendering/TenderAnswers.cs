using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Domain.Tendering;

/// <summary>The tender has recorded the act.</summary>
/// <param name="Tender">The tender.</param>
/// <param name="At">When.</param>
[WireType(240)]
public sealed record TenderRecorded(TenderId Tender, LedgerTime At);

/// <summary>The bid is recorded, sealed.</summary>
/// <param name="Tender">The tender.</param>
/// <param name="Bid">The bid's hash: <see cref="TenderHashes.OfBid"/>.</param>
/// <param name="At">When.</param>
[WireType(241)]
public sealed record BidRecorded(TenderId Tender, Hash256 Bid, LedgerTime At);

/// <summary>A chosen bid, with the negotiation in which it stands as the first offer.</summary>
/// <param name="Bid">The bid's hash.</param>
/// <param name="Negotiation">The negotiation.</param>
public sealed record ChosenBid(Hash256 Bid, NegotiationId Negotiation);

/// <summary>The bids are chosen; their negotiations open now, and both sides get their events.</summary>
/// <param name="Tender">The tender.</param>
/// <param name="Chosen">One negotiation a bid, in the order of the act.</param>
/// <param name="At">When.</param>
[WireType(242)]
public sealed record BidsWereChosen(TenderId Tender, ValueArray<ChosenBid> Chosen, LedgerTime At);

/// <summary>Where a tender stands, as the asker may know it.</summary>
/// <param name="Call">What is asked for.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="OwnBid">The hash of the asker's own bid; null where there is none.</param>
/// <param name="Reveal">What the reveal brought to light; null before it.</param>
[WireType(243)]
public sealed record TenderView(TenderCall Call, TenderStatus Status, Hash256? OwnBid, TenderReveal? Reveal);

/// <summary>What all who take part learn at the reveal.</summary>
/// <param name="At">When: the bids' validity begins here.</param>
/// <param name="Nonce">The nonce that the market was committed to.</param>
/// <param name="Seed">The seed of the order: <see cref="TenderHashes.OfSeed"/>.</param>
/// <param name="Count">How many bids there are.</param>
/// <param name="Place">Place of the asker's own bid in the order, from 1; null where it has none.</param>
public sealed record TenderReveal(LedgerTime At, Hash256 Nonce, Hash256 Seed, int Count, int? Place);

/// <summary>A bid as the buyer sees it after the reveal. Nothing in it tells when it was made.</summary>
/// <param name="Place">Its place in the shuffled order, from 1.</param>
/// <param name="Hash">Its hash, by which it is chosen.</param>
/// <param name="Seller">The seller's agent.</param>
/// <param name="SellerPrincipal">Whom that agent acts for.</param>
/// <param name="Subject">What is offered: the listing, its version, the order, and the agenda.</param>
/// <param name="Offer">The offer.</param>
/// <param name="ValidUntil">From this moment on it no longer stands.</param>
/// <param name="Blinding">The random bytes in its hash.</param>
public sealed record Bid(
    int Place,
    Hash256 Hash,
    AgentNumber Seller,
    PrincipalNumber SellerPrincipal,
    Subject Subject,
    ProposedOffer Offer,
    LedgerTime ValidUntil,
    Hash256 Blinding);

/// <summary>Bids in the revealed order.</summary>
/// <param name="Tender">The tender.</param>
/// <param name="Bids">One page of them.</param>
/// <param name="HasMore">Whether there is another page after the last of these.</param>
[WireType(244)]
public sealed record BidsPage(TenderId Tender, ValueArray<Bid> Bids, bool HasMore);

/// <summary>Hashes of bids, ascending.</summary>
/// <param name="Tender">The tender.</param>
/// <param name="Hashes">One page of them.</param>
/// <param name="HasMore">Whether there is another page after these.</param>
[WireType(245)]
public sealed record BidHashesPage(TenderId Tender, ValueArray<Hash256> Hashes, bool HasMore);

/// <summary>Open tenders.</summary>
/// <param name="Tenders">One page of them.</param>
/// <param name="HasMore">Whether there is another page after the last of these.</param>
[WireType(246)]
public sealed record TendersFound(ValueArray<TenderCall> Tenders, bool HasMore);
