using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>Saves each block's agents once the block is complete, behind everyone's back.</summary>
internal sealed class AgentFeedIndexer : IAsyncDisposable
{
    private readonly IJournal _journal;
    private readonly AgentFeedBlocks _blocks;
    private readonly AgentFeedRing _recent;
    private readonly SemaphoreSlim _work = new(0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _indexing;
    private long _announcedBlocks;

    public AgentFeedIndexer(IJournal journal, AgentFeedBlocks blocks, AgentFeedRing recent)
    {
        _journal = journal;
        _blocks = blocks;
        _recent = recent;
        _indexing = Task.Run(IndexAsync);
    }

    /// <summary>What kept the last block from being saved; it is tried again when the next one is complete.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Says how far the journal has come.</summary>
    public void Announce(long position)
    {
        var complete = position / AgentFeedBlocks.Length;
        if (complete > _announcedBlocks)
        {
            Volatile.Write(ref _announcedBlocks, complete);
            _work.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _indexing.ConfigureAwait(false);
        _closing.Dispose();
        _work.Dispose();
    }

    private async Task IndexAsync()
    {
        long? next = null;
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await _work.WaitAsync(_closing.Token).ConfigureAwait(false);
                var complete = Volatile.Read(ref _announcedBlocks);
                next ??= await _blocks.FindFirstMissingAsync(complete, _closing.Token).ConfigureAwait(false);
                for (; next < complete; next++)
                {
                    var rows = await ReadAsync(next.Value).ConfigureAwait(false);
                    await _blocks.SaveAsync(next.Value, rows, _closing.Token).ConfigureAwait(false);
                }

                Error = null;
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is StoreException or ObjectDisposedException)
            {
                Error = error;
            }
        }
    }

    private async Task<IReadOnlyList<JournalRow>> ReadAsync(long block)
    {
        var rows = new List<JournalRow>(AgentFeedBlocks.Length);
        for (var position = AgentFeedBlocks.EndOf(block - 1) + 1; position <= AgentFeedBlocks.EndOf(block); position++)
        {
            if (_recent.TryGet(position) is not { } row)
            {
                var before = AgentFeedBlocks.EndOf(block - 1);
                return await _journal.ReadForwardAsync(before, AgentFeedBlocks.Length, _closing.Token)
                    .ConfigureAwait(false);
            }

            rows.Add(row);
        }

        return rows;
    }
}
