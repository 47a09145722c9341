namespace Market.Domain.Strategies;

/// <summary>AC-next: an offer no worse than the own next one, α·u(offer) + β ≥ u(next).</summary>
/// <param name="alpha">α, the factor.</param>
/// <param name="beta">β, the summand, in units of the utility.</param>
public sealed class AcceptNext(double alpha = 1, double beta = 0) : AcceptanceCondition
{
    /// <inheritdoc/>
    public override bool Accepts(double offered, double next, in TurnView turn) => (alpha * offered) + beta >= next;
}
