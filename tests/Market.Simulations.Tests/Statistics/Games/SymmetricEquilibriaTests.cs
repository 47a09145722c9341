using Market.Domain.Strategies;
using Market.Simulations.Statistics.Games;

namespace Market.Simulations.Tests.Statistics.Games;

public sealed class SymmetricEquilibriaTests
{
    [Fact]
    public void In_rock_paper_scissors_each_is_played_a_third_of_the_time()
    {
        var only = Assert.Single(SymmetricEquilibria.Of(SomeGames.RockPaperScissors));

        Assert.All(only.Shares, share => Assert.Equal(1.0 / 3, share, 9));
        Assert.Equal(0, only.Value, 9);
    }

    [Fact]
    public void In_the_prisoners_dilemma_all_defect()
    {
        var only = Assert.Single(SymmetricEquilibria.Of(SomeGames.PrisonersDilemma));

        Assert.Equal([0.0, 1.0], only.Shares);
        Assert.Equal(1, only.Value);
    }

    /// <summary>Value v = 2 and cost c = 6: hawks are v/c of the population (Maynard Smith, 1982).</summary>
    [Fact]
    public void In_hawk_and_dove_a_third_are_hawks()
    {
        var only = Assert.Single(SymmetricEquilibria.Of(SomeGames.HawkDove));

        Assert.Equal(1.0 / 3, only.Shares[0], 9);
        Assert.Equal(2.0 / 3, only.Value, 9);
    }

    [Fact]
    public void A_game_of_coordination_has_both_and_the_mixture_between()
    {
        var shares = SymmetricEquilibria.Of(SomeGames.Coordination).Select(static e => Math.Round(e.Shares[0], 9));

        Assert.Equal([0, 0.333333333, 1], shares.Order());
    }

    [Fact]
    public void Ties_leave_at_least_one()
    {
        var game = new MetaGame(["a", "b", "c"], new double[,] { { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 } });

        Assert.NotEmpty(SymmetricEquilibria.Of(game));
    }

    [Fact]
    public void Every_random_game_large_or_small_has_one_that_nobody_can_improve_on()
    {
        var chance = new SeededGenerator(3);
        for (var trial = 0; trial < 60; trial++)
        {
            var count = trial % 3 == 0 ? 25 : 2 + chance.Next(6);
            var payoffs = new double[count, count];
            for (var cell = 0; cell < payoffs.Length; cell++)
            {
                // Few different payoffs in every second game: ties, which mislead careless pivots.
                payoffs[cell / count, cell % count] = trial % 2 == 0 ? chance.NextDouble() : chance.Next(3);
            }

            var game = new MetaGame([.. Enumerable.Range(0, count).Select(static i => $"{i}")], payoffs);
            var equilibria = SymmetricEquilibria.Of(game);

            Assert.NotEmpty(equilibria);
            Assert.All(equilibria, equilibrium =>
            {
                Assert.Equal(1, equilibrium.Shares.Sum(), 9);
                Assert.InRange(game.RegretOf([.. equilibrium.Shares]), -1e-12, 1e-8);
            });
        }
    }
}
