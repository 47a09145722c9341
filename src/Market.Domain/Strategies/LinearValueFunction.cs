using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>
/// Slope × the issue's integer value + intercept; for prices in minor units and other plain quantities.
/// </summary>
/// <param name="Slope">Change of the value for each 1 of the integer; negative where less is better.</param>
/// <param name="Intercept">The value of the integer 0.</param>
public sealed record LinearValueFunction(double Slope, double Intercept) : ValueFunction
{
    /// <inheritdoc/>
    public override double ValueOf(Issue issue, long value) => (Slope * value) + Intercept;

    internal override string? FlawFor(Issue issue) =>
        double.IsFinite(Slope) && double.IsFinite(Intercept)
            ? null
            : $"The line of the issue '{issue.Name}' has a slope or an intercept that is not finite.";
}
