using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>
/// What a party sees of a negotiation when it is its turn; the same facts the counterparty could be shown.
/// </summary>
/// <param name="Own">The side that this party is on.</param>
/// <param name="Agenda">What is negotiated.</param>
/// <param name="Round">The round, from 0; both parties act once in it.</param>
/// <param name="RoundsMax">Number of rounds after which the negotiation ends without agreement.</param>
/// <param name="CounterpartyOffer">The counterparty's standing offer; null if there is none.</param>
/// <param name="IsCounterpartyOfferFirm">Whether that offer can be accepted; an indicative one only invites.</param>
public readonly record struct NegotiationView(
    Party Own, Agenda Agenda, int Round, int RoundsMax, Outcome? CounterpartyOffer, bool IsCounterpartyOfferFirm)
{
    /// <summary>
    /// The share of the negotiation that has passed: never 0, never 1, and the same for both parties in a round.
    /// </summary>
    public double RelativeTime => RelativeTimeOf(Round, RoundsMax);

    /// <summary>t = (round + 1)/(roundsMax + 1), from the negotiation's state and never from a clock.</summary>
    public static double RelativeTimeOf(int round, int roundsMax) => (round + 1.0) / (roundsMax + 1.0);
}
