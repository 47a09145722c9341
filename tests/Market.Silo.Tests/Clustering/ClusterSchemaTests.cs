using Market.Silo.Clustering;
using Market.TestSupport;

namespace Market.Silo.Tests.Clustering;

public sealed class ClusterSchemaTests
{
    // Every key that the providers of this version look for; another test asks the providers themselves.
    private static readonly string[] Keys =
    [
        "CleanupDefunctSiloEntriesKey", "ClearStorageKey", "DeleteMembershipTableEntriesKey", "DeleteStorageKey",
        "GatewaysQueryKey", "InsertMembershipKey", "InsertMembershipVersionKey", "MembershipReadAllKey",
        "MembershipReadRowKey", "ReadFromStorageKey", "UpdateIAmAlivetimeKey", "UpdateMembershipKey",
        "WriteToStorageKey",
    ];

    [Fact]
    public void There_is_a_statement_for_every_key() =>
        Assert.Equal(Keys, ClusterSchema.Queries.Keys.Order(StringComparer.Ordinal));

    [FactWithPostgres]
    public async Task Silos_that_start_at_once_make_the_tables_once()
    {
        await using var statements = await ProviderStatements.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => ClusterSchema.MigrateAsync(statements.ConnectionString))));
        Assert.Equal(
            "1,2",
            statements.Database.Query("SELECT string_agg(version::text, ',' ORDER BY version) FROM cluster_schema"));
        Assert.Equal($"{Keys.Length}", statements.Database.Query("SELECT count(*) FROM orleansquery"));
    }

    [FactWithPostgres]
    public async Task A_start_puts_the_programs_own_statements_back()
    {
        await using var statements = await ProviderStatements.OpenAsync();
        statements.Database.Query("UPDATE orleansquery SET querytext = 'SELECT 0'");
        await ClusterSchema.MigrateAsync(statements.ConnectionString);
        Assert.Equal("0", statements.Database.Query("SELECT count(*) FROM orleansquery WHERE querytext = 'SELECT 0'"));
    }

    [FactWithPostgres]
    public async Task Tables_of_a_newer_program_are_left_alone()
    {
        await using var statements = await ProviderStatements.OpenAsync();
        statements.Database.Query("INSERT INTO cluster_schema VALUES (99)");
        var refused = await Assert.ThrowsAsync<ClusterStoreException>(
            () => ClusterSchema.MigrateAsync(statements.ConnectionString));
        Assert.Contains("99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_one_clear_line()
    {
        var refused = await Assert.ThrowsAsync<ClusterStoreException>(
            () => ClusterSchema.MigrateAsync("Host=127.0.0.1;Port=1;Database=none;Username=u;Password=very-secret"));
        Assert.DoesNotContain("very-secret", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [FactWithPostgres]
    public async Task Without_silos_the_status_is_empty_and_afterwards_it_names_them()
    {
        using var database = PostgresServer.Shared.CreateDatabase();
        var connection = Grains.Journaling.StoreAddress.Parse(database.Address).ConnectionString;
        Assert.Empty(await ClusterStatus.ReadAsync(connection));
        await ClusterSchema.MigrateAsync(connection);
        database.Query("INSERT INTO cluster_version VALUES ('one', 4), ('two', 1)");
        database.Query(
            "INSERT INTO cluster_silo SELECT d, '127.0.0.1', p, 1, d || p, 'h', s, 0, NULL, "
            + "'2026-01-01 00:00Z'::timestamptz + p * interval '1 second', '2026-01-02 00:00Z' "
            + "FROM (VALUES ('one', 2, 6), ('one', 1, 3), ('two', 1, 2)) AS silo (d, p, s)");

        Assert.Equal(
            ["one1 active 4", "one2 dead 4", "two1 joining 1"],
            (await ClusterStatus.ReadAsync(connection)).Select(static s => $"{s.Name} {s.State} {s.Version}"));
        Assert.Equal("two1", Assert.Single(await ClusterStatus.ReadAsync(connection, "two")).Name);
        Assert.Equal(
            "127.0.0.1:1", (await ClusterStatus.ReadAsync(connection, "one"))[0].Address);
    }
}
