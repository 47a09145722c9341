using Market.Domain.Negotiating;

namespace Market.Domain.Tendering;

public static partial class TenderMachine
{
    /// <summary>What a chosen bid's negotiation is told: to open with the bid as the seller's standing offer.</summary>
    /// <param name="state">The tender, revealed.</param>
    /// <param name="chosen">One of its chosen bids.</param>
    public static OpenForTender OpeningOf(TenderState state, ChosenBid chosen)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(chosen);
        var bid = state.FindRevealed(chosen.Bid)!.Value.Bid;
        var act = state.FindBidder(bid.Seller.Agent)!.Act;
        var opening = new OpenNegotiationCommand(
            act.Message,
            act.Digest,
            chosen.Negotiation,
            Party.Seller,
            state.Buyer,
            bid.Seller,
            bid.Subject,
            state.Call.Rules,
            bid.Offer,
            bid.Evidence,
            OfferedAt: state.RevealedAt);
        return new OpenForTender(state.Call.Tender, bid.Hash, opening);
    }

    /// <summary>The id of a chosen bid's negotiation, from the act that chooses it; a retry derives the same.</summary>
    /// <param name="market">The market.</param>
    /// <param name="buyer">The tender's buyer.</param>
    /// <param name="bid">The bid's hash.</param>
    /// <param name="message">The buyer's id of the act.</param>
    public static NegotiationId NegotiationOf(MarketId market, AgentNumber buyer, Hash256 bid, MessageId message) =>
        new(MessageIds.Derive($"bid {bid}", market, buyer, message));

    private static TenderDecision DecideChoose(
        TenderState state, ChooseBids act, PerformTenderAct command, LedgerTime now)
    {
        if (act.Bids.Count is < 1 or > TenderLimits.ChosenAtOnceMax
            || act.Bids.Distinct().Count() != act.Bids.Count)
        {
            return TenderDecision.Refuse(TenderRefusal.ChoiceIsInvalid);
        }

        foreach (var bid in act.Bids)
        {
            if (RefuseChoice(state, bid, now) is { } refusal)
            {
                return TenderDecision.Refuse(refusal);
            }
        }

        // From here on nothing may fail.
        var chosen = act.Bids.Select(bid => Chosen(state, bid, act.Message)).ToValueArray();
        return new TenderDecision(
            new BidsChosen(now, state.Call.Tender, Reference(command), chosen),
            null,
            new BidsWereChosen(state.Call.Tender, chosen, now));
    }

    private static TenderRefusal? RefuseChoice(TenderState state, Hash256 bid, LedgerTime now) =>
        state.FindRevealed(bid) is not { } found ? TenderRefusal.BidUnknown
        : state.IsChosen(bid) ? TenderRefusal.BidAlreadyChosen
        : now >= state.RevealedAt + found.Bid.Offer.ValidFor ? TenderRefusal.BidHasExpired
        : null;

    private static ChosenBid Chosen(TenderState state, Hash256 bid, MessageId message) =>
        new(bid, NegotiationOf(state.Market, state.Buyer.Agent, bid, message));
}
