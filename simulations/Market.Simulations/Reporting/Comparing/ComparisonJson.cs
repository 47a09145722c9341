namespace Market.Simulations.Reporting;

/// <summary>Two runs beside each other as JSON, an object a line.</summary>
internal static class ComparisonJson
{
    /// <summary>Writes it: a summary, then settings, rows, strategies, pairs and scenarios.</summary>
    public static void Write(FolderComparison comparison, TextWriter to)
    {
        ReportJson.Line(to, new
        {
            kind = "runs",
            same = comparison.IsSame,
            sameConfiguration = comparison.Settings.Count == 0,
            measure = comparison.Options.Measure.Key,
            common = comparison.Common,
            onlyFirst = comparison.OnlyFirst,
            onlySecond = comparison.OnlySecond,
            digestsEqual = comparison.DigestsEqual,
        });
        foreach (var setting in comparison.Settings)
        {
            ReportJson.Line(
                to, new { kind = "setting", name = setting.Name, first = setting.First, second = setting.Second });
        }

        foreach (var row in comparison.Different)
        {
            ReportJson.Line(to, new
            {
                kind = "row",
                first = row.First.Number,
                second = row.Second.Number,
                scenario = row.First.Scenario,
                strategies = row.First.Parties.Select(static party => party.Strategy),
                fields = row.Fields,
            });
        }

        foreach (var strategy in comparison.Strategies)
        {
            ReportJson.Line(to, ReportJson.Comparison(strategy, "strategy", strategy.First));
        }

        foreach (var pair in comparison.Pairs)
        {
            ReportJson.Line(to, ReportJson.Comparison(pair, "pair", pair.First));
        }

        foreach (var scenario in comparison.Scenarios)
        {
            ReportJson.Line(to, new
            {
                kind = "scenario",
                scenario = scenario.Scenario,
                negotiations = scenario.Negotiations,
                first = ReportJson.Round(scenario.First),
                second = ReportJson.Round(scenario.Second),
                difference = ReportJson.Round(scenario.Difference),
            });
        }
    }
}
