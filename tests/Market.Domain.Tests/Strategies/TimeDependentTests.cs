using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

public sealed class TimeDependentTests
{
    [Fact]
    public void The_bound_falls_from_the_best_utility_to_the_larger_of_worst_and_reservation()
    {
        var aboveReservation = new TimeDependent(TimeDependentPreset.Linear, Some.Ranked(-5, 2, 4, 10));
        Assert.Equal(((10 - 2) * 0.75) + 2 - 1e-4, aboveReservation.LowerBoundAt(0.25));
        Assert.Equal(2, aboveReservation.LowerBoundAt(1));

        var belowReservation = new TimeDependent(TimeDependentPreset.Linear, Some.Ranked(6, 2, 4, 10));
        Assert.Equal(((10 - 6) * 0.75) + 6 - 1e-4, belowReservation.LowerBoundAt(0.25));
        Assert.Equal(6, belowReservation.LowerBoundAt(1));
    }

    [Fact]
    public void Without_a_reservation_value_the_bound_falls_to_the_worst_utility()
    {
        var strategy = new TimeDependent(TimeDependentPreset.Linear, Some.Ranked(double.NegativeInfinity, -2, 4, 10));
        Assert.Equal(((10 - -2) * 0.5) - 2 - 1e-4, strategy.LowerBoundAt(0.5));
        Assert.Equal(-2, strategy.LowerBoundAt(1));
        Assert.Equal(Outcome.Of(0), strategy.Propose(1));
    }

    [Fact]
    public void A_bias_shifts_the_bound_and_the_utilities_alike()
    {
        var agenda = Some.PriceAgenda(0, 10);
        var plain = Strategy(agenda, reservationValue: 2, bias: 0);
        var biased = Strategy(agenda, reservationValue: 2 + 64, bias: 64);
        for (var round = 0; round < 20; round++)
        {
            var t = NegotiationView.RelativeTimeOf(round, 20);
            Assert.Equal(plain.LowerBoundAt(t) + 64, biased.LowerBoundAt(t), 12);
            Assert.Equal(plain.Propose(t), biased.Propose(t));
        }
    }

    [Fact]
    public void The_presets_have_their_exponents_slacks_and_searches()
    {
        const double T = 0.4;
        Assert.Equal(1 - (T * T * (T * T)), TimeDependentPreset.Boulware.AspirationAt(T));
        Assert.Equal(1 - T, TimeDependentPreset.Linear.AspirationAt(T));
        Assert.Equal(1 - Math.Sqrt(Math.Sqrt(T)), TimeDependentPreset.Conceder.AspirationAt(T));
        Assert.Equal(1 - (T * T * Math.Sqrt(T)), TimeDependentPreset.Poly(2.5).AspirationAt(T));
        Assert.All(
            [TimeDependentPreset.Boulware, TimeDependentPreset.Linear, TimeDependentPreset.Conceder],
            preset => Assert.Equal((1e-4, true), (preset.Slack, preset.RationalOnly)));
        Assert.All(
            [TimeDependentPreset.AspirationBoulware, TimeDependentPreset.Poly(3)],
            preset => Assert.Equal((1e-3, false), (preset.Slack, preset.RationalOnly)));
    }

    [Fact]
    public void An_offer_at_the_bound_is_accepted_and_one_below_is_not()
    {
        // At t = 0.5 the bound is 5 − 1e-4 exactly as computed here, so the middle outcome lies on it.
        var bound = ((10.0 - 0) * 0.5) + 0 - 1e-4;
        var own = Some.Ranked(0, 0, bound, Math.BitDecrement(bound), 10);
        var strategy = new TimeDependent(TimeDependentPreset.Linear, own);
        Assert.True(strategy.Accepts(Outcome.Of(1), 0.5));
        Assert.False(strategy.Accepts(Outcome.Of(2), 0.5));
    }

    [Fact]
    public void A_curve_that_searches_rational_outcomes_never_proposes_below_its_reservation_value()
    {
        var outcomes = Some.Ranked(0.5, 0.5 - 1e-7, 0.9);
        Assert.Equal(Outcome.Of(1), new TimeDependent(TimeDependentPreset.Conceder, outcomes).Propose(1));
        Assert.Equal(Outcome.Of(0), new TimeDependent(TimeDependentPreset.AspirationConceder, outcomes).Propose(1));
    }

    [Fact]
    public void A_party_for_which_nothing_is_rational_proposes_its_best_and_accepts_nothing()
    {
        var strategy = new TimeDependent(TimeDependentPreset.Linear, Some.Ranked(2, 0.5, 0.9, 0.1));
        Assert.Equal(Outcome.Of(1), strategy.Propose(0.9));
        Assert.False(strategy.Accepts(Outcome.Of(1), 0.9));
    }

    [Fact]
    public void An_acceptable_firm_offer_is_accepted_and_an_indicative_one_is_answered_with_the_same()
    {
        var own = Some.Ranked(0, 0, 5, 10);
        var strategy = new TimeDependent(TimeDependentPreset.Linear, own);
        var agenda = own.Space.Agenda;
        Assert.Equal(NegotiatorAct.Propose(Outcome.Of(2)), strategy.Act(Some.View(agenda, 0, null)));
        Assert.Equal(NegotiatorAct.Propose(Outcome.Of(2)), strategy.Act(Some.View(agenda, 4, Outcome.Of(1))));
        Assert.Equal(NegotiatorAct.Accept, strategy.Act(Some.View(agenda, 5, Outcome.Of(1))));
        Assert.Equal(NegotiatorAct.Propose(Outcome.Of(1)), strategy.Act(Some.View(agenda, 5, Outcome.Of(1), false)));
    }

    private static TimeDependent Strategy(Agenda agenda, double reservationValue, double bias)
    {
        var utility = new UtilityFunction(agenda, [ValueFunction.Linear(1)], default, reservationValue, bias);
        return new TimeDependent(TimeDependentPreset.Boulware, new RankedOutcomes(utility));
    }
}
