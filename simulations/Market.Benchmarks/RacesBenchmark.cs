using System.Diagnostics;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Grains.Journaling;
using Market.Silo;
using Microsoft.Extensions.Logging.Abstractions;

namespace Market.Benchmarks;

/// <summary>
/// One listing with 1,000 buyers and one need with 50 sellers, in a market over SQLite: from the first of all accepts
/// at once until the last negotiation has ended durably, settled, failed or told that its subject is gone.
/// </summary>
public sealed class RacesBenchmark : IBenchmark
{
    private static readonly Agenda Agenda = new(Currency.Usd, [Issue.UnitPrice(1, 20_000)]);

    /// <inheritdoc/>
    public string Name => "races";

    /// <inheritdoc/>
    public string Description => "1,000 buyers race for 100 units, 50 sellers for one need, until the last has ended.";

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        var (buyers, units, sellers) = quick ? (100, 10, 10) : (1_000, 100, 50);
        using var folder = new JournalBenchmarkFolder();
        await using var engine = await MarketEngine.OpenAsync(
            new MarketSiloOptions { DataFolder = folder.Path }, NullLogger.Instance, cancellationToken);
        var runs = quick ? 1 : 5;
        var total = Stopwatch.StartNew();
        var (stock, need) = (new List<double>(), new List<double>());
        for (var run = 0; run <= runs; run++)
        {
            var forStock = await RaceAsync(engine, buyers, 1, units, log);
            var forNeed = await RaceAsync(engine, 1, sellers, units: 1, log);
            if (run > 0)
            {
                stock.Add(forStock);
                need.Add(forNeed);
            }
        }

        stock.Sort();
        need.Sort();
        var seconds = total.Elapsed.TotalSeconds;
        report(FigureResult.Absolute(
            $"{buyers:N0} buyers, {units} units: all ended, median", stock[runs / 2], "ms", 5_000, seconds,
            atMost: true));
        report(FigureResult.Absolute(
            $"{sellers} sellers, one need: all ended, median", need[runs / 2], "ms", 5_000, seconds, atMost: true));
    }

    /// <summary>
    /// Every buyer with every seller: with one seller the stock is short, with several the need of the one buyer is.
    /// </summary>
    private static async Task<double> RaceAsync(
        MarketEngine engine, int buyers, int sellers, int units, Action<string> log)
    {
        var world = new RaceWorld(engine, Agenda);
        var openings = await world.PrepareAsync(buyers, sellers, units);
        var ends = new EndCounter(engine.Journal, openings.Count);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(openings.Select(opening => Task.Run(() => world.AcceptAsync(opening))));
        await ends.Done;
        var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        log(
            $"{openings.Count} negotiations: {ends.Settled} settled, {ends.Failed} failed, " +
            $"{ends.Cancelled} cancelled.");
        return ends.Settled == units
            ? time
            : throw new InvalidOperationException($"{ends.Settled} deals settled over {units} units.");
    }

    /// <summary>Completes when a number of negotiations have ended durably.</summary>
    private sealed class EndCounter : ICommitObserver
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left;

        public EndCounter(IJournal journal, int count)
        {
            _left = count;
            journal.Observe(this);
        }

        public Task Done => _done.Task;

        public int Settled { get; private set; }

        public int Failed { get; private set; }

        public int Cancelled { get; private set; }

        public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
        {
            foreach (var append in appends)
            {
                // [410, [...]]: an array of two, and the number as 16 bits.
                var number = append.Row.Body.Span is [0x92, 0xCD, var high, var low, ..] ? (high << 8) | low : 0;
                Settled += number == 410 ? 1 : 0;
                Failed += number == 411 ? 1 : 0;
                Cancelled += number == 412 ? 1 : 0;
                if (number is 410 or 411 or 412 && --_left == 0)
                {
                    _done.TrySetResult();
                }
            }
        }
    }
}
