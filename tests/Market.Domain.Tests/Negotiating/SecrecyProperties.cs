using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>
/// INV-20 for a negotiation: what a side folds is the market's state, and nothing of it is the other's secret.
/// </summary>
public sealed class SecrecyProperties
{
    [Property(Arbitraries = typeof(Scripts), MaxTest = 200, EndSize = 200)]
    public void Each_side_folds_the_state_that_the_market_has(Script script)
    {
        foreach (var viewer in Enum.GetValues<Party>())
        {
            var seen = new NegotiationState(Some.Market);
            foreach (var step in Trial.Of(script).Steps)
            {
                if (step.Decision.Event is { } @event)
                {
                    seen.Apply(NegotiationViews.SeenBy(@event, viewer));
                }

                Assert.Equal(step.After.Shared, StateView.Of(seen).Shared);
            }
        }
    }

    [Property(Arbitraries = typeof(Scripts), MaxTest = 300, EndSize = 200)]
    public void A_side_sees_the_same_bytes_whatever_the_other_keeps_private(Script script)
    {
        var plain = Trial.Of(script, PrivateSide.First, PrivateSide.First);
        var otherBuyer = Trial.Of(script, PrivateSide.Second, PrivateSide.First);
        var otherSeller = Trial.Of(script, PrivateSide.First, PrivateSide.Second);

        Assert.Equal(SeenBy(Party.Seller, plain), SeenBy(Party.Seller, otherBuyer));
        Assert.Equal(SeenBy(Party.Buyer, plain), SeenBy(Party.Buyer, otherSeller));
    }

    [Property(Arbitraries = typeof(Scripts), MaxTest = 50, EndSize = 100)]
    public void A_side_sees_what_is_its_own(Script script)
    {
        var trial = Trial.Of(script, PrivateSide.Second, PrivateSide.Second);
        foreach (var viewer in Enum.GetValues<Party>())
        {
            foreach (var @event in trial.Events.Where(e => ActOf(e)?.By == viewer))
            {
                Assert.Equal(ActOf(@event), ActOf(NegotiationViews.SeenBy(@event, viewer)));
            }
        }

        var opened = trial.Events.First();
        Assert.NotEqual(SeenBytes(opened, Party.Buyer), SeenBytes(opened, Party.Seller));
    }

    [Theory]
    [InlineData(2310, 0, 2310, SettlementFailure.CounterpartyCouldNotSettle)]
    [InlineData(0, 2311, SettlementFailure.CounterpartyCouldNotSettle, 2311)]
    [InlineData(2310, 2311, 2310, 2311)]
    public void Of_a_failed_deal_each_side_learns_its_own_cause(int buyer, int seller, int toBuyer, int toSeller)
    {
        var failure = new SettlementFailure(buyer, seller);

        Assert.Equal(new SettlementFailure(toBuyer, 0), failure.SeenBy(Party.Buyer));
        Assert.Equal(new SettlementFailure(0, toSeller), failure.SeenBy(Party.Seller));
    }

    /// <summary>Every byte that reaches a side: the events in its view, and the answers to its own commands.</summary>
    private static string SeenBy(Party viewer, Trial trial)
    {
        var agent = viewer == Party.Buyer ? Some.BuyerAgent : Some.SellerAgent;
        var seen = new List<string>();
        foreach (var step in trial.Steps)
        {
            if (step.Decision.Event is { } @event)
            {
                seen.Add(SeenBytes(@event, viewer));
            }

            if (step.Command is PerformAct act && act.From == agent)
            {
                seen.Add($"{step.Decision.Refusal} {step.Decision.Answer}");
            }
        }

        return string.Join('\n', seen);
    }

    private static string SeenBytes(NegotiationEvent @event, Party viewer) =>
        Convert.ToHexString(WireCatalog.EncodeTagged(NegotiationViews.SeenBy(@event, viewer)));

    private static ActReference? ActOf(NegotiationEvent @event) =>
        (ActReference?)@event.GetType().GetProperty("Act")?.GetValue(@event);
}
