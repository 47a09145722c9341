using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>What a negotiation makes of the word that a side's mandate was stopped.</summary>
public sealed class EndUnderMandateTests
{
    private static readonly EndUnderMandate Stopped = new(Some.Mandate);

    [Fact]
    public void Whoever_acts_under_the_mandate_leaves_and_its_offer_no_longer_stands()
    {
        var bench = NegotiationBench.Opened();

        var left = Assert.IsType<NegotiationLeft>(bench.Do(Stopped).Event);

        Assert.Equal((Party.Buyer, ReasonCode.MandateDenied), (left.By, left.Reason));
        Assert.Null(left.Act);
        Assert.Equal(NegotiationStatus.Withdrawn, bench.State.Status);
        Assert.Null(bench.State.Standing);
        Assert.Equal(NegotiationRefusal.NegotiationHasEnded, bench.RefusalOf(Acceptance(bench)));
    }

    [Fact]
    public void Told_twice_it_does_nothing_the_second_time()
    {
        var bench = NegotiationBench.Opened();
        bench.Do(Stopped);
        Assert.Equal(NegotiationDecision.Nothing, bench.Do(Stopped));
        Assert.Equal(2, bench.Events.Count);
    }

    [Fact]
    public void A_mandate_of_nobody_here_changes_nothing()
    {
        var bench = NegotiationBench.Opened();
        Assert.Equal(
            NegotiationDecision.Nothing, bench.Do(new EndUnderMandate(new MandateId(Some.Negotiation.Value))));
        Assert.Equal(NegotiationDecision.Nothing, new NegotiationBench().Do(Stopped));
    }

    [Fact]
    public void An_agreement_is_the_ledgers_to_decide()
    {
        var bench = NegotiationBench.Opened();
        bench.Do(bench.Accept(Party.Seller));
        Assert.Equal(NegotiationDecision.Nothing, bench.Do(Stopped));
        Assert.Equal(NegotiationStatus.Agreed, bench.State.Status);
    }

    [Fact]
    public void Not_even_an_irrevocable_offer_holds_its_maker()
    {
        var bench = NegotiationBench.Opened(
            Some.Opening() with { FirstOffer = Some.Offer() with { Irrevocable = true } });
        Assert.Equal(NegotiationRefusal.OfferIsIrrevocable, bench.RefusalOf(bench.Leave(Party.Buyer)));
        Assert.IsType<NegotiationLeft>(bench.Do(Stopped).Event);
    }

    [Fact]
    public void A_negotiation_whose_time_is_up_has_expired_all_the_same()
    {
        var bench = NegotiationBench.Opened();
        bench.Wait(TimeSpan.FromMinutes(10));
        Assert.IsType<NegotiationExpired>(bench.Do(Stopped).Event);
    }

    [Fact]
    public void The_other_side_cannot_tell_it_from_a_leave_without_a_reason()
    {
        var left = (NegotiationLeft)NegotiationBench.Opened().Do(Stopped).Event!;
        var ordinary = left with
        {
            Act = new ActReference(Some.Message(7, Some.Noon), Some.Digest(7), Party.Buyer),
            Reason = ReasonCode.Other,
        };
        Assert.Equal(NegotiationViews.SeenBy(ordinary, Party.Seller), NegotiationViews.SeenBy(left, Party.Seller));
        Assert.Equal(left, NegotiationViews.SeenBy(left, Party.Buyer));
    }

    [Fact]
    public void A_reason_that_an_agent_gives_itself_is_for_the_other_side_to_see()
    {
        var bench = NegotiationBench.Opened();
        var left = (NegotiationLeft)bench.Do(bench.Leave(Party.Buyer)).Event!;
        Assert.Equal(left.Reason, ((NegotiationLeft)NegotiationViews.SeenBy(left, Party.Seller)).Reason);
    }

    [Fact]
    public void What_a_side_binds_itself_to_is_its_own_deal_and_not_the_others()
    {
        var bench = NegotiationBench.Opened();
        var opened = Settlement.CommitmentOf(new NegotiationState(Some.Market), bench.Events[0]);
        var countered = NegotiationMachine.Decide(
            bench.State, bench.Offer(Party.Seller, 90_00), Some.Noon + TimeSpan.FromMinutes(1));
        bench.Do(bench.Offer(Party.Seller, 90_00));
        var accepted = NegotiationMachine.Decide(
            bench.State, bench.Accept(Party.Buyer), Some.Noon + TimeSpan.FromMinutes(2));

        Assert.Equal((60_00, MandateActions.Buy), (opened!.Value.Total.MinorUnits, opened.Value.Action));
        Assert.Equal(Some.Seller.Principal, opened.Value.Counterparty);
        Assert.Null(Settlement.CommitmentOf(bench.State, countered.Event)); // the seller acts under no mandate
        Assert.Equal(90_00, Settlement.CommitmentOf(bench.State, accepted.Event)!.Value.Total.MinorUnits);
        Assert.Null(Settlement.CommitmentOf(bench.State, null));
    }

    private static PerformAct Acceptance(NegotiationBench bench) => bench.Act(
        Party.Seller, message => new AcceptOffer(message, bench.State.Id, bench.State.Seq, 1, default));
}
