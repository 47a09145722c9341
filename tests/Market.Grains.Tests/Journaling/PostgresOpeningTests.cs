using System.Net;
using System.Net.Sockets;
using Market.Grains.Journaling;
using Market.TestSupport;

namespace Market.Grains.Tests.Journaling;

/// <summary>Opening a store, making its tables, and what is refused then.</summary>
public sealed class PostgresOpeningTests : IDisposable
{
    private readonly PostgresStore? _store = PostgresBinaries.MissingReason is null ? new PostgresStore() : null;

    private PostgresStore Store => _store!;

    public void Dispose() => _store?.Dispose();

    [FactWithPostgres]
    public async Task Many_that_open_an_empty_database_at_once_make_one_market()
    {
        var journals = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.OpenAsync()));
        Assert.Single(journals.Select(journal => journal.MarketId).Distinct());
        await Task.WhenAll(journals.Select(journal => journal.DisposeAsync().AsTask()));

        await using var again = await Store.OpenAsync();
        Assert.Equal(journals[0].MarketId, again.MarketId);
        Assert.Equal("1|2", Store.Query("SELECT count(*), max(format) FROM market.store"));
    }

    [FactWithPostgres]
    public async Task What_was_written_is_there_after_it_was_opened_again()
    {
        var grain = TestStream.NewGrain();
        await using (var journal = await Store.OpenAsync())
        {
            var stream = await TestStream.OpenAsync(journal, grain);
            stream.Append();
            await stream.Append().Outcome;
        }

        await using var again = await Store.OpenAsync();
        Assert.Equal(2, again.Head);
        var next = await TestStream.OpenAsync(again, grain, writer: 8);
        Assert.Equal(AppendOutcome.Appended, await next.Append().Outcome);
        Assert.Equal("1", Store.Query("SELECT count(*) FROM market.permit"));
    }

    [FactWithPostgres]
    public async Task What_the_database_is_set_to_does_not_weaken_a_session()
    {
        Store.Query(
            """
            DO $$ BEGIN
                EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database());
                EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = ''serializable''',
                    current_database());
                EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database());
            END $$
            """);

        await using var journal = await Store.OpenAsync();

        Assert.Equal(AppendOutcome.Appended, await (await TestStream.OpenAsync(journal)).Append().Outcome);
    }

    [FactWithPostgres]
    public async Task A_newer_format_and_another_programs_tables_are_refused_and_left_alone()
    {
        await (await Store.OpenAsync()).DisposeAsync();
        Store.Query("UPDATE market.store SET format = 7");
        Assert.Contains("its format is 7 and this program's newest 2", await RefusalAsync<StoreFormatException>());

        Store.Query("DROP TABLE market.store");
        Assert.Contains("another program's", await RefusalAsync<StoreFormatException>());
        Assert.Equal("0", Store.Query("SELECT position FROM market.head"));
    }

    [FactWithPostgres]
    public async Task A_server_that_does_not_sync_its_disk_is_refused_unless_that_is_wanted()
    {
        using var careless = PostgresStore.OnOwnServer();
        careless.Query("ALTER SYSTEM SET fsync = off");
        careless.Query("SELECT pg_reload_conf()");
        while (careless.Query("SELECT current_setting('fsync')") == "on")
        {
            await Task.Yield();
        }

        var error = await Assert.ThrowsAsync<StoreFormatException>(() => careless.OpenAsync());
        Assert.Contains("fsync = off", error.Message, StringComparison.Ordinal);
        await using var journal = await PostgresJournal.OpenAsync(
            careless.Options with { AllowsUnsyncedServer = true });
        Assert.Equal(0, journal.Head);
    }

    [FactWithPostgres]
    public async Task Who_is_not_let_in_reads_in_one_line_why()
    {
        var address = Store.Address.Text;
        var right = Store.Server.AddressOf("postgres");
        foreach (var (wrong, finding) in new[]
        {
            (right.Replace(Store.Server.Password, "sesame", StringComparison.Ordinal), "does not accept the password"),
            (right.Replace("/postgres?", "/nowhere?", StringComparison.Ordinal), "has no such database"),
            (right.Replace($":{Store.Server.Port}/", $":{FreePort()}/", StringComparison.Ordinal), "start the server"),
            (right.Replace("127.0.0.1", "no.such.host.invalid", StringComparison.Ordinal), "give its host and port"),
            (right.Replace("sslmode=disable", "sslmode=require", StringComparison.Ordinal), "SSL"),
        })
        {
            var error = await Assert.ThrowsAsync<StoreUnreachableException>(
                () => PostgresJournal.OpenAsync(new() { Address = StoreAddress.Parse(wrong) }));
            Assert.Contains(finding, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
            Assert.DoesNotContain(Store.Server.Password, error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("sesame", error.ToString(), StringComparison.Ordinal);
        }

        Assert.StartsWith("postgres://market@127.0.0.1:", address, StringComparison.Ordinal);
    }

    [FactWithPostgres]
    public async Task A_user_without_rights_reads_which_it_needs()
    {
        Store.Query("CREATE ROLE visitor LOGIN PASSWORD 'visitor'");
        var builder = new Npgsql.NpgsqlConnectionStringBuilder(Store.Address.ConnectionString)
        {
            Username = "visitor",
            Password = "visitor",
        };

        var error = await Assert.ThrowsAsync<StoreOperationException>(
            () => PostgresJournal.OpenAsync(new() { Address = StoreAddress.Parse(builder.ConnectionString) }));

        Assert.Contains("the right to make and use the schema 'market'", error.Message, StringComparison.Ordinal);
        Store.Query("DROP ROLE visitor");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<string> RefusalAsync<TException>()
        where TException : StoreException =>
        (await Assert.ThrowsAsync<TException>(() => Store.OpenAsync())).Message;
}
