using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>A journal that keeps nothing and reports every row as durable at once: what is left is the cluster's own cost.</summary>
internal sealed class ClusterNullJournal : IJournal
{
    private long _streams;
    private long _head;

    public long Head => Volatile.Read(ref _head);

    public int PendingCount => 0;

    public ValueTask<StreamHead> OpenAsync(GrainId grain, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new StreamHead(Interlocked.Increment(ref _streams), 0, 0));

    public void Append(PendingAppend append)
    {
        Interlocked.Increment(ref _head);
        append.OnCompleted(AppendOutcome.Appended, null);
    }

    public ValueTask<IReadOnlyList<JournalRow>> ReadStreamAsync(
        long stream, long afterVersion, int max, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<JournalRow>>([]);

    public ValueTask<IReadOnlyList<JournalRow>> ReadForwardAsync(
        long afterPosition, int max, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<JournalRow>>([]);

    public ValueTask<GrainId?> FindStreamAsync(long stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<GrainId?>(null);

    public ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken = default) => default;

    public ValueTask<Snapshot?> LoadSnapshotAsync(long stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<Snapshot?>(null);

    public ValueTask SaveProjectionAsync(
        string name, long position, ReadOnlyMemory<byte> state, CancellationToken cancellationToken = default) => default;

    public ValueTask<(long Position, ReadOnlyMemory<byte> State)> LoadProjectionAsync(
        string name, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult((0L, ReadOnlyMemory<byte>.Empty));

    public void Observe(ICommitObserver observer) => throw new NotSupportedException("This journal keeps no rows.");

    public ValueTask DisposeAsync() => default;
}
