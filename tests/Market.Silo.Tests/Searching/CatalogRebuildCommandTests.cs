using System.CommandLine;
using System.Text.Json;
using Market.Domain.Wire.Messages;
using Market.Grains.Journaling;
using Market.Grains.Searching;
using Market.Silo.Commands.Catalog;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Searching;

public sealed class CatalogRebuildCommandTests
{
    [Fact]
    public async Task It_makes_the_index_again_while_no_market_runs_on_the_folder()
    {
        await using var market = await TestMarket.StartAsync(durable: true);
        await using (var seller = await market.SellerAsync())
        {
            await seller.AskAsync<ListingPublished>(new PublishListing(Some.Message(), Some.Listing()));
        }

        string[] command = ["catalog", "rebuild", "--data", market.Folder!, "--json"];
        await Assert.ThrowsAsync<StoreLockedException>(() => RunAsync(command));
        await market.Host.StopAsync();
        var file = Path.Combine(market.Folder!, SqliteCatalog.FileName);
        await File.WriteAllTextAsync(file, "not an index");
        var (code, output, error) = await RunAsync(command);
        Assert.Equal((0, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        Assert.Equal(1, json.RootElement.GetProperty("listings").GetInt32());
        Assert.Equal(0, json.RootElement.GetProperty("requests").GetInt32());
        Assert.InRange(json.RootElement.GetProperty("entries").GetInt32(), 2, 20);
        Assert.True(new FileInfo(file).Length > 1_000);
        Assert.Contains("1 listings, 0 requests", (await RunAsync(command[..^1])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_market_it_makes_none()
    {
        var folder = Directory.CreateTempSubdirectory("market-test-").FullName;
        var (code, _, error) = await RunAsync("catalog", "rebuild", "--data", folder);
        Assert.Equal(2, code);
        Assert.Contains("There is no market in", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        Directory.Delete(folder);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var root = new RootCommand { CatalogCommand.Create() };
        var code = await root.Parse(arguments).InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
        });
        return (code, output.ToString(), error.ToString());
    }
}
