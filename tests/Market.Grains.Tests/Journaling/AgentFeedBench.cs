using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>A feed's tests: three agents, a journal that counts what is read of it, and patience.</summary>
public abstract class AgentFeedBench : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>Rows of one block of the feed's index.</summary>
    protected const int BlockLength = 4_096;

    protected static readonly AgentNumber Alice = new(1);
    protected static readonly AgentNumber Bob = new(2);
    protected static readonly AgentNumber Carol = new(3);
    protected static readonly AgentFeedOptions Small = new() { RecentRowsMax = 64, QueuedRowsMax = 4 };

    private readonly CountingJournal _journal = new(new MemoryJournal());
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(60));

    protected IJournal Journal => _journal;

    /// <summary>Rows that were read from the journal so far.</summary>
    protected long RowsRead => _journal.RowsRead;

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _timeout.Dispose();
        await _journal.DisposeAsync();
    }

    protected IAsyncEnumerator<JournalRow> Subscribe(AgentFeed feed, AgentNumber agent, long after = 0)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return feed.SubscribeAsync(agent, after, _timeout.Token).GetAsyncEnumerator();
    }

    /// <summary>The positions of an agent's next rows.</summary>
    protected async Task<List<long>> TakeAsync(AgentFeed feed, AgentNumber agent, int count, long after = 0)
    {
        var positions = new List<long>();
        await using var rows = Subscribe(feed, agent, after);
        while (positions.Count < count && await rows.MoveNextAsync())
        {
            positions.Add(rows.Current.Position);
        }

        return positions;
    }

    /// <summary>Completes when the index has so many blocks.</summary>
    protected async Task UntilIndexedAsync(int blocks)
    {
        while ((await _journal.LoadProjectionAsync($"audience/{blocks - 1}")).Position == 0)
        {
            _timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
