namespace Market.Domain.Strategies;

/// <summary>
/// The scalable Bayesian model (Hindriks and Tykhonov, 2008): each issue's weight and each issue's shape are
/// learnt by themselves, with everything else at its expected value, so that its work grows with the number of issues
/// alone. Weights w are 0, 0.1 … 1, beforehand likely as (10 − 10w)³, which is what GENIUS supposes; shapes are <see
/// cref="ValueShapes"/>, at most eleven an issue, equally likely; the likelihood is <see cref="Likelihood"/>'s.
/// </summary>
public sealed class ScalableBayesianModel : OpponentModel
{
    private const int WeightCount = 11;
    private const int ShapesMax = 11;

    private readonly double[][] _weightOdds;
    private readonly double[][] _shapeOdds;
    private readonly double[] _weights;
    private readonly double[] _newWeights;
    private readonly IssueTables _values;
    private readonly int[] _levels;

    /// <summary>Begins without any offer seen.</summary>
    public ScalableBayesianModel(OutcomeSpace space)
        : base(space)
    {
        var issues = LevelCounts.Length;
        _weightOdds = new double[issues][];
        _shapeOdds = new double[issues][];
        for (var i = 0; i < issues; i++)
        {
            _weightOdds[i] = new double[WeightCount];
            _shapeOdds[i] = new double[ValueShapes.CountOf(LevelCounts[i], ShapesMax)];
        }

        _weights = new double[issues];
        _newWeights = new double[issues];
        _values = new IssueTables(LevelCounts);
        _levels = new int[issues];
        Restart();
    }

    /// <inheritdoc/>
    public override void Restart()
    {
        for (var i = 0; i < _weights.Length; i++)
        {
            for (var w = 0; w < WeightCount; w++)
            {
                double odds = WeightCount - 1 - w;
                _weightOdds[i][w] = odds * odds * odds;
            }

            Array.Fill(_shapeOdds[i], 1);
        }

        Expect();
    }

    /// <inheritdoc/>
    public override void Observe(int offer, double relativeTime)
    {
        LevelsOf(offer, _levels);
        for (var i = 0; i < _weights.Length; i++)
        {
            var rest = 0.0;
            for (var j = 0; j < _weights.Length; j++)
            {
                rest += j == i ? 0 : _weights[j] * _values[j][_levels[j]];
            }

            var value = _values[i][_levels[i]];
            for (var w = 0; w < WeightCount; w++)
            {
                _weightOdds[i][w] *= Likelihood.Of(rest + (WeightOf(w) * value), relativeTime);
            }

            var (odds, levels) = (_shapeOdds[i], LevelCounts[i]);
            for (var shape = 0; shape < odds.Length; shape++)
            {
                var peak = ValueShapes.PeakOf(shape, odds.Length, levels);
                var utility = rest + (_weights[i] * ValueShapes.ValueOf(_levels[i], peak, levels));
                odds[shape] *= Likelihood.Of(utility, relativeTime);
            }
        }

        Expect();
    }

    /// <inheritdoc/>
    public override double Estimate(int outcome)
    {
        Span<int> levels = stackalloc int[_weights.Length];
        LevelsOf(outcome, levels);
        var sum = 0.0;
        for (var i = 0; i < levels.Length; i++)
        {
            sum += _weights[i] * _values[i][levels[i]];
        }

        return sum;
    }

    private static double WeightOf(int hypothesis) => (double)hypothesis / (WeightCount - 1);

    // What all hypotheses together expect; odds are kept as shares of 1, so that none of them vanishes.
    private void Expect()
    {
        var total = 0.0;
        for (var i = 0; i < _weights.Length; i++)
        {
            Odds.Normalize(_weightOdds[i]);
            Odds.Normalize(_shapeOdds[i]);
            _newWeights[i] = 0;
            for (var w = 0; w < WeightCount; w++)
            {
                _newWeights[i] += _weightOdds[i][w] * WeightOf(w);
            }

            total += _newWeights[i];
            ExpectValues(i);
        }

        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i] = _newWeights[i] / total;
        }
    }

    private void ExpectValues(int issue)
    {
        var odds = _shapeOdds[issue];
        var values = _values[issue];
        values.Clear();
        for (var shape = 0; shape < odds.Length; shape++)
        {
            var peak = ValueShapes.PeakOf(shape, odds.Length, values.Length);
            for (var level = 0; level < values.Length; level++)
            {
                values[level] += odds[shape] * ValueShapes.ValueOf(level, peak, values.Length);
            }
        }
    }
}
