using System.Diagnostics;
using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>
/// The raw limit of one hot book: rows of one stream appended straight to the journal, so many under way. The next row
/// is queued when one becomes durable; under a lock, as rows of a stream come one after the other.
/// </summary>
internal sealed class LedgerRawAppends
{
    private const long Writer = 42;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IJournal _journal;
    private readonly int _rows;
    private readonly byte[] _body;
    private int _queued;
    private int _left;

    private LedgerRawAppends(IJournal journal, int rows, int bodyLength)
    {
        (_journal, _rows, _left, _body) = (journal, rows, rows, new byte[bodyLength]);
        new Random(1).NextBytes(_body);
    }

    /// <summary>Appends until so many rows are durable; rows a second.</summary>
    public static async Task<double> RunAsync(
        IJournal journal, int rows, int underWay, int bodyLength, CancellationToken cancellationToken)
    {
        var load = new LedgerRawAppends(journal, rows, bodyLength);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < underWay; i++)
        {
            load.QueueNext();
        }

        await load._done.Task.WaitAsync(cancellationToken);
        return rows / watch.Elapsed.TotalSeconds;
    }

    private void QueueNext()
    {
        lock (_gate)
        {
            if (_queued < _rows)
            {
                var version = ++_queued;
                var previous = version == 1 ? 0 : Writer;
                var hash = RowHash.Of(Hash256.Zero, 1, version, Writer, previous, null, default, _body);
                _journal.Append(new Row(
                    new JournalRow(0, 1, version, Writer, previous, null, default, _body, hash), this));
            }
        }
    }

    private void Complete(AppendOutcome outcome, Exception? error)
    {
        if (outcome != AppendOutcome.Appended)
        {
            _done.TrySetException(error ?? new InvalidOperationException($"An append ended {outcome}."));
        }
        else if (Interlocked.Decrement(ref _left) == 0)
        {
            _done.TrySetResult();
        }
        else
        {
            QueueNext();
        }
    }

    private sealed class Row(JournalRow row, LedgerRawAppends load) : PendingAppend(GrainId.Ledger, row)
    {
        public override void OnCompleted(AppendOutcome outcome, Exception? error) => load.Complete(outcome, error);
    }
}
