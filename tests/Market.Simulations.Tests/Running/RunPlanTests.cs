using Market.Simulations.Running;

namespace Market.Simulations.Tests.Running;

/// <summary>Who meets whom, how often, and under which number.</summary>
public sealed class RunPlanTests
{
    [Theory]
    [InlineData(nameof(PairingMode.Cartesian), true, "00 01 02 10 11 12 20 21 22")]
    [InlineData(nameof(PairingMode.Cartesian), false, "01 02 10 12 20 21")]
    [InlineData(nameof(PairingMode.RoundRobin), true, "00 01 02 11 12 22")]
    [InlineData(nameof(PairingMode.RoundRobin), false, "01 02 12")]
    public void Line_ups_of_three_strategies_in_two_seats(string mode, bool selfPlay, string expected) =>
        Assert.Equal(expected, string.Join(' ', Lineups.Of(3, 2, Enum.Parse<PairingMode>(mode), selfPlay)
            .Select(lineup => string.Concat(lineup))));

    [Fact]
    public void Three_seats_without_self_play_leave_out_only_one_strategy_in_all() => Assert.Equal(
        "001 010 011 100 101 110",
        string.Join(' ', Lineups.Of(2, 3, PairingMode.Cartesian, false).Select(lineup => string.Concat(lineup))));

    [Fact]
    public void Strategies_without_chance_meet_once_and_the_rest_is_counted()
    {
        var plan = Tournaments.SetupOf(new TournamentSettings
        {
            Strategies = ["Boulware", "Random"],
            Scenarios = ["price-100"],
            Repetitions = 10,
            Rotate = true,
        }).Plan;

        Assert.Equal(2 * (1 + 10 + 10 + 10), plan.Count);
        Assert.Equal(2 * 9, plan.RepetitionsLeftOut);
    }

    [Fact]
    public void Every_number_is_one_negotiation_and_no_two_are_the_same()
    {
        var plan = Tournaments.SetupOf(Tournaments.Settings with { Mode = PairingMode.RoundRobin }).Plan;
        var places = Enumerable.Range(0, (int)plan.Count).Select(number => plan[number]).ToList();

        Assert.Equal(
            Enumerable.Range(0, places.Count).Select(number => (long)number), places.Select(place => place.Number));
        var identities = places.Select(place =>
            (place.Stage.Scenario.Name, place.Rotation, string.Join(',', place.Lineup), place.Repetition)).ToList();
        Assert.Equal(identities.Count, identities.Distinct().Count());
        Assert.Equal(
            identities.Count, places.Select(place => NegotiationRunner.SeedOf(1, place)).Distinct().Count());
    }

    [Fact]
    public void A_rotation_gives_every_seat_every_profile()
    {
        var plan = Tournaments.SetupOf(Tournaments.Settings with { Scenarios = ["water-sharing"] }).Plan;
        var places = Enumerable.Range(0, (int)plan.Count).Select(number => plan[number]).ToList();
        var seats = places[0].Lineup.Count;

        Assert.Equal(3, seats);
        Assert.All(Enumerable.Range(0, seats), seat => Assert.Equal(
            [0, 1, 2], places.Select(place => place.ProfileOf(seat)).Distinct().Order()));
    }

    [Fact]
    public void A_strategy_named_twice_is_refused()
    {
        var refused = Assert.Throws<RunRefusedException>(() => Tournaments.SetupOf(
            Tournaments.Settings with { Strategies = ["Linear", "negmas:linear"] }));
        Assert.Contains("negmas:Linear is named twice", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_strategy_that_may_not_meet_itself_is_refused() => Assert.Throws<RunRefusedException>(
        () => Tournaments.SetupOf(Tournaments.Settings with { Strategies = ["Linear"], SelfPlay = false }));

    [Fact]
    public void An_unknown_strategy_is_refused_with_the_known_ones()
    {
        var refused = Assert.Throws<RunRefusedException>(
            () => Tournaments.SetupOf(Tournaments.Settings with { Strategies = ["Linaer"] }));
        Assert.Contains("negmas:Boulware", refused.Message, StringComparison.Ordinal);
    }
}
