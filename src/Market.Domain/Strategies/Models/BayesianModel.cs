namespace Market.Domain.Strategies;

/// <summary>
/// The Bayesian model of whole profiles (Hindriks and Tykhonov, 2008). A hypothesis is an order of the
/// issues by importance, with weights 2r/(n(n + 1)) for ranks r = 1 … n, and a shape for each issue (<see
/// cref="ValueShapes"/>); all are equally likely beforehand, and each offer makes those likelier that explain it (<see
/// cref="Likelihood"/>). An issue has up to eleven shapes, fewer where there would be more than <see
/// cref="HypothesesMax"/> hypotheses; so up to five issues fit.
/// </summary>
public sealed class BayesianModel : OpponentModel
{
    /// <summary>Most hypotheses: each offer weighs every one of them.</summary>
    public const int HypothesesMax = 30_000;

    private const int ShapesMost = 11;
    private const int ShapesLeast = 3;

    private readonly int[][] _orders;
    private readonly int[] _shapes;
    private readonly int[] _strides;
    private readonly double[] _odds;
    private readonly IssueTables _expected;
    private readonly double[] _terms;
    private readonly int[] _levels;
    private int _maxShapes;

    /// <summary>Begins without any offer seen.</summary>
    /// <exception cref="ArgumentException">There are too many issues for it.</exception>
    public BayesianModel(OutcomeSpace space)
        : base(space)
    {
        var issues = LevelCounts.Length;
        _shapes = new int[issues];
        _strides = new int[issues];
        var profiles = ChooseShapes();
        _orders = Permutations.Of(issues);
        _odds = new double[_orders.Length * profiles];
        _expected = new IssueTables(LevelCounts);
        _terms = new double[issues * _maxShapes];
        _levels = new int[issues];
        Restart();
    }

    /// <inheritdoc/>
    public override void Restart()
    {
        Array.Fill(_odds, 1.0 / _odds.Length);
        Expect();
    }

    /// <inheritdoc/>
    public override void Observe(int offer, double relativeTime)
    {
        LevelsOf(offer, _levels);
        for (var i = 0; i < _shapes.Length; i++)
        {
            for (var shape = 0; shape < _shapes[i]; shape++)
            {
                var peak = ValueShapes.PeakOf(shape, _shapes[i], LevelCounts[i]);
                _terms[(i * _maxShapes) + shape] = ValueShapes.ValueOf(_levels[i], peak, LevelCounts[i]);
            }
        }

        var profiles = _odds.Length / _orders.Length;
        for (var h = 0; h < _odds.Length; h++)
        {
            var (order, profile) = (_orders[h / profiles], h % profiles);
            var utility = 0.0;
            for (var i = 0; i < _shapes.Length; i++)
            {
                utility += WeightOf(order[i]) * _terms[(i * _maxShapes) + ShapeOf(profile, i)];
            }

            _odds[h] *= Likelihood.Of(utility, relativeTime);
        }

        Odds.Normalize(_odds);
        Expect();
    }

    /// <inheritdoc/>
    public override double Estimate(int outcome)
    {
        Span<int> levels = stackalloc int[_shapes.Length];
        LevelsOf(outcome, levels);
        return _expected.Sum(levels);
    }

    private double WeightOf(int rank) => 2.0 * (rank + 1) / (_shapes.Length * (_shapes.Length + 1));

    private int ShapeOf(int profile, int issue) => profile / _strides[issue] % _shapes[issue];

    // The most shapes an issue with which all hypotheses fit; the number of combinations of shapes.
    private int ChooseShapes()
    {
        var orders = 1L;
        for (var n = 2; n <= _shapes.Length && orders <= HypothesesMax; n++)
        {
            orders *= n;
        }

        for (_maxShapes = ShapesMost; _maxShapes >= ShapesLeast; _maxShapes--)
        {
            var profiles = 1L;
            for (var i = _shapes.Length - 1; i >= 0; i--)
            {
                _shapes[i] = ValueShapes.CountOf(LevelCounts[i], _maxShapes);
                _strides[i] = (int)profiles;
                profiles = Math.Min(HypothesesMax + 1, profiles * _shapes[i]);
            }

            if (orders * profiles <= HypothesesMax)
            {
                return (int)profiles;
            }
        }

        throw new ArgumentException(
            $"The Bayesian model of whole profiles has no room for {_shapes.Length} issues; the scalable one has.");
    }

    // The expected weight × value of each level: estimates are additive, however many hypotheses there are.
    private void Expect()
    {
        _expected.Fill(0);
        Array.Clear(_terms);
        var profiles = _odds.Length / _orders.Length;
        for (var h = 0; h < _odds.Length; h++)
        {
            var (order, profile) = (_orders[h / profiles], h % profiles);
            for (var i = 0; i < _shapes.Length; i++)
            {
                _terms[(i * _maxShapes) + ShapeOf(profile, i)] += _odds[h] * WeightOf(order[i]);
            }
        }

        for (var i = 0; i < _shapes.Length; i++)
        {
            var table = _expected[i];
            for (var shape = 0; shape < _shapes[i]; shape++)
            {
                var peak = ValueShapes.PeakOf(shape, _shapes[i], table.Length);
                var share = _terms[(i * _maxShapes) + shape];
                for (var level = 0; level < table.Length; level++)
                {
                    table[level] += share * ValueShapes.ValueOf(level, peak, table.Length);
                }
            }
        }
    }
}
