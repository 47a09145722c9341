using Market.Domain.Negotiating;

namespace Market.Domain.Approvals;

/// <summary>What in a negotiation needs, or may need, a principal's approval.</summary>
public static class ApprovalMatters
{
    /// <summary>
    /// What an agent of a negotiation wants approved: the offer that stands, or terms that it means to offer or to
    /// accept; or why it cannot be approved.
    /// </summary>
    /// <param name="state">The negotiation.</param>
    /// <param name="asker">The agent.</param>
    /// <param name="offerNumber">The counterparty's standing offer, or null.</param>
    /// <param name="terms">Terms; null for exactly those of the offer.</param>
    /// <param name="now">The moment.</param>
    public static (ApprovalMatter? Matter, Enum? Refusal) Of(
        NegotiationState state, AgentNumber asker, long? offerNumber, Terms? terms, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.PartyOf(asker) is not { } by)
        {
            return (null, NegotiationRefusal.NegotiationNotFound);
        }

        if (!state.IsLive)
        {
            return (null, state.Deal is null
                ? NegotiationRefusal.NegotiationHasEnded
                : NegotiationRefusal.OfferAlreadyAccepted);
        }

        var offer = offerNumber is null ? null : state.Standing;
        Enum? refusal =
            now >= state.Deadline ? NegotiationRefusal.NegotiationHasExpired
            : offerNumber is { } number ? RefuseOffer(offer, number, by, now)
            : terms is null ? NegotiationRefusal.OfferNotStanding
            : null;
        refusal ??= terms is null ? null : RefuseTerms(state.Subject.Agenda, terms);
        if (refusal is not null)
        {
            return (null, refusal);
        }

        var matter = Matter(
            state.Market, state.Id, by, state.Buyer, state.Seller, state.Subject, terms ?? offer!.Terms, offer);
        return matter is null ? (null, ApprovalRefusal.ApprovalNotNeeded) : (matter, null);
    }

    /// <summary>What the buyer who opens wants approved: its first firm offer, or the purchase.</summary>
    public static (ApprovalMatter? Matter, Enum? Refusal) Of(MarketId market, OpenNegotiationCommand opening)
    {
        ArgumentNullException.ThrowIfNull(opening);
        if (opening.FirstOffer is not { Binding: OfferBinding.Firm } first)
        {
            return (null, ApprovalRefusal.ApprovalNotNeeded);
        }

        if (RefuseTerms(opening.Subject.Agenda, first.Terms) is { } refusal)
        {
            return (null, refusal);
        }

        var matter = Matter(
            market, opening.Negotiation, opening.OpenedBy, opening.Buyer, opening.Seller, opening.Subject, first.Terms,
            offer: null);
        return matter is null ? (null, ApprovalRefusal.ApprovalNotNeeded) : (matter, null);
    }

    /// <summary>
    /// The matter of an event that binds the side that acts; null where it binds nobody, or that side acts without a
    /// mandate.
    /// </summary>
    /// <param name="state">The negotiation before the event.</param>
    /// <param name="event">The event.</param>
    public static ApprovalMatter? Of(NegotiationState state, NegotiationEvent? @event)
    {
        ArgumentNullException.ThrowIfNull(state);
        return @event switch
        {
            NegotiationOpened { FirstOffer: { Binding: OfferBinding.Firm } first } opened => Matter(
                state.Market, opened.Negotiation, opened.OpenedBy, opened.Buyer, opened.Seller, opened.Subject,
                first.Terms, offer: null),
            OfferMade { Offer: { Binding: OfferBinding.Firm } offer } => Matter(
                state.Market, state.Id, offer.By, state.Buyer, state.Seller, state.Subject, offer.Terms, offer: null),
            OfferAccepted accepted => Matter(
                state.Market, state.Id, state.Standing!.By.Counterparty(), state.Buyer, state.Seller, state.Subject,
                PartialTerms.Of(state.Subject.Agenda, state.Standing.Terms, accepted.Quantity), state.Standing),
            PostedPriceTaken taken => Matter(
                state.Market, taken.Negotiation, Party.Buyer, taken.Buyer, taken.Seller, taken.Subject,
                taken.Offer.Terms, offer: null),
            _ => null,
        };
    }

    private static NegotiationRefusal? RefuseOffer(Offer? offer, long number, Party by, LedgerTime now) =>
        offer is null || offer.Number < number ? NegotiationRefusal.OfferNotStanding
        : offer.Number > number ? NegotiationRefusal.OfferSuperseded
        : offer.By == by ? NegotiationRefusal.OfferIsYourOwn
        : now >= offer.ValidUntil ? NegotiationRefusal.OfferHasExpired
        : offer.Binding != OfferBinding.Firm ? NegotiationRefusal.OfferIsIndicative
        : null;

    private static NegotiationRefusal? RefuseTerms(Agenda agenda, Terms terms) =>
        !AgendaRules.IsValid(agenda) ? NegotiationRefusal.AgendaIsInvalid
        : !agenda.Contains(terms.Outcome) || !OfferProblems.AreLabelsOf(agenda, terms.Labels)
            ? NegotiationRefusal.OutcomeOutsideAgenda
        : agenda.TotalOf(terms.Outcome) != terms.TotalMinorUnits ? NegotiationRefusal.TotalDoesNotAddUp
        : null;

    private static ApprovalMatter? Matter(
        MarketId market,
        NegotiationId negotiation,
        Party by,
        Participant buyer,
        Participant seller,
        Subject subject,
        Terms terms,
        Offer? offer)
    {
        var (own, other) = by == Party.Buyer ? (buyer, seller) : (seller, buyer);
        return own.Mandate is not { } mandate
            ? null
            : new ApprovalMatter(
                own.Agent, own.Principal, mandate, by, negotiation, subject, terms,
                NegotiationHashes.OfTerms(market, negotiation, subject, terms), other.Agent, other.Principal,
                offer?.Number, offer?.ValidUntil);
    }
}
