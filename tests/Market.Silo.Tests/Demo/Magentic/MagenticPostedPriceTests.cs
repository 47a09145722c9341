using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Silo.Commands.Demo;
using Market.Silo.Commands.Demo.Magentic;

namespace Market.Silo.Tests.Demo.Magentic;

/// <summary>A menu's prices hold whether or not its business negotiates.</summary>
public sealed class MagenticPostedPriceTests
{
    [Fact]
    public async Task From_a_business_that_leaves_the_customer_buys_at_the_posted_price()
    {
        using var folder = new MagenticFolder();
        var data = MagenticMarket.Load(folder.Path);
        var progress = new DemoProgress(2, 1);
        var business = new LeavingBusiness(data.Businesses[0].Profile);
        var customer = new MagenticCustomerAgent(data.Customers[0], TimeDependentPreset.Linear, progress, null);
        await using var market = await DemoMarket.StartAsync(
            null, new Money(1_000, Currency.Usd), CancellationToken.None);

        MagenticSale? sale = null;
        await new DemoFloor([business], [customer], progress).RunAsync(
            market.Address, async stopping => sale = await customer.BuyAsync(stopping), CancellationToken.None);

        var expected = new MagenticPrice(data.Businesses[0].Profile.Id, 505);
        var atPosted = new MagenticSale(data.Customers[0].Profile.Id, expected, MagenticRules.RoundsMax, true)
        {
            Order = [new OrderLine(0, 1)],
        };
        Assert.Equal(atPosted, sale);
        Assert.Equal((1, 1, 1, 2), (progress.Offers, progress.Met, progress.Decided, progress.Entered));
        var audit = await market.StopAndAuditAsync(CancellationToken.None);
        Assert.Equal((true, 1), (audit.IsSound, audit.DealsSettled));
    }

    [Fact]
    public async Task An_agent_that_fails_ends_the_trade_with_its_failure()
    {
        using var folder = new MagenticFolder();
        var data = MagenticMarket.Load(folder.Path);
        var progress = new DemoProgress(2, 1);
        var failure = new InvalidOperationException("ill");
        var business = new LeavingBusiness(data.Businesses[0].Profile) { Failure = failure };
        var customer = new MagenticCustomerAgent(data.Customers[0], TimeDependentPreset.Linear, progress, null);
        await using var market = await DemoMarket.StartAsync(
            null, new Money(1_000, Currency.Usd), CancellationToken.None);

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            new DemoFloor([business], [customer], progress).RunAsync(
                market.Address, customer.BuyAsync, CancellationToken.None));

        Assert.Same(failure, thrown);
    }

    private sealed class LeavingBusiness(MagenticBusinessProfile profile) : DemoSeller
    {
        public Exception? Failure { get; init; }

        protected override async Task IntroduceAsync(CancellationToken cancellationToken)
        {
            var disclosure = new Disclosure("a test", "leaves", string.Empty);
            await Market.RegisterSellerAsync(profile.Name, profile.Id.Value, disclosure, cancellationToken);
            await Market.PublishListingAsync(MagenticListing.DraftOf(profile), cancellationToken);
        }

        protected override async Task ServeAsync(
            Client.Negotiation negotiation, DemoTasks tasks, CancellationToken cancellationToken)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            if (negotiation.State.Rules.Protocol == Protocol.Bilateral)
            {
                await negotiation.LeaveAsync(ReasonCode.Other, cancellationToken);
            }
        }
    }
}
