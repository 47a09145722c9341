using Market.Domain.Negotiating;

namespace Market.Simulations.Scenarios.Formats;

/// <summary>Continuous issues as levels.</summary>
internal static class ScaledIssue
{
    private const decimal NumberMax = 1_000_000_000_000_000m;

    /// <summary>A continuous issue: its step, or else 21 equidistant levels.</summary>
    /// <exception cref="ScenarioFileException">The numbers make no levels.</exception>
    public static IssueDraft Of(string name, decimal minimum, decimal maximum, decimal? step, Place place)
    {
        if (minimum < -NumberMax || maximum > NumberMax)
        {
            throw new ScenarioFileException(place, $"the numbers of '{name}' must be within ±10¹⁵.");
        }

        if (maximum < minimum || step <= 0)
        {
            throw new ScenarioFileException(
                place, $"'{name}' has no level; its maximum must be above its minimum and its step positive.");
        }

        if (maximum == minimum)
        {
            return Draft(name, new IssueScale(minimum, maximum, 1, step is null), place);
        }

        var scale = step is { } known
            ? new IssueScale(minimum, maximum, known, IsAssumed: false)
            : IssueScale.Assumed(minimum, maximum);
        var levels = (maximum - minimum) / scale.Step;
        if (levels >= ScenarioLimits.TableMax)
        {
            throw new ScenarioFileException(
                place, $"'{name}' has more than {ScenarioLimits.TableMax} levels; make its step larger.");
        }

        return step is null || levels == decimal.Truncate(levels)
            ? Draft(name, scale, place)
            : throw new ScenarioFileException(
                place,
                $"steps of {IssueScale.Text(step.Value)} do not lead from the minimum of '{name}' to its maximum.");
    }

    private static IssueDraft Draft(string name, IssueScale scale, Place place) =>
        new(Issue.Range(name, 0, scale.LevelMax), scale, place);
}
