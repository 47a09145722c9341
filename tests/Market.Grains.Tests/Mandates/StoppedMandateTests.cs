using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Tests.Journaling;
using Market.Testing;

namespace Market.Grains.Tests.Mandates;

/// <summary>
/// What becomes of the open negotiations under a mandate that is stopped (INV-11, INV-20), over a real store, also
/// when the market is killed between the revocation and the word of it.
/// </summary>
public sealed class StoppedMandateTests : IDisposable
{
    private const int Open = 12;
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 3 * Open)]
    [InlineData(2, 2 * Open)]
    [InlineData(3, Open)]
    public async Task Whoever_negotiates_under_a_revoked_mandate_or_a_child_of_it_leaves(int revoked, int leaves)
    {
        await using var market = await TreeAsync();
        await OpenAllAsync(market);

        await market.LedgerDoesAsync(new RevokeMandate(MandateMarket.IdOf(revoked), Some.Buyer.Principal));
        Assert.Equal(leaves, market.Sweeper.Sweep());
        await market.Left.ReachAsync(leaves);

        Assert.Equal(0, market.Sweeper.Sweep());
        Assert.Equal((4 * Open) - leaves, await StandingAsync(market));
        Assert.Equal((3 * Open) - leaves, market.Watch.OpenCount);
    }

    [Fact]
    public async Task The_counterparty_sees_an_ordinary_leave_and_the_own_side_why()
    {
        await using var market = await TreeAsync();
        await market.OpenAsync(1, mandate: 1);
        await StopAsync(market, leaves: 1);

        var left = Assert.IsType<NegotiationLeft>((await market.EventsOfAsync(1))[^1]);
        Assert.Equal((Party.Buyer, ReasonCode.MandateDenied), (left.By, left.Reason));
        Assert.Equal(left, NegotiationViews.SeenBy(left, Party.Buyer));
        var ordinary = new NegotiationLeft(
            left.At,
            left.Negotiation,
            new ActReference(Some.Message(9, market.Now), Some.Digest(9), Party.Buyer),
            Party.Buyer,
            ReasonCode.Other);
        Assert.Equal(
            WireCatalog.EncodeTagged(NegotiationViews.SeenBy(ordinary, Party.Seller)),
            WireCatalog.EncodeTagged(NegotiationViews.SeenBy(left, Party.Seller)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_restart_does_not_forget_whom_to_tell(bool isKilled)
    {
        TestFolder found;
        await using (var market = await TreeAsync())
        {
            await OpenAllAsync(market);
            await market.LedgerDoesAsync(new RevokeMandate(MandateMarket.IdOf(1), Some.Buyer.Principal));
            found = isKilled ? _folder.CopyAsAfterKill() : _folder;
        }

        await using (var again = await MandateMarket.OpenAsync(found))
        {
            Assert.Equal(3 * Open, again.Sweeper.Sweep());
            await again.Left.ReachAsync(3 * Open);
            Assert.Equal(Open, await StandingAsync(again));
        }

        await using (var third = await MandateMarket.OpenAsync(found))
        {
            Assert.Equal(0, third.Sweeper.Sweep());
            Assert.Equal(0, third.Watch.OpenCount);
        }

        if (isKilled)
        {
            found.Dispose();
        }
    }

    [Fact]
    public async Task Whoever_was_told_in_vain_is_told_again_by_itself()
    {
        await using var market = await TreeAsync();
        await OpenAllAsync(market);
        market.Sweeper.Start();
        await market.LedgerDoesAsync(new SuspendMandate(MandateMarket.IdOf(1), Some.Buyer.Principal, 1));

        // This word is lost: it is taken from the watch, and nobody is told.
        Assert.Equal(3 * Open, market.Watch.Take(market.Now, market.Now + TimeSpan.FromSeconds(2), 999).Count);
        market.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, market.Left.Count);

        market.Advance(TimeSpan.FromSeconds(2));
        await market.Left.ReachAsync(3 * Open);
    }

    [Fact]
    public async Task A_negotiation_that_is_opened_under_a_stopped_mandate_ends_too()
    {
        await using var market = await TreeAsync();
        await market.LedgerDoesAsync(new SuspendMandate(MandateMarket.IdOf(1), Some.Buyer.Principal, 1));
        var invitation = market.Opening(1, mandate: 2) with { FirstOffer = null };
        Assert.IsType<ActRecorded>(await market.AskAsync(GrainId.Of(invitation.Negotiation), invitation));

        Assert.Equal(1, market.Sweeper.Sweep());
        await market.Left.ReachAsync(1);
    }

    [Fact]
    public async Task After_it_is_resumed_a_mandate_holds_and_nobody_is_told_any_more()
    {
        await using var market = await TreeAsync();
        await market.OpenAsync(1, mandate: 1);
        await market.LedgerDoesAsync(new SuspendMandate(MandateMarket.IdOf(1), Some.Buyer.Principal, 1));
        await market.LedgerDoesAsync(new ResumeMandate(MandateMarket.IdOf(1), Some.Buyer.Principal, 2));

        Assert.Equal(0, market.Sweeper.Sweep());
        await market.OpenAsync(2, mandate: 1);
        Assert.Equal(0, market.Left.Count);
    }

    [Fact]
    public async Task What_was_agreed_is_left_to_the_ledger()
    {
        await using var market = await TreeAsync();
        await market.OpenAsync(1, mandate: 1);
        var id = MandateMarket.NegotiationOf(1);
        var offer = ((StandingOffer)await market.AskAsync(
            GrainId.Of(id), new GetStandingOffer(Some.SellerAgent))).Offer!;
        var accept = new AcceptOffer(Some.Message(50, market.Now), id, 1, offer.Number, offer.Hash);
        Assert.IsType<ActRecorded>(await market.AskAsync(
            GrainId.Of(id), new PerformAct(Some.SellerAgent, accept, Some.Digest(50), null, default)));
        await market.LedgerDoesAsync(new RevokeMandate(MandateMarket.IdOf(1), Some.Buyer.Principal));

        Assert.Equal(0, market.Sweeper.Sweep());
        Assert.DoesNotContain(await market.EventsOfAsync(1), @event => @event is NegotiationLeft);
    }

    /// <summary>A root, its child and its grandchild.</summary>
    private async Task<MandateMarket> TreeAsync()
    {
        var market = await MandateMarket.OpenAsync(_folder);
        await market.LedgerDoesAsync(new GrantMandate(market.Mandate(1)));
        await market.LedgerDoesAsync(new GrantMandate(market.Mandate(2, parent: 1)));
        await market.LedgerDoesAsync(new GrantMandate(market.Mandate(3, parent: 2)));
        return market;
    }

    /// <summary>Opens as many under each of the three mandates, and as many under none.</summary>
    private static async Task OpenAllAsync(MandateMarket market)
    {
        for (var i = 0; i < 4 * Open; i++)
        {
            await market.OpenAsync(i + 1, mandate: i % 4 == 0 ? null : i % 4);
        }
    }

    private static async Task StopAsync(MandateMarket market, int leaves)
    {
        await market.LedgerDoesAsync(new RevokeMandate(MandateMarket.IdOf(1), Some.Buyer.Principal));
        Assert.Equal(leaves, market.Sweeper.Sweep());
        await market.Left.ReachAsync(leaves);
    }

    /// <summary>How many of the negotiations have an offer that stands.</summary>
    private static async Task<int> StandingAsync(MandateMarket market)
    {
        var standing = 0;
        for (var i = 0; i < 4 * Open; i++)
        {
            var answer = await market.AskAsync(
                GrainId.Of(MandateMarket.NegotiationOf(i + 1)), new GetStandingOffer(Some.SellerAgent));
            standing += answer is StandingOffer { Offer: not null } ? 1 : 0;
        }

        return standing;
    }
}
