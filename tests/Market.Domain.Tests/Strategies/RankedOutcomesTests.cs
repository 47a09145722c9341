using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

public sealed class RankedOutcomesTests
{
    [Fact]
    public void The_worst_outcome_at_or_above_the_target_is_found()
    {
        var ranked = Some.Ranked(0, 0.9, 0.1, 0.5, 0.7);
        Assert.Equal(Outcome.Of(2), ranked.Nearest(0.5, true));
        Assert.Equal(Outcome.Of(3), ranked.Nearest(0.51, true));
        Assert.Equal(Outcome.Of(1), ranked.Nearest(-5, true));
    }

    [Fact]
    public void An_outcome_just_below_the_target_is_taken_if_it_is_nearer()
    {
        var ranked = Some.Ranked(0, 0.5, 0.7);
        Assert.Equal(Outcome.Of(0), ranked.Nearest(0.5 + 0.9e-6, true));
        Assert.Equal(Outcome.Of(1), ranked.Nearest(0.5 + 1.1e-6, true));
    }

    [Fact]
    public void An_outcome_just_below_the_target_is_left_if_the_one_above_is_nearer()
    {
        var ranked = Some.Ranked(0, 0.5, 0.5 + 1e-6);
        Assert.Equal(Outcome.Of(1), ranked.Nearest(0.5 + 0.7e-6, true));
        Assert.Equal(Outcome.Of(0), ranked.Nearest(0.5 + 0.3e-6, true));
    }

    [Fact]
    public void A_tie_goes_to_the_lowest_index_above_below_and_at_the_top()
    {
        var ranked = Some.Ranked(0, 0.2, 0.8, 0.5, 0.8, 0.5, 0.2, 0.5);
        Assert.Equal(Outcome.Of(2), ranked.Nearest(0.4, true));
        Assert.Equal(Outcome.Of(2), ranked.Nearest(0.5, true));
        Assert.Equal(Outcome.Of(2), ranked.Nearest(0.5 + 0.5e-6, true));
        Assert.Equal(Outcome.Of(1), ranked.Best);
        Assert.Equal(Outcome.Of(1), ranked.Nearest(0.9, true));
    }

    [Fact]
    public void A_thousand_ties_still_go_to_the_lowest_index()
    {
        var ranked = Some.Ranked(0, [.. Enumerable.Range(0, 3000).Select(i => i % 3 * 0.5)]);
        Assert.Equal(Outcome.Of(0), ranked.Nearest(0, true));
        Assert.Equal(Outcome.Of(1), ranked.Nearest(0.5, true));
        Assert.Equal(Outcome.Of(2), ranked.Nearest(1, true));
    }

    [Fact]
    public void Only_a_search_over_all_outcomes_finds_what_is_worse_than_no_agreement()
    {
        // The outcome below the reservation value lies in the window and is nearer; a rational search does not see it.
        var ranked = Some.Ranked(0.5, 0.5 - 1e-7, 0.9, 0.1);
        Assert.Equal(1, ranked.RationalCount);
        Assert.Equal(Outcome.Of(1), ranked.Nearest(0.5, true));
        Assert.Equal(Outcome.Of(0), ranked.Nearest(0.5, false));
        Assert.Equal(Outcome.Of(2), ranked.Nearest(0, false));
    }

    [Fact]
    public void With_nothing_reachable_the_best_outcome_is_found()
    {
        var ranked = Some.Ranked(2, 0.5, 0.9, 0.1);
        Assert.Equal(0, ranked.RationalCount);
        Assert.Equal(Outcome.Of(1), ranked.Nearest(2, true));
        Assert.Equal(Outcome.Of(1), ranked.Nearest(2, false));
    }

    [Fact]
    public void Every_outcome_is_rational_without_a_reservation_value()
    {
        var ranked = Some.Ranked(double.NegativeInfinity, -3, -1, -2);
        Assert.Equal(3, ranked.RationalCount);
        Assert.Equal(-3, ranked.UtilityMin);
        Assert.Equal(-1, ranked.UtilityMax);
    }

    [Fact]
    public void A_utility_beyond_all_numbers_is_refused()
    {
        var agenda = Some.PriceAgenda(0, 10);
        var utility = new UtilityFunction(agenda, [ValueFunction.Linear(double.MaxValue)], bias: 1);
        Assert.Throws<ArgumentException>(() => new RankedOutcomes(utility));
    }

    [Fact]
    public void Binary_search_finds_what_looking_at_every_outcome_finds()
    {
        double[] utilities = [.. Enumerable.Range(0, 97).Select(i => i * 37 % 97 / 10.0)];
        var ranked = Some.Ranked(2.05, utilities);
        for (var step = 0; step < 400; step++)
        {
            // Half a hundredth off every utility, so that the window below the target is empty.
            var target = (0.03 * step) - 1.005;
            var rational = utilities.Index().Where(u => u.Item >= 2.05 && u.Item >= target).OrderBy(u => u.Item);
            var best = Array.IndexOf(utilities, utilities.Max());
            var expected = rational.Select(u => (int?)u.Index).FirstOrDefault() ?? best;
            Assert.Equal(Outcome.Of(expected), ranked.Nearest(target, true));
        }
    }
}
