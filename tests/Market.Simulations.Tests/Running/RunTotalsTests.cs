using Market.Simulations.Commands;
using Market.Simulations.Running;
using Market.Simulations.Tests.Scenarios;

namespace Market.Simulations.Tests.Running;

/// <summary>Means over seats, where some end is worth −∞: such seats are left out, and counted.</summary>
public sealed class RunTotalsTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Tournaments _runs = new();

    [Fact]
    public void A_mean_leaves_out_what_is_worth_minus_infinity_and_says_how_much()
    {
        var report = Run("Tough", "Random(1)");
        var tough = report.Totals.Strategies.Single(strategy => strategy.Name == "negmas:Tough");

        // It agrees with the other strategy in both orders, and never with itself.
        Assert.Equal((2, 1.0), (tough.Seats, tough.AgreementRate));
        Assert.True(double.IsFinite(tough.Utility!.Value));
        Assert.Null(tough.SelfUtility);
        Assert.Equal(2, tough.LeftOut);

        using var text = new StringWriter();
        RunSummary.Write(report, text, isJson: false);
        Assert.Contains("leave out 2 seats without agreement", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", text.ToString(), StringComparison.Ordinal);
        using var json = new StringWriter();
        RunSummary.Write(report, json, isJson: true);
        Assert.Contains("\"utilitiesLeftOut\":2", json.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_everybody_agrees_nothing_is_left_out()
    {
        var report = Run("Linear", "Conceder");
        Assert.All(report.Totals.Strategies, strategy => Assert.Equal(0, strategy.LeftOut));
        using var text = new StringWriter();
        RunSummary.Write(report, text, isJson: false);
        Assert.DoesNotContain("leave out", text.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _runs.Dispose();
    }

    private RunReport Run(params string[] strategies)
    {
        var file = _folder.Write("unbounded.yaml", """
            name: unbounded
            issues:
              - {name: x, kind: range, minimum: 0, maximum: 10}
            profiles:
              - {name: a, reservation: -.inf, values: {x: {linear: {slope: 0.1}}}}
              - {name: b, reservation: -.inf, values: {x: {linear: {slope: -0.1, intercept: 1}}}}
            """);
        return _runs.Run(
            new TournamentSettings { Strategies = strategies, Scenarios = [file], Rounds = 30 }, "unbounded");
    }
}
