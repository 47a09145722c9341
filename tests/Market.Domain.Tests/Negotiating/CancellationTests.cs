using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>The market's own end of a negotiation.</summary>
public sealed class CancellationTests
{
    private static readonly CancelNegotiation Gone = new(CancelReason.SubjectGone);

    [Fact]
    public void A_live_negotiation_ends_and_both_sides_see_the_same()
    {
        var bench = NegotiationBench.Opened();
        var cancelled = Assert.IsType<NegotiationCancelled>(bench.Do(Gone).Event);

        Assert.Equal((NegotiationStatus.Cancelled, CancelReason.SubjectGone), (bench.State.Status, cancelled.Reason));
        Assert.Equal(
            NegotiationViews.SeenBy(cancelled, Party.Buyer), NegotiationViews.SeenBy(cancelled, Party.Seller));
        Assert.Null(NegotiationMachine.DeadlineAfter(bench.State, cancelled));
        Assert.Equal(NegotiationRefusal.NegotiationHasEnded, bench.RefusalOf(bench.Leave(Party.Buyer)));
    }

    [Fact]
    public void Told_twice_it_does_nothing_the_second_time()
    {
        var bench = NegotiationBench.Opened();
        bench.Do(Gone);
        Assert.Equal(NegotiationDecision.Nothing, bench.Do(Gone));
    }

    [Fact]
    public void An_agreement_is_the_ledgers_to_decide()
    {
        var bench = NegotiationBench.Opened();
        bench.Do(bench.Accept(Party.Seller));
        Assert.Equal(NegotiationDecision.Nothing, bench.Do(Gone));
        Assert.Equal(NegotiationStatus.Agreed, bench.State.Status);
    }

    [Fact]
    public void Not_even_an_irrevocable_offer_keeps_it_alive()
    {
        var bench = NegotiationBench.Opened(
            Some.Opening() with { FirstOffer = Some.Offer() with { Irrevocable = true } });
        Assert.IsType<NegotiationCancelled>(bench.Do(Gone).Event);
    }

    [Fact]
    public void A_negotiation_whose_time_is_up_has_expired_all_the_same()
    {
        var bench = NegotiationBench.Opened();
        bench.Wait(TimeSpan.FromMinutes(10));
        Assert.IsType<NegotiationExpired>(bench.Do(Gone).Event);
    }

    [Fact]
    public void What_was_never_opened_is_not_cancelled() =>
        Assert.Equal(NegotiationDecision.Nothing, new NegotiationBench().Do(Gone));
}
