namespace Market.Domain.Strategies;

/// <summary>
/// Rank correlations of two lists in O(n log n). Reuses its memory: for lists of one length, one thread at a time.
/// </summary>
/// <param name="length">Length of the lists.</param>
internal sealed class RankCorrelation(int length)
{
    private readonly int[] _order = new int[length];
    private readonly double[] _sorted = new double[length];
    private readonly double[] _merged = new double[length];

    /// <summary>Each number's rank from 1; equal numbers share the mean of their ranks.</summary>
    internal void MeanRanks(double[] numbers, double[] ranks)
    {
        Order(numbers);
        for (var start = 0; start < length;)
        {
            var end = EndOfEquals(_sorted, start);
            for (var i = start; i < end; i++)
            {
                ranks[_order[i]] = (start + end + 1) / 2.0;
            }

            start = end;
        }
    }

    /// <summary>Pearson's correlation; null where all of a list are equal.</summary>
    internal static double? Pearson(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var (product, squareA, squareB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            product += (a[i] - meanA) * (b[i] - meanB);
            squareA += (a[i] - meanA) * (a[i] - meanA);
            squareB += (b[i] - meanB) * (b[i] - meanB);
        }

        return squareA > 0 && squareB > 0 ? product / Math.Sqrt(squareA) / Math.Sqrt(squareB) : null;
    }

    /// <summary>
    /// Kendall's τ-b by counting the exchanges that sort one list after the other (Knight, "A computer method for
    /// calculating Kendall's tau with ungrouped data", 1966); null where all of a list are equal.
    /// </summary>
    internal double? KendallTauB(double[] a, double[] b)
    {
        Order(a);
        var tiesA = 0L;
        var tiesBoth = 0L;
        for (var start = 0; start < length;)
        {
            // Within equals of the first list, by the second: then only pairs in real disorder are exchanged.
            var end = EndOfEquals(_sorted, start);
            tiesA += PairsOf(end - start);
            Array.Sort(_order, start, end - start, Comparer<int>.Create((x, y) => b[x].CompareTo(b[y])));
            for (var from = start; from < end;)
            {
                var to = from + 1;
                while (to < end && b[_order[to]] == b[_order[from]])
                {
                    to++;
                }

                tiesBoth += PairsOf(to - from);
                from = to;
            }

            start = end;
        }

        for (var i = 0; i < length; i++)
        {
            _sorted[i] = b[_order[i]];
        }

        var exchanges = SortCounting(0, length);
        var tiesB = 0L;
        for (var start = 0; start < length;)
        {
            var end = EndOfEquals(_sorted, start);
            tiesB += PairsOf(end - start);
            start = end;
        }

        var pairs = PairsOf(length);
        var score = pairs - tiesA - tiesB + tiesBoth - (2 * exchanges);
        return pairs > tiesA && pairs > tiesB
            ? score / Math.Sqrt(pairs - tiesA) / Math.Sqrt(pairs - tiesB)
            : null;
    }

    private static long PairsOf(long count) => count * (count - 1) / 2;

    private void Order(double[] numbers)
    {
        for (var i = 0; i < length; i++)
        {
            _order[i] = i;
            _sorted[i] = numbers[i];
        }

        Array.Sort(_sorted, _order);
    }

    private int EndOfEquals(double[] sorted, int start)
    {
        var end = start + 1;
        while (end < length && sorted[end] == sorted[start])
        {
            end++;
        }

        return end;
    }

    // Merge sort of _sorted; the number of pairs that were in the wrong order.
    private long SortCounting(int start, int end)
    {
        if (end - start < 2)
        {
            return 0;
        }

        var middle = start + ((end - start) / 2);
        var exchanges = SortCounting(start, middle) + SortCounting(middle, end);
        var (left, right) = (start, middle);
        for (var i = start; i < end; i++)
        {
            if (right == end || (left < middle && _sorted[left] <= _sorted[right]))
            {
                _merged[i] = _sorted[left++];
            }
            else
            {
                exchanges += middle - left;
                _merged[i] = _sorted[right++];
            }
        }

        Array.Copy(_merged, start, _sorted, start, end - start);
        return exchanges;
    }
}
