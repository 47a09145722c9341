using System.Globalization;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Simulations.Scenarios;

/// <summary>
/// Value functions over numbers. The number x of a level is the integer of an issue with integers, and what its scale
/// says for a continuous one.
/// </summary>
internal static class NumericValues
{
    /// <summary>The number of a level from 0; of a choice, the number that its name is.</summary>
    /// <exception cref="ScenarioFileException">A choice's name is no number.</exception>
    public static double NumberAt(IssueDraft issue, long level)
    {
        if (issue.Scale is { } scale)
        {
            return scale.NumberAt(level);
        }

        if (issue.Issue.Kind != IssueKind.Choice)
        {
            return issue.Issue.ValueAt(level);
        }

        var name = issue.Issue.Choices[(int)level];
        return double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? number
            : throw new ScenarioFileException(
                issue.Place, $"'{name}' of '{issue.Issue.Name}' is no number; value the issue by a table.");
    }

    /// <summary>slope × x + intercept.</summary>
    public static ValueFunction Line(IssueDraft issue, double slope, double intercept) =>
        issue is { Scale: null, Issue.Kind: not IssueKind.Choice }
            ? ValueFunction.Linear(slope, intercept)
            : Table(issue, x => (slope * x) + intercept);

    /// <summary>A function of x, taken at every level.</summary>
    public static ValueFunction Table(IssueDraft issue, Func<double, double> function)
    {
        RequireEnumerable(issue);
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

    /// <summary>A value for every level, by the texts of values.</summary>
    /// <param name="issue">The issue.</param>
    /// <param name="place">Where the table stands.</param>
    /// <param name="entries">Texts and numbers, in any order.</param>
    /// <exception cref="ScenarioFileException">A text is no value, or a value has no number.</exception>
    public static TableValueFunction Table(
        IssueDraft issue, Place place, IEnumerable<(string Text, double Number, Place Place)> entries)
    {
        RequireEnumerable(issue);
        var values = new double[issue.Issue.LevelCount];
        var said = new bool[values.Length];
        foreach (var (text, number, where) in entries)
        {
            var value = issue.ValueOf(text)
                ?? throw new ScenarioFileException(where, $"'{text}' is no value of '{issue.Issue.Name}'.");
            values[issue.Issue.LevelOf(value)] = number;
            said[issue.Issue.LevelOf(value)] = true;
        }

        var missing = Array.IndexOf(said, false);
        return missing < 0
            ? new TableValueFunction(values.ToValueArray())
            : throw new ScenarioFileException(place, $"the table of '{issue.Issue.Name}' does not have "
                + $"'{issue.TextAt(missing)}'; it must have every value.");
    }

    /// <summary>Refuses to list the values of an issue that has too many.</summary>
    /// <exception cref="ScenarioFileException">There are more than <see cref="ScenarioLimits.TableMax"/>.</exception>
    public static void RequireEnumerable(IssueDraft issue)
    {
        if (issue.Issue.LevelCount > ScenarioLimits.TableMax)
        {
            throw new ScenarioFileException(
                issue.Place,
                $"'{issue.Issue.Name}' has more than {ScenarioLimits.TableMax} values; value it by a line over them.");
        }
    }
}
