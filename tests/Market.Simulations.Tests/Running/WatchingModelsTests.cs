using Market.Simulations.Running;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Tests.Running;

public sealed class WatchingModelsTests
{
    private readonly StageBench _bench = StageBench.For(ScenarioSource.LoadOne("laptop"));

    [Fact]
    public void A_model_that_watches_is_scored_after_each_offer_of_the_party()
    {
        var settings = new TournamentSettings
        {
            Strategies = ["Boulware", "Conceder"],
            Scenarios = ["laptop"],
            Rounds = 40,
        };
        var resolved = new StrategyResolver(CancellationToken.None).ResolveEach(settings.Strategies);
        var stage = new RunStage(_bench.Scenario, resolved, settings, null, 0);
        using var runner = new NegotiationRunner(settings, StoppedStrategies.For(settings));
        var row = runner.Run(new RunPlace(0, stage, 0, [0, 1], 0), _bench);

        var watched = new WatchingModels(["frequency", "scalable-bayesian"], _bench).Scores(row, runner.Log);

        Assert.Equal(2 * row.Offers, watched.Count);
        Assert.Equal(watched.OrderBy(offer => offer.Round).ThenBy(offer => offer.Party), watched);
        var tough = watched.Where(offer => offer is { Party: 1, Model: "scalable-bayesian" }).ToList();
        Assert.True(tough.Select(offer => offer.Score).Distinct().Count() > 1, "It learnt nothing.");
        Assert.InRange(tough[^1].Score.Spearman ?? 0, 0.5, 1);
    }

    [Fact]
    public void An_unknown_model_is_refused_and_the_known_ones_are_named()
    {
        var error = Assert.Throws<RunRefusedException>(() => new WatchingModels(["crystal-ball"], _bench));
        Assert.Contains("--watch crystal-ball", error.Message, StringComparison.Ordinal);
        Assert.Contains("frequency", error.Message, StringComparison.Ordinal);
    }
}
