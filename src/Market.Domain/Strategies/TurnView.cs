namespace Market.Domain.Strategies;

/// <summary>
/// What a party sees when it is its turn, with outcomes by their numbers in the <see cref="OutcomeSpace"/>: the form of
/// <see cref="NegotiationView"/> that allocates nothing.
/// </summary>
/// <param name="Parties">How many negotiate, at least two.</param>
/// <param name="Round">The round, from 0; every party acts once in it.</param>
/// <param name="RoundsMax">Number of rounds after which the negotiation ends without agreement.</param>
/// <param name="Offer">The number of the standing offer's outcome, another party's; <see cref="NoOffer"/> if there is
/// none.</param>
public readonly record struct TurnView(int Parties, int Round, int RoundsMax, int Offer)
{
    /// <summary>In place of an outcome's number: there is no offer.</summary>
    public const int NoOffer = -1;

    /// <summary>Whether an offer stands that can be accepted.</summary>
    public bool HasOffer => Offer >= 0;

    /// <summary>The share of the negotiation that has passed: (round + 1)/(roundsMax + 1).</summary>
    public double RelativeTime => NegotiationView.RelativeTimeOf(Round, RoundsMax);
}
