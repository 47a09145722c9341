using System.Globalization;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.TestSupport;

namespace Market.Grains.Tests.Journaling;

/// <summary>
/// The permit to append: whose it was when others went on without it appends nothing more, and knows it; who only lost
/// a connection goes on (F2, F13; INV-17).
/// </summary>
public sealed class PostgresPermitTests : IAsyncLifetime
{
    private const string Silo = "127.0.0.1:11111@7";
    private static readonly StoreUse Main = StoreUse.Cluster("main");
    private PostgresStore? _store;
    private PostgresJournal _journal = null!;

    public async Task InitializeAsync()
    {
        if (PostgresBinaries.MissingReason is null)
        {
            _store = PostgresStore.OnSharedServer();
            _journal = await OpenAsync(_store.Options with { Use = Main }, Silo);
        }
    }

    public async Task DisposeAsync()
    {
        if (_store is not null)
        {
            await _journal.DisposeAsync();
            _store.Dispose();
        }
    }

    [FactWithPostgres]
    public async Task Whose_permit_others_have_ended_appends_nothing_more_and_stays_dead()
    {
        var stream = await TestStream.OpenAsync(_journal);
        Assert.Equal(AppendOutcome.Appended, await stream.Append().Outcome);
        Assert.False(_journal.Ended.IsCompleted);

        Assert.Equal(1, End(Silo));
        var refused = stream.Append();
        Assert.Equal(AppendOutcome.Failed, await refused.Outcome);
        Assert.IsType<StoreEndedException>(refused.Error);
        var reason = await _journal.Ended.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("cluster 'main' have declared it dead", reason.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', reason.Message);
        Assert.DoesNotContain(_store!.Server.Password, reason.ToString(), StringComparison.Ordinal);

        Assert.Equal(AppendOutcome.Failed, await (await TestStream.OpenAsync(_journal)).Append().Outcome);
        await Assert.ThrowsAsync<StoreEndedException>(() => _journal.JoinAsync("127.0.0.1:11111@8"));
        Assert.Equal("1|0", Query("SELECT position, (SELECT count(*) FROM market.permit) FROM market.head"));
    }

    [FactWithPostgres]
    public async Task Whose_permit_others_have_ended_is_told_of_nothing_that_they_wrote_after_that()
    {
        var told = new JournalReached(_journal);
        await using var other = await OpenAsync(_store!.Options with { Use = Main }, "127.0.0.1:11112@7");
        var stream = await TestStream.OpenAsync(other);
        await stream.Append().Outcome;
        Assert.True(await told.WaitAsync(1, TimeSpan.FromSeconds(30)));

        Assert.Equal(1, End(Silo));
        Assert.Equal(AppendOutcome.Appended, await stream.Append().Outcome);
        await _journal.Ended.WaitAsync(TimeSpan.FromSeconds(30)); // it has asked for that row
        Assert.False(await told.WaitAsync(2, TimeSpan.FromMilliseconds(200)));
        Assert.False(other.Ended.IsCompleted);
    }

    [FactWithPostgres]
    public async Task Who_only_lost_a_connection_takes_another_permit_under_the_same_name()
    {
        var stream = await TestStream.OpenAsync(_journal);
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(AppendOutcome.Appended, await stream.Append().Outcome);
            Query(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity " +
                "WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }

        Assert.Equal(AppendOutcome.Appended, await stream.Append().Outcome);
        Assert.Equal($"1|cluster main|{Silo}", Query("SELECT count(*), min(used_by), min(silo) FROM market.permit"));
        Assert.False(_journal.Ended.IsCompleted);
    }

    [FactWithPostgres]
    public async Task Who_never_heard_that_it_got_a_permit_is_not_taken_for_dead()
    {
        await using var network = PostgresProxy.To(_store!.Server.Port);
        await using var journal = await OpenAsync(_store!.Through(network) with { Use = Main }, "127.0.0.1:11112@7");
        var stream = await TestStream.OpenAsync(journal);
        await stream.Append().Outcome;
        await using var holder = await _store!.HoldHeadAsync();
        var before = Query("SELECT number FROM market.permit WHERE silo LIKE '%:11112@%'");

        // The append waits for the head, and so does the exchange of its permit, whose answer is then lost in its turn.
        var append = stream.Append();
        await _store!.WaitForWaitingSessionsAsync(1);
        network.Cut();
        await _store!.WaitForWaitingSessionsAsync(2);
        network.Cut();
        await _store!.WaitForWaitingSessionsAsync(3);
        await holder.DisposeAsync();

        Assert.Equal(AppendOutcome.Appended, await append.Outcome);
        Assert.Equal(AppendOutcome.Appended, await stream.Append().Outcome);
        Assert.False(journal.Ended.IsCompleted);
        Assert.NotEqual(before, Query("SELECT number FROM market.permit WHERE silo LIKE '%:11112@%'"));
    }

    [FactWithPostgres]
    public async Task What_meets_the_end_of_its_permit_is_there_exactly_if_it_was_acknowledged()
    {
        var streams = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TestStream.OpenAsync(_journal)));
        var appends = new List<TestAppend>();
        Task? ending = null;
        for (var turn = 0; ending is not { IsCompleted: true }; turn++)
        {
            appends.AddRange(streams.Select(stream => stream.Append()));
            ending = turn == 20 ? Task.Run(() => End(Silo)) : ending;
            await appends[^1].Outcome;
        }

        await ending;
        var head = Query("SELECT position FROM market.head");
        appends.AddRange(streams.Select(stream => stream.Append()));
        var outcomes = await Task.WhenAll(appends.Select(append => append.Outcome));

        Assert.All(outcomes[^8..], outcome => Assert.Equal(AppendOutcome.Failed, outcome));
        Assert.Equal(head, Query("SELECT position FROM market.head"));
        Assert.Equal(head, $"{outcomes.Count(outcome => outcome == AppendOutcome.Appended)}");
    }

    [FactWithPostgres]
    public async Task A_lost_append_of_a_silo_that_was_ended_meanwhile_is_never_acknowledged()
    {
        await using var network = PostgresProxy.To(_store!.Server.Port);
        await using var journal = await OpenAsync(_store!.Through(network) with { Use = Main }, "127.0.0.1:11112@7");
        var stream = await TestStream.OpenAsync(journal);
        await stream.Append().Outcome;
        network.DropAnswers();
        var lost = stream.Append();
        Assert.True(SpinWait.SpinUntil(() => Query("SELECT position FROM market.head") == "2", 30_000));
        End("127.0.0.1:11112@7");
        network.Cut();

        Assert.Equal(AppendOutcome.Unknown, await lost.Outcome);
        Assert.Equal(AppendOutcome.Failed, await stream.Append().Outcome);
        Assert.True(journal.Ended.IsCompleted);
    }

    [FactWithPostgres]
    public async Task Of_two_that_end_the_same_permits_at_once_one_finds_them()
    {
        await using var holder = await _store!.HoldHeadAsync();
        var both = new[] { Task.Run(() => End(Silo)), Task.Run(() => End(Silo)) };
        await _store!.WaitForWaitingSessionsAsync(2);
        await holder.DisposeAsync();

        Assert.Equal([0, 1], (await Task.WhenAll(both)).Order());
        Assert.Equal(0, End(Silo));
    }

    [FactWithPostgres]
    public async Task The_silos_of_one_cluster_leave_each_others_permits_alone_and_a_tool_takes_its_own_again()
    {
        await using var tool = await _store!.OpenAsync();
        await using var other = await OpenAsync(_store.Options with { Use = Main }, "127.0.0.1:11112@7");
        foreach (var journal in (PostgresJournal[])[_journal, tool, other])
        {
            Assert.Equal(AppendOutcome.Appended, await (await TestStream.OpenAsync(journal)).Append().Outcome);
        }
    }

    [FactWithPostgres]
    public async Task A_server_alone_ends_whoever_had_the_store_before_it_in_whatever_way()
    {
        await using var alone = await PostgresJournal.OpenAsync(_store!.Options with { Use = StoreUse.Alone });
        Assert.Equal(AppendOutcome.Failed, await (await TestStream.OpenAsync(_journal)).Append().Outcome);
        Assert.Equal(AppendOutcome.Appended, await (await TestStream.OpenAsync(alone)).Append().Outcome);

        await using var next = await PostgresJournal.OpenAsync(_store.Options with { Use = StoreUse.Alone });
        var refused = (await TestStream.OpenAsync(alone)).Append();
        Assert.Equal(AppendOutcome.Failed, await refused.Outcome);
        Assert.Contains("another one was started on it", refused.Error!.Message, StringComparison.Ordinal);
        await using var silo = await PostgresJournal.OpenAsync(_store.Options with { Use = Main });
        Assert.Equal(AppendOutcome.Failed, await (await TestStream.OpenAsync(next)).Append().Outcome);
        Assert.Equal(AppendOutcome.Appended, await (await TestStream.OpenAsync(silo)).Append().Outcome);
    }

    [FactWithPostgres]
    public async Task A_store_of_format_1_is_migrated_and_its_permits_are_of_no_use_any_more()
    {
        var stream = await TestStream.OpenAsync(_journal);
        await stream.Append().Outcome;
        await _journal.DisposeAsync();
        Query(
            """
            DROP FUNCTION market.end_permits;
            DROP FUNCTION market.take_permit;
            ALTER TABLE market.permit DROP COLUMN used_by, DROP COLUMN silo;
            CREATE FUNCTION market.take_permit(p_ended bigint[], p_taken bigint) RETURNS bigint LANGUAGE sql
                AS 'INSERT INTO market.permit (number) VALUES (p_taken); SELECT position FROM market.head';
            INSERT INTO market.permit (number) VALUES (1);
            UPDATE market.store SET format = 1;
            """);

        _journal = await OpenAsync(_store!.Options with { Use = Main }, Silo);
        Assert.Equal(1, _journal.Head);
        Assert.Equal(AppendOutcome.Appended, await (await TestStream.OpenAsync(_journal)).Append().Outcome);
        Assert.Equal("2|1", Query("SELECT format, (SELECT count(*) FROM market.permit) FROM market.store"));
        Assert.Equal("1", Query("SELECT count(*) FROM pg_proc WHERE proname = 'take_permit'"));
    }

    private static async Task<PostgresJournal> OpenAsync(PostgresJournalOptions options, string silo)
    {
        var journal = await PostgresJournal.OpenAsync(options);
        await journal.JoinAsync(silo);
        return journal;
    }

    private string Query(string sql) => _store!.Query(sql);

    private int End(string silo) => int.Parse(
        Query($"SELECT market.end_permits('cluster main', '{silo}')"), CultureInfo.InvariantCulture);
}
