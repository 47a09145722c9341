using System.Threading.Channels;
using Market.Domain;
using Market.Grains.Journaling;

namespace Market.Grains.Searching;

/// <summary>
/// Follows the journal for a catalogue without holding it up: what is committed is only noted, and a task of its own
/// writes it, many rows in one transaction. Where too much is noted, or rows were not seen, it reads the journal
/// instead until it has caught up.
/// </summary>
internal sealed class CatalogFollower : ICommitObserver, IAsyncDisposable
{
    private const int NotedMax = 65_536;
    private const int MoveEvery = 100_000; // rows that change nothing, after which the position is stored all the same

    private const long NothingWritten = -1;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly IJournal _journal;
    private readonly CatalogOptions _options;
    private readonly Func<CatalogBatch, ValueTask> _write;
    private readonly Func<Exception, long, ValueTask<long>> _recover;
    private readonly Lock _gate = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<JournalRow> _noted = new();
    private readonly Dictionary<ListingId, JournalRow> _pending = [];
    private readonly List<(long Position, TaskCompletionSource Done)> _waiting = [];
    private Task _following = Task.CompletedTask;
    private JournalRow? _last; // the last row taken, noted or not; null before the first
    private Exception? _suspicion;
    private long _announced;
    private long _wanted; // position of the last row noted
    private long _written;
    private long _stored;
    private volatile bool _isLive;

    /// <summary>Makes it.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="options">How it follows.</param>
    /// <param name="position">Up to where the journal is written already.</param>
    /// <param name="write">Writes changes with the position that they lead to.</param>
    /// <param name="recover">Takes an error and the position written; gives the position to go on from.</param>
    public CatalogFollower(
        IJournal journal,
        CatalogOptions options,
        long position,
        Func<CatalogBatch, ValueTask> write,
        Func<Exception, long, ValueTask<long>> recover)
    {
        _journal = journal;
        _options = options;
        _written = _stored = _announced = position;
        _write = write;
        _recover = recover;
    }

    /// <summary>Position of the last row taken in.</summary>
    public long Position
    {
        get
        {
            lock (_gate)
            {
                return _written;
            }
        }
    }

    /// <summary>Brings the catalogue up to the journal's head; from its return on it follows every row.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _journal.Observe(this);
        while (!await CatchUpAsync(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        _following = Task.Run(FollowAsync, CancellationToken.None);
    }

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
    {
        lock (_gate)
        {
            _announced = appends[^1].Row.Position;
            if (_isLive && (appends[0].Row.Position > (_last?.Position ?? _written) + 1 || _noted.Count > NotedMax))
            {
                LoseTrack();
            }

            if (!_isLive)
            {
                Wake();
                return;
            }

            foreach (var append in appends)
            {
                Note(append.Row);
            }
        }
    }

    /// <summary>
    /// Waits until everything is taken in that was durable at the call; false when that takes too long.
    /// </summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource done;
        lock (_gate)
        {
            var position = _isLive ? _wanted : _announced;
            if (position <= _written)
            {
                return true;
            }

            done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((position, done));
        }

        try
        {
            await done.Task.WaitAsync(_options.WaitMax, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The newest row about a listing that is durable and not written yet.</summary>
    /// <param name="id">The listing.</param>
    /// <param name="row">The row; null where there is none.</param>
    /// <returns>Whether that is known; else <see cref="WaitAsync"/>.</returns>
    public bool TryFindPending(ListingId id, out JournalRow? row)
    {
        lock (_gate)
        {
            row = _pending.GetValueOrDefault(id);
            return _isLive || _announced <= _written;
        }
    }

    /// <summary>Tells it what a reader found wrong with what is written; it sees to it.</summary>
    public void Suspect(Exception error)
    {
        Interlocked.Exchange(ref _suspicion, error);
        Wake();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
        lock (_gate)
        {
            foreach (var (_, done) in _waiting)
            {
                done.TrySetCanceled();
            }

            _waiting.Clear();
        }

        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _wake.Reader.ReadAsync(_stop.Token).ConfigureAwait(false);
                if (Interlocked.Exchange(ref _suspicion, null) is { } suspicion)
                {
                    await RecoverAsync(suspicion).ConfigureAwait(false);
                }
                else if (_isLive)
                {
                    await WriteNotedAsync().ConfigureAwait(false);
                }
                else if (!await CatchUpAsync(_stop.Token).ConfigureAwait(false))
                {
                    Wake();
                }
            }
            catch (OperationCanceledException)
            {
                // Told to stop.
            }
            catch (Exception error)
            {
                await Task.Delay(RetryAfter, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await RecoverAsync(error).ConfigureAwait(false);
            }
        }

        await FinishAsync().ConfigureAwait(false);
    }

    private async Task RecoverAsync(Exception error)
    {
        _options.OnError?.Invoke(error);
        long position;
        lock (_gate)
        {
            position = _written;
            LoseTrack();
            _written = NothingWritten; // who comes now waits until it is known what is written
        }

        try
        {
            position = await _recover(error, position).ConfigureAwait(false);
        }
        catch (StoreException again)
        {
            _options.OnError?.Invoke(again);
            await Task.Delay(RetryAfter, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Suspect(error);
        }

        lock (_gate)
        {
            _written = _stored = position;
        }

        Wake();
    }

    /// <summary>Writes what is noted, and where the journal ends, so that the next start has nothing to read.</summary>
    private async Task FinishAsync()
    {
        try
        {
            while (_isLive && await WriteNotedAsync().ConfigureAwait(false))
            {
            }
        }
        catch (StoreException error)
        {
            _options.OnError?.Invoke(error); // the next start reads the journal from where it was written
        }
    }

    /// <summary>Reads one stretch of the journal; true when nothing was left, and it is live from here on.</summary>
    private async Task<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        var rows = await _journal.ReadForwardAsync(Position, _options.BatchRowsMax, cancellationToken)
            .ConfigureAwait(false);
        if (rows.Count > 0)
        {
            await WriteAsync(rows, rows[^1], isAlways: true).ConfigureAwait(false);
            _options.OnProgress?.Invoke(rows[^1].Position, _journal.Head);
            return false;
        }

        lock (_gate)
        {
            _isLive = _written >= _announced;
            _wanted = _written;
            return _isLive;
        }
    }

    /// <summary>Writes one batch of what is noted; false when there was none.</summary>
    private async Task<bool> WriteNotedAsync()
    {
        var rows = new List<JournalRow>();
        JournalRow? last;
        lock (_gate)
        {
            while (rows.Count < _options.BatchRowsMax && _noted.TryDequeue(out var row))
            {
                rows.Add(row);
            }

            // Where nothing more is noted, everything up to the last row is taken in.
            last = _noted.Count == 0 ? _last : rows[^1];
            if (_noted.Count > 0)
            {
                Wake();
            }
        }

        if (last is null || (rows.Count == 0 && last.Position - _stored < MoveEvery && !IsEnding(last)))
        {
            return false;
        }

        await WriteAsync(rows, last, isAlways: rows.Count > 0 || IsEnding(last)).ConfigureAwait(false);
        return true;
    }

    private bool IsEnding(JournalRow last) => _stop.IsCancellationRequested && last.Position > _stored;

    private async Task WriteAsync(IReadOnlyList<JournalRow> rows, JournalRow last, bool isAlways)
    {
        var changes = new List<PlacedChange>();
        foreach (var row in rows)
        {
            if (CatalogRows.ChangeOf(row) is { } change)
            {
                changes.Add(new PlacedChange(row.Position, change));
            }
        }

        if (changes.Count > 0 || isAlways)
        {
            await _write(new CatalogBatch(changes, _stored, last.Position, last.Hash)).ConfigureAwait(false);
            _stored = last.Position;
        }

        lock (_gate)
        {
            _written = last.Position;
            foreach (var row in rows)
            {
                if (CatalogRows.ListingOf(row) is { } id && ReferenceEquals(_pending.GetValueOrDefault(id), row))
                {
                    _pending.Remove(id);
                }
            }

            _waiting.RemoveAll(one => one.Position <= _written && one.Done.TrySetResult());
        }
    }

    private void Note(JournalRow row)
    {
        if (row.Position <= (_last?.Position ?? _written))
        {
            return; // it was read while it was announced
        }

        _last = row;
        if (!CatalogRows.IsOfInterest(row))
        {
            if (row.Position - _stored == MoveEvery)
            {
                Wake();
            }

            return;
        }

        _noted.Enqueue(row);
        _wanted = row.Position;
        if (CatalogRows.ListingOf(row) is { } id)
        {
            _pending[id] = row;
        }

        Wake();
    }

    private void LoseTrack()
    {
        _isLive = false;
        _last = null;
        _noted.Clear();
        _pending.Clear();
    }

    private void Wake() => _wake.Writer.TryWrite(true);
}
