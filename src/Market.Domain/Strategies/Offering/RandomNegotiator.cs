namespace Market.Domain.Strategies;

/// <summary>
/// Offers an outcome no worse than no agreement, each equally likely, and accepts such an offer with a probability.
/// Where no outcome is rational it ends.
/// </summary>
public sealed class RandomNegotiator : RankedNegotiator
{
    /// <summary>The probability where none is named.</summary>
    public const double AcceptanceDefault = 0.5;

    private readonly double _acceptance;
    private readonly SeededGenerator _chance;

    /// <summary>Makes one.</summary>
    /// <param name="own">The own outcomes, ranked.</param>
    /// <param name="seed">Of its chance.</param>
    /// <param name="acceptance">The probability of accepting a rational offer, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is none.</exception>
    public RandomNegotiator(RankedOutcomes own, ulong seed, double acceptance = AcceptanceDefault)
        : base(own)
    {
        if (acceptance is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(acceptance), acceptance, "A probability is from 0 to 1.");
        }

        _acceptance = acceptance;
        _chance = new SeededGenerator(seed);
    }

    /// <inheritdoc/>
    public override void Restart(ulong seed) => _chance.Restart(seed);

    /// <inheritdoc/>
    public override bool Accepts(in TurnView turn) =>
        Own.UtilityOf(turn.Offer) >= Own.ReservationValue && _chance.NextDouble() < _acceptance;

    /// <inheritdoc/>
    public override int Bid(in TurnView turn) => Own.RationalCount == 0
        ? TurnView.NoOffer
        : Own.IndexFromTop(_chance.Next(Own.RationalCount));
}
