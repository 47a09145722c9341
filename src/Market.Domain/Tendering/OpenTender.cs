using Market.Domain.Wire;

namespace Market.Domain.Tendering;

/// <summary>Opens a tender for an own request; for buyers. Answer: <see cref="TenderRecorded"/>.</summary>
/// <param name="Message">The client's id of the act; the tender's id is derived from it.</param>
/// <param name="Request">The own request; a deal fills its need.</param>
/// <param name="Mandate">The mandate under which the buyer's agent buys, or nil.</param>
/// <param name="Window">How long sealed bids are taken, 7 days at most.</param>
/// <param name="Invited">The sellers' agents who may bid, 64 at most; empty for all.</param>
/// <param name="RoundsMax">Rounds of the negotiations with chosen bidders.</param>
/// <param name="Duration">Duration of the negotiations with chosen bidders.</param>
/// <param name="FinalRoundOf">
/// An own revealed tender whose final round this is, or nil: bids are best and final.
/// </param>
[WireType(140)]
public sealed record OpenTender(
    MessageId Message,
    RequestId Request,
    MandateId? Mandate,
    TimeSpan Window,
    ValueArray<AgentNumber> Invited,
    int RoundsMax,
    TimeSpan Duration,
    TenderId? FinalRoundOf = null);
