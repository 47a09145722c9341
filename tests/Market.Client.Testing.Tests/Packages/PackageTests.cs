using System.Text.RegularExpressions;
using System.Xml.Linq;
using Market.TestSupport;

namespace Market.Client.Testing.Tests.Packages;

/// <summary>
/// The packages as an author of agents gets them: packed, restored from a folder alone, built and run.
/// </summary>
public sealed class PackageTests(PackedPackages packed) : IClassFixture<PackedPackages>
{
    [Theory]
    [InlineData("Market.Domain")]
    [InlineData("Market.Client")]
    [InlineData("Market.Grains")]
    [InlineData("Market.Client.Testing")]
    public void A_package_has_documentation_readme_licence_and_symbols(string id)
    {
        var entries = packed.EntriesOf(id, "nupkg");
        Assert.Contains("README.md", entries);
        Assert.Contains($"lib/net10.0/{id}.dll", entries);
        Assert.Contains($"lib/net10.0/{id}.xml", entries);
        Assert.Contains($"lib/net10.0/{id}.pdb", packed.EntriesOf(id, "snupkg"));
        var said = packed.MetadataOf(id);
        Assert.Equal("MIT", Said(said, "license"));
        Assert.Equal("README.md", Said(said, "readme"));
        Assert.Contains("negotiation", Said(said, "tags"), StringComparison.Ordinal);
        Assert.NotEmpty(Said(said, "description"));
    }

    [Fact]
    public void The_client_needs_the_domain_and_abstractions_of_Microsoft_Extensions_alone()
    {
        Assert.Equal(
            [
                "Market.Domain", "Microsoft.Extensions.DependencyInjection.Abstractions",
                "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
            ],
            packed.DependenciesOf("Market.Client").Order(StringComparer.Ordinal));
        Assert.Empty(packed.DependenciesOf("Market.Domain"));
    }

    [Fact]
    public void Every_public_member_of_the_client_is_documented()
    {
        var documented = packed.TextOf("Market.Client", "lib/net10.0/Market.Client.xml");
        foreach (var type in typeof(MarketClient).Assembly.GetExportedTypes())
        {
            if (type.FullName!.Contains('<', StringComparison.Ordinal))
            {
                continue; // what the compiler makes of extension blocks
            }

            Assert.Contains($"\"T:{type.FullName.Replace('+', '.')}\"", documented, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_program_with_both_packages_and_no_feed_runs_a_market_and_makes_a_deal()
    {
        var output = await packed.RunAsync("deal", """
            using Market.Client;
            using Market.Client.Testing;
            using Market.Domain;
            using Market.Domain.Listings;
            using Market.Domain.Negotiating;

            await using var server = await MarketTestServer.StartAsync();
            await using var bob = await server.ConnectSellerAsync("bob");
            await using var alice = await server.ConnectBuyerAsync("alice");
            var listing = await bob.PublishListingAsync(new ListingDraft(
                "Espresso machine", "kitchen", "", [new ListingLine("Espresso machine", 9900)], [],
                Currency.Usd, [Issue.TotalPrice(1, 0)], [0], Stock: 5));
            Console.WriteLine((await alice.BuyNowAsync(listing)).Total);
            """, ["Market.Client", "Market.Client.Testing"]);
        Assert.Equal("99.00 USD", output.Trim());
    }

    [Fact]
    public async Task The_seller_and_the_buyer_of_the_readme_make_a_deal()
    {
        await using var server = await MarketTestServer.StartAsync();
        await using var seller = await packed.StartAsync("seller", Snippet("seller", server.Uri), ["Market.Client"]);
        await seller.LineAsync("Listed: ");
        await using var buyer = await packed.StartAsync("buyer", Snippet("buyer", server.Uri), ["Market.Client"]);
        Assert.StartsWith("Settled", await buyer.LineAsync("Settled"), StringComparison.Ordinal);
        Assert.Equal(0, await buyer.ExitAsync());
    }

    [Fact]
    public async Task The_host_of_the_readme_connects()
    {
        await using var server = await MarketTestServer.StartAsync();
        var output = await packed.RunAsync(
            "host", Snippet("host", server.Uri), ["Market.Client", "Microsoft.Extensions.DependencyInjection"]);
        Assert.Equal("Connected to test.", output.Trim());
    }

    private static string Said(XElement metadata, string name) =>
        metadata.Elements().Single(element => element.Name.LocalName == name).Value;

    private static string Snippet(string name, Uri market)
    {
        var readme = File.ReadAllText(RepositoryFolder.PathOf("src", "Market.Client", "README.md"));
        var shown = Regex.Match(
            readme, $"<!-- tested: {name} -->\\s*```csharp\n(?<code>.*?)```", RegexOptions.Singleline);
        Assert.True(shown.Success, $"The README shows no {name}.");
        Assert.Contains("http://127.0.0.1:7420", shown.Groups["code"].Value, StringComparison.Ordinal);
        return shown.Groups["code"].Value.Replace(
            "http://127.0.0.1:7420", market.ToString(), StringComparison.Ordinal);
    }
}
