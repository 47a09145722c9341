using System.Net.WebSockets;
using Market.Client.Hosting;
using Market.Client.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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
        var error = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<MarketClientProvider>());
        Assert.Contains(nameof(MarketClientOptions.Address), error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(MarketClientOptions.KeyFile), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_learns_at_its_start_what_is_wrong_with_each_named_client()
    {
        await using var services = new ServiceCollection()
            .AddMarketClient("shopper", options => Complete(options, "shopper"))
            .AddMarketClient("clerk", options =>
            {
                Complete(options, "clerk");
                options.Address = new Uri("ftp://127.0.0.1");
                options.InFlightMax = 0;
            })
            .BuildServiceProvider();
        var error = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Equal(2, error.Failures.Count());
        Assert.All(error.Failures, failure => Assert.Contains("\"clerk\"", failure, StringComparison.Ordinal));
        Assert.Contains("ftp:", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(MarketClientOptions.InFlightMax), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Named_clients_are_different_agents()
    {
        await using var services = new ServiceCollection()
            .AddMarketClient("shopper", options => Complete(options, "shopper"))
            .AddMarketClient("clerk", options => Complete(options, "clerk"))
            .BuildServiceProvider();

        // The first connection stays open: a client that loses its own dials again, and would be taken for the second.
        using var shopper = await ConnectedAsync("shopper");
        using var clerk = await ConnectedAsync("clerk");
        Assert.Null(services.GetService<MarketClientProvider>());

        async Task<WebSocket> ConnectedAsync(string name)
        {
            var asking = services.GetRequiredKeyedService<MarketClientProvider>(name).GetAsync().AsTask();
            var socket = await _market.WelcomeAsync();
            await asking.Soon();
            Assert.True(File.Exists(Path.Combine(_folder, name)));
            return socket;
        }
    }

    [Fact]
    public async Task A_host_that_is_disposed_of_synchronously_ends_its_client()
    {
        var services = new ServiceCollection()
            .AddMarketClient(options => Complete(options, "agent.pem")).BuildServiceProvider();
        var provider = services.GetRequiredService<MarketClientProvider>();
        var asking = provider.GetAsync().AsTask();
        using var socket = await _market.WelcomeAsync();
        var client = await asking.Soon();
        services.Dispose();
        Assert.False(client.IsConnected);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => provider.GetAsync().AsTask());
    }

    [Fact]
    public async Task Options_out_of_range_are_refused_before_anything_is_connected()
    {
        var options = new MarketClientOptions { InFlightMax = 0 };
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => MarketClient.ConnectAsync(_market.Address, Some.Key, options));
        Assert.Equal(nameof(MarketClientOptions.InFlightMax), error.ParamName);
    }

    private void Complete(MarketClientOptions options, string keyFile)
    {
        options.Address = _market.Address;
        options.KeyFile = Path.Combine(_folder, keyFile);
    }
}
