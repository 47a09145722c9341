using Market.Simulations.Reporting.Drawing;

namespace Market.Simulations.Reporting;

/// <summary>What happens over the time of negotiations.</summary>
internal static class TimeSection
{
    /// <summary>Adds it.</summary>
    public static void Write(Page page, ReportSource source)
    {
        var more = source.Statistics.Strategies.Count > DrawingStyle.SeriesMax
            ? $" The first {DrawingStyle.SeriesMax} strategies of the ranking are shown."
            : string.Empty;
        page.Section("time", "Over time");
        if (source.OfferCurves.Any(static curve => curve.Points.Count > 0))
        {
            page.Figure(
                SvgLineChart.Draw(
                    "Own utility of offers over time", "share of the rounds", "own utility, worst to best",
                    source.OfferCurves),
                "What strategies offer: the mean utility to themselves, where 0 is their worst outcome and 1 their " +
                "best. Late parts are of those negotiations only that have not ended before." + more);
        }

        page.Figure(
            SvgLineChart.Draw(
                "Agreements over time", "share of the rounds", "share agreed", AgreementCurves.Of(source.Statistics)),
            "The share of a strategy's negotiations with others that has ended in agreement by then." + more);
    }
}
