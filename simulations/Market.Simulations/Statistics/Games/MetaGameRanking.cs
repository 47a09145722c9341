using Market.Domain.Strategies;

namespace Market.Simulations.Statistics.Games;

/// <summary>
/// Strategies ranked by the game between them: by regret against a Nash equilibrium (Jordan, Kiekintveld and Wellman,
/// "Empirical game-theoretic analysis of the TAC supply chain game", 2007), which asks whom one would choose where all
/// choose well, rather than who gains most from the weak.
/// </summary>
/// <param name="Game">The game.</param>
/// <param name="Equilibria">Its symmetric equilibria.</param>
/// <param name="Chosen">The one that ranks: the nearest to the largest basin of replicator dynamics.</param>
/// <param name="Attractors">Where replicator dynamics come to.</param>
/// <param name="Moves">The strategies, least regret first; then the larger replicator share, then the name.</param>
internal sealed record MetaGameRanking(
    MetaGame Game,
    IReadOnlyList<Equilibrium> Equilibria,
    Equilibrium Chosen,
    IReadOnlyList<Attractor> Attractors,
    IReadOnlyList<RankedMove> Moves)
{
    /// <summary>Ranks a run's strategies.</summary>
    /// <param name="statistics">The run's statistics.</param>
    /// <param name="flaw">Why there is no ranking, in a sentence; null where there is one.</param>
    public static MetaGameRanking? Of(TournamentStatistics statistics, out string? flaw)
    {
        if (MetaGame.Of(statistics, out flaw) is not { } game)
        {
            return null;
        }

        if (Of(game, statistics.Options.Seed, ResampledGames.SupportOf(game, statistics)) is { } ranking)
        {
            return ranking;
        }

        flaw = "No equilibrium was found to within rounding.";
        return null;
    }

    /// <summary>Ranks the moves of a game.</summary>
    /// <param name="game">The game.</param>
    /// <param name="seed">Seed of the dynamics' starts.</param>
    /// <param name="support">See <see cref="RankedMove.Support"/>.</param>
    public static MetaGameRanking? Of(MetaGame game, ulong seed, IReadOnlyList<double>? support = null)
    {
        var equilibria = SymmetricEquilibria.Of(game);
        if (equilibria.Count == 0)
        {
            return null;
        }

        var attractors = ReplicatorDynamics.From(game, new SeededGenerator(Seeds.Derive(seed, "replicator")));
        var chosen = equilibria.MinBy(equilibrium => Distance(equilibrium.Shares, attractors[0].Shares))!;
        var payoffs = game.PayoffsAgainst([.. chosen.Shares]);
        var moves = Enumerable.Range(0, game.Count).Select(move => new RankedMove(
            game.Strategies[move],
            chosen.Shares[move],
            Math.Max(0, chosen.Value - payoffs[move]),
            attractors.Sum(attractor => attractor.Basin * attractor.Shares[move]),
            support?[move]));
        return new MetaGameRanking(game, equilibria, chosen, attractors, [.. moves
            .OrderBy(move => Math.Round(move.Regret / game.Spread, 9))
            .ThenByDescending(static move => Math.Round(move.ReplicatorShare, 6))
            .ThenBy(static move => move.Strategy, StringComparer.Ordinal)]);
    }

    private static double Distance(IReadOnlyList<double> one, IReadOnlyList<double> other) =>
        one.Zip(other, static (x, y) => Math.Abs(x - y)).Sum();
}
