using Market.Simulations.Reporting.Drawing;
using Market.Simulations.Results;
using Market.Simulations.Running;

namespace Market.Simulations.Commands;

/// <summary>What is drawn of one negotiation: the first two parties' utilities.</summary>
internal static class NegotiationPlot
{
    /// <summary>Collects it.</summary>
    public static UtilityPlot Of(StageBench bench, NegotiationRow row, ReadOnlySpan<int> acts)
    {
        var steps = NegotiationStep.Of(bench, row.Rotation, acts);
        var seats = bench.Seats(row.Rotation);
        var optimality = bench.OptimalityOf(row.Rotation);
        UtilityPoint PointOf(int outcome) => new(seats[0].UtilityOf(outcome), seats[1].UtilityOf(outcome));
        List<UtilityPoint> OffersOf(int seat) =>
            [.. steps.Where(step => step.IsOffer && step.Seat == seat).Select(step => PointOf(step.Outcome))];
        return new UtilityPlot(
            $"{row.Scenario}: {string.Join(" – ", row.Parties.Select(party => party.Strategy))}",
            $"{row.Parties[0].Profile} ({row.Parties[0].Strategy})",
            $"{row.Parties[1].Profile} ({row.Parties[1].Strategy})")
        {
            Outcomes = Enumerable.Range(0, seats[0].Space.Count).Select(PointOf),
            Frontier = [.. optimality.Frontier.Outcomes.ToArray().Select(PointOf)],
            Solutions = [.. NamedPoints.Of(optimality)
                .Select(point => new SolutionPoint(point.Name, PointOf(point.Outcome)))],
            FirstOffers = OffersOf(0),
            SecondOffers = OffersOf(1),
            Agreements = row.IsAgreement ? [PointOf(steps[^1].Outcome)] : [],
            Reservation = new UtilityPoint(seats[0].ReservationValue, seats[1].ReservationValue),
        };
    }
}
