namespace Market.Benchmarks;

/// <summary>Draws numbers from 0 by Zipf's law: the n-th has a share of (n + 3) to a negative power.</summary>
internal sealed class SearchDice
{
    private readonly double[] _sums;

    public SearchDice(int count, double exponent)
    {
        _sums = new double[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            _sums[i] = sum += 1 / Math.Pow(i + 3, exponent);
        }
    }

    /// <summary>The next number.</summary>
    public int Next(Random random)
    {
        var place = Array.BinarySearch(_sums, random.NextDouble() * _sums[^1]);
        return Math.Min(place < 0 ? ~place : place, _sums.Length - 1);
    }
}
