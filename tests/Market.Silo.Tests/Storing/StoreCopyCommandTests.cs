using System.CommandLine;
using System.Text.Json;
using Market.Domain.Wire.Messages;
using Market.Silo.Commands.Audit;
using Market.Silo.Commands.Store;
using Market.Silo.Tests.Support;
using Market.TestSupport;

namespace Market.Silo.Tests.Storing;

public sealed class StoreCopyCommandTests
{
    [FactWithPostgres]
    public async Task It_moves_a_market_into_a_database_and_back_and_the_audit_finds_it_sound()
    {
        using var database = PostgresServer.Shared.CreateDatabase();
        await using var market = await TestMarket.StartAsync(durable: true);
        await using (var seller = await market.SellerAsync())
        {
            await seller.AskAsync<ListingPublished>(new PublishListing(Some.Message(), Some.Listing()));
        }

        await market.Host.StopAsync();
        var copy = Path.Combine(market.Folder!, "copy");

        var (code, output, error) = await RunAsync(
            "store", "copy", "--from", market.Folder!, "--to", database.Address, "--json");
        Assert.Equal((0, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        Assert.True(json.RootElement.GetProperty("same").GetBoolean());
        Assert.InRange(json.RootElement.GetProperty("entries").GetInt32(), 2, 20);
        Assert.DoesNotContain(database.Server.Password, output, StringComparison.Ordinal);

        (code, output, _) = await RunAsync("store", "copy", "--from", database.Address, "--to", copy);
        Assert.Equal(0, code);
        Assert.Contains("both sides are the same", output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("audit", "verify", "--data", copy)).Code);
    }

    [Fact]
    public void An_address_that_is_none_is_refused_before_anything_is_opened()
    {
        var root = new RootCommand { StoreCommand.Create() };

        var parsed = root.Parse(["store", "copy", "--from", "mysql://ann:secret@host/db", "--to", "folder"]);

        var error = Assert.Single(parsed.Errors);
        Assert.Contains("--from", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var root = new RootCommand { StoreCommand.Create(), AuditCommand.Create() };
        var code = await root.Parse(arguments).InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
        });
        return (code, output.ToString(), error.ToString());
    }
}
