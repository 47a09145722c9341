using Market.Domain.Strategies;
using Market.Simulations.Statistics.Games;

namespace Market.Simulations.Tests.Statistics.Games;

public sealed class ReplicatorDynamicsTests
{
    [Fact]
    public void Defection_takes_over()
    {
        var only = Assert.Single(ReplicatorDynamics.From(SomeGames.PrisonersDilemma, new SeededGenerator(1)));

        Assert.Equal((1.0, true), (only.Basin, only.IsSettled));
        Assert.Equal(1, only.Shares[1], 6);
    }

    [Fact]
    public void Hawks_and_doves_come_to_the_mixture_of_the_equilibrium()
    {
        var only = Assert.Single(ReplicatorDynamics.From(SomeGames.HawkDove, new SeededGenerator(1)));

        Assert.Equal(1.0 / 3, only.Shares[0], 6);
    }

    /// <summary>Left wins from above a third of left, and starts are spread evenly.</summary>
    [Fact]
    public void Basins_of_coordination_are_two_thirds_and_one()
    {
        var found = ReplicatorDynamics.From(SomeGames.Coordination, new SeededGenerator(2), 1_000);

        Assert.Equal(2, found.Count);
        Assert.InRange(found[0].Basin, 0.62, 0.71);
        Assert.Equal(1, found[0].Shares[0], 6);
    }

    /// <summary>Its orbits are closed, and their mean over time is the equilibrium.</summary>
    [Fact]
    public void Rock_paper_and_scissors_go_in_circles_around_the_equilibrium()
    {
        var (shares, isSettled) = ReplicatorDynamics.Run(SomeGames.RockPaperScissors, [0.6, 0.3, 0.1]);

        Assert.False(isSettled);
        Assert.All(shares, share => Assert.InRange(share, 0.30, 0.37));
    }
}
