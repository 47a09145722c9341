using Market.Domain.Strategies;

namespace Market.Simulations.Statistics.Games;

/// <summary>How sure it is which strategies equilibria use: the games of scenarios drawn again.</summary>
internal static class ResampledGames
{
    /// <summary>Number of games.</summary>
    public const int Games = 200;

    /// <summary>Most strategies for which games are drawn again.</summary>
    public const int StrategiesMax = 20;

    /// <summary>
    /// For each strategy the share of games in which an equilibrium at the end of some path uses it. Null with more
    /// than <see cref="StrategiesMax"/> strategies or fewer than two scenarios, and where a meeting lacks a scenario.
    /// </summary>
    public static IReadOnlyList<double>? SupportOf(MetaGame game, TournamentStatistics statistics)
    {
        var options = statistics.Options;
        var clusters = new Dictionary<(string, string), Cluster[]>();
        foreach (var pair in statistics.Pairs)
        {
            clusters[(pair.Strategy, pair.Opponent)] = pair.Observations.Clusters(options.Measure);
        }

        var scenarios = statistics.Evidence.Scenarios;
        if (game.Count > StrategiesMax || scenarios < 2 || clusters.Values.Any(all => all.Length != scenarios))
        {
            return null;
        }

        var chance = new SeededGenerator(Seeds.Derive(options.Seed, "resampled games"));
        var used = new int[game.Count];
        for (var i = 0; i < Games; i++)
        {
            int[] drawn = [.. Enumerable.Range(0, scenarios).Select(_ => chance.Next(scenarios))];
            if (Resampled(game, clusters, drawn) is not { } resampled)
            {
                return null;
            }

            foreach (var move in Used(resampled))
            {
                used[move]++;
            }
        }

        return [.. used.Select(static count => (double)count / Games)];
    }

    private static MetaGame? Resampled(
        MetaGame game, Dictionary<(string, string), Cluster[]> clusters, int[] drawn)
    {
        var payoffs = new double[game.Count, game.Count];
        for (var i = 0; i < game.Count; i++)
        {
            for (var j = 0; j < game.Count; j++)
            {
                var all = clusters[(game.Strategies[i], game.Strategies[j])];
                var weight = drawn.Sum(scenario => all[scenario].Weight);
                if (weight <= 0)
                {
                    return null;
                }

                payoffs[i, j] = drawn.Sum(scenario => all[scenario].Sum) / weight;
            }
        }

        return new MetaGame(game.Strategies, payoffs);
    }

    private static IEnumerable<int> Used(MetaGame game) => Enumerable.Range(0, game.Count)
        .Select(move => SymmetricPath.From(game, move))
        .Where(shares => shares is not null && game.RegretOf(shares) <= 1e-9 * game.Spread)
        .SelectMany(shares => Enumerable.Range(0, game.Count).Where(move => shares![move] > 1e-9))
        .Distinct();
}
