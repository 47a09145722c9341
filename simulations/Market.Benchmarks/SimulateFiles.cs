using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Market.Benchmarks;

/// <summary>
/// What files cost a tournament of a second, in which the runtime still compiles code, and one of some seconds: the
/// program itself, in a process of its own each time, without files, with all but offers.csv, and with that, too, in
/// turns. A share is the median of those of the turns, so that what else the machine does weighs little.
/// </summary>
internal static class SimulateFiles
{
    private const int Turns = 7;

    // Of the pairs with chance: 100,018 and 400,018 negotiations, of a hundred offers each.
    private static readonly int[] Repetitions = [3_125, 12_500];

    private const int RepetitionsQuick = 10;
    private const double ShareWanted = 0.8;
    private const double MegabytesMax = 150;
    private const double FirstResultSecondsMax = 0.5;

    private static readonly string Simulations = Path.Combine(AppContext.BaseDirectory, "Market.Simulations.dll");

    /// <summary>Measures with one and with two threads.</summary>
    public static async Task MeasureAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        foreach (var repetitions in quick ? [RepetitionsQuick] : Repetitions)
        {
            await MeasureAsync(report, log, threads: 1, repetitions, quick ? 1 : Turns, cancellationToken)
                .ConfigureAwait(false);
            await MeasureAsync(report, log, threads: 2, repetitions, quick ? 1 : Turns, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static async Task MeasureAsync(
        Action<FigureResult> report, Action<string> log, int threads, int repetitions, int turnsCount,
        CancellationToken cancellationToken)
    {
        var turns = new List<Turn>();
        for (var turn = 0; turn < turnsCount; turn++)
        {
            turns.Add(new Turn(
                await RunAsync(threads, repetitions, Files.None, cancellationToken).ConfigureAwait(false),
                await RunAsync(threads, repetitions, Files.Rows, cancellationToken).ConfigureAwait(false),
                await RunAsync(threads, repetitions, Files.Offers, cancellationToken).ConfigureAwait(false)));
        }

        Report(report, threads, turns);
        log($"{NameOf(threads, turns)}: shares with files "
            + Shares(turns, static turn => turn.Rows)
            + "; with offers "
            + Shares(turns, static turn => turn.Offers));
    }

    private static string NameOf(int threads, List<Turn> turns) => string.Create(
        CultureInfo.InvariantCulture,
        $"simulate tournament of {turns[0].None.Negotiations:N0}, {threads} at once");

    private static void Report(Action<FigureResult> report, int threads, List<Turn> turns)
    {
        var figure = NameOf(threads, turns);
        var none = Median(turns.Select(static turn => turn.None.PerSecond));
        var seconds = turns.Sum(static turn => turn.None.Seconds);
        report(FigureResult.Absolute($"{figure}, no files", none, "negotiations/s", null, seconds));
        ReportShare(report, $"{figure}, files", none, turns, static turn => turn.Rows);
        ReportShare(report, $"{figure}, files and offers.csv", none, turns, static turn => turn.Offers);
        report(FigureResult.Absolute(
            $"{figure}, peak memory", turns.Max(static turn => turn.Offers.PeakBytes) / 1e6, "MB", MegabytesMax,
            seconds, atMost: true));
        report(FigureResult.Absolute(
            $"{figure}, first result", Median(turns.Select(static turn => turn.Offers.FirstResultSeconds)), "s",
            FirstResultSecondsMax, seconds, atMost: true));
    }

    private static void ReportShare(
        Action<FigureResult> report, string figure, double none, List<Turn> turns, Func<Turn, Run> of)
    {
        var share = Median(turns.Select(turn => of(turn).PerSecond / turn.None.PerSecond));
        report(new FigureResult(
            figure, Median(turns.Select(turn => of(turn).PerSecond)), "negotiations/s", none, share,
            $"≥ {ShareWanted:P0} of raw, median of turns", share >= ShareWanted, turns.Sum(turn => of(turn).Seconds)));
    }

    private static string Shares(List<Turn> turns, Func<Turn, Run> of) => string.Join(
        ' ', turns.Select(turn => of(turn).PerSecond / turn.None.PerSecond).Order()
            .Select(static share => share.ToString("F2", CultureInfo.InvariantCulture)));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static async Task<Run> RunAsync(
        int threads, int repetitions, Files files, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("market-benchmark-").FullName;
        try
        {
            List<string> words =
            [
                Simulations, "tournament", "--strategies", "Boulware,Linear,Conceder,MiCRO,Random", "--scenarios",
                "price-100,laptop", "--rounds", "100", "--repetitions", $"{repetitions}", "--seed", "1", "--parallel",
                $"{threads}", "--progress", "none", "--json",
            ];
            words.AddRange(files == Files.None ? [] : ["--out", Path.Combine(folder, "results")]);
            words.AddRange(files == Files.Offers ? ["--offers"] : []);
            using var process = Process.Start(new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            using var json = JsonDocument.Parse(output.Split('\n')[0]);
            var session = json.RootElement.GetProperty("session");
            return new Run(
                session.GetProperty("negotiations").GetInt64(),
                session.GetProperty("seconds").GetDouble(),
                session.GetProperty("firstResultSeconds").GetDouble(),
                session.GetProperty("peakMemoryBytes").GetInt64());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a run writes.</summary>
    private enum Files
    {
        None = 0,
        Rows = 1,
        Offers = 2,
    }

    /// <summary>One run, as it says of itself; its seconds begin after loading and end when all files are closed.
    /// </summary>
    private readonly record struct Run(long Negotiations, double Seconds, double FirstResultSeconds, long PeakBytes)
    {
        public double PerSecond => Negotiations / Seconds;
    }

    /// <summary>Three runs, one after the other.</summary>
    private sealed record Turn(Run None, Run Rows, Run Offers);
}
