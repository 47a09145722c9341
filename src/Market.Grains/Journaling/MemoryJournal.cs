using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Grains.Journaling;

/// <summary>
/// The journal in memory: the obvious model of the contract, for tests, simulations and `serve --memory`. Its end
/// is the end of its data. Outcomes are told at once, by the appending thread or by another one that is just telling
/// some, but never while the lock is held.
/// </summary>
public sealed class MemoryJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly RowPages _rows = new();
    private readonly Dictionary<long, StreamRows> _streams = [];
    private readonly Dictionary<GrainId, long> _numbers = [];
    private readonly Dictionary<long, Snapshot> _snapshots = [];
    private readonly Dictionary<(long Stream, int Number), SnapshotPart> _parts = [];
    private readonly Dictionary<string, (long, ReadOnlyMemory<byte>)> _projections = [];
    private List<(PendingAppend Append, AppendOutcome Outcome)> _untold = [];
    private List<(PendingAppend Append, AppendOutcome Outcome)> _telling = [];
    private PendingAppend[] _appended = [];
    private ICommitObserver[] _observers = [];
    private long _lastStream;
    private bool _isTelling;
    private bool _isClosed;

    /// <inheritdoc/>
    public long Head
    {
        get
        {
            lock (_gate)
            {
                return _rows.Count;
            }
        }
    }

    /// <inheritdoc/>
    public int PendingCount
    {
        get
        {
            lock (_gate)
            {
                return _untold.Count;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<StreamHead> OpenAsync(GrainId grain, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (!_numbers.TryGetValue(grain, out var number))
            {
                return ValueTask.FromResult(new StreamHead(++_lastStream, 0, 0));
            }

            var stream = _streams[number];
            return ValueTask.FromResult(new StreamHead(number, stream.Version, stream.Writer));
        }
    }

    /// <inheritdoc/>
    public void Append(PendingAppend append)
    {
        lock (_gate)
        {
            _untold.Add((append, Store(append)));
            if (_isTelling)
            {
                return; // whoever tells outcomes now tells this one too, in order
            }

            _isTelling = true;
        }

        TellOutcomes();
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadStreamAsync(
        long stream, long afterVersion, int max, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<JournalRow>>(
                _streams.TryGetValue(stream, out var found) ? Read(found.Positions, afterVersion, max) : []);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadForwardAsync(
        long afterPosition, int max, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var rows = new JournalRow[Math.Clamp(_rows.Count - afterPosition, 0, max)];
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = _rows.Get(afterPosition + i + 1);
            }

            return ValueTask.FromResult<IReadOnlyList<JournalRow>>(rows);
        }
    }

    /// <inheritdoc/>
    public ValueTask<GrainId?> FindStreamAsync(long stream, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_streams.TryGetValue(stream, out var found) ? found.Grain : (GrainId?)null);
        }
    }

    /// <inheritdoc/>
    public ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            foreach (var part in snapshot.Parts)
            {
                _parts[(snapshot.Stream, part.Number)] = part with { Bytes = part.Bytes.ToArray() };
            }

            if (!_snapshots.TryGetValue(snapshot.Stream, out var known) || known.Version <= snapshot.Version)
            {
                _snapshots[snapshot.Stream] = snapshot with { State = snapshot.State.ToArray(), Parts = [] };
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<Snapshot?> LoadSnapshotAsync(long stream, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(
                _snapshots.TryGetValue(stream, out var known) &&
                Domain.Hash256.Of(known.State.Span) == known.StateHash
                    ? known with { Parts = PartsOf(stream) }
                    : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask SaveProjectionAsync(
        string name, long position, ReadOnlyMemory<byte> state, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _projections[name] = (position, state.ToArray());
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<(long Position, ReadOnlyMemory<byte> State)> LoadProjectionAsync(
        string name, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_projections.GetValueOrDefault(name));
        }
    }

    /// <inheritdoc/>
    public void Observe(ICommitObserver observer)
    {
        lock (_gate)
        {
            _observers = [.. _observers, observer];
        }
    }

    /// <summary>Refuses every later append; what it holds stays readable.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        return ValueTask.CompletedTask;
    }

    private List<JournalRow> Read(List<long> positions, long after, int max)
    {
        var from = (int)Math.Min(after, positions.Count);
        return positions.GetRange(from, Math.Min(max, positions.Count - from)).ConvertAll(_rows.Get);
    }

    private ValueArray<SnapshotPart> PartsOf(long stream)
    {
        var parts = new List<SnapshotPart>();
        while (_parts.TryGetValue((stream, parts.Count), out var part) && Hash256.Of(part.Bytes.Span) == part.Hash)
        {
            parts.Add(part);
        }

        return parts.ToValueArray();
    }

    private AppendOutcome Store(PendingAppend append)
    {
        if (_isClosed)
        {
            return AppendOutcome.Failed;
        }

        var row = append.Row;
        var isKnown = _streams.TryGetValue(row.Stream, out var stream);
        if (row.Version != (stream?.Version ?? 0) + 1 || row.PreviousWriter != (stream?.Writer ?? 0))
        {
            return AppendOutcome.Conflict;
        }

        if (!isKnown)
        {
            if (!_numbers.TryAdd(append.Grain, row.Stream))
            {
                return AppendOutcome.Conflict;
            }

            _streams.Add(row.Stream, stream = new StreamRows(append.Grain));
        }

        _rows.Add(row);
        append.TakePosition(_rows.Count);
        stream!.Add(row);
        return AppendOutcome.Appended;
    }

    private void TellOutcomes()
    {
        while (true)
        {
            ICommitObserver[] observers;
            lock (_gate)
            {
                (_untold, _telling) = (_telling, _untold);
                observers = _observers;
                if (_telling.Count == 0)
                {
                    _isTelling = false;
                    return;
                }
            }

            TellObservers(observers);
            foreach (var (append, outcome) in _telling)
            {
                append.OnCompleted(
                    outcome,
                    outcome == AppendOutcome.Failed ? new ObjectDisposedException(nameof(MemoryJournal)) : null);
            }

            _telling.Clear();
        }
    }

    private void TellObservers(ICommitObserver[] observers)
    {
        if (observers.Length == 0)
        {
            return;
        }

        if (_appended.Length < _telling.Count)
        {
            _appended = new PendingAppend[_telling.Count * 2];
        }

        var count = 0;
        foreach (var (append, outcome) in _telling)
        {
            if (outcome == AppendOutcome.Appended)
            {
                _appended[count++] = append;
            }
        }

        if (count == 0)
        {
            return;
        }

        foreach (var observer in observers)
        {
            observer.OnCommitted(_appended.AsSpan(0, count));
        }

        _appended.AsSpan(0, count).Clear();
    }

    private sealed class StreamRows(GrainId grain)
    {
        public GrainId Grain { get; } = grain;

        public List<long> Positions { get; } = [];

        public long Version { get; private set; }

        public long Writer { get; private set; }

        public void Add(JournalRow row)
        {
            Positions.Add(row.Position);
            (Version, Writer) = (row.Version, row.Writer);
        }
    }
}
