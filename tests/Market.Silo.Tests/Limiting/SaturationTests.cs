using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Limiting;

public sealed class SaturationTests
{
    private const int Sent = 40;

    [Fact]
    public async Task A_full_market_refuses_with_the_time_to_come_back_and_completes_what_it_took()
    {
        await using var market = await SaturatedMarket.StartAsync();
        await using var seller = await market.SellerAsync("bob");
        await using var other = await market.SellerAsync("carol");
        market.Hold();
        var messages = Enumerable.Range(0, Sent)
            .Select(static _ => new PublishListing(Some.Message(), Some.Listing())).ToArray();
        var asked = new List<Task<object>>();
        foreach (var message in messages)
        {
            asked.Add(await seller.BeginAsync(message));
        }

        // One grain has events on their way and a full mailbox; what is too much is answered at once.
        while (asked.Count > SaturatedMarket.MailboxMax + SaturatedMarket.InFlightMax)
        {
            var answer = await (await Task.WhenAny(asked)).WaitAsync(TestAgent.Patience);
            Assert.NotNull(Refusal.Is(GatewayRefusal.Overloaded, answer).RetryAfter);
            asked.RemoveAll(one => one.IsCompleted && ReferenceEquals(one.Result, answer));
        }

        Assert.All(asked, static one => Assert.False(one.IsCompleted));
        Assert.Equal(SaturatedMarket.InFlightMax, market.Journal.StalledCount);
        market.Release();
        var taken = await Task.WhenAll(asked).WaitAsync(TestAgent.Patience);
        Assert.All(taken, static answer => Assert.IsType<ListingPublished>(answer));

        // Whoever was refused is taken now, with the same message, and so is everybody else.
        foreach (var message in messages)
        {
            await PublishAsync(seller, message);
        }

        await PublishAsync(other, new PublishListing(Some.Message(), Some.Listing()));
    }

    /// <summary>Publishes, again and again while the grain is busy with what came before.</summary>
    private static async Task PublishAsync(TestAgent seller, PublishListing message)
    {
        using var patience = new CancellationTokenSource(TestAgent.Patience * 3);
        object answer;
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            answer = await seller.AskAsync(message);
        }
        while (answer is Refused { Name: nameof(GatewayRefusal.Overloaded) });
        Assert.IsType<ListingPublished>(answer);
    }
}
