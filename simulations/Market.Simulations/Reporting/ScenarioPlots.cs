using Market.Simulations.Reporting.Drawing;
using Market.Simulations.Results;
using Market.Simulations.Running;

namespace Market.Simulations.Reporting;

/// <summary>
/// A utility plot of each scenario with two parties: what could be agreed, and what all negotiations agreed.
/// </summary>
internal static class ScenarioPlots
{
    /// <summary>Most scenarios that are drawn.</summary>
    public const int PlotsMax = 12;

    /// <summary>The plots of the first scenarios.</summary>
    public static IReadOnlyList<UtilityPlot> Of(
        ResultFolder folder, IReadOnlyDictionary<string, StageBench> benches, List<string> notes)
    {
        var drawn = folder.Info.Scenarios
            .Where(scenario => scenario.Profiles.Count == 2 && benches.ContainsKey(scenario.Name)).ToList();
        if (drawn.Count > PlotsMax)
        {
            notes.Add($"Of {drawn.Count} scenarios with two parties, the first {PlotsMax} are drawn.");
        }

        var agreements = folder.Rows.Where(static row => row is { IsAgreement: true, Parties.Count: 2 })
            .ToLookup(static row => row.Scenario, PointOf);
        return [.. drawn.Take(PlotsMax).Select(scenario =>
            Plot(scenario, benches[scenario.Name], [.. agreements[scenario.Name]]))];
    }

    private static UtilityPlot Plot(RunScenarioInfo scenario, StageBench bench, IReadOnlyList<UtilityPoint> agreements)
    {
        var optimality = bench.OptimalityOf(0);
        UtilityPoint At(int outcome) => new(bench.Ranked[0].UtilityOf(outcome), bench.Ranked[1].UtilityOf(outcome));
        return new UtilityPlot(scenario.Name, scenario.Profiles[0], scenario.Profiles[1])
        {
            Outcomes = Enumerable.Range(0, scenario.Outcomes).Select(At),
            Frontier = [.. optimality.Frontier.Outcomes.ToArray().Select(At)],
            Solutions = [.. NamedPoints.Of(optimality)
                .Select(point => (point.Name, Point: At(point.Outcome))).Distinct()
                .Select(static point => new SolutionPoint(point.Name, point.Point))],
            Agreements = agreements,
            Reservation = new UtilityPoint(bench.Ranked[0].ReservationValue, bench.Ranked[1].ReservationValue),
        };
    }

    // Seat s plays profile (s + rotation) mod 2; plots are in the order of profiles.
    private static UtilityPoint PointOf(NegotiationRow row) => row.Rotation % 2 == 0
        ? new UtilityPoint(row.Parties[0].Utility, row.Parties[1].Utility)
        : new UtilityPoint(row.Parties[1].Utility, row.Parties[0].Utility);
}
