using Market.Simulations.Reporting.Drawing;

namespace Market.Simulations.Reporting;

/// <summary>What could be agreed in each scenario, and what was.</summary>
internal static class PlotsSection
{
    /// <summary>Adds it.</summary>
    public static void Write(Page page, ReportSource source)
    {
        page.Section("scenarios", "Scenarios");
        page.Table(
            "Scenarios",
            ["scenario", "parties", "#outcomes", "#negotiations", "#agreements"],
            source.Info.Scenarios.Select(scenario =>
            {
                var rows = source.Rows.Where(row => row.Scenario == scenario.Name).ToList();
                return (IReadOnlyList<string>)
                [
                    scenario.Name,
                    string.Join(", ", scenario.Profiles),
                    Markup.Count(scenario.Outcomes),
                    Markup.Count(rows.Count),
                    Markup.Percent(rows.Count == 0 ? null : (double)rows.Count(static r => r.IsAgreement) / rows.Count),
                ];
            }));
        foreach (var plot in source.Plots)
        {
            page.Figure(
                SvgUtilityPlot.Draw(plot),
                $"{plot.Title}: all outcomes, the Pareto frontier with the bargaining solutions, and the agreements " +
                "of all negotiations; a disc's area goes with their number.");
        }
    }
}
