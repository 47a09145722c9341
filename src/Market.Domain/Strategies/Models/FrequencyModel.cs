namespace Market.Domain.Strategies;

/// <summary>
/// The frequency model of the agent HardHeaded (van Krimpen, Looije and Hajizadeh, "HardHeaded", 2013). An issue that
/// keeps its value from one offer to the next gains weight: with ε = 0.2/n and m unchanged issues of n, (w + ε)/(1 +
/// ε·m), unless it has more than 1 − n·ε/(1 + ε·m) already; all others w/(1 + ε·m). A value offered once more gains 1;
/// its value is its count over the largest count of its issue, and all counts begin with 1. Weights begin equal.
/// </summary>
public sealed class FrequencyModel : OpponentModel
{
    private const double LearningRate = 0.2;
    private const double CountStep = 1;

    private readonly double[] _weights;
    private readonly double[] _largest;
    private readonly IssueTables _counts;
    private readonly int[] _levels;
    private readonly int[] _before;
    private bool _hasBefore;

    /// <summary>Begins without any offer seen.</summary>
    public FrequencyModel(OutcomeSpace space)
        : base(space)
    {
        var issues = LevelCounts.Length;
        _weights = new double[issues];
        _largest = new double[issues];
        _counts = new IssueTables(LevelCounts);
        _levels = new int[issues];
        _before = new int[issues];
        Restart();
    }

    /// <inheritdoc/>
    public override void Restart()
    {
        Array.Fill(_weights, 1.0 / _weights.Length);
        Array.Fill(_largest, 1);
        _counts.Fill(1);
        _hasBefore = false;
    }

    /// <inheritdoc/>
    public override void Observe(int offer, double relativeTime)
    {
        LevelsOf(offer, _levels);
        if (_hasBefore)
        {
            Weigh();
        }

        for (var i = 0; i < _levels.Length; i++)
        {
            var count = _counts[i][_levels[i]] += CountStep;
            _largest[i] = Math.Max(_largest[i], count);
        }

        _levels.CopyTo(_before, 0);
        _hasBefore = true;
    }

    /// <inheritdoc/>
    public override double Estimate(int outcome)
    {
        Span<int> levels = stackalloc int[_weights.Length];
        LevelsOf(outcome, levels);
        var sum = 0.0;
        for (var i = 0; i < levels.Length; i++)
        {
            sum += _weights[i] * (_counts[i][levels[i]] / _largest[i]);
        }

        return sum;
    }

    private void Weigh()
    {
        var issues = _weights.Length;
        var gain = LearningRate / issues;
        var unchanged = 0;
        for (var i = 0; i < issues; i++)
        {
            unchanged += _levels[i] == _before[i] ? 1 : 0;
        }

        var total = 1 + (gain * unchanged);
        var most = 1 - (issues * gain / total);
        for (var i = 0; i < issues; i++)
        {
            var gains = _levels[i] == _before[i] && _weights[i] < most;
            _weights[i] = (_weights[i] + (gains ? gain : 0)) / total;
        }
    }
}
