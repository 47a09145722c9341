using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Silo.Keys;

namespace Market.Silo.Checkpoints;

/// <summary>
/// Publishes a checkpoint every so many entries of the book, and one at the end: asks the ledger to pin its head, signs
/// the answer once it is durable, and writes it to a file outside the store.
/// </summary>
internal sealed class CheckpointExporter : ICommitObserver, IAsyncDisposable
{
    private static readonly TimeSpan LastOneWithin = TimeSpan.FromMilliseconds(500);

    private readonly IGrainCluster _cluster;
    private readonly CheckpointFile _file;
    private readonly MarketId _market;
    private readonly MarketKeys _keys;
    private readonly ILogger _log;
    private readonly long _every;
    private readonly SemaphoreSlim _due = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private EntryNumber _covered;
    private long _announced;
    private long _seen;
    private long _dueAt;
    private volatile bool _isClosed;

    private CheckpointExporter(
        IGrainCluster cluster, CheckpointFile file, MarketId market, MarketKeys keys, ILogger log, long every)
    {
        (_cluster, _file, _market, _keys, _log, _every) = (cluster, file, market, keys, log, every);
        _covered = file.Published.Count == 0 ? default : file.Published[^1].Checkpoint.Entry;
        _dueAt = _covered.Value + every;
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Starts to publish; it owns the file from then on.</summary>
    public static CheckpointExporter Start(
        IGrainCluster cluster, IJournal journal, CheckpointFile file, MarketId market, MarketKeys keys, ILogger log,
        long every)
    {
        var exporter = new CheckpointExporter(cluster, file, market, keys, log, every);
        journal.Observe(exporter);
        return exporter;
    }

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
    {
        if (_isClosed)
        {
            return; // the journal lives longer than a silo's duty
        }

        foreach (var append in appends)
        {
            if (append.Grain == GrainId.Ledger)
            {
                Volatile.Write(ref _seen, append.Row.Version);
            }
        }

        var seen = _seen;
        if (seen >= Volatile.Read(ref _dueAt) && seen >= _announced + _every)
        {
            _announced = seen;
            _due.Release();
        }
    }

    /// <summary>Publishes what is not yet published, while the ledger still answers, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        // The entry after the covered one is the last checkpoint's own.
        if (Volatile.Read(ref _seen) > (_covered.Value == 0 ? 0 : _covered.Value + 1))
        {
            using var soon = new CancellationTokenSource(LastOneWithin);
            await ExportAsync(soon.Token).ConfigureAwait(false);
        }

        _file.Dispose();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            while (true)
            {
                await _due.WaitAsync(_stop.Token).ConfigureAwait(false);
                await ExportAsync(_stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The last one is published when all else has stopped.
        }
    }

    /// <summary>
    /// Publishes one. One that fails is reported and no harm: the next one covers what this one would have covered.
    /// </summary>
    private async Task ExportAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _cluster
                .AskAsync(GrainId.Ledger, new ExportCheckpoint(_covered), cancellationToken).ConfigureAwait(false);
            if (answer is CheckpointTaken taken)
            {
                var checkpoint = new Checkpoint(_market, taken.Entry, taken.Head, taken.At);
                _file.Append(_keys.SignCheckpoint(checkpoint));
                _covered = taken.Entry;
                Volatile.Write(ref _dueAt, taken.Entry.Value + _every);
            }
        }
        catch (OperationCanceledException) when (cancellationToken == _stop.Token)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever hinders a checkpoint, the market goes on; its operator is told.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _log.LogError(error, "A checkpoint could not be published.");
        }
    }
}
