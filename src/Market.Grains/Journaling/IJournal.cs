using Market.Grains.Hosting;

namespace Market.Grains.Journaling;

/// <summary>
/// The storage contract: append-only, fenced, in one total order. Whatever holds it (memory, SQLite, PostgreSQL) passes
/// the same conformance tests.
/// </summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>Position of the last durable row; 0 when there is none.</summary>
    long Head { get; }

    /// <summary>Appends that are queued or being written; the gateway admits no new work above a limit.</summary>
    int PendingCount { get; }

    /// <summary>
    /// Finds a stream, or gives it a number when it has no row yet; the number is reserved only by the first append.
    /// </summary>
    ValueTask<StreamHead> OpenAsync(GrainId grain, CancellationToken cancellationToken = default);

    /// <summary>
    /// Queues a row and returns at once. Rows become durable in groups; a row that conflicts neither fails nor lets
    /// through any other row of its group. Rows of one stream are written in the order in which they were queued.
    /// </summary>
    void Append(PendingAppend append);

    /// <summary>Rows of one stream after a version, in order of version, at most <paramref name="max"/>.</summary>
    ValueTask<IReadOnlyList<JournalRow>> ReadStreamAsync(
        long stream, long afterVersion, int max, CancellationToken cancellationToken = default);

    /// <summary>Rows of all streams after a position, in commit order, at most <paramref name="max"/>.</summary>
    ValueTask<IReadOnlyList<JournalRow>> ReadForwardAsync(
        long afterPosition, int max, CancellationToken cancellationToken = default);

    /// <summary>The identity of a stream by its number; null when no row of it is durable.</summary>
    ValueTask<GrainId?> FindStreamAsync(long stream, CancellationToken cancellationToken = default);

    /// <summary>
    /// Saves a snapshot beside the journal, all of it or nothing; the newest one of a stream replaces the older, and
    /// its parts are added to those that are there.
    /// </summary>
    ValueTask SaveSnapshotAsync(Snapshot snapshot, CancellationToken cancellationToken = default);

    /// <summary>
    /// The newest snapshot of a stream whose hash is right, or null; with all parts up to the first that is missing or
    /// whose hash is wrong.
    /// </summary>
    ValueTask<Snapshot?> LoadSnapshotAsync(long stream, CancellationToken cancellationToken = default);

    /// <summary>Saves what a projection has made of the journal up to a position.</summary>
    ValueTask SaveProjectionAsync(
        string name, long position, ReadOnlyMemory<byte> state, CancellationToken cancellationToken = default);

    /// <summary>What a projection saved last; position 0 and no bytes when it never did.</summary>
    ValueTask<(long Position, ReadOnlyMemory<byte> State)> LoadProjectionAsync(
        string name, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds an observer of durable rows. It is called in commit order, for every row exactly once from now on, and
    /// before the <see cref="PendingAppend.OnCompleted"/> of any of them: whoever has an answer finds it in the
    /// projections too.
    /// </summary>
    void Observe(ICommitObserver observer);
}

/// <summary>A projection that follows the journal.</summary>
public interface ICommitObserver
{
    /// <summary>Takes a group of rows that have become durable. Must not throw and must not block.</summary>
    void OnCommitted(ReadOnlySpan<PendingAppend> appends);
}
