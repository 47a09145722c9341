using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

public sealed class OpponentModelTests
{
    private static readonly Agenda Agenda = new(
        Currency.Usd, [Issue.Range("a", 0, 3), Issue.Range("b", 0, 4), Issue.Range("c", 0, 2)]);

    public static TheoryData<string> Models => [.. OpponentModelCatalog.Infos.Select(info => info.Name)];

    [Fact]
    public void Frequencies_and_unchanged_issues_count_as_in_the_paper()
    {
        var space = new OutcomeSpace(new Agenda(Currency.Usd, [Issue.Range("a", 0, 1), Issue.Range("b", 0, 1)]));
        var model = new FrequencyModel(space);
        model.Observe(space.IndexOf(Outcome.Of(0, 0)), 0.1);
        model.Observe(space.IndexOf(Outcome.Of(0, 1)), 0.2);

        // ε = 0.1, one unchanged issue: weights 0.6/1.1 and 0.5/1.1; counts 3 and 1, 2 and 2.
        Assert.Equal(1, model.Estimate(space.IndexOf(Outcome.Of(0, 0))), 12);
        Assert.Equal((0.6 / 1.1 / 3) + (0.5 / 1.1), model.Estimate(space.IndexOf(Outcome.Of(1, 1))), 12);
    }

    [Fact]
    public void A_window_without_change_gains_weight_where_another_issue_has_conceded()
    {
        var space = new OutcomeSpace(new Agenda(Currency.Usd, [Issue.Range("a", 0, 2), Issue.Range("b", 0, 2)]));
        var model = new WindowedFrequencyModel(space);
        foreach (var second in new long[] { 0, 0, 0, 0, 0, 1, 1, 1, 2, 2 })
        {
            model.Observe(space.IndexOf(Outcome.Of(0, second)), 0.5);
        }

        // Issue a is alike in both windows and gains 10(1 − 0.5⁵); all counts begin with 1.
        var (a, b) = (1 + (10 * (1 - 0.03125)), 1.0);
        var worth = Math.Sqrt(Math.Sqrt(1.0 / 11));
        Assert.Equal(((a * worth) + b) / (a + b), model.Estimate(space.IndexOf(Outcome.Of(1, 0))), 12);
        Assert.Equal(1, model.Estimate(space.IndexOf(Outcome.Of(0, 0))), 12);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_learns_from_a_conceding_counterparty_what_it_wants(string name)
    {
        var truth = Truth();
        var model = OpponentModelCatalog.Create(name, truth.Space);
        var scorer = new ModelScorer(truth);
        var ignorant = scorer.Score(model);
        Concede(model, truth);
        var learnt = scorer.Score(model);
        Assert.True(learnt.Spearman > 0.6, $"Spearman {learnt.Spearman}");
        Assert.True(learnt.Kendall > 0.4, $"Kendall {learnt.Kendall}");
        Assert.True(learnt.Spearman > (ignorant.Spearman ?? 0), $"It knew {ignorant.Spearman} beforehand.");
        Assert.True(learnt.RootMeanSquareError < ignorant.RootMeanSquareError, $"{learnt} after {ignorant}");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_restarted_model_is_a_new_one(string name)
    {
        var truth = Truth();
        var fresh = OpponentModelCatalog.Create(name, truth.Space);
        var used = OpponentModelCatalog.Create(name, truth.Space);
        used.Observe(7, 0.1);
        used.Observe(11, 0.4);
        used.Restart();
        Concede(fresh, truth);
        Concede(used, truth);
        Assert.All(
            Enumerable.Range(0, truth.Space.Count), i => Assert.Equal(fresh.Estimate(i), used.Estimate(i)));
        Assert.All(Enumerable.Range(0, truth.Space.Count), i => Assert.InRange(fresh.Estimate(i), 0, 1 + 1e-9));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_strategy_with_a_model_offers_what_the_counterparty_likes_among_equals(string name)
    {
        // The own party cares for issue c alone: all outcomes with the same c are equal to it.
        var own = new RankedOutcomes(new UtilityFunction(
            Agenda,
            [ValueFunction.Table(0, 0, 0, 0), ValueFunction.Table(0, 0, 0, 0, 0), ValueFunction.Table(0, 0.5, 1)]));
        var truth = Truth();
        var without = StrategyCatalog.Create("negmas:Linear", own);
        var with = StrategyCatalog.Create($"negmas:Linear+model:{name}", own);
        var (plain, informed) = (0.0, 0.0);
        for (var round = 0; round < 30; round++)
        {
            var offer = truth.NearestIndex(1 - (0.02 * round), rationalOnly: false);
            var turn = new TurnView(2, round, 60, offer);
            with.Observe(1, offer, turn);
            var (bid, bidWithout) = (with.Bid(turn), without.Bid(turn));
            Assert.Equal(own.UtilityOf(bidWithout), own.UtilityOf(bid), 12);
            (plain, informed) = (plain + truth.UtilityOf(bidWithout), informed + truth.UtilityOf(bid));
        }

        Assert.True(informed > plain + 3, $"{informed} against {plain}");
    }

    [Fact]
    public void Whole_profiles_are_weighed_for_few_issues_only()
    {
        var (few, many) = (SpaceOf(5, 9), SpaceOf(8, 3));
        Assert.NotNull(OpponentModelCatalog.Create("bayesian", few));
        var refusal = Assert.Throws<ArgumentException>(() => OpponentModelCatalog.Create("bayesian", many));
        Assert.Contains("scalable", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(OpponentModelCatalog.Create("scalable-bayesian", many));
    }

    private static RankedOutcomes Truth() => new(new UtilityFunction(
        Agenda,
        [
            ValueFunction.Table(0, 0.3, 0.7, 1), ValueFunction.Table(1, 0.75, 0.5, 0.25, 0),
            ValueFunction.Table(0, 1, 0.4),
        ],
        [0.6, 0.3, 0.1]));

    [Fact]
    public void A_model_that_watches_is_scored_after_each_offer_of_its_party()
    {
        var truth = Truth();
        var other = new RankedOutcomes(new UtilityFunction(
            Agenda,
            [ValueFunction.Linear(-1), ValueFunction.Linear(1), ValueFunction.Linear(-1)],
            reservationValue: 100));
        var model = OpponentModelCatalog.Create("frequency", truth.Space);
        var watch = new ModelWatch(model, new ModelScorer(truth), party: 1, roundsMax: 30);
        new AlternatingOffers(truth.Space).Run(
            [new Tough(other), StrategyCatalog.Create("Linear+AC-const(9)", truth)], 30, watch);
        Assert.Equal(Enumerable.Range(0, 30), watch.Scores.Select(score => score.Round));
        Assert.Equal(30, watch.Scores.Select(score => score.Score).Distinct().Count());
        Assert.Equal(new ModelScorer(truth).Score(model), watch.Scores[^1].Score);
    }

    private static OutcomeSpace SpaceOf(int issues, int largest) => new(new Agenda(
        Currency.Usd, [.. Enumerable.Range(0, issues).Select(i => Issue.Range($"{i}", 0, largest))]));

    private static void Concede(OpponentModel model, RankedOutcomes truth)
    {
        for (var round = 0; round < 40; round++)
        {
            model.Observe(truth.NearestIndex(1 - (0.0125 * round), rationalOnly: false), (round + 1) / 41.0);
        }
    }
}
