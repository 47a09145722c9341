using Market.Domain.Wire;

namespace Market.Domain.Negotiating;

/// <summary>Why a party turns an offer down or leaves.</summary>
public enum ReasonCode : byte
{
    /// <summary>None of the others.</summary>
    Other = 0,

    /// <summary>The price is too high for the buyer, or too low for the seller.</summary>
    Price = 1,

    /// <summary>The quantity does not fit.</summary>
    Quantity = 2,

    /// <summary>The delivery does not fit.</summary>
    Delivery = 3,

    /// <summary>A better deal was found elsewhere.</summary>
    FoundElsewhere = 4,

    /// <summary>The mandate does not allow it.</summary>
    MandateDenied = 5,

    /// <summary>The offer is stale.</summary>
    Stale = 6,
}

/// <summary>
/// What an agent does in a negotiation. Every act names the message id that makes it idempotent and the version of the
/// negotiation that its sender had seen: it is compare-and-set.
/// </summary>
/// <param name="Message">The client's id of the act: the same id is the same act.</param>
/// <param name="Negotiation">Where.</param>
/// <param name="ExpectedSeq">
/// The stream version that the sender had seen. Inquiries and information since then change nothing of what it saw.
/// </param>
public abstract record NegotiationAct(MessageId Message, NegotiationId Negotiation, long ExpectedSeq);

/// <summary>Makes an offer; a counteroffer supersedes the standing one.</summary>
/// <inheritdoc cref="NegotiationAct"/>
/// <param name="Offer">The offer.</param>
[WireType(110)]
public sealed record MakeOffer(MessageId Message, NegotiationId Negotiation, long ExpectedSeq, ProposedOffer Offer)
    : NegotiationAct(Message, Negotiation, ExpectedSeq);

/// <summary>Accepts the standing firm offer, by number and hash.</summary>
/// <inheritdoc cref="NegotiationAct"/>
/// <param name="OfferNumber">Which offer.</param>
/// <param name="OfferHash">Its hash, so that nobody accepts terms that they have not seen.</param>
/// <param name="Quantity">
/// How many of the units offered are taken, where the offer lets a part be accepted; null for all of them.
/// </param>
[WireType(111)]
public sealed record AcceptOffer(
    MessageId Message,
    NegotiationId Negotiation,
    long ExpectedSeq,
    long OfferNumber,
    Hash256 OfferHash,
    long? Quantity = null)
    : NegotiationAct(Message, Negotiation, ExpectedSeq);

/// <summary>Takes back one's own standing offer; the negotiation goes on and it is one's own turn.</summary>
/// <inheritdoc cref="NegotiationAct"/>
/// <param name="OfferNumber">Which offer.</param>
[WireType(112)]
public sealed record WithdrawOffer(MessageId Message, NegotiationId Negotiation, long ExpectedSeq, long OfferNumber)
    : NegotiationAct(Message, Negotiation, ExpectedSeq);

/// <summary>Turns the counterparty's standing offer down and ends the negotiation.</summary>
/// <inheritdoc cref="NegotiationAct"/>
/// <param name="OfferNumber">Which offer.</param>
/// <param name="Reason">Why.</param>
[WireType(113)]
public sealed record RejectOffer(
    MessageId Message, NegotiationId Negotiation, long ExpectedSeq, long OfferNumber, ReasonCode Reason)
    : NegotiationAct(Message, Negotiation, ExpectedSeq);

/// <summary>Leaves the negotiation, whoever's turn it is, and ends it.</summary>
/// <inheritdoc cref="NegotiationAct"/>
/// <param name="Reason">Why.</param>
[WireType(114)]
public sealed record LeaveNegotiation(MessageId Message, NegotiationId Negotiation, long ExpectedSeq, ReasonCode Reason)
    : NegotiationAct(Message, Negotiation, ExpectedSeq);

/// <summary>Takes up an invitation without making an offer yet.</summary>
/// <inheritdoc cref="NegotiationAct"/>
[WireType(115)]
public sealed record JoinNegotiation(MessageId Message, NegotiationId Negotiation, long ExpectedSeq)
    : NegotiationAct(Message, Negotiation, ExpectedSeq);
