namespace Market.Domain.Strategies;

/// <summary>AC-const: an offer worth at least a constant, u(offer) ≥ c.</summary>
/// <param name="constant">c, in units of the utility.</param>
public sealed class AcceptConstant(double constant) : AcceptanceCondition
{
    /// <inheritdoc/>
    public override bool Accepts(double offered, double next, in TurnView turn) => offered >= constant;
}
