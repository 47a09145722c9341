using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>
/// INV-9, INV-12 and INV-18 over the events of random and adversarial scripts, judged by a model of its own that knows
/// the machine's events but none of its state.
/// </summary>
public sealed class ProtocolProperties
{
    [Property(Arbitraries = typeof(Scripts), MaxTest = 500, EndSize = 200)]
    public void Every_event_keeps_the_protocol(Script script)
    {
        var model = new ProtocolModel();
        foreach (var @event in Trial.Of(script).Events)
        {
            model.Take(@event);
        }
    }

    [Property(Arbitraries = typeof(Scripts), MaxTest = 300, EndSize = 200)]
    public void A_stranger_gets_the_answer_of_a_negotiation_that_does_not_exist(Script script)
    {
        var strange = Trial.Of(script).Steps
            .Where(step => step.Command is PerformAct act && act.From == Some.StrangerAgent);
        foreach (var step in strange)
        {
            var nowhere = NegotiationMachine.Decide(new NegotiationState(Some.Market), step.Command, step.Now);
            Assert.Equal(nowhere, step.Decision);
            Assert.Equal(NegotiationDecision.Refuse(NegotiationRefusal.NegotiationNotFound), step.Decision);
        }
    }

    [Property(Arbitraries = typeof(Scripts), MaxTest = 300, EndSize = 200)]
    public void Whoever_is_told_of_an_expiry_is_told_of_one_that_is_journalled(Script script)
    {
        foreach (var step in Trial.Of(script).Steps)
        {
            switch (step.Decision.Refusal)
            {
                case NegotiationRefusal.OfferHasExpired:
                    Assert.IsType<OfferExpired>(step.Decision.Event);
                    break;
                case NegotiationRefusal.NegotiationHasExpired:
                    Assert.IsType<NegotiationExpired>(step.Decision.Event);
                    break;
                case not null:
                    Assert.Null(step.Decision.Event);
                    break;
            }
        }
    }

    [Property(Arbitraries = typeof(Scripts), MaxTest = 300, EndSize = 200)]
    public void An_end_absorbs_every_command(Script script)
    {
        var late = Trial.Of(script).Steps.Where(step => step.Before.Shared.Status >= NegotiationStatus.Settled);
        foreach (var step in late)
        {
            Assert.Null(step.Decision.Event);
            Assert.Equal(step.Before, step.After);
        }
    }

    [Property(Arbitraries = typeof(Scripts), MaxTest = 300, EndSize = 200)]
    public void The_armed_deadline_is_the_next_moment_at_which_something_must_happen(Script script)
    {
        var trial = Trial.Of(script);
        var state = new NegotiationState(Some.Market);
        foreach (var @event in trial.Events)
        {
            var armed = NegotiationMachine.DeadlineAfter(state, @event);
            state.Apply(@event);
            LedgerTime? due = state switch
            {
                { IsLive: true, Standing: { } offer } when offer.ValidUntil < state.Deadline => offer.ValidUntil,
                { IsLive: true } => state.Deadline,
                { HasEnded: true } => null,
                _ => @event.At + NegotiationMachine.SettlementRetryInterval,
            };
            Assert.Equal(due, armed);
        }
    }

    [Property(Arbitraries = typeof(Scripts), MaxTest = 300, EndSize = 200)]
    public void Every_negotiation_ends_if_only_the_sweeper_still_acts(Script script)
    {
        var trial = Trial.Of(script);
        var before = new NegotiationState(Some.Market);
        LedgerTime? due = null;
        foreach (var @event in trial.Events)
        {
            due = NegotiationMachine.DeadlineAfter(before, @event);
            before.Apply(@event);
        }

        // At most the standing offer and then the negotiation expire; the ledger's answer ends an agreement.
        for (var i = 0; i < 2 && trial.State.IsLive; i++)
        {
            trial.WaitUntil(due!.Value);
            var expiry = trial.Do(PassTime.Instance).Decision.Event!;
            due = NegotiationMachine.DeadlineAfter(before, expiry);
            before.Apply(expiry);
        }

        if (trial.State.Deal is { } deal && !trial.State.HasEnded)
        {
            trial.Do(new ConfirmSettlement(deal, Some.Receipt()));
        }

        Assert.True(trial.State.HasEnded, $"It stays {trial.State.Status}.");
    }

    [Property(Arbitraries = typeof(Scripts), MaxTest = 300, EndSize = 200)]
    public void From_every_live_state_the_negotiations_deadline_ends_it(Script script)
    {
        var trial = Trial.Of(script);
        var wasLive = trial.State.IsLive;
        trial.WaitUntil(trial.State.Deadline);

        var step = trial.Do(PassTime.Instance);

        Assert.Equal(wasLive, step.Decision.Event is NegotiationExpired);
        Assert.False(trial.State.IsLive);
    }

    [Fact]
    public void The_scripts_reach_every_event_and_nearly_every_refusal()
    {
        var random = new Random(20_261_120);
        var steps = Enumerable.Range(0, 1_500)
            .SelectMany(i => Trial.Of(Script.Random(random, moves: 20 + (i % 40))).Steps)
            .ToList();

        var events = typeof(NegotiationEvent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(NegotiationEvent)));
        Assert.Empty(events.Except(steps.Select(step => step.Decision.Event?.GetType()).OfType<Type>()));

        // Openings are always valid here, message ids timely, and agents sign; NegotiationRefusalTests has the others.
        var unreached = Enum.GetValues<NegotiationRefusal>().Where(refusal => (ushort)refusal is not (
                (ushort)NegotiationRefusal.MessageIdTooOld or (ushort)NegotiationRefusal.MessageIdFromTheFuture
                or (ushort)NegotiationRefusal.SessionKeyOutOfBounds
                or (ushort)NegotiationRefusal.TermsAreNotPosted or (ushort)NegotiationRefusal.ImpasseOutOfRange
                or (>= 1050 and < 1060)))
            .Except(steps.Select(step => step.Decision.Refusal).OfType<NegotiationRefusal>());
        Assert.Empty(unreached);
    }
}
