using Market.Client;
using Market.Domain.Approvals;
using Market.Domain.Negotiating;

namespace Market.EndToEnd.Tests.Approving;

/// <summary>The approval of the worked example, between real clients and a served market.</summary>
public sealed class ApprovalTests
{
    [Fact]
    public async Task The_agent_asks_the_principal_signs_and_the_offer_is_accepted_as_it_stands()
    {
        await using var scene = await ApprovalScene.StartAsync();
        var (buyers, sellers) = await scene.NegotiateAsync(94_00);
        var offer = buyers.State.CounterpartyOffer!;

        var refused = await buyers.TryAcceptAsync(offer);
        Assert.Equal(RefusalCode.ApprovalRequired, refused.Code);
        Assert.Equal(offer.Number, refused.Refused!.Approval!.OfferNumber);
        Assert.Equal(Wares.Dollars(94_00), refused.Refused.Approval.Total);

        var asked = await scene.Buyer.Client.RequestApprovalAsync(buyers, offer);
        var shown = Assert.Single((await scene.Alice.ListApprovalsAsync()).Approvals);
        Assert.Equal((asked.Id, refused.Refused.Approval.TermsHash), (shown.Id, shown.Matter.TermsHash));
        Assert.Equal(("Espresso machine", "bob"), (shown.Names.Listing, shown.Names.CounterpartyPrincipal));
        Assert.Equal(offer.ValidUntil, shown.Matter.StandsUntil);

        await scene.Alice.ApproveAsync(shown);
        Assert.Equal(ApprovalStatus.Granted, (await scene.Buyer.Client.WaitForApprovalAsync(asked.Id)).Status);
        await buyers.AcceptAsync(offer);
        var deal = await Eventually.DoneAsync("the deal is settled", buyers.WaitForDealAsync());
        Assert.Equal(Wares.Dollars(94_00), deal.Total);
        await Eventually.DoneAsync("the seller knows", sellers.WaitForDealAsync());
        Assert.DoesNotContain(
            scene.Seller.Seen, static seen => seen.Event is OfferAccepted { Approval: not null });
    }

    [Fact]
    public async Task A_turn_accepts_with_approval_in_one_call()
    {
        await using var scene = await ApprovalScene.StartAsync();
        var (buyers, _) = await scene.NegotiateAsync(94_00);
        var accepting = TurnAsync(buyers, static turn => turn.AcceptWithApprovalAsync());

        await scene.Alice.ApproveAsync(await scene.AskedAsync());

        Assert.True((await Eventually.DoneAsync("it is accepted", accepting)).IsRecorded);
        await Eventually.DoneAsync("the deal is settled", buyers.WaitForDealAsync());
    }

    [Fact]
    public async Task A_denied_accept_stays_refused_and_the_negotiation_goes_on()
    {
        await using var scene = await ApprovalScene.StartAsync();
        var (buyers, _) = await scene.NegotiateAsync(94_00);
        var accepting = TurnAsync(buyers, static turn => turn.AcceptWithApprovalAsync());

        await scene.Alice.DenyAsync((await scene.AskedAsync()).Id);

        Assert.Equal(RefusalCode.ApprovalRequired, (await Eventually.DoneAsync("it is refused", accepting)).Code);
        Assert.Equal(2, buyers.State.Seq);
        await buyers.CounterAsync(Wares.Firm(85_00));
    }

    [Fact]
    public async Task An_offer_that_has_moved_on_is_not_accepted_with_the_approval_of_the_old_one()
    {
        await using var scene = await ApprovalScene.StartAsync();
        var (buyers, sellers) = await scene.NegotiateAsync(94_00);
        var accepting = TurnAsync(buyers, static turn => turn.AcceptWithApprovalAsync());
        var asked = await scene.AskedAsync();
        await sellers.WithdrawOfferAsync();
        await sellers.OfferAsync(Wares.Firm(95_00));

        await scene.Alice.ApproveAsync(asked);

        var result = await Eventually.DoneAsync("it is refused", accepting);
        Assert.True(result.Refused is { IsRace: true }, $"{result.Code}");
        await buyers.WaitForAsync(static s => s.CounterpartyOffer?.Terms.TotalMinorUnits == 95_00);
        var other = await buyers.TryAcceptAsync(buyers.State.CounterpartyOffer!);
        Assert.Equal(RefusalCode.ApprovalRequired, other.Code);
    }

    [Fact]
    public async Task An_approved_offer_of_ones_own_settles_when_the_other_side_accepts_it()
    {
        await using var scene = await ApprovalScene.StartAsync();
        var (buyers, sellers) = await scene.NegotiateAsync(99_00);
        var offering = TurnAsync(
            buyers, static turn => turn.OfferWithApprovalAsync(Wares.Firm(93_00, TimeSpan.FromMinutes(1))));
        await scene.Alice.ApproveAsync(await scene.AskedAsync(), TimeSpan.FromMinutes(10));
        Assert.True((await Eventually.DoneAsync("it is made", offering)).IsRecorded);

        await sellers.WaitForAsync(static s => s.CounterpartyOffer?.Terms.TotalMinorUnits == 93_00);
        await sellers.AcceptAsync(sellers.State.CounterpartyOffer!);

        var deal = await Eventually.DoneAsync("the deal is settled", sellers.WaitForDealAsync());
        Assert.Equal(Wares.Dollars(93_00), deal.Total);
    }

    [Fact]
    public async Task An_own_offer_may_not_stand_longer_than_its_approval()
    {
        await using var scene = await ApprovalScene.StartAsync();
        var (buyers, _) = await scene.NegotiateAsync(99_00);
        var offering = TurnAsync(
            buyers, static turn => turn.OfferWithApprovalAsync(Wares.Firm(93_00, TimeSpan.FromMinutes(5))));

        await scene.Alice.ApproveAsync(await scene.AskedAsync(), TimeSpan.FromMinutes(2));

        Assert.Equal(RefusalCode.OfferOutlivesApproval, (await Eventually.DoneAsync("it is refused", offering)).Code);
    }

    [Fact]
    public async Task A_purchase_at_the_posted_price_waits_for_the_approval()
    {
        await using var scene = await ApprovalScene.StartAsync();
        var refused = await Assert.ThrowsAsync<MarketRefusedException>(() => scene.Buyer.Client.BuyNowAsync(
            scene.Listing, [new OrderLine(0, 1)], mandate: scene.Mandate));
        Assert.Equal(RefusalCode.ApprovalRequired, refused.Code);

        var buying = scene.Buyer.Client.BuyNowAsync(
            scene.Listing, [new OrderLine(0, 1)], mandate: scene.Mandate, approvalWaitsFor: TimeSpan.FromMinutes(5));
        await scene.Alice.ApproveAsync(await scene.AskedAsync());

        Assert.Equal(Wares.Dollars(99_00), (await Eventually.DoneAsync("it is bought", buying)).Total);
    }

    private static async Task<ActResult> TurnAsync(
        Negotiation negotiation, Func<NegotiationTurn, Task<ActResult>> act)
    {
        await foreach (var turn in negotiation.TurnsAsync())
        {
            return await act(turn);
        }

        throw new InvalidOperationException("There is no turn.");
    }
}
