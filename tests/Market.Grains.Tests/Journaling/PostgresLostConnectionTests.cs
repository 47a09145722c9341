using Market.Grains.Journaling;
using Market.TestSupport;

namespace Market.Grains.Tests.Journaling;

/// <summary>
/// Connections that end in the middle of an append: what is answered afterwards is the truth, and each row is there at
/// most once (F4, F11, F13).
/// </summary>
public sealed class PostgresLostConnectionTests : IAsyncLifetime
{
    private PostgresStore? _store;
    private PostgresProxy _network = null!;
    private PostgresJournal _journal = null!;
    private PostgresJournal _witness = null!;

    public async Task InitializeAsync()
    {
        if (PostgresBinaries.MissingReason is null)
        {
            _store = PostgresStore.OnSharedServer();
            _network = PostgresProxy.To(_store.Server.Port);
            _journal = await PostgresJournal.OpenAsync(_store.Through(_network));
            _witness = await _store.OpenAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (_store is not null)
        {
            await _witness.DisposeAsync();
            await _journal.DisposeAsync();
            await _network.DisposeAsync();
            _store.Dispose();
        }
    }

    [FactWithPostgres]
    public async Task An_append_whose_answer_was_lost_is_found_and_acknowledged()
    {
        var seen = new OrderObserver();
        _witness.Observe(seen);
        var stream = await TestStream.OpenAsync(_journal);
        await stream.Append().Outcome;

        _network.DropAnswers();
        var lost = stream.Append();
        await seen.WhenSeen(2); // it is committed, and nobody here knows
        Assert.False(lost.Outcome.IsCompleted);
        _network.Cut();

        Assert.Equal(AppendOutcome.Appended, await lost.Outcome);
        Assert.Equal(2, lost.Row.Position);
        Assert.Equal(AppendOutcome.Appended, await stream.Append().Outcome);
        Assert.Equal(3, _journal.Head);
    }

    [FactWithPostgres]
    public async Task An_append_that_still_waits_on_the_server_when_its_connection_ends_is_there_once()
    {
        var stream = await TestStream.OpenAsync(_journal);
        await stream.Append().Outcome;
        await using var holder = await _store!.HoldHeadAsync();
        var append = stream.Append();
        await _store!.WaitForWaitingSessionsAsync(1);

        _network.Cut();
        await _store!.WaitForWaitingSessionsAsync(2); // the old append, and the new connection that ends its permit
        await holder.DisposeAsync();

        Assert.Equal(AppendOutcome.Appended, await append.Outcome);
        Assert.Equal(AppendOutcome.Appended, await stream.Append().Outcome);
        Assert.Equal([1L, 2, 3], (await _witness.ReadForwardAsync(0, 10)).Select(row => row.Version));
    }

    [FactWithPostgres]
    public async Task Whose_server_stays_away_hears_of_it_in_bounded_time_and_later_appends_again()
    {
        await using var network = new PostgresProxy(_store!.Server.Port);
        await using var journal = await PostgresJournal.OpenAsync(
            _store!.Through(network) with { ReconnectWait = TimeSpan.FromMilliseconds(100) });
        var stream = await TestStream.OpenAsync(journal);
        await stream.Append().Outcome;

        network.Cut(isForGood: true);
        var inDoubt = stream.Append();
        Assert.Equal(AppendOutcome.Unknown, await inDoubt.Outcome);
        var after = stream.Append();
        Assert.Equal(AppendOutcome.Failed, await after.Outcome);
        Assert.IsAssignableFrom<StoreException>(after.Error);
        Assert.DoesNotContain(_store.Server.Password, after.Error!.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<StoreException>(() => journal.ReadForwardAsync(0, 10).AsTask());

        network.Cut();
        var again = stream.Make(2, 7);
        journal.Append(again);
        Assert.Equal(AppendOutcome.Appended, await again.Outcome);
        Assert.Equal(2, (await journal.ReadForwardAsync(0, 10)).Count);
    }

    [FactWithPostgres]
    public async Task Sessions_that_an_operator_ends_under_load_cost_no_row()
    {
        var streams = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TestStream.OpenAsync(_journal)));
        var appends = new List<TestAppend>();
        for (var turn = 0; turn < 40; turn++)
        {
            appends.AddRange(streams.Select(stream => stream.Append()));
            if (turn % 10 == 5)
            {
                _store!.Query(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity " +
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()");
            }

            await appends[^1].Outcome;
        }

        Assert.All(
            await Task.WhenAll(appends.Select(append => append.Outcome)),
            outcome => Assert.Equal(AppendOutcome.Appended, outcome));
        Assert.Equal(800, (await _journal.ReadForwardAsync(0, 1_000)).Count);
    }

    [FactWithPostgres]
    public async Task Who_has_lost_the_permit_to_append_takes_another_one()
    {
        var seen = new OrderObserver();
        _witness.Observe(seen);
        var stream = await TestStream.OpenAsync(_journal);
        await stream.Append().Outcome;
        await seen.WhenSeen(1);

        _store!.Query("DELETE FROM market.permit");

        Assert.Equal(AppendOutcome.Appended, await stream.Append().Outcome);
        Assert.Equal("2", _store.Query("SELECT position FROM market.head"));

        // Who only reads takes another one before it is shown the row.
        await seen.WhenSeen(2);
        Assert.Equal("2", _store.Query("SELECT count(*) FROM market.permit"));
    }
}
