using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

/// <summary>The formulas of the metrics, written down plainly: every outcome against every other.</summary>
internal sealed class PlainOptimality
{
    private readonly RankedOutcomes[] _profiles;
    private readonly double[] _low;

    public PlainOptimality(RankedOutcomes[] profiles)
    {
        _profiles = profiles;
        _low = [.. profiles.Select(profile => Math.Max(profile.UtilityMin, profile.ReservationValue))];
        var rational = Enumerable.Range(0, profiles[0].Space.Count)
            .Where(outcome => profiles.All(p => p.UtilityOf(outcome) >= p.ReservationValue)).ToList();
        Frontier = [.. rational.Where(outcome => !rational.Exists(other => Dominates(other, outcome)))];
    }

    public int[] Frontier { get; }

    public int[] Nash() => Best(u => u.Zip(_low, (x, low) => x - low).Aggregate(1.0, (product, x) => product * x));

    public int[] Kalai() => Best(u => u.Zip(_low, (x, low) => x - low).Min());

    public int[] ModifiedKalai() => Best(u => u.Min());

    public int[] KalaiSmorodinsky() => Best(u => -Spread(
        [.. u.Select((x, i) => (x - _low[i]) / (_profiles[i].UtilityMax - _low[i]))]));

    public int[] ModifiedKalaiSmorodinsky() => Best(u => -Spread([.. u.Select((x, i) => x / _profiles[i].UtilityMax)]));

    public int[] MaxWelfare() => Best(u => u.Sum());

    public double? Distance(int outcome, int[] points)
    {
        var from = _profiles.Select(profile => profile.UtilityOfEnd(outcome)).ToArray();
        return points.Length == 0
            ? null
            : points.Min(point => Math.Sqrt(UtilitiesOf(point).Zip(from, (x, y) => (x - y) * (x - y)).Sum()));
    }

    private static double Spread(double[] shares) => shares.Max() - shares.Min();

    private double[] UtilitiesOf(int outcome) => [.. _profiles.Select(profile => profile.UtilityOf(outcome))];

    private bool Dominates(int a, int b) =>
        _profiles.All(p => p.UtilityOf(a) >= p.UtilityOf(b)) && _profiles.Any(p => p.UtilityOf(a) > p.UtilityOf(b));

    private int[] Best(Func<double[], double> score)
    {
        var scores = Frontier.Select(outcome => score(UtilitiesOf(outcome))).ToList();
        return [.. Frontier.Where((_, i) => scores[i] >= scores.Max() - 1e-12)];
    }
}
