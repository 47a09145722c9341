namespace Market.Grains.Journaling;

/// <summary>What became of a batch as a whole.</summary>
/// <param name="FirstPosition">Position of its first appended row; the others follow without gaps.</param>
/// <param name="Error">The storage's error where rows failed or their outcome is unknown.</param>
public readonly record struct BatchResult(long FirstPosition, Exception? Error);

/// <summary>
/// Writes batches into one storage, each in one transaction. <see cref="GroupCommit"/> calls it from one thread; what
/// it does not know of SQL, this does not know of threads, queues or callers.
/// </summary>
public interface IBatchWriter : IDisposable
{
    /// <summary>
    /// Writes the rows whose predecessors are their streams' heads, and commits. It throws nothing: a storage error is
    /// <see cref="AppendOutcome.Failed"/> for all rows where they are certainly not there, and
    /// <see cref="AppendOutcome.Unknown"/> where that is open; after the latter it refuses whatever follows.
    /// </summary>
    /// <param name="batch">Rows in the order in which they were queued.</param>
    /// <param name="outcomes">Takes the outcome of each row.</param>
    BatchResult Write(ReadOnlySpan<PendingAppend> batch, Span<AppendOutcome> outcomes);

    /// <summary>
    /// Upkeep that no caller waits for, such as moving the log into the tables; called after each batch.
    /// </summary>
    void Maintain();
}
