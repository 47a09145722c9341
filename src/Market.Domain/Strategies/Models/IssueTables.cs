namespace Market.Domain.Strategies;

/// <summary>A number for every value of every issue, in one array: what additive models keep.</summary>
internal sealed class IssueTables
{
    private readonly double[] _numbers;
    private readonly int[] _starts;

    /// <summary>Makes tables of zeros.</summary>
    /// <param name="levelCounts">Number of values of each issue.</param>
    public IssueTables(ReadOnlySpan<int> levelCounts)
    {
        _starts = new int[levelCounts.Length + 1];
        for (var i = 0; i < levelCounts.Length; i++)
        {
            _starts[i + 1] = _starts[i] + levelCounts[i];
        }

        _numbers = new double[_starts[^1]];
    }

    /// <summary>The numbers of an issue's values.</summary>
    public Span<double> this[int issue] => _numbers.AsSpan(_starts[issue], _starts[issue + 1] - _starts[issue]);

    /// <summary>Gives every value of every issue the same number.</summary>
    public void Fill(double number) => Array.Fill(_numbers, number);

    /// <summary>Σ of the numbers at the levels, left to right.</summary>
    public double Sum(ReadOnlySpan<int> levels)
    {
        var sum = 0.0;
        for (var i = 0; i < levels.Length; i++)
        {
            sum += _numbers[_starts[i] + levels[i]];
        }

        return sum;
    }
}
