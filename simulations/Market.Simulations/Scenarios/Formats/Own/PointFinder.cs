using Market.Domain;

namespace Market.Simulations.Scenarios.Formats.Own;

/// <summary>
/// Finds the few points whose connecting lines are a table over numbers, bit for bit; so that what was written as
/// points is written as points again.
/// </summary>
internal static class PointFinder
{
    /// <summary>What a bend must be, against the largest value, to be taken for more than rounding.</summary>
    private const double BendMin = 1e-9;

    /// <summary>The points' levels; null where no few points make exactly this table.</summary>
    public static List<long>? Find(IssueDraft issue, ValueArray<double> table)
    {
        if (table.Count < 4)
        {
            return null;
        }

        var levels = new List<long> { 0 };
        var scale = table.Max(Math.Abs) * BendMin;
        for (var i = 1; i < table.Count - 1; i++)
        {
            if (Math.Abs(table[i + 1] - (2 * table[i]) + table[i - 1]) > scale)
            {
                levels.Add(i);
            }
        }

        levels.Add(table.Count - 1);
        return levels.Count <= table.Count / 2 && IsExact(issue, table, levels) ? levels : null;
    }

    private static bool IsExact(IssueDraft issue, ValueArray<double> table, List<long> levels)
    {
        var again = NumericValues.Interpolate(issue, levels, [.. levels.Select(level => table[(int)level])]);
        return again.AsSpan().SequenceEqual(table.AsSpan());
    }
}
