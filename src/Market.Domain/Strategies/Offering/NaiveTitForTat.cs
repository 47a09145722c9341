namespace Market.Domain.Strategies;

/// <summary>
/// Concedes as much as the counterparty's last offer gives it, as the NegMAS platform defines it. With n(o) = (u(o) −
/// lo)/(u_max − lo), the concession c is 0 in round 0; in rounds 1 and 2 the utility between the next two outcomes of
/// an iterator from the best to the worst, which accepting and offering both move on; later max(0, n(offer)). It
/// accepts an offer with n(offer) ≥ 1 − c, and offers the worst outcome with u ≥ u_min + (1 − c)(u_max − u_min), by the
/// nearest rule over all outcomes.
/// </summary>
/// <param name="own">The own outcomes, ranked.</param>
public sealed class NaiveTitForTat(RankedOutcomes own) : RankedNegotiator(own)
{
    private const int RoundsByIterator = 3;
    private const double ConcessionMin = -1e-6;
    private const double ConcessionMax = 1 + 1e-7;
    private const double Tiny = 1e-12;

    private readonly double _range = own.UtilityMax - own.UtilityMin;

    // How many of the best outcomes the iterator has passed.
    private int _passed;

    /// <inheritdoc/>
    public override void Restart(ulong seed) => _passed = 0;

    /// <inheritdoc/>
    public override bool Accepts(in TurnView turn) => Normalized(turn.Offer) >= 1 - Concession(turn);

    /// <inheritdoc/>
    public override int Bid(in TurnView turn) => Own.NearestIndex(
        Own.UtilityMin + ((1 - Concession(turn)) * _range), rationalOnly: false);

    private double Concession(in TurnView turn)
    {
        var concession = turn.Round == 0 ? 0
            : turn.Round < RoundsByIterator ? (Next() - Next() + Tiny) / _range
            : turn.HasOffer ? Math.Max(0, Normalized(turn.Offer))
            : 0;
        return concession is >= ConcessionMin and <= ConcessionMax ? concession : 0;
    }

    private double Normalized(int offer) =>
        (Own.UtilityOf(offer) - Own.UtilityLow) / (Own.UtilityMax - Own.UtilityLow);

    private double Next() =>
        _passed < Own.Space.Count ? Own.UtilityFromTop(_passed++) : Own.ReservationValue;
}
