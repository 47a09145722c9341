using Market.Domain.Strategies;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Tests.Scenarios;

/// <summary>What two scenarios have in common, whatever files they came from.</summary>
internal static class ScenarioComparison
{
    /// <summary>
    /// Same parties in the same order, same texts of all outcomes, and utilities no further apart than a tolerance.
    /// </summary>
    public static void AssertSameMeaning(Scenario expected, Scenario actual, double tolerance = 0)
    {
        Assert.Equal(expected.Profiles.Count, actual.Profiles.Count);
        Assert.Equal(
            expected.Agenda.Issues.Select(issue => (issue.Name, issue.LevelCount)),
            actual.Agenda.Issues.Select(issue => (issue.Name, issue.LevelCount)));
        var (one, other) = (new OutcomeSpace(expected.Agenda), new OutcomeSpace(actual.Agenda));
        foreach (var index in Sample(one.Count))
        {
            Assert.Equal(expected.TextOf(one[index]), actual.TextOf(other[index]));
        }

        for (var party = 0; party < expected.Profiles.Count; party++)
        {
            var (left, right) = (expected.Profiles[party], actual.Profiles[party]);
            Assert.Equal(left.Discount, right.Discount);
            Assert.True(
                left.Utility.ReservationValue == right.Utility.ReservationValue
                || Math.Abs(left.Utility.ReservationValue - right.Utility.ReservationValue) <= tolerance);
            var expectedUtilities = OutcomeUtilities.Of(left.Utility, one.Count);
            var actualUtilities = OutcomeUtilities.Of(right.Utility, one.Count);
            var furthest = expectedUtilities.Zip(actualUtilities, (x, y) => Math.Abs(x - y)).Max();
            Assert.True(furthest <= tolerance, $"{left.Name} differs by {furthest}.");
        }
    }

    private static IEnumerable<int> Sample(int count) =>
        Enumerable.Range(0, Math.Min(count, 200)).Select(i => (int)((long)i * (count - 1) / 199 % count));
}
