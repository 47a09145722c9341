namespace Market.Simulations.Statistics.Games;

/// <summary>Small systems of linear equations.</summary>
internal static class LinearSystem
{
    private const double PivotMin = 1e-10;

    /// <summary>Solves n equations by elimination with the largest pivots.</summary>
    /// <param name="rows">n rows of n coefficients and the right side; used up.</param>
    /// <returns>The solution; null where there is none, or more than one.</returns>
    public static double[]? Solve(double[,] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var n = rows.GetLength(0);
        for (var column = 0; column < n; column++)
        {
            var pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(rows[row, column]));
            if (Math.Abs(rows[pivot, column]) < PivotMin)
            {
                return null;
            }

            for (var k = 0; k <= n; k++)
            {
                (rows[column, k], rows[pivot, k]) = (rows[pivot, k], rows[column, k]);
            }

            for (var row = 0; row < n; row++)
            {
                var factor = row == column ? 0 : rows[row, column] / rows[column, column];
                for (var k = column; k <= n && factor != 0; k++)
                {
                    rows[row, k] -= factor * rows[column, k];
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(row => rows[row, n] / rows[row, row])];
    }
}
