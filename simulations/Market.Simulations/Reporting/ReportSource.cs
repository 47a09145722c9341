using Market.Simulations.Reporting.Drawing;
using Market.Simulations.Results;
using Market.Simulations.Statistics;
using Market.Simulations.Statistics.Games;

namespace Market.Simulations.Reporting;

/// <summary>Everything that a report shows, worked out.</summary>
/// <param name="Name">The results folder's own name.</param>
/// <param name="Info">Its run.json.</param>
/// <param name="Rows">Its negotiations.</param>
/// <param name="Statistics">Their statistics.</param>
/// <param name="Ranking">The ranking by the game between strategies; null where there is none.</param>
/// <param name="WhyNoRanking">Why not, in a sentence.</param>
/// <param name="Plots">Utility plots of scenarios with two parties.</param>
/// <param name="OfferCurves">What strategies offer to themselves over the time of a negotiation.</param>
/// <param name="Notes">What could not be shown, and why; in sentences.</param>
internal sealed record ReportSource(
    string Name,
    RunInfo Info,
    IReadOnlyList<NegotiationRow> Rows,
    TournamentStatistics Statistics,
    MetaGameRanking? Ranking,
    string? WhyNoRanking,
    IReadOnlyList<UtilityPlot> Plots,
    IReadOnlyList<LineSeries> OfferCurves,
    IReadOnlyList<string> Notes)
{
    /// <summary>Works it out from a results folder.</summary>
    /// <exception cref="ResultFolderException">The folder cannot be read.</exception>
    public static ReportSource Of(ResultFolder folder, StatisticsOptions options)
    {
        var statistics = TournamentStatistics.Of(folder.Rows, options);
        var ranking = MetaGameRanking.Of(statistics, out var flaw);
        var notes = new List<string>();
        var benches = ReportBenches.Of(folder, notes);
        return new ReportSource(
            Path.GetFileName(Path.GetFullPath(folder.Path).TrimEnd(Path.DirectorySeparatorChar)),
            folder.Info,
            folder.Rows,
            statistics,
            ranking,
            flaw,
            ScenarioPlots.Of(folder, benches, notes),
            Reporting.OfferCurves.Of(folder, benches, statistics, notes),
            notes);
    }
}
