using Market.Domain.Strategies;
using Market.Simulations.Results;
using Market.Simulations.Running;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Tests.Running.Hosting;

/// <summary>Users' strategies in processes of their own, real ones: what they do wrong costs one negotiation.</summary>
public sealed class StrategyHostTests : IDisposable
{
    private readonly Tournaments _runs = new();

    [Theory]
    [InlineData("Spinning", "took longer than 0.5 s for one act")]
    [InlineData("Overflowing", "ended its process: Stack overflow.")]
    [InlineData("Hoarding", "used more than 64 MB of memory")]
    [InlineData("HoardingElsewhere", "used more than 64 MB of memory")]
    [InlineData("Leaving", "ended its process: exit code 3")]
    [InlineData(
        "Bursting", "ended its process: Unhandled exception. System.InvalidOperationException: Elsewhere.")]
    public void Whatever_a_strategy_does_it_fails_alone_and_the_others_go_on(string name, string failure)
    {
        var settings = Meeting(name, "Boulware", "Conceder") with
        {
            SelfPlay = false,
            TimeLimitSeconds = name == "Spinning" ? 0.5 : 120,
            MemoryLimitMegabytes = 64,
        };
        var report = _runs.Run(settings, "run", 1);

        Assert.True(report.IsComplete);
        var rows = _runs.Read("run").Rows;
        Assert.Equal(6, rows.Count);
        foreach (var row in rows)
        {
            var seat = row.Parties.ToList().FindIndex(party => party.Strategy == $"user:{name}");
            Assert.Equal(
                seat >= 0 ? ("failed", $"user:{name} (party {seat + 1}): {failure}") : ("agreement", ""),
                (row.End, row.Failure));
        }

        Assert.Null(ReplayCheck.Run(_runs.PathOf("run"), CancellationToken.None).Difference);
    }

    [Fact]
    public void What_a_strategy_writes_to_the_console_is_shown_to_whoever_asks_and_disturbs_nobody()
    {
        var bench = StageBench.For(ScenarioSource.LoadOne("price-100"));
        var settings = Meeting("Chattering", "Boulware");
        using var resolver = new StrategyResolver(CancellationToken.None);
        var stage = new RunStage(bench.Scenario, resolver.Resolve(settings.Strategies), settings, null, 0);
        using var shown = new StringWriter();
        NegotiationRow row;
        using (var runner = new NegotiationRunner(settings, StoppedStrategies.For(settings), shown))
        {
            row = runner.Run(stage.PlaceOf(1), bench);
        }

        Assert.Equal(("agreement", ""), (row.End, row.Failure));
        Assert.Contains(Chattering.Words, shown.ToString(), StringComparison.Ordinal);
        Assert.Contains("garbage without an end of line", shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_strategy_may_take_its_time_within_the_limit()
    {
        _runs.Run(Meeting("Pondering", "Tough") with { SelfPlay = false, TimeLimitSeconds = 120 }, "run");
        Assert.All(_runs.Read("run").Rows, row => Assert.Equal(("agreement", ""), (row.End, row.Failure)));
    }

    [Fact]
    public void In_a_process_of_its_own_a_strategy_does_what_it_does_in_this_one()
    {
        var settings = Meeting("Boulware", "Eager", "Dicing", "Throwing", "Hasty", "Attentive") with
        {
            Scenarios = ["laptop", "water-sharing", "price-100"],
            Repetitions = 2,
            Rotate = true,
            Mode = PairingMode.RoundRobin,
        };
        _runs.Run(settings, "apart", 2);
        _runs.Run(settings with { InProcess = true }, "here", 1);

        var (apart, here) = (_runs.Bytes("apart"), _runs.Bytes("here"));
        Assert.Equal(here[ResultFiles.CsvName], apart[ResultFiles.CsvName]);
        Assert.Equal(here[ResultFiles.EventsName], apart[ResultFiles.EventsName]);
        Assert.Contains(_runs.Read("apart").Rows, row => row.Parties.Count > 2 && row.Failure.Length == 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Among_three_parties_a_strategy_learns_of_every_offer_since_its_last_act(bool inProcess)
    {
        var bench = StageBench.For(ScenarioSource.LoadOne("water-sharing"));
        Assert.Equal(3, bench.Ranked.Count);
        var settings = Meeting("Attentive") with { Scenarios = ["water-sharing"], InProcess = inProcess };
        using var resolver = new StrategyResolver(CancellationToken.None);
        var stage = new RunStage(bench.Scenario, resolver.Resolve(settings.Strategies), settings, null, 0);
        using var runner = new NegotiationRunner(settings, StoppedStrategies.For(settings));
        runner.Run(stage.PlaceOf(0), bench);

        var direct = new ActTrace();
        new AlternatingOffers(bench.Ranked[0].Space).Run(
            [.. bench.Ranked.Select(own => new Attentive(own))], settings.Rounds!.Value, direct);

        Assert.Equal(30, direct.Acts.Length);
        Assert.Equal(direct.Acts.ToArray(), runner.Log.Trace.ToArray());
    }

    [Fact]
    public void What_breaks_a_process_breaks_it_alike_at_any_degree_of_parallelism()
    {
        var settings = Meeting("Leaving", "Overflowing", "Conceder", "Dicing") with { TimeLimitSeconds = 120 };
        _runs.Run(settings, "one", 1);
        _runs.Run(settings, "several", 4);
        Assert.Equal(_runs.Bytes("one"), _runs.Bytes("several"));
    }

    [Fact]
    public void What_earlier_negotiations_left_behind_in_a_process_costs_a_later_one_nothing()
    {
        var settings = Meeting("Littering", "Random") with
        {
            SelfPlay = false,
            Repetitions = 12,
            MemoryLimitMegabytes = 64,
        };
        _runs.Run(settings, "run", 1);
        var rows = _runs.Read("run").Rows;
        Assert.Equal(24, rows.Count);
        Assert.All(rows, row => Assert.Equal("", row.Failure));
    }

    public void Dispose() => _runs.Dispose();

    private static TournamentSettings Meeting(params string[] names) => new()
    {
        Strategies = [.. names.Select(name => name is "Boulware" or "Tough" or "Conceder" or "Random"
            ? name
            : $"{Tournaments.UserAssembly}#{name}")],
        Scenarios = ["price-100"],
        Rounds = 10,
    };
}
