using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>A journal that counts the rows that are read from it.</summary>
internal sealed class CountingJournal(IJournal journal) : IJournal
{
    private long _rowsRead;

    public long RowsRead => Interlocked.Read(ref _rowsRead);

    public long Head => journal.Head;

    public int PendingCount => journal.PendingCount;

    public ValueTask<StreamHead> OpenAsync(GrainId grain, CancellationToken cancellationToken = default) =>
        journal.OpenAsync(grain, cancellationToken);

    public void Append(PendingAppend append) => journal.Append(append);

    public ValueTask<IReadOnlyList<JournalRow>> ReadStreamAsync(
        long stream, long afterVersion, int max, CancellationToken cancellationToken = default) =>
        journal.ReadStreamAsync(stream, afterVersion, max, cancellationToken);

    public async ValueTask<IReadOnlyList<JournalRow>> ReadForwardAsync(
        long afterPosition, int max, CancellationToken cancellationToken = default)
    {
        var rows = await journal.ReadForwardAsync(afterPosition, max, cancellationToken);
        Interlocked.Add(ref _rowsRead, rows.Count);
        return rows;
    }

    public ValueTask<GrainId?> FindStreamAsync(long stream, CancellationToken cancellationToken = default) =>
        journal.FindStreamAsync(stream, cancellationToken);

    public ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken = default) =>
        journal.SaveSnapshotAsync(snapshot, cancellationToken);

    public ValueTask<Snapshot?> LoadSnapshotAsync(long stream, CancellationToken cancellationToken = default) =>
        journal.LoadSnapshotAsync(stream, cancellationToken);

    public ValueTask SaveProjectionAsync(
        string name, long position, ReadOnlyMemory<byte> state, CancellationToken cancellationToken = default) =>
        journal.SaveProjectionAsync(name, position, state, cancellationToken);

    public ValueTask<(long Position, ReadOnlyMemory<byte> State)> LoadProjectionAsync(
        string name, CancellationToken cancellationToken = default) =>
        journal.LoadProjectionAsync(name, cancellationToken);

    public void Observe(ICommitObserver observer) => journal.Observe(observer);

    public ValueTask DisposeAsync() => journal.DisposeAsync();
}
