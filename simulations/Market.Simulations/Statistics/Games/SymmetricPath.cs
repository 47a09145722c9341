namespace Market.Simulations.Statistics.Games;

/// <summary>
/// Follows the path of Lemke and Howson in the symmetric form of the problem: z ≥ 0, w = 1 − Az ≥ 0, z·w = 0, where A
/// are payoffs made positive. z = 0 is the solution without meaning at which the path begins; z/Σz of the other end is
/// a symmetric equilibrium. Ties are broken lexicographically, so the path ends also in degenerate games.
/// </summary>
internal static class SymmetricPath
{
    private const int PivotsMax = 10_000;

    /// <summary>
    /// The equilibrium at the end of the path that drops a move's label; null where rounding lost it.
    /// </summary>
    public static double[]? From(MetaGame game, int dropped)
    {
        var n = game.Count;
        var tableau = Tableau(game);

        // Variables 0 … n−1 are w, n … 2n−1 are z; a move's label is that of both.
        int[] basis = [.. Enumerable.Range(0, n)];
        var entering = n + dropped;
        for (var pivots = 0; pivots < PivotsMax; pivots++)
        {
            if (LeavingRow(tableau, entering) is not { } row)
            {
                return null;
            }

            var leaving = basis[row];
            Pivot(tableau, row, entering);
            basis[row] = entering;
            if (leaving % n == dropped)
            {
                return SharesOf(tableau, basis);
            }

            entering = leaving < n ? leaving + n : leaving - n;
        }

        return null;
    }

    private static double[,] Tableau(MetaGame game)
    {
        var n = game.Count;
        var tableau = new double[n, (2 * n) + 1];
        for (var i = 0; i < n; i++)
        {
            tableau[i, i] = 1;
            tableau[i, 2 * n] = 1;
            for (var j = 0; j < n; j++)
            {
                tableau[i, n + j] = 1 + ((game[i, j] - game.Low) / game.Spread);
            }
        }

        return tableau;
    }

    /// <summary>The row with the least ratio; among equals, the one that is lexicographically least.</summary>
    private static int? LeavingRow(double[,] tableau, int entering)
    {
        var n = tableau.GetLength(0);
        var rows = Enumerable.Range(0, n).Where(row => tableau[row, entering] > SymmetricEquilibria.Tolerance).ToList();
        foreach (var column in Enumerable.Range(0, n).Prepend(2 * n))
        {
            if (rows.Count <= 1)
            {
                break;
            }

            var least = rows.Min(row => tableau[row, column] / tableau[row, entering]);
            rows.RemoveAll(row => tableau[row, column] / tableau[row, entering] > least + 1e-12);
        }

        return rows.Count == 0 ? null : rows[0];
    }

    private static void Pivot(double[,] tableau, int pivotRow, int pivotColumn)
    {
        var (rows, columns) = (tableau.GetLength(0), tableau.GetLength(1));
        var pivot = tableau[pivotRow, pivotColumn];
        for (var k = 0; k < columns; k++)
        {
            tableau[pivotRow, k] /= pivot;
        }

        for (var row = 0; row < rows; row++)
        {
            var factor = row == pivotRow ? 0 : tableau[row, pivotColumn];
            for (var k = 0; k < columns && factor != 0; k++)
            {
                tableau[row, k] -= factor * tableau[pivotRow, k];
            }
        }
    }

    private static double[]? SharesOf(double[,] tableau, int[] basis)
    {
        var n = basis.Length;
        var shares = new double[n];
        for (var row = 0; row < n; row++)
        {
            if (basis[row] >= n)
            {
                shares[basis[row] - n] = Math.Max(0, tableau[row, 2 * n]);
            }
        }

        var sum = shares.Sum();
        return sum > 0 ? [.. shares.Select(share => share / sum)] : null;
    }
}
