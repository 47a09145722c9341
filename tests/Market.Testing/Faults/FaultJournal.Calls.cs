using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Testing.Faults;

/// <content>The calls other than appends, and what observers hear.</content>
public sealed partial class FaultJournal
{
    /// <inheritdoc/>
    public ValueTask<StreamHead> OpenAsync(GrainId grain, CancellationToken cancellationToken = default) =>
        CallAsync(StorageOperation.Open, grain, () => inner.OpenAsync(grain, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<JournalRow>> ReadStreamAsync(
        long stream, long afterVersion, int max, CancellationToken cancellationToken = default)
    {
        var rows = await CallAsync(
            StorageOperation.ReadStream,
            null,
            () => inner.ReadStreamAsync(stream, afterVersion, max, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        if (rows.Count > 0)
        {
            Remember(rows[^1]);
        }

        return rows;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadForwardAsync(
        long afterPosition, int max, CancellationToken cancellationToken = default) => CallAsync(
        StorageOperation.ReadForward,
        null,
        () => inner.ReadForwardAsync(afterPosition, max, cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<GrainId?> FindStreamAsync(long stream, CancellationToken cancellationToken = default) => CallAsync(
        StorageOperation.FindStream, null, () => inner.FindStreamAsync(stream, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken = default) => SaveAsync(
        StorageOperation.SaveSnapshot, () => inner.SaveSnapshotAsync(snapshot, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Snapshot?> LoadSnapshotAsync(long stream, CancellationToken cancellationToken = default) =>
        CallAsync(
            StorageOperation.LoadSnapshot,
            null,
            () => inner.LoadSnapshotAsync(stream, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask SaveProjectionAsync(
        string name, long position, ReadOnlyMemory<byte> state, CancellationToken cancellationToken = default) =>
        SaveAsync(
            StorageOperation.SaveProjection,
            () => inner.SaveProjectionAsync(name, position, state, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<(long Position, ReadOnlyMemory<byte> State)> LoadProjectionAsync(
        string name, CancellationToken cancellationToken = default) => CallAsync(
        StorageOperation.LoadProjection,
        null,
        () => inner.LoadProjectionAsync(name, cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public void Observe(ICommitObserver observer) => inner.Observe(new FaultObserver(this, observer));

    private async ValueTask SaveAsync(
        StorageOperation operation, Func<ValueTask> save, CancellationToken cancellationToken)
    {
        // Whoever saves in a process that has ended hears nothing, not even an error.
        if (!_isStopped)
        {
            await CallAsync(operation, null, SavedAsync, cancellationToken).ConfigureAwait(false);
        }

        async ValueTask<bool> SavedAsync()
        {
            await save().ConfigureAwait(false);
            return true;
        }
    }

    private async ValueTask<T> CallAsync<T>(
        StorageOperation operation, GrainId? grain, Func<ValueTask<T>> call, CancellationToken cancellationToken)
    {
        StorageFault fault;
        Task resumed;
        lock (_gate)
        {
            fault = Count(operation, grain);
            resumed = _resumed.Task;
            if (fault == StorageFault.Stall)
            {
                _stalledCalls++;
                ReachBarriers();
            }
        }

        switch (fault)
        {
            case StorageFault.FailBefore or StorageFault.UnknownBefore:
                throw Error($"{operation} was refused");
            case StorageFault.Stall:
                await resumed.WaitAsync(cancellationToken).ConfigureAwait(false);
                break;
            case StorageFault.StopBefore:
                Stop();
                break;
            default:
                break;
        }

        ThrowIfStopped();
        var answer = await call().ConfigureAwait(false);
        if (fault == StorageFault.StopAfter)
        {
            Stop();
        }

        ThrowIfStopped();
        return fault == StorageFault.UnknownAfter ? throw Error($"the answer to {operation} was lost") : answer;
    }

    private void ThrowIfStopped()
    {
        if (_isStopped)
        {
            throw Error("the process has ended");
        }
    }

    /// <summary>An observer that hears of rows once, twice or not at all.</summary>
    private sealed class FaultObserver(FaultJournal journal, ICommitObserver observer) : ICommitObserver
    {
        public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
        {
            var isLost = journal._isStopped;
            var isRepeated = false;
            foreach (var append in appends)
            {
                isLost |= append is FaultAppend { Fault: StorageFault.LoseAnnouncement };
                isRepeated |= append is FaultAppend { Fault: StorageFault.RepeatAnnouncement };
            }

            if (isLost)
            {
                return;
            }

            observer.OnCommitted(appends);
            if (isRepeated)
            {
                observer.OnCommitted(appends);
            }
        }
    }
}
