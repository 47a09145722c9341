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
    private int _pending;

    /// <summary>Starts the two threads.</summary>
    /// <param name="writer">The storage; disposed of with this.</param>
    /// <param name="head">Position of the last durable row.</param>
    /// <param name="batchRowsMax">Most rows in one transaction.</param>
    public GroupCommit(IBatchWriter writer, long head, int batchRowsMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchRowsMax, 1);
        _writer = writer;
        _rowsMax = batchRowsMax;
        _head = head;
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
            Volatile.Write(ref _head, _head + batch.Write(_writer));
            _written.Put(batch);
            _writer.Maintain();
        }

        _taken.Clear();
    }

    private void Publish()
    {
        while (_written.Take() is { } batch)
        {
            var count = batch.Count;
            batch.Publish(Volatile.Read(ref _observers));
            lock (_gate)
            {
                _pending -= count;
            }

            _free.Put(batch);
        }
    }
}
