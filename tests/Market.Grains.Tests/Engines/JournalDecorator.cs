using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Engines;

/// <summary>Passes every call on to a journal; a test's decorator overrides those that it is about.</summary>
public abstract class JournalDecorator(IJournal inner) : IJournal
{
    public long Head => inner.Head;

    public int PendingCount => inner.PendingCount;

    public virtual ValueTask<StreamHead> OpenAsync(GrainId grain, CancellationToken cancellationToken = default) =>
        inner.OpenAsync(grain, cancellationToken);

    public virtual void Append(PendingAppend append) => inner.Append(append);

    public virtual ValueTask<IReadOnlyList<JournalRow>> ReadStreamAsync(
        long stream, long afterVersion, int max, CancellationToken cancellationToken = default) =>
        inner.ReadStreamAsync(stream, afterVersion, max, cancellationToken);

    public virtual ValueTask<IReadOnlyList<JournalRow>> ReadForwardAsync(
        long afterPosition, int max, CancellationToken cancellationToken = default) =>
        inner.ReadForwardAsync(afterPosition, max, cancellationToken);

    public ValueTask<GrainId?> FindStreamAsync(long stream, CancellationToken cancellationToken = default) =>
        inner.FindStreamAsync(stream, cancellationToken);

    public ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken = default) =>
        inner.SaveSnapshotAsync(snapshot, cancellationToken);

    public ValueTask<Snapshot?> LoadSnapshotAsync(long stream, CancellationToken cancellationToken = default) =>
        inner.LoadSnapshotAsync(stream, cancellationToken);

    public ValueTask SaveProjectionAsync(
        string name, long position, ReadOnlyMemory<byte> state, CancellationToken cancellationToken = default) =>
        inner.SaveProjectionAsync(name, position, state, cancellationToken);

    public ValueTask<(long Position, ReadOnlyMemory<byte> State)> LoadProjectionAsync(
        string name, CancellationToken cancellationToken = default) =>
        inner.LoadProjectionAsync(name, cancellationToken);

    public void Observe(ICommitObserver observer) => inner.Observe(observer);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return inner.DisposeAsync();
    }
}
