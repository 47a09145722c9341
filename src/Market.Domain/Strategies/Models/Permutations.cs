namespace Market.Domain.Strategies;

/// <summary>All orders of a few things.</summary>
internal static class Permutations
{
    /// <summary>Every order of 0 … count − 1, in lexicographic order.</summary>
    internal static int[][] Of(int count)
    {
        var all = new List<int[]>();
        Extend([], count, all);
        return [.. all];
    }

    private static void Extend(int[] begun, int count, List<int[]> all)
    {
        if (begun.Length == count)
        {
            all.Add(begun);
            return;
        }

        for (var next = 0; next < count; next++)
        {
            if (!begun.Contains(next))
            {
                Extend([.. begun, next], count, all);
            }
        }
    }
}
