using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>
/// How a strategy conducts a negotiation: whose turn it is, what the strategy is shown, what it decides. The client
/// library and the market, which hosts strategies, both do it by these functions, so the same strategy does the same
/// wherever it runs.
/// </summary>
public static class Conduct
{
    /// <summary>
    /// Whether it is a side's turn. Where the rules let either side begin, it is the invited side's turn to join or to
    /// offer, and once it has joined, the opener's to offer: so two strategies never wait for each other, or collide.
    /// </summary>
    public static bool IsTurnOf(Party own, NegotiationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.IsLive && (state.Turn is { } turn
            ? turn == own
            : state.Status == NegotiationStatus.Invited ? state.OpenedBy != own : state.OpenedBy == own);
    }

    /// <summary>The counterparty's offer that stands now, or null.</summary>
    public static Offer? CounterpartyOffer(Party own, NegotiationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.IsLive && state.Standing is { } offer && offer.By != own ? offer : null;
    }

    /// <summary>What a strategy on a side is shown.</summary>
    public static NegotiationView ViewOf(Party own, NegotiationState state)
    {
        var offer = CounterpartyOffer(own, state);
        return new NegotiationView(
            own,
            state.Subject.Agenda,
            state.Round,
            state.Rules.RoundsMax,
            offer?.Terms.Outcome,
            offer is { Binding: OfferBinding.Firm });
    }

    /// <summary>
    /// Whether a side has made all offers that the rules allow it. By the protocol of stacked alternating offers there
    /// is no agreement after the last round: whose turn comes then ends the negotiation without asking its strategy.
    /// </summary>
    public static bool RoundsAreExhausted(Party own, NegotiationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.OffersMadeBy(own) >= state.Rules.RoundsMax;
    }

    /// <summary>What a strategy does on its turn.</summary>
    public static NegotiatorAct Decide(INegotiator strategy, Party own, NegotiationState state)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return RoundsAreExhausted(own, state) ? NegotiatorAct.End : strategy.Act(ViewOf(own, state));
    }

    /// <summary>
    /// The act by which a side does what its strategy decided, on the strength of a state; every offer is firm. A side
    /// that has made its final offer ends the negotiation where its strategy would make another.
    /// </summary>
    /// <exception cref="InvalidOperationException">It accepts, and no offer of the counterparty stands.</exception>
    /// <exception cref="ArgumentException">It proposes an outcome that is not of the agenda.</exception>
    public static NegotiationAct ActOf(NegotiatorAct decided, MessageId message, Party own, NegotiationState state)
    {
        var offer = CounterpartyOffer(own, state);
        return decided.Kind switch
        {
            NegotiatorActKind.Propose when !state.HasMadeFinalOffer(own) => new MakeOffer(
                message,
                state.Id,
                state.BargainingSeq,
                ProposedOffer.Firm(TermsOf(state, decided.Outcome))),
            NegotiatorActKind.Accept => offer is null
                ? throw new InvalidOperationException("No offer of the counterparty stands to be accepted.")
                : new AcceptOffer(message, state.Id, state.BargainingSeq, offer.Number, offer.Hash),
            _ => offer is null
                ? new LeaveNegotiation(message, state.Id, state.BargainingSeq, ReasonCode.Other)
                : new RejectOffer(message, state.Id, state.BargainingSeq, offer.Number, ReasonCode.Other),
        };
    }

    /// <summary>
    /// The terms of an outcome. Where the agenda has texts, they are those of the offer that stands, or else the posted
    /// ones.
    /// </summary>
    private static Terms TermsOf(NegotiationState state, Outcome outcome)
    {
        var labels = (state.Standing?.Terms ?? state.Subject.Posted)?.Labels ?? default;
        return state.Subject.Agenda.Contains(outcome)
            ? state.Subject.Agenda.TermsOf(outcome, labels)
            : throw new ArgumentException($"{outcome} has not one allowed value for each issue.", nameof(outcome));
    }
}
