using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>A value for every level of an issue.</summary>
/// <param name="Values">One finite number a level, in the issue's order.</param>
public sealed record TableValueFunction(ValueArray<double> Values) : ValueFunction
{
    /// <inheritdoc/>
    public override double ValueOf(Issue issue, long value)
    {
        ArgumentNullException.ThrowIfNull(issue);
        return Values[(int)issue.LevelOf(value)];
    }

    internal override string? FlawFor(Issue issue)
    {
        if (Values.Count != issue.LevelCount)
        {
            return $"The issue '{issue.Name}' has {issue.LevelCount} values, and its table {Values.Count}.";
        }

        return Values.All(double.IsFinite)
            ? null
            : $"The table of the issue '{issue.Name}' holds a number that is not finite.";
    }
}
