using System.Text.Json;
using Market.Simulations.Reporting;
using Market.Simulations.Results;
using Market.Simulations.Tests.Running;
using Market.Simulations.Tests.Statistics;

namespace Market.Simulations.Tests.Reporting;

/// <summary>What a report takes from a results folder.</summary>
public sealed class ReportSourceTests : IDisposable
{
    private readonly Tournaments _runs = new();

    public ReportSourceTests() => _runs.Run(
        Tournaments.Settings with { Strategies = ["Boulware", "Conceder", "Tough"] }, "run");

    [Fact]
    public void Agreements_lie_on_outcomes_whatever_the_rotation()
    {
        var source = Source();

        Assert.Equal(["laptop", "price-100"], source.Plots.Select(static plot => plot.Title));
        Assert.Contains(source.Rows, static row => row is { Rotation: 1, IsAgreement: true });
        Assert.All(source.Plots, static plot =>
        {
            Assert.NotEmpty(plot.Agreements);
            Assert.Subset(plot.Outcomes.ToHashSet(), plot.Agreements.ToHashSet());
        });
    }

    [Fact]
    public void A_strategy_that_never_concedes_has_a_level_curve_above_all_others()
    {
        var curves = Source().OfferCurves.ToDictionary(static curve => curve.Name, static curve => curve.Points);
        var tough = curves.Single(static curve => curve.Key.EndsWith("Tough", StringComparison.Ordinal)).Value;
        var conceder = curves.Single(static curve => curve.Key.EndsWith("Conceder", StringComparison.Ordinal)).Value;

        Assert.All(tough, static point => Assert.Equal(1, point.Second, 12));
        Assert.True(conceder[^1].Second < 0.9);
    }

    [Fact]
    public void Agreements_over_time_end_at_the_agreement_rate()
    {
        var statistics = Source().Statistics;
        var rates = statistics.Strategies.Select(static strategy =>
            (double)strategy.Others.All.Count(static o => o.Row.IsAgreement) / strategy.Others.Count);

        Assert.Equal(rates, AgreementCurves.Of(statistics).Select(static curve => curve.Points[^1].Second));
        Assert.All(AgreementCurves.Of(statistics), static curve =>
            Assert.Equal(curve.Points.Select(static p => p.Second).Order(), curve.Points.Select(static p => p.Second)));
    }

    [Fact]
    public void Without_the_copies_of_scenarios_a_note_says_so_and_the_statistics_are_there()
    {
        Directory.Delete(Path.Combine(_runs.PathOf("run"), ScenarioCopies.FolderName), recursive: true);

        var source = Source();

        Assert.Empty(source.Plots);
        Assert.Equal(3, source.Statistics.Strategies.Count);
        Assert.StartsWith(
            "Utility plots and offers over time are not shown:", Assert.Single(source.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void As_json_each_line_is_an_object_and_infinite_numbers_are_null()
    {
        var text = new StringWriter();
        ReportJson.Write(
            SomeReports.Source(
            [
                SomeRows.Row(0, "s", ("a", double.NegativeInfinity), ("b", 0.25), "out-of-rounds"),
                SomeRows.Row(1, "t", ("a", 0.5), ("b", 0.75)),
            ]),
            text);

        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(
            ["evidence", "strategy", "strategy", "pair", "pair", "comparison", "noGame"],
            lines.Select(static line => line.GetProperty("kind").GetString()));
        var utility = lines[1].GetProperty("figures").GetProperty("utility");
        Assert.Equal((0.5, 1), (utility.GetProperty("value").GetDouble(), utility.GetProperty("scenarios").GetInt32()));
    }

    public void Dispose() => _runs.Dispose();

    private ReportSource Source() => ReportSource.Of(_runs.Read("run"), SomeReports.Options);
}
