using System.Runtime.InteropServices;

namespace Market.Grains.Journaling;

/// <summary>
/// Groups the appends of all grains into transactions. One thread writes a batch while another tells the observers and
/// callers of the batch before; a batch is whatever has queued up meanwhile, so a lone append waits for nobody and a
/// crowd shares one sync of the disk. It knows no storage: <see cref="IBatchWriter"/> is that.
/// </summary>
public sealed class GroupCommit : IAsyncDisposable
{
    /// <summary>Batches between the writer and the publisher; with more, the writer waits for slow observers.</summary>
    private const int BatchesInFlightMax = 4;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly BoundedHandOff<CommitBatch> _written = new(BatchesInFlightMax);
    private readonly BoundedHandOff<CommitBatch> _free = new(BatchesInFlightMax + 2);
    private readonly IBatchWriter _writer;
    private readonly IForeignRows? _foreign;
    private readonly CommitBatch _notice = new(0);
    private readonly int _rowsMax;
    private readonly Thread _writing;
    private readonly Thread _publishing;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<PendingAppend> _queued = [];
    private List<PendingAppend> _taken = [];
    private List<Action> _tasks = [];
    private ICommitObserver[] _observers = [];
    private bool _isSignalled;
    private bool _isClosing;
    private long _head;
    private long _noticed;
    private long _announced;
    private int _isMarked;
    private int _pending;

    /// <summary>Starts the two threads.</summary>
    /// <param name="writer">The storage; disposed of with this.</param>
    /// <param name="head">Position of the last durable row.</param>
    /// <param name="batchRowsMax">Most rows in one transaction.</param>
    /// <param name="foreign">Reads what others write to the storage; null where nobody else may.</param>
    public GroupCommit(IBatchWriter writer, long head, int batchRowsMax, IForeignRows? foreign = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchRowsMax, 1);
        _writer = writer;
        _rowsMax = batchRowsMax;
        _foreign = foreign;
        _head = _announced = head;
        for (var i = 0; i < BatchesInFlightMax + 2; i++)
        {
            _free.Put(new CommitBatch(batchRowsMax));
        }

        _writing = new Thread(Write) { Name = "journal writer", IsBackground = true };
        _publishing = new Thread(Publish) { Name = "journal publisher", IsBackground = true };
        _writing.Start();
        _publishing.Start();
    }

    /// <summary>Position of the last durable row.</summary>
    public long Head => Volatile.Read(ref _head);

    /// <summary>Appends whose outcome is not yet known to their callers.</summary>
    public int PendingCount => Volatile.Read(ref _pending);

    /// <summary>
    /// Queues a row; see <see cref="IJournal.Append"/>. After the end it fails, told from another thread.
    /// </summary>
    public void Append(PendingAppend append)
    {
        bool signal;
        lock (_gate)
        {
            if (_isClosing)
            {
                RefuseAfterEnd(append);
                return;
            }

            _queued.Add(append);
            _pending++;
            signal = !_isSignalled;
            _isSignalled = true;
        }

        if (signal)
        {
            _work.Release();
        }
    }

    /// <summary>
    /// Runs work of the storage's own, such as saving a snapshot, on the writer's thread between two batches.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The journal has been closed.</exception>
    public Task RunAsync(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool signal;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosing, this);
            _tasks.Add(() => Complete(work, done));
            signal = !_isSignalled;
            _isSignalled = true;
        }

        if (signal)
        {
            _work.Release();
        }

        return done.Task;
    }

    /// <summary>Adds an observer; see <see cref="IJournal.Observe"/>.</summary>
    public void Observe(ICommitObserver observer)
    {
        lock (_gate)
        {
            _observers = [.. _observers, observer];
        }
    }

    /// <summary>
    /// Says that rows up to a position are committed, of others perhaps: they are read and told to the observers.
    /// </summary>
    public void Notice(long position)
    {
        // Also what was noticed before, as long as it could not be read.
        if (position > Volatile.Read(ref _announced))
        {
            RaiseHead(position);
            Interlocked.Exchange(ref _noticed, position);

            // One mark is enough; and where there is no room for it, the publisher looks when it has made some.
            if (Interlocked.Exchange(ref _isMarked, 1) == 0 && !_written.TryPut(_notice))
            {
                Volatile.Write(ref _isMarked, 0);
            }
        }
    }

    /// <summary>Writes and publishes what was queued, then ends both threads and closes the storage.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosing = true;
        }

        _work.Release();
        await _ended.Task.ConfigureAwait(false);
    }

    private static void Complete(Action work, TaskCompletionSource done)
    {
        try
        {
            work();
            done.SetResult();
        }
        catch (Exception error)
        {
            // Whoever waits for the work gets its error; the thread goes on with the next batch.
            done.SetException(error);
        }
    }

    private static void RefuseAfterEnd(PendingAppend append) => ThreadPool.UnsafeQueueUserWorkItem(
        static late => late.OnCompleted(AppendOutcome.Failed, new ObjectDisposedException(nameof(GroupCommit))),
        append,
        preferLocal: false);

    private void Write()
    {
        for (var isClosing = false; !isClosing;)
        {
            _work.Wait();
            List<Action> tasks;
            lock (_gate)
            {
                (_queued, _taken) = (_taken, _queued);
                (tasks, _tasks) = (_tasks, []);
                _isSignalled = false;
                isClosing = _isClosing;
            }

            WriteTaken();
            tasks.ForEach(task => task());
        }

        _written.Close();
        _publishing.Join();
        _writer.Dispose();
        _ended.SetResult();
    }

    private void WriteTaken()
    {
        for (var from = 0; from < _taken.Count; from += _rowsMax)
        {
            var batch = _free.Take()!;
            var rows = CollectionsMarshal.AsSpan(_taken)[from..];
            batch.Fill(rows.Length > _rowsMax ? rows[.._rowsMax] : rows);
            batch.Write(_writer);
            RaiseHead(batch.LastPosition);
            _written.Put(batch);
            _writer.Maintain();
        }

        _taken.Clear();
    }

    private void Publish()
    {
        while (_written.Take() is { } batch)
        {
            if (ReferenceEquals(batch, _notice))
            {
                Interlocked.Exchange(ref _isMarked, 0);
            }
            else
            {
                Publish(batch);
            }

            // With more batches waiting, the rows noticed are most likely among or between them.
            if (_written.IsEmpty)
            {
                AnnounceForeign(Interlocked.Read(ref _noticed));
            }
        }
    }

    private void Publish(CommitBatch batch)
    {
        var count = batch.Count;
        if (AnnounceForeign(batch.FirstPosition - 1) is { } error)
        {
            batch.Lose(error);
        }

        batch.Publish(Volatile.Read(ref _observers), _announced);
        Volatile.Write(ref _announced, Math.Max(_announced, batch.LastPosition));
        lock (_gate)
        {
            _pending -= count;
        }

        _free.Put(batch);
    }

    /// <summary>
    /// Tells the observers of the rows of others up to a position. After an error, which it returns, the next call
    /// begins where this one ended.
    /// </summary>
    private StoreException? AnnounceForeign(long upTo)
    {
        try
        {
            while (_foreign is not null && _announced < upTo)
            {
                var rows = _foreign.Read(_announced, upTo);
                foreach (var observer in Volatile.Read(ref _observers))
                {
                    observer.OnCommitted(rows);
                }

                Volatile.Write(ref _announced, rows[^1].Row.Position);
            }
        }
        catch (StoreException error)
        {
            return error;
        }

        return null;
    }

    private void RaiseHead(long position)
    {
        for (var head = Head; position > head;)
        {
            var seen = Interlocked.CompareExchange(ref _head, position, head);
            head = seen == head ? position : seen;
        }
    }
}
