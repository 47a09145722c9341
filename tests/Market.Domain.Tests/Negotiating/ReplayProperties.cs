using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>
/// INV-15 for a negotiation's stream: what the events fold to is what the live state was, at every step.
/// </summary>
public sealed class ReplayProperties
{
    [Property(Arbitraries = typeof(Scripts), MaxTest = 200, EndSize = 200)]
    public void Events_fold_to_the_live_state_at_every_step(Script script)
    {
        var replayed = new NegotiationState(Some.Market);
        foreach (var step in Trial.Of(script).Steps)
        {
            if (step.Decision.Event is { } @event)
            {
                replayed.Apply(@event);
            }

            Assert.Equal(step.After, StateView.Of(replayed));
        }
    }

    [Property(Arbitraries = typeof(Scripts), MaxTest = 100, EndSize = 160)]
    public void A_journalled_stream_decides_as_the_live_one_did(Script script)
    {
        var replayed = new NegotiationState(Some.Market);
        foreach (var step in Trial.Of(script).Steps)
        {
            // What comes back from the journal remembers every act: commands decide alike on it, retries too.
            var decision = NegotiationMachine.Decide(replayed, step.Command, step.Now);
            Assert.Equal(Bytes(step.Decision), Bytes(decision));
            if (decision.Event is { } @event)
            {
                replayed.Apply((NegotiationEvent)WireCatalog.DecodeTagged(WireCatalog.EncodeTagged(@event)));
            }
        }
    }

    private static (string Event, NegotiationRefusal?, ActRecorded?) Bytes(NegotiationDecision decision) => (
        decision.Event is null ? "" : Convert.ToHexString(WireCatalog.EncodeTagged(decision.Event)),
        decision.Refusal,
        decision.Answer);
}
