namespace Market.Domain.Strategies;

/// <summary>
/// The windowed frequency model (Tunalı, Aydoğan and Sanchez-Anguita, "Rethinking frequency opponent modeling in
/// automated negotiation", 2017). A value's worth is (its count/the largest count of its issue)^γ with γ = ¼, all
/// counts beginning with 1. After every window of k = 5 offers, an issue whose values are distributed as in the window
/// before (χ² at the level 0.05) gains weight, α(1 − t^β) with α = 10 and β = 5, if the two windows say that the
/// counterparty has conceded in some other issue. Weights begin with 1 and are shares of their sum.
/// </summary>
public sealed class WindowedFrequencyModel : OpponentModel
{
    private const int Window = 5;
    private const double Alpha = 10;
    private const double Beta = 5;

    private readonly double[] _weights;
    private readonly double[] _largest;
    private readonly IssueTables _counts;
    private readonly IssueTables _now;
    private readonly IssueTables _before;
    private readonly int[] _levels;
    private readonly bool[] _isSame;
    private int _offers;

    /// <summary>Begins without any offer seen.</summary>
    public WindowedFrequencyModel(OutcomeSpace space)
        : base(space)
    {
        var issues = LevelCounts.Length;
        _weights = new double[issues];
        _largest = new double[issues];
        _levels = new int[issues];
        _isSame = new bool[issues];
        _counts = new IssueTables(LevelCounts);
        _now = new IssueTables(LevelCounts);
        _before = new IssueTables(LevelCounts);
        Restart();
    }

    /// <inheritdoc/>
    public override void Restart()
    {
        Array.Fill(_weights, 1);
        Array.Fill(_largest, 1);
        _counts.Fill(1);
        _now.Fill(0);
        _before.Fill(0);
        _offers = 0;
    }

    /// <inheritdoc/>
    public override void Observe(int offer, double relativeTime)
    {
        LevelsOf(offer, _levels);
        for (var i = 0; i < _levels.Length; i++)
        {
            var count = _counts[i][_levels[i]] += 1;
            _largest[i] = Math.Max(_largest[i], count);
            _now[i][_levels[i]] += 1;
        }

        _offers++;
        if (_offers % Window != 0)
        {
            return;
        }

        if (_offers > Window)
        {
            Compare(relativeTime);
        }

        for (var i = 0; i < _levels.Length; i++)
        {
            _now[i].CopyTo(_before[i]);
        }

        _now.Fill(0);
    }

    /// <inheritdoc/>
    public override double Estimate(int outcome)
    {
        Span<int> levels = stackalloc int[_weights.Length];
        LevelsOf(outcome, levels);
        var (sum, weights) = (0.0, 0.0);
        for (var i = 0; i < levels.Length; i++)
        {
            sum += _weights[i] * WorthOf(i, levels[i]);
            weights += _weights[i];
        }

        return sum / weights;
    }

    // γ = ¼: two square roots, which have the same bits everywhere.
    private double WorthOf(int issue, int level) =>
        Math.Sqrt(Math.Sqrt(_counts[issue][level] / _largest[issue]));

    private void Compare(double relativeTime)
    {
        var (same, hasConceded) = (0, false);
        for (var i = 0; i < _weights.Length; i++)
        {
            _isSame[i] = ChiSquared.AreAlike(_before[i], _now[i]);
            same += _isSame[i] ? 1 : 0;
            hasConceded |= !_isSame[i] && MeanWorth(i, _now[i]) < MeanWorth(i, _before[i]);
        }

        if (same == _weights.Length || !hasConceded)
        {
            return;
        }

        var gain = Alpha * (1 - Powers.Power(relativeTime, Beta));
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i] += _isSame[i] ? gain : 0;
        }
    }

    private double MeanWorth(int issue, ReadOnlySpan<double> window)
    {
        var sum = 0.0;
        for (var level = 0; level < window.Length; level++)
        {
            sum += window[level] > 0 ? window[level] * WorthOf(issue, level) : 0;
        }

        return sum / Window;
    }
}
