namespace Market.Domain.Strategies;

/// <summary>Finds the bargaining solutions on a frontier; see <see cref="Optimality"/> for the formulas.</summary>
internal sealed class BargainingSolver
{
    private const double Tolerance = 1e-12;

    private readonly SolutionPoints _frontier;
    private readonly double[] _low;
    private readonly double[] _high;

    // Some party cannot gain anything: what depends on gains says nothing, and every point is a solution.
    private readonly bool _isDegenerate;

    internal BargainingSolver(ReadOnlySpan<RankedOutcomes> profiles, SolutionPoints frontier)
    {
        _frontier = frontier;
        _low = new double[profiles.Length];
        _high = new double[profiles.Length];
        for (var i = 0; i < profiles.Length; i++)
        {
            _low[i] = profiles[i].UtilityLow;
            _high[i] = profiles[i].UtilityMax;
            _isDegenerate |= _high[i] - _low[i] <= Tolerance;
        }
    }

    private delegate double Score(ReadOnlySpan<double> point);

    internal SolutionPoints Nash() => Gainful(point =>
    {
        var product = 1.0;
        for (var i = 0; i < point.Length; i++)
        {
            product *= point[i] - _low[i];
        }

        return product;
    });

    internal SolutionPoints Kalai() => Gainful(point =>
    {
        var least = double.PositiveInfinity;
        for (var i = 0; i < point.Length; i++)
        {
            least = Math.Min(least, point[i] - _low[i]);
        }

        return least;
    });

    internal SolutionPoints ModifiedKalai() => Gainful(point =>
    {
        var least = double.PositiveInfinity;
        foreach (var utility in point)
        {
            least = Math.Min(least, utility);
        }

        return least;
    });

    internal SolutionPoints KalaiSmorodinsky() => Gainful(point => -Spread(point, _low));

    internal SolutionPoints ModifiedKalaiSmorodinsky()
    {
        if (Array.Exists(_high, high => high <= 0))
        {
            return _frontier.Subset([]);
        }

        var zeros = new double[_low.Length];
        return Gainful(point => -Spread(point, zeros));
    }

    internal SolutionPoints MaxWelfare() => Best(point =>
    {
        var sum = 0.0;
        foreach (var utility in point)
        {
            sum += utility;
        }

        return sum;
    });

    private double Spread(ReadOnlySpan<double> point, double[] low)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < point.Length; i++)
        {
            var share = (point[i] - low[i]) / (_high[i] - low[i]);
            least = Math.Min(least, share);
            most = Math.Max(most, share);
        }

        return most - least;
    }

    private SolutionPoints Gainful(Score score) => _isDegenerate ? _frontier : Best(score);

    private SolutionPoints Best(Score score)
    {
        var scores = new double[_frontier.Count];
        var best = double.NegativeInfinity;
        for (var place = 0; place < scores.Length; place++)
        {
            scores[place] = score(_frontier.PointAt(place));
            best = Math.Max(best, scores[place]);
        }

        var places = new List<int>();
        for (var place = 0; place < scores.Length; place++)
        {
            if (scores[place] >= best - Tolerance)
            {
                places.Add(place);
            }
        }

        return _frontier.Subset(places);
    }
}
