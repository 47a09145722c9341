using Market.Client;
using Market.Domain.Enrolling;
using Market.EndToEnd.Tests.Support;
using Market.TestSupport;

namespace Market.EndToEnd.Tests.Postgres;

/// <summary>A server that others have gone on without (ADR 22), as its operator meets it.</summary>
public sealed class EndedServerTests
{
    [FactWithPostgres]
    public async Task A_server_whose_permit_to_append_others_have_ended_says_so_in_one_line_and_ends()
    {
        using var database = PostgresServer.Shared.CreateDatabase();
        using var folder = new TestFolder();
        var port = FreePort.Find();
        await using var server = await ServeProcess.StartReadyAsync(
            new StorePlace(folder.Path, database.Address), port);
        using var key = AgentKey.Create();
        await using var agent = await MarketClient.ConnectAsync(ServeProcess.UriOf(port), key);

        var head = database.Query("SELECT position FROM market.head");
        database.Query("DELETE FROM market.permit");
        var registering = agent.RegisterSellerAsync("seller", "seller", new Disclosure("Tests", "scripted", "1"));
        var (exitCode, errors) = await server.ExitAsync();

        Assert.Equal(1, exitCode);
        Assert.False(registering.IsCompletedSuccessfully);
        Assert.StartsWith("market: This server must end: The store 'postgres://", errors, StringComparison.Ordinal);
        Assert.Contains("another one was started on it", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
        Assert.DoesNotContain(PostgresServer.Shared.Password, errors, StringComparison.Ordinal);
        Assert.Equal(head, database.Query("SELECT position FROM market.head"));
    }
}
