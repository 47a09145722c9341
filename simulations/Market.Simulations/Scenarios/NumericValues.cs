using Market.Domain;
using Market.Domain.Strategies;

namespace Market.Simulations.Scenarios;

/// <summary>
/// Value functions over numbers. The number x of a level is the integer of an issue with integers, and what its scale
/// says for a continuous one.
/// </summary>
internal static class NumericValues
{
    /// <summary>The number of a level from 0.</summary>
    public static double NumberAt(IssueDraft issue, long level) =>
        issue.Scale is { } scale ? scale.NumberAt(level) : issue.Issue.ValueAt(level);

    /// <summary>slope × x + intercept.</summary>
    public static ValueFunction Line(IssueDraft issue, double slope, double intercept) =>
        issue.Scale is null
            ? ValueFunction.Linear(slope, intercept)
            : Table(issue, x => (slope * x) + intercept);

    /// <summary>A function of x, taken at every level.</summary>
    public static ValueFunction Table(IssueDraft issue, Func<double, double> function)
    {
        var values = new double[issue.Issue.LevelCount];
        for (var level = 0; level < values.Length; level++)
        {
            values[level] = function(NumberAt(issue, level));
        }

        return new TableValueFunction(values.ToValueArray());
    }

    /// <summary>
    /// Straight lines from point to point: y₀ + (y₁ − y₀)·((x − x₀)/(x₁ − x₀)) between two, and y at a point.
    /// </summary>
    /// <param name="levels">The points' levels, rising from the first level to the last one.</param>
    /// <param name="heights">The points' values.</param>
    public static double[] Interpolate(IssueDraft issue, IReadOnlyList<long> levels, IReadOnlyList<double> heights)
    {
        var values = new double[issue.Issue.LevelCount];
        for (var i = 0; i + 1 < levels.Count; i++)
        {
            var (x0, x1) = (NumberAt(issue, levels[i]), NumberAt(issue, levels[i + 1]));
            for (var level = levels[i]; level < levels[i + 1]; level++)
            {
                var share = (NumberAt(issue, level) - x0) / (x1 - x0);
                values[level] = heights[i] + ((heights[i + 1] - heights[i]) * share);
            }
        }

        values[levels[^1]] = heights[^1];
        return values;
    }
}
