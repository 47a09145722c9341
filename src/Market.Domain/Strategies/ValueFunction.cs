using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>What one party thinks of the values of one issue, before weighing: v of the formula Σ w·v.</summary>
public abstract record ValueFunction
{
    /// <summary>A value for every level of the issue, in the issue's order.</summary>
    public static ValueFunction Table(params ReadOnlySpan<double> values) =>
        new TableValueFunction(ValueArray.Create(values));

    /// <summary>slope × the issue's integer value + intercept.</summary>
    public static ValueFunction Linear(double slope, double intercept = 0) => new LinearValueFunction(slope, intercept);

    /// <summary>The value of one of the issue's integers.</summary>
    public abstract double ValueOf(Issue issue, long value);

    /// <summary>What is wrong with this function for an issue, in a sentence; null if nothing is.</summary>
    internal abstract string? FlawFor(Issue issue);
}
