using Market.Simulations.Reporting;
using Market.Simulations.Results;
using Market.Simulations.Running;
using Market.Simulations.Statistics;
using Market.Simulations.Statistics.Games;

namespace Market.Simulations.Tests.Reporting;

/// <summary>Runs and reports of rows that a test makes.</summary>
internal static class SomeReports
{
    public static StatisticsOptions Options { get; } = new(Measures.Utility, Resamples: 200);

    public static ResultFolder Folder(IReadOnlyList<NegotiationRow> rows, ulong seed = 1) => new(
        "some-folder",
        new RunInfo(
            RunInfo.CurrentFormat,
            "market-simulations 1",
            "tournament",
            Complete: true,
            rows.Count,
            PartiesMax: 2,
            RepetitionsLeftOut: 0,
            new TournamentSettings { Strategies = ["a", "b"], Scenarios = ["s"], Seed = seed },
            [.. rows.SelectMany(static row => row.Parties).Select(static party => party.Strategy).Distinct()
                .Select(static name => new RunStrategyInfo(name, UsesChance: false))],
            [.. rows.Select(static row => row.Scenario).Distinct()
                .Select(static name => new RunScenarioInfo(name, "00", 2, ["buyer", "seller"]))]),
        rows);

    public static ReportSource Source(IReadOnlyList<NegotiationRow> rows)
    {
        var statistics = TournamentStatistics.Of(rows, Options);
        var ranking = MetaGameRanking.Of(statistics, out var flaw);
        return new ReportSource("some folder", Folder(rows).Info, rows, statistics, ranking, flaw, [], [], []);
    }
}
