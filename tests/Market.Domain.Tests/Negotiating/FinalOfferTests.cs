using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>A best and final offer: its maker makes no other, and everything else goes on.</summary>
public sealed class FinalOfferTests
{
    [Fact]
    public void It_can_be_accepted() =>
        Assert.IsType<OfferAccepted>(Decide(Final(), bench => bench.Accept(Party.Seller)).Event);

    [Fact]
    public void It_can_be_rejected() =>
        Assert.IsType<NegotiationRejected>(Decide(Final(), bench => bench.Reject(Party.Seller)).Event);

    [Fact]
    public void A_counteroffer_can_be_accepted_by_its_maker_and_not_countered()
    {
        var bench = Final();
        bench.Do(bench.Offer(Party.Seller, 90_00));

        Assert.Equal(NegotiationRefusal.FinalOfferMade, bench.RefusalOf(bench.Offer(Party.Buyer, 61_00)));
        Assert.IsType<OfferAccepted>(bench.Do(bench.Accept(Party.Buyer)).Event);
    }

    [Fact]
    public void Its_withdrawal_or_its_end_gives_no_right_to_another()
    {
        var withdrawn = Final();
        withdrawn.Do(withdrawn.Withdraw(Party.Buyer));
        Assert.Equal(NegotiationRefusal.FinalOfferMade, withdrawn.RefusalOf(withdrawn.Offer(Party.Buyer, 61_00)));

        var ended = Final();
        ended.Wait(TimeSpan.FromMinutes(5));
        Assert.IsType<OfferExpired>(ended.Do(PassTime.Instance).Event);
        ended.Do(ended.Offer(Party.Seller, 90_00));
        Assert.Equal(NegotiationRefusal.FinalOfferMade, ended.RefusalOf(ended.Offer(Party.Buyer, 61_00)));
    }

    [Fact]
    public void The_other_side_may_make_its_final_offer_too()
    {
        var bench = Final();
        bench.Do(bench.Offer(Party.Seller, Some.Offer(90_00) with { IsFinal = true }));

        Assert.True(bench.State.HasMadeFinalOffer(Party.Buyer));
        Assert.True(bench.State.HasMadeFinalOffer(Party.Seller));
        Assert.IsType<OfferAccepted>(bench.Do(bench.Accept(Party.Buyer)).Event);
    }

    [Fact]
    public void The_flag_is_part_of_what_an_accept_names()
    {
        var plain = NegotiationBench.Opened();
        Assert.NotEqual(plain.State.Standing!.Hash, Final().State.Standing!.Hash);
    }

    [Fact]
    public void Nothing_is_final_at_a_posted_price()
    {
        var purchase = Some.Purchase();
        var final = purchase with { FirstOffer = purchase.FirstOffer! with { IsFinal = true } };
        Assert.Equal(NegotiationRefusal.TermsAreNotPosted, new NegotiationBench().RefusalOf(final));
    }

    private static NegotiationBench Final() =>
        NegotiationBench.Opened(Some.Opening() with { FirstOffer = Some.Offer() with { IsFinal = true } });

    private static NegotiationDecision Decide(NegotiationBench bench, Func<NegotiationBench, NegotiationCommand> act) =>
        bench.Do(act(bench));
}
