using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Domain.Settling;

namespace Market.Domain.Tendering;

public static partial class TenderMachine
{
    /// <summary>
    /// The deal that a firm bid offers, as the bidder's own mandate would judge it; null where an event is none, or its
    /// bidder acts without a mandate.
    /// </summary>
    /// <param name="state">The tender before the event.</param>
    /// <param name="event">The event.</param>
    public static MandatedDeal? CommitmentOf(TenderState state, TenderEvent? @event)
    {
        ArgumentNullException.ThrowIfNull(state);
        return @event is BidSubmitted { Bid: { Offer.Binding: OfferBinding.Firm, Seller.Mandate: not null } bid }
            ? new MandatedDeal(
                new DealParty(bid.Seller.Agent, bid.Seller.Principal, bid.Seller.Mandate),
                state.Buyer.Principal,
                MandateActions.Sell,
                new Money(bid.Offer.Terms.TotalMinorUnits, bid.Subject.Agenda.Currency),
                bid.Subject.Category,
                IsHeld: false,
                TermsHash: default)
            : null;
    }

    private static TenderDecision DecideBid(
        TenderState state, SubmitBid act, PerformTenderAct command, LedgerTime now)
    {
        var (bidder, listed) = (command.Bidder, command.Subject);
        ArgumentNullException.ThrowIfNull(bidder, nameof(command));
        ArgumentNullException.ThrowIfNull(listed, nameof(command));
        var subject = SubjectOf(state.Call, listed);
        var known = state.FindBidder(command.From);
        Enum? refusal =
            bidder.Agent != command.From ? TenderRefusal.ListingIsNotYours
            : bidder.Principal == state.Buyer.Principal ? NegotiationRefusal.PrincipalsAreTheSame
            : known is null && state.BidderCount >= TenderLimits.BidsMax ? TenderRefusal.TenderIsFull
            : known?.Acts >= TenderLimits.ActsOfOneSellerMax ? TenderRefusal.TooManyBidActs
            : state.Call.FinalRoundOf is not null && !act.Offer.IsFinal ? TenderRefusal.BidMustBeFinal
            : !Fits(state.Call, listed.Agenda) ? TenderRefusal.ListingDoesNotFit
            : NegotiationMachine.RefuseProposal(subject.Agenda, state.Call.Rules, act.Offer, command.Evidence);
        if (refusal is not null)
        {
            return TenderDecision.Refuse(refusal) with { Fields = ProblemsOf(subject.Agenda, act.Offer, refusal) };
        }

        // From here on nothing may fail.
        var tender = state.Call.Tender;
        var hash = TenderHashes.OfBid(state.Market, tender, bidder.Agent, subject, act.Offer, act.Blinding);
        var bid = new SealedBid(hash, bidder, subject, act.Offer, act.Blinding, command.Evidence);
        return new TenderDecision(
            new BidSubmitted(now, tender, Reference(command), bid), null, new BidRecorded(tender, hash, now));
    }

    private static TenderDecision DecideWithdraw(TenderState state, PerformTenderAct command, LedgerTime now)
    {
        // A withdrawal is never refused for want of room: the limit counts it, so that only bidding is limited.
        return state.FindBidder(command.From)?.Bid is null
            ? TenderDecision.Refuse(TenderRefusal.NoBidToWithdraw)
            : Record(state, new BidWithdrawn(now, state.Call.Tender, Reference(command)));
    }

    private static bool Fits(TenderCall call, Agenda listed) =>
        (call.Request.Draft.Currency is not { } currency || currency == listed.Currency)
        && AgendaRules.IsValid(call.AgendaFor(listed));

    private static ValueArray<FieldProblem> ProblemsOf(Agenda agenda, ProposedOffer offer, Enum refusal) =>
        refusal is NegotiationRefusal reason ? OfferProblems.Of(agenda, offer, reason) : [];

    /// <summary>
    /// What a bid is about: the listing's subject under the request, on the tender's agenda if it has one.
    /// </summary>
    private static Subject SubjectOf(TenderCall call, Subject listed) => listed with
    {
        Request = call.Request.Id,
        Agenda = call.AgendaFor(listed.Agenda),
        Posted = call.Agenda is null ? listed.Posted : null,
    };

    /// <summary>
    /// All bids at once. The order follows from the nonce and the set of bids alone: neither from who came first nor
    /// from anything that anyone could choose after the nonce was committed.
    /// </summary>
    private static TenderRevealed Reveal(TenderState state, LedgerTime now)
    {
        var tender = state.Call.Tender;
        var bidders = state.Bids.ToDictionary(bid => bid.Hash, bid => bid.Seller.Agent);
        var ascending = RevealedOrder.Ascending(bidders.Keys);
        var seed = TenderHashes.OfSeed(tender, state.Nonce, ValueArray.Create<Hash256>(ascending));
        var order = RevealedOrder.Shuffle(seed, ascending).Select(bid => bidders[bid]).ToValueArray();
        return new TenderRevealed(now, tender, state.Nonce, seed, order, order.Count, Place: null);
    }
}
