using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Domain.Tendering;

/// <summary>What an agent does in a tender. The message id makes it idempotent.</summary>
/// <param name="Message">The client's id of the act: the same id is the same act.</param>
/// <param name="Tender">Where.</param>
public abstract record TenderAct(MessageId Message, TenderId Tender);

/// <summary>
/// Bids, or replaces the own earlier bid; for sellers. Signed where the offer is firm. Answer:
/// <see cref="BidRecorded"/>.
/// </summary>
/// <inheritdoc cref="TenderAct"/>
/// <param name="Listing">The own listing that is offered.</param>
/// <param name="ListingVersion">The version of it.</param>
/// <param name="Order">The lines of the listing that are offered.</param>
/// <param name="Offer">The offer. Its validity begins at the reveal.</param>
/// <param name="Blinding">
/// 32 random bytes, so that nobody finds the terms by trying out what hashes to the bid's hash.
/// </param>
[WireType(141)]
public sealed record SubmitBid(
    MessageId Message,
    TenderId Tender,
    ListingId Listing,
    int ListingVersion,
    ValueArray<OrderLine> Order,
    ProposedOffer Offer,
    Hash256 Blinding) : TenderAct(Message, Tender);

/// <summary>Takes back the own bid before the window ends; for sellers. Answer: <see cref="TenderRecorded"/>.</summary>
/// <inheritdoc cref="TenderAct"/>
[WireType(142)]
public sealed record WithdrawBid(MessageId Message, TenderId Tender) : TenderAct(Message, Tender);

/// <summary>
/// Opens a negotiation with each of some bidders, in which its bid stands as the first offer: to accept it (an award),
/// to counter it, or to reject it; for the buyer. Answer: <see cref="BidsWereChosen"/>.
/// </summary>
/// <inheritdoc cref="TenderAct"/>
/// <param name="Bids">The hashes of the bids.</param>
[WireType(143)]
public sealed record ChooseBids(MessageId Message, TenderId Tender, ValueArray<Hash256> Bids)
    : TenderAct(Message, Tender);

/// <summary>Gives the tender up before the window ends; for the buyer. Answer: <see cref="TenderRecorded"/>.</summary>
/// <inheritdoc cref="TenderAct"/>
[WireType(144)]
public sealed record CancelTender(MessageId Message, TenderId Tender) : TenderAct(Message, Tender);

/// <summary>
/// Ends the tender after the reveal: no further bid will be chosen, and all who bid are told at once; for the buyer.
/// Answer: <see cref="TenderRecorded"/>.
/// </summary>
/// <inheritdoc cref="TenderAct"/>
[WireType(145)]
public sealed record CloseTender(MessageId Message, TenderId Tender) : TenderAct(Message, Tender);
