using Market.Client.Tests.Support;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests;

/// <summary>Somebody else's time-outs never end a client.</summary>
public sealed class TransienceTests
{
    public static TheoryData<Exception> TimeOuts => new(
        new TaskCanceledException("The connection was not made in time.", new TimeoutException()),
        new OperationCanceledException("A proxy gave up."),
        new TimeoutException("It took too long."));

    [Theory]
    [MemberData(nameof(TimeOuts), DisableDiscoveryEnumeration = true)]
    public async Task A_client_whose_dialling_is_cancelled_by_others_dials_again(Exception timeOut)
    {
        var market = new ScriptedMarket();
        var (client, first) = await market.ConnectAsync();
        await using var _ = client;
        (market.DialsRefused, market.DialError) = (3, timeOut);
        first.Break();

        var second = await market.WelcomeAsync(Some.Buyer);
        await second.SubscribeAsync();
        Assert.Equal(0, market.DialsRefused);
        var asking = client.PublishRequestAsync(new RequestDraft("a machine", "", 1));
        Assert.Equal("a machine", ((PublishRequest)(await second.NextAsync<PublishRequest>()).Message).Draft.Title);
        Assert.False(asking.IsFaulted);
    }

    [Theory]
    [MemberData(nameof(TimeOuts), DisableDiscoveryEnumeration = true)]
    public async Task So_does_one_that_has_not_connected_yet(Exception timeOut)
    {
        var market = new ScriptedMarket { DialsRefused = 2, DialError = timeOut };
        var options = Some.Options();
        options.ConnectPatience = Some.Patience;
        var (client, _) = await market.ConnectAsync(options: options);
        await client.DisposeAsync();
    }

    [Fact]
    public async Task Whose_user_cancels_ends_as_cancelled()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MarketClient.ConnectAsync(
            new ScriptedMarket { DialsRefused = 1, DialError = new OperationCanceledException(stop.Token) },
            Some.Key, Some.Options(), stop.Token));
    }
}
