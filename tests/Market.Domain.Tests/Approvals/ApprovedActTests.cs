using Market.Domain.Approvals;
using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Approvals;

/// <summary>An approval in a negotiation counts for exactly its act, and is the own side's alone.</summary>
public sealed class ApprovedActTests
{
    private static readonly LedgerTime Later = Some.Noon + TimeSpan.FromMinutes(20);

    [Fact]
    public void An_accept_keeps_its_approval_and_settles_with_it()
    {
        var bench = Offered(94_00);
        var approval = SomeApproval.Granted(SomeApproval.Matter(), Later);
        var before = bench.State;
        var accept = bench.Accept(Party.Buyer) with { Approval = approval };

        var decision = NegotiationMachine.Decide(before, accept, Some.Noon + TimeSpan.FromSeconds(1));
        var commitment = Settlement.CommitmentOf(before, decision.Event);
        Assert.True(commitment!.Value.IsApproved);
        Assert.Equal(approval.TermsHash, Settlement.CommandAfter(before, decision.Event!)!.Buyer.Approval);

        bench.Do(accept);
        var settle = Settlement.CommandOf(bench.State)!;
        Assert.Equal((approval.TermsHash, (Hash256?)null), (settle.Buyer.Approval, settle.Seller.Approval));
        Assert.Equal(settle.TermsHash, approval.TermsHash);
    }

    [Fact]
    public void An_offers_approval_settles_when_the_other_side_accepts()
    {
        var bench = Offered(120_00);
        var approval = SomeApproval.Granted(SomeApproval.Matter(), Later);
        bench.Do(bench.Offer(Party.Buyer, 94_00) with { Approval = approval });
        Assert.Equal(approval, bench.State.StandingApproval);
        bench.Do(bench.Accept(Party.Seller));

        var settle = Settlement.CommandOf(bench.State)!;
        Assert.Equal((approval.TermsHash, (Hash256?)null), (settle.Buyer.Approval, settle.Seller.Approval));
    }

    [Fact]
    public void The_approval_of_an_offer_that_was_superseded_counts_for_nothing()
    {
        var bench = Offered(120_00);
        bench.Do(bench.Offer(Party.Buyer, 94_00) with
        {
            Approval = SomeApproval.Granted(SomeApproval.Matter(), Later),
        });
        bench.Do(bench.Offer(Party.Seller, 110_00));
        bench.Do(bench.Accept(Party.Buyer));

        Assert.Null(Settlement.CommandOf(bench.State)!.Buyer.Approval);
    }

    [Fact]
    public void An_approval_of_anything_else_is_none()
    {
        var matter = SomeApproval.Matter();
        GrantedApproval[] others =
        [
            SomeApproval.Granted(SomeApproval.Matter(95_00), Later),
            SomeApproval.Granted(matter with { Agent = Some.SellerAgent }, Later),
            SomeApproval.Granted(matter with { Principal = Some.Seller.Principal }, Later),
            SomeApproval.Granted(matter with { Mandate = new MandateId(Guid.Empty) }, Later),
            SomeApproval.Granted(matter with { Negotiation = new NegotiationId(Guid.Empty) }, Later),
            SomeApproval.Granted(matter with { Terms = Some.Terms(1) }, Later),
            SomeApproval.Granted(matter, Some.Noon),
            SomeApproval.Granted(matter, Later) with { Document = new byte[] { 0x91, 0x01 } },
            SomeApproval.Granted(matter, Later) with { TermsHash = Hash256.Of([1]) },
        ];
        foreach (var other in others)
        {
            var bench = Offered(94_00);
            bench.Do(bench.Accept(Party.Buyer) with { Approval = other });

            Assert.Null(Settlement.CommandOf(bench.State)!.Buyer.Approval);
        }
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void An_approval_holds_until_the_moment_at_which_it_ends(int ticksAfter, bool counts)
    {
        var bench = Offered(94_00);
        var end = Some.Noon + TimeSpan.FromMinutes(1);
        bench.Clock = new LedgerTime(end.Ticks + ticksAfter);
        bench.Do(bench.Accept(Party.Buyer) with { Approval = SomeApproval.Granted(SomeApproval.Matter(), end) });

        Assert.Equal(counts, Settlement.CommandOf(bench.State)!.Buyer.Approval is not null);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void An_offer_stands_at_most_as_long_as_its_approval(int ticksAfter, bool counts)
    {
        var bench = Offered(120_00);
        bench.Clock += TimeSpan.FromSeconds(1);
        var end = new LedgerTime((bench.Clock + ProposedOffer.DefaultValidity).Ticks + ticksAfter);
        bench.Do(bench.Offer(Party.Buyer, 94_00) with
        {
            Approval = SomeApproval.Granted(SomeApproval.Matter(), end),
        });

        Assert.Equal(counts, bench.State.StandingApproval is not null);
    }

    [Fact]
    public void It_does_not_prolong_the_offer()
    {
        var bench = Offered(94_00);
        bench.Wait(ProposedOffer.DefaultValidity + TimeSpan.FromSeconds(1));
        var accept = bench.Accept(Party.Buyer) with { Approval = SomeApproval.Granted(SomeApproval.Matter(), Later) };

        Assert.Equal(NegotiationRefusal.OfferHasExpired, bench.RefusalOf(accept));
    }

    [Fact]
    public void It_makes_one_deal_and_a_retry_gets_the_same_answer()
    {
        var bench = Offered(94_00);
        var approval = SomeApproval.Granted(SomeApproval.Matter(), Later);
        var accept = bench.Accept(Party.Buyer) with { Approval = approval };
        var first = bench.Do(accept).Answer;

        Assert.Equal(first, bench.Do(accept).Answer);
        Assert.Equal(first, bench.Do(accept with { Approval = null }).Answer);
        var again = bench.Accept(Party.Buyer) with { Approval = approval };
        Assert.Equal(NegotiationRefusal.OfferAlreadyAccepted, bench.RefusalOf(again));
    }

    [Fact]
    public void Opening_and_purchase_bring_theirs_too()
    {
        var opening = Some.Opening() with { FirstOffer = Some.Offer(94_00) };
        var opened = NegotiationBench.Opened(opening with
        {
            Approval = SomeApproval.Granted(SomeApproval.Matter(), Later),
        });
        Assert.NotNull(opened.State.StandingApproval);

        var bought = NegotiationBench.Opened(Some.Purchase() with
        {
            Approval = SomeApproval.Granted(SomeApproval.Matter(120_00), Later),
        });
        Assert.NotNull(Settlement.CommandOf(bought.State)!.Buyer.Approval);
        Assert.Null(Settlement.CommandOf(bought.State)!.Seller.Approval);
    }

    [Fact]
    public void What_an_agent_asks_for_is_the_standing_offer_or_its_own_terms()
    {
        var bench = Offered(94_00);
        var (accept, _) = ApprovalMatters.Of(bench.State, Some.BuyerAgent, 2, null, bench.Clock);
        Assert.Equal(SomeApproval.Matter().TermsHash, accept!.TermsHash);
        Assert.Equal((2L, bench.State.Standing!.ValidUntil), (accept.OfferNumber, accept.StandsUntil));
        var (own, _) = ApprovalMatters.Of(bench.State, Some.BuyerAgent, null, Some.Terms(95_00), bench.Clock);
        Assert.Equal(SomeApproval.Matter(95_00).TermsHash, own!.TermsHash);

        AssertRefused(NegotiationRefusal.NegotiationNotFound, bench, Some.StrangerAgent, 2);
        AssertRefused(NegotiationRefusal.OfferSuperseded, bench, Some.BuyerAgent, 1);
        AssertRefused(NegotiationRefusal.OfferNotStanding, bench, Some.BuyerAgent, 3);
        AssertRefused(NegotiationRefusal.OfferIsYourOwn, bench, Some.SellerAgent, 2);
        AssertRefused(NegotiationRefusal.TotalDoesNotAddUp, bench, Some.BuyerAgent, null, Some.Terms(1) with
        {
            TotalMinorUnits = 2,
        });
        AssertRefused(ApprovalRefusal.ApprovalNotNeeded, bench, Some.SellerAgent, null, Some.Terms(95_00));
        bench.Wait(ProposedOffer.DefaultValidity + TimeSpan.FromSeconds(1));
        AssertRefused(NegotiationRefusal.OfferHasExpired, bench, Some.BuyerAgent, 2);
        bench.Do(bench.Leave(Party.Seller));
        bench.Do(bench.Leave(Party.Seller));
        AssertRefused(NegotiationRefusal.NegotiationHasEnded, bench, Some.BuyerAgent, 2);
    }

    private static void AssertRefused(
        Enum expected, NegotiationBench bench, AgentNumber asker, long? offer, Terms? terms = null)
    {
        var (matter, refusal) = ApprovalMatters.Of(bench.State, asker, offer, terms, bench.Clock);
        Assert.Null(matter);
        Assert.Equal(expected, refusal);
    }

    /// <summary>A negotiation in which the seller's firm offer 2 stands.</summary>
    private static NegotiationBench Offered(long unitPrice)
    {
        var bench = NegotiationBench.Opened();
        bench.Do(bench.Offer(Party.Seller, unitPrice));
        return bench;
    }
}
