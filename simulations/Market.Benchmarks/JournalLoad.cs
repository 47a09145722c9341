using System.Diagnostics;
using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>
/// Many writers, each with one stream at a time and several rows of it in flight, as a pipelined grain has: the next
/// row is queued when one becomes durable, by whoever tells of it.
/// </summary>
internal sealed class JournalLoad
{
    private readonly IJournal _journal;
    private readonly int _rowsPerStream;
    private readonly byte[] _body;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _toQueue;
    private long _toComplete;
    private long _streams;

    private JournalLoad(IJournal journal, int rows, int rowsPerStream, int bodyLength)
    {
        _journal = journal;
        _rowsPerStream = rowsPerStream;
        _body = new byte[bodyLength];
        new Random(1).NextBytes(_body);
        _toQueue = rows;
        _toComplete = rows;
    }

    /// <summary>
    /// Appends rows until so many are durable, to streams numbered after the last one; returns rows a second.
    /// </summary>
    public static async Task<double> RunAsync(
        IJournal journal,
        int rows,
        int writers,
        int inFlight,
        int rowsPerStream,
        int bodyLength,
        CancellationToken cancellationToken,
        long lastStream = 0)
    {
        var load = new JournalLoad(journal, rows, rowsPerStream, bodyLength) { _streams = lastStream };
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < writers; i++)
        {
            var writer = new Writer(load, i + 1);
            for (var n = 0; n < inFlight; n++)
            {
                writer.QueueNext();
            }
        }

        await load._done.Task.WaitAsync(cancellationToken);
        return rows / watch.Elapsed.TotalSeconds;
    }

    private sealed class Writer(JournalLoad load, int agent)
    {
        private readonly long _id = Random.Shared.NextInt64(1, long.MaxValue);
        private readonly Audience _audience = new(new AgentNumber(agent), new AgentNumber(agent + 1));
        private GrainId _grain;
        private long _stream;
        private long _version = load._rowsPerStream;

        public void QueueNext()
        {
            if (Interlocked.Decrement(ref load._toQueue) < 0)
            {
                return;
            }

            if (_version == load._rowsPerStream)
            {
                _version = 0;
                _stream = Interlocked.Increment(ref load._streams);
                _grain = GrainId.Of(new NegotiationId(Guid.CreateVersion7()));
            }

            _version++;
            var due = new LedgerTime(638_000_000_000_000_000 + _version);
            var previous = _version == 1 ? 0 : _id;
            var hash = RowHash.Of(Hash256.Zero, _stream, _version, _id, previous, due, _audience, load._body);
            load._journal.Append(new Row(
                _grain, new JournalRow(0, _stream, _version, _id, previous, due, _audience, load._body, hash), this));
        }

        public void Complete(AppendOutcome outcome, Exception? error)
        {
            if (outcome != AppendOutcome.Appended)
            {
                load._done.TrySetException(error ?? new InvalidOperationException($"An append ended {outcome}."));
            }
            else if (Interlocked.Decrement(ref load._toComplete) == 0)
            {
                load._done.TrySetResult();
            }
            else
            {
                QueueNext();
            }
        }
    }

    private sealed class Row(GrainId grain, JournalRow row, Writer writer) : PendingAppend(grain, row)
    {
        public override void OnCompleted(AppendOutcome outcome, Exception? error) => writer.Complete(outcome, error);
    }
}
