namespace Market.Testing;

/// <summary>
/// Whether two ways of doing a thing can be told apart by how long it takes. The times come in pairs, one of each way,
/// taken one right after the other, so that whatever drifts touches both; a permutation swaps the two of each pair or
/// not, by a coin. (Fisher's randomisation test for paired samples; p counts the observed order too, as in Phipson and
/// Smyth, "Permutation p-values should never be zero", 2010.)
/// </summary>
/// <param name="MeanDifference">Mean of the second way less that of the first, in the unit of the times.</param>
/// <param name="MeanP">How often permutations have a difference of means at least that large, either way.</param>
/// <param name="MedianDifference">Median of the second way less that of the first.</param>
/// <param name="MedianP">How often permutations have a difference of medians at least that large, either way.</param>
public sealed record PermutationTest(double MeanDifference, double MeanP, double MedianDifference, double MedianP)
{
    /// <summary>Runs the test.</summary>
    /// <param name="first">Times of the first way.</param>
    /// <param name="second">Times of the second way; the i-th was taken beside the i-th of the first.</param>
    /// <param name="permutations">How many, at least 1.</param>
    /// <param name="random">Tosses the coins.</param>
    /// <exception cref="ArgumentException">There are no pairs.</exception>
    public static PermutationTest Of(
        IReadOnlyList<double> first, IReadOnlyList<double> second, int permutations, Random random)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(random);
        if (first.Count == 0 || first.Count != second.Count)
        {
            throw new ArgumentException("There must be as many times of one way as of the other, and some.");
        }

        var pairs = new Pairs(first, second);
        var coins = new byte[first.Count];
        var (mean, median) = pairs.Differences(coins);
        var (meanHits, medianHits) = (1, 1);
        for (var i = 0; i < permutations; i++)
        {
            random.NextBytes(coins);
            var (permutedMean, permutedMedian) = pairs.Differences(coins);
            meanHits += Math.Abs(permutedMean) >= Math.Abs(mean) ? 1 : 0;
            medianHits += Math.Abs(permutedMedian) >= Math.Abs(median) ? 1 : 0;
        }

        var all = permutations + 1.0;
        return new PermutationTest(mean, meanHits / all, median, medianHits / all);
    }

    /// <summary>All times in their order, so that a median is found by counting.</summary>
    private sealed class Pairs
    {
        private readonly double[] _differences;
        private readonly double[] _sorted;
        private readonly int[] _pairs;
        private readonly bool[] _isSecond;

        public Pairs(IReadOnlyList<double> first, IReadOnlyList<double> second)
        {
            var count = first.Count;
            _differences = [.. first.Zip(second, static (a, b) => b - a)];
            _sorted = [.. first, .. second];
            var places = Enumerable.Range(0, 2 * count).ToArray();
            Array.Sort(_sorted, places);
            _pairs = [.. places.Select(place => place % count)];
            _isSecond = [.. places.Select(place => place >= count)];
        }

        /// <summary>The differences of means and of medians when the pairs with an odd coin are swapped.</summary>
        public (double Mean, double Median) Differences(byte[] coins)
        {
            var sum = 0.0;
            for (var i = 0; i < coins.Length; i++)
            {
                sum += (coins[i] & 1) == 0 ? _differences[i] : -_differences[i];
            }

            // The lower median of both groups: each has as many members as there are pairs.
            var half = (coins.Length + 1) / 2;
            var (inFirst, inSecond) = (0, 0);
            var (first, second) = (double.NaN, double.NaN);
            for (var i = 0; double.IsNaN(first) || double.IsNaN(second); i++)
            {
                if (_isSecond[i] == ((coins[_pairs[i]] & 1) == 0))
                {
                    second = ++inSecond == half ? _sorted[i] : second;
                }
                else
                {
                    first = ++inFirst == half ? _sorted[i] : first;
                }
            }

            return (sum / coins.Length, second - first);
        }
    }
}
