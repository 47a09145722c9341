using System.CommandLine;

namespace Market.Benchmarks;

/// <summary>
/// The ledger's core on one thread, without IO: what deciding and applying costs, without and with the hash chain, and
/// how that grows with entries and accounts.
/// </summary>
internal sealed class LedgerBenchmark : IBenchmark
{
    private const int Principals = 1_000;

    private static readonly Option<string> Part = new("--part") { Description = "Measures one part only." };

    private string? _part;

    static LedgerBenchmark() => Part.AcceptOnlyFromAmong("speed", "entries", "accounts", "restart", "durable");

    /// <inheritdoc/>
    public string Name => "ledger";

    /// <inheritdoc/>
    public string Description => "Transfers and five-leg settlements: speed, growth, replay, restore, and durable.";

    /// <inheritdoc/>
    public void AddTo(Command command) => command.Options.Add(Part);

    /// <inheritdoc/>
    public void Configure(ParseResult arguments) => _part = arguments.GetValue(Part);

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        Run("speed", () => MeasureSpeed(report, quick));
        Run("entries", () => LedgerGrowth.MeasureEntries(report, log, quick ? 300_000 : 10_000_000));
        Run("accounts", () => LedgerGrowth.MeasureAccounts(report, log, quick ? 100_000 : 1_000_000));
        cancellationToken.ThrowIfCancellationRequested();
        if (IsWanted("restart"))
        {
            await LedgerRestart.MeasureAsync(report, log, quick ? 300_000 : 10_000_000, cancellationToken);
        }

        if (IsWanted("durable"))
        {
            await LedgerDurable.MeasureAsync(report, log, quick, cancellationToken);
        }

        void Run(string part, Action measure)
        {
            if (IsWanted(part))
            {
                measure();
            }
        }
    }

    private bool IsWanted(string part) => _part is null || _part == part;

    private static void MeasureSpeed(Action<FigureResult> report, bool quick)
    {
        var count = quick ? 200_000 : 1_500_000;
        foreach (var chained in new[] { false, true })
        {
            var with = chained ? " with hash chain" : "";
            var transfers = Best(quick, () =>
            {
                var run = new LedgerRun(Principals, chained: chained);
                return run.Measure(count, run.Workload.Transfers);
            });
            Report($"ledger transfers{with}", transfers, chained ? null : 1_000_000);

            var settlements = Best(quick, () =>
            {
                var run = new LedgerRun(Principals, withGoods: true, chained: chained);
                return run.Measure(count / 2, run.Workload.Settlements);
            });
            Report($"ledger settlements of five legs{with}", settlements, chained ? null : 300_000);
        }

        void Report(string figure, LedgerRun.Cost cost, double? reach)
        {
            report(FigureResult.Absolute(figure, cost.PerSecond, "commands/s", reach, cost.Seconds));
            report(FigureResult.Absolute($"{figure}, each in the median", cost.Nanoseconds, "ns", null, cost.Seconds));
            report(FigureResult.Absolute($"{figure}, allocated", cost.BytesEach, "B/command", null, cost.Seconds));
        }
    }

    // The best of a few: others' work on the machine only ever makes it slower. The first warms up.
    private static LedgerRun.Cost Best(bool quick, Func<LedgerRun.Cost> measure) =>
        Enumerable.Range(0, quick ? 2 : 5).Select(_ => measure()).MinBy(cost => cost.Seconds);
}
