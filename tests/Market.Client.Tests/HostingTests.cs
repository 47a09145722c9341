using Market.Client.Hosting;
using Market.Client.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Market.Client.Tests;

public sealed class HostingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-host-").FullName;
    private readonly SocketMarket _market = new();

    public void Dispose()
    {
        _market.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_host_has_one_client_that_connects_when_it_is_first_asked_for()
    {
        await using var services = new ServiceCollection()
            .AddMarketClient(options =>
            {
                options.Address = _market.Address;
                options.KeyFile = Path.Combine(_folder, "agent.pem");
            })
            .BuildServiceProvider();
        var provider = services.GetRequiredService<MarketClientProvider>();
        var asking = provider.GetAsync().AsTask();
        using var socket = await _market.WelcomeAsync();
        Assert.Same(await asking.Soon(), await provider.GetAsync());
        Assert.True(File.Exists(Path.Combine(_folder, "agent.pem")));
    }

    [Fact]
    public async Task A_missing_address_is_named()
    {
        await using var services = new ServiceCollection().AddMarketClient(_ => { }).BuildServiceProvider();
        var provider = services.GetRequiredService<MarketClientProvider>();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => provider.GetAsync().AsTask());
        Assert.Contains(nameof(MarketClientOptions.Address), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_out_of_range_are_refused_before_anything_is_connected()
    {
        var options = new MarketClientOptions { InFlightMax = 0 };
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => MarketClient.ConnectAsync(_market.Address, Some.Key, options));
        Assert.Equal(nameof(MarketClientOptions.InFlightMax), error.ParamName);
    }
}
