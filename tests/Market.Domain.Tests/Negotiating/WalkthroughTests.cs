using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>One deal, row by row: versions, answers and events as the worked example fixes them.</summary>
public sealed class WalkthroughTests
{
    private readonly NegotiationBench _bench = new();

    [Fact]
    public void A_negotiation_of_four_offers_ends_in_one_deal_whatever_is_retried_or_raced()
    {
        // m1: A opens with O1, 60.00, 2 days, 24 months.
        var m1 = Some.Opening() with
        {
            Rules = Some.Rules(signaturesRequired: true),
            FirstOffer = ProposedOffer.Firm(Some.Terms(60_00, 2, 24)),
            Evidence = Some.Evidence(Some.BuyerAgent, 1),
        };
        Recorded<NegotiationOpened>(m1, seq: 1);
        Assert.Equal(Party.Seller, _bench.State.Turn);

        // m2: B counters with O2; O1 is superseded.
        Recorded<OfferMade>(Firm(Party.Seller, 99_00, 5, 12), seq: 2);
        Assert.Equal(2, _bench.State.Standing!.Number);

        // m3: A counters with O3; the same message again gets the same answer and makes no event.
        var m3 = Firm(Party.Buyer, 80_00, 3, 24);
        var answer = Recorded<OfferMade>(m3, seq: 3);
        _bench.Wait(TimeSpan.FromSeconds(5));
        Assert.Equal(new NegotiationDecision(null, null, answer), _bench.Do(m3));
        Assert.Equal(3, _bench.State.Seq);

        // m4: B counters with O4.
        Recorded<OfferMade>(Firm(Party.Seller, 84_00, 4, 24), seq: 4);

        // m6 is B's withdrawal of O4, made before B sees m5, A's accept of O4 by number and hash.
        var m6 = _bench.Withdraw(Party.Seller);
        var m5 = _bench.Accept(Party.Buyer) with
        {
            Evidence = Some.Evidence(Some.BuyerAgent, 5),
            VerifiedOffer = _bench.State.Standing!.Hash,
        };
        Recorded<OfferAccepted>(m5, seq: 5);
        Assert.Equal(NegotiationRefusal.OfferAlreadyAccepted, _bench.RefusalOf(m6));
        Assert.Equal(5, _bench.State.Seq);

        var agreed = (OfferAccepted)_bench.Events[^1];
        Assert.Equal(NegotiationHashes.OfDeal(Some.Market, Some.Negotiation, award: 1), agreed.Deal);
        Assert.Equal(4, agreed.OfferNumber);
        Assert.Equal(
            NegotiationHashes.OfTerms(Some.Market, Some.Negotiation, Some.Subject, Some.Terms(84_00, 4, 24)),
            agreed.TermsHash);
    }

    [Fact]
    public void Its_settlement_moves_price_fee_goods_and_need_in_four_legs()
    {
        var bench = NegotiationBench.Opened(Some.Opening() with { FirstOffer = null });
        bench.Do(bench.Offer(Party.Seller, ProposedOffer.Firm(Some.Terms(84_00, 4, 24))));
        bench.Do(bench.Accept(Party.Buyer));

        var settle = Settlement.CommandOf(bench.State)!;

        var (alice, bob, listing) = (Some.Buyer.Principal, Some.Seller.Principal, Some.Subject.Listing);
        var request = Some.Subject.Request!.Value;
        var funds = AccountName.Funds(alice, Currency.Usd);
        Assert.Equal(
            [
                new Leg(funds, AccountName.Funds(bob, Currency.Usd), 83_16),
                new Leg(funds, AccountName.Fees(Currency.Usd), 84),
                new Leg(AccountName.Stock(bob, listing), AccountName.Owned(alice, listing), 1),
                new Leg(AccountName.Need(alice, request), AccountName.Filled(request), 1),
            ],
            settle.Legs);
        Assert.Equal(new Money(84_00, Currency.Usd), settle.Total);
        Assert.Equal(bench.State.TermsHash, settle.TermsHash);
    }

    [Fact]
    public void The_armed_deadline_is_the_earliest_of_offer_and_negotiation()
    {
        var bench = new NegotiationBench();
        var opened = bench.Do(Some.Opening()).Event!;
        Assert.Equal(
            Some.Noon + TimeSpan.FromMinutes(5),
            NegotiationMachine.DeadlineAfter(new NegotiationState(Some.Market), opened));

        bench.Wait(TimeSpan.FromMinutes(5));
        var before = bench.State.Deadline;
        Assert.IsType<OfferExpired>(bench.Do(PassTime.Instance).Event);
        Assert.Equal(
            Some.Noon + TimeSpan.FromMinutes(10), NegotiationMachine.DeadlineAfter(bench.State, bench.Events[^1]));
        Assert.Equal(before, bench.State.Deadline);

        bench.Wait(TimeSpan.FromMinutes(5));
        Assert.IsType<NegotiationExpired>(bench.Do(PassTime.Instance).Event);
        Assert.Null(NegotiationMachine.DeadlineAfter(bench.State, bench.Events[^1]));
    }

    private PerformAct Firm(Party by, long price, long days, long months) =>
        _bench.Offer(by, ProposedOffer.Firm(Some.Terms(price, days, months))) with
        {
            Evidence = Some.Evidence(by == Party.Buyer ? Some.BuyerAgent : Some.SellerAgent, (int)price),
        };

    private ActRecorded Recorded<TEvent>(NegotiationCommand command, long seq)
    {
        var decision = _bench.Do(command);
        Assert.Null(decision.Refusal);
        Assert.IsType<TEvent>(decision.Event);
        Assert.Equal(new ActRecorded(Some.Negotiation, seq, decision.Event!.At), decision.Answer);
        Assert.Equal(seq, _bench.State.Seq);
        return decision.Answer!;
    }
}
