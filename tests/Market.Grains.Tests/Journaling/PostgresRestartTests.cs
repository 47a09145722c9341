using Market.Grains.Journaling;
using Market.TestSupport;

namespace Market.Grains.Tests.Journaling;

/// <summary>A server that crashes or is restarted under load (F1, F11; INV-16).</summary>
public sealed class PostgresRestartTests
{
    [TheoryWithPostgres]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_restarts_in_the_middle_of_commits_loses_nothing_and_doubles_nothing(bool isCrash)
    {
        using var store = PostgresStore.OnOwnServer();
        await using var journal = await PostgresJournal.OpenAsync(
            store.Options with { ReconnectWait = TimeSpan.FromSeconds(60) });
        var observer = new OrderObserver();
        journal.Observe(observer);
        var streams = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => TestStream.OpenAsync(journal)));
        var appends = new List<TestAppend>();

        for (var turn = 0; turn < 3; turn++)
        {
            for (var i = 0; i < 500; i++)
            {
                appends.Add(streams[i % streams.Length].Append());
            }

            await appends[^400].Outcome; // some are committed, some under way, some still queued
            if (isCrash)
            {
                store.Server.StopImmediately();
            }
            else
            {
                store.Server.StopFast();
            }

            store.Server.Start();
        }

        var outcomes = await Task.WhenAll(appends.Select(append => append.Outcome));
        Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Appended, outcome));
        var rows = await journal.ReadForwardAsync(0, int.MaxValue);
        Assert.Equal(Enumerable.Range(1, appends.Count).Select(i => (long)i), rows.Select(row => row.Position));
        Assert.Equal(appends.Select(append => append.Row.Hash), rows.Select(row => row.Hash));
        Assert.Equal(rows.Select(row => (row.Position, row.Hash)), observer.Rows);
    }

    [FactWithPostgres]
    public async Task While_the_server_is_down_appends_and_reads_fail_in_one_line_and_then_it_goes_on()
    {
        using var store = PostgresStore.OnOwnServer();
        await using var journal = await PostgresJournal.OpenAsync(
            store.Options with { ReconnectWait = TimeSpan.FromMilliseconds(50) });
        var stream = await TestStream.OpenAsync(journal);
        await stream.Append().Outcome;

        store.Server.StopImmediately();
        var refused = stream.Make(2, 7);
        journal.Append(refused);
        Assert.Contains(await refused.Outcome, new[] { AppendOutcome.Unknown, AppendOutcome.Failed });
        Assert.DoesNotContain('\n', Assert.IsAssignableFrom<StoreException>(refused.Error).Message);
        await Assert.ThrowsAsync<StoreOperationException>(() => journal.ReadForwardAsync(0, 10).AsTask());

        store.Server.Start();
        Assert.Single(await journal.ReadForwardAsync(0, 10));
        var again = stream.Make(2, 7);
        journal.Append(again);
        Assert.Equal(AppendOutcome.Appended, await again.Outcome);
    }
}
