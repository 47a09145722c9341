using Market.Simulations.Statistics.Games;

namespace Market.Simulations.Tests.Statistics.Games;

public sealed class MetaGameRankingTests
{
    [Fact]
    public void Regret_is_what_a_strategy_gets_less_than_the_equilibrium_against_it()
    {
        var ranking = MetaGameRanking.Of(SomeGames.PrisonersDilemma, 1)!;

        Assert.Equal(["defect", "cooperate"], ranking.Moves.Select(static move => move.Strategy));
        Assert.Equal([0.0, 1.0], ranking.Moves.Select(static move => move.Regret));
        Assert.Equal([1.0, 0.0], ranking.Moves.Select(static move => move.Share));
    }

    [Fact]
    public void The_equilibrium_of_the_largest_basin_ranks()
    {
        var ranking = MetaGameRanking.Of(SomeGames.Coordination, 1)!;

        Assert.Equal(3, ranking.Equilibria.Count);
        Assert.Equal("left", ranking.Moves[0].Strategy);
        Assert.Equal(2, ranking.Chosen.Value);
        Assert.Equal(2, ranking.Moves[1].Regret);
    }
}
