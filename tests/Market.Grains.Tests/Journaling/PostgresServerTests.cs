using Market.TestSupport;

namespace Market.Grains.Tests.Journaling;

/// <summary>The throw-away server keeps what the tests of the journal rely on.</summary>
public sealed class PostgresServerTests
{
    [FactWithPostgres]
    public void Each_test_has_an_empty_database_of_its_own_on_a_server_that_syncs_its_disk()
    {
        using var one = PostgresServer.Shared.CreateDatabase();
        using var other = PostgresServer.Shared.CreateDatabase();
        one.Query("CREATE TABLE mine (n int)");

        Assert.Equal("0", other.Query("SELECT count(*) FROM pg_tables WHERE tablename = 'mine'"));
        Assert.Equal("on|on", other.Query("SELECT current_setting('fsync'), current_setting('full_page_writes')"));
    }

    [FactWithPostgres]
    public void What_was_committed_outlives_a_crash_of_the_server()
    {
        using var server = PostgresServer.Launch();
        using var database = server.CreateDatabase();
        database.Query("CREATE TABLE mine AS SELECT 7 AS n");

        server.StopImmediately();
        Assert.Throws<InvalidOperationException>(() => database.Query("SELECT 1"));
        server.Start();

        Assert.Equal("7", database.Query("SELECT n FROM mine"));
        Assert.Contains("automatic recovery in progress", server.Log, StringComparison.Ordinal);
    }
}
