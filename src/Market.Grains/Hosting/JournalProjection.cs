using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>
/// Something made of the journal's rows, in memory: it starts from what it saved last, reads what follows, and then
/// takes each row as it becomes durable. What it saved is a shortcut and never the truth: where it does not fit the
/// journal, it begins at the first row.
/// </summary>
public abstract class JournalProjection : ICommitObserver, IAsyncDisposable
{
    private const int RowsAtOnce = 4_096;

    private readonly IJournal _journal;
    private readonly string _name;
    private readonly int _saveEvery;
    private Task _saving = Task.CompletedTask;
    private Task _catchingUp = Task.CompletedTask;
    private long _applied;
    private long _announced;
    private long _saved;
    private long _saveAt;
    private bool _isLive;

    /// <summary>Makes it; <see cref="StartAsync"/> brings it up to date.</summary>
    /// <param name="journal">The journal it follows.</param>
    /// <param name="name">The name under which it is saved.</param>
    /// <param name="saveEvery">Rows between two saves.</param>
    protected JournalProjection(IJournal journal, string name, int saveEvery)
    {
        _journal = journal;
        _name = name;
        _saveEvery = saveEvery;
    }

    /// <summary>Position of the last row taken.</summary>
    public long Position
    {
        get
        {
            lock (Gate)
            {
                return _applied;
            }
        }
    }

    /// <summary>
    /// Guards the projection; held around <see cref="Apply"/>, <see cref="Save"/> and <see cref="TryLoad"/>.
    /// </summary>
    protected Lock Gate { get; } = new();

    /// <summary>Brings it up to the journal's head; from its return on it follows every row.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await LoadAsync(cancellationToken).ConfigureAwait(false);
        _journal.Observe(this);
        _catchingUp = CatchUpAsync(cancellationToken);
        await _catchingUp.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
    {
        lock (Gate)
        {
            _announced = appends[^1].Row.Position;
            if (_isLive && appends[0].Row.Position > _applied + 1)
            {
                // Another writer's rows lie between: read them, and these, from the journal.
                _isLive = false;
            }

            if (!_isLive)
            {
                CatchUpAgain();
                return;
            }

            foreach (var append in appends)
            {
                ApplyNext(append.Row);
            }

            if (_applied >= _saveAt && _saving.IsCompleted)
            {
                StartSaving();
            }
        }
    }

    /// <summary>Saves it; the next start reads only what follows.</summary>
    /// <exception cref="StoreException">The storage refused.</exception>
    public async ValueTask DisposeAsync()
    {
        // What an earlier save or catch-up met is met again below, where it still matters.
        await _saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _catchingUp.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (Gate)
        {
            if (_isLive && _applied > _saved)
            {
                StartSaving();
            }

            _isLive = false;
        }

        await _saving.ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes one row.</summary>
    protected abstract void Apply(JournalRow row);

    /// <summary>What it has made, as bytes.</summary>
    protected abstract byte[] Save();

    /// <summary>Begins from saved bytes; false, and unchanged, when they are not its own.</summary>
    protected abstract bool TryLoad(ReadOnlySpan<byte> state);

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var (position, state) = await _journal.LoadProjectionAsync(_name, cancellationToken).ConfigureAwait(false);
        lock (Gate)
        {
            if (position > 0 && position <= _journal.Head &&
                SealedState.TryOpen(state.Span, out var saved) && TryLoad(saved))
            {
                _applied = _saved = _announced = position;
            }

            _saveAt = _saved + _saveEvery;
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var rows = await _journal.ReadForwardAsync(_applied, RowsAtOnce, cancellationToken).ConfigureAwait(false);
            lock (Gate)
            {
                foreach (var row in rows)
                {
                    ApplyNext(row);
                }

                // Rows that were announced while it read are read too; after that none is announced unseen.
                if (rows.Count == 0 && _applied >= _announced)
                {
                    _isLive = true;
                    return;
                }
            }
        }
    }

    private void ApplyNext(JournalRow row)
    {
        if (row.Position > _applied)
        {
            Apply(row);
            _applied = row.Position;
        }
    }

    /// <summary>
    /// Starts to read what was not taken, unless that is under way; after an error the next row starts it again.
    /// </summary>
    private void CatchUpAgain()
    {
        if (_catchingUp.IsCompleted)
        {
            _catchingUp = Task.Run(() => CatchUpAsync(CancellationToken.None));
        }
    }

    private void StartSaving()
    {
        var (state, position) = (SealedState.Seal(Save()), _applied);
        _saveAt = _applied + _saveEvery;
        _saving = Task.Run(() => SaveAsync(state, position));
    }

    private async Task SaveAsync(byte[] state, long position)
    {
        await _journal.SaveProjectionAsync(_name, position, state).ConfigureAwait(false);
        lock (Gate)
        {
            _saved = position;
        }
    }
}
