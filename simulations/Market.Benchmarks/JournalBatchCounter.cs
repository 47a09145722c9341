using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>Counts how many rows a journal commits at once.</summary>
internal sealed class JournalBatchCounter : ICommitObserver
{
    private long _rows;
    private long _batches;

    public double RowsPerBatch => (double)_rows / _batches;

    public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
    {
        _rows += appends.Length;
        _batches++;
    }
}
