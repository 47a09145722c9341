using Market.Simulations.Reporting.Drawing;
using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting;

/// <summary>The share of negotiations that have ended in agreement, over their time.</summary>
internal static class AgreementCurves
{
    private const int Points = 50;

    /// <summary>
    /// A line for each strategy, over its negotiations with others, or with itself where it met no other.
    /// </summary>
    public static IReadOnlyList<LineSeries> Of(TournamentStatistics statistics) =>
        [.. statistics.Strategies.Select(static strategy => new LineSeries(
            strategy.Name, Curve(strategy.Others.Count > 0 ? strategy.Others : strategy.Self)))];

    private static List<UtilityPoint> Curve(ObservationTable observations)
    {
        double[] times = [.. observations.All.Where(static o => o.Row.IsAgreement)
            .Select(static o => (double)o.Row.Rounds / o.Row.RoundsMax).Order()];
        var curve = new List<UtilityPoint>(Points + 1);
        var agreed = 0;
        for (var point = 0; point <= Points; point++)
        {
            var time = (double)point / Points;
            while (agreed < times.Length && times[agreed] <= time + 1e-12)
            {
                agreed++;
            }

            curve.Add(new UtilityPoint(time, (double)agreed / Math.Max(1, observations.Count)));
        }

        return curve;
    }
}
