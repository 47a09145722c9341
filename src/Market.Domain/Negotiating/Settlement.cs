using Market.Domain.Approvals;
using Market.Domain.Auditing;
using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Domain.Negotiating;

/// <summary>
/// From agreement to settlement: what an agreed negotiation has the ledger do, and the receipt of it.
/// </summary>
public static class Settlement
{
    /// <summary>The command for a deal that the ledger has not answered yet; null where there is none.</summary>
    public static Settle? CommandOf(NegotiationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Status == NegotiationStatus.Agreed
            ? Command(
                state.Id, state.Deal!.Value, state.TermsHash, state.Buyer, state.Seller, state.Subject, state.Rules,
                state.Agreed!, state.BuyerApproval, state.SellerApproval)
            : null;
    }

    /// <summary>The command that an event makes due: that of the deal it agrees; null for every other event.</summary>
    /// <param name="state">The negotiation before the event.</param>
    /// <param name="event">The event.</param>
    public static Settle? CommandAfter(NegotiationState state, NegotiationEvent @event)
    {
        ArgumentNullException.ThrowIfNull(state);
        return @event switch
        {
            OfferAccepted accepted => Command(
                state.Id, accepted.Deal, accepted.TermsHash, state.Buyer, state.Seller, state.Subject, state.Rules,
                PartialTerms.Of(state.Subject.Agenda, state.Standing!.Terms, accepted.Quantity),
                ApprovalOf(Party.Buyer, state, accepted), ApprovalOf(Party.Seller, state, accepted)),
            PostedPriceTaken taken => Command(
                taken.Negotiation, taken.Deal, taken.TermsHash, taken.Buyer, taken.Seller, taken.Subject, taken.Rules,
                taken.Offer.Terms, taken.Approval?.TermsHash, sellerApproval: null),
            _ => null,
        };
    }

    /// <summary>
    /// The deal that an event offers or accepts bindingly, as the mandate of the side that acts would judge it; null
    /// where the event binds nobody, or that side acts without a mandate.
    /// </summary>
    /// <param name="state">The negotiation before the event.</param>
    /// <param name="event">The event.</param>
    public static MandatedDeal? CommitmentOf(NegotiationState state, NegotiationEvent? @event)
    {
        ArgumentNullException.ThrowIfNull(state);
        return ApprovalMatters.Of(state, @event)?.ToDeal(ApprovalIn(@event));
    }

    /// <summary>The receipt of a settled deal: what the market signs and both sides get.</summary>
    public static Receipt ReceiptOf(NegotiationState state, Settled settled)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(settled);
        return new Receipt(
            state.Market,
            settled.Deal,
            state.TermsHash,
            state.Id,
            settled.Entry,
            settled.At,
            new Money(state.Agreed!.TotalMinorUnits, state.Subject.Agenda.Currency),
            state.Buyer.Agent,
            state.Buyer.Principal,
            state.Seller.Agent,
            state.Seller.Principal,
            settled.Mode,
            settled.DeliveryDeadline);
    }

    /// <summary>The failure of a deal that the ledger refuses, each side's cause apart.</summary>
    public static SettlementFailure FailureOf(SettlementRefused answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new SettlementFailure(
            (int)(answer.Causes.Buyer?.Reason ?? default), (int)(answer.Causes.Seller?.Reason ?? default));
    }

    private static Hash256? ApprovalOf(Party side, NegotiationState state, OfferAccepted accepted) =>
        (side == state.Standing!.By ? state.StandingApproval : accepted.Approval)?.TermsHash;

    private static GrantedApproval? ApprovalIn(NegotiationEvent? @event) => @event switch
    {
        NegotiationOpened opened => opened.Approval,
        OfferMade made => made.Approval,
        OfferAccepted accepted => accepted.Approval,
        PostedPriceTaken taken => taken.Approval,
        _ => null,
    };

    private static Settle Command(
        NegotiationId negotiation,
        DealId deal,
        Hash256 termsHash,
        Participant buyer,
        Participant seller,
        Subject subject,
        NegotiationRules rules,
        Terms terms,
        Hash256? buyerApproval,
        Hash256? sellerApproval)
    {
        var total = new Money(terms.TotalMinorUnits, subject.Agenda.Currency);
        var legs = DealLegs.Build(
            buyer.Principal, seller.Principal, total, rules.FeeBasisPoints, subject.Listing,
            subject.Agenda.QuantityOf(terms.Outcome), subject.Request);
        return new Settle(
            deal, negotiation, termsHash,
            new DealParty(buyer.Agent, buyer.Principal, buyer.Mandate, buyerApproval),
            new DealParty(seller.Agent, seller.Principal, seller.Mandate, sellerApproval),
            total, legs, Category: subject.Category);
    }
}
