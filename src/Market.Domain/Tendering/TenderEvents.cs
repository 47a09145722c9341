using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Domain.Tendering;

/// <summary>
/// A fact of a tender. Who gets it stands in its row; before the reveal a bid's events reach its bidder alone.
/// </summary>
/// <param name="At">When, by the market's clock.</param>
/// <param name="Tender">Where.</param>
public abstract record TenderEvent(LedgerTime At, TenderId Tender) : AgentEvent(At);

/// <summary>The act that an event records, so that a retry gets the same answer.</summary>
/// <param name="Message">The agent's id of the act.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <param name="By">Who acted.</param>
public sealed record TenderActReference(MessageId Message, ActDigest Digest, AgentNumber By);

/// <summary>A tender has been opened; to its buyer.</summary>
/// <inheritdoc cref="TenderEvent"/>
/// <param name="Act">The buyer's act.</param>
/// <param name="Call">What is asked for.</param>
/// <param name="Buyer">The side that pays.</param>
/// <param name="Invited">Who may bid; empty for all sellers.</param>
/// <param name="Nonce">The committed nonce; null to everyone outside the market.</param>
[WireType(430)]
public sealed record TenderOpened(
    LedgerTime At,
    TenderId Tender,
    TenderActReference Act,
    TenderCall Call,
    Participant Buyer,
    ValueArray<AgentNumber> Invited,
    Hash256? Nonce) : TenderEvent(At, Tender)
{
    /// <inheritdoc/>
    public override AgentEvent SeenBy(AgentNumber viewer) => this with { Nonce = null };
}

/// <summary>A seller has been invited to bid; to that seller.</summary>
/// <inheritdoc cref="TenderEvent"/>
/// <param name="Seller">Who.</param>
/// <param name="Call">What is asked for.</param>
[WireType(431)]
public sealed record SellerInvited(LedgerTime At, TenderId Tender, AgentNumber Seller, TenderCall Call)
    : TenderEvent(At, Tender);

/// <summary>A sealed bid.</summary>
/// <param name="Hash">Its hash: <see cref="TenderHashes.OfBid"/>.</param>
/// <param name="Seller">The side that offers.</param>
/// <param name="Subject">What it offers.</param>
/// <param name="Offer">The offer; its validity begins at the reveal.</param>
/// <param name="Blinding">The random bytes in its hash.</param>
/// <param name="Evidence">The bidder's signature where the offer is firm and signatures are required.</param>
public sealed record SealedBid(
    Hash256 Hash,
    Participant Seller,
    Subject Subject,
    ProposedOffer Offer,
    Hash256 Blinding,
    Evidence? Evidence);

/// <summary>A seller has bid, or replaced its bid; to that seller alone.</summary>
/// <inheritdoc cref="TenderEvent"/>
/// <param name="Act">The bidder's act.</param>
/// <param name="Bid">The bid.</param>
[WireType(432)]
public sealed record BidSubmitted(LedgerTime At, TenderId Tender, TenderActReference Act, SealedBid Bid)
    : TenderEvent(At, Tender);

/// <summary>A seller has taken its bid back; to that seller alone.</summary>
/// <inheritdoc cref="TenderEvent"/>
/// <param name="Act">The bidder's act.</param>
[WireType(433)]
public sealed record BidWithdrawn(LedgerTime At, TenderId Tender, TenderActReference Act) : TenderEvent(At, Tender);

/// <summary>The window has ended, and all bids are open; to all who take part, at once.</summary>
/// <inheritdoc cref="TenderEvent"/>
/// <param name="Nonce">The nonce that the market was committed to.</param>
/// <param name="Seed">The seed of the order: <see cref="TenderHashes.OfSeed"/>.</param>
/// <param name="Bidders">The bidders in the revealed order; empty to everyone outside the market.</param>
/// <param name="Count">How many bids there are.</param>
/// <param name="Place">Place of the reader's own bid, from 1; null in the journal, and where it has none.</param>
[WireType(434)]
public sealed record TenderRevealed(
    LedgerTime At,
    TenderId Tender,
    Hash256 Nonce,
    Hash256 Seed,
    ValueArray<AgentNumber> Bidders,
    int Count,
    int? Place) : TenderEvent(At, Tender)
{
    /// <inheritdoc/>
    public override AgentEvent SeenBy(AgentNumber viewer) =>
        this with { Bidders = [], Place = Bidders.AsSpan().IndexOf(viewer) is >= 0 and var index ? index + 1 : null };
}

/// <summary>The buyer has chosen bids; to the buyer. The bidders get the events of their negotiations.</summary>
/// <inheritdoc cref="TenderEvent"/>
/// <param name="Act">The buyer's act.</param>
/// <param name="Chosen">One negotiation a bid.</param>
[WireType(435)]
public sealed record BidsChosen(
    LedgerTime At, TenderId Tender, TenderActReference Act, ValueArray<ChosenBid> Chosen) : TenderEvent(At, Tender);

/// <summary>A chosen bid's negotiation has answered; to nobody: its parties have its own events.</summary>
/// <inheritdoc cref="TenderEvent"/>
/// <param name="Bid">The bid's hash.</param>
/// <param name="RefusalCode">The negotiation's refusal as a number; 0 where it is open.</param>
[WireType(436)]
public sealed record BidNegotiationAnswered(LedgerTime At, TenderId Tender, Hash256 Bid, int RefusalCode)
    : TenderEvent(At, Tender);

/// <summary>Why a tender was closed.</summary>
public enum ClosingReason : byte
{
    /// <summary>The buyer has closed it.</summary>
    ByBuyer = 1,

    /// <summary>No bid stands any more.</summary>
    NoBidStands = 2,

    /// <summary>What was asked for has been bought.</summary>
    NeedIsFilled = 3,
}

/// <summary>No bid can be chosen any more; to all who take part, at once and alike.</summary>
/// <inheritdoc cref="TenderEvent"/>
/// <param name="Act">The buyer's act, where it closed it; null to everyone outside the market.</param>
/// <param name="Reason">Why.</param>
[WireType(437)]
public sealed record TenderClosed(LedgerTime At, TenderId Tender, TenderActReference? Act, ClosingReason Reason)
    : TenderEvent(At, Tender)
{
    /// <inheritdoc/>
    public override AgentEvent SeenBy(AgentNumber viewer) => this with { Act = null };
}

/// <summary>
/// The tender was given up before the reveal, by its buyer or since what it asks for was bought elsewhere; to all who
/// take part, at once and alike.
/// </summary>
/// <inheritdoc cref="TenderEvent"/>
/// <param name="Act">The buyer's act, where it was cancelled by it; null to everyone outside the market.</param>
[WireType(438)]
public sealed record TenderCancelled(LedgerTime At, TenderId Tender, TenderActReference? Act)
    : TenderEvent(At, Tender)
{
    /// <inheritdoc/>
    public override AgentEvent SeenBy(AgentNumber viewer) => this with { Act = null };
}
