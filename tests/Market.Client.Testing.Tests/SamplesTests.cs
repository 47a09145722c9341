using Market.Domain.Listings;
using Market.TestSupport;

namespace Market.Client.Testing.Tests;

/// <summary>The programs of docs/samples, as a reader starts them, against a real market.</summary>
public sealed class SamplesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-samples-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Buyer_and_seller_agree_and_the_principal_approves()
    {
        await using var server = await MarketTestServer.StartAsync();
        await using var seller = Start("Seller", server.Uri.ToString(), "seller.key");
        await seller.LineAsync("Open for business.");
        await using var buyer = Start("Buyer", server.Uri.ToString(), "buyer.key");
        await buyer.LineAsync("Found: Espresso machine");
        await using var approver = Start("Approver", server.Uri.ToString(), "buyer.key", "alice.key");

        Assert.StartsWith("Bought for 85.00 USD", await buyer.LineAsync("Bought"), StringComparison.Ordinal);
        Assert.Equal(0, await buyer.ExitAsync());
        Assert.Equal("Approved: 85.00 USD for Espresso machine", await approver.LineAsync("Approved"));
        Assert.Equal("Settled 8500", await seller.LineAsync("Settled"));
        Assert.Equal(0, await approver.InterruptAsync());
        Assert.Equal(0, await seller.InterruptAsync());
    }

    [Fact]
    public async Task A_seller_that_was_killed_lists_nothing_twice()
    {
        await using var server = await MarketTestServer.StartAsync();
        await using (var killed = Start("Seller", server.Uri.ToString(), "seller.key"))
        {
            await killed.LineAsync("Open for business.");
            await killed.KillAsync();
        }

        await using var again = Start("Seller", server.Uri.ToString(), "seller.key");
        await again.LineAsync("Open for business.");
        await using var alice = await server.ConnectBuyerAsync();
        Assert.Equal(1, await alice.SearchAsync().CountAsync());
    }

    [Fact]
    public async Task The_watcher_sees_what_is_new_what_changes_and_what_is_gone()
    {
        await using var server = await MarketTestServer.StartAsync();
        await using var bob = await server.ConnectSellerAsync();
        await using var watcher = Start("Watcher", server.Uri.ToString(), "watcher.key", "espresso");
        await watcher.LineAsync("Watching.");

        var listing = await bob.PublishListingAsync(Wares.EspressoMachine);
        Assert.Equal("New: Espresso machine for 99.00 USD", await watcher.LineAsync("New"));
        var cheaper = Wares.EspressoMachine with { Lines = [new ListingLine("Espresso machine", 95_00)] };
        listing = await bob.UpdateListingAsync(listing, cheaper);
        Assert.Equal("Changed: Espresso machine, 99.00 USD → 95.00 USD", await watcher.LineAsync("Changed"));
        await bob.WithdrawListingAsync(listing);
        Assert.Equal("Gone: Espresso machine", await watcher.LineAsync("Gone"));
        Assert.Equal(0, await watcher.InterruptAsync());
    }

    private AgentProcess Start(string sample, params string[] arguments)
    {
        var program = Path.Combine(
            RepositoryFolder.Root, "docs", "samples", sample, "bin", TestBuild.Configuration, "net10.0",
            $"Market.Samples.{sample}.dll");
        return AgentProcess.Start(program, _folder, arguments);
    }
}
