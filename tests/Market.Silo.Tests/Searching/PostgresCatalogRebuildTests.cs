using Market.Silo.Tests.Commands;
using Market.TestSupport;

namespace Market.Silo.Tests.Searching;

public sealed class PostgresCatalogRebuildTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-rebuild-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [FactWithPostgres]
    public async Task The_index_of_a_running_market_is_made_again_and_the_market_goes_on_with_it()
    {
        using var database = PostgresServer.Shared.CreateDatabase();
        using var server = ServeProcess.Start(
            "serve", "--data", _folder, "--store", database.Address, "--urls", "http://127.0.0.1:0", "--json");
        await server.ReadLineAsync();
        var before = Generation();
        Assert.NotEqual("", before);

        using var rebuild = ServeProcess.Start(
            "catalog", "rebuild", "--data", _folder, "--store", database.Address, "--json");
        Assert.Equal(0, (await rebuild.ReadLineAsync()).GetProperty("listings").GetInt64());
        Assert.Equal((0, ""), await rebuild.WaitAsync());
        Assert.NotEqual(before, Generation());

        using var audit = ServeProcess.Start(
            "audit", "verify", "--data", _folder, "--store", database.Address, "--json");
        Assert.Equal((0, ""), await audit.WaitAsync());

        string Generation() => database.Query("SELECT generation FROM market.catalog_meta");
    }

    [FactWithPostgres]
    public async Task A_database_without_a_market_has_no_index_to_make()
    {
        using var database = PostgresServer.Shared.CreateDatabase();
        using var rebuild = ServeProcess.Start("catalog", "rebuild", "--data", _folder, "--store", database.Address);
        var (exitCode, errors) = await rebuild.WaitAsync();
        Assert.Equal(2, exitCode);
        Assert.Contains("There is no market in", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal("f", database.Query("SELECT to_regclass('market.store') IS NOT NULL"));
    }
}
