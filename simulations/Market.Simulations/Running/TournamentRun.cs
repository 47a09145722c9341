using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Market.Simulations.Results;

namespace Market.Simulations.Running;

/// <summary>
/// Runs all negotiations of a plan on several threads. Each is a function of its place in the plan alone; their results
/// are written in the order of their numbers, so the files do not depend on how many threads there are.
/// </summary>
internal sealed class TournamentRun
{
    private static readonly TimeSpan HandOverAfter = TimeSpan.FromMilliseconds(100);
    private const int HandOverBytes = 1 << 18; // what a processor's cache holds: it is copied once more
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(5);

    // Rows die young, but the collector lets as many of them pile up as fit the processor's cache, which can be more
    // memory than all else here. Collecting the youngest after so many of them, some 10 MB, costs next to nothing.
    private const int RowsBetweenCollections = 8192;

    private readonly RunPlan _plan;
    private readonly ResultFiles? _files;
    private readonly RunTotals _totals;
    private readonly RunProgress _progress;
    private readonly StageBenches _benches;
    private readonly StoppedStrategies _stopped;
    private readonly OrderedPieces _pieces;
    private readonly int _workers;
    private int _rowsSinceCollection;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Prepares a run.</summary>
    /// <param name="plan">What runs.</param>
    /// <param name="options">How.</param>
    /// <param name="files">Where results go; null for nowhere.</param>
    /// <param name="totals">Adds the results up.</param>
    /// <param name="progress">Learns how far the run is.</param>
    public TournamentRun(
        RunPlan plan, RunOptions options, ResultFiles? files, RunTotals totals, RunProgress progress)
    {
        (_plan, _files, _totals, _progress, _workers) = (plan, files, totals, progress, options.Parallel);
        _benches = new StageBenches(plan);
        _stopped = StoppedStrategies.For(plan.Settings);
        _pieces = new OrderedPieces(options.First, plan.Count, _workers, Write);
    }

    /// <summary>Runs to the end, or until it is cancelled: then what has begun is finished and written.</summary>
    /// <returns>Whether all negotiations are finished.</returns>
    /// <exception cref="RunRefusedException">A scenario cannot be ranked.</exception>
    /// <exception cref="IOException">The results could not be written.</exception>
    public bool Run(CancellationToken cancellation)
    {
        using var stop = cancellation.Register(_pieces.Stop);
        var threads = Enumerable.Range(1, _workers - 1)
            .Select(number => new Thread(() => Work(cancellation)) { Name = $"negotiations {number}" })
            .ToList();
        threads.ForEach(thread => thread.Start());
        Work(cancellation);
        threads.ForEach(thread => thread.Join());
        _failure?.Throw();
        return _pieces.Next == _plan.Count;
    }

    private void Work(CancellationToken cancellation)
    {
        try
        {
            using var runner = new NegotiationRunner(_plan.Settings, _stopped);
            var writer = new RowWriter(_plan.PartiesMax);
            var isSlow = false;
            while (_pieces.TryClaim(isSlow, out var claim))
            {
                var began = Stopwatch.GetTimestamp();
                RunClaim(claim, runner, writer, cancellation);
                isSlow = Stopwatch.GetElapsedTime(began) > claim.Count * Slow;
            }
        }
        catch (Exception e)
        {
            // A fault of the program or of the disk: it ends the run, and is thrown again where the run was asked for.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            _pieces.Stop();
        }
    }

    private void RunClaim(
        (long Start, int Count) claim, NegotiationRunner runner, RowWriter writer, CancellationToken cancellation)
    {
        var piece = _pieces.Rent(claim.Start);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < claim.Count && !cancellation.IsCancellationRequested; i++)
        {
            Run(claim.Start + i, runner, writer, piece, cancellation);
            if (i + 1 < claim.Count
                && (piece.Bytes >= HandOverBytes || Stopwatch.GetElapsedTime(began) > HandOverAfter))
            {
                _pieces.Complete(piece);
                piece = _pieces.Rent(claim.Start + i + 1);
                began = Stopwatch.GetTimestamp();
            }
        }

        if (piece.Rows.Count > 0)
        {
            _pieces.Complete(piece);
        }
    }

    private void Run(
        long number, NegotiationRunner runner, RowWriter writer, ResultPiece piece, CancellationToken cancellation)
    {
        var stage = _plan.StageOf(number);
        var place = _plan.Stages[stage].PlaceOf(number);
        var bench = _benches[stage];
        var row = runner.Run(place, bench);
        if (cancellation.IsCancellationRequested
            && place.Stage.Strategies.Any(static strategy => strategy.IsModel || strategy.IsForeign))
        {
            return; // it may have been cut short in the middle of an act, and is played anew by --resume
        }

        piece.Rows.Add(row);
        if (_files is null)
        {
            return;
        }

        var acts = runner.Log.Acts;
        writer.Write(row, piece.Csv);
        EventLine.Write(row.Number, row.Digest, acts, piece.Events);
        if (_plan.Settings.Offers)
        {
            bench.Offers.Write(place, acts, piece.Offers);
        }
    }

    private void Write(ResultPiece piece)
    {
        _files?.Write(piece);
        var offers = 0L;
        foreach (var row in piece.Rows)
        {
            _totals.Add(row);
            offers += row.Offers;
        }

        _benches.Release(piece.End);
        _rowsSinceCollection += piece.Rows.Count;
        if (_rowsSinceCollection >= RowsBetweenCollections)
        {
            _rowsSinceCollection = 0;
            GC.Collect(0);
        }

        _progress.Add(piece.Rows.Count, offers);
    }
}
