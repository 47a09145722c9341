using Market.Grains.Journaling;
using Market.TestSupport;
using Npgsql;

namespace Market.Grains.Tests.Journaling;

/// <summary>What the server refuses while the journal runs: its rows are not there, and all goes on (F3, F10, F11).
/// </summary>
public sealed class PostgresRefusalTests : IAsyncLifetime
{
    private PostgresStore? _store;
    private PostgresJournal _journal = null!;
    private TestStream _stream = null!;

    public async Task InitializeAsync()
    {
        if (PostgresBinaries.MissingReason is null)
        {
            _store = PostgresStore.OnSharedServer();
            _journal = await PostgresJournal.OpenAsync(
                _store.Options with { LockTimeout = TimeSpan.FromMilliseconds(50) });
            _stream = await TestStream.OpenAsync(_journal);
            await _stream.Append().Outcome;
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
    public async Task While_another_session_holds_the_head_appends_fail_reads_go_on_and_then_it_resumes()
    {
        await using (var holder = new NpgsqlConnection(_store!.Address.ConnectionString + ";Pooling=false"))
        {
            await holder.OpenAsync();
            await using var take = new NpgsqlCommand("BEGIN; LOCK TABLE market.head", holder);
            await take.ExecuteNonQueryAsync();

            await AssertRefusedAsync(PostgresErrorCodes.LockNotAvailable, "end the session that holds the lock");
            Assert.Single(await _journal.ReadForwardAsync(0, 10));
        }

        await AssertResumesAsync();
    }

    [FactWithPostgres]
    public async Task An_error_at_the_commit_itself_is_not_taken_for_success()
    {
        // The row has been inserted and its position returned when this is raised.
        _store!.Query(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = 'disk_full'; END $$;
            CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON market.event DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION refuse()
            """);

        await AssertRefusedAsync(PostgresErrorCodes.DiskFull, "make room on the server's disk");
        Assert.Single(await _journal.ReadForwardAsync(0, 10));
        Assert.Equal(1, _journal.Head);

        _store.Query("DROP TRIGGER refuse ON market.event");
        await AssertResumesAsync();
    }

    [FactWithPostgres]
    public async Task A_statement_that_takes_too_long_fails_and_the_next_group_goes_on()
    {
        _store!.Query(
            """
            CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$;
            CREATE TRIGGER linger BEFORE INSERT ON market.event FOR EACH ROW EXECUTE FUNCTION linger()
            """);
        await using var hurried = await PostgresJournal.OpenAsync(
            _store.Options with { StatementTimeout = TimeSpan.FromMilliseconds(200) });
        var stream = await TestStream.OpenAsync(hurried);

        var refused = stream.Append();
        Assert.Equal(AppendOutcome.Failed, await refused.Outcome);
        Assert.Equal(
            PostgresErrorCodes.QueryCanceled, Assert.IsType<StoreOperationException>(refused.Error).SqlState);

        _store.Query("DROP TRIGGER linger ON market.event");
        var again = stream.Make(1, 0);
        hurried.Append(again);
        Assert.Equal(AppendOutcome.Appended, await again.Outcome);
    }

    private async Task AssertRefusedAsync(string sqlState, string advice)
    {
        var refused = _stream.Make(2, 7);
        _journal.Append(refused);
        Assert.Equal(AppendOutcome.Failed, await refused.Outcome);
        var error = Assert.IsType<StoreOperationException>(refused.Error);
        Assert.Equal(sqlState, error.SqlState);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private async Task AssertResumesAsync()
    {
        var again = _stream.Make(2, 7);
        _journal.Append(again);
        Assert.Equal(AppendOutcome.Appended, await again.Outcome);
        Assert.Equal(2, _journal.Head);
    }
}
