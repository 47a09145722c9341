using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

/// <summary>Frontier, solutions and distances, against the formulas written down plainly over all outcomes.</summary>
public sealed class OptimalityTests
{
    [Theory]
    [InlineData(2, 40)]
    [InlineData(2, 400)]
    [InlineData(3, 60)]
    [InlineData(4, 40)]
    public void Frontier_and_solutions_are_those_of_the_formulas(int parties, int outcomes)
    {
        var chance = new SeededGenerator((ulong)(parties * outcomes));
        for (var run = 0; run < 25; run++)
        {
            var profiles = RandomProfiles(chance, parties, outcomes, levels: run % 2 == 0 ? 8 : 1_000_000);
            var optimality = new Optimality(profiles);
            var plain = new PlainOptimality(profiles);
            Assert.Equal(plain.Frontier, Sorted(optimality.Frontier));
            Assert.Equal(plain.Nash(), Sorted(optimality.Nash));
            Assert.Equal(plain.Kalai(), Sorted(optimality.Kalai));
            Assert.Equal(plain.ModifiedKalai(), Sorted(optimality.ModifiedKalai));
            Assert.Equal(plain.KalaiSmorodinsky(), Sorted(optimality.KalaiSmorodinsky));
            Assert.Equal(plain.ModifiedKalaiSmorodinsky(), Sorted(optimality.ModifiedKalaiSmorodinsky));
            Assert.Equal(plain.MaxWelfare(), Sorted(optimality.MaxWelfarePoints));
            for (var outcome = -1; outcome < outcomes; outcome++)
            {
                var scores = optimality.ScoresOf(outcome);
                AssertNear(plain.Distance(outcome, plain.Frontier), scores.ParetoDistance);
                AssertNear(plain.Distance(outcome, plain.Nash()), scores.NashDistance);
                AssertNear(plain.Distance(outcome, plain.MaxWelfare()), scores.MaxWelfareDistance);
            }
        }
    }

    [Fact]
    public void Without_a_reservation_value_disagreement_is_infinitely_far_and_worth_nothing()
    {
        var optimality = new Optimality(Some.Ranked(double.NegativeInfinity, 0, 1), Some.Ranked(0, 1, 0));
        var scores = optimality.ScoresOf(TurnView.NoOffer);
        Assert.Equal(double.NegativeInfinity, scores.Welfare);
        Assert.Equal(double.PositiveInfinity, scores.NashDistance);
        Assert.Equal((0.0, 0.0), (scores.NashOptimality, scores.MaxWelfareOptimality));
        Assert.Null(optimality.AdvantageOf(0, 1));
        Assert.Equal(1, optimality.AdvantageOf(1, 0));
        Assert.Equal(2, optimality.Kalai.Count);
    }

    [Fact]
    public void Where_a_party_can_gain_nothing_every_frontier_point_is_a_solution()
    {
        // The first party's best is its reservation value; the frontier are the two outcomes with that utility.
        var optimality = new Optimality(Some.Ranked(3, 3, 1, 3), Some.Ranked(0, 2, 5, 2));
        Assert.Equal([0, 2], Sorted(optimality.Frontier));
        Assert.All(
            [optimality.Nash, optimality.Kalai, optimality.ModifiedKalai, optimality.KalaiSmorodinsky],
            points => Assert.Equal([0, 2], Sorted(points)));
    }

    [Fact]
    public void A_ratio_without_a_positive_denominator_is_not_defined()
    {
        var negative = new Optimality(Some.Ranked(-9, -5, -2), Some.Ranked(-9, -1, -4));
        Assert.Null(negative.Opposition);
        Assert.Null(negative.ScoresOf(0).ModifiedKalaiSmorodinskyDistance);
        Assert.Null(negative.ScoresOf(0).MaxWelfareOptimality);
        Assert.NotNull(negative.ScoresOf(0).KalaiSmorodinskyDistance);
        var flat = new Optimality(Some.Ranked(0, 1, 1), Some.Ranked(0, 2, 2));
        Assert.Equal(0, flat.ScoresOf(0).ParetoDistance);
        Assert.Null(flat.ScoresOf(0).ParetoOptimality);
    }

    [Fact]
    public void Opposition_rationality_and_advantage_are_those_of_the_formulas()
    {
        var optimality = new Optimality(Some.Ranked(1, 4, 2, 1, 0), Some.Ranked(0.5, 0, 1, 2, 1.5));

        // Better than none for both is outcome 1 alone; the closest to (4, 2) of the rational ones is (2, 1).
        Assert.Equal(0.25, optimality.RationalFraction);
        Assert.Equal(Math.Sqrt((0.5 * 0.5) + (0.5 * 0.5)), optimality.Opposition!.Value, 12);
        Assert.Equal(1.0 / 3, optimality.AdvantageOf(0, 1)!.Value, 12);
        Assert.Equal(0, optimality.AdvantageOf(0, TurnView.NoOffer));
        Assert.Equal(Math.Sqrt(16 + 4), optimality.MaxDistance, 12);
    }

    [Fact]
    public void Two_or_more_parties_rank_the_same_outcomes()
    {
        Assert.Throws<ArgumentException>(() => new Optimality(Some.Ranked(0, 1, 2)));
        Assert.Throws<ArgumentException>(() => new Optimality(Some.Ranked(0, 1, 2), Some.Ranked(0, 1, 2, 3)));
    }

    private static int[] Sorted(SolutionPoints points) => [.. points.Outcomes.ToArray().Order()];

    private static void AssertNear(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        Assert.Equal(expected ?? 0, actual ?? 0, 9);
    }

    private static RankedOutcomes[] RandomProfiles(SeededGenerator chance, int parties, int outcomes, int levels) =>
        [.. Enumerable.Range(0, parties).Select(_ => Some.Ranked(
            0.2, [.. Enumerable.Range(0, outcomes).Select(_ => (double)chance.Next(levels) / levels)]))];
}
