using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios.Formats;

namespace Market.Simulations.Scenarios;

/// <summary>
/// The utilities of all outcomes by index, bit for bit what <see cref="UtilityFunction.Of"/> gives: bias first, then
/// issue by issue. A sum of the first issues is made once for all outcomes that share them.
/// </summary>
internal static class OutcomeUtilities
{
    /// <summary>Number of outcomes; null where there are more than a space enumerates.</summary>
    public static int? CountOf(Agenda agenda)
    {
        Int128 count = 1;
        foreach (var issue in agenda.Issues)
        {
            count *= issue.LevelCount;
            if (count > OutcomeSpace.CountMax)
            {
                return null;
            }
        }

        return (int)count;
    }

    /// <summary>One utility an outcome.</summary>
    /// <param name="utility">The utility.</param>
    /// <param name="count">Number of outcomes.</param>
    public static double[] Of(UtilityFunction utility, int count)
    {
        var tables = Enumerable.Range(0, utility.Weights.Count).Select(issue => ScenarioTables.Of(utility, issue));
        return Of(utility.Bias, [.. tables], utility.Weights.AsSpan(), count);
    }

    /// <summary>One utility an outcome.</summary>
    /// <param name="bias">What every outcome is worth beforehand.</param>
    /// <param name="tables">A value for every level of every issue.</param>
    /// <param name="weights">One for each issue.</param>
    /// <param name="count">Number of outcomes: the product of the tables' lengths.</param>
    public static double[] Of(
        double bias, IReadOnlyList<double[]> tables, ReadOnlySpan<double> weights, int count)
    {
        var sums = new double[count];
        sums[0] = bias;
        var made = 1;
        for (var i = 0; i < tables.Count; i++)
        {
            var table = tables[i];

            // From the back, so that no sum is overwritten before it has been read.
            for (var prefix = made - 1; prefix >= 0; prefix--)
            {
                var sum = sums[prefix];
                for (var level = 0; level < table.Length; level++)
                {
                    sums[(prefix * table.Length) + level] = sum + (weights[i] * table[level]);
                }
            }

            made *= table.Length;
        }

        return sums;
    }
}
