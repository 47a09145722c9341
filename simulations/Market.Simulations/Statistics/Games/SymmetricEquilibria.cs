using System.Numerics;

namespace Market.Simulations.Statistics.Games;

/// <summary>
/// The symmetric Nash equilibria of a symmetric game; there is at least one (Nash, "Non-cooperative games", 1951).
/// Games of few moves: every set of moves is tried as the support. All games: the path of Lemke and Howson
/// ("Equilibrium points of bimatrix games", 1964) from every move. What is found is checked, and given once.
/// </summary>
internal static class SymmetricEquilibria
{
    /// <summary>Most moves for which every support is tried.</summary>
    public const int EnumerationMax = 10;

    /// <summary>Shares and gains, in units of the payoffs' spread, that count as zero.</summary>
    public const double Tolerance = 1e-9;

    private const double Same = 1e-6;

    /// <summary>The equilibria, those of fewest moves first. All of them in games without ties of few moves.</summary>
    public static IReadOnlyList<Equilibrium> Of(MetaGame game)
    {
        var found = new List<double[]>();
        if (game.Count <= EnumerationMax)
        {
            var supports = Enumerable.Range(1, (1 << game.Count) - 1)
                .OrderBy(static set => BitOperations.PopCount((uint)set)).ThenBy(static set => set);
            foreach (var support in supports)
            {
                Keep(game, found, OnSupport(game, support));
            }
        }

        for (var move = 0; move < game.Count; move++)
        {
            Keep(game, found, SymmetricPath.From(game, move));
        }

        return [.. found.Select(shares => new Equilibrium(shares, game.ValueOf(shares)))];
    }

    private static void Keep(MetaGame game, List<double[]> found, double[]? shares)
    {
        if (shares is not null && game.RegretOf(shares) <= Tolerance * game.Spread
            && !found.Exists(other => other.Zip(shares).All(static pair => Math.Abs(pair.First - pair.Second) < Same)))
        {
            found.Add(shares);
        }
    }

    /// <summary>
    /// The mixture of these moves that makes them all worth the same; null where there is no single one.
    /// </summary>
    private static double[]? OnSupport(MetaGame game, int support)
    {
        int[] moves = [.. Enumerable.Range(0, game.Count).Where(move => (support & (1 << move)) != 0)];
        var size = moves.Length;
        var system = new double[size + 1, size + 2];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                system[row, column] = (game[moves[row], moves[column]] - game.Low) / game.Spread;
            }

            system[row, size] = -1; // the value, which is the same for all
            system[size, row] = 1;
        }

        system[size, size + 1] = 1;
        if (LinearSystem.Solve(system) is not { } solution || solution.Take(size).Any(static x => x < -Tolerance))
        {
            return null;
        }

        var shares = new double[game.Count];
        for (var i = 0; i < size; i++)
        {
            shares[moves[i]] = Math.Max(0, solution[i]);
        }

        return shares;
    }
}
