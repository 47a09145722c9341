using System.Text.Json;
using Market.Domain.Strategies;
using Market.TestSupport;

namespace Market.Domain.Tests.Strategies;

/// <summary>Every metric of the reference runs and scenarios, to nine digits.</summary>
public sealed class GoldenMetricsTests
{
    private const double Tolerance = 1e-9;

    [FactWithSharedData]
    public void Every_metric_of_every_reference_run_is_reproduced()
    {
        var data = GoldenData.Read();
        var optimalities = data.Scenarios.ToDictionary(
            pair => pair.Key, pair => new Optimality([.. pair.Value.Profiles]));
        var compared = 0;
        foreach (var run in data.Runs)
        {
            var name = run.GetProperty("scenario").GetString()!;
            var result = GoldenRunsTests.Play(run, data.Scenarios[name], out _);
            var scores = optimalities[name].ScoresOf(result.Agreement);
            compared += Same(run, "welfare", scores.Welfare)
                + Same(run, "pareto_distance", scores.ParetoDistance)
                + Same(run, "nash_distance", scores.NashDistance)
                + Same(run, "kalai_distance", scores.KalaiDistance)
                + Same(run, "modified_kalai_distance", scores.ModifiedKalaiDistance)
                + Same(run, "ks_distance", scores.KalaiSmorodinskyDistance)
                + Same(run, "pareto_optimality", scores.ParetoOptimality)
                + Same(run, "nash_optimality", scores.NashOptimality)
                + Same(run, "kalai_optimality", scores.KalaiOptimality)
                + Same(run, "modified_kalai_optimality", scores.ModifiedKalaiOptimality)
                + Same(run, "ks_optimality", scores.KalaiSmorodinskyOptimality)
                + Same(run, "max_welfare_optimality", scores.MaxWelfareOptimality);
        }

        Assert.True(compared > 3_000, $"Only {compared} metrics had a value.");
    }

    [FactWithSharedData]
    public void Every_statistic_of_the_reference_scenarios_is_reproduced()
    {
        foreach (var (name, scenario, stats) in GoldenData.Read().Scenarios.Values.Select(s => (s.Name, s, s.Stats)))
        {
            var optimality = new Optimality([.. scenario.Profiles]);
            Assert.Equal(stats.GetProperty("pareto_count").GetInt32(), optimality.Frontier.Count);
            SamePoints(name, stats, "pareto_utils", optimality.Frontier);
            SamePoints(name, stats, "nash_utils", optimality.Nash);
            SamePoints(name, stats, "kalai_utils", optimality.Kalai);
            SamePoints(name, stats, "modified_kalai_utils", optimality.ModifiedKalai);
            SamePoints(name, stats, "ks_utils", optimality.KalaiSmorodinsky);
            SamePoints(name, stats, "max_welfare_utils", optimality.MaxWelfarePoints);
            Same(stats, "opposition", optimality.Opposition);
            Same(stats, "rational_fraction", optimality.RationalFraction);
            Same(stats, "max_dist", optimality.MaxDistance);
        }
    }

    private static int Same(JsonElement given, string field, double? value)
    {
        var expected = given.GetProperty(field);
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.True(value is null, $"{field} is {value}, and not undefined");
            return 0;
        }

        Assert.True(
            Math.Abs(expected.GetDouble() - value ?? double.NaN) <= Tolerance,
            $"{field} is {value}, and not {expected.GetDouble()}");
        return 1;
    }

    private static void SamePoints(string scenario, JsonElement given, string field, SolutionPoints points)
    {
        var expected = given.GetProperty(field).EnumerateArray().Select(p => (p[0].GetDouble(), p[1].GetDouble()))
            .OrderDescending().ToList();
        Assert.True(expected.Count == points.Count, $"{scenario}: {points.Count} {field}, and not {expected.Count}");
        for (var place = 0; place < points.Count; place++)
        {
            Assert.Equal(expected[place].Item1, points.UtilityOf(place, 0), Tolerance);
            Assert.Equal(expected[place].Item2, points.UtilityOf(place, 1), Tolerance);
        }
    }
}
