using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Domain.Tendering;

/// <summary>What the market's gateway, sweeper and negotiations ask of a tender.</summary>
public abstract record TenderCommand;

/// <summary>Opens a tender.</summary>
/// <param name="Message">The buyer's id of the act.</param>
/// <param name="Digest">Digest of the act's exact bytes.</param>
/// <param name="Tender">The id that the market derived from the buyer and the message.</param>
/// <param name="Buyer">The side that pays, with the mandate that it buys under.</param>
/// <param name="Request">The buyer's request.</param>
/// <param name="Window">How long bids are taken.</param>
/// <param name="Invited">The sellers who may bid; empty for all.</param>
/// <param name="Rules">The rules of the negotiations that follow.</param>
/// <param name="Nonce">32 random bytes, to be used once and shown to nobody before the reveal.</param>
/// <param name="FinalRoundOf">The buyer's earlier tender whose final round this is, or null.</param>
[WireType(850)]
public sealed record OpenTenderCommand(
    MessageId Message,
    ActDigest Digest,
    TenderId Tender,
    Participant Buyer,
    Request Request,
    TimeSpan Window,
    ValueArray<AgentNumber> Invited,
    NegotiationRules Rules,
    Hash256 Nonce,
    TenderId? FinalRoundOf) : TenderCommand;

/// <summary>An agent's act, with the context that only the gateway can set.</summary>
/// <param name="From">The agent whose session sent it.</param>
/// <param name="Act">What it does.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <param name="Evidence">
/// Its signature, verified by the gateway where the act is a bid; null where there is none.
/// </param>
/// <param name="Bidder">Of a bid: the seller's side, with the mandate of its listing; else null.</param>
/// <param name="Subject">Of a bid: what is offered, on the issues of its listing; else null.</param>
[WireType(851)]
public sealed record PerformTenderAct(
    AgentNumber From,
    TenderAct Act,
    ActDigest Digest,
    Evidence? Evidence,
    Participant? Bidder,
    Subject? Subject) : TenderCommand;

/// <summary>Goes on with what a tender has to do by itself: to invite, to reveal, to close.</summary>
[WireType(852)]
public sealed record ContinueTender : TenderCommand
{
    /// <summary>The only instance that is needed.</summary>
    public static ContinueTender Instance { get; } = new();
}

/// <summary>
/// Tells a negotiation to open with a chosen bid as its first offer; answered by <see cref="BidOpened"/>.
/// </summary>
/// <param name="Tender">The tender, which is told the answer.</param>
/// <param name="Bid">The bid's hash.</param>
/// <param name="Opening">The opening, in the seller's name.</param>
[WireType(853)]
public sealed record OpenForTender(TenderId Tender, Hash256 Bid, OpenNegotiationCommand Opening);

/// <summary>A negotiation's answer: it is open, or it never will be.</summary>
/// <param name="Bid">The bid's hash.</param>
/// <param name="RefusalCode">The negotiation's refusal as a number; 0 where it is open.</param>
[WireType(854)]
public sealed record BidOpened(Hash256 Bid, int RefusalCode) : TenderCommand;

/// <summary>An agent's question, as the gateway passes it on.</summary>
/// <param name="Asker">The agent whose session asks.</param>
/// <param name="Query">What it asks.</param>
[WireType(855)]
public sealed record AskTender(AgentNumber Asker, TenderQuery Query);

/// <summary>Asks a tender for the answer that an act got. Answer: that, or a refusal.</summary>
/// <param name="By">Whose act.</param>
/// <param name="Message">Its id.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
[WireType(856)]
public sealed record FindTenderAct(AgentNumber By, MessageId Message, ActDigest Digest);

/// <summary>
/// The journal's word that what the tender asks for has been bought: no bid of it can be settled any more.
/// </summary>
[WireType(857)]
public sealed record NeedFilled : TenderCommand
{
    /// <summary>The only instance that is needed.</summary>
    public static NeedFilled Instance { get; } = new();
}
