using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>Subscribers that come, go and lag while many write.</summary>
public sealed class AgentFeedUnderLoadTests : IDisposable
{
    private const int Agents = 8;
    private const int Rows = 2_000;

    private readonly TestFolder _folder = new();
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        _timeout.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_sees_every_row_once_and_in_order_from_memory()
    {
        await using var journal = new MemoryJournal();
        await RunAsync(journal);
    }

    [Fact]
    public async Task Each_sees_every_row_once_and_in_order_from_SQLite()
    {
        await using var journal = await _folder.OpenSqliteAsync();
        await RunAsync(journal);
    }

    private static async Task WriteAsync(IJournal journal, int agent)
    {
        var stream = await TestStream.OpenAsync(journal);
        for (var i = 0; i < Rows; i++)
        {
            var append = stream.Append(new Audience(new AgentNumber(agent), new AgentNumber(1_000 + agent)));
            if (i % 100 == 0)
            {
                await append.Outcome;
            }
        }
    }

    private async Task RunAsync(IJournal journal)
    {
        await using var feed = AgentFeed.Start(
            journal, new AgentFeedOptions { RecentRowsMax = 64, QueuedRowsMax = 4 });
        var readers = Enumerable.Range(1, Agents).Select(agent => Task.Run(() => ReadAsync(feed, agent))).ToList();
        await Task.WhenAll(Enumerable.Range(1, Agents).Select(agent => Task.Run(() => WriteAsync(journal, agent))));

        foreach (var seen in await Task.WhenAll(readers))
        {
            Assert.Equal(Enumerable.Range(1, Rows).Select(i => (long)i), seen.Select(row => row.Version));
        }

        Assert.Equal(0, feed.LiveCount);
        Assert.Null(feed.IndexError);
    }

    private async Task<List<JournalRow>> ReadAsync(AgentFeed feed, int agent)
    {
        var seen = new List<JournalRow>();
        var random = new Random(agent);
        while (seen.Count < Rows)
        {
            var visit = random.Next(1, 300);
            var after = seen.Count == 0 ? 0 : seen[^1].Position;
            await foreach (var row in feed.SubscribeAsync(new AgentNumber(agent), after, _timeout.Token))
            {
                seen.Add(row);
                if (seen.Count == Rows || --visit == 0)
                {
                    break;
                }
            }
        }

        return seen;
    }
}
