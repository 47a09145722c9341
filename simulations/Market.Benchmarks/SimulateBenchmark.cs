using System.Diagnostics;
using Market.Domain.Strategies;

namespace Market.Benchmarks;

/// <summary>
/// Simulated negotiations of 100 rounds on one core and on all, and the statistics of scenarios; each beside what the
/// NegMAS platform does on one core of the same kind of machine. And what files cost a tournament.
/// </summary>
internal sealed class SimulateBenchmark : IBenchmark
{
    private const int ScenariosEach = 8;
    private const int StatisticsTimes = 500;
    private const string Reference = "NegMAS, one core of the same kind of machine";

    private static readonly Domain[] Domains =
    [
        new("price, 100 outcomes", [100],
        [
            new("Boulware", "Conceder", 40.7, 2_000), new("Linear", "Linear", 55.9, 2_000),
            new("MiCRO", "MiCRO", 38.8, 2_000), new("NaiveTitForTat", "NaiveTitForTat", 12.1, 2_000),
        ]),
        new("3 issues, 1,000 outcomes", [10, 10, 10],
        [
            new("Boulware", "Conceder", 12.8, 2_000), new("Linear", "Linear", 20.7, 2_000),
            new("MiCRO", "MiCRO", 16.0, 2_000), new("NaiveTitForTat", "NaiveTitForTat", 9.0, 2_000),
        ]),
        new("5 issues, 10,584 outcomes", [7, 7, 6, 6, 6],
            [new("Boulware", "Conceder", 2.2, 5_000), new("MiCRO", "MiCRO", 10.4, 2_000)]),
        new("3 issues, 100,000 outcomes", [40, 50, 50], [new("Linear", "Linear", 0.37, 20_000)]),
    ];

    private static readonly (int[] Levels, double ReferenceMilliseconds)[] Statistics =
        [([100], 21), ([10, 10, 10], 141), ([7, 7, 6, 6, 6], 1_890)];

    /// <inheritdoc/>
    public string Name => "simulate";

    /// <inheritdoc/>
    public string Description => "Simulated negotiations and statistics, beside NegMAS's; what files cost.";

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        var time = TimeSpan.FromMilliseconds(quick ? 40 : 1_000);
        foreach (var (domain, levels, pairs) in Domains)
        {
            var scenarios = Enumerable.Range(0, ScenariosEach)
                .Select(number => SimulateScenarios.Ranked(number, levels)).ToList();
            foreach (var pair in pairs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Measure(report, log, scenarios, $"simulate {domain}, {pair.First}–{pair.Second}", pair, time);
            }
        }

        foreach (var (levels, reference) in Statistics)
        {
            cancellationToken.ThrowIfCancellationRequested();
            MeasureStatistics(report, levels, reference, time);
        }

        await SimulateFiles.MeasureAsync(report, log, quick, cancellationToken).ConfigureAwait(false);
    }

    private static void Measure(
        Action<FigureResult> report,
        Action<string> log,
        List<RankedOutcomes[]> scenarios,
        string figure,
        Pair pair,
        TimeSpan time)
    {
        // The best of three: what else the machine does only makes it slower. The first run warms up.
        var run = new SimulateRun(scenarios, pair.First, pair.Second);
        run.Measure(time / 2);
        var one = Enumerable.Range(0, 3).Select(_ => run.Measure(time / 3)).MaxBy(tally => tally.PerSecond);
        Report(report, figure, one.PerSecond, "negotiations/s", pair.Reference, pair.Times, one.Seconds);
        report(FigureResult.Absolute(
            $"{figure}, offers", one.Offers / one.Seconds, "offers/s", null, one.Seconds));
        report(FigureResult.Absolute(
            $"{figure}, allocated", (double)one.Bytes / one.Negotiations, "B/negotiation", null, one.Seconds));

        var workers = Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => new SimulateRun(scenarios, pair.First, pair.Second)).ToArray();
        var all = workers.AsParallel().WithDegreeOfParallelism(workers.Length)
            .WithExecutionMode(ParallelExecutionMode.ForceParallelism)
            .Select(worker => worker.Measure(time)).ToList();
        report(FigureResult.Absolute(
            $"{figure}, {workers.Length} cores", all.Sum(tally => tally.PerSecond), "negotiations/s", null,
            time.TotalSeconds));
        log($"{figure}: {(double)one.Offers / one.Negotiations:F1} offers a negotiation, "
            + $"{(double)one.Agreements / one.Negotiations:P0} agreed");
    }

    // From the utility functions on: ranking, frontier, all solution points, welfare, opposition.
    private static void MeasureStatistics(
        Action<FigureResult> report, int[] levels, double referenceMilliseconds, TimeSpan time)
    {
        var scenarios = Enumerable.Range(0, ScenariosEach)
            .Select(number => SimulateScenarios.Utilities(number, levels)).ToList();
        var seconds = new List<double>();
        var started = Stopwatch.GetTimestamp();
        while (seconds.Count < ScenariosEach || Stopwatch.GetElapsedTime(started) < time)
        {
            var (first, second) = scenarios[seconds.Count % ScenariosEach];
            var begun = Stopwatch.GetTimestamp();
            var optimality = new Optimality(new RankedOutcomes(first), new RankedOutcomes(second));
            seconds.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            if (optimality.Nash.Count == 0)
            {
                throw new InvalidOperationException("A scenario without a Nash point measures nothing.");
            }
        }

        seconds.Sort();
        var milliseconds = seconds[seconds.Count / 2] * 1_000;
        var outcomes = levels.Aggregate(1, (product, count) => product * count);
        var figure = $"simulate statistics of {outcomes:N0} outcomes";
        report(FigureResult.Absolute(
            $"{figure}, median", milliseconds, "ms", referenceMilliseconds / StatisticsTimes, time.TotalSeconds,
            atMost: true));
        Report(report, figure, 1_000 / milliseconds, "scenarios/s", 1_000 / referenceMilliseconds, StatisticsTimes,
            time.TotalSeconds);
    }

    private static void Report(
        Action<FigureResult> report,
        string figure,
        double value,
        string unit,
        double reference,
        int times,
        double seconds) => report(new FigureResult(
            figure, value, unit, reference, value / reference, $"≥ {times:N0} × {Reference}",
            value / reference >= times, seconds));

    /// <summary>A size of scenario.</summary>
    private sealed record Domain(string Name, int[] Levels, Pair[] Pairs);

    /// <summary>Two strategies, the reference's negotiations/s, and how many times as many are to be reached.</summary>
    private sealed record Pair(string First, string Second, double Reference, int Times);
}
